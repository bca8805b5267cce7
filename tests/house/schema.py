#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The JSON Schema of `aicompute schema`: every scenario that loads is valid by it, and mistakes are refused by it and by the program alike.

Usage: schema.py SOURCE_ROOT PROGRAM
Skipped (77) where Python has no jsonschema or yaml.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

try:
    import jsonschema
    import yaml
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

ROOT, PROGRAM = pathlib.Path(sys.argv[1]), sys.argv[2]
EXAMPLES = sorted((ROOT / "examples/scenarios").rglob("*.yaml"))


class Reader(yaml.SafeLoader):
    """YAML as an editor's language server reads it: the core schema of YAML 1.2, and keys that are texts."""

    def construct_mapping(self, node, deep=False):
        return {key.value: self.construct_object(value, deep=True) for key, value in node.value}


Reader.yaml_implicit_resolvers = {}
Reader.add_constructor("tag:yaml.org,2002:map", Reader.construct_mapping)
Reader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(~|null|Null|NULL|)$"), ["~", "n", "N", ""])
Reader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(true|True|TRUE|false|False|FALSE)$"), list("tTfF"))
Reader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?[0-9]+$"), list("-+0123456789"))
Reader.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$"), list("-+.0123456789"))
Reader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))
Reader.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(node.value))

MODEL = """aicompute: 1
title: A chat service
sources: {report: {title: A report, date: 2024-03}}
exchange_rates: {USD: 7.08 CNY}
currency: CNY
timeline: 2024..2030
assumptions:
  visits: {value: 60M visit/day, source: report}
  sales: {series: {2024: 5 server/year, 2026: 8 server/year}, between: linear}
models:
  chat:
    kind: inference
    parameters: 1T parameter
    tokens_per_query: 267 token/query
    utilization: 32 %
    queries_per_day: visits * 10 query/visit
    accelerator_peak: 65 TFLOP/s/accelerator
  tokens:
    kind: visual_tokens
    images: 1
    height: 64 pixel
    width: 64 pixel
    patch: 16 pixel
    partial_patches: pad
    channels_as_tokens: true
calculations:
  twice: 2 * chat.servers
claims:
  - {id: rate, published: 118 EFLOP/s, computed: chat.compute_rate, expected: differs}
correlations: []
"""

# Each is a mistake: what stands in MODEL, and what stands there instead.
MISTAKES = {
    "no version": ("aicompute: 1\n", ""),
    "another version": ("aicompute: 1", "aicompute: 2"),
    "an unknown section": ("assumptions:", "asumptions:"),
    "a section that is a list": ("calculations:\n  twice: 2 * chat.servers", "calculations: [1, 2]"),
    "claims that are a mapping": ("claims:\n  - {id", "claims:\n  {a: {id"),
    "a source with an unknown key": ("date: 2024-03", "dated: 2024-03"),
    "a source that is a list": ("{title: A report, date: 2024-03}", "[A report]"),
    "a unit with a Chinese name": ("correlations: []", "units: {卡: accelerator}"),
    "a currency that is none": ("currency: CNY", "currency: CNX"),
    "an exchange rate that is a list": ("{USD: 7.08 CNY}", "{USD: [7.08 CNY]}"),
    "an exchange rate without a currency": ("{USD: 7.08 CNY}", "{USD: 7.08}"),
    "a timeline that is a list": ("2024..2030", "[2024, 2030]"),
    "a timeline with a dash": ("2024..2030", "2024-2030"),
    "a name with a dash": ("twice: 2", "twi-ce: 2"),
    "a reserved word for a name": ("twice: 2", "growth: 2"),
    "a name that begins with a digit": ("twice: 2", "2ce: 2"),
    "an assumption that is a list": ("{value: 60M visit/day, source: report}", "[60M visit/day]"),
    "an assumption without a value": ("{value: 60M visit/day, source: report}", "{source: report}"),
    "an assumption that is empty": ("{value: 60M visit/day, source: report}", ""),
    "two values": ("{value: 60M visit/day,", "{value: 60M visit/day, series: {2024: 1 visit/day},"),
    "an unknown key of a quantity": ("source: report}", "sorce: report}"),
    "a value that is a mapping": ("{value: 60M visit/day,", "{value: {p5: 60M visit/day},"),
    "digits that are none": ("source: report}", "digits: 18}"),
    "rounded that is no truth": ("source: report}", "rounded: yes}"),
    "a year that is none": ("{2024: 5 server", "{24: 5 server"),
    "a filling that there is not": ("between: linear", "between: cubic"),
    "a filling without a series": ("source: report}", "between: linear}"),
    "growth without a start": ("{value: 60M visit/day, source: report}", "{growth: 5 %/year}"),
    "a shape that there is not": ("{value: 60M visit/day, source: report}", "{p5: 1 visit/day, p95: 2 visit/day, shape: gamma}"),
    "a model without a kind": ("    kind: inference\n", ""),
    "an unknown kind": ("kind: inference", "kind: inferense"),
    "a model that is a text": ("calculations:\n", "  other: inference\ncalculations:\n"),
    "a wrong input": ("accelerator_peak:", "acelerator_peak:"),
    "an output as input": ("utilization: 32 %", "utilization: 32 %\n    servers: 5 server"),
    "a missing input": ("    parameters: 1T parameter\n", ""),
    "no alternative in full": ("    queries_per_day: visits * 10 query/visit\n", ""),
    "two alternatives": ("utilization: 32 %", "utilization: 32 %\n    visits: 60M visit/day\n    queries_per_visit: 10 query/visit"),
    "a bare number for a rate": ("65 TFLOP/s/accelerator", "65"),
    "a ratio above its bound": ("utilization: 32 %", "utilization: 1.5"),
    "an input that is a list": ("utilization: 32 %", "utilization: [32 %]"),
    "a word that is not to choose": ("partial_patches: pad", "partial_patches: padded"),
    "a number for a truth": ("channels_as_tokens: true", "channels_as_tokens: 1"),
    "a claim without an id": ("{id: rate, ", "{"),
    "a claim without a statement": ("published: 118 EFLOP/s, ", ""),
    "two statements": ("published: 118 EFLOP/s, ", "published: 118 EFLOP/s, at_least: 100 EFLOP/s, "),
    "nothing computed": ("computed: chat.compute_rate, ", ""),
    "a verdict that there is not": ("expected: differs", "expected: wrong"),
    "an unknown key of a claim": ("expected: differs", "expect: differs"),
    "an interval of one end": ("published: 118 EFLOP/s, ", "between: [118 EFLOP/s], "),
    "a correlation of one": ("correlations: []", "correlations: [[visits, 0.4]]"),
    "a correlation above 1": ("correlations: []", "correlations: [[visits, visits, 1.4]]"),
    "a catalogue in a scenario": ("correlations: []", "catalog: {}"),
    "a definition without outputs": ("correlations: []", "definitions: {site: {inputs: {power: {unit: W}}}}"),
    "a definition with an unknown key": ("correlations: []", "definitions: {site: {output: {}, outputs: {a: {unit: W, formula: 1 W}}}}"),
    "an input of a definition without a unit": ("correlations: []", "definitions: {site: {inputs: {power: {doc: its power}}, outputs: {a: {unit: W, formula: power}}}}"),
    "an output of a definition without a unit": ("correlations: []", "definitions: {site: {outputs: {a: {formula: 1 W}}}}"),
}

LIBRARY = """aicompute: 1
title: Kinds of our own
definitions:
  site:
    title: Accelerators that a building can feed
    inputs:
      power: {unit: W, above: 0, doc: power of the building}
      accelerator_power: {unit: W/accelerator, above: 0, doc: of one}
    outputs:
      accelerators: {unit: accelerator, formula: power / accelerator_power, doc: how many}
catalog: {h100: {peak: 989 TFLOP/s}}
"""
OF_LIBRARY = "aicompute: 1\nmodels:\n  north: {kind: site, power: 100 MW, accelerator_power: 1453 W/accelerator}\n"


def schema_of(*words):
    done = subprocess.run([PROGRAM, "schema", *words], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def faults(schema, text):
    errors = jsonschema.Draft7Validator(schema).iter_errors(yaml.load(text, Loader=Reader))
    return [f"{'.'.join(map(str, error.absolute_path))}: {error.message}" for error in errors]


def refused(text, *words):
    return subprocess.run([PROGRAM, "check", "-", "--quiet", *words], input=text, capture_output=True, text=True, timeout=60).returncode == 2


class Schema(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.schema = schema_of()

    def test_it_is_a_schema_of_draft_07(self):
        jsonschema.Draft7Validator.check_schema(self.schema)
        self.assertEqual(self.schema["$schema"], "http://json-schema.org/draft-07/schema#")

    def test_every_reference_is_there(self):
        for name in re.findall(r'"#/definitions/(\w+)"', json.dumps(self.schema)):
            self.assertIn(name, self.schema["definitions"])

    def test_every_example_is_valid(self):
        self.assertGreaterEqual(len(EXAMPLES), 18)
        for path in EXAMPLES:
            self.assertEqual(faults(self.schema, path.read_text(encoding="utf-8")), [], path.name)

    def test_every_complete_scenario_of_the_documentation_is_valid(self):
        count = 0
        for path in [*sorted((ROOT / "doc").glob("*.md")), ROOT / "README.md"]:
            for block in re.findall(r"^```yaml\n(aicompute: 1.*?)^```", path.read_text(encoding="utf-8"), re.M | re.S):
                if not refused(block):
                    count += 1
                    self.assertEqual(faults(self.schema, block), [], path.name)
        self.assertGreaterEqual(count, 3)

    def test_every_scenario_of_the_cases_that_loads_is_valid(self):
        count = 0
        for case in yaml.load((ROOT / "tests/cases/scenarios.yaml").read_text(encoding="utf-8"), Loader=Reader):
            text = case.get("scenario") or case.get("text") or case.get("given")
            if isinstance(text, str) and "aicompute: 1" in text and not refused(text):
                count += 1
                self.assertEqual(faults(self.schema, text), [], text)
        self.assertGreater(count, 10)

    def test_the_checks_of_every_kind_are_valid_models(self):
        for path in sorted((ROOT / "lib/models").glob("*.yaml")):
            kind = yaml.load(path.read_text(encoding="utf-8"), Loader=Reader)
            for check in kind["checks"]:
                scenario = {"aicompute": 1, "models": {"it": {"kind": kind["kind"], **check["inputs"]}}}
                errors = [error.message for error in jsonschema.Draft7Validator(self.schema).iter_errors(scenario)]
                self.assertEqual(errors, [], path.name)

    def test_a_model_has_every_input_with_its_meaning(self):
        for kind in json.loads(subprocess.run([PROGRAM, "models", "--format", "json"], capture_output=True, text=True, check=True).stdout)["kinds"]:
            properties = self.schema["definitions"]["kind_" + kind["kind"]]["properties"]
            self.assertEqual(set(properties), {"kind", *(each["name"] for each in kind["inputs"])})
            for each in kind["inputs"]:
                self.assertTrue(properties[each["name"]]["description"].startswith(each["doc"]))

    def test_the_model_of_the_mistakes_is_valid(self):
        self.assertEqual(faults(self.schema, MODEL), [])
        self.assertFalse(refused(MODEL))

    def test_mistakes_are_refused_by_schema_and_program(self):
        for name, (there, instead) in MISTAKES.items():
            with self.subTest(name):
                self.assertEqual(MODEL.count(there), 1)
                text = MODEL.replace(there, instead)
                if name == "claims that are a mapping":
                    text = text.replace("expected: differs}", "expected: differs}}")
                self.assertNotEqual(faults(self.schema, text), [], "by the schema")
                self.assertTrue(refused(text), "by the program")

    def test_kinds_of_a_library_are_known_when_it_is_given(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "site.yaml"
            file.write_text(LIBRARY, encoding="utf-8")
            self.assertEqual(faults(self.schema, LIBRARY), [])
            with_library = schema_of("--library", str(file))
            self.assertEqual(faults(with_library, OF_LIBRARY), [])
            self.assertFalse(refused(OF_LIBRARY, "--library", str(file)))
            self.assertNotEqual(faults(self.schema, OF_LIBRARY), [])
            self.assertTrue(refused(OF_LIBRARY))
            wrong = OF_LIBRARY.replace("power: 100 MW", "power: 100")
            self.assertNotEqual(faults(with_library, wrong), [])
            self.assertTrue(refused(wrong, "--library", str(file)))

    def test_a_kind_may_have_any_name(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "odd.yaml"
            for name in ("my-kind", "机房", "a/b~c%d \"e'"):
                quoted = json.dumps(name, ensure_ascii=False)
                file.write_text(f"aicompute: 1\ndefinitions: {{{quoted}: {{inputs: {{p: {{unit: W, doc: it}}}}, outputs: {{a: {{unit: W, formula: p}}}}}}}}\n", encoding="utf-8")
                schema = schema_of("--library", str(file))
                self.assertEqual(faults(schema, file.read_text(encoding="utf-8")), [])
                for power, good in (("3 W", True), ("[3]", False)):
                    text = f"aicompute: 1\nmodels: {{m: {{kind: {quoted}, p: {power}}}}}\n"
                    self.assertEqual(faults(schema, text) == [], good, name)
                    self.assertEqual(refused(text, "--library", str(file)), not good, name)

    def test_a_kind_that_the_scenario_defines_itself_is_no_mistake(self):
        text = LIBRARY.replace("catalog: {h100: {peak: 989 TFLOP/s}}\n", "") + OF_LIBRARY.replace("aicompute: 1\n", "")
        self.assertEqual(faults(self.schema, text), [])
        self.assertFalse(refused(text))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
