# SPDX-License-Identifier: BSD-3-Clause
# Modules from outside are built, found, run isolated, and give the right bytes; what can't be built
# is told in one line.
# usage: out_of_tree.sh BUILD CMAKE
. "$SOURCE/tests/e2e/lib.sh" || exit 1

build=$1
cmake=$2
here_too=$SOURCE/tests/out-of-tree
"$AUDIOFILE" make in.wav wav s16 48000 2 9600

# Twice is nothing, once is something: MODULE [PATH]
turns_over() {
	local object=()
	[ $# = 1 ] || object=(--module "$2")
	tb_ok -q -i in.wav -o once.wav -m "$1" "${object[@]}" --report r.json
	check "$1: not isolated" grep -qF '"verdict": "OK, 1 DP module ran isolated without a fault' r.json
	tb_ok -q -i in.wav -o twice.wav -m "$1,$1" "${object[@]}"
	check "$1: twice is something" cmp -s in.wav twice.wav
	checks=$((checks + 1))
	! cmp -s in.wav once.wav || fail "$1: once is nothing"
}

project() { # FOLDER CMAKE-ARGUMENT
	checks=$((checks + 1))
	"$cmake" -S "$here_too/project" -B "$1" "$2" >log 2>&1 && "$cmake" --build "$1" >>log 2>&1 ||
		{ fail "the project with $2"; cat log; }
}

# What it must say: WORDS ARGUMENTS...
build_refuses() {
	local words=$1
	shift
	checks=$((checks + 1))
	"$module_build" "$@" >stdout 2>stderr && fail "it builds: $*"
	[ "$(wc -l <stderr)" = 1 ] || { fail "not one line: $*"; cat stderr; }
	grep -qF -- "sof-module-build: " stderr && grep -qF -- "$words" stderr ||
		{ fail "'$words' is not told: $*"; cat stderr; }
}

builds() { # ARGUMENTS...
	checks=$((checks + 1))
	"$module_build" "$@" >stdout 2>stderr || fail "it does not build: $*"
	[ ! -s stderr ] && [ ! -s stdout ] || { fail "it talks: $*"; cat stdout stderr; }
}

# The build tree.
project one "-DSofTestbench_DIR=$build"
turns_over flip "$work/one/modules/flip.so"
SOF_MODULE_PATH=$work/one/modules turns_over flip
module_build=$build/bin/sof-module-build
builds "$here_too/tree/audio/invert"
turns_over invert "$work/invert.so"

# The installed tree, moved about.
"$cmake" --install "$build" --prefix "$work/prefix" >log 2>&1 || { fail "install"; cat log; }
mv prefix moved
project two "-DCMAKE_PREFIX_PATH=$work/moved"
built=$TESTBENCH
TESTBENCH=$work/moved/bin/sof-testbench
module_build=$work/moved/bin/sof-module-build
turns_over flip "$work/two/modules/flip.so"
builds "$here_too/tree/audio/invert" -o other.so -I "$here_too/project/include" -DFLIP_BITS=1
turns_over invert ./other.so
tb_ok --list-modules
check "gain is not where it was installed" grep -qE "^gain .* $work/moved/lib/sof-testbench/modules/gain.so$" stdout
tb_ok -q -i in.wav -o a.wav -m gain,dcblock
"$built" -q -i in.wav -o b.wav -m gain,dcblock
check "installed modules give other bytes" cmp -s a.wav b.wav
check "headers for the program only are installed" [ ! -e moved/include/sof-testbench/host ]
for file in share/doc/sof-testbench/README.md share/sof-testbench/template/template.c \
	lib/sof-testbench/module.ld lib/cmake/SofTestbench/SofTestbenchConfig.cmake; do
	check "$file is not installed" [ -s "moved/$file" ]
done

# Nothing of a neighbour comes along but what is called.
tb --list-modules --module ./other.so
check "the neighbour is a module here too" [ "$(grep -c '^mask ' stdout)" = 0 ]
check "its formats are not told" grep -qE '^invert .* S16 S24 S32 > S16 ' stdout
# The built-in kind.
cp -r "$here_too/tree" tree
builds tree/audio/mask
tb_ok -q -i in.wav -o b.wav -m invert --module ./other.so
tb --list-modules --module ./mask.so
check "mask is not listed" grep -qE '^mask +3a5c0000-0f7e-4bee-9a5c-696e76657275 ' stdout

# What can't be built.
build_refuses "a module folder is expected"
build_refuses "there is no such folder" missing
build_refuses "-x is not an option" -x
build_refuses "-o expects a value" tree/audio/invert -o
build_refuses "one folder at a time" tree/audio/invert tree/audio/mask
build_refuses "its folder is missing" tree/audio/invert -o missing/invert.so
CC=no-such-compiler build_refuses "no-such-compiler: there is no such compiler" tree/audio/invert
mkdir empty
build_refuses "empty: no sources in" empty
build_refuses "invert-generic.c:5:2: error: #error" tree/audio/invert -DCONFIG_INVERT_DELAY_FRAMES=2
build_refuses "not asked for" tree/audio/invert -DCONFIG_INVERT_EXTRA
rm tree/include/user/invert.h
build_refuses "includes user/invert.h, which is neither in the folder nor in the public headers" \
	tree/audio/invert
cp "$here_too/tree/include/user/invert.h" tree/include/user
rm tree/audio/mask/mask.c
build_refuses "invert: uses mask_byte, which neither firmware nor the tree has (invert-generic.c:11)" \
	tree/audio/invert
cp "$here_too/tree/audio/mask/mask.c" tree/audio/mask
build_refuses "invert: uses invert_vendor, which neither" tree/audio/invert -DCONFIG_INVERT_VENDOR \
	-DCONFIG_INVERT_VENDOR_STUB=0
echo 'int no_prototype(void); int unused_one(void) { return frobnicate(1); }' >tree/audio/invert/invert_stub.c
build_refuses "implicit declaration of function 'frobnicate'" tree/audio/invert
cat >tree/audio/invert/invert_stub.c <<-'END'
	#include <stdlib.h>
	#include "invert.h"
	char invert_vendor(char byte)
	{
		return malloc(1) ? byte : 0;
	}
END
build_refuses "invert: it uses malloc, which firmware does not have" tree/audio/invert
check "a half-made object is left" [ "$(ls -- *.so | tr '\n' ' ')" = "invert.so mask.so other.so " ]
finish
