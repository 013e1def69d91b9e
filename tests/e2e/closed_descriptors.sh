# SPDX-License-Identifier: BSD-3-Clause
# Programs that are started with closed standard descriptors do what they do with open ones, and no
# file that they open gets one of the three numbers.
. "$SOURCE/tests/e2e/lib.sh" || exit 1

closed=('0<&-' '1>&-' '2>&-' '0<&- 1>&-' '0<&- 1>&- 2>&-')

# Run COMMAND... with these descriptors closed: FORM COMMAND...
without() {
	local form=$1
	shift
	bash -c "exec \"\$@\" $form" - "$@" >stdout 2>stderr
	status=$?
}

# A program that holds one of the descriptors on a file of its own gets its messages into that file.
"$AUDIOFILE" make whole.wav wav s16 48000 2 480
mkdir echo
cp "$SOURCE/tests/e2e/echo/echo.c" echo/
"$BUILD" echo -o whole.so || fail "the module cannot be built at all"
for form in "${closed[@]}"; do
	without "$form" "$AUDIOFILE" make made.wav wav s16 48000 2 480
	check "audiofile, $form: exit $status" [ "$status" = 0 ]
	check "audiofile, $form: another file" cmp whole.wav made.wav
	without "$form" "$AUDIOFILE" same whole.wav made.wav
	check "audiofile same, $form: exit $status" [ "$status" = 0 ]
	without "$form" "$BUILD" echo -o made.so
	check "sof-module-build, $form: exit $status, $(cat stderr)" [ "$status" = 0 ]
	check "sof-module-build, $form: another object" cmp whole.so made.so
	without "$form" "$BUILD" missing -o none.so
	check "sof-module-build, $form: a missing folder, exit $status" [ "$status" = 1 ]
	without "$form" "$TESTBENCH" -i whole.wav -o out.wav -m gain --dp none
	check "sof-testbench, $form: exit $status, $(cat stderr)" [ "$status" = 0 ]
	rm -f made.wav made.so out.wav
done

# While a program waits in open() of a FIFO, all three are /dev/null: COMMAND... FIFO
mkfifo fifo.wav
holds_null() {
	local fd pid

	"$@" 0<&- 1>&- 2>&- &
	pid=$!
	# open() for writing returns when the program is there
	exec 9>fifo.wav
	for fd in 0 1 2; do
		check "$1: descriptor $fd is $(readlink "/proc/$pid/fd/$fd")" \
			[ "$(readlink "/proc/$pid/fd/$fd")" = /dev/null ]
	done
	exec 9>&-
	wait "$pid"
}
holds_null "$AUDIOFILE" info fifo.wav
holds_null "$TESTBENCH" -i fifo.wav -o out.wav -m gain
# What the compiler is given by sof-module-build.
cat >compiler.sh <<-'END'
	#!/bin/sh
	output=$(readlink /proc/$$/fd/1)
	echo "$output" >>"$LOG"
	exec cc "$@"
END
chmod +x compiler.sh
LOG=$PWD/log CC=$PWD/compiler.sh without '1>&-' "$BUILD" echo -o made.so
check "sof-module-build: exit $status" [ "$status" = 0 ]
check "sof-module-build: the compiler's output is $(sort -u log)" grep -qx /dev/null log

# The other programs are read instead of run: each main() opens the descriptors first. Exceptions:
# unit tests; deny, whose command must start with the descriptors that deny was given; programs that
# only the build runs.
while read -r file; do
	case ${file#"$SOURCE/"} in
	*/test_*.c | tests/e2e/deny.c | testbench/topology/default_blobs.c) continue ;;
	esac
	first=$(sed -n '/^int main(/,/^}/p' "$file" | grep -m 1 -E '^	((if|while|for|do|switch|return)\b|[a-z_]+\()')
	check "${file#"$SOURCE/"}: main() begins with: $first" \
		[ "$first" = "	if (host_standard_files_open())" ]
done < <(grep -rl --include='*.c' '^int main(' "$SOURCE/testbench" "$SOURCE/tests" | sort)
finish
