# SPDX-License-Identifier: BSD-3-Clause
# Defaults of a module folder's Kconfig, as lines "CONFIG_NAME VALUE".
#
# Input: lines "NAME VALUE" of symbols that are set already, a line "%", then the file. Of a symbol
# the first default counts whose condition (one name) holds; of a choice, the one it names. The first
# symbol of all is the module itself: it is on. Stubs of vendors' libraries are on, as in SOF's builds
# for tests.

!listing && $0 == "%" { listing = 1; next }
!listing { set[$1] = $2; next }

function give(name, value)
{
	name = "CONFIG_" name
	if (name in set)
		return
	set[name] = value
	print name, value
}

$1 == "help" || $1 == "---help---" { match($0, /^[ \t]*/); help = indent_of($0); next }
help != "" && ($0 ~ /^[ \t]*$/ || indent_of($0) > help) { next }
{ help = "" }

function indent_of(line,   i, c, n)
{
	for (i = 1; i <= length(line); i++) {
		c = substr(line, i, 1)
		if (c == "\t")
			n += 8 - n % 8
		else if (c == " ")
			n++
		else
			break
	}
	return n + 0
}

$1 == "config" || $1 == "menuconfig" {
	name = $2
	choice = 0
	if (!modules++ || name ~ /_STUB$/)
		give(name, 1)
	next
}
$1 == "choice" { choice = 1; name = ""; next }
$1 == "endchoice" || $1 == "endif" || $1 == "if" || $1 == "endmenu" || $1 == "menu" { name = ""; choice = 0; next }
$1 == "default" && (name != "" || choice) {
	value = $2
	if ($3 == "if") {
		wanted = $4
		not = sub(/^!/, "", wanted)
		if ((("CONFIG_" wanted) in set) == not)
			next
	}
	if (choice)
		give(value, 1)
	else if (value == "y" || value == "m")
		give(name, 1)
	else if (value ~ /^(0x[0-9a-fA-F]+|-?[0-9]+|".*")$/)
		give(name, value)
}
