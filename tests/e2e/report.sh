# SPDX-License-Identifier: BSD-3-Clause
# The summary and the JSON report of a good and of a failed run.
. "$SOURCE/tests/e2e/lib.sh" || exit 1

"$AUDIOFILE" make in.wav wav s16 48000 2 4800
tb_ok -i in.wav -o out.wav -m dcblock,gain --report r.json
for words in '^dcblock\.0 ' '^gain\.0 ' '^speed ' '^frames  *4800 in, 4800 out$' '^isolation ' '^verdict  *OK'; do
	check "summary lacks $words" grep -q -- "$words" stdout
done
for words in '"report_version": 1' '"exit_code": 0' '"frames_out": 4800' '"name": "gain.0"' \
	'"faults": \[\]' '"stray_accesses": 0' '"blocks_left": 0' '"output_written": true'; do
	check "report lacks $words" grep -q -- "$words" r.json
done
tb_ok -q -i in.wav -o out.wav -m gain
check "-q is quiet" [ ! -s stdout ]
rm -f r.json
tb -i cut.wav -o out.wav -m gain --report r.json
check "report of a failed run" grep -q '"exit_code": 1' r.json
check "error in the report" grep -q '"error": "cut.wav: ' r.json
# What modules tell the host: 100 calls of a millisecond each, as DP (by system calls) and as LL.
for dp in all none; do
	tb_ok -i in.wav -o out.wav --module "$OBJECTS/herald.so" -m herald --dp $dp --report r.json
	check "notifications in the report, --dp $dp" grep -q '"notifications": 100,' r.json
	check "none dropped, --dp $dp" grep -q '"notifications_dropped": 0' r.json
	check "notifications in the summary, --dp $dp" grep -q '^notifications  *100$' stdout
done
tb -q -d inf -i in.wav -o out.wav --module "$OBJECTS/herald.so" -m herald
check "each is told" [ "$(grep -c 'event 0x77, 0 bytes' stderr)" = 100 ]
tb_ok --list-modules
for module in dcblock eqiir gain passthrough template; do
	check "$module is listed" grep -q "^$module " stdout
done
# as SOF's own registry has them
check "UUID of dcblock" grep -q '^dcblock  *b809efaf-5681-42b1-9ed6-04bb012dd384 ' stdout
check "UUID of eqiir" grep -q '^eqiir  *5150c0e6-27f9-4ec8-8351-c705b642d12f ' stdout
check "UUID of gain" grep -q '^gain  *61bca9a8-18d0-4a18-8e7b-2639219804b7 ' stdout

# JSON is UTF-8: bytes of a name that are not are escaped, and no others.
tb_ok -q -i in.wav -o "$(printf 'sm\303\266r.wav')" -m passthrough --report r.json
check "a name in UTF-8 stays" grep -q "\"$(printf 'sm\303\266r.wav')\"" r.json
tb_ok -q -i in.wav -o "$(printf 'sm\366r\377.wav')" -m passthrough --report r.json
check "a name that is not UTF-8" grep -qF '"sm\\xf6r\\xff.wav"' r.json
tb_ok --help
check "help" grep -q -- --isolation stdout
tb_ok --version
finish
