#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# Compile one of our topology-2 sources.
#
# usage: compile.sh ALSATPLG CONF_DIR NAME LL|DP OUTPUT.tplg BLOB_DIR
#
# CONF_DIR/NAME.conf goes through the preprocessor; what the preprocessor of alsatplg 1.2.8 can't do
# is added behind it in the older syntax: CONF_DIR/NAME.v1.conf, and for each line "CONTROL=FILE" of
# CONF_DIR/NAME.blobs the blob in FILE, of BLOB_DIR or else CONF_DIR, decimal words as sof-ctl has them,
# as the control's data.
#
# alsatplg tells of some errors and succeeds all the same: whatever it says is an error here.
set -euo pipefail

alsatplg=$1 conf=$2 name=$3 sched=$4 output=$5 blobs=$6
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Blob files of sof-ctl begin with a TLV header of two words, which a topology does not have.
blob_words() {
	local word words=() list=

	IFS=', ' read -ra words < <(tr -d '\r\n' <"$1"; echo)
	for word in "${words[@]:2}"; do
		list+=$(printf ',0x%08x' "$word")
	done
	echo "${list#,}"
}

run() {
	if ! "$@" >"$work/log" 2>&1 || [ -s "$work/log" ]; then
		cat "$work/log" >&2
		echo "compile.sh: $name.conf ($sched): not compiled" >&2
		exit 1
	fi
}

run env ALSA_CONFIG_DIR="$conf" "$alsatplg" -I "$conf" -D "SCHED=$sched" -P "$conf/$name.conf" \
	-o "$work/topology.conf"
if [ -f "$conf/$name.v1.conf" ]; then
	cat "$conf/$name.v1.conf" >>"$work/topology.conf"
fi
if [ -f "$conf/$name.blobs" ]; then
	while IFS='=' read -r control file; do
		case "$control" in '' | '#'*) continue ;; esac
		if [ -f "$blobs/$file" ]; then file=$blobs/$file; else file=$conf/$file; fi
		cat >>"$work/topology.conf" <<END
SectionData."$control data" { words "$(blob_words "$file")" }
SectionControlBytes."$control" { data [ "$control data" ] }
END
	done <"$conf/$name.blobs"
fi
run "$alsatplg" -c "$work/topology.conf" -o "$work/topology.tplg"
# Some versions write files that only their owner may read.
install -m 644 "$work/topology.tplg" "$output"
