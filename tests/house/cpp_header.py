#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The C++ layer: each header compiles alone and twice without a warning (all together by every compiler and standard), leaves no macro but its guard, defines no symbol that could clash,
and reaches every function of the C headers. The examples of doc/cpp.md compile.

Usage: cpp_header.py SOURCE_ROOT
"""
import itertools
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

WARNINGS = "-Wall -Wextra -pedantic -Wconversion -Wsign-conversion -Wshadow -Wold-style-cast -Wnon-virtual-dtor -Wundef -Werror".split()
# Calls of everything, so that the compiler has to define what is inline.
USE = """
int use(int, char **) {
    aicompute::Scenario scenario;
    aicompute::Result result = scenario.evaluate();
    const aicompute::Model model = aicompute::Model::compile(scenario, {{"a", "b"}}, {{"c"}});
    std::vector<double> column(3);
    model.evaluate_batch({column}, {column});
    model.evaluate(column, column);
    return static_cast<int>(aicompute::Kinds().text().size() + aicompute::Units().text().size() + result.text().size() + result["a"].values().size());
}
"""


def compilers():
    names = dict.fromkeys(name for name in (os.environ.get("CXX", "c++"), "g++", "clang++") if shutil.which(name.split()[0]))
    for compiler, standard in itertools.product(names, ("c++17", "c++20")):
        yield [*compiler.split(), f"-std={standard}"]


def run(command, text):
    return subprocess.run([*command, "-x", "c++", "-"], input=text, capture_output=True, text=True, check=False)


def unreached(headers, layer):
    """C functions that the layer never names."""
    declared = {name for path in headers.glob("*.h") for name in re.findall(r"^AIC_API [^;{]*?\b(aic_\w+)\(", path.read_text(), re.M)}
    text = "\n".join(path.read_text() for path in layer)
    return [f"{name}: not reached from C++" for name in sorted(declared) if not re.search(rf"\b{name}\b", text)]


def macros(command, include, text):
    lines = run([*command, include, "-dM", "-E"], text).stdout.splitlines()
    return {line.split()[1].split("(")[0] for line in lines}


def left_behind(command, include, layer):
    """Macros with a name of this library that C++ adds to those of C, other than guards."""
    added = macros(command, include, "#include <aicompute/aicompute.hpp>\n") - macros(command, include, "#include <aicompute/aicompute.h>\n")
    guards = {f"AICOMPUTE_{'CPP_' if path.parent.name == 'cpp' else ''}{path.stem.upper()}_HPP" for path in layer}
    return [f"macro {name} is left behind" for name in sorted(added) if re.match(r"aic", name, re.I) and name not in guards]


def strong_symbols(command, include):
    """Symbols of the layer that two files could not both have."""
    with tempfile.TemporaryDirectory() as folder:
        product = os.path.join(folder, "use.o")
        done = run([*command, include, *WARNINGS, "-O0", "-c", "-o", product], "#include <aicompute/aicompute.hpp>\n" + USE)
        if done.returncode != 0:
            return [done.stderr]
        lines = subprocess.run(["nm", "-C", "--defined-only", product], capture_output=True, text=True, check=True).stdout.splitlines()
    return [f"{line}: not inline" for line in lines if re.match(r"[0-9a-f]+ [TDBRGSCu] .*aicompute::", line)]


def broken_examples(command, include, page):
    """Code of the page on C++ that does not compile; where a block makes no scenario, one is there."""
    blocks = re.findall(r"^```cpp\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S)
    faults = [] if len(blocks) > 3 else [f"{page.name}: {len(blocks)} examples only"]
    for block in blocks:
        text = f"#include <aicompute/aicompute.hpp>\n#include <iostream>\nvoid page(aicompute::Scenario &scenario);\nvoid page(aicompute::Scenario &scenario) {{ {{\n{block}}} }}\n"
        done = run([*command, include, "-Wall", "-Wextra", "-Wno-unused-variable", "-Wno-unused-parameter", "-Werror", "-fsyntax-only"], text)
        faults += [f"{page.name}: {done.stderr}"] if done.returncode != 0 else []
    return faults


def main():
    headers = pathlib.Path(sys.argv[1]) / "include/aicompute"
    include = f"-I{headers.parent}"
    layer = sorted([*headers.glob("*.hpp"), *headers.glob("cpp/*.hpp")])
    faults = unreached(headers, layer)
    commands = list(compilers())
    for number, command in enumerate(commands):
        for path in layer if number < 2 else []:
            name = path.relative_to(headers.parent)
            done = run([*command, include, *WARNINGS, "-fsyntax-only"], f"#include <{name}>\n#include <{name}>\n")
            if done.returncode != 0:
                faults.append(f"{name}: {' '.join(command)}\n{done.stderr}")
        faults += left_behind(command, include, layer) + strong_symbols(command, include)
    faults += broken_examples(commands[0], include, headers.parents[1] / "doc/cpp.md") if commands else []
    print("\n".join(faults) or f"{len(layer)} headers by {len(commands)} compilers and standards; no C function is out of reach")
    if not commands:
        print("no C++ compiler is here: skipped")
        return 77
    return 1 if faults else 0


sys.exit(main())
