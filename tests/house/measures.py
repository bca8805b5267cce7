#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The measure of the rooms: files of at most 500 lines (tables aside), functions of at most 60 (the dispatch loop aside).

Usage: measures.py SOURCE_ROOT
A function is what stands between a line that ends in `) {` at the left margin and the next `}` there.
"""
import pathlib
import statistics
import sys

TABLES = {"units/table.c", "base/number_powers.c", "base/utf8_width.c"}
DISPATCH = {"aici_eval_one", "run_block"}


def functions_of(lines):
    start = None
    for number, line in enumerate(lines):
        if start is None and line.rstrip().endswith(") {") and not line.startswith((" ", "\t", "}", "#")):
            start = number
            while start > 0 and lines[start - 1].startswith((" ", "\t")) is False and lines[start].startswith((" ", "\t")):
                start -= 1
        elif start is not None and line.startswith("}"):
            yield lines[start], number - start + 1
            start = None


def main():
    root = pathlib.Path(sys.argv[1])
    faults, lengths = [], []
    for folder in ("lib", "examples"):
        for path in sorted((root / folder).rglob("*.[ch]")):
            name, lines = str(path.relative_to(root / folder)), path.read_text().splitlines()
            if len(lines) > 500 and name not in TABLES:
                faults.append(f"{folder}/{name}: {len(lines)} lines")
            if path.suffix == ".c":
                for head, length in functions_of(lines):
                    lengths.append(length)
                    if length > 60 and not any(known in head for known in DISPATCH):
                        faults.append(f"{folder}/{name}: {length} lines in {head.strip()}")
    median = statistics.median(lengths)
    if median > 12:
        faults.append(f"the median function has {median} lines")
    print("\n".join(faults) or f"{len(lengths)} functions, median {median:g} lines, longest {max(lengths)}")
    return 1 if faults else 0


sys.exit(main())
