# SPDX-License-Identifier: BSD-3-Clause
# --on-fault continue: each access is told once and counted, the module lives, all is played.
. "$SOURCE/tests/e2e/lib.sh" || exit 1

"$AUDIOFILE" make in.wav wav s16 48000 2 4800
for heap in plain guard; do
	for share in heap grant; do
		tb --module "$ROGUES/peek-and-poke.so" -i in.wav -o out.wav -m dcblock,peek-and-poke,gain \
			--on-fault continue --heap "$heap" --share "$share" --report r.json
		how="heap $heap, share $share"
		check "$how: exit $status" [ "$status" = 3 ]
		check "$how: report" "$REPORTCHECK" r.json fault_count=3 \
			faults.0.access=read faults.0.where='inside*kernel object: thread peek-and-poke.0*' \
			'faults.0.times=[1-9][0-9]' faults.1.access=read faults.1.owner='gain.0' \
			'faults.1.times=[1-9][0-9]' faults.2.access=write faults.2.owner='gain.0' \
			'faults.2.times=[1-9][0-9]' modules.2.dead=false isolation.stray_accesses=0 isolation.blocks_left=0
		check "$how: told once" [ "$(grep -c '^== fault' stderr)" = 3 ]
		check "$how: the summary counts" grep -Eq '^fault 1 +happened [0-9]+ times' stdout
		check "$how: all frames" grep -Eq '^frames +4800 in, 4800 out' stdout
	done
done
# What nothing lies behind can't be let through: the module ends, the rest plays on.
tb --module "$ROGUES/null-write.so" -i in.wav -o out.wav -m dcblock,null-write,gain \
	--on-fault continue --report r.json
check "null: exit $status" [ "$status" = 3 ]
check "null: report" "$REPORTCHECK" r.json fault_count=1 faults.0.access=write faults.0.times=1 \
	modules.2.dead=true
check "null: all frames" grep -Eq '^frames +4800 in, 4800 out' stdout
# A system call is not run, and the module goes on.
tb -q --module "$ROGUES/linux-system-call.so" -i in.wav -o out.wav -m linux-system-call \
	--on-fault continue --report r.json
check "system call: report" "$REPORTCHECK" r.json fault_count=1 faults.0.kind=linux-system-call \
	'faults.0.times=[1-9][0-9]' modules.1.dead=false
finish
