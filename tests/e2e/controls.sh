# SPDX-License-Identifier: BSD-3-Clause
# Control scripts: the same bytes however the modules run, and what is refused.
. "$SOURCE/tests/e2e/lib.sh" || exit 1

"$AUDIOFILE" make in.wav wav s16 48000 2 24003
cp "$TOPOLOGIES"/*.tplg . || fail "no topologies in $TOPOLOGIES"
cp "$SOURCE/testbench/examples/highpass_40hz_48khz.txt" highpass.txt
# Its last seven words are a section's a2, a1, b2, b1, b0 (Q2.30), shift and gain (Q2.14).
sed 's/\(,[0-9]*\)\{7\}$/,0,0,0,0,536870912,0,16384/' highpass.txt >half.txt

cat >chain.script <<'EOS'
#!/bin/sh
# Levels and a filter, while it plays.
amixer -c0 cset name='gain.0 volume' -6dB
sleep 0.123
sof-ctl -Dhw:0 -c name='eqiir.0 bytes' -s half.txt
sleep 0.05
amixer -c0 cset name='gain.0 volume' 90,70
amixer -c0 cset name='gain.0 switch' on,off
EOS
# A module that works on the stream itself, as most of SOF's do: its bytes are counted too, so that a
# command comes at its frame where it runs LL.
printf '\1\0\0\0' >silent.bin
printf 'sleep 0.1\nsof-ctl -c name="older.0 bytes" -s silent.bin\n' >older.script
for dp in all none; do
	tb_ok -q -m older --module "$OBJECTS/older.so" -i in.wav -o older-$dp.wav -s older.script --dp $dp \
		--report r.json
	check "older, --dp $dp: all bytes are counted" [ "$(sed -n '/"name": "older.0"/,/}/p' r.json |
		grep -c '"bytes_\(in\|out\)": 96012')" = 2 ]
done
check "a stream module's script, LL and DP" cmp older-all.wav older-none.wav
first=$(cmp in.wav older-none.wav | sed 's/.*byte \([0-9]*\),.*/\1/')
check "the command comes at its frame: byte ${first:-none}" \
	[ "${first:-0}" -gt $((44 + 100 * 48 * 4)) -a "${first:-0}" -le $((44 + 101 * 48 * 4)) ]

chain=dcblock,eqiir=highpass.txt,gain
tb_ok -q -m $chain -i in.wav -o still.wav --dp none
tb_ok -q -m $chain -i in.wav -o ll.wav --dp none -s chain.script
check "the script has an effect" [ "$(cmp ll.wav still.wav >/dev/null; echo $?)" = 1 ]
sed /sof-ctl/d chain.script >no_blob.script
tb_ok -q -m $chain -i in.wav -o no_blob.wav --dp none -s no_blob.script
# 44 bytes of header, 4 a frame, 48 frames a millisecond, up to the frame of the new filter.
first=$(cmp ll.wav no_blob.wav | sed 's/.*byte \([0-9]*\),.*/\1/')
check "the filter changes at its frame, not before: byte ${first:-none}" \
	[ "${first:-0}" -gt $((44 + 123 * 48 * 4)) ]
check "and no millisecond later" [ "${first:-0}" -le $((44 + 124 * 48 * 4)) ]
while read -r name options; do
	tb_ok -q -m $chain -i in.wav -o "$name.wav" -s chain.script $options || continue
	check "a chain's script, $options" cmp ll.wav "$name.wav"
done <<LIST
dp --dp all
mixed --dp eqiir
last --dp gain
open --isolation none
grant --share grant
type --domain type
cores --cores 4
bare --cores 4 --isolation none
LIST

cat >playback.script <<'EOS'
amixer -c0 cset name='Playback volume' 40,30
sleep 0.1
amixer -c0 cset name='Playback volume' 50%
sleep 0.0996
amixer -c0 cset name='gain.1.1 Playback volume' 0dB
EOS
tb_ok -q -t gain.tplg -p 1,2 -i in.wav -o ll.wav -s playback.script
check "rounding is told" grep -qF "playback.script: line 4: sleep is rounded to 100 ms" stdout
tb_ok -q -t gain-dp.tplg -p 1,2 -i in.wav -o dp.wav -s playback.script
check "a topology's script, LL and DP" cmp ll.wav dp.wav
cat >eq.script <<'EOS'
sleep 0.2
sof-ctl -n 1 -s half.txt
EOS
tb_ok -q -t eqiir.tplg -p 1,2 -i in.wav -o ll.wav -s eq.script
tb_ok -q -t eqiir-dp.tplg -p 1,2 -i in.wav -o dp.wav -s eq.script
check "a topology's filter, LL and DP" cmp ll.wav dp.wav

# Values are told, before and after.
tb_ok -t gain.tplg --controls
check "controls: volume" grep -qF \
	"#1 'Playback volume' (gain.1.1): 0 to 45, -90.00 to 0.00 dB, is 45,45" stdout
check "controls: all" [ "$(wc -l <stdout)" = 4 ]
tb_ok -t drc.tplg --controls
check "controls: switch" grep -qF "'Playback drc switch' (drc.1.1): off or on" stdout
tb_ok -m $chain --controls
check "controls of a chain" grep -qF "'eqiir.0 bytes' (eqiir.0): bytes, is 88 bytes" stdout
cp chain.script whole.script
echo "amixer cget name='gain.0 volume'" >>chain.script
echo "sof-ctl -c name='eqiir.0 bytes'" >>chain.script
tb_ok -q -m $chain -i in.wav -o out.wav -s chain.script
check "cget" grep -qF "  : values=90,70" stdout
check "sof-ctl without -s" grep -qF ",0,0,0,0,536870912,0,16384" stdout
echo "sleep 100" >>chain.script
echo "amixer cget name='gain.0 volume'" >>chain.script
rm out.wav
tb_refuses 2 "chain.script: line 12: 'gain.0 volume', at 100173 ms of the control script, was not \
applied: it comes after the end of the run" -q -m $chain -i in.wav -o out.wav -s chain.script
tb -m $chain -i in.wav -o out.wav -s chain.script
check "what comes after the end" grep -q "^script *1 steps" stdout
# Nobody has asked for what is told about a sleep, and nothing comes after it.
cp whole.script long.script
echo "sleep 100.0004" >>long.script
tb_ok -q -m $chain -i in.wav -o out.wav -s long.script
# A module that has not got so far: both commands are told.
cp whole.script long.script
printf '%s\n' "sleep 50" "sof-ctl -c name='eqiir.0 bytes' -s half.txt" \
	"amixer cset name='gain.0 volume' 1" >>long.script
rm out.wav
tb_refuses 2 "was not applied, nor 1 more: it comes after the end of the run, which was at" \
	-q -m $chain -i in.wav -o out.wav -s long.script

# Refusals: one line, with the script's line.
refuses() { # WORDS LINE
	echo "$2" >bad.script
	tb_refuses 1 "$1" -q -t gain.tplg -p 1,2 -i in.wav -o out.wav -s bad.script
}
refuses "bad.script: line 1: no control 'Playback volum', did you mean 'Playback volume'?" \
	"amixer cset name='Playback volum' 1"
refuses "'99' is not in its range, 0 to 45" "amixer cset name='Playback volume' 99"
refuses "'Capture volume' belongs to gain.3.2, which does not take part" \
	"amixer cset name='Capture volume' 1"
refuses "no control of number 7, there are 4" "amixer cget numid=7"
refuses "'Playback volume' takes values, by amixer" "sof-ctl -c name='Playback volume' -s half.txt"
refuses "bad.script: line 1: 'rm' is not understood" "rm x"
tb_refuses 1 "missing.script: script can't be read" -m gain -i in.wav -o out.wav -s missing.script
tb_refuses 1 "--controls needs a topology" --controls
echo "sof-ctl -c name='eqiir.0 bytes' -s in.wav" >bad.script
tb_refuses 1 "line 1: 'eqiir.0 bytes' is refused by eqiir.0" \
	-q -m $chain -i in.wav -o out.wav -s bad.script

# Under Valgrind too.
[ -n "${SANITIZED:-}" ] && finish
need valgrind
"$AUDIOFILE" make short.wav wav s16 48000 2 9600
tb_ok -q -m $chain -i short.wav -o plain.wav -s whole.script
checks=$((checks + 1))
valgrind -q --error-exitcode=9 --leak-check=full "$TESTBENCH" -q -m $chain -i short.wav \
	-o checked.wav -s whole.script --watchdog 0 >log 2>&1 ||
	{ fail "errors or leaks under Valgrind"; head -n 60 log; }
check "the same bytes under Valgrind" cmp plain.wav checked.wav
finish
