# SPDX-License-Identifier: BSD-3-Clause
# Hosts that deny something: the run works or fails with one line and a documented exit code, and a
# guard that is missing is told.
. "$SOURCE/tests/e2e/lib.sh" || exit 1

"$AUDIOFILE" make in.wav wav s16 48000 2 4800
TB=$TESTBENCH
tb_ok -q -i in.wav -o whole.wav -m gain,gain

# Run COMMAND... there, see tb().
on_host() {
	"$@" >stdout 2>stderr
	status=$?
}

is() { # WHAT STATUS LINES-ON-STDERR [WORDS [FILE]]
	check "$1: exit $status instead of $2" [ "$status" = "$2" ]
	check "$1: $(wc -l <stderr) lines on stderr: $(cat stderr)" [ "$(wc -l <stderr)" = "$3" ]
	[ -z "${4:-}" ] || check "$1: '$4' is not told" grep -qF -- "$4" "${5:-stderr}"
}
verdict() { # WHAT VERDICT: in the summary and in the report
	check "$1: the verdict is $(grep ^verdict stdout)" grep -qxF "verdict        $2" stdout
	check "$1: the report's verdict" grep -qF "\"verdict\": \"$2\"" r.json
}
good="OK, 2 DP modules ran isolated without a fault"
uncaught="host system calls were not caught (denied by this host, prctl: Invalid argument)"
unlimited="calls into modules had no CPU time limit (denied by this host, timer_create: Resource temporarily unavailable)"
heard() { # the same audio as anywhere
	check "$1: other audio" "$AUDIOFILE" same whole.wav out.wav
	rm -f out.wav
}
run=("$TB" -i in.wav -o out.wav -m gain,gain)

# CPUs that the process may not choose.
on_host "$DENY" affinity -- "${run[@]}" --report r.json
is affinity 0 0 "CPU            threads are not kept on one CPU (sched_setaffinity: Operation not permitted)" stdout
[ -n "${SANITIZED:-}" ] || verdict affinity "$good"
check "the report says nothing of CPUs" grep -qF '"pinned": false' r.json
heard affinity

# System calls of modules can't be caught, if they are caught anywhere.
tb_ok "${run[@]:1}" --report r.json
if grep -qF '"system_calls_caught": true' r.json; then
	on_host "$DENY" dispatch -- "${run[@]}" --report r.json
	is dispatch 0 0 "system calls   this host does not let those of modules be caught (prctl: Invalid argument)" stdout
	verdict dispatch "$good, but $uncaught"
	check "the report says they are caught" grep -qF '"system_calls_caught": false' r.json
	heard dispatch
	on_host "$DENY" dispatch -- "${run[@]}" --isolation required
	is "dispatch, required" 1 1 "--isolation required: this host does not let Linux system calls of modules be caught (prctl: Invalid argument)"
	check "an output of a refused run" [ ! -e out.wav ]
	on_host "$DENY" dispatch -- "${run[@]}" -q --isolation none
	is "dispatch, none" 0 0
	heard "dispatch, none"
	on_host "$DENY" dispatch -- bash -c 'ulimit -i 0; exec "$@"' - "${run[@]}" --report r.json
	verdict "dispatch and timers" "$good, but $uncaught and $unlimited"
	on_host "$DENY" dispatch -- "${TB}4" -i in.wav -o out.wav -m gain,gain --report r.json
	verdict "dispatch, like SOF's" "$good, but $uncaught"
elif [ -n "${SANITIZED:-}" ]; then
	verdict "memory checker" "$good, but under a memory checker: host system calls were not caught, and the C heap, the main stack and libraries' data were open"
fi
rm -f out.wav

# No timers: the kernel counts them as pending signals.
on_host bash -c 'ulimit -i 0; exec "$@"' - "${run[@]}" --report r.json
is timers 0 0 "watchdog       this host denies its timers (timer_create: Resource temporarily unavailable)" stdout
[ -n "${SANITIZED:-}" ] || verdict timers "$good, but $unlimited"
check "the report says there is a watchdog" grep -qF '"watchdog_active": false' r.json
heard timers
on_host bash -c 'ulimit -i 0; exec "$@"' - "${run[@]}" --isolation required
is "timers, required" 1 1 "--isolation required: this host denies the watchdog's timers"
on_host bash -c 'ulimit -i 0; exec "$@"' - "${run[@]}" -q --isolation required --watchdog 0
is "timers, none wanted" 0 0
on_host bash -c 'ulimit -i 0; exec "$@"' - "${run[@]}" --isolation none --report r.json
verdict "timers, none" "OK, but NOT ISOLATED: 2 of 2 DP modules ran on open memory and $unlimited"
on_host bash -c 'ulimit -i 0; exec "$@"' - "${run[@]}" --dp none --report r.json
verdict "timers, LL" "OK, no module ran as DP, nothing was isolated, but $unlimited"
rm -f out.wav
# One, but not one for each module. They are counted for each user: for one who has none so far.
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
	chmod 777 .
	on_host bash -c 'ulimit -i 1; exec setpriv --reuid=$((0x5f0f00 + $$ % 255)) --clear-groups "$@"' - \
		"${run[@]}" --isolation required
	is "too few timers, required" 2 1 "--isolation required: this host denies the watchdog's timers"
fi

# No protection keys.
if ! grep -qw ospke /proc/cpuinfo; then
	on_host "${run[@]}" --isolation pkey
	is "no keys" 1 1 "--isolation pkey: this host has no free memory protection keys ('ospke' in /proc/cpuinfo)"
fi

# Threads: the board's own limit, and the host's, which root does not have.
chain=gain$(printf ',gain%.0s' {1..127})
on_host "$TB" -q -i in.wav -o out.wav -m "$chain"
is "128 DP modules" 1 1 "128 DP modules: the board has threads for 127"
on_host "$TB" -q -i in.wav -o out.wav -m "$chain" --dp none
is "128 LL modules" 0 0
rm -f out.wav
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null && [ -z "${SANITIZED:-}" ]; then
	chmod 777 .
	on_host bash -c 'ulimit -u 3; exec setpriv --reuid=65534 --clear-groups "$@"' - "${run[@]}"
	is "host's threads" 2 1 "the host allows no more threads (ulimit -u)"
fi

# Address space.
if [ -z "${SANITIZED:-}" ]; then
	on_host bash -c 'ulimit -v 4194304; exec "$@"' - "${run[@]}" -q
	is "4 GiB" 0 0
	heard "4 GiB"
	on_host bash -c 'ulimit -v 200000; exec "$@"' - "${run[@]}" -q
	is "200 MB" 2 1 "the board can't be started: Cannot allocate memory"
fi

# No /proc.
if unshare -m true 2>/dev/null && [ -z "${SANITIZED:-}" ]; then
	on_host unshare -m bash -c 'mount -t tmpfs none /proc; exec "$@"' - "${run[@]}"
	is "no /proc" 2 1 "isolation needs /proc/self/maps"
	on_host unshare -m bash -c 'mount -t tmpfs none /proc; exec "$@"' - "$TB" --list-modules
	is "no /proc, --list-modules" 0 0 gain stdout
fi

# Closed standard descriptors: no file gets their numbers.
for closed in '0<&-' '1>&-' '2>&-' '0<&- 1>&- 2>&-'; do
	bash -c "exec \"\$@\" $closed" - "${run[@]}" --report r.json >stdout 2>stderr
	status=$?
	is "closed $closed" 0 0
	heard "closed $closed"
	check "closed $closed: a summary in the report" [ "$(head -c 1 r.json)$(tail -n 1 r.json)" = '{}' ]
done

# Output that nobody gets.
topology=$TOPOLOGIES/copier-dp.tplg
full() { # ARGUMENT...
	"$TB" "$@" >/dev/full 2>stderr
	status=$?
	is "full: $*" 2 1 "standard output can't be written"
}
full -i in.wav -o out.wav -m gain
full --help
full --version
full --list-modules
full --controls -m drc
full -t "$TOPOLOGIES/gain-dp.tplg" --controls
full -t "$topology" --show-topology
tb_refuses 2 "No space left on device" -t "$topology" --show-topology --dot /dev/full -q
tb_refuses 2 "No space left on device" -q -i in.wav -o /dev/full -m gain
on_host "$TB" -q -i in.wav -o out.wav -m gain --report /dev/full
is "full report" 2 1 "/dev/full: report can't be written: No space left on device"
"$BUILD" --help >/dev/full 2>stderr
status=$?
is "full: sof-module-build" 2 1 "No space left on device"
rm -f out.wav

# One file twice, by whatever name; another file with the same module is a mistake.
cp "$OBJECTS/echo.so" one.so
ln -s one.so link.so
ln one.so hard.so
cp one.so copy.so
on_host "$TB" -q -i in.wav -o out.wav -m echo --module one.so --module ./one.so --module link.so --module hard.so
is "one object four times" 0 0
on_host "$TB" --list-modules --module one.so --module link.so
is "one object twice in the list" 0 0
check "it is listed $(grep -c '^echo ' stdout) times" [ "$(grep -c '^echo ' stdout)" = 1 ]
rm -f out.wav
tb_refuses 1 "has the UUID of module 'echo'" -q -i in.wav -o out.wav -m echo --module one.so --module copy.so

# Folders that are not there.
mkdir there
cp one.so there/echo.so
SOF_MODULE_PATH=$PWD/gone:$PWD/there on_host "$TB" -q -i in.wav -o out.wav -m echo
is "missing folder" 0 1 "sof-testbench: warning: \$SOF_MODULE_PATH: $PWD/gone: No such file or directory"
SOF_MODULE_PATH=$PWD/gone:$PWD/there on_host "$TB" --list-modules
is "missing folder, list" 0 1 "/gone: No such file or directory"
SOF_MODULE_PATH=$'/a\e[2J\nb' on_host "$TB" --list-modules
is "hostile folder" 0 1 '/a\e[2J\nb: No such file'
finish
