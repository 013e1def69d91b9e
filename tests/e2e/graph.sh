# SPDX-License-Identifier: BSD-3-Clause
# Several inputs, several outputs, other rates and channels: what comes out, and what is refused.
. "$SOURCE/tests/e2e/lib.sh" || exit 1

export SOF_MODULE_PATH=$OBJECTS
for subtype in s16 s24 s32; do
	"$AUDIOFILE" make "a-$subtype.wav" wav $subtype 48000 2 24003
	"$AUDIOFILE" make "b-$subtype.wav" wav $subtype 48000 2 9001
done
"$AUDIOFILE" make mono.wav wav s16 48000 1 24003
"$AUDIOFILE" make slow.wav wav s16 44100 2 24003
"$AUDIOFILE" make six.wav wav s16 48000 6 24003

info_is() { # FILE RATE CHANNELS FRAMES
	local got
	got=$("$AUDIOFILE" info "$1" | cut -d' ' -f1-3)
	check "$1 is $got, not $2 $3 $4" [ "$got" = "$2 $3 $4" ]
}

# Two inputs side by side and apart again; the shorter one goes on with silence.
for subtype in s16 s24 s32; do
	while read -r options; do
		tb_ok -q -i a-$subtype.wav -i b-$subtype.wav -o one.wav -o two.wav \
			-m weave,dcblock,weave --channels weave.0=4,weave.1=2 $options || continue
		mv one.wav first.wav
		mv two.wav second.wav
		tb_ok -q -i a-$subtype.wav -i b-$subtype.wav -o one.wav -o two.wav \
			-m weave,weave --channels weave.0=4,weave.1=2 $options || continue
		check "$subtype $options: first input" "$AUDIOFILE" same a-$subtype.wav one.wav
		check "$subtype $options: second input" "$AUDIOFILE" starts b-$subtype.wav two.wav
		info_is two.wav 48000 2 24003
		if [ "$options" = "--dp none" ]; then
			cp first.wav first-ll.wav
			cp second.wav second-ll.wav
		fi
		check "$subtype $options: as in LL" cmp first.wav first-ll.wav
		check "$subtype $options: second as in LL" cmp second.wav second-ll.wav
	done <<-LIST
	--dp none
	--dp all
	--dp weave.0
	--dp weave.1 --dp-period 10
	--isolation none
	--share grant
	--domain type
	LIST
done

# The order of lengths does not matter; a chain of one module has both ends.
tb_ok -q -i b-s16.wav -i a-s16.wav -o one.wav -o two.wav -m weave
check "short one first" "$AUDIOFILE" starts b-s16.wav one.wav
check "long one second" "$AUDIOFILE" same a-s16.wav two.wav

# As many as there are queues.
for i in 1 2 3 4 5 6 7 8; do
	ins="${ins:-} -i mono.wav"
	outs="${outs:-} -o out$i.flac"
done
tb_ok -q $ins $outs -m weave
for i in 1 2 3 4 5 6 7 8; do
	check "output $i of eight" "$AUDIOFILE" same mono.wav out$i.flac
done
tb_ok -q $ins -o wide.wav -m weave --channels weave=8
info_is wide.wav 48000 8 24003
rm -f out?.flac

# Rates and channels, from the module on down the chain.
tb_ok -i a-s16.wav -o up.wav -m dcblock,weave,gain --rate weave=96000 --report r.json
info_is up.wav 96000 2 48006
check "formats in the summary" \
	grep -q '^audio  *48000 Hz, 2 channels, S16 -> 96000 Hz, 2 channels, S16$' stdout
check "frames in the summary" grep -q '^frames  *24003 in, 48006 out$' stdout
check "files in the report" grep -q '"path": "up.wav"' r.json
check "rate in the report" grep -q '"rate": 96000' r.json
tb_ok -q -i a-s16.wav -o up-ll.wav -m dcblock,weave,gain --rate weave=96000 --dp none
check "rate, LL and DP" cmp up.wav up-ll.wav
while read -r rate frames options; do
	tb_ok -q -i a-s32.wav -o out.wav -m weave,passthrough --rate weave=$rate $options || continue
	info_is out.wav "$rate" 2 "$frames"
done <<-LIST
	44100 22053
	44100 22053 --dp none
	44100 22053 --dp-period 10
	44100 22053 --dp weave
	16000 8001
	8000 4001 --dp none
	192000 96012
	48000 24003
LIST
tb_ok -q -i a-s32.wav -o there.wav -m weave,weave --rate weave.0=96000,weave.1=48000
check "up and down again" "$AUDIOFILE" same a-s32.wav there.wav
tb_ok -q -i six.wav -o two.wav -m weave --channels weave=2 --rate weave=24000
info_is two.wav 24000 2 12002
# A module that can't convert rates refuses to.
for name in passthrough template gain eqiir eqfir dcblock drc mb_drc level_multiplier micsel xover tdfb; do
	checks=$((checks + 1))
	tb -q -d err -i a-s16.wav -o refused.wav -m $name --rate $name=16000
	[ "$status" = 1 ] || fail "$name, 48000 to 16000 Hz: exit $status, expected 1"
	check "$name does not say that it can't convert rates" \
		grep -qF "48000 Hz and 16000 Hz: it cannot convert sample rates" stderr
	check "$name: an output is left" [ ! -e refused.wav ]
done

# Init data: text and binary, for a module of our own and for one that has a payload by itself.
echo 4 >four.txt
printf '\4\0\0\0' >four.bin
printf '\0\0\0\0' >zero.bin
tb_ok -q -i a-s16.wav -o text.wav -m weave --init weave=four.txt
tb_ok -q -i a-s16.wav -o binary.wav -m weave --init weave.0=four.bin
check "text and binary are the same" cmp text.wav binary.wav
"$AUDIOFILE" same a-s16.wav text.wav >probe && fail "init data has no effect"
tb_ok -q -i a-s16.wav -o zero.wav -m weave --init weave=zero.bin
check "no shift is a copy" "$AUDIOFILE" same a-s16.wav zero.wav

# The board's own way of running it is told.
tb_ok -i a-s16.wav -o out.wav -m older,passthrough --report r.json
check "the board runs it LL" grep -q '^board  *the board runs older\.0 LL$' stdout
check "only that one" [ "$(grep -c 'the board runs' stdout)" = 1 ]
check "in the report" [ "$(grep -c '"board_runs_ll": true' r.json)" = 1 ]
check "older copies" "$AUDIOFILE" same a-s16.wav out.wav
tb_ok -i a-s16.wav -o out.wav -m older --dp none
check "LL is nothing to tell" [ "$(grep -c 'the board runs' stdout)" = 0 ]

# What goes on for ever is cut where the input ends; real audio after it stays.
for module in drone hush passthrough,drone,passthrough; do
	tb_ok -i a-s16.wav -o out.wav -m $module --dp none --report r.json
	check "$module: the input as it was" "$AUDIOFILE" same a-s16.wav out.wav
	check "$module: it is told" grep -q '^end  *a module goes on giving audio' stdout
	check "$module: and in the report" grep -q '"endless": true' r.json
done
# Silence at the end of the input itself is audio like any other.
tb_ok -q -i a-s16.wav -i b-s16.wav -o one.wav -o two.wav -m weave
tb_ok -q -i two.wav -o out.wav -m drone --dp none
check "a silent end" "$AUDIOFILE" same two.wav out.wav
echo 65537 >one.txt
tb_ok -i a-s16.wav -o out.wav -m drone --dp none --init drone=one.txt
check "sound without end is cut as well" grep -q '^end  *a module goes on giving audio' stdout
check "and kept" [ "$("$AUDIOFILE" info out.wav | cut -d' ' -f3)" -gt 48000 ]
tb_ok -i a-s16.wav -o out.wav -m gain --report r.json
check "nothing to tell" [ "$(grep -c '^end ' stdout)" = 0 ]
check "nothing to report" grep -q '"endless": false' r.json

# Modules of ours with several ends.
if tb_ok -q -i a-s16.wav -i b-s16.wav -o one.wav -o two.wav -m mux,demux --channels mux=4,demux=2; then
	check "mux and demux: first" "$AUDIOFILE" same a-s16.wav one.wav
	check "mux and demux: second" "$AUDIOFILE" starts b-s16.wav two.wav
fi
tb_ok -q -i a-s16.wav -o one.wav -o two.wav -m demux
check "demux copies" "$AUDIOFILE" same a-s16.wav one.wav
check "demux copies twice" "$AUDIOFILE" same a-s16.wav two.wav

# The summary counts each end.
tb_ok -i a-s16.wav -i b-s16.wav -o one.wav -o two.wav -m weave
check "first input" grep -q '^audio in  *a-s16.wav: 48000 Hz, 2 channels, S16, 24003 frames$' stdout
check "second input" grep -q '^audio in  *b-s16.wav: .*, 9001 frames$' stdout
check "second output" grep -q '^audio out  *two.wav: .*, 24003 frames$' stdout
rm -f out.wav one.wav two.wav first.wav second.wav r.json zero.wav text.wav binary.wav up.wav

# bad combinations
two="-i a-s16.wav -i b-s16.wav"
tb_refuses 1 "slow.wav has 44100 Hz, 2 channels, S16, but a-s16.wav has 48000 Hz, 2 channels, S16" \
	-q -i a-s16.wav -i slow.wav -o out.wav -m weave
tb_refuses 1 "mono.wav has 48000 Hz, 1 channels" -q -i a-s16.wav -i mono.wav -o out.wav -m weave
tb_refuses 1 "a-s24.wav has" -q -i a-s16.wav -i a-s24.wav -o out.wav -m weave
tb_refuses 1 "missing.wav: can't be read" -q -i a-s16.wav -i missing.wav -o out.wav -m weave
tb_refuses 1 "-o: out.wav is named twice" -q -i a-s16.wav -o out.wav -o out.wav -m weave
tb_refuses 1 "at most 8 inputs" -q $ins -i mono.wav -o out.wav -m weave
tb_refuses 1 "at most 8 outputs" -q -i mono.wav $outs -o out9.flac -m weave
tb_refuses 1 "missing/two.wav" -q -i a-s16.wav -o one.wav -o missing/two.wav -m weave
tb_refuses 1 "because of 2 inputs for passthrough" -q $two -o out.wav -m passthrough,gain
tb_refuses 1 "because of 2 outputs for passthrough" \
	-q -i a-s16.wav -o one.wav -o two.wav -m gain,passthrough
tb_refuses 1 "because of 1 channels for gain" -q -i a-s16.wav -o out.wav -m gain --channels gain=1
for value in weave weave= weave=0 weave=fast weave=768001 weave=-1 =48000; do
	tb_refuses 1 "--rate: '${value%%=*}" -q -i a-s16.wav -o out.wav -m weave --rate "$value"
done
tb_refuses 1 "from 1 to 8" -q -i a-s16.wav -o out.wav -m weave --channels weave=9
tb_refuses 1 "did you mean weave?" -q -i a-s16.wav -o out.wav -m weave --rate waeve=8000
tb_refuses 1 "'weave.1' is not a module of the chain" \
	-q -i a-s16.wav -o out.wav -m weave --channels weave.1=1
tb_refuses 1 "is not NAME=FILE" -q -i a-s16.wav -o out.wav -m weave --init weave
tb_refuses 1 "missing.bin: blob can't be read" -q -i a-s16.wav -o out.wav -m weave --init weave=missing.bin
printf '\4\0\0\0\0' >five.bin
tb_refuses 1 "five.bin: 5 bytes of init data, a multiple of 4 is expected" \
	-q -i a-s16.wav -o out.wav -m weave --init weave=five.bin
echo 99 >99.txt
tb_refuses 1 "weave.0: can't be made, perhaps because of 99.txt for weave" \
	-q -i a-s16.wav -o out.wav -m weave --init weave=99.txt
head -c 4096 /dev/zero >page.bin
tb_refuses 1 "weave.0: an init message of" -q -i a-s16.wav -o out.wav -m weave --init weave=page.bin
finish
