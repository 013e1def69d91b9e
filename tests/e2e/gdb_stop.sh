# SPDX-License-Identifier: BSD-3-Clause
# Under gdb a fault stops at the module's own line, before any handler.
# usage: gdb_stop.sh OBJECT MODULE FILE:LINE
. "$SOURCE/tests/e2e/lib.sh" || exit 1

[ $# = 3 ] || { echo "usage: gdb_stop.sh OBJECT MODULE FILE:LINE"; exit 2; }
need gdb
gdb -q -nx -batch -ex true -ex 'run' --args true >probe 2>&1
grep -q 'exited normally' probe || skip "gdb can't run programs here"
"$AUDIOFILE" make in.wav wav s16 48000 2 4800
gdb -q -nx -batch -ex 'set debuginfod enabled off' -ex run -ex 'info symbol $pc' -ex 'frame' \
	--args "$TESTBENCH" -q -i in.wav -o out.wav -m "$2" --module "$1" >log 2>&1
check "no stop" grep -q 'received signal SIG' log
check "not at $3" grep -q "${3%%:*}:${3##*:}" log
[ "$failures" = 0 ] || tail -n 30 log
finish
