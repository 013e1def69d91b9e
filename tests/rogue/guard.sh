# SPDX-License-Identifier: BSD-3-Clause
# A module's sins in its own heap: nobody else is harmed, so only --heap guard stops them.
# usage: guard.sh NAME WHERE
. "$SOURCE/tests/e2e/lib.sh" || exit 1

line=$(grep -n 'FAULT HERE' "$SOURCE/tests/rogue/$1/$1.c" | cut -d: -f1)
"$AUDIOFILE" make in.wav wav s16 48000 2 4800
tb_ok -q --module "$ROGUES/$1.so" -i in.wav -o out.wav -m "dcblock,$1,gain"
rm -f out.wav
for backend in auto none; do
	tb -q --module "$ROGUES/$1.so" -i in.wav -o out.wav -m "dcblock,$1,gain" --heap guard \
		--isolation "$backend" --report r.json
	check "$backend: exit $status" [ "$status" = 3 ]
	check "$backend: report" "$REPORTCHECK" r.json fault_count=1 faults.0.kind=access \
		faults.0.access=write faults.0.module="$1" faults.0.line="$line" "faults.0.where=$2" \
		faults.0.own=true isolation.blocks_left=0
	check "$backend: a file is left" [ ! -e out.wav ]
done
tb_ok -q -i in.wav -o out.wav -m dcblock,gain --heap guard
tb_ok -q -i in.wav -o plain.wav -m dcblock,gain
check "guard heaps change the output" cmp -s out.wav plain.wav
finish
