# SPDX-License-Identifier: MIT
"""Scenarios and results through Python."""
import copy
import gc
import json
import math
import os
import pathlib
import pickle
import tempfile
import threading
import unittest
import warnings
import weakref

from support import CHAT, COST, MARKET, TRAINING

import aicompute


class Loading(unittest.TestCase):
    def test_a_file_and_its_text_give_the_same_values(self):
        self.assertEqual(aicompute.load(CHAT).evaluate()["chat.capex"].value,
                         aicompute.loads(CHAT.read_text(encoding="utf-8")).evaluate()["chat.capex"].value)

    def test_an_error_is_the_picture_with_a_caret_and_carries_the_entries(self):
        with self.assertRaises(aicompute.UnitError) as caught:
            aicompute.loads(CHAT.read_text(encoding="utf-8").replace("32 %", "32 TFLOP/s"), "chat.yaml")
        error = caught.exception
        self.assertIn("^^^^^^^^^^", str(error))
        entry = error.reports[0]
        self.assertEqual((entry.severity, entry.file, entry.path), ("error", "chat.yaml", "models.chat.utilization"))
        self.assertEqual(error.code, entry.code)
        self.assertTrue(entry.line > 0 and entry.column > 0 and entry.hint)
        self.assertEqual(str(pickle.loads(pickle.dumps(error))), str(error))

    def test_each_status_is_a_class_of_its_own(self):
        cases = [
            (aicompute.ModelSyntaxError, lambda: aicompute.loads("a: [")),
            (aicompute.ScenarioError, lambda: aicompute.loads("aicompute: 1\nasumptions: {}\n")),
            (aicompute.UnitError, lambda: aicompute.loads("aicompute: 1\nassumptions: {a: 3 flurb}\n")),
            (aicompute.UnknownNameError, lambda: aicompute.loads("aicompute: 1\ncalculations: {a: b * 2}\n")),
            (aicompute.DomainError, lambda: aicompute.loads("aicompute: 1\ncalculations: {a: 1 / 0}\n").evaluate()),
            (aicompute.LimitError, lambda: aicompute.loads(COST, limits={"file_bytes": 10})),
            (aicompute.ReadError, lambda: aicompute.load("no/such/file.yaml")),
            (aicompute.ArgumentError, lambda: aicompute.loads(COST, limits={"no_such_limit": 10})),
        ]
        for kind, call in cases:
            with self.assertRaises(kind) as caught:
                call()
            self.assertTrue(str(caught.exception), kind)

    def test_the_classes_are_also_those_that_python_programmers_expect(self):
        for ours, theirs in [(aicompute.UnknownNameError, KeyError), (aicompute.DomainError, ValueError), (aicompute.ReadError, OSError),
                             (aicompute.OutOfMemoryError, MemoryError), (aicompute.UnsupportedError, NotImplementedError)]:
            self.assertTrue(issubclass(ours, theirs) and issubclass(ours, aicompute.Error))

    def test_a_library_brings_units(self):
        racks = "aicompute: 1\nunits: {rack: 8 accelerator}\n"
        text = "aicompute: 1\nassumptions: {a: 2 rack}\n"
        self.assertEqual(aicompute.loads(text, libraries=[("racks.yaml", racks)]).evaluate()["a"].value, 16.0)
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "racks.yaml")
            path.write_text(racks, encoding="utf-8")
            scenario = aicompute.loads(text, libraries=[path])
            os.unlink(path)
            self.assertEqual(pickle.loads(pickle.dumps(scenario)).evaluate()["a"].value, 16.0)


class Changing(unittest.TestCase):
    def setUp(self):
        self.scenario = aicompute.loads(COST)

    def cost(self):
        return self.scenario.evaluate("cost")["cost"].value

    def test_expressions_numbers_and_items_set_the_same_thing(self):
        for change in (lambda s: s.set("price", "4 USD/accelerator-hour"), lambda s: s.set("price", 4, "USD/accelerator-hour"),
                       lambda s: s.set_number("price", 4.0, "USD/accelerator-hour"), lambda s: s.__setitem__("price", (4, "USD/accelerator-hour"))):
            self.scenario = aicompute.loads(COST)
            change(self.scenario)
            self.assertEqual(self.cost(), 2880000.0)

    def test_a_change_that_is_refused_changes_nothing(self):
        before = self.scenario.text()
        for name, value in (("price", "4 USD"), ("pricee", "4 USD"), ("price", "4 *")):
            with self.assertRaises(aicompute.Error):
                self.scenario.set(name, value)
        with self.assertRaises(aicompute.Error):
            self.scenario.add_assumption("x", "3", source="no-such-source")
        self.assertEqual(self.scenario.text(), before)

    def test_one_year_of_a_series_can_be_set(self):
        market = aicompute.load(MARKET)
        market.set_year("market.region_share", 2026, "50 %")
        self.assertEqual(market.evaluate()["market.region_share"][2026], 0.5)
        with self.assertRaises(aicompute.Error):
            market.set_year("market.region_share", 1826, "50 %")

    def test_a_copy_is_independent(self):
        for other in (self.scenario.copy(), copy.copy(self.scenario), copy.deepcopy(self.scenario)):
            other.set("days", "1 day")
            self.assertEqual(self.cost(), 1440000.0)
            self.assertEqual(other.evaluate()["cost"].value, 48000.0)

    def test_a_scenario_is_built_without_yaml(self):
        built = aicompute.Scenario("Built")
        built.add_source("list", "Price list")
        built.add_unit("rack", "8 accelerator")
        built.add_exchange_rate("USD", "7.08 CNY")
        built.add_assumption("racks", "125 rack", source="list", note="counted")
        built.add_assumption("price", "2 USD/accelerator-hour")
        built.add_model("run", "training", parameters="70B parameter", tokens="15T token", accelerators="racks", accelerator_peak="459 TFLOP/s/accelerator",
                        utilization=0.4, accelerator_hour_price="price")
        built.add_calculation("per_token", "run.cost / run.tokens")
        built.add_claim("flop", "6.3e24 FLOP", "run.compute")
        self.assertEqual(built.title, "Built")
        self.assertEqual(built.check().claims["flop"].verdict, "holds")
        self.assertEqual(built.evaluate()["racks"].source, "list: Price list")
        self.assertEqual(aicompute.loads(built.text()).evaluate()["per_token"].value, built.evaluate()["per_token"].value)
        before = built.text()
        with self.assertRaises(aicompute.Error):
            built.add_model("other", "training", parameters="70 USD")
        self.assertEqual(built.text(), before)
        built.remove("per_token")
        self.assertNotIn("per_token", built.evaluate())

    def test_it_is_saved_whole_and_loads_again(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "规模.aic.yaml")
            self.scenario.save(path)
            self.assertEqual(aicompute.load(path).text(), self.scenario.text())
            self.assertEqual(os.listdir(folder), [path.name])
            with self.assertRaises(OSError):
                self.scenario.save(pathlib.Path(folder, "none", "x.yaml"))


class Results(unittest.TestCase):
    def test_a_result_is_a_mapping_of_quantities(self):
        result = aicompute.load(CHAT).evaluate()
        capex = result["chat.capex"]
        self.assertEqual((capex.unit, capex.role, capex.model, capex.display, capex.is_default), ("CNY", "output", "chat", "4.602B CNY", False))
        self.assertEqual(float(capex), capex.tolist()[0])
        self.assertEqual(result["visits"].label, "日访问量")
        self.assertIn("chat.capex", result)
        self.assertNotIn(5, result)
        self.assertEqual(len(list(result)), len(result))
        with self.assertRaises(KeyError) as caught:
            result["chat.capx"]
        self.assertIn("chat.capex", str(caught.exception))
        self.assertIsNone(result.get("nothing"))

    def test_a_series_has_years(self):
        shipments = aicompute.load(MARKET).evaluate()["market.shipments"]
        self.assertEqual(shipments.years, tuple(range(2024, 2031)))
        self.assertEqual(dict(shipments.items())[2025], shipments[2025])
        with self.assertRaises(KeyError):
            shipments[1999]
        with self.assertRaises(TypeError):
            float(shipments)

    def test_names_restrict_what_is_computed(self):
        self.assertEqual(list(aicompute.loads(COST).evaluate(["cost"])), ["cost"])

    def test_claims_have_verdicts(self):
        claims = aicompute.loads(COST).check().claims
        self.assertEqual([claim.verdict for claim in claims], ["holds", "differs"])
        self.assertEqual([claim.id for claim in claims.unexpected], ["cost-2"])
        self.assertEqual(claims["cost-2"].published, 5e6)
        self.assertEqual(claims["cost-2"].unsourced, ("chips", "price", "days"))
        self.assertEqual(claims.count("holds"), 1)
        self.assertEqual(len(claims[:1]), 1)

    def test_it_is_written_as_text_json_csv_and_markdown(self):
        result = aicompute.loads(COST).evaluate()
        self.assertEqual(json.loads(result.json()), result.to_dict())
        self.assertIn("1.44M USD", result.text())
        self.assertIn("144万", result.text(numerals="chinese"))
        self.assertIn("|", result.markdown())
        self.assertIn("cost", result.csv())
        with self.assertRaises(ValueError):
            result.text(numerals="roman")

    def test_explanations_and_differences_are_results(self):
        scenario = aicompute.loads(COST)
        other = scenario.copy()
        other.set("days", "60 day")
        self.assertEqual(scenario.explain("cost").to_dict()["explanation"]["value"], 1440000.0)
        moved = scenario.diff(other).to_dict()["diff"]["results"][0]
        self.assertEqual((moved["name"], moved["ratio"]), ("cost", 2))
        self.assertEqual(scenario.diff(scenario).to_dict()["diff"]["results"], [])

    def test_pickling_keeps_every_value(self):
        for result in (aicompute.load(CHAT).evaluate(), aicompute.load(MARKET).evaluate(), aicompute.load(TRAINING).check(), aicompute.loads(COST).explain("cost")):
            again = pickle.loads(pickle.dumps(result))
            self.assertEqual(again, result)
            self.assertEqual(again.json(), result.json())
            self.assertEqual(repr(again), repr(result))
            self.assertEqual(pickle.loads(pickle.dumps(again)), again)
            self.assertEqual([again[name].tolist() for name in again], [result[name].tolist() for name in result])
            again.close()
            with self.assertRaises(aicompute.ClosedError):
                again.json()
        scenario = aicompute.load(CHAT)
        self.assertEqual(pickle.loads(pickle.dumps(scenario)).text(), scenario.text())

    def test_html_escapes_what_scenarios_say(self):
        scenario = aicompute.loads(COST)
        for html in (scenario._repr_html_(), scenario.evaluate()._repr_html_(), scenario.check()._repr_html_(), scenario.explain("chips")._repr_html_(),
                     scenario.compile(["chips"])._repr_html_(), scenario.units()._repr_html_(), scenario.kinds()._repr_html_()):
            for tag in ("<b>", "<script>", "<i>"):
                self.assertNotIn(tag, html)
        self.assertIn("&lt;script&gt;", scenario._repr_html_())
        self.assertIn("&lt;i&gt;cost", scenario.check()._repr_html_())

    def test_representations_are_one_line(self):
        scenario = aicompute.loads(COST)
        for one in (scenario, scenario.evaluate(), scenario.check(), scenario.check().claims, scenario.check().claims[0], scenario.evaluate()["cost"],
                    scenario.compile(["chips"]), scenario.units(), scenario.kinds(), scenario.kinds()["training"]):
            self.assertNotIn("\n", repr(one))


class Lifetimes(unittest.TestCase):
    def test_closing_twice_is_fine_and_use_after_it_is_an_exception(self):
        scenario = aicompute.loads(COST)
        for owner, use in ((scenario.evaluate(), lambda one: one.json()), (scenario.compile(["chips"]), lambda one: one.evaluate()),
                           (scenario.units(), lambda one: one.convert(1, "h")), (scenario.kinds(), lambda one: one.text()),
                           (scenario, lambda one: one.evaluate())):
            with owner:
                use(owner)
            owner.close()
            self.assertTrue(owner.closed)
            self.assertIn("closed", repr(owner))
            with self.assertRaises(aicompute.ClosedError):
                use(owner)
            with self.assertRaises(aicompute.ClosedError):
                owner.__enter__()

    def test_a_handle_goes_with_its_last_holder(self):
        result = aicompute.loads(COST).evaluate()
        handle = weakref.ref(result._handle)
        quantity = result["cost"]
        result.close()
        gc.collect()
        self.assertIsNotNone(handle())
        self.assertEqual(quantity.tolist(), [1440000.0])
        del quantity
        gc.collect()
        self.assertIsNone(handle())

    def test_results_outlive_their_scenario(self):
        with aicompute.loads(COST) as scenario:
            result, model = scenario.evaluate(), scenario.compile(["chips"], ["cost"])
        self.assertEqual(result["cost"].value, 1440000.0)
        self.assertEqual(model.evaluate([2000]), {"cost": 2880000.0})

    def test_threads_may_share_a_scenario(self):
        scenario, found = aicompute.loads(COST), []

        def work():
            for _ in range(50):
                scenario.set("days", "30 day")
                found.append(scenario.evaluate()["cost"].value)

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(found, [1440000.0] * 200)


class Knowledge(unittest.TestCase):
    def test_kinds_have_inputs_and_outputs(self):
        kinds = aicompute.Kinds()
        training = kinds["training"]
        utilization = next(one for one in training.inputs if one.name == "utilization")
        self.assertEqual((utilization.type, utilization.presence != ""), ("quantity", True))
        self.assertIn("compute", [one.name for one in training.outputs])
        self.assertIn("training", kinds)
        self.assertIn("training", kinds.text())
        json.loads(kinds.text("training", "json"))
        with self.assertRaises(KeyError) as caught:
            kinds["trainin"]
        self.assertIn("training", str(caught.exception))

    def test_units_convert(self):
        units = aicompute.Units()
        self.assertEqual(units.convert(1, "PFLOP/s-day", "FLOP"), 8.64e19)
        self.assertEqual(units.convert(2, "h"), 7200.0)
        self.assertIn("FLOP", units)
        self.assertTrue(units["h"].definition)
        json.loads(units.text(format="json"))
        with self.assertRaises(aicompute.UnitError):
            units.convert(1, "h", "USD")
        self.assertEqual(aicompute.load(CHAT).units().convert(1, "USD", "CNY"), 7.08)

    def test_a_warning_of_the_library_is_a_warning_of_python_in_the_callers_line(self):
        scenario = aicompute.loads("aicompute: 1\nassumptions: {a: 1}\ncalculations: {b: 1 / a}\n")
        model = scenario.compile(["a"], ["b"])
        try:
            import numpy
        except ImportError:
            self.skipTest("no NumPy")
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            found = model.batch({"a": numpy.array([1.0, 0.0])})
        self.assertTrue(math.isinf(found["b"][1]))
        self.assertEqual([(one.category, one.filename) for one in caught], [(aicompute.ReportWarning, __file__)])


if __name__ == "__main__":
    unittest.main()
