# SPDX-License-Identifier: BSD-3-Clause
# A module that gives audio and takes none of its input ends the run, by its name; one that takes
# it late, or little of it, does not.
. "$SOURCE/tests/e2e/lib.sh" || exit 1

"$AUDIOFILE" make in.wav wav s16 48000 2 9600
"$AUDIOFILE" make tiny.wav wav s16 48000 2 96
words='hoarder\.0: process\(\) has produced [0-9]+ ms of audio since it last took any of its input'

# LETTER OPTIONS...
endless() {
	local letter=$1
	shift
	printf '%s\0\0\0' "$letter" >init.bin
	rm -f out.wav
	checks=$((checks + 1))
	tb -q --module "$OBJECTS/hoarder.so" --init hoarder=init.bin -o out.wav --report r.json "$@"
	[ "$status" = 4 ] || { fail "$letter $*: exit $status, expected 4"; cat stderr; }
	check "$letter $*: it is not named" grep -qE "$words" stderr
	check "$letter $*: an output was written" [ ! -e out.wav ]
	check "$letter $*: the report does not name it" \
		grep -q '"instance": "hoarder.0"' r.json
}

for letter in n r; do
	for dp in all none; do
		endless $letter -i in.wav -m gain,hoarder,gain --dp $dp
		endless $letter -i tiny.wav -m hoarder --dp $dp
	done
	endless $letter -i in.wav -m hoarder --dp-period 20
	endless $letter -i in.wav -m gain,hoarder -C 50
	endless $letter -i in.wav -m gain,hoarder --share grant
done

# LETTER FRAMES OPTIONS...
ends() {
	local letter=$1 frames=$2 got
	shift 2
	printf '%s\0\0\0' "$letter" >init.bin
	tb_ok -q --module "$OBJECTS/hoarder.so" --init hoarder=init.bin -i in.wav -o out.wav "$@" ||
		return
	got=$("$AUDIOFILE" info out.wav | cut -d' ' -f3)
	check "$letter $*: $got frames, expected $frames" [ "$got" = "$frames" ]
}

for dp in all none; do
	ends l $((8 * 48000 + 9600)) -m gain,hoarder,gain --dp $dp
	ends x $((24 * 9600)) -m gain,hoarder,gain --dp $dp
done
ends x $((24 * 9600)) -m gain,hoarder --dp-period 20
finish
