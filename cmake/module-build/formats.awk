# SPDX-License-Identifier: BSD-3-Clause
# The pins of a module's .toml, as C: a SOF_FORMAT_RECORD() for each [[module.entry]].
#
# A pin is six numbers: direction (0 in, 1 out), type, rates, sizes of samples, sizes of containers,
# channels. Alternatives under #if are taken together.

BEGIN {
	print "/* Made by formats.awk. */"
	print "#include <module/module/format_record.h>"
}

function flush_entry()
{
	if (name != "" && pins)
		printf "SOF_FORMAT_RECORD(format_record_%d, %s, %s, %s, %s, %s);\n", count++, name,
			0 samples[0], 0 containers[0], 0 samples[1], 0 containers[1]
	name = ""
	pins = 0
	split("", samples)
	split("", containers)
}

{ sub(/REM.*/, "") }
/^[ \t]*\[\[module\.entry\]\]/ { flush_entry(); next }
/^[ \t]*#/ { next }
/^[ \t]*name[ \t]*=/ && match($0, /"[A-Za-z0-9_.+-]+"/) { name = substr($0, RSTART, RLENGTH); next }
/^[ \t]*pin[ \t]*=/ { sub(/.*\[/, ""); inside = 1; at = 0 }
inside {
	over = index($0, "]")
	sub(/\].*/, "")
	n = split($0, numbers, /[ \t,]+/)
	for (i = 1; i <= n; i++) {
		if (numbers[i] !~ /^(0x[0-9a-fA-F]+|[0-9]+)$/)
			continue
		if (at % 6 == 0)
			direction = numbers[i] + 0
		else if (at % 6 == 3)
			samples[direction] = samples[direction] " | " numbers[i]
		else if (at % 6 == 4)
			containers[direction] = containers[direction] " | " numbers[i]
		at++
		pins++
	}
	if (over)
		inside = 0
}
END { flush_entry() }
