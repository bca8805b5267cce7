#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every kind of message has a number of its own, in its room's range, and a test that names it (or asks for its number).

Usage: codes.py SOURCE_ROOT
"""
import pathlib
import re
import sys


def main():
    root = pathlib.Path(sys.argv[1])
    codes = re.findall(r"X\((\w+), (\d+), AIC_\w+,", (root / "lib/base/codes.h").read_text())
    tests = "\n".join(path.read_text(errors="replace") for folder in ("unit", "api", "cases") for path in (root / "tests" / folder).rglob("*") if path.is_file())
    numbers = [int(number) for _, number in codes]
    faults = [f"{number} is given twice" for number in sorted(set(numbers)) if numbers.count(number) > 1]
    faults += [f"{name} ({number}): out of order" for (name, number), before in zip(codes[1:], numbers) if int(number) <= before]
    for name, number in codes:
        if not re.search(rf"\b(?:AICI_CODE_)?{name}\b|aic_report_code\([^)]*\), {number}\)", tests):
            faults.append(f"{name} ({number}): no test produces it")
    print("\n".join(faults) or f"{len(codes)} kinds of messages, each with a test")
    return 1 if faults else 0


sys.exit(main())
