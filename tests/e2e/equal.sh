# SPDX-License-Identifier: BSD-3-Clause
# The same bytes whether modules run as DP threads or not, isolated or not, in long or short periods.
. "$SOURCE/tests/e2e/lib.sh" || exit 1

blob=$SOURCE/testbench/examples/highpass_40hz_48khz.txt
cp "$blob" blob.txt
for format in "s16 48000 2" "s24 44100 1" "s32 48000 6"; do
	set -- $format
	"$AUDIOFILE" make in.wav wav "$1" "$2" "$3" 24003
	tb_ok -q -i in.wav -o dp.wav -m dcblock,eqiir=blob.txt,gain --dp all || continue
	check "frames in $format" [ "$("$AUDIOFILE" info dp.wav | cut -d' ' -f3)" = 24003 ]
	while read -r name options; do
		tb_ok -q -i in.wav -o "$name.wav" -m dcblock,eqiir=blob.txt,gain $options || continue
		check "$format: --dp all and $options" cmp dp.wav "$name.wav"
	done <<-LIST
	ll --dp none
	open --isolation none
	mixed --dp eqiir
	ten --dp-period 10
	type --domain type
	again --dp all
	grant --share grant
	grant-type --share grant --domain type
	grant-id --share grant --domain id --domain-id dcblock=1,gain=1
	grant-open --share grant --isolation none
	grant-mixed --share grant --dp dcblock,gain
	id --domain id --domain-id dcblock=1,eqiir=1,gain=1
	LIST
done

# Two instances of a module are two: silence stays, levels differ from one instance's.
tb_ok -i in.wav -o two.wav -m gain,gain
check "two instances" grep -q '^gain\.1 ' stdout
finish
