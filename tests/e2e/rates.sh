# SPDX-License-Identifier: BSD-3-Clause
# Rate converters: so many frames out for so many in, and the same bytes as a DP thread or not, isolated
# or not, in long or short periods.
. "$SOURCE/tests/e2e/lib.sh" || exit 1

"$TESTBENCH" --help | grep -q -- --rate || skip "this program has no --rate"
while read -r module format in out frames; do
	"$AUDIOFILE" make in.wav wav "$format" "$in" 2 "$((in / 4 + 5))"
	tb_ok -q -i in.wav -o dp.wav -m "$module" --rate "$module=$out" --dp all || continue
	check "$module from $in to $out Hz: frames" \
		[ "$("$AUDIOFILE" info dp.wav | cut -d' ' -f3)" = "$frames" ]
	while read -r name options; do
		tb_ok -q -i in.wav -o "$name.wav" -m "$module" --rate "$module=$out" $options || continue
		check "$module from $in to $out Hz: --dp all and $options" cmp dp.wav "$name.wav"
	done <<-LIST
	ll --dp none
	open --isolation none
	ten --dp-period 10
	grant --share grant
	LIST
done <<-LIST
src s16 48000 44100 11025
src s32 44100 48000 12000
src s24 48000 16000 4001
src s32 8000 48000 12030
src s16 192000 8000 2000
src_lite s32 48000 16000 4001
asrc s16 48000 44100 11030
asrc s32 44100 48000 12006
asrc s24 48000 16000 4002
asrc s32 8000 192000 48121
LIST
finish
