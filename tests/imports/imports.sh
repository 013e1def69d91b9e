# SPDX-License-Identifier: BSD-3-Clause
# A module that calls all it may import, and checks the results, is a correct module: with each
# backend, built in each way, isolated or not. What the calls return comes out as audio, and is the
# same each time.
# usage: imports.sh BUILTIN SOF-MODULE-BUILD     BUILTIN: the program with the module linked in
. "$SOURCE/tests/e2e/lib.sh" || exit 1

builtin=$1
module_build=$2
"$AUDIOFILE" make in.wav wav s16 48000 2 96

isolated='"verdict": "OK, 1 DP module ran isolated without a fault'
runs() { # NAME OPTIONS...: the bytes must be those of the first run
	local name=$1
	shift
	tb_ok -q -i in.wav -o "$name.wav" -m calls --report r.json "$@"
	[ -f first.wav ] || cp "$name.wav" first.wav
	check "$name: other results" cmp "$name.wav" first.wav
}

runs mprotect --isolation mprotect --module "$OBJECTS/calls.so"
check "mprotect: not isolated" grep -qF "$isolated" r.json
check "the results are not mixed in" [ "$(cmp -l first.wav in.wav | wc -l)" -ge 192 ]
runs none --isolation none --module "$OBJECTS/calls.so"
runs LL --dp none --module "$OBJECTS/calls.so"

for optimisation in "-O2 -D_FORTIFY_SOURCE=2" "-O1 -fno-builtin -fstack-protector-all -ftrapv"; do
	name=${optimisation//[^A-Za-z0-9]/}
	checks=$((checks + 1))
	CFLAGS="$optimisation" "$module_build" "$SOURCE/tests/imports/calls" -o "$name.so" ||
		fail "sof-module-build with $optimisation"
	runs "$name" --isolation mprotect --module "$PWD/$name.so"
	check "$name: not isolated" grep -qF "$isolated" r.json
done

TESTBENCH=$builtin runs built-in --isolation mprotect
check "built-in: not isolated" grep -qF "$isolated" r.json

# Vector variants of libm's functions.
tb_ok -q -i in.wav -o vectors.wav -m vectors --module "$OBJECTS/vectors.so" --isolation mprotect
check "vectors: other bytes" cmp vectors.wav in.wav

# The language itself.
for object in "$OBJECTS"/language*.so; do
	name=$(basename "$object" .so)
	tb_ok -q -i in.wav -o "$name.wav" -m language --module "$object" --isolation mprotect
	check "$name: other bytes" cmp "$name.wav" in.wav
done
check "objects are missing" [ -f language5.wav ]
finish
