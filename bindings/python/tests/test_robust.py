# SPDX-License-Identifier: MIT
"""Whatever is passed, from whatever state: Python exceptions only. The seed is printed when something else happens."""
import inspect
import os
import random
import tempfile
import unittest
import warnings

from support import CHAT, COST, HAS_NUMPY, MARKET, UNCERTAIN

import aicompute

CALLS = 10000
EXPECTED = (aicompute.Error, TypeError, ValueError, ArithmeticError, LookupError, OSError, ImportError, AttributeError)


class Odd:
    def __float__(self):
        raise ValueError("no")

    def __index__(self):
        raise OverflowError("no")

    def __fspath__(self):
        raise TypeError("no")


def odd_values(chance):
    values = [None, True, 0, 1, -1, 2**32 + 1, 2**63, 2**64, 10**400, -10**400, 0.0, float("nan"), float("inf"), 1e308, 1j, "", "a", "chips", "chat.capex", "cost",
              "a\0b", "\ud800", "\udcff", "規模", "x" * 100000, "[" * 3000, "(" * 3000, "1 USD", "2026", b"", b"\xff\0", bytearray(b"x"), [], [None], ["cost"],
              ["cost", 3], ("x", "aicompute: 1\n"), [("x", "\ud800")], (1, "USD"), {}, {"chips": 1}, {"chips": None}, {"chips": "accelerator"}, {1: 2},
              {"chips": [1, "a"]}, {"chips": [10**400]}, {"days": [1.0, 2.0]}, {"file_bytes": -1}, {"file_bytes": 2**70}, object(), Odd(), int, len, iter([]),
              aicompute.loads(COST), aicompute.loads(COST).evaluate(), slice(None), Ellipsis, (0, 2), (5, 2), (0, 2**21), [0.5], [0.9, 0.1], [2.0], (0.01, 0.99), "monte_carlo", lambda *numbers: None, COST, "file_bytes", "json", "training", "FLOP", "1..2"]
    if HAS_NUMPY:
        import numpy

        values += [numpy.float32(2), numpy.int8(-3), numpy.array([]), numpy.ones((2, 2)), {"chips": numpy.ones(3)}, {"cost": numpy.empty(3)}, {"chips": numpy.ones(3)[::-1]},
                   numpy.array(["a"]), {"chips": numpy.array([None])}, {"chips": numpy.empty(0)}, {"cost": numpy.empty(0)}, numpy.nan, numpy.linspace(0.1, 0.9, 3),
                   numpy.array([0.5, numpy.nan]), numpy.uint64(2**64 - 1)]
    return chance.choice(values)


def closed(one):
    one.close()
    return one


def targets(chance):
    """An object in some state: fresh, changed, closed, made by a constructor that was not run."""
    scenario = aicompute.loads(COST)
    made = chance.choice([
        lambda: scenario, lambda: aicompute.load(CHAT), lambda: aicompute.Scenario(), lambda: scenario.evaluate(), lambda: aicompute.load(MARKET).evaluate(),
        lambda: scenario.check(), lambda: scenario.check().claims, lambda: scenario.evaluate()["cost"], lambda: aicompute.load(MARKET).evaluate()["market.revenue"],
        lambda: scenario.compile(["chips"], ["cost"]), lambda: aicompute.Kinds(), lambda: aicompute.Units(scenario), lambda: aicompute.Scenario.__new__(aicompute.Scenario),
        lambda: aicompute.Model.__new__(aicompute.Model),
        lambda: aicompute.loads(UNCERTAIN), lambda: aicompute.loads(UNCERTAIN).sample_part(100, shard=(0, 2)),
        lambda: closed(aicompute.loads(UNCERTAIN).sample_part(100, shard=(1, 2))), lambda: aicompute.loads(UNCERTAIN).sample(100), lambda: aicompute.loads(UNCERTAIN).sample(100)["bill"],
        lambda: aicompute.loads(UNCERTAIN).sample(100)["cost"].statistics(), lambda: scenario.evaluate().table, lambda: scenario.sensitivity("cost", step=0.1).table, lambda: scenario.solve("cost", "2M USD", "chips").table, lambda: closed(aicompute.loads(UNCERTAIN).sample(100)), lambda: closed(scenario), lambda: closed(scenario.evaluate()), lambda: closed(scenario.compile(["chips"])),
        lambda: closed(aicompute.Kinds()), lambda: closed(aicompute.Units()), lambda: aicompute])()
    return made


SKIPPED = {"__class__", "__init_subclass__", "__subclasshook__", "__new__", "__getattribute__", "__setattr__", "__delattr__", "__dir__", "__class_getitem__",
           "show_versions", "plots", "__loader__", "__spec__", "__builtins__", "__format__", "__sizeof__", "__dict__"}


def attempt(chance):
    target = targets(chance)
    name = chance.choice([name for name in dir(target) if name not in SKIPPED])
    call = getattr(target, name)
    if not callable(call) or (inspect.isclass(call) and issubclass(call, BaseException)):
        return
    arguments = [odd_values(chance) for _ in range(chance.choice([0, 1, 1, 2, 2, 3, 4]))]
    keywords = {}
    if chance.random() < 0.3:
        keywords = {chance.choice(["units", "out", "limits", "libraries", "width", "numerals", "progress", "name", "unit", "format", "seed",
                                   "threads", "quantiles", "names", "method", "replicates", "samples", "year", "shard", "measures", "step", "partial", "together"]): odd_values(chance)}
    call(*arguments, **keywords)


class Robustness(unittest.TestCase):
    def test_thousands_of_random_calls_give_python_exceptions_only(self):
        seed = int(os.environ.get("AICOMPUTE_SEED", "20240817"))
        outcomes = {"returned": 0, "raised": 0}
        here = os.getcwd()
        with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            os.chdir(folder)
            try:
                for number in range(CALLS):
                    chance = random.Random(f"{seed}:{number}")
                    try:
                        attempt(chance)
                        outcomes["returned"] += 1
                    except EXPECTED:
                        outcomes["raised"] += 1
                    except BaseException as error:
                        self.fail(f"AICOMPUTE_SEED={seed}, call {number}: {type(error).__name__}: {error}")
            finally:
                os.chdir(here)
        self.assertGreater(outcomes["raised"], CALLS // 10)
        self.assertGreater(outcomes["returned"], CALLS // 20)

    def test_texts_that_c_cannot_take_are_refused_before_c(self):
        scenario = aicompute.loads(COST)
        for text in ("a\0b", "\ud800"):
            for call in (lambda: scenario.set(text, "1"), lambda: scenario.set("chips", text), lambda: scenario.evaluate([text]), lambda: scenario.explain(text),
                         lambda: scenario.compile([text]), lambda: scenario.compile({"chips": text}), lambda: aicompute.Units().convert(1, text),
                         lambda: aicompute.load(text + "\0")):
                with self.assertRaises(ValueError):
                    call()
        with self.assertRaises(ValueError):
            aicompute.loads("\ud800")
        with self.assertRaises(ValueError):
            aicompute.loads("aicompute: 1\0")

    def test_numbers_that_c_would_cut_are_refused(self):
        scenario = aicompute.load(MARKET)
        for year in (2**31, -2**63, 2**32 + 2026):
            with self.assertRaises(ValueError):
                scenario.set_year("market.price_growth", year, "3 %/year")
        for value in (10**400, float("nan"), float("inf")):
            with self.assertRaises(ValueError):
                scenario.set_number("market.lifetime", value, "year")
        for value in ("4", True, None, b"4"):
            with self.assertRaises(TypeError):
                scenario.set_number("market.lifetime", value, "year")


if __name__ == "__main__":
    unittest.main()
