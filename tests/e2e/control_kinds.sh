# SPDX-License-Identifier: BSD-3-Clause
# Volumes, switches, enums and bytes of several modules in a row, while they play: what each does, by
# name and by number, and the same bytes LL, DP, isolated or not, on several cores, under Valgrind.
. "$SOURCE/tests/e2e/lib.sh" || exit 1

"$AUDIOFILE" make in.wav wav s16 48000 2 24003
cp "$TOPOLOGIES"/*.tplg . || fail "no topologies in $TOPOLOGIES"
cp "$SOURCE/testbench/examples/highpass_40hz_48khz.txt" highpass.txt
sed 's/\(,[0-9]*\)\{7\}$/,0,0,0,0,536870912,0,16384/' highpass.txt >half.txt

# What the others begin with.
cat >save.sh <<'EOS'
sof-ctl -c name='High cut' -o fir.txt
sof-ctl -c name='Compressor' -o drc.txt
sof-ctl -c name='Beams' -b -o beams.bin
EOS
tb_ok -q -t effects.tplg -p 1,2 -i in.wav -o still.wav -s save.sh
# Words from 50 on are the filter's: two taps changed. The compressor's 28th is its gain for all.
awk -F, -v OFS=, '{ $40 = 1000; $41 = 2000; print }' fir.txt >fir2.txt
awk -F, -v OFS=, '{ $28 = 16777216; print }' drc.txt >drc2.txt
check "other filters" [ "$(cmp -s fir.txt fir2.txt; cmp -s drc.txt drc2.txt; echo $?)" = 1 ]

# A control's command acts at its frame, and on nothing else.
acts() { # NAME COMMAND...
	local name=$1 first
	shift
	printf 'sleep 0.2\n%s\n' "$*" >one.sh
	tb_ok -q -t effects.tplg -p 1,2 -i in.wav -o one.wav -s one.sh || return
	first=$(cmp one.wav still.wav | sed 's/.*byte \([0-9]*\),.*/\1/')
	check "$name acts: byte ${first:-none}" [ "${first:-0}" -gt $((44 + 200 * 48 * 4)) ]
	check "$name acts soon" [ "${first:-999999}" -le $((44 + 230 * 48 * 4)) ]
	tb_ok -q -t effects-dp.tplg -p 1,2 -i in.wav -o dp.wav -s one.sh
	check "$name, LL and DP" cmp one.wav dp.wav
	cp one.wav "$name.wav"
}
acts volume amixer -c0 cset "name='Level'" 40,50
acts volume-db amixer -c0 cset "name='Level'" -- 40,-10dB
acts switch-both amixer -c0 cset "name='Channels'" off
acts switch-left amixer -c0 cset "name='Channels'" 0,1
acts switch-words amixer cset "name='Channels'" off,on
acts switch-numid amixer cset numid=2,iface=MIXER off,yes
acts eqiir sof-ctl -c "name='Low cut'" -s half.txt
acts eqfir sof-ctl -c "name='High cut'" -s fir2.txt
acts drc sof-ctl -c "name='Compressor'" -s drc2.txt
acts drc-off amixer cset "name='Compress'" off
acts beam amixer cset "name='Beam'" on
acts angle "amixer cset name='Beam' on
amixer cset name='Beam angle' '30 degrees, left'"
acts angle-index "amixer cset name='Beam' on
amixer cset name='Beam angle' 1"
acts angle-last "amixer cset name='Beam' on
amixer cset name='Beam angle' '90 degrees'"
check "values in dB" cmp volume.wav volume-db.wav
check "a switch's words" cmp switch-left.wav switch-words.wav
check "a control's number" cmp switch-left.wav switch-numid.wav
check "one channel is not both" [ "$(cmp -s switch-left.wav switch-both.wav; echo $?)" = 1 ]
check "a text is its number" cmp angle.wav angle-index.wav
check "an angle of its own" [ "$(cmp -s angle.wav angle-last.wav; echo $?)" = 1 ]
check "and not the first" [ "$(cmp -s angle.wav beam.wav; echo $?)" = 1 ]

# Told before and after.
cat >get.sh <<'EOS'
amixer cget name='Beam angle'
amixer cset name='Beam angle' '30 degrees, left'
amixer cget name='Beam angle'
amixer cset name='Channels' on,off
amixer cset name='Channels' toggle
amixer cget name='Channels'
amixer cset name='Level' ,50%
amixer cget name='Level'
amixer cset name='Compress' 1
amixer cget name='Compress'
EOS
cat >expected <<'EOS'
numid=7,iface=MIXER,name='Beam angle'
  ; type=ENUMERATED,access=rw------,values=1,items=4
  ; Item #0 'ahead'
  ; Item #1 '30 degrees, left'
  ; Item #2 '60 degrees'
  ; Item #3 '90 degrees'
  : values=?
numid=7,iface=MIXER,name='Beam angle'
  ; type=ENUMERATED,access=rw------,values=1,items=4
  ; Item #0 'ahead'
  ; Item #1 '30 degrees, left'
  ; Item #2 '60 degrees'
  ; Item #3 '90 degrees'
  : values=1
numid=2,iface=MIXER,name='Channels'
  ; type=BOOLEAN,access=rw------,values=2
  : values=off,on
numid=1,iface=MIXER,name='Level'
  ; type=INTEGER,access=rw------,values=2,min=0,max=60,step=0
  : values=60,30
  | dBscale-min=-60.00dB,step=1.00dB,mute=1
numid=9,iface=MIXER,name='Compress'
  ; type=BOOLEAN,access=rw------,values=1
  : values=on
EOS
for topology in effects effects-dp; do
	tb_ok -q -t $topology.tplg -p 1,2 -i in.wav -o out.wav -s get.sh
	check "what amixer tells: $topology" cmp expected stdout
done
cat >expected <<'EOS'
#1 'Level' (gain.1.1): 0 to 60, -60.00 to 0.00 dB, is 60,60
#2 'Channels' (gain.1.1): off or on, is the module's own: ?,?
#3 'Low cut' (eqiir.1.1): up to 1024 bytes, is 88 bytes, parameter 0
#4 'High cut' (eqfir.1.1): up to 4096 bytes, is 176 bytes, parameter 0
#5 'Beams' (tdfb.1.1): up to 16384 bytes, is 504 bytes, parameter 0
#6 'Beam' (tdfb.1.1): off or on, is the module's own: ?
#7 'Beam angle' (tdfb.1.1): 'ahead'|'30 degrees, left'|'60 degrees'|'90 degrees', is the module's own: ?
#8 'Compressor' (drc.1.1): up to 1024 bytes, is 108 bytes, parameter 0
#9 'Compress' (drc.1.1): off or on, is the module's own: ?
EOS
tb_ok -t effects.tplg --controls
check "all kinds are listed" cmp expected stdout

# All of them at once.
cat >all.sh <<'EOS'
amixer cset name='Level' 55
sleep 0.1
sof-ctl -c name='Low cut' -s half.txt
sleep 0.037
sof-ctl -c name='High cut' -s fir2.txt
amixer cset name='Beam' on
amixer cset name='Beam angle' '60 degrees'
sleep 0.05
amixer cset name='Level' -12dB,-3dB
sof-ctl -c name='Compressor' -s drc2.txt
sof-ctl -c name='Low cut' -s highpass.txt
sleep 0.1
amixer cset name='Channels' on,off
amixer cset name='Beam angle' 3
sleep 0.05
amixer cset name='Compress' off
amixer cset name='Channels' on
sof-ctl -c name='High cut' -s fir.txt
sof-ctl -c name='Beams' -b -s beams.bin
EOS
tb_ok -q -t effects.tplg -p 1,2 -i in.wav -o ll.wav -s all.sh
check "the script has an effect" [ "$(cmp -s ll.wav still.wav; echo $?)" = 1 ]
while read -r name topology options; do
	tb_ok -q -t "$topology.tplg" -p 1,2 -i in.wav -o "$name.wav" -s all.sh $options || continue
	check "the whole script: $name" cmp ll.wav "$name.wav"
done <<LIST
again effects
ll-open effects --isolation none
dp effects-dp
dp-open effects-dp --isolation none
dp-mprotect effects-dp --isolation mprotect
grant effects-dp --share grant
guard effects-dp --heap guard
cores effects-dp --cores 4
LIST
for format in s24 s32; do
	"$AUDIOFILE" make $format.wav wav $format 48000 2 24003
	tb_ok -q -t effects.tplg -p 1,2 -i $format.wav -o ll-$format.wav -s all.sh
	tb_ok -q -t effects-dp.tplg -p 1,2 -i $format.wav -o dp-$format.wav -s all.sh
	check "the whole script in $format" cmp ll-$format.wav dp-$format.wav
done

# A chain has them by other names.
chain=gain,eqiir=highpass.txt,eqfir=fir.txt,tdfb=beams.bin,drc=drc.txt
grep -v Level all.sh >topology.sh
sed "s/'Low cut'/'eqiir.0 bytes'/; s/'High cut'/'eqfir.0 bytes'/; s/'Beam'/'tdfb.0 switch'/
	s/'Beam angle'/'tdfb.0 angle'/; s/'Beams'/'tdfb.0 bytes'/; s/'Compressor'/'drc.0 bytes'/
	s/'Compress'/'drc.0 switch'/; s/'Channels'/'gain.0 switch'/" topology.sh >chain.sh
tb_ok -q -t effects.tplg -p 1,2 -i in.wav -o ll.wav -s topology.sh
for dp in none all; do
	tb_ok -q -m $chain --dp $dp -i in.wav -o chain.wav -s chain.sh
	check "a chain's script, --dp $dp" cmp ll.wav chain.wav
done
tb_ok -m $chain,template,mb_drc --controls
check "controls of a chain" grep -qF "#8 'tdfb.0 angle' (tdfb.0): '0 degrees'|'30 degrees'|" stdout
check "and how they begin" [ "$(grep -c "switch' .*is on\$\|switch' .*is off\$\|tracking' .*is off\$" stdout)" = 5 ]
echo "amixer cset name='template.0 switch' on" >swap.sh
tb_ok -q -m template -i in.wav -o swap.wav -s swap.sh
check "template's switch acts" [ "$(cmp -s in.wav swap.wav; echo $?)" = 1 ]

# A switch a channel of a gain alone: silence there, and as it came elsewhere.
echo "amixer cset name='Playback switch' off,on" >mute.sh
for topology in gain gain-dp; do
	tb_ok -q -t $topology.tplg -p 1,2 -i in.wav -o $topology.wav -s mute.sh
done
check "gain's switch, LL and DP" cmp gain.wav gain-dp.wav

refuses() { # WORDS LINE
	echo "$2" >bad.sh
	tb_refuses 1 "bad.sh: line 1: $1" -q -t effects.tplg -p 1,2 -i in.wav -o none.wav -s bad.sh
}
refuses "'Beam angle': '60 degreez' is not one of its texts, did you mean '60 degrees'?" \
	"amixer cset name='Beam angle' '60 degreez'"
refuses "'Beam angle': 'behind' is not one of its texts: 'ahead', '30 degrees, left', '60" \
	"amixer cset name='Beam angle' behind"
refuses "'Beam angle': '4' is not in its range, 0 to 3" "amixer cset name='Beam angle' 4"
refuses "'Beam angle': more than 1 values" "amixer cset name='Beam angle' 1,2"
refuses "'Channels': 'maybe' is not on or off" "amixer cset name='Channels' maybe"
refuses "no control 'Beam angel', did you mean 'Beam angle'?" "amixer cget name='Beam angel'"

[ -n "${SANITIZED:-}" ] && finish
need valgrind
"$AUDIOFILE" make short.wav wav s16 48000 2 18000
for topology in effects effects-dp; do
	tb_ok -q -t $topology.tplg -p 1,2 -i short.wav -o plain.wav -s all.sh
	checks=$((checks + 1))
	valgrind -q --error-exitcode=9 --leak-check=full "$TESTBENCH" -q -t $topology.tplg -p 1,2 \
		-i short.wav -o checked.wav -s all.sh --watchdog 0 >log 2>&1 ||
		{ fail "$topology: errors or leaks under Valgrind"; head -n 60 log; }
	check "$topology: the same bytes under Valgrind" cmp plain.wav checked.wav
done
finish
