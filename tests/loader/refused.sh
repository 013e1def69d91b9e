# SPDX-License-Identifier: BSD-3-Clause
# Every object that is no module, or a wrong one: exit 1, one line that says why, nothing of it runs
# (their constructors and entry functions would trap).
. "$SOURCE/tests/e2e/lib.sh" || exit 1

trim() {
	local text=$1
	text=${text#"${text%%[! ]*}"}
	echo "${text%"${text##*[! ]}"}"
}

"$AUDIOFILE" make in.wav wav s16 48000 2 480
run=(-i in.wav -o out.wav -m case)
refuses() { # OBJECT WORDS
	tb_refuses 1 "$2" "${run[@]}" --module "$1"
	grep -qF -- "$1: can't be loaded as a module: " stderr || fail "$1: its name is not told"
}

rows=0
while IFS='|' read -r name words _; do
	case $name in '#'*) continue ;; esac
	refuses "$OBJECTS/$(trim "$name").so" "$(trim "$words")"
	rows=$((rows + 1))
done <"$SOURCE/tests/loader/cases.txt"
check "only $rows rows in cases.txt" [ "$rows" -ge 30 ]
# The line of the call, where the object has debug information.
refuses "$OBJECTS/host-call.so" "/case.c:$(grep -n 'malloc((size_t)' "$SOURCE/tests/loader/case.c" | cut -d: -f1))"
refuses "$OBJECTS/nowhere.so" "/case.c:$(grep -n '	frobnicate();' "$SOURCE/tests/loader/case.c" | cut -d: -f1))"
cp "$OBJECTS/host-call.so" stripped.so
strip --strip-debug stripped.so
refuses stripped.so "it uses malloc, printf, which firmware does not have"
check "a line is told without debug information" [ "$(grep -c 'case.c' stderr)" = 0 ]

# Other machines: the bytes of the ELF header that say so.
good=$OBJECTS/manifest.so
patched() { # OFFSET OCTAL...
	local offset=$1
	shift
	cp "$good" patched.so
	printf "$(printf '\\%s' "$@")" | dd of=patched.so bs=1 seek="$offset" conv=notrunc status=none
}
patched 18 136 0
refuses patched.so "built for Xtensa (64 bits), x86-64 is expected"
patched 4 1
refuses patched.so "built for x86-64 (32 bits), x86-64 is expected"
patched 5 2
refuses patched.so "is expected"
patched 18 267 0
refuses patched.so "built for AArch64 (64 bits)"
patched 16 1 0
refuses patched.so "not a shared object: link it with -shared"
patched 0 0
refuses patched.so "not a shared object: no ELF header"
rm patched.so

# Cut off, empty, no file at all.
for size in 1 63 64 500 4096 $(($(stat -c %s "$good") - 1)); do
	head -c "$size" "$good" >cut.so
	refuses cut.so ""
done
: >empty.so
refuses empty.so "not a shared object: too short"
head -c 10000 /dev/zero >zeros.so
refuses zeros.so "not a shared object: no ELF header"
refuses /dev/null "not a regular file"
refuses missing.so "No such file or directory"
mkfifo pipe.so
refuses ./pipe.so "not a regular file"
refuses "$TESTBENCH" "no module in it"
rm -f cut.so empty.so zeros.so pipe.so stripped.so

# Two objects with the same module.
cp "$good" copy.so
tb_refuses 1 "copy.so: module 'case' has the UUID of module 'case' ($good)" \
	"${run[@]}" --module "$good" --module ./copy.so
rm copy.so

# What is right, runs.
while IFS='|' read -r name modules; do
	case $name in '#'*) continue ;; esac
	tb_ok -q -i in.wav -o out.wav -m "$(trim "$modules")" --module "$OBJECTS/$(trim "$name").so"
	check "$name: other bytes" cmp -s in.wav out.wav
done <"$SOURCE/tests/loader/good.txt"
rm -f out.wav

# Host calls, where the user wants them: a warning of one line, a note in the report.
tb -q "${run[@]}" --dp none --allow-host-calls --module "$OBJECTS/host-call.so" --report r.json
check "host calls are not let in" [ "$status" = 0 ]
check "not one line of warning" [ "$(wc -l <stderr)" = 1 ]
check "the warning names no calls" grep -qF "host-call.so calls the host (malloc, printf)" stderr
check "the report does not tell" grep -qF '"names": "malloc, printf"' r.json
tb_refuses 1 "frobnicate" "${run[@]}" --allow-host-calls --module "$OBJECTS/nowhere.so"

# The list: what can't be loaded hides nothing.
tb --list-modules --module "$OBJECTS/two-manifests.so" --module "$OBJECTS/no-init.so" --module "$OBJECTS/adapter.so"
check "the list's exit code" [ "$status" = 1 ]
check "first is not listed" grep -qE '^first +ca5e0000-0001-4000-8000-000000000001 +process ' stdout
check "second is not listed" grep -qE '^second .* user +3 +.*/two-manifests.so$' stdout
check "gain is not listed" grep -qE '^gain ' stdout
check "gain's formats are not listed" grep -qE '^gain .* S16 S24 S32 ' stdout
check "first has formats" grep -qE '^first .* DP LL +- ' stdout
check "the list is not sorted" cmp -s <(grep -E '^[a-z]+ .*so$' stdout | cut -d' ' -f1) \
	<(grep -E '^[a-z]+ .*so$' stdout | cut -d' ' -f1 | sort)
check "what is refused is not told" grep -qF "no-init.so: can't be loaded as a module: module 'case' has no init()" stderr
check "the twin is not told" grep -qF "adapter.so: module 'case' has the UUID of module 'first'" stderr
check "more than two lines" [ "$(wc -l <stderr)" = 2 ]
# An object in a folder that one of these stands before is not listed, and no mistake.
mkdir folder
cp "$good" folder/other-name.so
SOF_MODULE_PATH=folder tb_ok --list-modules --module "$OBJECTS/two-manifests.so"
check "case is listed, which can't be reached" [ "$(grep -c '^case ' stdout)" = 0 ]
cp "$OBJECTS/no-init.so" folder/no-init.so
SOF_MODULE_PATH=folder tb --list-modules
check "case is not listed" grep -qE '^case .*folder/other-name.so$' stdout
check "a wrong object in a folder is not told" grep -qF "folder/no-init.so: can't be loaded" stderr
finish
