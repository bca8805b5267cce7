#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What a call costs: one formula by plain Python, by NumPy, and by a compiled scenario, once and in batches. Nanoseconds of processor time per evaluation.

Usage: AICOMPUTE_LIBRARY=build/lib/libaicompute.so.0 PYTHONPATH=bindings/python python3 bindings/python/bench.py
"""
import statistics
import time

import numpy

import aicompute

SCENARIO = """aicompute: 1
assumptions:
  parameters: 70B parameter
  tokens: 15T token
  flop: 6 FLOP/parameter/token
  peak: 989 TFLOP/s/accelerator
  utilization: 40 %
  price: 2 USD/accelerator-hour
  overhead: 1.07
calculations:
  cost: parameters * tokens * flop / (peak * utilization) * overhead * price
"""
VARYING = {"parameters": "parameter", "tokens": "token", "utilization": "1", "price": "USD/accelerator-hour"}
REPEATS = 7


def formula(parameters, tokens, utilization, price):
    return parameters * tokens * 6 / (989e12 * utilization) * 1.07 * price / 3600


def nanoseconds(call, evaluations, least=0.1):
    """The median of several runs, each of so many calls that it takes a tenth of a second."""
    calls, took = 1, 0.0
    while took < least:
        calls *= 2
        start = time.process_time()
        for _ in range(calls):
            call()
        took = time.process_time() - start
    runs = []
    for _ in range(REPEATS):
        start = time.process_time()
        for _ in range(calls):
            call()
        runs.append((time.process_time() - start) / calls / evaluations * 1e9)
    return statistics.median(runs)


def columns(rows):
    chance = numpy.random.default_rng(1)
    return {"parameters": chance.uniform(1e9, 1e12, rows), "tokens": chance.uniform(1e12, 2e13, rows), "utilization": chance.uniform(0.2, 0.6, rows),
            "price": chance.uniform(1, 4, rows)}


def main():
    scenario = aicompute.loads(SCENARIO)
    model = scenario.compile(VARYING, {"cost": "USD"})
    one = {name: float(column[0]) for name, column in columns(1).items()}
    lane = [one[column.name] for column in model.inputs]
    assert abs(model.evaluate(lane)["cost"] / formula(**one) - 1) < 1e-14
    print("one evaluation                                     ns")
    for name, call in (("plain Python", lambda: formula(**one)), ("model.evaluate(list)", lambda: model.evaluate(lane)),
                       ("model.evaluate(mapping)", lambda: model.evaluate(one)), ("scenario.evaluate('cost')", lambda: scenario.evaluate("cost"))):
        print(f"  {name:44} {nanoseconds(call, 1):9.0f}")
    print("a batch, ns an evaluation          rows: " + "".join(f"{rows:>10}" for rows in (10, 1000, 100_000, 1_000_000)))
    table = {"plain Python": [], "NumPy": [], "model.batch": [], "model.batch, out=": []}
    for rows in (10, 1000, 100_000, 1_000_000):
        data, out = columns(rows), {"cost": numpy.empty(rows)}
        assert numpy.allclose(model.batch(data)["cost"], formula(**data), rtol=1e-14, atol=0)
        table["plain Python"].append(nanoseconds(lambda: [formula(**one) for _ in range(min(rows, 1000))], min(rows, 1000)))
        table["NumPy"].append(nanoseconds(lambda: formula(**data), rows))
        table["model.batch"].append(nanoseconds(lambda: model.batch(data), rows))
        table["model.batch, out="].append(nanoseconds(lambda: model.batch(data, out=out), rows))
    for name, found in table.items():
        print(f"  {name:39}" + "".join(f"{one:10.1f}" for one in found))


if __name__ == "__main__":
    main()
