#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes aicompute/_c.py from the public headers: enumerators, structs, and argtypes and restype of every function.

Usage: generate.py SOURCE_ROOT            compares what is there with what the headers say
       generate.py SOURCE_ROOT --write    writes it
"""
import pathlib
import re
import sys

SCALARS = {"int": "c_int", "unsigned": "c_uint", "size_t": "c_size_t", "double": "c_double", "uint32_t": "c_uint32", "uint64_t": "c_uint64"}
HEAD = '''# SPDX-License-Identifier: MIT
"""What the headers of the library declare. Written by generate.py from include/aicompute/*.h; not for editing."""
from ctypes import POINTER, Structure, c_char_p, c_double, c_int, c_size_t, c_uint, c_uint32, c_uint64, c_void_p
from typing import Any, Dict, List, Tuple
'''


def headers(root):
    """The text of all headers, without comments and preprocessor lines."""
    order = ["status", "report", "kind", "unit", "result", "table", "scenario", "model", "sample", "solve", "sweep"]
    files = {path.stem: path for path in sorted((root / "include/aicompute").glob("*.h")) if path.stem != "aicompute"}
    names = [name for name in order if name in files] + [name for name in files if name not in order]
    text = "\n".join(files[name].read_text(encoding="utf-8") for name in names)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    return "\n".join(line for line in text.splitlines() if not line.startswith("#"))


def enumerations(text):
    """{enum: [(enumerator, number)]}; every enumerator is given its number in the header."""
    return {name: [(key, int(number)) for key, number in re.findall(r"(\w+)\s*=\s*(-?\d+)", body)]
            for body, name in re.findall(r"typedef enum \w+ \{(.*?)\}\s*(\w+);", text, flags=re.S)}


def structures(text):
    """{struct: [declaration of a member]} in the order of the headers."""
    return {name: [member.strip() for member in body.split(";") if member.strip()]
            for body, name in re.findall(r"typedef struct \w+ \{(.*?)\}\s*(\w+);", text, flags=re.S)}


def functions(text):
    """[(name, type returned, [declaration of a parameter])]."""
    found = []
    for result, name, parameters in re.findall(r"AIC_API\s+([\w\s*]+?)\b(aic_\w+)\(([^;]*?)\);", text, flags=re.S):
        parameters = " ".join(parameters.split())
        found.append((name, result.strip(), [] if parameters == "void" else [one.strip() for one in parameters.split(",")]))
    return sorted(found)


class Types:
    def __init__(self, text):
        self.enums, self.structs = set(enumerations(text)), set(structures(text))

    def of(self, declaration, named=True):
        """The ctypes name of a declaration such as `const double *const *inputs`, and the name it declares."""
        if "(*" in declaration:
            return "c_void_p", re.search(r"\(\*(\w+)\)", declaration).group(1)
        words = re.sub(r"\b(const|volatile|struct|enum)\b", " ", declaration)
        stars, words = words.count("*"), words.replace("*", " ").split()
        name = words[-1] if named else ""
        return self.pointed(words[0], stars), name

    def pointed(self, base, stars):
        if base in self.enums:
            base = "int"
        if base == "char":
            return "c_char_p" if stars == 1 else "POINTER(c_char_p)"
        if base in SCALARS and stars < 2:
            return SCALARS[base] if stars == 0 else f"POINTER({SCALARS[base]})"
        if base in self.structs:
            return f"POINTER({base})" if stars else base
        return {1: "c_void_p", 2: "POINTER(c_void_p)"}[stars]

    def returned(self, declaration):
        if declaration == "void":
            return "None"
        kind = self.of(declaration, named=False)[0]
        return "c_void_p" if kind.startswith("POINTER") else kind


def listing(opening, items, closing):
    return [opening] + [f"    {item}," for item in items] + [closing]


def write(root):
    text = headers(root)
    types, lines = Types(text), [HEAD]
    for name, entries in enumerations(text).items():
        lines += [f"# {name}"] + [f"{key} = {number}" for key, number in entries] + [""]
    for name, members in structures(text).items():
        fields = [types.of(member)[::-1] for member in members]
        lines += ["", f"class {name}(Structure):"]
        lines += ["    " + line for line in listing("_fields_ = [", [f'("{field}", {kind})' for field, kind in fields], "]")] + [""]
    lines += ["", "# name: (restype, argtypes)", "FUNCTIONS: Dict[str, Tuple[Any, List[Any]]] = {"]
    for name, result, parameters in functions(text):
        arguments = ", ".join(types.of(parameter)[0] for parameter in parameters)
        lines.append(f'    "{name}": ({types.returned(result)}, [{arguments}]),')
    return "\n".join(lines + ["}", ""])


def main():
    root = pathlib.Path(sys.argv[1])
    path, wanted = root / "bindings/python/aicompute/_c.py", write(root)
    if "--write" in sys.argv[2:]:
        path.write_text(wanted, encoding="utf-8")
        return 0
    fresh = path.is_file() and path.read_text(encoding="utf-8") == wanted
    print("fresh" if fresh else "aicompute/_c.py is not what the headers say: run generate.py SOURCE_ROOT --write")
    return 0 if fresh else 1


if __name__ == "__main__":
    sys.exit(main())
