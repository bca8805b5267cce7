#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the model kinds of this folder as C: embed.py OUT.c KIND.yaml...

Each file becomes an array of bytes (a string literal could be longer than C promises to take), listed by name in aici_built_in_kinds.
`checks:` must be the last key, so that the part before it can be read without them.
"""

import pathlib
import re
import sys

BYTES_A_LINE = 32

HEAD = """/* SPDX-License-Identifier: MIT */
/* Made by lib/models/embed.py from the files beside it: the text of the library's own model kinds. */
#include "scenario/kind.h"
"""


def refuse(path, why):
    sys.exit(f"{path}: {why}")


def size_without_checks(path, data):
    keys = re.findall(rb"^([a-z_]+):", data, re.MULTILINE)
    if keys.count(b"checks") != 1 or keys[-1] != b"checks":
        refuse(path, "`checks:` must stand once, as the last key")
    return re.search(rb"^checks:", data, re.MULTILINE).start()


def check_name(path, data):
    if re.findall(rb"^kind: *(\S+)", data, re.MULTILINE) != [path.stem.encode()]:
        refuse(path, f"`kind:` must be {path.stem}")


def array(name, data):
    numbers = [str(byte) for byte in data + b"\0"]
    lines = [",".join(numbers[i:i + BYTES_A_LINE]) for i in range(0, len(numbers), BYTES_A_LINE)]
    return f"\nstatic const unsigned char {name}[] = {{\n" + ",\n".join(lines) + "};\n"


def main(out, *files):
    kinds = []
    for path in sorted(map(pathlib.Path, files), key=lambda path: path.stem):
        data = path.read_bytes()
        check_name(path, data)
        kinds.append((path.stem, data, size_without_checks(path, data)))
    text = HEAD + "".join(array(name, data) for name, data, _ in kinds)
    text += "\nconst aici_built_in_kind aici_built_in_kinds[] = {\n"
    text += "".join(f'    {{"{name}", (const char *){name}, {len(data)}, {without}}},\n' for name, data, without in kinds)
    text += f"}};\n\nconst size_t aici_built_in_kind_count = {len(kinds)};\n"
    pathlib.Path(out).write_text(text, encoding="ascii")


if __name__ == "__main__":
    main(*sys.argv[1:])
