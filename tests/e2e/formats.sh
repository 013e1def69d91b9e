# SPDX-License-Identifier: BSD-3-Clause
# What goes in comes out: frames, rate, channels and every bit, over formats, rates and channels.
. "$SOURCE/tests/e2e/lib.sh" || exit 1

run_one() { # CONTAINER SUBTYPE RATE CHANNELS FRAMES
	local name="$1 $2 $3 Hz $4 ch"

	"$AUDIOFILE" make "in.$1" "$1" "$2" "$3" "$4" "$5" || { fail "make $name"; return; }
	tb_ok -q -i "in.$1" -o "out.$1" -m passthrough,passthrough || return
	check "$name: audio differs" "$AUDIOFILE" same "in.$1" "out.$1"
	check "$name: format differs" [ "$("$AUDIOFILE" info "in.$1")" = "$("$AUDIOFILE" info "out.$1")" ]
	rm -f "in.$1" "out.$1"
}

for subtype in u8 s16 s24 s32 float double; do
	run_one wav "$subtype" 48000 2 4801
done
for subtype in s8 s16 s24; do
	run_one flac "$subtype" 44100 2 4411
done
for subtype in s8 u8 s16 s24 s32; do
	run_one aiff "$subtype" 48000 1 4799
done
for rate in 8000 11025 22050 44100 48000 96000 192000; do
	for channels in 1 2 6; do
		run_one wav s16 "$rate" "$channels" $((rate / 10 + 7))
	done
done
run_one wav s24 44100 8 5000
run_one wav s16 48000 1 1
run_one wav s16 44100 2 44
run_one caf s32 96000 3 1000
run_one w64 s24 48000 2 1000
# More than one block of the file ends.
run_one wav s16 48000 2 100003

# The output's name says the container; the sample format follows as far as it can.
expect_info() { # IN-SUBTYPE OUT CONTAINER SUBTYPE
	"$AUDIOFILE" make in.wav wav "$1" 48000 2 480
	tb_ok -q -i in.wav -o "$2" -m passthrough || return
	check "$1 to $2" [ "$("$AUDIOFILE" info "$2")" = "48000 2 480 $3 $4" ]
}
expect_info s24 a.flac flac s24
expect_info s32 b.flac flac s24
expect_info u8 c.flac flac s8
expect_info s16 d.aiff aiff s16
tb_refuses 1 "e.unknown: 'unknown' is no known ending, one of these is expected: wav, wave, aiff" \
	-q -i in.wav -o e.unknown -m passthrough
expect_info s24 f wav s24
"$AUDIOFILE" make in.flac flac s24 48000 2 480
tb_ok -q -i in.flac -o g.wav -m passthrough
check "flac to wav" "$AUDIOFILE" same in.flac g.wav

# Odd outputs.
tb_ok -q -i in.flac -o /dev/null -m passthrough
cp in.flac self.flac
tb_refuses 1 "self.flac: is named twice, -i and -o" -q -i self.flac -o self.flac -m passthrough
check "the input stays" cmp in.flac self.flac
mkdir "a b"
tb_ok -q -i in.flac -o "a b/ö ü.wav" -m passthrough
check "name with spaces" "$AUDIOFILE" same in.flac "a b/ö ü.wav"
finish
