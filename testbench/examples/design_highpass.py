#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Print an eqiir configuration with one second-order high-pass for every channel.

usage: design_highpass.py [CUTOFF_HZ [RATE_HZ]] > highpass.txt   (40 Hz at 48000 Hz)

The biquad is the high-pass of Robert Bristow-Johnson's "Cookbook formulae for audio equalizer
biquad filter coefficients" with Q = 1/sqrt(2). The words are a TLV header, SOF's ABI header and
struct sof_eq_iir_config with one response of one section. Feedback coefficients are stored
negated; all are Q2.30. The forward ones are halved, which keeps the sums inside away from full
scale, and a left shift by one at the output makes up for it.
"""
import math
import sys

CHANNELS = 2  # further channels of a stream take the last one's response


def q(value, bits):
    return round(value * 2 ** bits) & 0xffffffff


def main():
    cutoff = float(sys.argv[1]) if len(sys.argv) > 1 else 40.0
    rate = float(sys.argv[2]) if len(sys.argv) > 2 else 48000.0
    w = 2 * math.pi * cutoff / rate
    alpha = math.sin(w) / math.sqrt(2)
    a0, a1, a2 = 1 + alpha, -2 * math.cos(w), 1 - alpha
    b0, b1 = (1 + math.cos(w)) / 2, -(1 + math.cos(w))
    section = [q(-a2 / a0, 30), q(-a1 / a0, 30), q(b0 / a0 / 2, 30), q(b1 / a0 / 2, 30),
               q(b0 / a0 / 2, 30), 0xffffffff, q(1.0, 14)]
    response = [1, 1, 0, 0, 0, 0] + section
    body = [CHANNELS, 1, 0, 0, 0, 0] + [0] * CHANNELS + response
    size = 4 * (len(body) + 1)
    abi = [0x34464f53, 0, size, 3 << 24 | 29 << 12 | 1, 0, 0, 0, 0]
    print(','.join(str(word) for word in [3, size + 32] + abi + [size] + body))


main()
