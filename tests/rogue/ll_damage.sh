# SPDX-License-Identifier: BSD-3-Clause
# An LL module that damages a buffer next to a DP module is found when its call is over, and named:
# neither another LL module nor the file ends are suspects.
. "$SOURCE/tests/e2e/lib.sh" || exit 1

"$AUDIOFILE" make in.wav wav s16 48000 2 4800
for name in corrupt-buffer corrupt-buffer-offset; do
	for chain in gain,$name,dcblock $name,dcblock,gain,passthrough; do
		for how in stop mute continue; do
			what="$name, $chain, $how"
			tb --module "$ROGUES/$name.so" -i in.wav -o out.wav -m "$chain" --dp dcblock \
				--on-fault $how --report r.json
			check "$what: exit $status" [ "$status" = 3 ]
			check "$what: report" "$REPORTCHECK" r.json exit_code=3 fault_count=1 \
				faults.0.kind=damaged-buffer "faults.0.instance=$name.0" \
				isolation.stray_accesses=0 isolation.blocks_left=0
			check "$what: on the screen" grep -q "^== fault 1: .* instance $name.0 ==" stderr
			check "$what: the summary" grep -q '^verdict        FAULT: 1 fault' stdout
		done
	done
done
finish
