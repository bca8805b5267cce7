#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every public function has a comment directly above it that says how threads may use it and since when it exists.

Usage: documented.py SOURCE_ROOT
"""
import pathlib
import re
import sys


def main():
    faults, count = [], 0
    for path in sorted((pathlib.Path(sys.argv[1]) / "include/aicompute").glob("*.h")):
        text = path.read_text()
        for match in re.finditer(r"^AIC_API [^;{]*?\b(aic_\w+)\(", text, re.M):
            count += 1
            before = text[:match.start()].rstrip()
            comment = before[before.rfind("/**"):] if before.endswith("*/") else ""
            faults += [f"{path.name}: {match.group(1)}: no {tag}" for tag in ("@threads", "@since") if tag not in comment]
            parameters = re.search(r"\((.*?)\);", text[match.start():], re.S).group(1)
            for name in re.findall(r"(\w+)(?:\[\d*\])?\s*(?:,|$)", parameters):
                if name != "void" and not re.search(r"@param(\[out\])?\s+" + name + r"\b", comment):
                    faults.append(f"{path.name}: {match.group(1)}: parameter {name} is not described")
    print("\n".join(faults) or f"{count} functions documented")
    return 1 if faults else 0


sys.exit(main())
