# SPDX-License-Identifier: MIT
"""Sampling through Python: statistics with the bits of C, interrupts that stop it and are not lost, progress that is told or shown."""
import io
import json
import os
import pickle
import pty
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from unittest import mock

from support import PACKAGE, UNCERTAIN, needs_pandas

import aicompute
from aicompute import _progress

PROGRAM = os.environ.get("AICOMPUTE_PROGRAM")


class Statistics(unittest.TestCase):
    def setUp(self):
        self.scenario = aicompute.loads(UNCERTAIN)

    def test_they_are_the_numbers_of_the_program_to_the_last_bit(self):
        if not PROGRAM:
            self.skipTest("AICOMPUTE_PROGRAM does not name the program")
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "uncertain.yaml")
            with open(path, "w", encoding="utf-8") as file:
                file.write(UNCERTAIN)
            environment = {key: value for key, value in os.environ.items() if key != "LD_PRELOAD"}
            for method, word in (("sobol", "sobol"), ("monte_carlo", "mc")):
                said = subprocess.run([PROGRAM, "eval", path, "--samples", "20000", "--seed", "7", "--method", word, "--format", "json"], capture_output=True,
                                      text=True, env=environment, check=True).stdout
                result = aicompute.load(path).sample(20000, seed=7, method=method)
                self.assertEqual(result.json(), said)
                cost = next(one for one in json.loads(said)["quantities"] if one["name"] == "cost")
                found = result["cost"].statistics()
                self.assertEqual((found.mean, found.sd, found.quantile(0.05), found.quantile(0.95)),
                                 (cost["mean"], cost["sd"], cost["quantiles"]["0.05"], cost["quantiles"]["0.95"]))

    def test_any_number_of_threads_gives_the_same(self):
        wanted = self.scenario.sample(100000, threads=1)
        for threads in (0, 2, 3, None):
            self.assertEqual(self.scenario.sample(100000, threads=threads), wanted)
        self.assertNotEqual(self.scenario.sample(100000, seed=1), wanted)

    def test_draws_are_kept_when_they_are_wanted(self):
        self.assertEqual(self.scenario.sample(1024).table.row_count, 0)
        result = self.scenario.sample(20001, names="price", method="monte_carlo", quantiles=(0.5,), keep_draws=True)
        draws = list(result.table["price"])
        self.assertEqual((len(draws), result.table.row_count), (20001, 20001))
        self.assertEqual(sorted(draws)[10000], result["price"].statistics().quantile(0.5))
        self.assertAlmostEqual(sum(draws) / 20001 / result["price"].statistics().mean, 1, places=12)
        self.assertEqual(draws, list(self.scenario.sample(20001, names="price", method="monte_carlo", keep_draws=True, threads=1).table["price"]))
        self.assertTrue(result.csv().startswith("price"))

    def test_a_histogram_counts_all_draws(self):
        table = self.scenario.sample(4096, names="price", histogram=12).table
        self.assertEqual(table.row_count, 12)
        edges, ends, counts = (list(column) for column in (table["price from"], table["price to"], table["price count"]))
        self.assertEqual(sum(counts), 4096)
        self.assertEqual(edges[1:], ends[:-1])
        with self.assertRaises(aicompute.ArgumentError):
            self.scenario.sample(4096, keep_draws=True, histogram=12)

    def test_they_are_near_what_is_known(self):
        found = self.scenario.sample(names="price")["price"].statistics()
        for quantile, hours in ((0.05, 2), (0.95, 5)):
            self.assertAlmostEqual(found.quantile(quantile) * 3600, hours, places=3)
        self.assertGreater(found.mean, found.quantile(0.5))
        self.assertTrue(0 < found.mean_error < found.mean * 1e-4)
        self.assertEqual((found.out_of_bounds, found.not_finite), (0, 0))

    def test_a_series_has_them_by_year(self):
        bill = self.scenario.sample(10000)["bill"]
        self.assertEqual(bill.statistics(2026).quantile(0.5), 3 * bill.statistics(2024).quantile(0.5))
        with self.assertRaises(TypeError):
            bill.statistics()
        with self.assertRaises(KeyError):
            bill.statistics(1999)

    def test_what_is_certain_has_none(self):
        result = self.scenario.sample(1000)
        self.assertFalse(result["fixed"].is_sampled or result["days"].is_sampled)
        self.assertTrue(result["cost"].is_sampled)
        with self.assertRaises(aicompute.UnsupportedError):
            result["fixed"].statistics()
        with self.assertRaises(aicompute.UnsupportedError):
            self.scenario.evaluate()["cost"].statistics()
        self.assertEqual(self.scenario.evaluate().samples, 0)

    def test_quantiles_are_those_that_are_asked_for(self):
        found = self.scenario.sample(1000, quantiles=(0.01, 0.25))["cost"].statistics()
        self.assertEqual(found.probabilities, (0.01, 0.25))
        self.assertLess(found.quantile(0.01), found.quantile(0.25))
        with self.assertRaises(KeyError):
            found.quantile(0.5)
        self.assertEqual(self.scenario.sample(1000, quantiles=[])["cost"].statistics().quantiles, ())
        for wrong, kind in (([0.9, 0.1], ValueError), ([2], ValueError), ("0.5", TypeError), ([None], TypeError), ([0.5] * 40, ValueError)):
            with self.assertRaises(kind):
                self.scenario.sample(1000, quantiles=wrong)

    def test_what_c_would_cut_is_refused(self):
        for wrong in (dict(samples=-1), dict(samples=2**33), dict(seed=2**64), dict(seed=-1), dict(threads=5000), dict(replicates=65), dict(method="metropolis")):
            with self.assertRaises(ValueError, msg=str(wrong)):
                self.scenario.sample(**wrong)
        with self.assertRaises(TypeError):
            self.scenario.sample(1000.0)
        with self.assertRaises(aicompute.UnknownNameError):
            self.scenario.sample(1000, names="costs")

    def test_a_result_of_sampling_pickles_and_shows_itself(self):
        result = self.scenario.sample(1000)
        again = pickle.loads(pickle.dumps(result))
        self.assertEqual((again, again.samples, again["cost"].statistics()), (result, 1024, result["cost"].statistics()))
        self.assertIn("mean", result._repr_html_())
        self.assertEqual(again._repr_html_(), result._repr_html_())

    @needs_pandas
    def test_a_frame_has_them_as_columns(self):
        frame = self.scenario.sample(1000, quantiles=(0.025, 0.5)).to_pandas()
        self.assertEqual(frame.loc["cost", "p2.5"], self.scenario.sample(1000, quantiles=(0.025, 0.5))["cost"].statistics().quantile(0.025))
        self.assertTrue(frame["mean"].isna()["fixed"])
        self.assertEqual(len(frame.loc["bill"]), 2)
        self.assertNotIn("mean", self.scenario.evaluate().to_pandas())


class Claims(unittest.TestCase):
    def test_a_claim_on_something_uncertain_is_the_median_of_the_draws(self):
        scenario = aicompute.loads(UNCERTAIN + "claims:\n  - {id: a, published: 2.3M USD, computed: cost}\n  - {id: b, published: 60 day, computed: fixed}\n")
        sampled, certain = scenario.check(20000, seed=3).claims
        known = scenario.sample(20000, names="cost", seed=3)["cost"].statistics()
        self.assertEqual((sampled.samples, certain.samples, sampled.computed), (32768, 0, known.quantile(0.5)))
        self.assertTrue(sampled.computed_low <= known.quantile(0.05) < known.quantile(0.95) <= sampled.computed_high)
        self.assertEqual(scenario.check(20000, seed=3, threads=1).claims["a"], sampled)
        with self.assertRaises(ValueError):
            scenario.check(-1)


class Interrupts(unittest.TestCase):
    """A signal whose handler raises, as Ctrl-C does, while C computes something that would take minutes."""

    def interrupted(self, after):
        """Seconds from the signal to the exception."""
        def interrupt(number, frame):
            raise KeyboardInterrupt

        before = signal.signal(signal.SIGALRM, interrupt)
        try:
            with self.assertRaises(KeyboardInterrupt):
                signal.setitimer(signal.ITIMER_REAL, after)
                due = time.monotonic() + after
                self.scenario.sample(2**28, threads=1)
                time.sleep(1)
            return time.monotonic() - due
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    def setUp(self):
        self.scenario = aicompute.loads(UNCERTAIN)

    def test_it_stops_within_a_tenth_of_a_second(self):
        took = []
        while len(took) < 5 and not (took and min(took) < 0.1):
            took.append(self.interrupted(0.3))
        self.assertLess(min(took), 0.1)
        self.assertEqual(self.scenario.sample(1000).samples, 1024)

    def test_none_is_lost_at_whatever_moment_it_comes(self):
        for number in range(40):
            self.assertLess(self.interrupted(0.00005 + 0.0002 * number), 10)
            waited_until = time.monotonic() + 10
            while any(one.name == "aicompute" for one in threading.enumerate()):
                self.assertLess(time.monotonic(), waited_until, "a thread goes on computing")
                time.sleep(0.001)


class Progress(unittest.TestCase):
    def setUp(self):
        self.scenario = aicompute.loads(UNCERTAIN)

    def test_it_is_told_and_ends_with_all(self):
        said = []
        count = self.half_a_second()
        self.scenario.sample(count, threads=1, progress=lambda done, total: said.append((done, total)))
        self.assertEqual(said[-1], (count, count))
        self.assertEqual(said, sorted(said))

    def test_an_exception_in_it_stops_the_call(self):
        def fail(done, total):
            raise KeyError("enough")

        with self.assertRaises(KeyError):
            self.scenario.sample(2**32, threads=1, progress=fail)

    def test_what_is_no_function_is_refused(self):
        for wrong in ("yes", 3, [1]):
            with self.assertRaises(TypeError):
                self.scenario.sample(1000, progress=wrong)

    def half_a_second(self):
        """So many draws take about that long here, sanitized or not."""
        start = time.monotonic()
        self.scenario.sample(100000, threads=1)
        return int(min(max(100000 * 0.5 / (time.monotonic() - start), 100000), 10**8))

    def bar(self, **modules):
        """What is written to stderr by a call that shows a bar."""
        with mock.patch.dict(sys.modules, modules), mock.patch("sys.stderr", io.StringIO()) as written:
            self.scenario.sample(self.half_a_second(), threads=1, progress=True)
            return written.getvalue()

    def test_a_bar_is_a_line_of_its_own_where_there_is_no_tqdm(self):
        written = self.bar(tqdm=None, **{"tqdm.std": None})
        self.assertIn("sampling [", written)
        self.assertIn("100 %", written)
        self.assertTrue(written.endswith("\r"))

    def test_a_bar_is_of_tqdm_where_there_is_one(self):
        try:
            import tqdm  # noqa: F401
        except ImportError:
            self.skipTest("no tqdm")
        self.assertIn("it/s", self.bar())

    def test_a_bar_appears_by_itself_in_a_terminal_only_and_when_it_takes_long(self):
        code = ("import aicompute, sys; from aicompute import _progress; _progress.PATIENCE = float(sys.argv[1])\n"
                f"aicompute.loads({UNCERTAIN!r}).sample({self.half_a_second()}, threads=1)")
        environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
        for terminal, patience, shown in ((True, "0.02", True), (True, "1000", False), (False, "0.02", False)):
            master, slave = pty.openpty()
            done = subprocess.Popen([sys.executable, "-c", code, patience], stderr=slave if terminal else subprocess.PIPE, env=environment)
            rest = done.communicate(timeout=120)[1]
            os.close(slave)
            written = b""
            try:
                while True:
                    written += os.read(master, 4096)
            except OSError:
                os.close(master)
            self.assertEqual(done.returncode, 0)
            self.assertEqual(b"sampling" in (written if terminal else rest), shown, (terminal, patience, written))

    def test_a_notebook_is_recognized_by_its_shell(self):
        class ZMQInteractiveShell:
            pass

        self.assertFalse(_progress.in_notebook())
        with mock.patch.dict(sys.modules, IPython=mock.Mock(get_ipython=ZMQInteractiveShell)):
            self.assertTrue(_progress.in_notebook())


if __name__ == "__main__":
    unittest.main()
