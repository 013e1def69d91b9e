# SPDX-License-Identifier: BSD-3-Clause
# For the end-to-end tests: a folder of their own, a count of failures, and words for both.
# From the environment: TESTBENCH and AUDIOFILE (programs), SOURCE (checkout), SHARED (references).
set -u

here=$PWD
work=$(mktemp -d "${TMPDIR:-/tmp}/sof-e2e-XXXXXX")
trap 'cd "$here"; rm -rf "$work"' EXIT
cd "$work" || exit 1
failures=0
checks=0

fail() {
	echo "FAIL: $*"
	failures=$((failures + 1))
}

check() { # WHAT COMMAND...
	local what=$1
	shift
	checks=$((checks + 1))
	"$@" || fail "$what"
}

# Run the testbench; status, out and err hold what came of it.
tb() {
	"$TESTBENCH" "$@" >stdout 2>stderr
	status=$?
}

# The same, which must succeed without a word on stderr.
tb_ok() {
	tb "$@"
	checks=$((checks + 1))
	if [ "$status" != 0 ] || [ -s stderr ]; then
		fail "exit $status of: $*"
		cat stderr
		return 1
	fi
}

# Bad input: exit code, one line that has the words, nothing on stdout, no file left.
tb_refuses() { # CODE WORDS ARGS...
	local code=$1 words=$2 before after
	shift 2
	checks=$((checks + 1))
	: >stdout
	: >stderr
	before=$(find . | sort)
	tb "$@"
	after=$(find . | sort)
	[ "$status" = "$code" ] || fail "exit $status instead of $code: $*"
	[ "$(wc -l <stderr)" = 1 ] || { fail "not one line on stderr: $*"; cat stderr; }
	grep -qF -- "$words" stderr || { fail "'$words' is not told: $*"; cat stderr; }
	[ "$before" = "$after" ] || { fail "files left: $*"; diff <(echo "$before") <(echo "$after"); }
}

# 77 is CTest's SKIP_RETURN_CODE.
skip() {
	echo "SKIPPED: $*"
	exit 77
}

need() {
	command -v "$1" >/dev/null || skip "$1 is not installed"
}

finish() {
	if [ "$checks" = 0 ]; then
		fail "nothing was checked"
	fi
	echo "$checks checks, $failures failures"
	[ "$failures" = 0 ]
	exit
}
