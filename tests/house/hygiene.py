#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Nothing in the tree carries a path of somebody's machine or marks unfinished work; every C file opens with its licence and what it is for.

Usage: hygiene.py SOURCE_ROOT
"""
import pathlib
import re
import sys

SKIP = {".git", "build", "subprojects"}
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
MACHINE = re.compile("|".join("/" + folder + r"/[a-z]\w*" for folder in ("work", "root", "home", "tmp")))


def main():
    root = pathlib.Path(sys.argv[1])
    faults = []
    builds = {path.parent.name for path in root.glob("*/meson-private")}
    for path in sorted(root.rglob("*")):
        relative = path.relative_to(root)
        if not path.is_file() or relative.parts[0] in SKIP | builds or relative.parts[0].startswith("build") or path.suffix in {".abi", ".png"}:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        if relative.as_posix() != "tests/house/hygiene.py":
            faults += [f"{relative}: {word}" for word in set(UNFINISHED.findall(text))]
            faults += [f"{relative}: a path of a machine: {word}" for word in set(MACHINE.findall(text))]
        if path.suffix in {".c", ".h", ".hpp"} and not text.startswith("/* SPDX-License-Identifier: MIT */\n"):
            faults.append(f"{relative}: does not begin with its licence")
        if path.suffix in {".c", ".h", ".hpp"} and "/*" not in text.split("\n", 2)[1]:
            faults.append(f"{relative}: does not say what it is for")
    print("\n".join(faults) or "clean")
    return 1 if faults else 0


sys.exit(main())
