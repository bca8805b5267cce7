# SPDX-License-Identifier: MIT
"""Runs the benchmarks of sampling and prints ratios.

Usage: sampling.py FOLDER [ROUNDS], FOLDER the one with the built programs (meson compile -C build-release bench-sampling gives it).

All programs take their turn in each round; ratios are of processor time, formed round by round, and their median is shown, so that
whatever else the machine does falls on all alike. Memory is the most that a process had, and never less than this program's own, some 13 MiB. A program that is not there is named and left out. SQUIGGLE may name a folder whose
node_modules hold @quri/squiggle-lang.
"""
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys

FOLDER = pathlib.Path(sys.argv[1])
ROUNDS = int(sys.argv[2]) if len(sys.argv) > 2 else 5
HERE = pathlib.Path(__file__).parent


def built(name, *words):
    """A program of this folder: its command, or why it does not run."""
    path = FOLDER / name
    return [str(path), *map(str, words)] if path.exists() else "not built: what it needs is not on this machine"


def python(name, module, *words):
    if subprocess.run([sys.executable, "-c", "import " + module], stderr=subprocess.DEVNULL).returncode:
        return module + " is not installed for " + sys.executable
    return [sys.executable, str(HERE / name), *map(str, words)]


def squiggle(samples, rounds):
    if not shutil.which("node") or not os.environ.get("SQUIGGLE"):
        return "node is not installed, or SQUIGGLE does not name a folder with @quri/squiggle-lang"
    return ["node", str(HERE / "sampling_squiggle.mjs"), str(samples), str(rounds)]


def run(command):
    """The round's figures: medians over the runs inside one process."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode or not lines:
        return None
    return {key: statistics.median(line[key] for line in lines) for key in lines[0]}


def table(title, unit, scale, programs, per=1, seldom=(), draws={}):
    """`programs`: name to command, the first is what ratios are formed with. `per`: draws of each run, whose time is shown, too; `draws`: of a
    program that makes another number of them."""
    print("\n" + title)
    print("%-44s %12s %12s %8s %10s %9s" % ("", unit, "ns each" if per > 1 else "", "ratio", "wall " + unit, "MiB"))
    seen = {name: [] for name, command in programs.items() if isinstance(command, list)}
    for number in range(ROUNDS):
        for name in seen:
            if name not in seldom or number == 0:
                seen[name].append(run(programs[name]))
    base = next(iter(seen.values()), [])
    for name, command in programs.items():
        rounds = [(mine, other) for mine, other in zip(seen.get(name, []), base) if mine and other]
        if not rounds:
            print("%-44s %s" % (name, command if isinstance(command, str) else "does not run here"))
            continue
        cpu = statistics.median(mine["cpu"] for mine, _ in rounds)
        ratio = statistics.median(mine["cpu"] / other["cpu"] for mine, other in rounds)
        wall = statistics.median(mine["wall"] for mine, _ in rounds)
        memory = statistics.median(mine["memory"] for mine, _ in rounds)
        each = "%.2f" % (cpu / draws.get(name, per) * 1e9) if per > 1 else ""
        print("%-44s %12.4g %12s %8.3g %10.4g %9.1f" % (name, cpu * scale, each, ratio, wall * scale, memory))
    sys.stdout.flush()


def library(method, samples, replicates=1, rounds=5, threads=1, how="best"):
    return built("sampling_library", method, samples, replicates, rounds, threads, how)


SETS = {"the library, %s" % name: library("mc", 1000000, rounds=rounds, how=name) for name, rounds in (("avx512", 5), ("avx2", 5), ("generic", 1))}
table("W1, a million draws: seven inputs, five outputs, each with mean, sd, three quantiles", "ms", 1e3, {
    "by hand": built("sampling_limit", 1000000, 5, 1),
    "the library, Monte Carlo": library("mc", 1000000, how="api"),
    "the library, Sobol' points, 8 replicates": library("sobol", 131072, 8, how="api"),
    **SETS,
    "NumPy": python("sampling_numpy.py", "numpy", 1000000, 2),
    "C with GSL": built("sampling_gsl", 1000000, 2),
    "OpenTURNS, one thread": python("sampling_openturns.py", "openturns", 1000000, 1),
    "Squiggle": squiggle(1000000, 1),
}, 1000000, seldom=("Squiggle", "the library, generic"), draws={"the library, Sobol' points, 8 replicates": 1048576})
table("W1, ten million draws: memory, and a second thread", "ms", 1e3, {
    "by hand": built("sampling_limit", 10000000, 1, 1),
    "by hand, two threads": built("sampling_limit", 10000000, 1, 2),
    "the library": library("mc", 10000000, rounds=1, how="api"),
    "the library, two threads": library("mc", 10000000, rounds=1, threads=2, how="api"),
}, 10000000)
table("W1, few Sobol' points: the evaluator alone, from a compiled model on", "us", 1e6, {
    "by hand, 2048 random draws": built("sampling_limit", 2048, 100, 1),
    "1024 points": library("sobol", 1024, rounds=100),
    "2048 points": library("sobol", 2048, rounds=100),
    "4096 points": library("sobol", 4096, rounds=100),
    "8 replicates of 256": library("sobol", 256, 8, rounds=100),
    "8 replicates of 1024": library("sobol", 1024, 8, rounds=100),
    "8 replicates of 1024, by the public function": library("sobol", 1024, 8, rounds=100, how="api"),
})
table("W2, first-order and total indices of one output, 65 536 base points", "ms", 1e3, {
    "by hand": built("indices_limit", 16, 10),
    "the library": built("indices_library", 16, 10),
    "the library, 8 replicates of 8192": built("indices_library", 16, 10, 8),
})


def elasticities(what):
    return built("elasticities_library", what, 131072, 8, 3)


table("W1, elasticities of capex by all inputs, averaged over 8 x 131 072 Sobol' points, against statistics of these", "ms", 1e3, {
    "statistics of capex": elasticities("plain"),
    "statistics of all five outputs": elasticities("plain5"),
    "elasticities of capex, drawing included": elasticities("elasticities"),
    "aic_scenario_sample() of capex": elasticities("sample"),
    "aic_scenario_sensitivity() of capex": elasticities("sensitivity"),
}, 1048576)
table("W3, one evaluation of a compiled model", "ns", 1e9, {
    "the same lines of C": built("calls", "formula", 20),
    "the library": built("calls", "evaluate", 20),
})
table("W4, a scenario of 200 assumptions", "us", 1e6, {
    "libyaml's bare events": built("calls", "events", 10),
    "the library, loaded and compiled": built("calls", "load", 10),
})
table("W1, swept by the public function: a point", "ns", 1e9, {
    "one evaluation of the compiled model": built("calls", "evaluate", 20),
    "10 000 points, certain, five outputs": built("calls", "sweep", 20),
    "1000 points, 1024 draws at each, capex": built("calls", "sweep-draws", 5),
})
