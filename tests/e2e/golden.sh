# SPDX-License-Identifier: BSD-3-Clause
# Bit for bit what SOF's own testbench makes of the same input.
. "$SOURCE/tests/e2e/lib.sh" || exit 1

[ -d "$SHARED/golden" ] || skip "no reference outputs in $SHARED/golden"
golden=$SHARED/golden
for bits in 16 32; do
	while read -r name chain; do
		for dp in all none; do
			tb_ok -q -i "$golden/in_$bits.wav" -o out.wav -m "$chain" --dp $dp || continue
			check "$name$bits, --dp $dp" "$AUDIOFILE" same out.wav "$golden/$name$bits.wav"
		done
		tb_ok -q -i "$golden/in_$bits.wav" -o out.wav -m "$chain" --isolation none || continue
		check "$name$bits, --isolation none" "$AUDIOFILE" same out.wav "$golden/$name$bits.wav"
	done <<-LIST
	gain gain
	eqiir eqiir=$golden/eqiir.blob0.bin
	eqiir eqiir=$SHARED/blobs/eq_iir/loudness.txt
	dcblock dcblock=$golden/dcblock.blob0.bin
	eqfir eqfir=$golden/eqfir.blob0.bin
	eqfir eqfir=$SHARED/blobs/eq_fir/loudness.txt
	micsel micsel=$golden/micsel.blob0.bin
	drc drc=$golden/drc.blob0.bin
	drc drc=$SHARED/blobs/drc/speaker_default.txt
	drc_multiband mb_drc=$golden/drc_multiband.blob0.bin
	tdfb tdfb=$golden/tdfb.blob0.bin
	LIST
done

for blob in "$SHARED"/blobs/eq_fir/*.txt; do
	tb_ok -q -i "$golden/in_16.wav" -o out.wav -m "eqfir=$blob"
done
for blob in "$SHARED"/blobs/eq_iir/*.txt; do
	tb_ok -q -i "$golden/in_16.wav" -o out.wav -m "eqiir=$blob"
done
finish
