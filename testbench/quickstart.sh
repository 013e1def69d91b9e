#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-3-Clause
# Build the testbench and hear it: run an audio file through a chain of three DP modules, each
# isolated in a memory domain of its own.
#
# usage: testbench/quickstart.sh [IN.wav [OUT.wav]]
#
# IN.wav is a sentence that alsa-utils brings when none is given, OUT.wav is out.wav in the current
# directory. What is missing on Debian 12 or Ubuntu 24.04 is installed with apt-get.
set -euo pipefail

case "${1:-}" in
-h|--help)
	sed -n '3,9s/^# \{0,1\}//p' "$0"
	exit 0
	;;
esac

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
input=${1:-/usr/share/sounds/alsa/Front_Center.wav}
output=${2:-out.wav}

if [ $# -ge 1 ]; then
	bash "$top/tests/install-packages.sh" build
else
	bash "$top/tests/install-packages.sh" build sound
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "Building $top/build ..."
if ! (cd "$top" && cmake --preset release &&
      cmake --build build --parallel "$(nproc)") >"$log" 2>&1; then
	cat "$log" >&2
	echo "quickstart.sh: the build failed" >&2
	exit 1
fi

chain=dcblock,eqiir=${top//,/\\,}/testbench/examples/highpass_40hz_48khz.txt,gain
"$top/build/bin/sof-testbench" -i "$input" -o "$output" -m "$chain" --isolation required
echo "Wrote $output. Hear it with: aplay $(printf '%q' "$output")"
