# SPDX-License-Identifier: BSD-3-Clause
# Text that files and modules supply reaches the terminal and the report with its control characters
# escaped, whatever it is that prints it.
. "$SOURCE/tests/e2e/lib.sh" || exit 1

esc=$'\e'
hostile=$'\e[2J\x9b\n'

# No control character but newline, and valid UTF-8: WHAT FILE...
clean() {
	local what=$1 file
	shift
	for file; do
		check "$what: $file is not UTF-8" iconv -f UTF-8 -t UTF-8 -o /dev/null "$file"
		check "$what: control characters in $file: $(cat -v "$file" | head -n 5)" \
			bash -c '! grep -qP "[\x00-\x08\x0b-\x1f\x7f]|[\x{80}-\x{9f}]" "$1"' - "$file"
	done
}
# The text of FILE has these words: WHAT WORDS FILE
has() {
	check "$1: '$2' is not in $3: $(head -n 5 "$3")" grep -qF -- "$2" "$3"
}

"$AUDIOFILE" make in.wav wav s16 48000 2 4800

# Names of widgets, controls and streams in a topology. Replacements are as long as what they replace.
LC_ALL=C sed -e "s/gain\.1\.1/ga$esc[2J.1/g" -e "s/Playback/P$esc[31m\x9bk/g" "$TOPOLOGIES/gain-dp.tplg" >hostile.tplg
check "the topology has the names" grep -qaF "ga$esc[2J.1" hostile.tplg
tb -t hostile.tplg --show-topology --dot hostile.dot
check "show: exit $status, $(cat stderr)" [ "$status" = 0 ]
clean "show" stdout stderr hostile.dot
has show 'ga\e[2J.1' stdout
tb -t hostile.tplg --controls
check "controls: exit $status" [ "$status" = 0 ]
clean "controls" stdout stderr
has controls 'ga\e[2J.1' stdout
tb -t hostile.tplg -i in.wav -o out.wav
check "several ways: exit $status" [ "$status" = 1 ]
clean "several ways" stdout stderr
has "several ways" 'P\e[31m\x9bk' stderr
echo "amixer cget numid=1" >get.sh
rm -f out.wav
tb -t hostile.tplg -p 1,2 -i in.wav -o out.wav -s get.sh -d dbg --report r.json
check "run: exit $status, $(cat stderr)" [ "$status" = 0 ]
clean "run" stdout stderr r.json
has run 'ga\e[2J.1' stdout
has run "name='" stdout
"${TESTBENCH}4" -t hostile.tplg -p 1,2 -i in.wav -o "out$esc[2J.wav" -s get.sh >stdout 2>stderr
check "run like SOF's: exit $?" [ -e "out$esc[2J.wav" ]
clean "run like SOF's" stdout stderr
has "run like SOF's" 'Heap usage for module g' stdout
has "run like SOF's" 'file out\e[2J.wav: id' stdout
printf 'amixer cset name="%s" 3\n' "$hostile" >bad.sh
tb -t hostile.tplg -p 1,2 -i in.wav -o none.wav -s bad.sh
check "script: exit $status" [ "$status" = 1 ]
clean "script" stdout stderr

# Names of files: an input that warns, an output, a report, what is to be typed into gdb.
name="in$esc[2J"$'\x9b'".wav"
head -c 4000 in.wav >"$name"
printf '\xff\xff\xff\xff' | dd of="$name" bs=1 seek=40 conv=notrunc status=none
printf '\xff\xff\xff\xff' | dd of="$name" bs=1 seek=4 conv=notrunc status=none
rm -f out.wav
tb -i "$name" -o out.wav -m gain --report "$name.json"
check "file name: exit $status, $(cat stderr)" [ "$status" = 0 ]
cp "$name.json" r.json
clean "file name" stdout stderr r.json
has "file name" '"input": "in\\e[2J\\x9b.wav"' r.json
rm -f out.wav
tb -i "$name" -i "$name.none" -o out.wav -m gain
clean "missing file" stdout stderr
has "missing file" 'in\e[2J\x9b.wav.none' stderr
printf 'RIFF\x24\0\0\0WAV\e[2J' >words.wav
tb -i words.wav -o none.wav -m gain
check "no WAV: exit $status" [ "$status" = 1 ]
clean "no WAV" stdout stderr

# A module's name, and that of its file.
LC_ALL=C sed -e "s/echo\.0/ec$esc.0/g" -e "s/\x00echo\x00/\x00e$esc\x9bo\x00/g" "$OBJECTS/echo.so" >"e$esc.so"
tb --list-modules --module "e$esc.so"
clean "module" stdout stderr
cp "$OBJECTS/echo.so" "e$esc.so"
tb --list-modules --module "e$esc.so"
check "module: exit $status, $(cat stderr)" [ "$status" = 0 ]
clean "module file" stdout stderr
has "module file" 'e\e.so' stdout

# sof-module-build: a folder's name, the compiler's words, names in a .toml.
mkdir "m$esc[2J"
printf 'int f(void) { return "\e[2J\x9b" + nothing_%s; }\n' here >"m$esc[2J/m.c"
"$BUILD" "m$esc[2J" >stdout 2>stderr
check "sof-module-build: exit $?" [ "$(wc -l <stderr)" = 1 ]
clean "sof-module-build" stdout stderr
has "sof-module-build" 'm\e[2J' stderr
"$BUILD" "no$hostile" >stdout 2>stderr
clean "sof-module-build, no folder" stdout stderr
has "sof-module-build, no folder" 'no\e[2J\x9b\n' stderr
finish
