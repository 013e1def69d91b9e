# SPDX-License-Identifier: BSD-3-Clause
# What goes wrong in a topology is told as in a chain, and of the widget: failures, full heaps, calls
# that do not return, threads that end, endless loops, faults, script steps that were not applied.
# usage: topology.sh [ll]     with ROGUES, the folder of the rogues' objects, in the environment
. "$SOURCE/tests/e2e/lib.sh" || exit 1

kind=${1:-dp}
suffix=-dp
[ "$kind" = dp ] || suffix=
widget=dcblock.1.1
"$AUDIOFILE" make in.wav wav s16 48000 2 4800

# The UUID of dcblock, or of gain, becomes that of a rogue with NUMBER (two hexadecimal digits):
# FROM NUMBER TOPOLOGY
swap() {
	local uuid='\xaf\xef\x09\xb8\x81\x56\xb1\x42\x9e\xd6\x04\xbb\x01\x2d\xd3\x84'

	[ "$1" = dcblock ] || uuid='\xa8\xa9\xbc\x61\xd0\x18\x18\x4a\x8e\x7b\x26\x39\x21\x98\x04\xb7'
	LC_ALL=C sed -e "s/$uuid/\xe0\x0d\xdc\xba\x96\x50\x1c\x4d\x8b\x1e\x52\x6f\x67\x75\x65\x$2/g" \
		"$TOPOLOGIES/$3.tplg" >rogue.tplg
	! cmp -s "$TOPOLOGIES/$3.tplg" rogue.tplg || fail "$3.tplg has no $1"
}

number_of() { # OBJECT MODULE
	"$TESTBENCH" --list-modules --module "$ROGUES/$1.so" | awk -v name="$2" '$1 == name {
		print substr($2, 35, 2) }'
}

# WHAT OBJECT EXIT OPTIONS...: in place of dcblock
run() {
	what=$1 object=$2
	local code=$3
	shift 3
	rm -f out.wav r.json
	tb -q -t rogue.tplg -p 1,2 --module "$ROGUES/$object.so" -i in.wav -o out.wav \
		--report r.json "$@"
	checks=$((checks + 1))
	[ "$status" = "$code" ] || { fail "$what: exit $status, expected $code"; cat stderr; return 1; }
	check "$what: output was written" [ ! -e out.wav ]
}
says() { # WORDS: in the line of the run
	check "$what: '$1' is not told: $(grep '^sof-testbench: ' stderr)" \
		grep -q "^sof-testbench: .*$1" stderr
}
reports() { # FACT...
	"$REPORTCHECK" r.json "$@" || { fail "$what: the report is wrong"; cat stderr; }
}
headed() { # INSTANCE WIDGET: the fault report
	check "$what: the fault report does not name the widget: $(grep '^== fault' stderr)" \
		grep -q "^== fault 1: .*, instance $1, widget $2 ==\$" stderr
}

swap dcblock "$(number_of phases-Pe phases)" "dcblock$suffix"
logged="phases.0 logged last: phases: no\\\\tgood in"

# A function that returns an error. The blob that set_configuration() refuses is the topology's.
for row in i:init p:prepare P:process s:set_configuration t:trigger r:reset; do
	letter=${row%%:*} function="${row#*:}()" code=2
	[ "$letter" != s ] || code=1
	run "$function fails" "phases-${letter}e" $code || continue
	says "$function returned -65536"
	says "$widget"
	says "$logged '$letter'"
	check "$what: more than one line" [ "$(wc -l <stderr)" = 1 ]
	reports failure.instance=phases.0 failure.widget=$widget failure.call="$function" fault_count=0
done
# A heap that is too small.
for row in i:init p:prepare P:process; do
	letter=${row%%:*} heap=module words='its heap of [0-9]* bytes is too small'
	[ "$kind" = dp ] || { heap=kernel words='the kernel heap of [0-9]* bytes is full'; }
	run "${row#*:}(), no memory" "phases-${letter}m" 2 || continue
	says "$widget.*$words.*: 13421[0-9]* bytes were asked for, [0-9]* are free"
	reports failure.widget=$widget shortage.heap=$heap shortage.asked_bytes='13421????'
done

# The size that the line names overrides the topology's, and is enough: what is allocated later may
# need a little more, which the line tells again.
if [ "$kind" = dp ]; then
	what="the heap that is asked for"
	needed=65536
	for _ in 1 2 3 4 5; do
		rm -f out.wav
		tb -q -t rogue.tplg -p 1,2 --module "$ROGUES/phases-im.so" -i in.wav -o out.wav \
			--heap-bytes "$needed"
		[ "$status" != 0 ] || break
		needed=$(sed -n 's/.*is too small, \([0-9]*\) or more are needed (--heap-bytes).*/\1/p' stderr)
		[ -n "$needed" ] || break
	done
	check "$what: exit $status, $(cat stderr)" [ "$status" = 0 ]
fi

# A function that does not return: FUNCTION OBJECT EXIT KIND WORDS
hangs() {
	run "$1 $2" "$2" "$3" || return
	says "phases.0 (widget $widget): $5"
	headed phases.0 $widget
	reports fault_count=1 faults.0.kind="$4" faults.0.instance=phases.0 faults.0.widget=$widget \
		faults.0.call="$1" faults.0.file='*/phases.c' \
		faults.0.last_error="phases: no\\\\tgood in '?'" "error=*$widget*"
	check "$what: no source line" grep -q 'phases.c:[0-9]*$' stderr
}
for row in i:init p:prepare P:process s:set_configuration u:unbind f:free; do
	hangs "${row#*:}()" "phases-${row%%:*}s" 4 stall "${row#*:}() does not return: it sleeps until"
done
if [ "$kind" = dp ]; then
	for row in P:process b:bind; do
		hangs "${row#*:}()" "phases-${row%%:*}w" 4 stall \
			"${row#*:}() does not return: it waits forever for futex 0x"
	done
	for row in P:process t:trigger; do
		hangs "${row#*:}()" "phases-${row%%:*}x" 4 stall \
			"${row#*:}() does not return: its thread is suspended"
	done
	for row in P:process f:free; do
		hangs "${row#*:}()" "phases-${row%%:*}a" 2 ended "its thread ended itself in ${row#*:}()"
	done
else
	hangs 'process()' phases-Pw 4 stall 'process() does not return: it waits forever for semaphore 0x'
	hangs 'process()' phases-Px 4 stall 'process() does not return: its thread is suspended'
	run "LL thread" phases-Pa 3 && headed phases.0 $widget
fi

# Without the instance the run plays on.
rm -f out.wav r.json
what="process() sleeps, muted"
tb -q -t rogue.tplg -p 1,2 --module "$ROGUES/phases-Ps.so" -i in.wav -o out.wav --report r.json \
	--on-fault mute
check "$what: exit $status, $(cat stderr)" [ "$status" = 4 ]
headed phases.0 $widget
reports exit_code=4 output_written=true faults.0.widget=$widget

# Endless loops and faults, in some function each, and under each policy: NAME EXIT KIND WRITTEN OPTIONS...
faults() {
	local name=$1 code=$2 fault=$3 written=$4
	shift 4
	swap dcblock "$(number_of "$name" "$name")" "dcblock$suffix"
	rm -f out.wav r.json
	what="$name $*"
	tb -q -t rogue.tplg -p 1,2 --module "$ROGUES/$name.so" -i in.wav -o out.wav \
		--report r.json "$@"
	check "$what: exit $status, expected $code" [ "$status" = "$code" ]
	headed "$name.0" $widget
	reports exit_code="$code" output_written="$written" fault_count=1 faults.0.kind="$fault" \
		faults.0.instance="$name.0" faults.0.widget=$widget faults.0.file="*/$name.c"
}
for name in spin spin-init spin-prepare spin-configure spin-reset spin-free; do
	faults $name 4 watchdog false --watchdog 0.1
done
faults spin 4 watchdog true --watchdog 0.1 --on-fault mute
for name in null-in-prepare fault-in-init fault-in-set-config null-in-reset null-in-free; do
	faults $name 3 access false
done
# No access that UBSan would find first.
faults breakpoint 3 breakpoint false
faults breakpoint 3 breakpoint true --on-fault mute
faults stack-overflow 3 access false

# Of two instances of one module the report names the widget of the one that failed.
swap gain "$(number_of phases-second phases)" "mix$suffix"
what="the second of two"
tb -q -t rogue.tplg -p 1,2,3 --module "$ROGUES/phases-second.so" -i in.wav -i in.wav -o out.wav \
	--report r.json
check "$what: exit $status" [ "$status" = 2 ]
says "phases.1 (widget gain.2.2): process() returned -65536 after"
reports failure.instance=phases.1 failure.widget=gain.2.2
"$REPORTCHECK" r.json modules.2.name=phases.0 modules.2.widget=gain.1.1 modules.3.name=phases.1 \
	modules.3.widget=gain.2.2 || fail "$what: the report's modules"

# Steps of a script that come too late.
echo "sof-ctl -n 1 -o blob.txt" >now.sh
printf 'sleep 10\nsof-ctl -n 1 -o late.txt\n' >late.sh
what="late step"
tb -q -t "$TOPOLOGIES/dcblock$suffix.tplg" -p 1,2 -i in.wav -o out.wav -s now.sh
check "$what: a step in time, exit $status: $(cat stderr)" [ "$status" = 0 ]
rm -f out.wav
tb -q -t "$TOPOLOGIES/dcblock$suffix.tplg" -p 1,2 -i in.wav -o out.wav -s late.sh --report r.json
check "$what: exit $status" [ "$status" = 2 ]
says "late.sh: line 2: .* was not applied: it comes after the end of the run"
check "$what: an output" [ ! -e out.wav ]
reports audio.script_steps_left=1 output_written=false
# The summary says which instance is which widget.
tb -t "$TOPOLOGIES/dcblock$suffix.tplg" -p 1,2 -i in.wav -o out.wav
check "the summary has no widgets" grep -q "^dcblock\.0 .*  $widget\$" stdout
tb -i in.wav -o out.wav -m dcblock
check "the summary of a chain has widgets" grep -q "^dcblock\.0 .*%\$" stdout
finish
