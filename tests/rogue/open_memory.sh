# SPDX-License-Identifier: BSD-3-Clause
# Without isolation most rogues go unnoticed; what no computer lets through is told all the same.
. "$SOURCE/tests/e2e/lib.sh" || exit 1

"$AUDIOFILE" make in.wav wav s16 48000 2 4800
tb -q --module "$ROGUES/null-read.so" -i in.wav -o out.wav -m null-read --isolation none --report r.json
check "exit $status" [ "$status" = 3 ]
check "report" "$REPORTCHECK" r.json faults.0.kind=access faults.0.access=read \
	faults.0.module=null-read faults.0.where='8 bytes past NULL' isolation.active=false
finish
