# SPDX-License-Identifier: BSD-3-Clause
# Every bad input: its exit code, one line that names the thing, and no file left.
. "$SOURCE/tests/e2e/lib.sh" || exit 1

"$AUDIOFILE" make in.wav wav s16 48000 2 4800
"$AUDIOFILE" make nine.wav wav s16 48000 9 480
"$AUDIOFILE" make none.wav wav s16 48000 2 0
"$AUDIOFILE" make long.wav wav s16 48000 2 96000
"$AUDIOFILE" make in.flac flac s16 48000 2 48000
: >empty.wav
head -c 2000 in.wav >cut.wav
head -c 20000 in.flac >cut.flac
echo "no audio at all, only words that somebody wrote" >text.wav
blob=$SOURCE/testbench/examples/highpass_40hz_48khz.txt
echo "3,124,877023059,0,88" >short.txt
echo "3,x" >letters.txt
: >nothing.txt
sed 's/^3,120/3,124/' "$blob" >size.txt
sed 's/,88,2,1,/,84,2,1,/' "$blob" >inner.txt
mkdir folder

# usage
tb_refuses 1 "-i FILE"
tb_refuses 1 "-o FILE" -i in.wav
tb_refuses 1 "-m NAME" -i in.wav -o out.wav
tb_refuses 1 "--frobnicate is not an option" --frobnicate
tb_refuses 1 "did you mean --isolation?" --isolaton none
tb_refuses 1 "did you mean mprotect?" -i in.wav -o out.wav -m gain --isolation mprotec
tb_refuses 1 "'soon'" -i in.wav -o out.wav -m gain --on-fault soon
tb_refuses 1 "'lots'" -i in.wav -o out.wav -m gain --heap-bytes lots
tb_refuses 1 "did you mean gain?" -i in.wav -o out.wav -m gain --dp gian

# inputs
tb_refuses 1 "missing.wav: can't be read: No such file" -i missing.wav -o out.wav -m gain
tb_refuses 1 "empty.wav: is empty" -i empty.wav -o out.wav -m gain
tb_refuses 1 "cut.wav: truncated: its header promises 4800 frames, the file holds 489" \
	-i cut.wav -o out.wav -m gain
tb_refuses 1 "cut.flac: truncated: its header promises 48000 frames" -i cut.flac -o out.flac -m gain
tb_refuses 1 "text.wav: is no audio file" -i text.wav -o out.wav -m gain
tb_refuses 1 "folder: is a directory" -i folder -o out.wav -m gain
tb_refuses 1 "nine.wav: has 9 channels" -i nine.wav -o out.wav -m gain
tb_refuses 1 "none.wav: holds no frames" -i none.wav -o out.wav -m gain

# outputs
tb_refuses 1 "directory missing" -i in.wav -o missing/out.wav -m gain
tb_refuses 1 "folder: is a directory" -i in.wav -o folder -m gain
tb_refuses 1 "can't be written" -i in.wav -o text.wav/out.wav -m gain
tb_refuses 2 "No space left" -i long.wav -o /dev/full -m gain
tb_refuses 1 "missing/r.json" -i in.wav -o out.wav -m gain --report missing/r.json
if [ "$(id -u)" != 0 ]; then
	mkdir closed
	chmod 500 closed
	tb_refuses 1 "Permission denied" -i in.wav -o closed/out.wav -m gain
fi
(
	# A file size limit ends a write as a full disk does.
	ulimit -f 100
	tb_refuses 2 "out.wav: can't be" -i long.wav -o out.wav -m gain
	exit $failures
) || fail "disk full"
echo old >kept.wav
tb_refuses 1 "missing.wav" -i missing.wav -o kept.wav -m gain
check "an older output stays" [ "$(cat kept.wav)" = old ]

# modules and blobs
tb_refuses 1 "unknown module 'gian', did you mean gain?" -i in.wav -o out.wav -m gian
tb_refuses 1 "unknown module 'xyzzy'" -i in.wav -o out.wav -m xyzzy
tb_refuses 1 "unknown module 'file-sink'" -i in.wav -o out.wav -m file-sink
tb_refuses 1 "text.wav: can't be loaded as a module" -i in.wav -o out.wav -m gain --module text.wav
# A path longer than most: not cut to another file's.
deep=$(printf 'a-folder-with-a-long-name/%.0s' $(seq 20))
mkdir -p "$deep"
cp "$(dirname "$TESTBENCH")/../lib/sof-testbench/modules/passthrough.so" "$deep"
tb_ok -q -i in.wav -o out.wav -m passthrough --module "$deep/passthrough.so"
rm -rf a-folder-with-a-long-name out.wav
tb_refuses 1 "missing.so: can't be loaded as a module" -i in.wav -o out.wav -m gain --module missing.so
tb_refuses 1 "missing.txt: blob can't be read" -i in.wav -o out.wav -m eqiir=missing.txt
tb_refuses 1 "nothing.txt: malformed blob: the file is empty" -i in.wav -o out.wav -m eqiir=nothing.txt
tb_refuses 1 "letters.txt: malformed blob: line 1 column 3: 'x'" -i in.wav -o out.wav -m eqiir=letters.txt
tb_refuses 1 "short.txt: malformed blob: TLV header tells of 124 bytes" \
	-i in.wav -o out.wav -m eqiir=short.txt
tb_refuses 1 "size.txt: malformed blob: TLV header tells of 124 bytes, 120 follow" \
	-i in.wav -o out.wav -m eqiir=size.txt
tb_refuses 1 "inner.txt" -i in.wav -o out.wav -m eqiir=inner.txt
head -c 300 /dev/urandom >random.bin
tb_refuses 1 "random.bin" -i in.wav -o out.wav -m eqiir=random.bin
# What it tells to be needed is right: following it, step by step, ends in a heap that is enough.
needed=64
for step in 1 2 3 4 5 6; do
	tb_refuses 1 "its heap of $needed bytes is too small, " -i in.wav -o out.wav -m gain \
		--heap-bytes "$needed"
	needed=$(sed -n 's/.*too small, \([0-9]*\) or more.*/\1/p' stderr)
	"$TESTBENCH" -q -i in.wav -o out.wav -m gain --heap-bytes "$needed" 2>probe && break
done
tb_ok -q -i in.wav -o out.wav -m gain --heap-bytes "$needed"
tb_refuses 1 "gain.0: can't be made: its heap of 512 bytes is too small, " -q -i in.wav -o out.wav \
	-m gain --heap-bytes 512
check "how much was asked for and is free is told" \
	grep -qE ': [0-9]+ bytes were asked for, [0-9]+ are free' stderr
tb_refuses 1 ": its heap of 4096 bytes is too small, " -q -t "$TOPOLOGIES/eqiir-dp.tplg" -p 1,2 \
	-i in.wav -o out.wav --heap-bytes 4096
# The heap of the buffers between modules is as large as they need.
"$AUDIOFILE" make wide.wav wav s32 96000 8 28800
for options in "--dp all" "--dp none" "--share grant" "--cores 4"; do
	tb_ok -q -i wide.wav -o out.wav -m gain,gain,gain --dp-period 100 $options
done
check "no end to what a heap needs" [ "$step" -lt 6 ]
rm -f out.wav probe
finish
