# SPDX-License-Identifier: BSD-3-Clause
# A good LL module has variables, and DP modules run before it: it is no defect that it uses them, and
# it raises no signal.
. "$SOURCE/tests/e2e/lib.sh" || exit 1

"$AUDIOFILE" make in.wav wav s16 48000 2 4800
for share in heap grant; do
	options=(--module "$ROGUES/bystander.so" -i in.wav -o out.wav -m dcblock,bystander,gain
		--dp dcblock,gain --share "$share")
	tb_ok "${options[@]}" --report r.json
	check "$share: report" "$REPORTCHECK" r.json exit_code=0 modules.2.mode=LL \
		isolation.stray_accesses=0 isolation.blocks_left=0
	check "$share: a defect is told" [ "$(grep -c 'core defect' stdout)" = 0 ]
	command -v gdb >/dev/null || continue
	gdb -q -batch -nx -ex run --args "$TESTBENCH" "${options[@]}" >gdb.out 2>&1 </dev/null
	check "$share: a signal, or no normal end" grep -q 'exited normally' gdb.out
	check "$share: a signal" [ "$(grep -c 'received signal' gdb.out)" = 0 ]
done
# An LL module may leave the CPU's floating-point controls as it likes: those of the firmware are its own.
tb_ok --module "$ROGUES/unmask-floats.so" -i in.wav -o out.wav -m dcblock,unmask-floats,gain --dp none \
	--report r.json
finish
