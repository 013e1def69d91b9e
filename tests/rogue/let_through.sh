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
# The kernel's own code is not run step by step with a module's rights: the module ends.
for name in rmalloc clear-mode-flag; do
	tb --module "$ROGUES/$name.so" -i in.wav -o out.wav -m "dcblock,$name,gain" \
		--on-fault continue --report r.json
	check "$name: exit $status" [ "$status" = 3 ]
	check "$name: report" "$REPORTCHECK" r.json fault_count=1 faults.0.access=read \
		faults.0.let_through=false faults.0.times=1 "modules.2.name=$name.0" \
		modules.2.dead=true 'faults.0.refusal=the kernel*step by step' output_written=true
	check "$name: why on the screen" \
		grep -q '^  ended    not allowed with --on-fault continue: the kernel' stderr
	check "$name: all frames" grep -Eq '^frames +4800 in, 4800 out' stdout
done
# An instance may make 10000 accesses that are let through, so that the run ends in bounded time.
tb --module "$ROGUES/peek-for-ever.so" -i in.wav -o out.wav -m dcblock,peek-for-ever,gain \
	--on-fault continue --report r.json
check "limit: exit $status" [ "$status" = 3 ]
check "limit: report" "$REPORTCHECK" r.json fault_count=2 faults.0.times=1000? \
	faults.0.let_through=true faults.0.refusal= faults.1.times=1 faults.1.let_through=false \
	'faults.1.refusal=10000 accesses of this instance have been allowed, which is the limit' \
	modules.2.dead=true modules.3.dead=false
check "limit: all frames" grep -Eq '^frames +4800 in, 4800 out' stdout
check "limit: verdict" grep -q '^verdict        FAULT: 2 faults, 1 let through and the others muted' stdout
# After a write that was let through, a fault of the module that was written to is not blamed on it.
tb --module "$ROGUES/write-neighbour-heap.so" -i in.wav -o out.wav \
	-m gain,write-neighbour-heap,dcblock --on-fault continue --report r.json
check "victim: exit $status" [ "$status" = 3 ]
check "victim: report" "$REPORTCHECK" r.json fault_count=2 faults.0.instance=write-neighbour-heap.0 \
	faults.1.instance= faults.1.thread=dcblock.0 faults.1.suspects.0=write-neighbour-heap.0 \
	faults.1.suspects.1=dcblock.0 faults.1.writers.0=write-neighbour-heap.0
check "victim: on the screen" grep -q "^== fault 2: isolation in one of the instances write-neighbour-heap.0, dcblock.0 ==$" stderr
check "victim: why" grep -q '^  note     write-neighbour-heap.0 was allowed to write to memory' stderr
# A system call is not run, and the module goes on.
tb -q --module "$ROGUES/linux-system-call.so" -i in.wav -o out.wav -m linux-system-call \
	--on-fault continue --report r.json
check "system call: report" "$REPORTCHECK" r.json fault_count=1 faults.0.kind=linux-system-call \
	'faults.0.times=[1-9][0-9]' modules.1.dead=false
finish
