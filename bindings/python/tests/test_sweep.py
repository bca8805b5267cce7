# SPDX-License-Identifier: MIT
"""Sweeps through Python: ranges in words and numbers of the caller's, grids and rows, sampled at each point."""
import unittest

from support import COST, UNCERTAIN, needs_numpy

import aicompute


class Sweeping(unittest.TestCase):
    def setUp(self):
        self.scenario = aicompute.loads(COST)

    def test_a_range_in_words_has_a_row_a_point(self):
        table = self.scenario.sweep({"chips": "1000 accelerator .. 3000 accelerator : 3"}).table
        self.assertEqual((table.row_count, table["chips"].tolist(), table["cost"].tolist()), (3, [1000.0, 2000.0, 3000.0], [1.44e6, 2.88e6, 4.32e6]))

    def test_every_value_of_one_goes_with_every_value_of_the_other_or_with_its_own(self):
        axes = {"chips": [1000, 2000], "days": ([30, 60], "day")}
        self.assertEqual(self.scenario.sweep(axes, "cost").table["cost"].tolist(), [1.44e6, 2.88e6, 2.88e6, 5.76e6])
        self.assertEqual(self.scenario.sweep(axes, "cost", together=True).table["cost"].tolist(), [1.44e6, 5.76e6])

    @needs_numpy
    def test_arrays_are_axes(self):
        import numpy

        chips = numpy.linspace(1000, 2000, 101)
        table = self.scenario.sweep({"chips": chips}, names=["cost"]).table
        self.assertEqual(table["cost"].values.tolist(), self.scenario.compile(["chips"], ["cost"]).batch({"chips": chips})["cost"].tolist())

    def test_what_is_uncertain_is_sampled_at_each_point(self):
        scenario = aicompute.loads(UNCERTAIN)
        table = scenario.sweep({"days": ([30, 60], "day")}, "cost", samples=4096, seed=3).table
        known = scenario.sample(4096, names="cost", seed=3)["cost"].statistics()
        self.assertEqual((table["cost mean"][0], table["cost p95"][0]), (known.mean, known.quantile(0.95)))
        self.assertAlmostEqual(table["cost mean"][1] / known.mean, 2, places=12)

    def test_progress_counts_points(self):
        said = []
        self.scenario.sweep({"chips": list(range(1, 2001)), "days": ([1, 2], "day")}, progress=lambda done, total: said.append((done, total)))
        self.assertEqual(said[-1], (4000, 4000))

    def test_the_scenario_stays_as_it_was(self):
        before = self.scenario.text()
        self.scenario.sweep({"chips": [1, 2]})
        self.assertEqual(self.scenario.text(), before)

    def test_what_cannot_be_asked_is_refused(self):
        for kind, axes in ((aicompute.UnknownNameError, {"chip": [1]}), (aicompute.UnitError, {"chips": "1 USD..2 USD:3"}), (aicompute.Error, {"chips": "1..:"}),
                           (ValueError, {"chips": []}), (TypeError, {"chips": 3}), (TypeError, {"chips": ["a"]}), (TypeError, {1: [2]}), (TypeError, [1]),
                           (aicompute.Error, {}), (ValueError, {"chips": "1\0"}), (ValueError, {"chips": [10**400]})):
            with self.assertRaises(kind, msg=str(axes)):
                self.scenario.sweep(axes)


if __name__ == "__main__":
    unittest.main()
