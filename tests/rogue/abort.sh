# SPDX-License-Identifier: BSD-3-Clause
# --on-fault abort: the report is told, then the program dies of the signal of the fault.
# usage: abort.sh NAME SIGNAL
. "$SOURCE/tests/e2e/lib.sh" || exit 1

ulimit -c 0
"$AUDIOFILE" make in.wav wav s16 48000 2 4800
tb -q --module "$ROGUES/$1.so" -i in.wav -o out.wav -m "dcblock,$1,gain" --on-fault abort --watchdog 0.2
check "exit $status" [ "$status" = $((128 + $(kill -l "$2"))) ]
check "not told" grep -q "^== fault 1: .* in module $1, " stderr
check "files are left: $(ls -A)" [ "$(ls -A | tr '\n' ' ')" = "in.wav stderr stdout " ]
[ "$failures" = 0 ] || cat stderr
finish
