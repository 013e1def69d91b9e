# SPDX-License-Identifier: BSD-3-Clause
# Bytes controls are read back from the module, as sof-ctl and amixer show them, LL, DP, isolated or not.
. "$SOURCE/tests/e2e/lib.sh" || exit 1

"$AUDIOFILE" make in.wav wav s16 48000 2 9600
cp "$TOPOLOGIES"/*.tplg . || fail "no topologies in $TOPOLOGIES"
cp "$SOURCE/testbench/examples/highpass_40hz_48khz.txt" highpass.txt
# 9001 bytes: three fragments, and no whole word at the end.
head -c 9001 in.wav >large.bin
printf '3,44,877023059,0,12,50450433,0,0,0,0,1,2,3\n' >small.txt

cat >read.sh <<'EOS'
sof-ctl -c name='echo.0 bytes'
sof-ctl -c name='echo.0 bytes' -r -s large.bin
sof-ctl -c name='echo.0 bytes' -r -b -o large.out
sof-ctl -c name='echo.0 bytes' -b -o image.out
sleep 0.1
sof-ctl -c name='echo.0 bytes' -s small.txt -o small.out
sof-ctl -c name='echo.0 bytes'
sof-ctl -c name='echo.0 bytes' -r -p 2
sof-ctl -c name='echo.0 bytes' -b
amixer -c0 cget numid=1,iface=MIXER,name='echo.0 bytes'
sof-ctl -c name='echo.0 bytes' -p 9
sof-ctl -c name='echo.0 bytes' -p 10
EOS
cat >expected <<'EOS'
'echo.0 bytes' holds the module's own bytes
9001 bytes written to file.
9041 bytes written to file.
43 bytes written to file.
hdr: magic 0x34464f53
hdr: param_id 0
hdr: size 12 bytes
hdr: abi 3:29:1
3,44,877023059,0,12,50450433,0,0,0,0,1,2,3
hdr: magic 0x34464f53
hdr: param_id 2
hdr: size 12 bytes
hdr: abi 3:29:1
33686019,33686020,33686021
hdr: magic 0x34464f53
hdr: param_id 0
hdr: size 12 bytes
hdr: abi 3:29:1
00000000 0003 0000 002c 0000 4f53 3446 0000 0000 
00000010 000c 0000 d001 0301 0000 0000 0000 0000 
00000020 0000 0000 0000 0000 0001 0000 0002 0000 
00000030 0003 0000 
numid=1,iface=MIXER,name='echo.0 bytes'
  ; type=BYTES,access=-----RW-,values=65568
EOS
{ printf '  : values=0x53,0x4f,0x46,0x34,0x00,0x00,0x00,0x00,0x0c,0x00,0x00,0x00,0x01,0xd0,0x01,0x03'
	printf ',0x00%.0s' {1..16}
	echo ",0x01,0x00,0x00,0x00,0x02,0x00,0x00,0x00,0x03,0x00,0x00,0x00"
	echo "'echo.0 bytes' holds the module's own bytes"
	echo "'echo.0 bytes' holds the module's own bytes"
} >>expected
while read -r name options; do
	rm -f ./*.out
	tb_ok -q --module "$OBJECTS/echo.so" -m echo -i in.wav -o out.wav -s read.sh $options ||
		continue
	check "$name: what is told" cmp stdout expected
	check "$name: fragments" cmp large.out large.bin
	check "$name: with headers" cmp <(tail -c 9001 image.out) large.bin
	check "$name: a read of what was just set" cmp small.out small.txt
done <<LIST
ll --dp none
dp --dp all
open --isolation none
mprotect --isolation mprotect
domains --domain type --share grant
LIST

# Told in the script's order, though the module behind the DP one gets there later.
cat >order.sh <<'EOS'
amixer cset name='gain.1 volume' 80
sof-ctl -r -c name='gain.1 bytes'
amixer cset name='gain.0 volume' 70
sof-ctl -r -c name='gain.0 bytes'
amixer cget name='gain.0 switch'
sleep 0.05
amixer cset name='gain.0 volume' 60
sof-ctl -r -c name='gain.0 bytes'
sof-ctl -r -c name='gain.1 bytes'
EOS
tb_ok -q -m gain,dcblock,gain -i in.wav -o out.wav --dp none -s order.sh
cp stdout ll
tb_ok -q -m gain,dcblock,gain -i in.wav -o out.wav --dp all -s order.sh
check "one order, LL and DP" cmp ll stdout
# Channel, gain, four words of the curve; for two channels. -10, -20, -30 and again -10 dB.
gain() { echo "0,$1,0,0,0,0,1,$1,0,0,0,0"; }
check "the module tells its gains" cmp <(grep '^0,' stdout) \
	<(gain 679051264; gain 214695936; gain 67895296; gain 679051264)
check "between them a switch" [ "$(grep -n values=on,on stdout)" = "13:  : values=on,on" ]

# Most of SOF's modules give their blob to IPC3 only: then what was last set is told, without noise.
cat >last.sh <<'EOS'
sof-ctl -c name='Playback eqiir bytes'
EOS
for dp in "" -dp; do
	tb_ok -q -t eqiir$dp.tplg -p 1,2 -i in.wav -o out.wav -s last.sh
	check "what the topology has: eqiir$dp" [ "$(tail -n 1 stdout)" = "$(cat highpass.txt)" ]
done

# The module's call runs in its own domain, too.
echo "sof-ctl -c name='echo.0 bytes' -p 11" >fault.sh
tb -q --module "$OBJECTS/echo.so" -m echo -i in.wav -o fault.wav -s fault.sh
check "a fault while it answers: exit $status" [ "$status" = 3 ]
check "and where" grep -q "echo_get_configuration" stderr
check "no output" [ ! -e fault.wav ]

echo "sof-ctl -c name='echo.0 bytes' -s small.txt -o nowhere/x" >bad.sh
tb_refuses 1 "bad.sh: line 1: nowhere/x" -q --module "$OBJECTS/echo.so" -m echo -i in.wav -o fault.wav -s bad.sh
mkdir folder
echo "sof-ctl -c name='echo.0 bytes' -o folder" >bad.sh
tb_refuses 1 "bad.sh: line 1: folder" -q --module "$OBJECTS/echo.so" -m echo -i in.wav -o fault.wav \
	-s bad.sh
echo "sof-ctl -n 1" >bad.sh
tb_refuses 1 "bad.sh: line 1: 'gain.0 volume' has values, for amixer, and no bytes" \
	-q -m gain -i in.wav -o fault.wav -s bad.sh
finish
