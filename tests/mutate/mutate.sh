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
mutate --seed 1 --only "$only"
check "repeated, it exits with $status" [ "$status" = 1 ]
check "repeated, it is another one" [ "$(sed -n '3,4p' stdout)" = "$(cat change)" ]

# A record: an interrupted run continues, one that is complete runs nothing, and the survivors alone
# are tried again, also when other lines have moved them; a new test kills them.
mutate --seed 1 --count 5 --record record
check "a record of 5 mutants has fewer lines" [ "$(wc -l <record)" -ge 5 ]
mutate --seed 1 --count 100 --record record
# On a busy machine any mutant may reach the time limit.
fates() {
	sed 's/, [0-9]* s$//; s/, time limit$//' "$1"
}
check "a continued run gives other fates" [ "$(fates stdout)" = "$(fates all)" ]
lines=$(wc -l <record)
mutate --seed 1 --count 100 --record record
check "a complete run tries mutants again" [ "$lines" = "$(wc -l <record)" ]
check "a complete run tells other fates" [ "$(grep -c '^survivor' stdout)" = "$(grep -c '^survivor' all)" ]
cp -r "$sample" tested
sed -i 's/^int clip/\n&/' tested/src/sample.c
sed -i 's/gauss(4) != 10/& || doubled(3) != 6/; s/^int gauss.*/&\nint doubled(int x);/' \
	tested/tests/test_sample.c
python3 "$SOURCE/tests/mutate.py" --source tested --work work2 --seconds 2 --again record >stdout 2>stderr
status=$?
cat stdout stderr
check "with a test: exit $status" [ "$status" = 0 ]
check "not all survivors were tried again" \
	[ "$(grep -c ':28 killed: ' stdout)" = "$(grep -c '^survivor' all)" ]
sed -i 's/return x \* 2/return 2 * x/' tested/src/sample.c
python3 "$SOURCE/tests/mutate.py" --source tested --work work2 --seconds 2 --again record >stdout 2>stderr
check "a line that has changed is not told" grep -q '^[0-9]* src/sample.c:27 gone: ' stdout

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
