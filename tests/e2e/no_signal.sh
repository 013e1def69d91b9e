# SPDX-License-Identifier: BSD-3-Clause
# A normal run raises no signal, so that a stop in a debugger is always a fault.
. "$SOURCE/tests/e2e/lib.sh" || exit 1

need strace
strace -o probe true 2>/dev/null || skip "strace is not permitted here"
"$AUDIOFILE" make in.wav wav s16 48000 2 9600
checks=$((checks + 1))
# The leak checker can't work while strace traces.
ASAN_OPTIONS=detect_leaks=0 strace -f -o log "$TESTBENCH" -q -i in.wav -o out.wav \
	-m "dcblock,eqiir=$SOURCE/testbench/examples/highpass_40hz_48khz.txt,gain" ||
	fail "exit $? under strace"
check "strace saw nothing" grep -q futex log
for signal in SIGSEGV SIGBUS SIGILL SIGFPE SIGTRAP SIGABRT; do
	check "$signal in a normal run" [ "$(grep -c -e "--- $signal" log)" = 0 ]
done
finish
