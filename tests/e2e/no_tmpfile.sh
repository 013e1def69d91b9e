# SPDX-License-Identifier: BSD-3-Clause
# On a file system without O_TMPFILE an output has a temporary name: no signal leaves it behind.
. "$SOURCE/tests/e2e/lib.sh" || exit 1

need bindfs
mkdir below mount
bindfs below mount 2>mount.err || skip "bindfs can't mount: $(cat mount.err)"
run=
trap 'cd "$here"; [ -z "$run" ] || kill -9 $run 2>/dev/null; fusermount -u "$work/mount" 2>/dev/null || umount -l "$work/mount"; rm -rf "$work"' EXIT

"$AUDIOFILE" make in.wav wav s16 48000 2 4800
name=$(printf "%251s" "" | tr ' ' x).wav
tb_ok -q -i in.wav -o mount/out.wav -m passthrough --report mount/report.json
check "is written" cmp in.wav mount/out.wav
tb_ok -q -i in.wav -o "mount/$name" -m passthrough
check "under a long name" cmp in.wav "mount/$name"
check "and nothing else" [ "$(ls -A mount | wc -l)" = 3 ]
rm -f mount/*

# The run waits for the reader of its second output, so that the signal finds it at work.
"$AUDIOFILE" make long.wav wav s16 48000 2 480000
mkfifo slow.raw
# A terminal sends it to the whole process group; a user's kill to the program alone.
for signal in INT TERM HUP KILL INT-group TERM-group HUP-group; do
	to=
	[ "${signal%-group}" = $signal ] || to=-
	set -m
	env --default-signal=INT "$TESTBENCH" -q -i long.wav -o mount/out.wav -o slow.raw -m demux \
		2>stderr &
	run=$!
	set +m
	exec 9<slow.raw
	until ls -A mount | grep -q '^\.sof-' || ! kill -0 $run 2>/dev/null; do sleep 0.02; done
	check "$signal: a temporary file" [ "$(ls -A mount | wc -l)" = 1 ]
	kill -${signal%-group} -- $to$run
	wait $run
	status=$?
	exec 9<&-
	run=
	check "$signal: exit $status" [ $status -gt 128 ]
	# The file goes just after the program; the test's time limit ends this loop.
	while [ -n "$(ls -A mount)" ]; do sleep 0.02; done
done
finish
