# SPDX-License-Identifier: BSD-3-Clause
# Topologies: played and recorded, LL and DP, what is shown, and what is refused.
. "$SOURCE/tests/e2e/lib.sh" || exit 1

for subtype in s16 s24 s32; do
	"$AUDIOFILE" make "$subtype.wav" wav $subtype 48000 2 24003
done
"$AUDIOFILE" make slow.wav wav s16 44100 2 24003
"$AUDIOFILE" make fast.wav wav s16 96000 2 24003
"$AUDIOFILE" make other.wav wav s16 48000 2 9001
cp "$TOPOLOGIES"/*.tplg . || fail "no topologies in $TOPOLOGIES"

# No module at all: what goes in comes out.
for subtype in s16 s24 s32; do
	for pipelines in 1,2 3,4; do
		tb_ok -q -t passthrough.tplg -p $pipelines -i $subtype.wav -o out.wav || continue
		check "passthrough, $subtype, $pipelines" "$AUDIOFILE" same $subtype.wav out.wav
	done
done

# One module: the bytes of a chain of it, whichever direction, LL or DP. For playback most have data in
# the topology, which is read from there; tdfb has it for capture as well.
echo "sof-ctl -n 1 -o blob.txt" >blob.sh
while read -r module chain blob; do
	if [ -n "$blob" ]; then
		rm -f blob.txt
		tb_ok -q -t $module.tplg -p 1,2 -i s16.wav -o out.wav -s blob.sh
		check "$module has data" [ -s blob.txt ]
		cp blob.txt given.txt
	fi
	for file in s16 s24 s32 slow; do
		for pipelines in 1,2 3,4; do
			wanted=$chain
			case "$blob $pipelines" in yes*1,2 | *both*) wanted=$chain=given.txt ;; esac
			# What it has is for 48 kHz and two channels.
			[ "$module $file" != "tdfb slow" ] || continue
			tb_ok -q -m $wanted --dp none -i $file.wav -o chain.wav || continue
			for topology in $module $module-dp; do
				tb_ok -q -t $topology.tplg -p $pipelines -i $file.wav -o out.wav ||
					continue
				check "$topology, $file, $pipelines" "$AUDIOFILE" same chain.wav out.wav
			done
		done
	done
done <<LIST
gain gain
dcblock dcblock yes
drc drc yes
eqfir eqfir yes
eqiir eqiir yes
level_multiplier level_multiplier yes
micsel micsel yes
multiband_drc mb_drc yes
tdfb tdfb both
template_comp template
LIST
check "eqiir's data is the example's" cmp \
	<(tb -q -t eqiir.tplg -p 1,2 -i s16.wav -o out.wav -s blob.sh; cat blob.txt) \
	"$SOURCE/testbench/examples/highpass_40hz_48khz.txt"

# As many channels as are asked for, where a module can make them.
while read -r channels; do
	for subtype in s16 s24 s32; do
		tb_ok -q -m micsel --channels micsel=$channels --dp none -i $subtype.wav -o chain.wav
		for topology in channels channels-dp; do
			for pipelines in 1,2 3,4; do
				tb_ok -q -t $topology.tplg -p $pipelines -n $channels -i $subtype.wav \
					-o out.wav || continue
				check "$topology, $pipelines, $subtype, -n $channels" \
					"$AUDIOFILE" same chain.wav out.wav
			done
		done
	done
done <<LIST
1
2
4
LIST
tb_refuses 1 "asked to have 48000 Hz and 3 channels" -t channels.tplg -p 1,2 -n 3 -i s16.wav -o none.wav
tb_refuses 1 "asked to have 48000 Hz and 1 channels" -t gain.tplg -p 1,2 -n 1 -i s16.wav -o none.wav

# DP modules are what the topology makes them.
tb -t gain-dp.tplg -p 1,2 -i s16.wav -o out.wav
check "gain-dp runs DP" grep -qE "^gain\.0 +DP" stdout
tb -t gain.tplg -p 1,2 -i s16.wav -o out.wav
check "gain runs LL" grep -qE "^gain\.0 +LL" stdout

# Both directions at once, each with its own file.
rm -f blob.txt
tb_ok -q -t dcblock.tplg -p 1,2 -i s16.wav -o out.wav -s blob.sh
tb_ok -q -t dcblock.tplg -i s16.wav -i other.wav -o one.wav -o two.wav &&
	tb_ok -q -m dcblock=blob.txt --dp none -i s16.wav -o chain.wav &&
	check "playback beside capture" "$AUDIOFILE" same chain.wav one.wav &&
	tb_ok -q -m dcblock --dp none -i other.wav -o chain.wav &&
	check "capture beside playback" "$AUDIOFILE" starts chain.wav two.wav

# Where several directions can be meant they are listed, one a line, and nothing is made.
tb -t gain.tplg -i s16.wav -o none.wav
check "several ways: exit code" [ "$status" = 1 ]
check "several ways: list" [ "$(grep -c '^-p ' stderr)" = 2 ]
check "several ways: playback" grep -qFe "-p 1,2: host-copier.0.playback (Playback) to" stderr
check "several ways: reason" grep -qF "2 ways to run it with these files, choose one with -p" stderr
check "several ways: no file" [ ! -e none.wav ]
tb_refuses 1 "no pipeline 9, there are 1,2,3,4" -t gain.tplg -p 1,9 -i s16.wav -o none.wav
tb_refuses 1 "pipelines 1 hold no way from an input to an output" \
	-t gain.tplg -p 1 -i s16.wav -o none.wav
tb_refuses 1 "these pipelines have 1 inputs and 1 outputs" \
	-t gain.tplg -p 1,2 -i s16.wav -i other.wav -o none.wav

tb_refuses 1 "fast.wav is 96000 Hz 2 ch S16, expected one of: 48000 Hz 2 ch S16," \
	-t gain.tplg -p 1,2 -i fast.wav -o none.wav

# What is no topology.
tb_refuses 1 "no compiled ALSA topology" -t s16.wav -p 1,2 -i s16.wav -o none.wav
head -c 5000 gain.tplg >cut.tplg
tb_refuses 1 "cut.tplg: offset" -t cut.tplg -p 1,2 -i s16.wav -o none.wav
: >empty.tplg
tb_refuses 1 "the file is empty" -t empty.tplg --show-topology
tb_refuses 1 "No such file" -t missing.tplg --show-topology

# Shown and drawn.
tb_ok -t chain-dp.tplg --show-topology --dot chain.dot -p 1,2,5
check "shown: modules" grep -qF "eqiir.5.1: process, eq_iir, DP, domain 7, heap 32768" stdout
check "shown: routes" grep -qF "drc.5.1 -> gain.2.1" stdout
check "shown: controls" [ "$(tb -t gain.tplg --show-topology; grep -c "control '" stdout)" = 4 ]
check "drawn" grep -qF "digraph topology {" chain.dot
check "drawn: what runs" [ "$(grep -c 'style=bold' chain.dot)" = 6 ]
if command -v dot >/dev/null; then
	check "Graphviz takes it" dot -Tsvg -o chain.svg chain.dot
fi

finish
