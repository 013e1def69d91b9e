# SPDX-License-Identifier: BSD-3-Clause
# The same bytes with one virtual core and with several, side by side or one after another, also of
# modules that make sound of all they see of their buffers.
#
# usage: equal.sh FIGURES.so
. "$SOURCE/tests/e2e/lib.sh" || exit 1

figures=figures,figures,figures,figures,figures
"$AUDIOFILE" make in.wav wav s16 48000 2 4800
while read -r name options; do
	tb_ok -q -i in.wav -o one.wav --module "$1" -m "$figures" --isolation none $options || continue
	for backend in none mprotect; do
		for cores in 1 2 4; do
			for again in 1 2; do
				tb_ok -q -i in.wav -o more.wav --module "$1" -m "$figures" \
					--isolation $backend --cores $cores --report r.json $options ||
					continue
				check "$name: $cores cores with $backend, time $again" \
					cmp one.wav more.wav
			done
			parallel=false
			[ $backend$cores = none1 ] || [ $backend = mprotect ] || parallel=true
			check "$name: report of $cores cores" "$REPORTCHECK" r.json \
				isolation.cores=$cores isolation.cores_parallel=$parallel
		done
	done
done <<-LIST
	plain
	three --dp-period 3
	grant --share grant --dp-period 2
	type --domain type
	mixed --dp figures.1,figures.2,figures.4
LIST

tb_ok -i in.wav -o out.wav -m gain,gain --isolation none --cores 2
check "side by side is told" grep -q '^cores  *2 virtual cores, side by side' stdout
tb_ok -i in.wav -o out.wav -m gain,gain --isolation mprotect --cores 4
check "one after another is told" grep -q '^cores  *4 virtual cores, one after another' stdout
tb_ok -i in.wav -o out.wav -m gain,gain --isolation mprotect
check "one is not worth a line" sh -c '! grep -q "^cores" stdout'
tb_refuses 1 "--cores: '5' is not a number of virtual cores from 1 to 4" -i in.wav -o no.wav -m gain --cores 5
finish
