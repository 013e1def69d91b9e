# SPDX-License-Identifier: BSD-3-Clause
# A module that goes wrong in one function after the other: each time the line and the report name
# the instance, the function, what it returned or waits for, and what it logged.
# usage: phases.sh fail|memory|wait|sleep|suspend|end     with ROGUES, the folder of the rogues' objects
. "$SOURCE/tests/e2e/lib.sh" || exit 1

"$AUDIOFILE" make in.wav wav s16 48000 2 4800
head -c 64 /dev/zero >blob.bin
echo "sof-ctl -c name='phases.0 bytes' -b" >script.txt

# LETTER HOW EXIT OPTIONS...
run() {
	local letter=$1 how=$2 code=$3
	shift 3
	what="$letter$how $*"
	checks=$((checks + 1))
	printf '%s%s\0\0' "$letter" "$how" >init.bin
	rm -f out.wav r.json
	tb -q --module "$ROGUES/phases.so" -i in.wav -o out.wav --report r.json \
		--init phases=init.bin -s script.txt -m gain,phases=blob.bin,gain "$@"
	[ "$status" = "$code" ] && return
	fail "$what: exit $status, expected $code"
	cat stderr
	return 1
}

logged="phases: no\\\\tgood in '?'"

# LETTER FUNCTION OPTIONS...
fails() {
	local letter=$1 function=$2 code=2
	shift 2
	[ "$function" != 'set_configuration()' ] || code=1
	run "$letter" e "$code" "$@" || return
	check "$what: the line does not name the function and its result" \
		grep -qF "$function returned -65536" stderr
	check "$what: the line does not name the instance" grep -qF phases.0 stderr
	check "$what: the line does not say what was logged" \
		grep -qF "phases.0 logged last: phases: no\\tgood in '$letter'" stderr
	check "$what: more than one line" [ "$(wc -l <stderr)" = 1 ]
	check "$what: output was written" [ ! -e out.wav ]
	"$REPORTCHECK" r.json failure.instance=phases.0 failure.call="$function" failure.error=-65536 \
		failure.returned=true failure.last_error="$logged" fault_count=0 ||
		fail "$what: the report is wrong"
}

# LETTER HOW KIND FUNCTION WHAT EXIT OPTIONS...
hangs() {
	local letter=$1 how=$2 kind=$3 function=$4 words=$5 code=$6
	shift 6
	run "$letter" "$how" "$code" "$@" || return
	check "$what: the line does not name it" \
		grep -qE "^sof-testbench: .*phases\.0: ${words//()/\\(\\)}" stderr
	check "$what: output was written" [ ! -e out.wav ]
	"$REPORTCHECK" r.json fault_count=1 faults.0.kind="$kind" faults.0.instance=phases.0 \
		faults.0.call="$function" faults.0.last_error="$logged" \
		faults.0.file="*/phases.c" faults.0.what="${words//.\*/*}*" error="*phases.0*" ||
		{ fail "$what: the report is wrong"; cat stderr; }
}

each() {
	local row
	for row in i:init p:prepare P:process s:set_configuration g:get_configuration t:trigger \
		b:bind u:unbind r:reset f:free; do
		"$1" "${row%%:*}" "${row#*:}()" "${@:2}"
	done
}

fails_but_free() {
	# what free() returns is ignored, as in SOF; a module without an answer is no failure
	case $1 in f | g) run "$1" e 0 "${@:3}" ;; *) fails "$@" ;; esac
}

waits() {
	local object=futex

	[ "${3-}" != --dp ] || object=semaphore
	hangs "$1" w stall "$2" "$2 does not return: it waits forever for $object 0x.*" 4 "${@:3}"
	"$REPORTCHECK" r.json faults.0.waits_for.type=$object faults.0.waits_for.forever=true ||
		fail "$what: what it waits for is not in the report"
}

sleeps() {
	hangs "$1" s stall "$2" "$2 does not return: it sleeps until .* ms of virtual time" 4 "${@:3}"
}

suspends() {
	hangs "$1" x stall "$2" "$2 does not return: its thread is suspended" 4 "${@:3}"
}

ends() {
	hangs "$1" a ended "$2" "its thread ended itself in $2" 2 "${@:3}"
}

# An LL module's thread is the firmware's: an oops ends the call, not the thread.
ends_ll() {
	local words='it aborts the thread that all LL modules run on'

	run "$1" a 3 "${@:3}" || return
	check "$what: the report does not name it" grep -q 'fault 1: .*instance phases\.0' stderr
	check "$what: output was written" [ ! -e out.wav ]
	"$REPORTCHECK" r.json fault_count=1 faults.0.kind=oops faults.0.instance=phases.0 \
		faults.0.last_error="$logged" faults.0.file="*/phases.c" faults.0.what="*$words*" ||
		{ fail "$what: the report is wrong"; cat stderr; }
}

# Neither heap has 128 MiB.
runs_out() {
	local heap=module words='its heap of [0-9]* bytes is too small, [0-9]* or more are needed' code=2

	case $1 in f | g) return ;; s) code=1 ;; esac
	[ "${3-}" != --dp ] || { heap=kernel words='the kernel heap of [0-9]* bytes is full'; }
	run "$1" m $code "${@:3}" || return
	check "$what: the line does not name the heap" grep -q "phases.0.*$words" stderr
	check "$what: the line does not tell what was asked for and what is free" \
		grep -qE '13421[0-9]{4} bytes were asked for, [0-9]+ are free' stderr
	"$REPORTCHECK" r.json failure.instance=phases.0 failure.call="$2" shortage.heap=$heap \
		shortage.asked_bytes='13421????' || fail "$what: the report is wrong"
}

case $1 in
memory)
	each runs_out
	each runs_out --dp none
	;;
fail)
	each fails_but_free
	each fails_but_free --dp none
	;;
wait)
	each waits
	waits P 'process()' --dp none
	waits f 'free()' --dp none
	;;
sleep)
	each sleeps
	each sleeps --dp none
	;;
suspend)
	each suspends
	suspends P 'process()' --dp none
	suspends f 'free()' --dp none
	;;
end)
	each ends
	each ends_ll --dp none
	;;
esac
finish
