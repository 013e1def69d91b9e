# SPDX-License-Identifier: BSD-3-Clause
# Fault reports without the process that looks up names and lines; and that it never stays behind.
. "$SOURCE/tests/e2e/lib.sh" || exit 1

# The reporters of runs in this folder.
reporters() {
	local name process
	for name in $(grep -lx sof-reporter /proc/[0-9]*/comm 2>/dev/null); do
		process=${name%/comm}
		[ "$(readlink "$process/cwd")" = "$PWD" ] && echo "${process#/proc/}"
	done
}

none_left() { # WHAT
	local i
	for ((i = 0; i < 100; i++)); do
		[ -n "$(reporters)" ] || break
		sleep 0.1
	done
	check "$1: the reporter is left" [ -z "$(reporters)" ]
}

told_short() { # WHAT NAME REASON
	check "$1: exit $status" [ "$status" = 3 ]
	check "$1: not told" grep -q "^== fault 1: .* in module $2, instance $2.0 ==" stderr
	check "$1: told twice" [ "$(grep -c '^== fault' stderr)" = 1 ]
	check "$1: no reason" grep -qF "  note     names and lines are missing: $3" stderr
	check "$1: a line can't be told" [ "$(grep -c '^  source ' stderr)" = 0 ]
	[ "$failures" = 0 ] || cat stderr
}

short_report() { # WHAT NAME
	check "$1: the report is wrong" "$REPORTCHECK" r.json exit_code=3 fault_count=1 \
		faults.0.instance="$2.0" faults.0.kind=access "faults.0.line=(none)" \
		output_written=false
	rm -f r.json
}

# It waits in the middle: nobody reads what it writes.
start_late() { # NAME
	mkfifo out.raw
	exec 3<>out.raw
	"$TESTBENCH" -q --allow-host-calls --module "$ROGUES/late-$1.so" -i in.raw -b S16_LE -r 48000 \
		-c 2 -o out.raw --report r.json -m "dcblock,$1,gain" >stdout 2>stderr 3>&- &
	run=$!
	# The first bytes come when all threads run.
	head -c 4 <&3 >/dev/null
}

end_late() {
	exec 4<out.raw 3>&-
	# Up to the end of the last process that can write.
	cat <&4 >/dev/null
	exec 4<&-
	wait "$run"
	status=$?
	rm -f out.raw
}

head -c 400000 /dev/zero >in.raw
"$AUDIOFILE" make in.wav wav s16 48000 2 4800
ulimit -c 0

for name in null-write host-malloc; do
	start_late $name
	found=$(reporters)
	check "$name: not one reporter: $found" [ "$(wc -w <<<"$found")" = 1 ]
	kill -KILL "$found"
	end_late
	told_short "killed, $name" $name "the process that looks them up has died"
	short_report "killed, $name" $name
done

for signal in KILL TERM INT; do
	start_late null-write
	check "$signal: no reporter" [ -n "$(reporters)" ]
	kill -$signal "$run"
	# A job that the shell starts in the background ignores SIGINT.
	[ $signal != INT ] || kill -TERM "$run"
	end_late
	check "$signal: exit $status" [ "$status" -gt 128 ]
	none_left $signal
done

rogue=(-q --allow-host-calls --report r.json -i in.wav -o out.wav)
for name in null-write host-malloc; do
	"$DENY" fork -- "$TESTBENCH" "${rogue[@]}" --module "$ROGUES/$name.so" -m "dcblock,$name,gain" \
		>stdout 2>stderr
	status=$?
	told_short "no fork, $name" $name "the host refuses the process that looks them up"
	short_report "no fork, $name" $name
	tb "${rogue[@]}" --module "$ROGUES/$name.so" -m "dcblock,$name,gain"
	check "$name: the line is back" grep -q "^  source .*/$name.c:" stderr
	check "$name: the reporter is left" [ -z "$(reporters)" ]
done
tb_ok -q -i in.wav -o out.wav -m dcblock,gain
check "a run without a fault: the reporter is left" [ -z "$(reporters)" ]
rm out.wav

if unshare -m true 2>/dev/null; then
	unshare -m bash -c 'mount -t tmpfs none /proc; exec "$@"' - "$TESTBENCH" "${rogue[@]}" \
		--isolation none --module "$ROGUES/null-write.so" -m dcblock,null-write,gain \
		>stdout 2>stderr
	status=$?
	told_short "no /proc" null-write "/proc can't be read"
	# The file gets its name by way of /proc.
	check "no /proc: the report is missing without a word" \
		grep -q '^sof-testbench: r.json: can.t be put in place' stderr
fi
finish
