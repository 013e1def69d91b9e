# SPDX-License-Identifier: BSD-3-Clause
# Modules of several inputs or outputs: what goes in comes out, and the same bytes LL, DP, isolated or
# not, however buffers are shared.
. "$SOURCE/tests/e2e/lib.sh" || exit 1

printf '\000\000\140\000' >down.bin
printf '\253\252\252\000' >up.bin
blob=$SOURCE/testbench/examples/highpass_40hz_48khz.txt
options_list="--dp none
--dp all
--dp all --dp-period 10
--isolation none
--share grant
--share grant --domain type"

# Run with each of the options; OUTPUT... must be the same every time.
same_bytes() { # WHAT OUTPUTS ARGS...
	local what=$1 outputs=$2 options output first=1
	shift 2
	while read -r options; do
		tb_ok -q "$@" $options || continue
		for output in $outputs; do
			[ "$first" ] && cp "$output" "ll-$output"
			check "$what: $output with $options" cmp "ll-$output" "$output"
		done
		first=
	done <<<"$options_list"
}

for subtype in s16 s24 s32; do
	"$AUDIOFILE" make a.wav wav $subtype 48000 2 12003
	"$AUDIOFILE" make b.wav wav $subtype 48000 2 7001
	"$AUDIOFILE" make six.wav wav $subtype 48000 6 12003

	# Side by side and apart again; the shorter one goes on with silence.
	same_bytes "$subtype mux, demux" "one.wav two.wav" -i a.wav -i b.wav -o one.wav -o two.wav \
		-m mux,demux --channels mux=4,demux=2
	check "$subtype: first input" "$AUDIOFILE" same a.wav one.wav
	check "$subtype: second input" "$AUDIOFILE" starts b.wav two.wav
	same_bytes "$subtype mux, eqiir, demux" "one.wav two.wav" -i a.wav -i b.wav -o one.wav \
		-o two.wav -m mux,eqiir=$blob,demux --channels mux=4,demux=2

	# To several outputs.
	for module in demux mixin copier; do
		same_bytes "$subtype $module" "one.wav two.wav" -i a.wav -o one.wav -o two.wav \
			-m $module
		check "$subtype $module: first output" "$AUDIOFILE" same a.wav one.wav
		check "$subtype $module: second output" "$AUDIOFILE" same a.wav two.wav
	done

	# The sum, one of the two longer than the other.
	same_bytes "$subtype mixout" sum.wav -i a.wav -i b.wav -o sum.wav -m mixout
	check "$subtype: length of the sum" [ "$("$AUDIOFILE" info sum.wav | cut -d' ' -f3)" = 12003 ]
	same_bytes "$subtype mixout, mixin" "sum.wav two.wav" -i a.wav -i b.wav -i a.wav \
		-o sum.wav -o two.wav -m mixout,dcblock,mixin
	check "$subtype: both outputs" cmp sum.wav two.wav
	tb_ok -q -i a.wav -o sum.wav -m mixin,mixout
	check "$subtype: sum of one" "$AUDIOFILE" same a.wav sum.wav

	# A gain of 3/4 and one of 4/3, nearly.
	same_bytes "$subtype level_multiplier" out.wav -i six.wav -o out.wav \
		-m level_multiplier=down.bin,level_multiplier=up.bin,copier

	# Fewer channels, and more.
	same_bytes "$subtype micsel" out.wav -i six.wav -o out.wav -m micsel,copier --channels micsel=2
	same_bytes "$subtype micsel up" out.wav -i a.wav -o out.wav -m micsel,mixin \
		--channels micsel=6
	check "$subtype: six channels" [ "$("$AUDIOFILE" info out.wav | cut -d' ' -f2)" = 6 ]
done
finish
