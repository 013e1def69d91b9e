# SPDX-License-Identifier: BSD-3-Clause
# Text of modules is escaped on its way to the terminal and the report: one message is one line.
. "$SOURCE/tests/e2e/lib.sh" || exit 1

"$AUDIOFILE" make in.wav wav s16 48000 2 4800
tb --module "$ROGUES/forge-text.so" -i in.wav -o out.wav -m gain,forge-text -d wrn --report r.json
check "exit $status" [ "$status" = 3 ]
cat stdout stderr >all
check "control characters reach the terminal" [ "$(tr -d '\n' <all | LC_ALL=C grep -c '[[:cntrl:]]')" = 0 ]
# Also those beyond ASCII, alone and in UTF-8.
check "C1 controls reach the terminal" [ "$(LC_ALL=C grep -c -P '\x9b' all)" = 0 ]
check "the forged line stands alone" [ "$(grep -c '^== fault 1: isolation' stderr)" = 0 ]
check "the fault of its own is told" [ "$(grep -c '^== fault 1: oops in module forge-text, instance forge-text.0 ==$' stderr)" = 1 ]
escaped='x\n\n== fault 1: isolation in module gain, instance gain.0 ==\r\e[31m\e]0;t\a\x9b\xc2\x9b2J\x7fä'
check "log" [ "$(grep '^\[' stderr | grep -c -F "rogue: $escaped")" = 1 ]
check "reason" grep -qF "kernel oops: $escaped" stderr
check "a line break at the end" grep -q 'ends with a line break$' stderr
check "report" "$REPORTCHECK" r.json faults.0.module=forge-text faults.0.instance=forge-text.0
check "control characters in the report" [ "$(tr -d '\n' <r.json | LC_ALL=C grep -c '[[:cntrl:]]')" = 0 ]
finish
