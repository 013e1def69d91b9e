# SPDX-License-Identifier: BSD-3-Clause
# Which sources a module folder's CMakeLists.txt names, under a given configuration.
#
# Input: lines "NAME VALUE" of configuration symbols (CONFIG_...), a line "%", then the file. Output:
# file names, one a line. Understood is what SOF's folders use: if() and its like, set(),
# list(APPEND), and the functions that add sources. Unset symbols are off, and it is not Zephyr that
# builds.

!listing && $0 == "%" { listing = 1; next }
!listing { symbol[$1] = $2; next }
{ sub(/#.*/, ""); text = text " " $0 }

function is_on(value) { return value != "" && value !~ /^(0|n|N|OFF|off|NO|FALSE|false)$/ }

function value_of(word)
{
	if (word in variable)
		return variable[word]
	return word in symbol ? symbol[word] : ""
}

# A word on its own: a symbol's or variable's name, or a plain yes.
function is_true(word)
{
	if (word ~ /^(1|y|Y|ON|on|YES|TRUE|true)$/)
		return 1
	return is_on(value_of(word))
}

function expand(text,   name)
{
	while (match(text, /\$\{[A-Za-z0-9_]+\}/)) {
		name = substr(text, RSTART + 2, RLENGTH - 3)
		text = substr(text, 1, RSTART - 1) value_of(name) substr(text, RSTART + RLENGTH)
	}
	return text
}

# NOT, AND, OR, STREQUAL, DEFINED; from left to right.
function condition(text,   words, count, i, term, result, not, join)
{
	gsub(/["()]/, " ", text)
	count = split(text, words, " ")
	join = "OR"
	for (i = 1; i <= count; i++) {
		if (words[i] == "AND" || words[i] == "OR") {
			join = words[i]
			continue
		}
		not = 0
		while (words[i] == "NOT") {
			not = !not
			i++
		}
		if (words[i] == "DEFINED") {
			i++
			term = (words[i] in symbol) || (words[i] in variable)
		} else if (words[i + 1] == "STREQUAL" || words[i + 1] == "EQUAL") {
			term = value_of(words[i]) == words[i + 2]
			i += 2
		} else {
			term = is_true(words[i])
		}
		if (not)
			term = !term
		result = join == "OR" ? result || term : result && term
	}
	return result
}

function add(words, from, count,   i)
{
	for (i = from; i <= count; i++)
		if (words[i] ~ /\.c$/)
			print words[i]
}

function run(command, arguments,   words, count, i, list)
{
	if (command == "if") {
		depth++
		live[depth] = live[depth - 1] && condition(arguments)
		taken[depth] = live[depth] || !live[depth - 1]
		return
	}
	if (command == "elseif" || command == "else") {
		live[depth] = !taken[depth] && (command == "else" || condition(arguments))
		taken[depth] = taken[depth] || live[depth]
		return
	}
	if (command == "endif") {
		depth--
		return
	}
	if (!live[depth])
		return
	arguments = expand(arguments)
	gsub(/"/, " ", arguments)
	count = split(arguments, words, " ")
	if (command == "return") {
		over = 1
	} else if (command == "set" || (command == "list" && words[1] == "APPEND")) {
		i = command == "set" ? 1 : 2
		list = command == "set" ? "" : variable[words[i]]
		variable[words[i]] = list
		for (list = i + 1; list <= count; list++)
			variable[words[i]] = variable[words[i]] " " words[list]
	} else if (command == "sof_list_append_ifdef") {
		for (i = 3; i <= count && is_true(words[1]); i++)
			variable[words[2]] = variable[words[2]] " " words[i]
	} else if (command ~ /_ifdef$/) {
		if (is_true(words[1]))
			add(words, 2, count)
	} else if (command ~ /sources$/) {
		add(words, 1, count)
	}
}

END {
	depth = 0
	live[0] = 1
	while (!over && match(text, /[A-Za-z_][A-Za-z0-9_]*[ \t]*\(/)) {
		command = substr(text, RSTART, RLENGTH - 1)
		sub(/[ \t]+$/, "", command)
		text = substr(text, RSTART + RLENGTH)
		nest = 1
		for (at = 1; nest && at <= length(text); at++) {
			c = substr(text, at, 1)
			nest += (c == "(") - (c == ")")
		}
		run(tolower(command), substr(text, 1, at - 2))
		text = substr(text, at)
	}
}
