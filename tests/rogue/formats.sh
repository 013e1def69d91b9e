# SPDX-License-Identifier: BSD-3-Clause
# Formats that are not what they are said to be: one that a module sets by itself in prepare(), and one
# that its board description does not declare.
# usage: formats.sh     with ROGUES, the folder of the rogues' objects, in the environment
. "$SOURCE/tests/e2e/lib.sh" || exit 1

"$AUDIOFILE" make in16.wav wav s16 48000 2 4800
"$AUDIOFILE" make in32.wav wav s32 48000 2 4800
for dp in all none; do
	for chain in % gain,%,gain; do
		for name in set-output-format set-output-rate; do
			what="$name, $chain, --dp $dp"
			checks=$((checks + 1))
			tb -q -d err --module "$ROGUES/$name.so" -i in16.wav -o out.wav \
				-m "${chain/\%/$name}" --dp $dp
			[ "$status" = 2 ] || { fail "$what: exit $status, expected 2"; cat stderr; }
			check "$what: it is not named" grep -qF "$name.0 set the format of $name.0.0 -> " stderr
			check "$what: an output is left" [ ! -e out.wav ]
		done
	done
	tb_refuses 1 "declares-s16.0: samples of 32 bits in 32 at its input, but its .toml declares S16" \
		-q --module "$ROGUES/declares-s16.so" -i in32.wav -o out.wav -m declares-s16 --dp $dp
	tb_ok -q --module "$ROGUES/declares-s16.so" -i in16.wav -o out.wav -m declares-s16 --dp $dp
	rm -f out.wav
done
finish
