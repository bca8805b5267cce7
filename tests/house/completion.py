#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What a shell offers behind `aicompute …`: asked of bash's completion in a bash that is not interactive; zsh's and fish's are read by these where they are installed.

Usage: completion.py SOURCE_ROOT PROGRAM
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT, PROGRAM = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
ENVIRONMENT = {**os.environ, "PATH": f"{PROGRAM.parent}:{os.environ['PATH']}"}
HELP = subprocess.run([PROGRAM, "--help"], capture_output=True, text=True, check=True).stdout
COMMANDS = re.findall(r"^  aicompute (\w+)", HELP, re.M)
CHAT = "examples/scenarios/chat_service.yaml"


def script(shell):
    return subprocess.run([PROGRAM, "--completion", shell], capture_output=True, text=True, check=True).stdout


def options(command):
    return re.findall(r"^  (--[\w-]+)", subprocess.run([PROGRAM, command, "--help"], capture_output=True, text=True, check=True).stdout, re.M)


def offered(*words):
    """What bash offers for the last of these words."""
    ask = script("bash") + 'COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _aicompute; printf "%s\\n" "${COMPREPLY[@]}"'
    done = subprocess.run(["bash", "--norc", "--noprofile", "-c", ask, "bash", "aicompute", *words], capture_output=True, text=True, cwd=ROOT, env=ENVIRONMENT, timeout=60)
    assert done.stderr == "", done.stderr
    return sorted(done.stdout.split())


class Completion(unittest.TestCase):
    def test_commands_are_those_of_the_help(self):
        self.assertIn("schema", COMMANDS)
        self.assertEqual(offered(""), sorted([*COMMANDS, "--help", "--version"]))
        self.assertEqual(offered("ch"), ["check"])

    def test_options_are_those_of_the_command(self):
        for command in COMMANDS:
            self.assertEqual(offered(command, "-"), sorted(options(command)), command)
        self.assertEqual(offered("eval", CHAT, "--dig"), ["--digits"])

    def test_values_of_an_option_that_has_a_few(self):
        self.assertEqual(offered("eval", "--format", ""), ["csv", "json", "markdown", "text"])
        self.assertEqual(offered("eval", CHAT, "--numerals", "c"), ["chinese"])
        self.assertEqual(offered("eval", CHAT, "--numerals", "=", "c"), ["chinese"])
        self.assertEqual(offered("eval", "--digits", ""), [])

    def test_scenarios_and_folders_are_offered_for_a_file(self):
        self.assertIn(CHAT, offered("check", "examples/scenarios/chat"))
        self.assertEqual(offered("eval", "examples/scen"), ["examples/scenarios"])
        self.assertEqual(offered("eval", "READ"), [])
        self.assertEqual(offered("eval", "--output", "READ"), ["README.md"])

    def test_names_are_those_of_the_file_on_the_line(self):
        self.assertEqual(offered("explain", CHAT, "chat.cap"), ["chat.capex"])
        self.assertEqual(offered("eval", "--format", "json", CHAT, "chat.servers", "vis"), ["visits"])
        self.assertEqual(offered("eval", CHAT, "--set", "chat.uti"), ["chat.utilization="])
        self.assertEqual(offered("explain", "nothing.yaml", ""), [])

    def test_kinds_are_offered_to_models(self):
        self.assertEqual(offered("models", "inf"), ["inference"])

    def test_a_file_name_is_never_run(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in ("$(touch bad).yaml", "`touch bad`.yaml", "a;touch bad;.yaml"):
                (pathlib.Path(folder) / name).write_text("aicompute: 1\nassumptions: {a: 1}\n")
                offered("explain", f"{folder}/{name}", "")
            self.assertFalse((ROOT / "bad").exists())

    def test_every_command_and_option_is_in_all_three(self):
        for shell in ("bash", "zsh", "fish"):
            text = script(shell)
            for command in COMMANDS:
                self.assertRegex(text, rf"\b{command}\b", shell)
                for option in options(command):
                    self.assertIn(f"-l {option[2:]} " if shell == "fish" else option, text, shell)

    def test_shells_read_theirs(self):
        for shell in ("bash", "zsh", "fish"):
            if shutil.which(shell):
                with tempfile.NamedTemporaryFile("w", suffix=f".{shell}", encoding="utf-8") as file:
                    file.write(script(shell))
                    file.flush()
                    done = subprocess.run([shell, "-n", file.name], capture_output=True, text=True)
                    self.assertEqual((done.returncode, done.stderr), (0, ""), shell)

    def test_another_shell_is_refused(self):
        done = subprocess.run([PROGRAM, "--completion", "tcsh"], capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("use bash, zsh or fish", done.stderr)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
