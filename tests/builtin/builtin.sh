# SPDX-License-Identifier: BSD-3-Clause
# Modules that are linked into the program: found, listed, isolated, and the same bytes as from
# objects. An object stands before them.
# usage: builtin.sh PROGRAM OBJECTS     with TESTBENCH, the program that loads objects
. "$SOURCE/tests/e2e/lib.sh" || exit 1

loads=$TESTBENCH
TESTBENCH=$1
objects=$2
chain=dcblock,eqiir=$SOURCE/testbench/examples/highpass_40hz_48khz.txt,gain,template,passthrough

"$AUDIOFILE" make in.wav wav s16 48000 2 9600
tb_ok --list-modules
for name in dcblock eqiir gain passthrough template; do
	check "$name is not built in" grep -qE "^$name .* built in$" stdout
done
check "a built-in module's formats" grep -qE '^gain .* S16 S24 S32 ' stdout
check "something else is listed" [ "$(grep -c '\.so$' stdout)" = 0 ]

tb_ok -q -i in.wav -o built-in.wav -m "$chain" --report r.json
check "the run was not isolated" grep -qF '"verdict": "OK, 5 DP modules ran isolated without a fault' r.json
"$loads" -q -i in.wav -o loaded.wav -m "$chain" || fail "the program that loads objects"
check "other bytes than from objects" cmp -s built-in.wav loaded.wav

tb_ok --list-modules --module "$objects/gain.so"
check "the object does not stand before" grep -qE '^gain .*/gain\.so$' stdout
check "gain is there twice" [ "$(grep -c '^gain ' stdout)" = 1 ]
tb_ok -q -i in.wav -o both.wav -m "$chain" --module "$objects/gain.so"
check "other bytes with one object" cmp -s both.wav loaded.wav
tb_refuses 1 "unknown module 'gian', did you mean gain?" -i in.wav -o out.wav -m gian
finish
