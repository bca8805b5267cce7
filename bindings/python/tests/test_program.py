# SPDX-License-Identifier: MIT
"""The same bits through Python as through the C program, for every example scenario; and the documentation's examples run."""
import doctest
import json
import os
import struct
import subprocess
import sys
import unittest

from support import EXAMPLES, PACKAGE, ROOT

import aicompute

PROGRAM = os.environ.get("AICOMPUTE_PROGRAM")


def bits(values):
    return [struct.pack("<d", value) for value in values]


class FromTheRoot(unittest.TestCase):
    """Files are named as from the root of the source tree, so that their names are the same everywhere."""

    def setUp(self):
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(ROOT)


@unittest.skipUnless(PROGRAM, "AICOMPUTE_PROGRAM does not name the program")
class SameBits(FromTheRoot):
    def program(self, *words):
        environment = {key: value for key, value in os.environ.items() if key != "LD_PRELOAD"}
        return subprocess.run([PROGRAM, *words, "--format", "json"], capture_output=True, text=True, timeout=120, cwd=ROOT, env=environment).stdout

    def test_every_number_of_every_example(self):
        numbers = 0
        for path in EXAMPLES:
            result = aicompute.load(os.path.relpath(path, ROOT)).evaluate()
            said = self.program("eval", os.path.relpath(path, ROOT))
            self.assertEqual(result.json(), said, path.name)
            for one in json.loads(said)["quantities"]:
                values = one.get("values", [one.get("value")])
                if all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in values):
                    self.assertEqual(bits(result[one["name"]].tolist()), bits(values), one["name"])
                    numbers += len(values)
        self.assertGreater(numbers, 1000)

    def test_compiled_models_give_the_bits_of_evaluations(self):
        numbers = 0
        for path in EXAMPLES:
            scenario = aicompute.load(os.path.relpath(path, ROOT))
            result, model = scenario.evaluate(), scenario.compile()
            units = {one.name: one.unit for one in model.outputs}
            found = model.evaluate()
            for one in result.values():
                for name, value in [(one.name, one.value)] if not one.years else [(f"{one.name}[{year}]", value) for year, value in one.items()]:
                    if units.get(name) == one.unit:
                        self.assertEqual(bits([found[name]]), bits([value]), name)
                        numbers += 1
        self.assertGreater(numbers, 300)

    def test_every_claim_of_every_example(self):
        claims = 0
        for path in EXAMPLES:
            result = aicompute.load(os.path.relpath(path, ROOT)).check()
            said = self.program("check", os.path.relpath(path, ROOT))
            self.assertEqual(result.json(), said, path.name)
            for claim, one in zip(result.claims, json.loads(said)["claims"]):
                self.assertEqual((claim.id, claim.verdict), (one["id"], one["verdict"]))
                claims += 1
        self.assertGreater(claims, 100)

    def test_python_m_aicompute_is_the_program(self):
        environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent), "PATH": os.path.dirname(PROGRAM) + os.pathsep + os.environ["PATH"]}
        done = subprocess.run([sys.executable, "-m", "aicompute", "--version"], capture_output=True, text=True, env=environment)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn(aicompute.library_version(), done.stdout)


class Documentation(FromTheRoot):
    def test_the_examples_of_the_manual_run(self):
        try:
            import numpy  # noqa: F401
            import pandas  # noqa: F401
            import matplotlib  # noqa: F401
        except ImportError:
            self.skipTest("the manual uses NumPy, pandas and matplotlib")
        found = doctest.testfile(str(ROOT / "doc/python.md"), module_relative=False, optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
        self.assertEqual(found.failed, 0)
        self.assertGreater(found.attempted, 20)

    def test_the_examples_of_the_package_run(self):
        found = doctest.testmod(aicompute)
        self.assertEqual(found.failed, 0)
        self.assertGreater(found.attempted, 2)


if __name__ == "__main__":
    unittest.main()
