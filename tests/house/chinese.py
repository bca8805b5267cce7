#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every example of the Chinese page is executed: what equals what, what is refused and what to write instead, scenarios, and what the program prints.

Usage: chinese.py SOURCE_ROOT PROGRAM
"""
import json
import pathlib
import re
import subprocess
import sys
import unittest

ROOT, PROGRAM = pathlib.Path(sys.argv[1]), sys.argv[2]
PAGE = (ROOT / "doc/zh.md").read_text(encoding="utf-8")
EXAMPLE = "examples/scenarios/chinese.yaml"


def run(*words, text=None):
    return subprocess.run([PROGRAM, *words], input=text, capture_output=True, text=True, cwd=ROOT, timeout=60)


def rows(columns):
    """The rows of the page's tables with so many columns, the head aside."""
    found = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in PAGE.splitlines() if line.startswith("| `")]
    return [[cell.strip("` ") for cell in row] for row in found if len(row) == columns]


def scenario(expression):
    return f"aicompute: 1\nassumptions:\n  visits: 6000万 visit/day\ncalculations:\n  it: {expression}\n"


class Chinese(unittest.TestCase):
    def test_what_is_said_to_be_equal_is_equal(self):
        self.assertGreater(len(rows(2)), 20)
        for left, right in rows(2):
            done = run("eval", "-", "it", "--format", "json", text=scenario(f"({left}) / ({right})"))
            self.assertEqual((done.returncode, done.stderr), (0, ""), left)
            quantity = json.loads(done.stdout)["quantities"][0]
            self.assertAlmostEqual(quantity["value"], 1, 12, left)
            self.assertEqual(quantity["unit"], "1", left)

    def test_what_is_said_to_be_refused_is_refused_and_the_repair_is_not(self):
        self.assertGreater(len(rows(3)), 12)
        for wrong, why, right in rows(3):
            self.assertEqual(run("eval", "-", text=scenario(wrong)).returncode, 2, wrong)
            done = run("eval", "-", text=scenario(right))
            self.assertEqual((done.returncode, done.stderr), (0, ""), right)
            self.assertRegex(why, "[\u4e00-\u9fff]")

    def test_both_readings_of_zhao_are_named(self):
        said = run("eval", "-", text=scenario("1.5兆 token")).stderr
        self.assertIn("10^6 in mainland China and 10^12 in Taiwan and Japan", said)

    def test_scenarios_of_the_page_hold(self):
        blocks = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.M | re.S)
        self.assertEqual(len(blocks), 2)
        for block in blocks:
            done = run("check", "-", text=block)
            self.assertEqual((done.returncode, done.stderr), (0, ""), block)

    def test_the_program_prints_what_the_page_shows(self):
        shown = re.findall(r"^```console\n\$ aicompute (.*?)\n(.*?)^```", PAGE, re.M | re.S)
        self.assertEqual(len(shown), 1)
        for words, text in shown:
            self.assertEqual(run(*words.split(), "--no-color").stdout, text)

    def test_labels_stand_behind_names(self):
        self.assertIn("users (月活跃用户)", run("eval", EXAMPLE, "--all").stdout)
        self.assertIn("| servers_within_budget (预算能买的服务器) | 2.143万 server |", run("eval", EXAMPLE, "--format", "markdown", "--numerals", "chinese").stdout)

    def test_a_series_has_its_label_too(self):
        text = "aicompute: 1\ntimeline: 2024..2025\nassumptions:\n  price: {series: {2024: 5万元/server, 2025: 6万元/server}, label: 单价}\n"
        self.assertIn("price (单价)", run("eval", "-", "--all", text=text).stdout)

    def test_the_example_stands_by_its_claims(self):
        done = run("check", EXAMPLE)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("5 claims: 4 hold", done.stdout)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
