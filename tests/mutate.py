#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Change the source a little and see whether a test notices.

usage: tests/mutate.py [--seed N] [--count N] [--only K] [--files REGEX] [--work DIR]
                       [--stages N] [--record FILE] [--again FILE] [--list]

A mutant is the tree with one small change in one C file: an operator, a comparison, a constant, a
condition, a statement that is gone. Mutant K of seed N is the same one as long as the sources are the
same, so that --seed N --only K repeats it. All work is done in a copy of the tree; nothing of the
checkout is written. --record FILE adds the fate of each mutant to FILE, one JSON object a line, and
takes over the fates that FILE holds, so that an interrupted run continues where it stopped. A
survivor of fewer stages than asked for is tried again. --again FILE tries the survivors recorded in
FILE and no other; they are found by their text, so that other code may have changed meanwhile.
What happens to a mutant:

  invalid     does not compile; not counted, and another one takes its place
  equivalent  compiles into the same object code; not counted either
  killed      a test fails, or does not end in time
  excused     survives, and mutate.reasons says why no test can tell
  survived    none of these: a test is missing

mutate.map says which C files are mutated and which tests concern them. Each line is a path prefix
and stages of tests, separated by '|'; a stage is a regular expression of CTest names. The longest
prefix counts. % stands for what follows the prefix in the path, up to a slash or a dot. Tests of the
line that begins with - never run. A stage without any test is passed over. The stages run in order
until one kills the mutant. The first time a test kills, it runs again on the unchanged copy: if it
fails there too, it is named and left out from then on.

mutate.reasons holds one reason a line, keyed by text so that it outlives changes elsewhere:

  FILE | the line as it is | the line as mutated | reason

The exit code is 0 if none survived, 1 if some did, 2 if something is wrong with the tree. Needs
cmake, a compiler and objcopy; uses Ninja and ccache where they are installed.
"""

import argparse
import fcntl
import glob
import hashlib
import json
import os
import random
import re
import resource
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time

# A mutant that allocates without end must not take the machine along. Address space that the board only
# reserves does not count.
MEMORY_MOST = 8 << 30
FILE_MOST = 6 << 30


class Failure(Exception):
    pass


# ---- what can be changed ----

OPERATORS = {
    '<': ['<=', '>'], '<=': ['<', '>='], '>': ['>=', '<'], '>=': ['>', '<='],
    '==': ['!='], '!=': ['=='], '&&': ['||'], '||': ['&&'],
    '+': ['-'], '-': ['+'], '*': ['/'], '/': ['*'], '%': ['*'],
    '<<': ['>>'], '>>': ['<<'], '|': ['&'], '&': ['|'], '^': ['|'],
    '+=': ['-='], '-=': ['+='], '|=': ['&='], '&=': ['|='], '++': ['--'], '--': ['++'],
}
TOKEN = re.compile(r'''
    (?P<word>[A-Za-z_]\w*) |
    (?P<number>0[xX][0-9a-fA-F]+[uUlL]*|\d+\.\d*(?:[eE][-+]?\d+)?[fF]?|\d+[uUlL]*) |
    (?P<operator><<=|>>=|->|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||\+=|-=|\*=|/=|%=|&=|\|=|\^=|
        [-+*/%&|^<>=!~?:]) |
    (?P<other>\S)
''', re.VERBOSE)
KINDS = ('operator', 'comparison', 'constant', 'condition', 'statement', 'result')
# What makes an operator behind it one with two operands.
KEYWORDS = {'return', 'case', 'sizeof', 'else', 'do', 'goto'}
# A line with one of these in front is no statement that can go.
STAYS = re.compile(r'(?:return|goto|case|default|break|continue|else|do|if|for|while|switch|static|'
                   r'const|struct|union|enum|typedef|extern|register|unsigned|signed|int|char|'
                   r'short|long|float|double|bool|void|size_t|ssize_t|\w+_t|\w+\s*:)\b')


def blank(match):
    return re.sub(r'[^\n]', ' ', match.group(0))


def code_of(text):
    """The text with all that is no code blanked: comments, literals, directives but for #define."""
    text = re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'', blank, text,
                  flags=re.DOTALL)
    text = re.sub(r'^[ \t]*#[ \t]*(?!define)[^\n]*', blank, text, flags=re.MULTILINE)
    return re.sub(r'^[ \t]*#[ \t]*define[ \t]+\w+(?:\([^)]*\))?', blank, text, flags=re.MULTILINE)


def number_mutants(word):
    digits = re.match(r'0[xX][0-9a-fA-F]+|\d+$|\d+(?=[uUlL])', word)
    if not digits or re.match(r'0\d', word):
        return []
    value, suffix = int(digits.group(0), 0), word[digits.end():]
    return [str(n) + suffix for n in (value + 1, value - 1) if n >= 0]


def token_changes(code):
    """(begin, end, new) of operators and constants."""
    before = None
    for match in TOKEN.finditer(code):
        kind, word = match.lastgroup, match.group(0)
        two = before is not None and (before[1] in (')', ']') or before[0] == 'number' or
                                      (before[0] == 'word' and before[1] not in KEYWORDS))
        if kind == 'operator' and (two or word in ('++', '--')):
            # a pointer's star and an address' ampersand have no space behind them here
            spaced = code[match.end():match.end() + 1] in (' ', '\n')
            if word not in ('*', '&', '-', '+') or spaced:
                for new in OPERATORS.get(word, []):
                    yield match.start(), match.end(), new
        elif kind == 'number':
            for new in number_mutants(word):
                yield match.start(), match.end(), new
        before = kind, word


def closing(code, at):
    """Place of the parenthesis that closes the one at \\p at."""
    depth = 0
    for i in range(at, len(code)):
        depth += {'(': 1, ')': -1}.get(code[i], 0)
        if depth == 0:
            return i
    return None


def condition_changes(code):
    for match in re.finditer(r'\b(?:if|while) (\()', code):
        end = closing(code, match.start(1))
        if end is not None:
            yield match.start(1), end + 1, None


def statement_changes(code):
    """Whole statements: a call, an assignment, break, continue; also over several lines."""
    for match in re.finditer(r'(?m)^(\t+)(\S[^;{}]*;)[ \t]*(?=\n)', code):
        body = match.group(2)
        if re.match(r'(?:break|continue);', body) or \
           (not STAYS.match(body) and re.match(r'[A-Za-z_*(][\w\s\[\]().>*+-]*?(?:=|\(|\+\+|--)', body)
                and not re.match(r'\w+(?:\s+\**|\s*\*+\s*)\w+\s*(?:=|;|\[)', body)):
            yield match.start(2), match.end(2), ';'
    for match in re.finditer(r'\breturn (-E[A-Z]+|true|false);', code):
        yield match.start(1), match.end(1), {'true': 'false', 'false': 'true'}.get(match.group(1), '0')


def changes(text):
    """All mutations of a file by kind, in an order that is always the same."""
    code = code_of(text)
    found = {kind: set() for kind in KINDS}
    for begin, end, new in token_changes(code):
        word = text[begin:end]
        kind = 'constant' if word[0].isdigit() else \
            'comparison' if word in ('<', '>', '<=', '>=', '==', '!=', '&&', '||') else 'operator'
        found[kind].add((begin, end, new))
    found['condition'] = {(b, e, '(!' + text[b:e] + ')') for b, e, _ in condition_changes(code)}
    for change in statement_changes(code):
        found['statement' if change[2] == ';' else 'result'].add(change)
    return {kind: sorted(places) for kind, places in found.items()}


# ---- the copy ----

class Copy:
    """A copy of the tree, its build folder, and commands in them."""

    def __init__(self, source, work, jobs, never):
        self.source, self.work, self.jobs, self.never = source, work, jobs, never
        self.tree, self.build = os.path.join(work, 'tree'), os.path.join(work, 'build')
        self.temporary = os.path.join(work, 'tmp')
        self.known = {}
        os.makedirs(self.temporary, exist_ok=True)
        self.lock = open(os.path.join(work, 'lock'), 'w')
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Failure(work + ': another run is at work in this folder')
        self.environment = dict(os.environ, TMPDIR=self.temporary, CCACHE_BASEDIR=work)
        self._copy()

    def _copy(self):
        """Bring the copy up to date; what is the same keeps its time, so that little is built."""
        kept = set()
        for folder, folders, files in os.walk(self.source):
            folders[:] = [d for d in folders if d not in ('.git', 'build', '__pycache__')]
            for name in files:
                path = os.path.join(folder, name)
                relative = os.path.relpath(path, self.source)
                target = os.path.join(self.tree, relative)
                kept.add(relative)
                with open(path, 'rb') as file:
                    data = file.read()
                if os.path.isfile(target):
                    with open(target, 'rb') as file:
                        if file.read() == data:
                            continue
                os.makedirs(os.path.dirname(target), exist_ok=True)
                with open(target, 'wb') as file:
                    file.write(data)
                shutil.copymode(path, target)
        for folder, _, files in os.walk(self.tree):
            for name in files:
                path = os.path.join(folder, name)
                if os.path.relpath(path, self.tree) not in kept:
                    os.unlink(path)

    def run(self, command, seconds, directory=None, cpu=None):
        """Exit code and output; code None after the time limit. All of its processes end. \\p cpu:
        seconds that each of them may compute, which a busy machine does not change."""
        def limits():
            resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_MOST, MEMORY_MOST))
            resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_MOST, FILE_MOST))
            if cpu:
                resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
        with tempfile.TemporaryFile('w+', errors='replace') as output:
            process = subprocess.Popen(command, cwd=directory or self.build, stdout=output,
                                       stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                                       env=self.environment, start_new_session=True,
                                       preexec_fn=limits)
            try:
                code = process.wait(seconds)
            except subprocess.TimeoutExpired:
                code = None
            finally:
                try:
                    os.killpg(process.pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
                process.wait()
            output.seek(0)
            return code, output.read()

    def clean(self):
        shutil.rmtree(self.temporary, ignore_errors=True)
        os.makedirs(self.temporary, exist_ok=True)

    def configure(self):
        os.makedirs(self.build, exist_ok=True)
        command = ['cmake', '-S', self.tree, '-B', self.build, '-DCMAKE_BUILD_TYPE=Release',
                   '-DCMAKE_EXPORT_COMPILE_COMMANDS=ON',
                   '-DSOF_SHARED_DIR=' + os.path.join(self.source, '..', 'shared')]
        if shutil.which('ninja'):
            command += ['-G', 'Ninja']
        if shutil.which('ccache'):
            command += ['-DCMAKE_C_COMPILER_LAUNCHER=ccache']
        code, output = self.run(command, 300, self.work)
        if code != 0:
            raise Failure('cmake fails:\n' + output[-2000:])
        # CTest does not say what a test runs before that is built
        good, output = self.make()
        if not good:
            raise Failure('the unchanged tree does not build:\n' + output[-2000:])
        with open(os.path.join(self.build, 'compile_commands.json')) as file:
            self.commands = json.load(file)

    def make(self, targets=None):
        """\\p targets None: all."""
        command = ['cmake', '--build', self.build, '-j', str(self.jobs)]
        code, output = self.run(command + (['--target', *targets] if targets else []), 900)
        return code == 0, output

    def programs(self, pattern):
        """Targets that the tests of a stage are; None: they are scripts, which need everything."""
        if pattern not in self.known:
            code, output = self.run(['ctest', '-R', pattern, '--show-only=json-v1'] +
                                    (['-E', '|'.join(self.never)] if self.never else []), 60)
            tests = json.loads(output)['tests'] if code == 0 else []
            paths = [t['command'][0] for t in tests if 'command' in t]
            own = [p for p in paths if os.path.dirname(p).startswith(self.build)]
            self.known[pattern] = sorted(set(map(os.path.basename, own))) \
                if len(own) == len(paths) else None
        return self.known[pattern]

    def write(self, name, text):
        with open(os.path.join(self.tree, name), 'w') as file:
            file.write(text)

    def objects(self, name):
        """Digest of the machine code that a file becomes, of every way it is compiled; None: it
        does not compile. Includers (the test of a module) use the same expressions, so that the
        file by itself is enough to tell."""
        path = os.path.join(self.tree, name)
        commands = [c for c in self.commands if os.path.normpath(
            os.path.join(c['directory'], c['file'])) == path]
        digest, seen = hashlib.sha256(), set()
        target = os.path.join(self.temporary, 'mutant.o')
        for entry in commands:
            words = entry.get('arguments') or shlex.split(entry['command'])
            words = [w for w in words if w != '-Werror']
            if os.path.basename(words[0]) == 'ccache':
                words = words[1:]
            words[words.index('-o') + 1] = target
            if ' '.join(words) in seen:
                continue
            seen.add(' '.join(words))
            code, _ = self.run(words, 120, entry['directory'])
            if code == 0:
                code, _ = self.run(['objcopy', '--strip-debug', target], 60)
            if code != 0:
                return None
            with open(target, 'rb') as file:
                digest.update(file.read())
        return digest.hexdigest() if seen else ''

    def test(self, pattern, left_out, seconds):
        """Tests that passed, and (name, how) of those that failed until the run stopped, which it
        does at the first; None: out of time."""
        command = ['ctest', '-R', pattern, '-j', str(self.jobs), '--timeout', str(seconds),
                   '--stop-on-failure']
        without = self.never + ['^%s$' % re.escape(n) for n in sorted(left_out)]
        if without:
            command += ['-E', '|'.join(without)]
        code, output = self.run(command, 30 * seconds, cpu=seconds)
        self.clean()
        if code is None:
            return None
        passed = re.findall(r'Test +#\d+: (\S+) \.+ +Passed', output)
        failed = re.findall(r'^\s*\d+ - (\S+) \((?!Skipped)(\w+)', output, re.MULTILINE)
        if code != 0 and not failed and 'No tests were found' not in output:
            raise Failure('ctest fails:\n' + output[-2000:])
        return passed, failed


# ---- which tests ----

class Map:
    def __init__(self, path, most=None):
        self.rows, self.never, self.most = [], [], most
        with open(path) as file:
            for line in file:
                line = line.split('#')[0].strip()
                if line:
                    prefix, stages = line.split(None, 1)
                    if prefix == '-':
                        self.never.append(stages)
                        continue
                    self.rows.append((prefix, [s.strip() for s in stages.split(' | ')]))

    def stages(self, name):
        rows = [r for r in self.rows if name.startswith(r[0])]
        if not rows:
            return None
        prefix, stages = max(rows, key=lambda r: len(r[0]))
        part = name[len(prefix):].split('/')[0].split('.')[0]
        return [s.replace('%', re.escape(part)) for s in stages[:self.most]]


def read_reasons(path):
    reasons = {}
    if not os.path.exists(path):
        return reasons
    with open(path) as file:
        for line in file:
            if line.strip() and not line.startswith('#'):
                parts = [p.strip() for p in line.split(' | ')]
                if len(parts) < 4:
                    raise Failure(path + ': not four parts: ' + line.strip())
                # a line of code may have the separator in it, too
                name, reason, rest = parts[0], parts[-1], parts[1:-1]
                half = len(rest) // 2
                reasons[name, ' | '.join(rest[:half]), ' | '.join(rest[half:])] = reason
    return reasons


# ---- mutants ----

class Mutant:
    def __init__(self, name, text, change):
        begin, end, new = change
        self.name, self.text = name, text
        # a removed statement keeps its lines, so that others keep their numbers
        self.new = text[:begin] + new + '\n' * text[begin:end].count('\n') * (new == ';') + text[end:]
        self.line = text[:begin].count('\n') + 1
        first = text.rfind('\n', 0, begin) + 1
        last = text.find('\n', end)
        # a line that occurs more than once is told together with those before it
        while first > 0 and text.count(text[first:last]) > 1:
            first = text.rfind('\n', 0, first - 1) + 1
        self.before = ' '.join(text[first:last].split())
        self.after = ' '.join(self.new[first:last + len(self.new) - len(text)].split())

    def key(self):
        return self.name, self.before, self.after

    def lines(self):
        return '    - %s\n    + %s' % (self.before, self.after)


def choose(files, seed, number):
    """Any kind is as likely as any other, and among those of a kind any place."""
    pick = random.Random('%d:%d' % (seed, number))
    kind = pick.choice([k for k in KINDS if any(places[k] for _, _, places in files)])
    at = pick.randrange(sum(len(places[kind]) for _, _, places in files))
    for name, text, places in files:
        if at < len(places[kind]):
            return Mutant(name, text, places[kind][at])
        at -= len(places[kind])
    raise AssertionError


def read_files(source, tests, pattern):
    files = []
    for row in sorted({r[0].split('/')[0] for r in tests.rows}):
        for path in sorted(glob.glob(os.path.join(source, row, '**', '*.c'), recursive=True)):
            name = os.path.relpath(path, source)
            if tests.stages(name) is None or (pattern and not re.search(pattern, name)):
                continue
            with open(path) as file:
                text = file.read()
            places = changes(text)
            if any(places.values()):
                files.append((name, text, places))
    if not files:
        raise Failure('no source to mutate')
    return files


class Trial:
    def __init__(self, copy, tests, seconds):
        self.copy, self.tests, self.seconds = copy, tests, seconds
        self.left_out = set()
        self.proven = set()  # tests that passed at least once
        self.originals = {}

    def fails_unchanged(self, name, programs):
        """Whether a test fails on the unchanged tree, too."""
        if name in self.proven:
            return False
        if not self.copy.make(programs)[0]:
            raise Failure('the unchanged tree no longer builds')
        result = self.copy.test('^%s$' % re.escape(name), (), self.seconds)
        if result and not result[1]:
            self.proven.add(name)
            return False
        self.left_out.add(name)
        print('left out, as it fails on the unchanged tree:', name, flush=True)
        return True

    def stage(self, mutant, pattern):
        """\\return what kills the mutant, '' if nothing does, None if it does not build."""
        copy = self.copy
        programs = copy.programs(pattern)
        while programs != []:
            copy.write(mutant.name, mutant.new)
            if not copy.make(programs)[0]:
                return None
            result = copy.test(pattern, self.left_out, self.seconds)
            if result is None:
                return pattern + ' (time limit)'
            self.proven.update(result[0])
            if not result[1]:
                break
            copy.write(mutant.name, mutant.text)
            if not all([self.fails_unchanged(name, programs) for name, _ in result[1]]):
                name, how = [f for f in result[1] if f[0] not in self.left_out][0]
                return name + (', time limit' if how == 'Timeout' else '')
        return ''

    def run(self, mutant):
        """\\return (fate, by what)"""
        copy, stages = self.copy, self.tests.stages(mutant.name)
        if mutant.name not in self.originals:
            self.originals[mutant.name] = copy.objects(mutant.name)
        copy.write(mutant.name, mutant.new)
        try:
            objects = copy.objects(mutant.name)
            if objects is None:
                return 'invalid', ''
            if objects and objects == self.originals[mutant.name]:
                return 'equivalent', ''
            for pattern in stages:
                by = self.stage(mutant, pattern)
                if by is None:
                    return 'invalid', ''
                if by:
                    return 'killed', by
            return 'survived', ''
        finally:
            copy.write(mutant.name, mutant.text)


class Record:
    """The fates of mutants in a file, the last one of a mutant counts."""

    def __init__(self, path, seed, stages):
        self.path, self.seed, self.stages, self.known = path, seed, stages, {}
        if path and os.path.exists(path):
            for entry in read_record(path):
                self.known[entry['seed'], entry['number'], *key_of(entry)] = entry

    def recall(self, number, mutant):
        """\\return (fate, by what), or None if the mutant has to be tried."""
        entry = self.known.get((self.seed, number, *mutant.key()))
        if not entry or (entry['fate'] == 'survived' and
                         (entry['stages'] or 99) < (self.stages or 99)):
            return None
        return entry['fate'], entry['by']

    def add(self, number, mutant, fate, by):
        if self.path:
            with open(self.path, 'a') as file:
                json.dump({'seed': self.seed, 'number': number, 'file': mutant.name,
                           'line': mutant.line, 'before': mutant.before, 'after': mutant.after,
                           'fate': fate, 'by': by, 'stages': self.stages}, file)
                file.write('\n')


def key_of(entry):
    return entry['file'], entry['before'], entry['after']


def read_record(path):
    try:
        with open(path) as file:
            return [json.loads(line) for line in file]
    except (ValueError, KeyError) as error:
        raise Failure('%s: not a record: %s' % (path, error))


def recorded_survivors(path, files):
    """(seed, number, mutant) of all survivors that a record holds; mutant None: its line is gone."""
    fates = {}
    for entry in read_record(path):
        fates[entry['seed'], entry['number']] = entry
    for (seed, number), entry in sorted(fates.items()):
        if entry['fate'] != 'survived':
            continue
        mutants = (Mutant(name, text, change) for name, text, places in files
                   if name == entry['file'] for kind in KINDS for change in places[kind])
        mutant = next((m for m in mutants if m.key() == key_of(entry)), None)
        if mutant is None:
            print('%d %s:%d gone: the source has no such line any more' %
                  (number, entry['file'], entry['line']))
        else:
            yield seed, number, mutant


def arguments():
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    parser = argparse.ArgumentParser(description='Mutate the source and run the tests concerned.')
    parser.add_argument('--seed', type=int, default=None, help='default: made up, and printed')
    parser.add_argument('--count', type=int, default=100, help='mutants that compile (100)')
    parser.add_argument('--from', type=int, default=1, dest='first', help='begin with this one')
    parser.add_argument('--only', type=int, help='this mutant and no other')
    parser.add_argument('--files', help='only files whose path has this regular expression')
    parser.add_argument('--list', action='store_true', help='print the mutants, and run nothing')
    parser.add_argument('--source', default=here, help='the tree (this one)')
    parser.add_argument('--work', help='folder of the copy, kept (a new one, removed)')
    parser.add_argument('--jobs', type=int, default=os.cpu_count())
    parser.add_argument('--stages', type=int, help='only so many stages of tests: survivors are '
                        'to be tried again with all')
    parser.add_argument('--record', help='file that keeps the fates; those it has are taken over')
    parser.add_argument('--again', help='try the survivors of this record, by their text')
    parser.add_argument('--seconds', type=int, default=60, help='time limit of a test, and of each of its '
                        'processes in CPU seconds (60)')
    return parser.parse_args()


def run(args, work):
    seed = args.seed if args.seed is not None else random.SystemRandom().randrange(1 << 31)
    source = os.path.abspath(args.source)
    tests = Map(os.path.join(source, 'tests', 'mutate.map'), args.stages)
    reasons = read_reasons(os.path.join(source, 'tests', 'mutate.reasons'))
    files = read_files(source, tests, args.files)
    restricted = ' --files ' + shlex.quote(args.files) if args.files else ''
    print('seed %d, %d places in %d files' %
          (seed, sum(len(p) for _, _, places in files for p in places.values()), len(files)))
    if args.list:
        for number in range(args.first, args.first + args.count):
            mutant = choose(files, seed, number)
            print('%d %s:%d\n%s' % (number, mutant.name, mutant.line, mutant.lines()))
        return 0
    copy = Copy(source, work, args.jobs, tests.never)
    copy.configure()
    trial = Trial(copy, tests, args.seconds)
    record = Record(args.record, seed, args.stages)
    if args.again:
        chosen = recorded_survivors(args.again, files)
    else:
        numbers = [args.only] if args.only else range(args.first, args.first + 20 * args.count)
        chosen = ((seed, number, choose(files, seed, number)) for number in numbers)
    fates = dict.fromkeys(('killed', 'survived', 'excused', 'equivalent', 'invalid'), 0)
    survivors, seen = [], set()
    for of, number, mutant in chosen:
        if not args.again and fates['killed'] + fates['survived'] + fates['excused'] >= args.count:
            break
        if (mutant.name, mutant.new) in seen:
            continue
        seen.add((mutant.name, mutant.new))
        begin, record.seed = time.monotonic(), of
        result = record.recall(number, mutant)
        if result is None:
            result = trial.run(mutant)
            record.add(number, mutant, *result)
        fate, by = result
        if fate == 'survived' and mutant.key() in reasons:
            fate, by = 'excused', reasons[mutant.key()]
        fates[fate] += 1
        print('%d %s:%d %s%s, %.0f s' % (number, mutant.name, mutant.line, fate,
                                         by and ': ' + by, time.monotonic() - begin), flush=True)
        if fate == 'survived':
            survivors.append((of, number, mutant))
            print(mutant.lines(), flush=True)
    print(', '.join('%d %s' % (n, fate) for fate, n in fates.items()))
    for of, number, mutant in survivors:
        print('survivor %s:%d\n%s\n    tests/mutate.py --seed %d%s --only %d' %
              (mutant.name, mutant.line, mutant.lines(), of, restricted, number))
    return 1 if survivors else 0


def stop(number, frame):
    raise Failure('stopped by signal %d' % number)


def main():
    args = arguments()
    # so that what runs is ended and what is mutated put right
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    work = args.work or tempfile.mkdtemp(prefix='sof-mutate-')
    try:
        os.makedirs(work, exist_ok=True)
        return run(args, os.path.abspath(work))
    except (Failure, OSError) as failure:
        print(failure, file=sys.stderr)
        return 2
    finally:
        if not args.work:
            shutil.rmtree(work, ignore_errors=True)


if __name__ == '__main__':
    sys.exit(main())
