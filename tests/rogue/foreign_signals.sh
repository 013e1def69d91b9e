# SPDX-License-Identifier: BSD-3-Clause
# Signals from outside are not taken for faults of modules: they do what their default action is.
. "$SOURCE/tests/e2e/lib.sh" || exit 1

"$AUDIOFILE" make in.wav wav s16 48000 2 4800
run=("$TESTBENCH" -i in.wav -o out.wav -m gain,spin --module "$ROGUES/spin.so" --watchdog 100)

ended_by() { # WHAT STATUS SIGNAL
	check "$1: status $2 is not that of SIG$3" [ "$2" = $((128 + $(kill -l "$3"))) ]
	check "$1: a module is accused" [ "$(grep -c -i -e fault -e watchdog -e spin err)" = 0 ]
	check "$1: a file is left" [ "$(find . -type f | sort | tr '\n' ' ')" = "./err ./in.wav " ]
}

# The soft limit alone: at the hard one the kernel sends SIGKILL.
bash -c 'ulimit -c 0; ulimit -S -t 1; exec "$@"' - "${run[@]}" >/dev/null 2>err
ended_by "CPU limit" $? XCPU

# To the process while the module's thread runs: it has used CPU time once it is in its loop.
has_used() { # PID TICKS
	local fields
	read -r -a fields 2>/dev/null <"/proc/$1/stat" || return 0 # it has ended
	[ "${fields[13]}" -ge "$2" ]
}
# Which thread of the process the signal lands on is the kernel's choice.
send_to() { # SIGNAL OPTIONS...
	local signal=$1 pid
	shift
	bash -c 'ulimit -c 0; exec "$@"' - "$TESTBENCH" -i in.wav -o out.wav --watchdog 100 \
		--module "$ROGUES/spin.so" --module "$ROGUES/spin-in-syscalls.so" "$@" \
		>/dev/null 2>err &
	pid=$!
	until has_used $pid 8; do sleep 0.02; done
	# The first changes nothing. Until a thread has handled it, the kernel gives the next to another.
	kill -s URG $pid
	kill -s "$signal" $pid
	wait $pid 2>/dev/null
	ended_by "$signal from outside, $*" $? "$signal"
}

for signal in SEGV BUS ILL FPE TRAP SYS VTALRM ABRT; do
	send_to $signal -m gain,spin
	send_to $signal -m gain,spin --dp none
done
# In and out of system calls, and in an LL module with DP threads that wait.
for signal in SEGV FPE TRAP; do
	send_to $signal -m gain,spin-in-syscalls --share grant
	send_to $signal -m gain,spin,dcblock --dp gain,dcblock
done
# While nothing misbehaves, wherever it lands.
"$AUDIOFILE" make in.wav wav s16 48000 2 2880000
for signal in FPE TRAP; do
	send_to $signal -m gain,eqiir,dcblock,gain
done
finish
