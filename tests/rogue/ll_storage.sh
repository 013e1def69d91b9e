# SPDX-License-Identifier: BSD-3-Clause
# An LL module overwrites thread-local storage: each run ends with a report of that module, or at least
# with a documented exit code where only variables of libraries were hit, which are not compared.
# usage: ll_storage.sh     with ROGUES, the folder of the rogues' objects, in the environment
. "$SOURCE/tests/e2e/lib.sh" || exit 1

"$AUDIOFILE" make in.wav wav s16 48000 2 960
ulimit -c 0

le32() { # NUMBER
	local n=$(($1 & 0xffffffff))
	printf '\\x%02x' $((n & 255)) $((n >> 8 & 255)) $((n >> 16 & 255)) $((n >> 24))
}

overwrite() { # OFFSET SIZE VALUE DTV THEN OPTIONS...
	printf "$(le32 "$1")$(le32 "$2")$(printf '\\x%02x' "$3" "$4" "$5")\\x00" >plan.bin
	what="$2 bytes of $3 at $1 (dtv $4, then $5, ${*:6})"
	rm -f out.wav r.json
	tb --module "$ROGUES/overwrite-storage.so" -i in.wav -o out.wav \
		-m dcblock,overwrite-storage=plan.bin,gain --report r.json "${@:6}"
}

named() {
	check "$what: exit $status" [ "$status" = 3 ]
	check "$what: report" "$REPORTCHECK" r.json exit_code=3 fault_count=1 \
		faults.0.instance=overwrite-storage.0 faults.0.mode=supervisor
	check "$what: no summary" grep -q '^verdict        FAULT: 1 fault, ' stdout
}

# The whole record, with and without its three addresses; its words; the program's variables before it.
for value in 0 17 255; do
	for then in 0 1 2 3; do
		for place in "0 2304" "24 2280" "40 8" "-80 80" "-80 2384"; do
			overwrite $place $value 0 $then --dp none
			named
		done
		overwrite -16 512 $value 1 $then --dp none
		named
	done
	for offset in 0 8 16 48 64 720 1024 1536 2048 2296 -8 -24; do
		overwrite $offset 8 $value 0 0 --dp none
		# what stands there may be the same byte
		if [ "$value" = 0 ] && [ "$status" = 0 ]; then continue; fi
		named
	done
	# The C library's own variables: not compared, and anew for the next call.
	for then in 0 1 2 3; do
		for offset in -64 -96 -128 -192 -224; do
			overwrite $offset 8 $value 0 $then --dp none
			case $status in 0) [ "$then" -lt 2 ] || fail "$what: exit 0" ;; *) named ;; esac
		done
	done
done
for how in mute continue; do
	for place in "0 2304" "24 2280"; do
		for value in 0 17; do
			overwrite $place $value 0 0 --dp none --on-fault $how
			named
			check "$what: no output" [ -e out.wav ]
		done
	done
done
# Beside DP modules, which have used the gate before.
for value in 0 17 255; do
	for then in 0 1 2 3; do
		overwrite 0 2304 $value 0 $then --dp dcblock,gain
		named
		overwrite -80 2384 $value 0 $then --dp dcblock,gain
		named
	done
done
overwrite 0 2304 17 0 0 --dp none --on-fault abort
check "$what: exit $status" [ "$status" = 134 ]
check "$what: not told" grep -q "^== fault 1: .* instance overwrite-storage.0 ==" stderr
# A copy that is damaged is not used for the modules that come next.
overwrite 0 8 0 0 0 --dp none -m overwrite-storage=plan.bin,dcblock,gain,passthrough --on-fault mute
[ "$failures" = 0 ] || cat stderr
finish
