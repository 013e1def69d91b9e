# SPDX-License-Identifier: BSD-3-Clause
# Memcheck follows every change of stacks: messages from DP threads cause no error. Errors in modules
# of several objects are told with their source lines.
. "$SOURCE/tests/e2e/lib.sh" || exit 1

need valgrind
checked() { # ERRORS CONTEXTS OPTIONS...
	local errors=$1 contexts=$2
	shift 2
	checks=$((checks + 1))
	valgrind "$TESTBENCH" -q -o out.wav --watchdog 0 "$@" >log 2>&1
	grep -qE "ERROR SUMMARY: $errors errors from $contexts contexts" log && return
	fail "not $errors errors from $contexts contexts: $*"
	grep -v '^\[' log | head -n 60
}

"$AUDIOFILE" make in.wav wav s16 48000 2 960
checked 0 0 -i in.wav -m chatter,gain,chatter --module "$OBJECTS/chatter.so" -d err
for operation in init prepare process reset free; do
	check "no message of $operation" grep -q "chatter\.1: .*$operation: [0-9]* bytes, -1, 0.125, xxxx" log
done
check "a frame was overwritten" [ "$(grep -c overwritten log)" = 0 ]

# A module of the tree that refuses its format, and says so.
"$AUDIOFILE" make wide.wav wav s16 48000 8 960
checked 0 0 -i wide.wav -m template --channels template=5 -d err
check "template says nothing" grep -q 'error: template\.0: ' log

line=$(grep -n 'ERROR HERE' "$SOURCE/tests/e2e/chatter/chatter.c" | cut -d: -f1)
checked '[0-9]+' 2 -i in.wav -m overread_a,overread_b --module "$OBJECTS/overread_a.so" \
	--module "$OBJECTS/overread_b.so"
check "not both errors have their line" \
	[ "$(grep -cE "(at|by) 0x[0-9A-F]+: chatter_process \(chatter\.c:$line\)" log)" = 2 ]
check "an error has no symbol" [ "$(grep -c '???' log)" = 0 ]
finish
