# SPDX-License-Identifier: BSD-3-Clause
# Libraries of these names that have nothing: libdw's lack takes the names out of fault reports, and
# nothing else; without libsndfile only files without a header can be had.
# usage: late_libraries.sh FOLDER, which holds libdw.so.1 and libsndfile.so.1
. "$SOURCE/tests/e2e/lib.sh" || exit 1

missing="  note     names and lines are missing: libdw.so.1: has no "
"$AUDIOFILE" make in.wav wav s16 48000 2 4800
tail -c 19200 in.wav >in.raw
export LD_LIBRARY_PATH=$1

tb_refuses 2 "libsndfile.so.1: has no sf_" -i in.wav -o out.wav -m gain
tb -q -i in.raw -b S16_LE -r 48000 -c 2 -o out.raw -m dcblock,gain
check "raw files: exit $status" [ "$status" = 0 ]
check "no fault: something was said" [ ! -s stderr ]
tb_ok -q -i in.raw -b S16_LE -r 48000 -c 2 -o open.raw -m dcblock,gain --isolation none
check "the output differs" cmp -s out.raw open.raw
for isolation in auto none; do
	rogue=null-write
	rm -f out.raw
	tb -q --module "$ROGUES/$rogue.so" -i in.raw -b S16_LE -r 48000 -c 2 -o out.raw \
		-m "dcblock,$rogue,gain" --isolation "$isolation"
	check "$isolation: exit $status" [ "$status" = 3 ]
	check "$isolation: nobody says what is missing" [ "$(grep -cF "$missing" stderr)" = 1 ]
	check "$isolation: the module" grep -q "^== fault 1: .* in module $rogue, " stderr
	check "$isolation: a line can't be told" [ "$(grep -c '^  source ' stderr)" = 0 ]
	check "$isolation: a file is left" [ ! -e out.raw ]
done

unset LD_LIBRARY_PATH
tb -q --module "$ROGUES/null-write.so" -i in.wav -o out.wav -m dcblock,null-write,gain
check "names are back" grep -q '^  source .*null-write.c:' stderr
finish
