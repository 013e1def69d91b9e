#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Run random chains of good and bad modules with random options, and check every verdict.

usage: tests/soak/soak.py [--runs N] [--seed N] [--only K] [--exclude REGEX] [--jobs N]
                          [--build DIR]

Run K of seed N is always the same, so that --seed N --only K repeats it; with --keep its folder
stays. The bad modules are those of tests/rogue, and rogues.txt says how each ends. Of each run:

  * the exit code is a documented one, and one that the chain and the options allow
  * it ends: it neither uses far more processor time than it needs, nor does nothing for long
  * each fault names a bad module or, where it says "one of", includes one; no good one is dead
  * the report agrees with the exit code, and with what is there of the output
  * the output is complete or absent, and nothing else is left in its folder, in $TMPDIR or /dev/shm

A bad module is certain to be caught where it is isolated: a DP thread in a domain that it shares
with nobody. Elsewhere (LL, --isolation none, a shared domain) it may damage anybody, and then any
documented end is allowed; a good module may be named, as it is where the damage shows.

The exit code is 0 if all runs are right, 1 if not, 2 if the program or a module is missing.
"""

import argparse
import concurrent.futures
import json
import os
import random
import re
import resource
import shlex
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time

DONE, USAGE, FAILED, FAULT, STALL = range(5)
DOCUMENTED = {DONE, USAGE, FAILED, FAULT, STALL}
ENDS_BY = {-signal.SIGSEGV, -signal.SIGBUS, -signal.SIGILL, -signal.SIGFPE, -signal.SIGABRT,
           -signal.SIGTRAP, -signal.SIGSYS}
GOOD = ['dcblock', 'eqiir', 'eqfir', 'gain', 'drc', 'mb_drc', 'level_multiplier', 'passthrough',
        'template', 'copier', 'xover', 'micsel', 'src', 'asrc', 'mixin', 'demux']
RATES = [8000, 16000, 32000, 44100, 48000, 96000]
# What src and asrc both convert.
CONVERTED = {8000: [48000], 16000: [48000], 32000: [48000], 44100: [48000],
             48000: [16000, 32000, 44100, 96000], 96000: [48000]}
# A run takes some tenths of a second. On a busy machine that may be long, so that a run does not end
# when it has used more than this, or has done nothing for as long.
CPU_SECONDS, IDLE_SECONDS = 30, 40


# ---- bad modules ----

class Rogue:
    def __init__(self, row):
        parts = [p.strip() for p in row.split('|')]
        self.name, chain, code, self.kind = parts[:4]
        flags = parts[6] if len(parts) > 6 else ''
        self.exact = chain.startswith('=')  # elsewhere it may hit nothing
        self.chain = chain.lstrip('=').replace('%', self.name).split(',')
        self.code = int(code)
        self.blob, self.early = 'blob' in flags, 'early' in flags
        self.watchdog = 'watchdog' in flags


def read_rogues(path, objects):
    with open(path) as file:
        rogues = [Rogue(line) for line in file if re.match('[a-z]', line)]
    return [r for r in rogues if os.path.exists(os.path.join(objects, r.name + '.so'))]


# ---- a run ----

def write_wav(path, rate, channels, bits, frames, pick):
    """Noise, and both ends of the range."""
    width = bits // 8
    samples = bytearray()
    for _ in range(min(frames * channels, 997)):
        value = pick.choice([pick.getrandbits(bits), 0, (1 << bits - 1) - 1, 1 << bits - 1])
        samples += value.to_bytes(width, 'little')
    size = frames * channels * width
    data = (bytes(samples) * (size // max(len(samples), 1) + 1))[:size]
    with open(path, 'wb') as file:
        file.write(struct.pack('<4sI4s4sIHHIIHH4sI', b'RIFF', 36 + size, b'WAVE', b'fmt ', 16, 1,
                               channels, rate, rate * channels * width, channels * width, bits,
                               b'data', size))
        file.write(data)


class Run:
    """What is run, and what may come of it; made of a random number's state and nothing else."""

    def __init__(self, pick, rogues):
        self.rate = pick.choice(RATES)
        self.channels = pick.choice([1, 2, 2, 2, 3, 4, 6, 8])
        self.bits = pick.choice([16, 24, 32])
        self.period = pick.choice([1, 1, 1, 2, 4, 10])
        self.noise = pick.getrandbits(32)
        self.rogues = pick.sample(rogues, pick.choice([0, 0, 1, 1, 1, 1, 2]))
        # a bad module misbehaves in its third call
        self.frames = pick.randrange(self.rate * self.period * 6 // 1000, self.rate // 2)
        if not self.rogues:
            self.frames = pick.choice([0, 1, self.frames, self.frames])
        self.options, self.blobs = [], {}
        self.out_rate, self.resampled = self.rate, False
        self._chain(pick)
        self._modes(pick)
        self._other_options(pick)

    def _good(self, pick):
        name = pick.choice(GOOD)
        if name in ('src', 'asrc'):
            if self.resampled:
                return 'gain'
            self.resampled = True
            self.out_rate = pick.choice(CONVERTED[self.rate])
            self.options += ['--rate', '%s=%d' % (name, self.out_rate)]
        return name

    def _chain(self, pick):
        chain = [[self._good(pick)] for _ in range(pick.randrange(0, 5))]
        for rogue in self.rogues:
            chain.insert(pick.randrange(len(chain) + 1), rogue.chain)
        self.chain = sum(chain, []) or ['gain']
        names = []
        for name in self.chain:
            bare = name
            if any(r.name == name and r.blob for r in self.rogues):
                self.blobs['blob.bin'] = bytes(64)
                name += '=blob.bin'
            elif bare == 'eqiir' and pick.random() < 0.5:
                name += '=highpass.txt'
            names.append(name)
        self.options += ['-m', ','.join(names)]

    def _modes(self, pick):
        self.dp = pick.choice(['all', 'all', 'all', 'none', 'some'])
        threads = set(self.chain)
        if self.dp == 'some':
            threads = {n for n in sorted(threads) if pick.random() < 0.6}
        elif self.dp == 'none':
            threads = set()
        if self.dp == 'none' or not threads:
            self.options += ['--dp', 'none']
        elif self.dp == 'some':
            self.options += ['--dp', ','.join(sorted(threads))]
        self.isolation = pick.choice(['auto', 'auto', 'mprotect', 'none', 'required'])
        self.domain = pick.choice(['instance', 'instance', 'type', 'id'])
        self.shared = set()
        if self.domain != 'instance':
            self.options += ['--domain', self.domain]
        if self.domain == 'type':
            self.shared = {n for n in self.chain if self.chain.count(n) > 1}
        if self.domain == 'id':
            ids = {n: pick.randrange(4) for n in sorted(set(self.chain))}
            for name, number in ids.items():
                self.options += ['--domain-id', '%s=%d' % (name, number)]
            used = [ids[n] for n in self.chain]
            self.shared = {n for n in self.chain if ids[n] and used.count(ids[n]) > 1}
        if self.isolation != 'auto':
            self.options += ['--isolation', self.isolation]
        self.contained = self.isolation != 'none' and all(
            n in threads and n not in self.shared
            for r in self.rogues for n in r.chain)

    def _other_options(self, pick):
        self.on_fault = pick.choice(['stop', 'stop', 'mute', 'abort', 'continue'])
        self.share = pick.choice(['heap', 'heap', 'grant'])
        self.heap = pick.choice(['plain', 'plain', 'guard'])
        self.options += ['--on-fault', self.on_fault, '--share', self.share, '--heap', self.heap]
        if self.period != 1:
            self.options += ['--dp-period', str(self.period)]
        if pick.random() < 0.4:
            self.options += ['--cores', str(pick.randrange(1, 5))]
        if pick.random() < 0.2:
            self.options += ['--heap-bytes', pick.choice(['256K', '1M'])]
        if pick.random() < 0.2:
            self.options += ['--stack-bytes', pick.choice(['32K', '64K'])]
        if pick.random() < 0.3:
            self.options += ['-d', pick.choice(['err', 'wrn', 'inf', 'dbg'])]
        self.options += pick.choice([[], ['-q']])
        if any(r.watchdog for r in self.rogues):
            self.options += ['--watchdog', '0.3']
        self.script = None
        if self.chain.count('gain') and self.frames > self.rate // 20 and pick.random() < 0.4:
            self.script = ('amixer -c0 cset name=\'gain.0 volume\' -6dB\nsleep 0.0%d\n'
                           'amixer -c0 cset name=\'gain.0 switch\' off\n' % pick.randrange(1, 5))
            self.options += ['-s', 'control.script']
        self.container = pick.choice(['wav', 'wav', 'flac', 'aiff', 'w64'])
        if self.container == 'flac' and (self.bits == 32 or self.channels > 8):
            self.container = 'wav'

    def command(self, program, objects):
        modules = [n for n in self.chain if os.path.exists(os.path.join(objects, n + '.so'))]
        command = [program, '-i', 'in.wav', '-o', 'out.' + self.container, '--report', 'r.json']
        for name in sorted(set(modules)):
            command += ['--module', os.path.join(objects, name + '.so')]
        return command + self.options

    def prepare(self, folder, source):
        write_wav(os.path.join(folder, 'in.wav'), self.rate, self.channels, self.bits, self.frames,
                  random.Random(self.noise))
        for name, data in self.blobs.items():
            with open(os.path.join(folder, name), 'wb') as file:
                file.write(data)
        if 'highpass.txt' in ' '.join(self.options):
            shutil.copy(os.path.join(source, 'testbench/examples/highpass_40hz_48khz.txt'),
                        os.path.join(folder, 'highpass.txt'))
        if self.script:
            with open(os.path.join(folder, 'control.script'), 'w') as file:
                file.write(self.script)

    # ---- what may come of it ----

    def codes(self):
        if not self.rogues:
            if not self.frames:
                return {USAGE}
            # a converter gives nothing of so short a file, which is told
            return {DONE, FAILED} if self.frames == 1 and self.resampled else {DONE}
        if any(r.code == USAGE for r in self.rogues):
            return {USAGE}
        codes = {r.code for r in self.rogues if r.code} or {DONE}
        if any(r.exact for r in self.rogues):
            codes.add(DONE)
        if not self.contained:
            codes = DOCUMENTED - {USAGE}
        elif self.on_fault in ('mute', 'continue') and STALL in codes:
            # a module that is gone holds the others up, or the watchdog is the first to speak
            codes |= {FAULT} if any(r.code == FAULT for r in self.rogues) else set()
        if self.on_fault == 'abort' and (not self.contained or codes != {DONE}):
            codes = (codes if not self.contained else set()) | ENDS_BY
        return codes


def mistakes(run, folder, before, code, errors):
    """What is wrong with a run that has ended."""
    bad = {r.name for r in run.rogues}
    if code not in run.codes():
        yield 'exit code %s, allowed are %s' % (code, sorted(run.codes()))
    if code == FAULT and not run.rogues:
        yield 'a fault without a bad module'
    out = os.path.join(folder, 'out.' + run.container)
    report = {}
    aborted = code in ENDS_BY
    if os.path.exists(os.path.join(folder, 'r.json')):
        with open(os.path.join(folder, 'r.json')) as file:
            report = json.load(file)
    elif not aborted:
        yield 'no report'
    if report:
        if report['exit_code'] != code and not aborted:
            yield 'the report says exit code %s' % report['exit_code']
        if report['output_written'] != os.path.exists(out):
            yield 'the report says output_written: %s' % report['output_written']
        if run.contained or not run.rogues:
            yield from accusations(report, bad, run.on_fault == 'continue')
        # what is let through may allocate in the kernel's name
        if not run.rogues or (run.contained and run.on_fault != 'continue'):
            for name in ('stray_accesses', 'blocks_left'):
                if report.get('isolation', {}).get(name):
                    yield '%s: %d' % (name, report['isolation'][name])
    if code == DONE:
        yield from incomplete(run, out, report)
    elif os.path.exists(out) and run.on_fault not in ('mute', 'continue'):
        yield 'there is output'
    left = set(os.listdir(folder)) - before - {'out.' + run.container, 'r.json', 'tmp'}
    left |= {'tmp/' + n for n in os.listdir(os.path.join(folder, 'tmp'))}
    if left:
        yield 'left behind: ' + ' '.join(sorted(left))
    if code != DONE and not errors.strip():
        yield 'not a word on stderr'


def accusations(report, bad, let_through):
    """What was let through may have damaged others, so that the first fault alone is certain."""
    for fault in report.get('faults', [])[:1 if let_through else None]:
        words = ' '.join(str(fault.get(k, '')) for k in ('module', 'instance', 'thread'))
        suspects = {n.split('.')[0] for n in fault.get('suspects', [])}
        named = {fault.get('module')} | suspects
        if not named & bad and not any(b in words for b in bad):
            yield 'accused: %s (%s, %s)' % (words, fault.get('kind'), fault.get('where'))
    for module in report.get('modules', []) if not let_through else []:
        if module.get('dead') and module['name'].rsplit('.', 1)[0] not in bad:
            yield 'dead: ' + module['name']


def incomplete(run, out, report):
    if not os.path.exists(out):
        yield 'no output'
        return
    if run.container != 'wav':
        return
    with open(out, 'rb') as file:
        data = file.read()
    at = data.find(b'data')
    size = struct.unpack_from('<I', data, at + 4)[0]
    rate = struct.unpack_from('<I', data, 24)[0]
    width = struct.unpack_from('<H', data, 32)[0]
    if len(data) < at + 8 + size:
        yield 'the output is cut off'
    if rate != run.out_rate:
        yield 'the output has %d Hz, not %d' % (rate, run.out_rate)
    frames = size // width if width else 0
    expected = run.frames * run.out_rate / run.rate
    # who may damage others may also make their frames more
    if (run.contained or not run.rogues) and \
            abs(frames - expected) > (0 if not run.resampled else 2 + expected / 100):
        yield '%d frames, not %d' % (frames, expected)


# ---- all runs ----

def cpu_seconds(pid):
    with open('/proc/%d/stat' % pid) as file:
        fields = file.read().rsplit(')', 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')


def wait(process, limit):
    """Exit code, None if it had to be killed."""
    used, since = 0, time.monotonic()
    while True:
        try:
            return process.wait(2)
        except subprocess.TimeoutExpired:
            now = cpu_seconds(process.pid)
            if now > used + 0.05:
                used, since = now, time.monotonic()
            if used > limit or time.monotonic() - since > IDLE_SECONDS:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                return None


class Soak:
    def __init__(self, args):
        self.args = args
        here = os.path.dirname(os.path.abspath(__file__))
        self.source = os.path.dirname(os.path.dirname(here))
        build = os.path.abspath(args.build or os.path.join(self.source, 'build'))
        self.program = os.path.join(build, 'bin', 'sof-testbench')
        self.objects = args.rogues or os.path.join(build, 'tests', 'rogue', 'objects')
        self.rogues = read_rogues(os.path.join(self.source, 'tests', 'rogue', 'rogues.txt'),
                                  self.objects)
        if args.exclude:
            self.rogues = [r for r in self.rogues if not re.search(args.exclude, r.name)]
        if not os.access(self.program, os.X_OK) or not self.rogues:
            print('soak.py: %s or the modules of tests/rogue are missing' % self.program,
                  file=sys.stderr)
            sys.exit(2)

    def one(self, number):
        run = Run(random.Random('%d:%d' % (self.args.seed, number)), self.rogues)
        folder = tempfile.mkdtemp(prefix='sof-soak-')
        os.mkdir(os.path.join(folder, 'tmp'))
        run.prepare(folder, self.source)
        before = set(os.listdir(folder))
        shared = set(os.listdir('/dev/shm')) if os.path.isdir('/dev/shm') else set()
        command = run.command(self.program, self.objects)
        errors, wrong = '', []
        environment = dict(os.environ, TMPDIR=os.path.join(folder, 'tmp'), LC_ALL='C.UTF-8')
        with open(os.path.join(folder, 'tmp', 'e'), 'w+b') as output:
            os.unlink(output.name)
            process = subprocess.Popen(
                command, cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=output, start_new_session=True,
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (0, 0)))
            # an access that is let through takes two signals, and an allocation is hundreds of them
            code = wait(process, CPU_SECONDS * (8 if run.on_fault == 'continue' else 1))
            if code is None:
                wrong.append('it does not end')
            output.seek(0)
            errors = output.read(1 << 20).decode(errors='replace')
        if code is not None:
            wrong += list(mistakes(run, folder, before, code, errors))
            left = {n for n in set(os.listdir('/dev/shm')) - shared if str(process.pid) in n} \
                if os.path.isdir('/dev/shm') else set()
            if left:
                wrong.append('left behind in /dev/shm: ' + ' '.join(left))
        if not self.args.keep:
            shutil.rmtree(folder, ignore_errors=True)
        return number, run, command, code, wrong, errors, folder

    def tell(self, result):
        number, run, command, code, wrong, errors, folder = result
        if not wrong and not self.args.verbose:
            return
        print('run %d: %s' % (number, '; '.join(wrong) or 'exit %s, as allowed' % code))
        print('  %d Hz, %d channels, %d bits, %d frames%s' %
              (run.rate, run.channels, run.bits, run.frames,
               '' if run.contained else ', not contained'))
        print('  ' + ' '.join(map(shlex.quote, command)))
        for line in errors.splitlines()[:8]:
            print('  | ' + line)
        if self.args.keep:
            print('  in ' + folder)
        print('  tests/soak/soak.py --seed %d --only %d%s --keep' %
              (self.args.seed, number, self.args.exclude and
               ' --exclude ' + shlex.quote(self.args.exclude) or ''), flush=True)

    def run(self):
        args = self.args
        numbers = [args.only] if args.only else range(args.first, args.first + args.runs)
        codes, failed = {}, 0
        print('seed %d, %d bad modules' % (args.seed, len(self.rogues)), flush=True)
        with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
            for result in pool.map(self.one, numbers):
                self.tell(result)
                failed += bool(result[4])
                codes[result[3]] = codes.get(result[3], 0) + 1
        print('%d runs, %d of them wrong; exit codes: %s' %
              (len(numbers), failed,
               ', '.join('%s %d times' % (c, n) for c, n in sorted(codes.items(), key=str))))
        return 1 if failed else 0


def main():
    parser = argparse.ArgumentParser(description='Run random chains and check every verdict.')
    parser.add_argument('--runs', type=int, default=2000)
    parser.add_argument('--seed', type=int, help='default: made up, and printed')
    parser.add_argument('--from', type=int, default=1, dest='first', help='begin with this one')
    parser.add_argument('--only', type=int, help='this run and no other')
    parser.add_argument('--exclude', help='leave out bad modules whose name has this expression')
    parser.add_argument('--jobs', type=int, default=os.cpu_count())
    parser.add_argument('--build', help='build folder')
    parser.add_argument('--rogues', help='folder of the bad modules\' objects')
    parser.add_argument('--keep', action='store_true', help='keep the folders of the runs')
    parser.add_argument('--verbose', action='store_true', help='tell of every run')
    args = parser.parse_args()
    if args.seed is None:
        args.seed = random.SystemRandom().randrange(1 << 31)
    return Soak(args).run()


if __name__ == '__main__':
    sys.exit(main())
