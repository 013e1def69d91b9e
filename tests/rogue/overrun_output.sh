# SPDX-License-Identifier: BSD-3-Clause
# A buffer's data ends where closed memory begins, whatever the format: the first sample past it faults
# at the line that writes it.
# usage: overrun_output.sh     with ROGUES, the folder of the rogues' objects, in the environment
. "$SOURCE/tests/e2e/lib.sh" || exit 1

line=$(grep -n -F '/* FAULT HERE */' "$SOURCE/tests/rogue/overrun-output/overrun-output.c" | cut -d: -f1)
for format in "s16 48000 1" "s16 44100 3" "s16 8000 2" "s24 48000 5" "s32 44100 7" "s32 96000 8"; do
	"$AUDIOFILE" make in.wav wav $format 4800
	# the last: all LL, with kernel memory between them
	for share in heap grant "heap --dp none"; do
		for chain in overrun-output gain,overrun-output,gain; do
			what="$format, $share, $chain"
			checks=$((checks + 1))
			# shellcheck disable=SC2086 # two options
			tb -q --module "$ROGUES/overrun-output.so" -i in.wav -o out.wav -m $chain \
				--share $share --report r.json
			[ "$status" = 3 ] || { fail "$what: exit $status, expected 3"; cat stderr; }
			"$REPORTCHECK" r.json faults.0.instance=overrun-output.0 faults.0.kind=access \
				faults.0.access=write faults.0.line="$line" ||
				fail "$what: the report is wrong"
		done
	done
done
finish
