# SPDX-License-Identifier: MIT
"""Pictures show what they say: the numbers that are drawn, the words beside them, on the Axes that were given."""
import importlib.util
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
import warnings
import xml.etree.ElementTree

from support import HAS_PANDAS, MARKET, PACKAGE, ROOT, SCENARIOS, UNCERTAIN

import aicompute
from aicompute import plots

os.environ["MPLBACKEND"] = "Agg"
HAS_MATPLOTLIB = HAS_PANDAS and importlib.util.find_spec("matplotlib") is not None
FIGURES = ROOT / "doc/figures"


def texts(ax):
    return [one.get_text() for one in ax.figure.findobj(lambda artist: hasattr(artist, "get_text")) if one.get_text()]


@unittest.skipUnless(HAS_MATPLOTLIB, "no matplotlib")
class Pictures(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        market = aicompute.load(MARKET)
        market.set("market.shipments_growth", "12 %/year to 28 %/year")
        cls.sampled = market.sample(2000)
        cls.check = aicompute.load(SCENARIOS / "report.yaml").check()

    def setUp(self):
        import matplotlib.pyplot

        self.pyplot = matplotlib.pyplot
        self.addCleanup(matplotlib.pyplot.close, "all")

    def drawn(self, draw):
        """The Axes, after drawing them on ones that were given too, without a warning."""
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            given = self.pyplot.figure().add_subplot()
            self.assertIs(draw(given), given)
            ax = draw(None)
            ax.figure.canvas.draw()
        return ax

    def test_a_fan_has_the_median_and_a_band_between_the_outer_quantiles(self):
        revenue = self.sampled["market.revenue"]
        ax = self.drawn(lambda ax: plots.fan(revenue, ax))
        self.assertEqual(ax.lines[0].get_ydata().tolist(), [revenue.statistics(year).quantile(0.5) for year in revenue.years])
        edge = ax.collections[0].get_paths()[0].vertices
        self.assertIn(revenue.statistics(2030).quantile(0.95), edge[:, 1])
        self.assertIn(revenue.statistics(2030).quantile(0.05), edge[:, 1])
        self.assertIn("90%", texts(ax))
        self.assertEqual(ax.get_ylabel(), "USD/year")

    def test_a_fan_of_what_is_certain_is_a_line(self):
        ax = self.drawn(lambda ax: plots.fan(aicompute.load(MARKET).evaluate()["market.revenue"], ax))
        self.assertEqual((len(ax.lines), len(ax.collections)), (1, 0))

    def test_a_market_is_stacked_to_the_sum(self):
        parts = [self.sampled["market.replacement"], self.sampled["market.expansion"]]
        ax = self.drawn(lambda ax: plots.market(parts, ax))
        self.assertAlmostEqual(max(ax.collections[1].get_paths()[0].vertices[:, 1]), max(sum(pair) for pair in zip(*[one.tolist() for one in parts])), delta=1)
        with self.assertRaises(ValueError):
            plots.market([self.sampled["market.replacement"], self.sampled["market.revenue"]])

    def test_a_histogram_holds_all_draws_and_marks_quantiles(self):
        import numpy

        numbers = numpy.random.default_rng(1).normal(100, 5, 5000)
        ax = self.drawn(lambda ax: plots.histogram(numbers, ax, unit="USD", name="cost"))
        self.assertGreater(sum(one.get_height() for one in ax.patches), 99.8)
        self.assertIn(f"p50\n{numpy.quantile(numbers, 0.5):.4g}", texts(ax))
        self.assertEqual(ax.get_xscale(), "linear")
        self.assertEqual(self.drawn(lambda ax: plots.histogram(numpy.exp(numbers / 5), ax)).get_xscale(), "log")

    def test_a_tornado_begins_with_what_moves_most(self):
        bars = {"small": (9.0, 11.0), "large": (15.0, 4.0), "none": (10.0, 10.0)}
        ax = self.drawn(lambda ax: plots.tornado(bars, ax, base=10.0, unit="USD"))
        self.assertEqual([one.get_text() for one in ax.get_yticklabels()], ["large", "small", "none"])
        self.assertEqual([one.get_width() for one in ax.patches], [5.0, -6.0, -1.0, 1.0, 0.0, 0.0])

    def test_a_tornado_of_a_sensitivity_knows_its_base(self):
        scenario = aicompute.loads(UNCERTAIN)
        found = scenario.sensitivity("cost", measures="tornado")
        ax = self.drawn(lambda ax: plots.tornado(found, ax))
        self.assertEqual([one.get_text() for one in ax.get_yticklabels()], ["price", "chips"])
        self.assertAlmostEqual(ax.patches[0].get_x() / scenario.evaluate()["cost"].value, 1, places=12)
        with self.assertRaises(ValueError):
            plots.tornado(scenario.evaluate())

    def test_claims_stand_at_published_over_computed(self):
        ax = self.drawn(lambda ax: plots.claims(self.check, ax))
        self.assertEqual(ax.get_xscale(), "log")
        self.assertEqual(len(ax.get_yticklabels()), 20)
        row = next(one for one, label in zip(ax.get_yticks(), ax.get_yticklabels()) if "INF-03" in label.get_text())
        points = [line.get_xdata()[0] for line in ax.lines if line.get_marker() == "o" and line.get_ydata()[0] == row]
        self.assertEqual(points, [self.check.claims["INF-03"].ratio])

    def test_a_waterfall_goes_step_by_step(self):
        ax = self.drawn(lambda ax: plots.waterfall([("a", 10.0), ("b", 4.0), ("c", 4.0)], ax))
        self.assertEqual([(one.get_y(), one.get_height()) for one in ax.patches], [(0.0, 10.0), (10.0, -6.0), (0.0, 4.0)])
        self.assertIn("−6", texts(ax))
        self.assertEqual(self.drawn(lambda ax: plots.waterfall({"a": 1.0, "b": 1e4}, ax)).get_yscale(), "log")

    def test_a_repair_goes_from_the_published_figure_to_what_follows(self):
        claim = self.check.claims["INF-03"]
        ax = self.drawn(lambda ax: plots.repair(self.check, "INF-03", ax))
        self.assertEqual((ax.patches[0].get_height(), ax.patches[-1].get_height()), (claim.published, claim.computed))
        with self.assertRaises(ValueError):
            plots.repair(self.check, "INF-02")

    def test_chinese_labels_are_drawn_where_a_font_has_them(self):
        from matplotlib import font_manager

        if not {font.name for font in font_manager.fontManager.ttflist} & set(plots.CJK_FONTS):
            self.skipTest("no font with Chinese characters")
        chinese = aicompute.load(SCENARIOS / "chinese.yaml").check()
        self.drawn(lambda ax: plots.claims(chinese, ax))     # a missing character is a warning, which is an error there
        self.drawn(lambda ax: plots.waterfall([("公布的数字", 3e9), ("计算的数字", 5e8)], ax, unit="元", name="资本开支"))

    def test_what_cannot_be_drawn_is_refused(self):
        cost = self.sampled["market.region_share"] if not self.sampled["market.region_share"].years else aicompute.loads("aicompute: 1\nassumptions: {a: 1}\n").evaluate()["a"]
        for call, kind in ((lambda: plots.fan(cost), ValueError), (lambda: plots.fan("x"), TypeError), (lambda: plots.market([]), ValueError),
                           (lambda: plots.histogram([1.0]), ValueError), (lambda: plots.histogram([float("nan")] * 9), ValueError),
                           (lambda: plots.tornado({}, base=1), ValueError), (lambda: plots.claims([]), ValueError), (lambda: plots.waterfall([("a", 1)]), ValueError)):
            with self.assertRaises(kind):
                call()


@unittest.skipUnless(HAS_MATPLOTLIB, "no matplotlib")
class Tutorial(unittest.TestCase):
    def test_it_runs_and_the_documentation_has_its_figures(self):
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run([sys.executable, "-W", "error", str(ROOT / "bindings/python/examples/tutorial.py"), folder], capture_output=True, text=True,
                                  timeout=300, env={**os.environ, "MPLBACKEND": "Agg", "PYTHONPATH": str(PACKAGE.parent)})
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            made = {path.name: words(path) for path in pathlib.Path(folder).glob("*.svg")}
        kept = {path.name: words(path) for path in FIGURES.glob("*.svg")}
        self.assertEqual(made, kept, "doc/figures is older than what the tutorial draws: run tutorial.py doc/figures")
        self.assertIn("11 of 20 hold", done.stdout)

    def test_every_figure_is_shown_and_small(self):
        manual = (ROOT / "doc/python.md").read_text(encoding="utf-8")
        for path in FIGURES.glob("*.svg"):
            self.assertIn(f"(figures/{path.name})", manual)
            self.assertLess(path.stat().st_size, 80000, path.name)


def words(path):
    return [one.text for one in xml.etree.ElementTree.parse(path).iter("{http://www.w3.org/2000/svg}text")]


if __name__ == "__main__":
    if not HAS_MATPLOTLIB:
        print("no matplotlib, or no pandas")
        raise SystemExit(77)
    unittest.main()
