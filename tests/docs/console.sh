# SPDX-License-Identifier: BSD-3-Clause
# Run the commands of a document, in order, and compare what they print. They stand in blocks marked
# "console": a line that begins with "$ " is run, what follows it is what it prints, standard error
# too. "..." stands for any text, on a line of its own for any lines. Empty lines do not count.
# usage: console.sh DOCUMENT BUILD
. "$SOURCE/tests/e2e/lib.sh" || exit 1

document=$1
ln -s "$SOURCE/modules" "$SOURCE/testbench" .
ln -s "$2" build

# Lines of one output against lines expected: true when they match.
matches() { # EXPECTED-FILE PRINTED-FILE
	awk -v expected="$1" '
		function fits(pattern, line,   parts, count, i, at) {
			count = split(pattern, parts, /\.\.\./)
			if (count == 1)
				return pattern == line
			for (i = 1; i <= count; i++) {
				at = parts[i] == "" ? 1 : index(line, parts[i])
				if (!at || (i == 1 && at != 1))
					return 0
				line = substr(line, at + length(parts[i]))
			}
			return line == "" || parts[count] == ""
		}
		BEGIN {
			while ((getline text < expected) > 0)
				if (text != "")
					want[++wanted] = text
		}
		$0 != "" { have[++printed] = $0 }
		END {
			w = 1
			for (h = 1; h <= printed; h++) {
				if (w <= wanted && want[w] == "...") {
					skip = 1
					w++
				}
				if (w <= wanted && fits(want[w], have[h])) {
					skip = 0
					w++
				} else if (!skip) {
					exit 1
				}
			}
			if (w <= wanted && want[w] == "...")
				w++
			exit w <= wanted
		}' "$2"
}

# A comparison that sees no difference would let everything pass.
printf '%s\n' a '...' 'b ... d' >one
printf '%s\n' a x y 'b c d' >two
check "what fits does not" matches one two
for other in 'b c' 'c d' 'x b c d'; do
	printf '%s\n' a "$other" >two
	checks=$((checks + 1))
	! matches one two || fail "'$other' fits"
done
rm one two

run_one() {
	[ -n "$command" ] || return
	checks=$((checks + 1))
	bash -c "$command" >printed 2>&1
	if ! matches expected printed; then
		fail "$command"
		diff expected printed
	fi
	command=
}

command= inside=false
while IFS= read -r line; do
	case $line in
	'```console') inside=true ;;
	'```')
		$inside && run_one
		inside=false ;;
	'$ '*)
		$inside || continue
		run_one
		command=${line#'$ '}
		: >expected ;;
	*) ! $inside || printf '%s\n' "$line" >>expected ;;
	esac
done <"$document"
finish
