#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes doc/messages.md from lib/base/codes.h and doc/models.md from the kinds that the program knows; or, without --write, tells whether they are fresh.

Usage: generate.py SOURCE_ROOT PROGRAM [--write]
"""
import json
import pathlib
import re
import subprocess
import sys

ROOMS = {1: "Calls and files", 2: "YAML", 3: "Units", 4: "Expressions", 5: "Scenarios", 6: "Kinds of models", 7: "Evaluation", 8: "Claims"}


def messages(root):
    text = (root / "lib/base/codes.h").read_text()
    out = ["# Messages", "", "Every message of the library has a number, printed in brackets at its end, which never changes its meaning. Generated from `lib/base/codes.h`.", ""]
    room = None
    for name, number, status, meaning in re.findall(r'X\((\w+), (\d+), (AIC_\w+), "((?:[^"\\]|\\.)*)"\)', text):
        if int(number) // 100 != room:
            room = int(number) // 100
            out += ["", f"## {ROOMS[room]}", "", "| number | meaning | the call returns |", "| --- | --- | --- |"]
        returned = "nothing: a remark" if status == "AIC_OK" else f"`{status}`"
        out.append(f"| AIC-{number} | {meaning.replace('|', '&#124;')} | {returned} |")
    return "\n".join(out) + "\n"


def models(program):
    def ask(*words):
        return subprocess.run([program, "models", *words], check=True, capture_output=True, text=True).stdout

    kinds = json.loads(ask("--format", "json"))["kinds"]
    out = ["# Kinds of models", "", "What each kind takes and gives, with the formulas that run. Generated from `lib/models/`; `aicompute models KIND` prints the same at the command line. "
           "An input is *required*, has a *default*, is *optional* (outputs that need it are left out without it), or is *one of* several ways to say the same. "
           "Where a formula has alternatives, the first one counts whose inputs are given.", "", ask("--format", "markdown").strip(), ""]
    out += [ask(kind["kind"], "--format", "markdown").strip() + "\n" for kind in kinds]
    return "\n".join(out)


def main():
    root, program = pathlib.Path(sys.argv[1]), sys.argv[2]
    stale = 0
    for name, text in (("messages.md", messages(root)), ("models.md", models(program))):
        path = root / "doc" / name
        if "--write" in sys.argv:
            path.write_text(text)
        elif not path.exists() or path.read_text() != text:
            print(f"doc/{name} is stale: run `meson compile -C build update-docs`")
            stale = 1
    return stale


sys.exit(main())
