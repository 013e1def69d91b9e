# SPDX-License-Identifier: BSD-3-Clause
# One mistake, by its row of scenarios.txt: it is caught in every domain model, and its twin runs
# clean in every mode there is.
# usage: scenario.sh NAME     with SCENARIOS, the folder of the objects, in the environment
. "$SOURCE/tests/e2e/lib.sh" || exit 1

trim() {
	local text=$1
	text=${text#"${text%%[! ]*}"}
	echo "${text%"${text##*[! ]}"}"
}

name=$1
row=$(grep "^$name |" "$SOURCE/tests/scenarios/scenarios.txt") || { echo "no row for $name"; exit 1; }
row=${row//%/$name}
IFS='|' read -r _ chain options code kind access where says <<<"$row"
chain=$(trim "$chain") code=$(trim "$code") kind=$(trim "$kind") access=$(trim "$access")
where=$(trim "$where") says=$(trim "${says:-}")
lines=$(grep -n -F '/* FAULT HERE */' "$SOURCE/tests/scenarios/$name.c" | cut -d: -f1)
"$AUDIOFILE" make in.wav wav s16 48000 2 4800

# Where sanitizers add code of their own there may be two lines to it.
at_its_line() {
	local line
	for line in $lines; do
		"$REPORTCHECK" r.json faults.0.line="$line" >/dev/null && return
	done
	return 1
}

# The mistake: MODE...
caught() {
	rm -f out.wav r.json
	checks=$((checks + 1))
	tb -q --module "$SCENARIOS/$name.so" -i in.wav -o out.wav --report r.json -m "$chain" \
		$options "$@"
	[ "$status" = "$code" ] || { fail "$*: exit $status, expected $code"; cat stderr; }
	"$REPORTCHECK" r.json exit_code="$code" isolation.active=true isolation.stray_accesses=0 \
		isolation.blocks_left=0 || fail "$*: the report is wrong"
	[ -z "$says" ] || grep -qF -- "$says" stderr ||
		{ fail "$*: '$says' is not told"; cat stderr; }
	if [ -z "$kind" ]; then
		"$REPORTCHECK" r.json fault_count=0 || fail "$*: a fault is told"
		return
	fi
	"$REPORTCHECK" r.json fault_count=1 faults.0.module="$name" faults.0.instance="$name.0" \
		faults.0.thread="$name.0" faults.0.mode=user faults.0.kind="$kind" \
		faults.0.access="$access" faults.0.where="$where" faults.0.file="*/$name.c" ||
		{ fail "$*: the fault is told wrongly"; cat stderr; }
	check "$*: another line is told than $(echo $lines)" at_its_line
}

# The same source put right: MODE...
clean() {
	rm -f out.wav r.json
	tb_ok -q --module "$SCENARIOS/$name-twin.so" -i in.wav -o out.wav --report r.json \
		-m "$chain" $options "$@" || return
	"$REPORTCHECK" r.json fault_count=0 output_written=true isolation.active=true \
		isolation.stray_accesses=0 isolation.blocks_left=0 ||
		fail "twin, $*: the report is wrong"
	check "twin, $*: other length" [ "$("$AUDIOFILE" info in.wav | cut -d' ' -f3)" = \
		"$("$AUDIOFILE" info out.wav | cut -d' ' -f3)" ]
}

for domain in instance type id; do
	ids=
	[ "$domain" != id ] || ids="--domain-id ${chain//,/=5,}=5"
	# where all share a domain a buffer within it is everybody's
	[ "$domain:$name" = id:next-buffer ] || caught --domain "$domain" $ids
	for share in heap grant; do
		clean --domain "$domain" $ids --share "$share"
	done
done
finish
