# SPDX-License-Identifier: BSD-3-Clause
# The command line of SOF's testbench, under its name: raw and text files, lists, counts, its lines.
. "$SOURCE/tests/e2e/lib.sh" || exit 1

cp "$TOPOLOGIES"/*.tplg . || fail "no topologies in $TOPOLOGIES"
sof=$(dirname "$TESTBENCH")/sof-testbench4
check "the other name" [ -x "$sof" ]

for format in "s16 S16_LE" "s24 S24_LE" "s32 S32_LE"; do
	set -- $format
	"$AUDIOFILE" make in.wav wav "$1" 48000 2 4803
	# Through text and raw files and back again.
	tb_ok -q -t passthrough.tplg -p 1,2 -b "$2" -i in.wav -o in.raw || continue
	tb_ok -q -t passthrough.tplg -p 1,2 -b "$2" -r 48000 -c 2 -n 2 -R 48000 -i in.raw -o in.txt
	check "$1: text" [ "$(wc -l <in.txt)" = 9606 ]
	tb_ok -q -t passthrough.tplg -p 3,4 -b "$2" -r 48000 -i in.txt -o out.raw
	check "$1: raw and text" cmp in.raw out.raw
	tb_ok -q -t passthrough.tplg -p 1,2 -b "$2" -r 48000 -i out.raw -o out.wav
	check "$1: back again" "$AUDIOFILE" same in.wav out.wav
	tb_ok -q -t passthrough.tplg -p 1,2 -b "$2" -i in.wav -o raw_without_ending.raw
	cp in.raw nameless
	tb_ok -q -m gain -b "$2" -r 48000 -i nameless -o named.raw
	check "$1: raw in a chain" [ "$(wc -c <named.raw)" = "$(wc -c <in.raw)" ]
done

"$AUDIOFILE" make in.wav wav s16 48000 2 24000
tb_ok -q -t passthrough.tplg -p 1,2 -b S16_LE -i in.wav -o in.raw
cp in.raw 'a,b.raw'
TESTBENCH=$sof
tb_ok -r 48000 -R 48000 -c 2 -n 2 -b S16_LE -p 1,2 -t gain.tplg -i in.raw -o out.raw
for line in "pipeline run 0/1" "pipeline 1" "Input bit format: S16_LE" "Input sample rate: 48000" \
	"Output sample rate: 48000" "Input sample (frame) count: 48000 (24000)" \
	"Output sample (frame) count: 48000 (24000)"; do
	check "a line: $line" grep -qxF "$line" stdout
done
check "file lines" [ "$(grep -cE '^file (in|out)\.raw: id [0-9]+: type [0-9]+: samples 48000 copies [0-9]+$' stdout)" = 2 ]
check "heaps" grep -qE '^Heap usage for module gain\.1\.1: [0-9]+ bytes$' stdout
check "time" grep -qE '^Total execution time: [0-9]+ us, [0-9]+\.[0-9]{2} x realtime$' stdout

# Both directions at once: lists.
tb_ok -q -r 48000 -b S16_LE -p 1,2,3,4 -t passthrough.tplg -i 'in.raw,a\,b.raw' -o one.raw,two.raw
check "lists: first" cmp in.raw one.raw
check "lists: second" cmp in.raw two.raw

# So many milliseconds, so many rounds.
tb_ok -r 48000 -b S16_LE -p 1,2 -t passthrough.tplg -i in.raw -o cut.raw -C 100
check "-C: bytes" [ "$(wc -c <cut.raw)" = $((100 * 48 * 4)) ]
check "-C: the beginning" cmp -n $((100 * 48 * 4)) in.raw cut.raw
tb_ok -r 48000 -b S16_LE -p 1,2 -t gain-dp.tplg -i in.raw -o thrice.raw -P 3
check "-P: rounds" [ "$(grep -c '^pipeline run [012]/3$' stdout)" = 3 ]
check "-P: the same bytes" cmp out.raw thrice.raw

# What SOF's takes silently, or fails with an exit code of 0.
tb_refuses 1 "-x is not an option" -x
tb_refuses 1 "-b: 'S20_LE' is not S16_LE, S24_LE or S32_LE" -b S20_LE
tb_refuses 1 "-c: '9' is not a number of channels from 1 to 8" -c 9
tb_refuses 1 "-n: '0' is not a number of channels" -n 0
tb_refuses 1 "-r: '48k' is not a number of Hz" -r 48k
tb_refuses 1 "-R: '-1' is not a number of Hz" -R -1
tb_refuses 1 "-C: '0' is not a number of milliseconds" -C 0
tb_refuses 1 "-P: '0' is not a number of rounds" -P 0
tb_refuses 1 "-R and -n need a topology" -R 44100 -m gain -i in.wav -o none.wav
tb_refuses 1 "in.raw: has no header: -b" -t gain.tplg -p 1,2 -i in.raw -o none.raw
tb_refuses 1 "its header says S16" -b S32_LE -t gain.tplg -p 1,2 -i in.wav -o none.raw
tb_refuses 1 "a list of files has an empty name" -t gain.tplg -p 1,2 -i in.wav, -o none.raw
tb_refuses 1 "missing.raw: can't be read" -q -b S16_LE -r 48000 -t gain.tplg -p 1,2 \
	-i missing.raw -o none.raw
finish
