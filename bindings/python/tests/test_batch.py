# SPDX-License-Identifier: MIT
"""Compiled models on NumPy arrays and pandas frames: no copies, views that live, units that are checked, interrupts that stop C."""
import gc
import os
import pickle
import signal
import threading
import time
import unittest

from support import CHAT, COST, MARKET, TRAINING, needs_numpy, needs_pandas

import aicompute


class Once(unittest.TestCase):
    def test_what_is_left_out_stays_as_the_scenario_says(self):
        model = aicompute.loads(COST).compile({"chips": "accelerator", "days": "h"}, {"cost": "USD"})
        self.assertEqual([(one.name, one.unit, one.value) for one in model.inputs], [("chips", "accelerator", 1000.0), ("days", "h", 720.0)])
        self.assertEqual(model.evaluate({"chips": 2000}), {"cost": 2880000.0})
        self.assertEqual(model.evaluate([1000, 24]), {"cost": 48000.0})
        self.assertEqual(model.evaluate(), {"cost": 1440000.0})
        with self.assertRaises(aicompute.UnknownNameError):
            model.evaluate({"chip": 2000})
        with self.assertRaises(aicompute.ArgumentError):
            model.evaluate([1])

    def test_a_value_that_is_not_finite_is_an_error_that_names_the_operation(self):
        model = aicompute.loads("aicompute: 1\nassumptions: {a: 1}\ncalculations: {b: 1 / a}\n").compile(["a"], ["b"])
        with self.assertRaises(aicompute.DomainError) as caught:
            model.evaluate([0])
        self.assertIn("b", str(caught.exception))

    def test_a_gradient_has_every_output_by_every_input(self):
        model = aicompute.loads(COST).compile(["chips", "days"], ["cost"])
        gradient = model.gradient({"chips": 500})
        self.assertEqual(list(gradient["cost"]), ["chips", "days"])
        self.assertAlmostEqual(gradient["cost"]["chips"] / (model.evaluate({"chips": 500})["cost"] / 500), 1, places=12)

    def test_a_model_pickles(self):
        model = aicompute.load(MARKET).compile(["market.price_base"], ["market.revenue[2026]"])
        again = pickle.loads(pickle.dumps(model))
        self.assertEqual(again.evaluate([1e5]), model.evaluate([1e5]))
        self.assertEqual(again.outputs, model.outputs)

    def test_a_model_is_not_made_by_hand(self):
        for kind in (aicompute.Model, aicompute.Result):
            with self.assertRaises(TypeError):
                kind()


@needs_numpy
class Arrays(unittest.TestCase):
    def setUp(self):
        import numpy

        self.numpy = numpy
        self.model = aicompute.loads(COST).compile(["chips", "price"], ["cost"])

    def test_a_batch_gives_the_bits_of_single_calls(self):
        chips = self.numpy.linspace(1, 5000, 1001)
        found = self.model.batch({"chips": chips})["cost"]
        self.assertEqual(found.tolist(), [self.model.evaluate({"chips": one})["cost"] for one in chips])

    def test_contiguous_doubles_are_read_and_written_in_place(self):
        from aicompute._model import _as_doubles

        chips, out = self.numpy.linspace(1, 2, 10), self.numpy.empty(10)
        self.assertIs(_as_doubles(self.numpy, "chips", chips), chips)
        self.assertIs(self.model.batch({"chips": chips}, out={"cost": out})["cost"], out)
        self.assertEqual(out.tolist(), self.model.batch({"chips": chips})["cost"].tolist())

    def test_other_arrays_are_converted(self):
        numpy = self.numpy
        wanted = self.model.batch({"chips": [1.0, 2.0, 3.0]})["cost"].tolist()
        for chips in (numpy.array([1, 2, 3], dtype="int16"), numpy.array([1, 2, 3], dtype=">f8"), numpy.array([1.0, 0, 2, 0, 3, 0])[::2], (1, 2, 3),
                      numpy.array([1, 2, 3], dtype="f4"), numpy.frombuffer(b"x" + numpy.array([1.0, 2, 3]).tobytes(), dtype="f8", offset=1),
                      numpy.array([1, 2, 3], dtype=object)):
            self.assertEqual(self.model.batch({"chips": chips})["cost"].tolist(), wanted)

    def test_a_number_stands_for_every_value(self):
        self.assertEqual(self.model.batch({"chips": [1.0, 2.0], "price": self.model.inputs[1].value})["cost"].tolist(),
                         self.model.batch({"chips": [1.0, 2.0]})["cost"].tolist())

    def test_an_empty_batch_is_fine(self):
        self.assertEqual(len(self.model.batch({"chips": []})["cost"]), 0)

    def test_what_does_not_fit_is_refused(self):
        numpy = self.numpy
        fixed = numpy.empty(2)
        fixed.flags.writeable = False
        shared = numpy.ones(2)
        cases = [
            (aicompute.ArgumentError, dict(inputs={"chips": [1.0, 2.0], "price": [1.0]})),
            (aicompute.ArgumentError, dict(inputs={"chips": [[1.0]]})),
            (aicompute.UnknownNameError, dict(inputs={"chip": [1.0]})),
            (aicompute.UnknownNameError, dict(inputs={"chips": [1.0]}, out={"costs": numpy.empty(1)})),
            (aicompute.ArgumentError, dict(inputs={"chips": [1.0]}, out={"cost": numpy.empty(2)})),
            (aicompute.ArgumentError, dict(inputs={"chips": [1.0, 2.0]}, out={"cost": numpy.empty(2, dtype="f4")})),
            (aicompute.ArgumentError, dict(inputs={"chips": [1.0, 2.0]}, out={"cost": numpy.empty(4)[::2]})),
            (aicompute.ArgumentError, dict(inputs={"chips": [1.0, 2.0]}, out={"cost": fixed})),
            (aicompute.ArgumentError, dict(inputs={"chips": shared}, out={"cost": shared})),
            (aicompute.UnitError, dict(inputs={"chips": [1.0]}, units={"chips": "USD"})),
            (TypeError, dict(inputs={"chips": ["a"]})),
            (TypeError, dict(inputs={"chips": [1j]})),
            (TypeError, dict(inputs={"chips": [True]})),
            (TypeError, dict(inputs={"chips": [1.0]}, out=[1])),
            (TypeError, dict(inputs=[1.0])),
        ]
        for kind, arguments in cases:
            with self.assertRaises(kind, msg=str(arguments)):
                self.model.batch(**arguments)

    def test_units_of_columns_are_converted(self):
        days = aicompute.loads(COST).compile(["days"], ["cost"])
        self.assertEqual(days.batch({"days": [30.0]}, units={"days": "day"})["cost"].tolist(), [1440000.0])

    def test_a_view_is_read_only_shares_the_results_memory_and_keeps_it_alive(self):
        numpy = self.numpy
        result = aicompute.load(MARKET).evaluate()
        wanted = result["market.revenue"].tolist()
        first, second = result["market.revenue"].values, numpy.asarray(result["market.revenue"])
        self.assertTrue(numpy.shares_memory(first, second))
        self.assertFalse(first.flags.writeable or first.flags.owndata)
        with self.assertRaises(ValueError):
            first[0] = 1
        part = second[1:]
        result.close()
        del result, second
        gc.collect()
        waste = [aicompute.load(MARKET).evaluate() for _ in range(20)]
        self.assertEqual((first.tolist(), part.tolist()), (wanted, wanted[1:]))
        del waste

    def test_progress_is_told_and_ends_with_all(self):
        said = []
        self.model.batch({"chips": self.numpy.ones(1 << 20)}, progress=lambda done, count: said.append((done, count)))
        self.assertEqual(said[-1], (1 << 20, 1 << 20))

    def test_an_exception_in_progress_stops_the_batch(self):
        def fail(done, count):
            raise KeyError("enough")

        with self.assertRaises(KeyError):
            self.model.batch({"chips": self.numpy.ones(1000)}, progress=fail)

    def test_an_interrupt_stops_a_long_batch_within_a_fraction_of_a_second(self):
        numpy = self.numpy
        model = aicompute.load(TRAINING).compile(["chips", "peak"])
        count = 1 << 21
        out = {one.name: numpy.empty(count) for one in model.outputs}
        inputs = {"chips": numpy.full(count, 8960.0)}
        start = time.monotonic()
        model.batch(inputs, out=out)
        whole = time.monotonic() - start
        sent = []

        def interrupt():
            sent.append(time.monotonic())
            os.kill(os.getpid(), signal.SIGINT)

        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        timer = threading.Timer(whole / 4, interrupt)
        try:
            timer.start()
            with self.assertRaises(KeyboardInterrupt):
                while True:
                    model.batch(inputs, out=out)
            self.assertLess(time.monotonic() - sent[0], 0.5)
        finally:
            timer.join()
            signal.signal(signal.SIGINT, before)
        self.assertEqual([thread.name for thread in threading.enumerate() if thread.name == "aicompute" and thread.is_alive()][1:], [])
        model.batch({"chips": numpy.ones(10)})


@needs_pandas
class Frames(unittest.TestCase):
    def setUp(self):
        import pandas

        self.pandas = pandas
        self.model = aicompute.loads(COST).compile(["days"], ["cost"])
        self.frame = pandas.DataFrame({"days": [30.0, 60.0], "other": ["x", "y"]}, index=["a", "b"])

    def test_columns_with_units_give_a_frame_with_units(self):
        by_argument = self.model.batch(self.frame, units={"days": "day"})
        self.frame.attrs["units"] = {"days": "day"}
        by_attribute = self.model.batch(self.frame)
        for found in (by_argument, by_attribute):
            self.assertEqual(found["cost"].to_dict(), {"a": 1440000.0, "b": 2880000.0})
            self.assertEqual(found.attrs["units"], {"cost": "USD"})

    def test_a_column_without_a_unit_is_refused_with_the_repair(self):
        with self.assertRaises(aicompute.UnitError) as caught:
            self.model.batch(self.frame)
        self.assertIn("units={'days':", str(caught.exception))

    def test_a_column_in_another_dimension_is_refused(self):
        with self.assertRaises(aicompute.UnitError):
            self.model.batch(self.frame, units={"days": "USD"})

    def test_values_keep_their_units(self):
        result = aicompute.load(MARKET).evaluate()
        wide, tidy = result.years_to_pandas(), result.to_pandas()
        self.assertEqual(wide.attrs["units"]["market.revenue"], "USD/year")
        self.assertEqual(wide[("market.revenue", "USD/year")].loc[2026], result["market.revenue"][2026])
        self.assertEqual(tidy.attrs["units"]["market.revenue"], "USD/year")
        self.assertEqual(tidy.loc["market.revenue"]["value"].tolist(), result["market.revenue"].tolist())
        alone = aicompute.load(CHAT).evaluate().to_pandas()
        self.assertTrue(self.pandas.isna(alone.loc["chat.capex", "year"]))
        self.assertEqual(alone.loc["chat.capex", "unit"], "CNY")

    def test_claims_are_a_frame(self):
        frame = aicompute.loads(COST).check().to_pandas()
        self.assertEqual(frame["verdict"].to_dict(), {"cost-1": "holds", "cost-2": "differs"})
        self.assertEqual(frame.attrs["units"], {"cost-1": "USD", "cost-2": "USD"})


if __name__ == "__main__":
    unittest.main()
