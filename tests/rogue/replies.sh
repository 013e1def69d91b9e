# SPDX-License-Identifier: BSD-3-Clause
# get_configuration() that writes outside its reply: past the end it faults at the line, before the
# start it is found right after the call, or faults if the reply fills the mailbox. DP and LL.
# usage: replies.sh     with ROGUES, the folder of the rogues' objects, in the environment
. "$SOURCE/tests/e2e/lib.sh" || exit 1

"$AUDIOFILE" make in.wav wav s16 48000 2 4800
line=$(grep -n -F '/* FAULT HERE */' "$SOURCE/tests/rogue/write-past-reply/write-past-reply.c" | cut -d: -f1)
for dp in all none; do
	for name in write-past-reply write-before-reply; do
		what="$name, --dp $dp"
		checks=$((checks + 1))
		echo "sof-ctl -c name='$name.0 bytes' -b -o back.bin" >read.script
		tb -q --module "$ROGUES/$name.so" -i in.wav -o out.wav -m gain,$name --dp $dp \
			-s read.script --report r.json
		[ "$status" = 3 ] || { fail "$what: exit $status, expected 3"; cat stderr; }
		case $name,$dp in
		write-past-reply,*) set -- faults.0.kind=access faults.0.line="$line" ;;
		*,all) set -- faults.0.kind=access faults.0.instance=$name.0 ;;
		*) set -- faults.0.kind=damaged-reply faults.0.instance=$name.0 \
			faults.0.what="wrote 1 byte before the * bytes of its reply, found after get_configuration()" ;;
		esac
		"$REPORTCHECK" r.json fault_count=1 "$@" || fail "$what: the report is wrong"
		"$REPORTCHECK" r.json modules.2.name=$name.0 modules.2.dead=true ||
			fail "$what: it is not dead"
		check "$what: an output is left" [ ! -e out.wav ]
	done
done
finish
