# SPDX-License-Identifier: MIT
"""W1 as one writes it with OpenTURNS: a joint distribution and a symbolic function. Usage: sampling_openturns.py SAMPLES ROUNDS"""
import json
import math
import resource
import sys
import time

import openturns

SAMPLES, ROUNDS = int(float(sys.argv[1])), int(sys.argv[2])
openturns.TBB.SetThreadsNumber(1)


def from_interval(p5, p95):
    low, high = math.log(p5), math.log(p95)
    return openturns.LogNormal((low + high) / 2, (high - low) / (2 * 1.6448536269514722))


inputs = openturns.ComposedDistribution([
    from_interval(0.5e12, 2e12), from_interval(150, 500), openturns.Uniform(0.2, 0.5), from_interval(4e7, 9e7),
    openturns.Triangular(5, 10, 15), openturns.Uniform(1, 4), openturns.Normal(29000, 3000)])
per_query = "2 * parameters * tokens / utilization"
rate = per_query + " * visits * queries / 86400 * peak"
model = openturns.SymbolicFunction(
    ["parameters", "tokens", "utilization", "visits", "queries", "peak", "price"],
    [per_query, rate, rate + " / 65e12", rate + " / 65e12 / 8", rate + " / 65e12 / 8 * price"])


def run(seed):
    openturns.RandomGenerator.SetSeed(seed)
    outputs = model(inputs.getSample(SAMPLES))
    mean = outputs.computeMean()
    outputs.computeStandardDeviation()
    for probability in 0.05, 0.5, 0.95:
        outputs.computeQuantilePerComponent(probability)
    return mean[4]


for number in range(ROUNDS + 1):
    processor, wall = time.process_time(), time.perf_counter()
    check = run(number)
    spent = {"cpu": time.process_time() - processor, "wall": time.perf_counter() - wall, "check": check}
    spent["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if number:  # the first one warms up
        print(json.dumps(spent))
