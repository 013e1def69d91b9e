# SPDX-License-Identifier: BSD-3-Clause
# One rogue, by its row of rogues.txt: it must be caught, told of rightly, and leave nothing behind.
# usage: rogue.sh NAME     with ROGUES, the folder of the rogues' objects, in the environment
. "$SOURCE/tests/e2e/lib.sh" || exit 1

trim() {
	local text=$1
	text=${text#"${text%%[! ]*}"}
	echo "${text%"${text##*[! ]}"}"
}

name=$1
row=$(grep "^$name |" "$SOURCE/tests/rogue/rogues.txt") || { echo "no row for $name"; exit 1; }
row=${row//%/$name}
IFS='|' read -r _ chain code kind access where flags <<<"$row"
chain=$(trim "$chain") code=$(trim "$code") kind=$(trim "$kind") access=$(trim "$access")
where=$(trim "$where") flags=$(trim "${flags:-}")
source_file=$SOURCE/tests/rogue/$name/$name.c
line=$(grep -n -F '/* FAULT HERE */' "$source_file" | cut -d: -f1)
[ "$(wc -w <<<"$line")" = 1 ] || { echo "$source_file: not one FAULT HERE"; exit 1; }

case $flags in *needs=*)
	grep -qw "${flags##*needs=}" /proc/cpuinfo || { echo "the CPU has no ${flags##*needs=}"; exit 77; } ;;
esac

options=(-q --module "$ROGUES/$name.so" --module "$ROGUES/bystander.so")
case $flags in *watchdog*) options+=(--watchdog 0.1) ;; esac
configured=$name
case $flags in *blob*)
	head -c 64 /dev/zero >blob.bin
	configured=$name=blob.bin ;;
esac
"$AUDIOFILE" make in.wav wav s16 48000 2 4800

# Exit code, report, files: WHAT EXIT WRITTEN OPTIONS...
run() {
	local what=$1 exit_code=$2 written=$3 files=$'blob.bin\nin.wav\nout.wav\nr.json\nstderr\nstdout'
	shift 3
	checks=$((checks + 1))
	rm -f out.wav r.json
	tb "${options[@]}" -i in.wav -o out.wav --report r.json "$@"
	if [ "$status" != "$exit_code" ]; then
		fail "$what: exit $status, expected $exit_code"
		cat stderr
		return 1
	fi
	[ -f blob.bin ] || files=${files#*$'\n'}
	[ "$written" = true ] || files=${files/$'out.wav\n'/}
	[ "$(ls -A)" = "$files" ] || fail "$what: wrong files are left: $(ls -A | tr '\n' ' ')"
	"$REPORTCHECK" r.json exit_code="$exit_code" output_written="$written" \
		isolation.active=true isolation.stray_accesses=0 isolation.blocks_left=0 ||
		fail "$what: the report is wrong"
}

# Of a stack that was overrun all is used, however little of it was touched: WHAT
stack_is_full() {
	local i

	for i in 0 1 2 3; do
		"$REPORTCHECK" r.json "modules.$i.name=$name.0" >/dev/null || continue
		check "$1: the stack is not told as full" "$REPORTCHECK" r.json \
			"modules.$i.stack_used_bytes=16384" "modules.$i.stack_bytes=16384"
		return
	done
	case $flags in *early*) ;; *) fail "$1: the module is not in the report" ;; esac
}

# The fault itself: WHAT
told() {
	local place=(faults.0.file="*/$name.c" faults.0.line="$line")

	case $flags in *line=any*) place=() ;; esac
	thread=$name.0
	case $flags in *thread=*) thread=${flags#*thread=} ;; esac
	what=*
	case $flags in *what=*) what=${flags#*what=} ;; esac
	"$REPORTCHECK" r.json fault_count=1 faults.0.module="$name" faults.0.instance="$name.0" \
		faults.0.thread="$thread" faults.0.mode=user faults.0.kind="$kind" \
		faults.0.access="$access" faults.0.where="$where" faults.0.what="$what" \
		"${place[@]}" ||
		{ fail "$1: the fault is told wrongly"; cat stderr; }
	case $where in *"it ran off its 16384 bytes") stack_is_full "$1" ;; esac
	[ ${#place[@]} = 0 ] || grep -qF "$name/$name.c:$line" stderr ||
		fail "$1: $name.c:$line is not told on the screen"
}

same_length() {
	[ "$("$AUDIOFILE" info in.wav | cut -d' ' -f3)" = "$("$AUDIOFILE" info out.wav | cut -d' ' -f3)" ]
}

variants=("${chain#=}")
[ "$chain" != "${chain#=}" ] || variants+=("dcblock,$chain,gain")

for variant in "${variants[@]}"; do
	list=${variant/$name/$configured}
	case $flags in
	*refused=*)
		tb_refuses 1 "${flags#*refused=}" "${options[@]}" -i in.wav -o out.wav -m "$list"
		continue ;;
	*log=*)
		run "$variant" 0 true -d err -m "$list"
		check "$variant: the log does not say '${flags#*log=}'" \
			grep -qF -- "${flags#*log=}" stderr
		continue ;;
	esac
	run "$variant" "$code" false -m "$list" && told "$variant"
	run "$variant, a domain a type" "$code" false --domain type -m "$list" &&
		told "$variant, a domain a type"
	case $flags in
	*early*) run "$variant, muted" "$code" false --on-fault mute -m "$list" ;;
	*)
		if run "$variant, muted" "$code" true --on-fault mute -m "$list"; then
			check "$variant, muted: not as long as the input" same_length
		fi ;;
	esac && told "$variant, muted"
done

# What can't be let through ends the module as "mute" does. An access may be let through: then it is
# told first, and nobody else is accused of what follows.
continued() {
	local written=true

	case $flags in *early*) written=false ;; esac
	case $kind in access | damaged-buffer | linux-system-call) ;; *)
		run "$variant, continued" "$code" "$written" --on-fault continue -m "$list" &&
			told "$variant, continued"
		return ;;
	esac
	rm -f out.wav r.json
	tb "${options[@]}" -i in.wav -o out.wav --report r.json --on-fault continue -m "$list"
	check "$variant, continued: exit $status" [ "$status" = "$code" ]
	check "$variant, continued: the report" "$REPORTCHECK" r.json exit_code="$code" \
		faults.0.instance="$name.0" faults.0.kind="$kind" faults.0.where="$where" \
		isolation.stray_accesses=0 isolation.blocks_left=0
	check "$variant, continued: others are accused" [ "$(grep '^== fault' stderr |
		grep -cv -e "instance $name.0" -e "one of the instances .*$name.0")" = 0 ]
}

case $flags in *log=* | *refused=*) ;; *)
	continued
	ulimit -c 0
	tb "${options[@]}" -i in.wav -o out.wav -m "$list" --on-fault abort
	check "$variant, aborted: exit $status" [ "$status" -gt 128 ]
	check "$variant, aborted: not told" grep -q "^== fault 1: .* in module $name, " stderr ;;
esac
[ "$failures" = 0 ] || cat stderr
finish
