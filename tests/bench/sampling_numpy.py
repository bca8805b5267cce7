# SPDX-License-Identifier: MIT
"""W1 as one writes it with NumPy: whole columns. Usage: sampling_numpy.py SAMPLES ROUNDS"""
import json
import resource
import sys
import time

import numpy

SAMPLES, ROUNDS = int(float(sys.argv[1])), int(sys.argv[2])


def from_interval(random, p5, p95):
    low, high = numpy.log(p5), numpy.log(p95)
    return random.lognormal((low + high) / 2, (high - low) / (2 * 1.6448536269514722), SAMPLES)


def run(seed):
    random = numpy.random.default_rng(seed)
    parameters, tokens = from_interval(random, 0.5e12, 2e12), from_interval(random, 150, 500)
    utilization, visits = random.uniform(0.2, 0.5, SAMPLES), from_interval(random, 4e7, 9e7)
    queries, peak = random.triangular(5, 10, 15, SAMPLES), random.uniform(1, 4, SAMPLES)
    price = random.normal(29000, 3000, SAMPLES)
    per_query = 2 * parameters * tokens / utilization
    rate = per_query * visits * queries / 86400 * peak
    accelerators = rate / 65e12
    servers = accelerators / 8
    for column in per_query, rate, accelerators, servers, servers * price:
        mean = column.mean()
        column.std()
        numpy.quantile(column, [0.05, 0.5, 0.95])
    return mean


for number in range(ROUNDS + 1):
    processor, wall = time.process_time(), time.perf_counter()
    check = run(number)
    spent = {"cpu": time.process_time() - processor, "wall": time.perf_counter() - wall, "check": float(check)}
    spent["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if number:  # the first one warms up
        print(json.dumps(spent))
