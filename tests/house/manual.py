#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The manual pages as they are built: without a warning of groff or man, where these are installed, and with every command, option, function and key in them.

Usage: manual.py SOURCE_ROOT PROGRAM PAGE...
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

ROOT, PROGRAM = pathlib.Path(sys.argv[1]), sys.argv[2]
PAGES = {pathlib.Path(page).suffix: pathlib.Path(page) for page in sys.argv[3:]}


def unescaped(section):
    text = PAGES[section].read_text(encoding="ascii")
    text = re.sub(r"\\\[u([0-9A-F]{4,5})\]", lambda match: chr(int(match[1], 16)), text)
    return re.sub(r"\\f[BIR]|\\&", "", text).replace("\\-", "-").replace("\\(aq", "'")


class Manual(unittest.TestCase):
    def test_groff_has_nothing_to_say(self):
        if not shutil.which("groff"):
            self.skipTest("there is no groff")
        for page in PAGES.values():
            done = subprocess.run(["groff", "-ww", "-man", "-Tutf8", "-z", str(page)], capture_output=True, text=True)
            self.assertEqual((done.returncode, done.stdout + done.stderr), (0, ""), page.name)

    def test_man_shows_them_without_a_warning(self):
        if not shutil.which("man") or not shutil.which("groff"):
            self.skipTest("there is no man, or no groff behind it")
        for page in PAGES.values():
            done = subprocess.run(["man", "--warnings", "-l", str(page)], capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8", "MANWIDTH": "100", "MANPAGER": "cat"})
            self.assertEqual((done.returncode, done.stderr), (0, ""), page.name)
            self.assertIn("SEE ALSO", re.sub(r".\x08", "", done.stdout), page.name)

    def test_each_is_headed_by_its_name(self):
        for section, page in PAGES.items():
            text = page.read_text(encoding="ascii")
            self.assertIn(f'.TH AICOMPUTE {section[1:]} ""', text)
            self.assertIn(".SH NAME\naicompute \\- ", text)

    def test_the_first_has_every_command_and_option(self):
        text = unescaped(".1")
        commands = re.findall(r"^  aicompute (\w+)", subprocess.run([PROGRAM, "--help"], capture_output=True, text=True, check=True).stdout, re.M)
        self.assertGreater(len(commands), 6)
        for command in commands:
            self.assertIn(f".B aicompute {command}\n", text)
            listed = subprocess.run([PROGRAM, command, "--help"], capture_output=True, text=True, check=True).stdout
            for option in re.findall(r"^  (--.*?)  ", listed, re.M):
                self.assertIn(f"\n.TP\n{option}\n", text)

    def test_the_third_has_every_function(self):
        text = unescaped(".3")
        exported = re.findall(r"^    (aic_\w+);", (ROOT / "lib/aicompute.map").read_text(), re.M)
        self.assertEqual([name for name in exported if f"\n.BR {name} ()" not in text], [])

    def test_the_fifth_has_every_key_of_the_format(self):
        text = unescaped(".5")
        listed = re.search(r"aici_section_names\[AICI_SECTION_COUNT\] = \{(.*?)\}", (ROOT / "lib/scenario/sections.c").read_text(), re.S)[1]
        for key in re.findall(r'"(\w+)"', listed):
            self.assertRegex(text, rf"\n\.TP\n(\w+, )*{key}(, \w+)*\n")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
