# SPDX-License-Identifier: BSD-3-Clause
# No error and no leak under Memcheck, isolated.
. "$SOURCE/tests/e2e/lib.sh" || exit 1

need valgrind
"$AUDIOFILE" make in.wav wav s16 48000 2 2400
tb_ok -q -i in.wav -o plain.wav -m "eqiir=$SOURCE/testbench/examples/highpass_40hz_48khz.txt,gain"
checks=$((checks + 1))
if ! valgrind -q --error-exitcode=9 --leak-check=full --show-leak-kinds=definite,indirect,possible \
	--errors-for-leak-kinds=definite,indirect,possible "$TESTBENCH" -q -i in.wav -o checked.wav \
	-m "eqiir=$SOURCE/testbench/examples/highpass_40hz_48khz.txt,gain" --watchdog 0 \
	>log 2>&1; then
	fail "errors or leaks under Valgrind"
	head -n 60 log
fi
check "Valgrind said something" [ ! -s log ]
check "the same bytes under Valgrind" cmp plain.wav checked.wav
# What a memory checker leaves open is in the verdict.
valgrind -q "$TESTBENCH" -i in.wav -o checked.wav -m gain --watchdog 0 --report r.json >stdout 2>stderr
verdict="OK, 1 DP module ran isolated without a fault, but under a memory checker: host system calls were not caught, and the C heap, the main stack and libraries' data were open"
check "the verdict is $(grep ^verdict stdout)" grep -qxF "verdict        $verdict" stdout
check "the report's verdict" grep -qF "\"verdict\": \"$verdict\"" r.json
finish
