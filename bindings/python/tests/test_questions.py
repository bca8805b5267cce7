# SPDX-License-Identifier: MIT
"""Questions whose answer is a table: solving, and what else has one. Tables are views of C's memory, frames with units, and pickle by value."""
import gc
import pickle
import unittest

from support import COST, UNCERTAIN, needs_numpy, needs_pandas

import aicompute


class Solving(unittest.TestCase):
    def setUp(self):
        self.scenario = aicompute.loads(COST)

    def test_the_value_that_meets_a_target_is_found(self):
        before = self.scenario.text()
        found = self.scenario.solve("cost", "2.88M USD", by="chips")
        self.assertEqual((found.answers, found.table.row_count, found.table["chips"].tolist(), found.table["chips"].unit), ("solve", 1, [2000.0], "accelerator"))
        self.assertEqual(found.table["within_bounds"].tolist(), [1.0])
        self.assertEqual(self.scenario.text(), before)
        self.assertIn("2000", found.text())

    def test_a_quantile_is_met_on_the_draws_of_sampling(self):
        scenario = aicompute.loads(UNCERTAIN)
        days = scenario.solve("p95(cost)", "4M USD", by="days", samples=4096, seed=5).table["days"]
        scenario.set_number("days", days[0], days.unit)
        self.assertAlmostEqual(scenario.sample(4096, names="cost", seed=5)["cost"].statistics().quantile(0.95) / 4e6, 1, places=9)

    def test_no_solution_is_no_error_and_says_why(self):
        with self.assertWarns(aicompute.ReportWarning) as said:
            found = self.scenario.solve("cost", "-1 USD", by="chips", low="1 accelerator", high="10 accelerator")
        self.assertEqual(found.table.row_count, 0)
        self.assertIn("cost goes from", str(said.warning))

    def test_what_cannot_be_asked_is_refused(self):
        for kind, arguments in ((aicompute.UnknownNameError, ("cost", "1 USD", "chip")), (aicompute.UnitError, ("cost", "1 h", "chips")),
                                (TypeError, ("cost", 1, "chips")), (ValueError, ("co\0st", "1 USD", "chips"))):
            with self.assertRaises(kind, msg=str(arguments)):
                self.scenario.solve(*arguments)


class Mattering(unittest.TestCase):
    def setUp(self):
        self.scenario = aicompute.loads(UNCERTAIN)

    def test_inputs_have_elasticities_and_ends(self):
        table = self.scenario.sensitivity("cost", samples=8192, seed=2).table
        self.assertEqual(table.rows[:2], ("price", "chips"))
        self.assertEqual(table["low"].unit, "USD")
        for row, name in enumerate(table.rows):
            self.assertAlmostEqual(table["elasticity"][row], 1, places=12, msg=name)
        self.assertAlmostEqual(self.scenario.units().convert(table["input_low"][0], table.row_units[0], "USD/accelerator-hour"), 2, places=9)
        self.assertAlmostEqual(table["high"][0] / table["low"][0], 2.5, places=9)
        self.assertAlmostEqual(sum(one for one in table["variance_share"] if one == one), 1, places=9)
        self.assertGreater(table["variance_share"][0], 0.9)

    def test_only_what_is_asked_for_is_found(self):
        table = self.scenario.sensitivity("cost", measures="tornado").table
        self.assertNotIn("elasticity_mean", [one.name for one in table])
        self.assertIn("low", [one.name for one in table])
        wide, narrow = (self.scenario.sensitivity("cost", measures="tornado", low=low, high=1 - low).table for low in (0.01, 0.25))
        self.assertLess(wide["low"][0], narrow["low"][0])
        moved = self.scenario.sensitivity("cost", measures=["tornado"], step=0.1).table
        self.assertAlmostEqual(moved["high"][moved.rows.index("days")] / moved["low"][moved.rows.index("days")], 1.1 / 0.9, places=9)

    def test_any_number_of_threads_gives_the_same(self):
        self.assertEqual(self.scenario.sensitivity("cost", samples=20000, threads=1), self.scenario.sensitivity("cost", samples=20000, threads=3))

    def test_it_pickles_and_shows_itself(self):
        found = self.scenario.sensitivity("cost", samples=1000)
        again = pickle.loads(pickle.dumps(found))
        self.assertEqual((again, again.table.row_units), (found, found.table.row_units))
        self.assertIn(found.table.row_units[0], again._repr_html_())
        self.assertIn("elasticity", again._repr_html_())

    @needs_pandas
    def test_a_frame_has_the_units_of_inputs(self):
        frame = self.scenario.sensitivity("cost", samples=1000).to_pandas()
        self.assertEqual(frame.loc["chips", "unit"], "accelerator")
        self.assertEqual(frame.attrs["units"]["low p5"], "USD")

    def test_what_cannot_be_asked_is_refused(self):
        for kind, arguments in ((aicompute.UnknownNameError, dict(name="costs")), (ValueError, dict(name="cost", measures="guess")), (ValueError, dict(name="cost", low=2)),
                                (TypeError, dict(name=3)), (ValueError, dict(name="cost", step=float("nan")))):
            with self.assertRaises(kind, msg=str(arguments)):
                self.scenario.sensitivity(**arguments)


class Tables(unittest.TestCase):
    def setUp(self):
        self.found = aicompute.loads(COST).solve("cost", "2.88M USD", by="chips")

    def test_columns_are_found_by_name_and_by_number(self):
        table = self.found.table
        self.assertEqual((table.columns[0], table[0], len(table)), ("chips", table["chips"], len(table.columns)))
        with self.assertRaises(KeyError) as caught:
            table["chip"]
        self.assertIn("chips", str(caught.exception))

    def test_a_result_without_one_has_an_empty_one(self):
        table = aicompute.loads(COST).evaluate().table
        self.assertEqual((len(table), table.row_count, table.rows), (0, 0, ()))

    def test_it_pickles_and_shows_itself(self):
        again = pickle.loads(pickle.dumps(self.found))
        self.assertEqual((again, again.table), (self.found, self.found.table))
        self.assertEqual(again._repr_html_(), self.found._repr_html_())
        self.assertIn("chips [accelerator]", again._repr_html_())
        for one in (self.found, self.found.table, self.found.table[0], again):
            self.assertNotIn("\n", repr(one))

    @needs_numpy
    def test_a_column_is_a_view_that_keeps_its_memory(self):
        import numpy

        column = self.found.table["chips"]
        self.assertTrue(numpy.shares_memory(column.values, self.found.table["chips"].values))
        view = numpy.asarray(column)
        self.found.close()
        del column, self.found
        gc.collect()
        self.assertEqual((view.tolist(), view.flags.writeable), ([2000.0], False))

    @needs_pandas
    def test_a_frame_keeps_the_units(self):
        frame = self.found.to_pandas()
        self.assertEqual((frame["chips"].tolist(), frame.attrs["units"]["cost"]), ([2000.0], "USD"))


if __name__ == "__main__":
    unittest.main()
