# SPDX-License-Identifier: BSD-3-Clause
# mutate.py on a small project whose tests are known: all of its mutants.
. "$SOURCE/tests/e2e/lib.sh" || exit 1

need python3
sample=$SOURCE/tests/mutate/sample
sum_of_sample() { find "$sample" -type f -exec cksum {} + | sort; }

mutate() { # OPTIONS...
	python3 "$SOURCE/tests/mutate.py" --source "$sample" --work work --seconds 2 "$@" \
		>stdout 2>stderr
	status=$?
	cat stderr
}

before=$(sum_of_sample)
mutate --seed 1 --count 100
cp stdout all
check "exit $status, not 1" [ "$status" = 1 ]
check "the seed is not told" grep -q '^seed 1, ' all
check "the checkout has changed" [ "$before" = "$(sum_of_sample)" ]

# Whatever survives is in the function that no test calls, line 27.
check "a mutant of tested code survives" [ -z "$(grep '^survivor' all | grep -v ':27$')" ]
for change in 'return x / 2;' 'return x \* 3;' 'return x \* 1;'; do
	check "$change does not survive" grep -q "^    + $change" all
done
check "not both bounds are excused" [ "$(grep -c 'excused: at the bound' all)" = 2 ]
check "a constant that is not used makes no equivalent" grep -q '^[0-9]* src/sample.c:3 equivalent' all
check "no loop without end is killed" grep -q 'killed: sample, time limit' all
check "no removed statement is killed" grep -q '^[0-9]* src/sample.c:18 killed: sample' all

# The command that repeats a survivor does.
line=$(grep -n '^survivor' all | head -1 | cut -d: -f1)
sed -n "$((line + 1)),$((line + 2))p" all >change
only=$(sed -n "$((line + 3))s/.*--only //p" all)
mutate --seed 1 --only "$only" --trust
check "repeated, it exits with $status" [ "$status" = 1 ]
check "repeated, it is another one" [ "$(sed -n '3,4p' stdout)" = "$(cat change)" ]

# A tree whose tests fail as it is would kill whatever comes.
cp -r "$sample" broken
sed -i 's/!= 10/!= 11/' broken/tests/test_sample.c
python3 "$SOURCE/tests/mutate.py" --source broken --seed 1 --count 3 --seconds 2 >stdout 2>stderr
check "a test that always fails kills" grep -q 'left out, as it fails on the unchanged tree: sample' stdout
check "a test that always fails kills" [ -z "$(grep killed: stdout)" ]
python3 "$SOURCE/tests/mutate.py" --source "$work" --seed 1 >stdout 2>stderr
status=$?
check "a folder without a map: exit $status" [ "$status" = 2 ]
check "a folder without a map: not one line" [ "$(wc -l <stderr)" = 1 ]
finish
