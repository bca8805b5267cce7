#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The how-tos of doc/shards.md run as they stand, and come to the very JSON of `aicompute eval`; those of MPI and Dask where Debian's packages are installed, which is said. Parts that are
missing, or were made by a run that was stopped, are said to be that by the program.

Usage: shards.py SOURCE_ROOT PROGRAM
"""
import importlib.util
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

SCENARIO = "aicompute: 1\nassumptions: {x: 1 to 4, u: \"uniform(2, 5)\"}\ncalculations: {y: x * u, z: \"min(x, u)\"}\n"


def run(command, folder, environment, expected=0):
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == expected, f"{command}: exit status {done.returncode}\n{done.stderr}"
    return done


def stopped(program, folder, environment):
    """A run that was stopped leaves a part: exit status 130, and a partial result."""
    running = subprocess.Popen([program, "sample", "chat.yaml", "--samples", "4000000000", "--shard", "0/1", "--output", "stopped"], cwd=folder, env=environment, stderr=subprocess.PIPE, text=True)
    time.sleep(2)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 130, f"stopped: {running.returncode} {said}"
    if pathlib.Path(folder, "stopped").exists():
        assert "AIC-734" in said, said
        run([program, "merge", "stopped"], folder, environment, 2)
        run([program, "merge", "--partial", "stopped"], folder, environment)


def main():
    root, program = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
    page = (root / "doc/shards.md").read_text(encoding="utf-8")
    shells, pythons = (re.findall(rf"^```{language}\n(.*?)^```", page, re.M | re.S) for language in ("sh", "python"))
    assert len(shells) == 2 and len(pythons) == 2
    with tempfile.TemporaryDirectory() as folder:
        environment = dict(os.environ, PATH=f"{program.parent}:{os.environ['PATH']}", OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1")
        pathlib.Path(folder, "chat.yaml").write_text(SCENARIO)
        whole = run([program, "eval", "chat.yaml", "--samples", "1000000", "--format", "json"], folder, environment).stdout
        text = run([program, "eval", "chat.yaml", "--samples", "1000000"], folder, environment).stdout
        assert run(["sh", "-eu", "-c", shells[0]], folder, environment).stdout == text
        missing = run([program, "merge", "0.part", "3.part"], folder, environment, 2)
        assert "AIC-731" in missing.stderr
        partial = run([program, "merge", "--partial", "0.part", "3.part"], folder, environment)
        assert "AIC-734" in partial.stderr and "from 524288 draws" in partial.stdout
        assert "AIC-730" in run([program, "merge", "0.part", "0.part"], folder, environment, 2).stderr
        run(["sh", "-eu", "-c", shells[1]], folder, environment)
        assert pathlib.Path(folder, "chat.json").read_text() == whole
        for shard in ("4/4", "1", "-1/2", "0/0", "0/2000000"):
            run([program, "sample", "chat.yaml", "--shard", shard, "--output", "x"], folder, environment, 2)
        assert not pathlib.Path(folder, "x").exists()
        run([program, "sample", "chat.yaml", "--shard", "0/1"], folder, environment, 2)
        stopped(program, folder, environment)
        ran = ["shell", "xargs"]
        for name, module, tool, command in (("MPI", "mpi4py", "mpiexec", ["mpiexec", "--oversubscribe", "-n", "4", sys.executable]), ("Dask", "distributed", "sh", [sys.executable])):
            if importlib.util.find_spec(module) is None or shutil.which(tool) is None:
                print(f"{name}: skipped, {module} is not installed")
                continue
            script = pathlib.Path(folder, f"shards_{name}.py")
            script.write_text(next(text for text in pythons if module.split(".")[0] in text))
            found = run([*command, script, "chat.yaml"], folder, environment).stdout
            assert found == whole, f"{name}: {found}"
            ran.append(name)
    print(f"the very result by {', '.join(ran)}")
    return 0


sys.exit(main())
