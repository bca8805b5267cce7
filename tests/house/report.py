#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The report's 160 relationships as claims: each is there once, each verdict is the one made by hand or a deviation that is argued, and no assumption comes from nowhere.

Usage: report.py SOURCE_ROOT PROGRAM
"""
import csv
import json
import pathlib
import re
import subprocess
import sys
import unittest

ROOT, PROGRAM = pathlib.Path(sys.argv[1]), sys.argv[2]
FOLDER = ROOT / "examples/scenarios/report"
FILES = sorted(FOLDER.glob("*.yaml"))
RULE = {"consistent": "holds", "derived": "holds", "inconsistent": "differs", "two-readings": "reading", "not-checkable": "not_checkable"}
ORDER = ["differs", "reading", "not_checkable", "holds"]     # of several claims the first of these is the relationship's


def run(command, *words):
    return subprocess.run([PROGRAM, command, *map(str, words)], capture_output=True, text=True, timeout=60)


class Report(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.done = run("check", *FILES, "--format", "json")
        cls.claims = {}
        for file in json.loads(cls.done.stdout or '{"files": []}')["files"]:
            for claim in file["claims"]:
                cls.claims.setdefault(re.sub("[a-z]$", "", claim["id"]), []).append(claim)
        with open(FOLDER / "verdicts.csv", encoding="utf-8", newline="") as stream:
            cls.rows = list(csv.DictReader(stream))

    def verdict(self, row):
        found = {claim["verdict"] for claim in self.claims[row["id"]]}
        return next(verdict for verdict in ORDER if verdict in found)

    def test_the_whole_report_is_checked_without_a_remark(self):
        self.assertEqual((self.done.returncode, self.done.stderr), (0, ""))

    def test_each_file_stands_alone(self):
        for file in FILES:
            done = run("check", file)
            self.assertEqual((done.returncode, done.stderr), (0, ""), file.name)

    def test_all_160_relationships_are_there_and_no_other(self):
        ids = [row["id"] for row in self.rows]
        self.assertEqual((len(ids), len(set(ids))), (160, 160))
        self.assertEqual(set(self.claims), set(ids))

    def test_all_233_data_points_are_carried(self):
        carried = {point for file in FILES for point in re.findall(r"\bD\d{3}\b", file.read_text(encoding="utf-8"))}
        self.assertEqual(carried, {f"D{number:03d}" for number in range(1, 234)})

    def test_each_relationship_is_in_one_file_and_its_claims_are_lettered_in_order(self):
        for name, claims in self.claims.items():
            self.assertEqual(len({claim["file"] for claim in claims}), 1, name)
            letters = ["abcdefgh"[index] for index in range(len(claims))] if len(claims) > 1 else [""]
            self.assertEqual([claim["id"] for claim in claims], [name + letter for letter in letters])

    def test_verdicts_are_those_made_by_hand(self):
        for row in self.rows:
            if not row["deviation"]:
                self.assertEqual(self.verdict(row), RULE[row["verdict"]], row["id"])

    def test_deviations_are_argued_and_are_none_without_need(self):
        for row in self.rows:
            if row["deviation"]:
                verdict, reason = row["deviation"].split(": ", 1)
                self.assertEqual(self.verdict(row), verdict, row["id"])
                self.assertNotEqual(verdict, RULE[row["verdict"]], row["id"])
                self.assertGreater(len(reason), 40, row["id"])

    def test_deviations_are_on_the_page(self):
        section = (ROOT / "doc/report.md").read_text(encoding="utf-8").split("## Deviations")[1].split("\n## ")[0]
        self.assertEqual(re.findall(r"^\* \*\*([A-Z]+-\d+)\*\*", section, re.M), [row["id"] for row in self.rows if row["deviation"]])

    def test_a_claim_without_a_printed_figure_says_that_it_is_derived(self):
        for row in self.rows:
            for claim in self.claims[row["id"]]:
                derived = (claim["note"] or "").startswith("derived")
                if row["verdict"] == "derived":
                    self.assertTrue(derived, claim["id"])
                elif not derived:
                    self.assertTrue(claim["source"], claim["id"])

    def test_what_does_not_hold_or_cannot_be_checked_says_why(self):
        for claims in self.claims.values():
            for claim in claims:
                if claim["verdict"] == "not_checkable":
                    self.assertGreater(len(claim["why"]), 20, claim["id"])
                elif claim["verdict"] == "differs":
                    self.assertTrue(claim["note"], claim["id"])

    def test_every_assumption_has_a_source_or_says_that_it_is_invented(self):
        for file in FILES:
            for quantity in json.loads(run("eval", file, "--format", "json").stdout)["quantities"]:
                if quantity["role"] == "assumption" and not quantity.get("source"):
                    self.assertTrue((quantity.get("note") or "").startswith("invented"), f"{file.name}: {quantity['name']}")

    def test_every_assumption_has_its_name_in_the_report(self):
        for file in FILES:
            for quantity in json.loads(run("eval", file, "--format", "json").stdout)["quantities"]:
                if quantity["role"] == "assumption" and quantity.get("source"):
                    self.assertTrue(quantity["label"], f"{file.name}: {quantity['name']}")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
