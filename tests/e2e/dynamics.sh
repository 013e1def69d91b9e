# SPDX-License-Identifier: BSD-3-Clause
# Compressors, crossover and beamformer: the same bytes whether they run as DP threads or not,
# isolated or not, in long or short periods. The blobs are made here.
. "$SOURCE/tests/e2e/lib.sh" || exit 1

words() { # NUMBER...: 32 bits each, little endian
	local w
	for w; do
		w=$(printf %08x $((w & 0xffffffff)))
		printf "\\x${w:6:2}\\x${w:4:2}\\x${w:2:2}\\x${w:0:2}"
	done
}

# From -24 dB on, 10 to 1, looking 6 ms ahead; frames are those of 48 kHz.
compressor="1 0 0 0 6442451 67748529 107374182 6291456 3854855 -4080000 8388608 230000000
	25165824 7456540 -8947849 2062296 5 4423680 294359 2477728 622039 46513"
# Butterworth, second order, a twentieth of the rate
low="-688645970 1676130396 21564350 43128699 21564350 0 16384"
high="-688645970 1676130396 859629548 -1719259095 859629548 0 16384"
flat="0 0 0 0 1073741824 0 16384"
# shellcheck disable=SC2086
{
	words 108 0 0 0 0 $compressor >drc.bin
	words 500 2 1 0 0 0 0 0 0 0 0 $flat $flat $flat $flat $low $high $flat $flat $flat $flat \
		$compressor $compressor >mb_drc.bin
	words 96 2 0 0 0 0 0 1 2 3 $low $high >xover.bin
}

# tdfb OUTPUTS: two filters of four taps, 1/2 and 1/4, on the first channel.
tdfb() {
	words $((28 + 2 * 28 + 12 + 8)) $((2 | $1 << 16)) 1 1 $((15 << 16)) 0 0 \
		4 0 0 0 0 16384 0 4 0 0 0 0 8192 0 \
		0 $((3 | 1 << 16)) 0 0 0
}

for format in "s16 48000 2" "s24 16000 1" "s32 48000 5"; do
	set -- $format
	"$AUDIOFILE" make in.wav wav "$1" "$2" "$3" 9603
	tdfb "$3" >tdfb.bin
	for module in drc mb_drc xover tdfb; do
		chain=$module=$module.bin
		tb_ok -q -i in.wav -o dp.wav -m "$chain" --dp all || continue
		check "$module changes $format" [ "$(cmp -s in.wav dp.wav; echo $?)" = 1 ]
		check "$module's frames in $format" \
			[ "$("$AUDIOFILE" info dp.wav | cut -d' ' -f3)" = 9603 ]
		while read -r options; do
			tb_ok -q -i in.wav -o other.wav -m "$chain" $options || continue
			check "$module, $format: --dp all and $options" cmp dp.wav other.wav
		done <<-LIST
		--dp none
		--isolation none
		--dp-period 10
		--share grant
		LIST
	done
done

# A sink for each band; as many as there are, or one.
for subtype in s16 s24 s32; do
	"$AUDIOFILE" make in.wav wav $subtype 48000 2 9603
	tb_ok -q -i in.wav -o low.wav -o high.wav -m xover=xover.bin --dp all || continue
	check "bands differ in $subtype" [ "$(cmp -s low.wav high.wav; echo $?)" = 1 ]
	tb_ok -q -i in.wav -o one.wav -m xover=xover.bin || continue
	check "the band of a chain is the first one's in $subtype" cmp one.wav low.wav
	while read -r options; do
		tb_ok -q -i in.wav -o l.wav -o h.wav -m xover=xover.bin $options || continue
		check "low band, $subtype $options" cmp l.wav low.wav
		check "high band, $subtype $options" cmp h.wav high.wav
	done <<-LIST
	--dp none
	--isolation none
	--dp-period 10
	--share grant
	LIST
done
tb_refuses 1 xover -i in.wav -o a.wav -o b.wav -o c.wav -m xover=xover.bin

# Each blob cut short by a word is refused.
for module in drc mb_drc xover tdfb; do
	head -c -4 $module.bin >short.bin
	tb_refuses 1 "$module" -i in.wav -o out.wav -m "$module=short.bin"
done
finish
