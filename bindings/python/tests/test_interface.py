# SPDX-License-Identifier: MIT
"""What ctypes is told agrees with the headers, the export map, the library and the C compiler; the package is typed; the loader says what it tried."""
import ctypes
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from support import PACKAGE, ROOT

from aicompute import _c, _library


def generator():
    spec = importlib.util.spec_from_file_location("generate", ROOT / "bindings/python/generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def python(code, *options, **environment):
    return subprocess.run([sys.executable, *options, "-c", code], capture_output=True, text=True, timeout=120,
                          env={**os.environ, "PYTHONPATH": str(PACKAGE.parent), "LC_ALL": "C.UTF-8", **environment})


class Declarations(unittest.TestCase):
    def test_the_declarations_are_what_the_headers_say(self):
        self.assertEqual((PACKAGE / "_c.py").read_text(encoding="utf-8"), generator().write(ROOT))

    def test_every_exported_function_is_declared_and_no_other(self):
        exported = set(re.findall(r"\b(aic_\w+);", (ROOT / "lib/aicompute.map").read_text(encoding="utf-8")))
        self.assertEqual(set(_c.FUNCTIONS), exported)

    def test_every_function_of_a_header_is_declared(self):
        named = set()
        for header in (ROOT / "include/aicompute").glob("*.h"):
            named |= set(re.findall(r"^AIC_API .*?\b(aic_\w+)\(", header.read_text(encoding="utf-8"), flags=re.M))
        self.assertEqual(set(_c.FUNCTIONS), named)

    def test_every_function_carries_its_types(self):
        for name, (restype, argtypes) in _c.FUNCTIONS.items():
            function = getattr(_library.lib, name)
            self.assertIs(function.restype, restype, name)
            self.assertEqual(list(function.argtypes), argtypes, name)

    @unittest.skipUnless(shutil.which("cc"), "no C compiler")
    def test_structs_and_enumerators_are_laid_out_as_the_compiler_lays_them_out(self):
        said, lines = [], []
        for name, struct in sorted(vars(_c).items()):
            if name.startswith("aic_") and isinstance(struct, type):
                said.append(f"{name} {ctypes.sizeof(struct)}")
                lines.append(f'printf("{name} %zu\\n", sizeof({name}));')
                for member, _ in struct._fields_:
                    said.append(f"{name}.{member} {getattr(struct, member).offset}")
                    lines.append(f'printf("{name}.{member} %zu\\n", offsetof({name}, {member}));')
            elif name.startswith("AIC_"):
                said.append(f"{name} {struct}")
                lines.append(f'printf("{name} %d\\n", (int){name});')
        program = "#include <aicompute/aicompute.h>\n#include <stdio.h>\nint main(void) {\n" + "\n".join(lines) + "\nreturn 0; }\n"
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["cc", "-x", "c", "-", "-I", str(ROOT / "include"), "-o", folder + "/sizes"], input=program, text=True, check=True,
                           env={key: value for key, value in os.environ.items() if key != "LD_PRELOAD"})
            found = subprocess.run([folder + "/sizes"], capture_output=True, text=True, check=True).stdout.splitlines()
        self.assertEqual(found, said)


class Package(unittest.TestCase):
    def test_it_passes_mypy_strict(self):
        probe = python("import mypy, numpy")
        if probe.returncode != 0:
            self.skipTest("no mypy or no NumPy")
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run([sys.executable, "-m", "mypy", "--strict", "--cache-dir", folder, "-p", "aicompute"], cwd=PACKAGE.parent,
                                  capture_output=True, text=True, timeout=300)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_it_says_that_it_is_typed(self):
        self.assertTrue((PACKAGE / "py.typed").is_file())

    def test_it_is_written_for_python_3_9(self):
        import ast

        for path in PACKAGE.glob("*.py"):
            ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 9))

    def test_importing_it_imports_neither_numpy_nor_pandas(self):
        done = python("import sys, aicompute; print([name for name in ('numpy', 'pandas', 'matplotlib') if name in sys.modules])")
        self.assertEqual((done.stdout.strip(), done.stderr), ("[]", ""))

    def test_without_numpy_it_evaluates_and_reads_a_series_and_says_what_arrays_need(self):
        code = ("import sys; sys.modules['numpy'] = None\nimport aicompute\n"
                f"s = aicompute.load({str(ROOT / 'examples/scenarios/server_market.yaml')!r})\n"
                "q = s.evaluate()['market.shipments']; print(q[2026], len(q.tolist()), q.is_series)\n"
                "try: q.values\nexcept ImportError as error: print(error)\n")
        done = python(code)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue(done.stdout.startswith("2304000.0 7 True\nQuantity.values needs numpy"), done.stdout)

    def test_show_versions_names_the_library_that_is_loaded(self):
        done = python("import aicompute; aicompute.show_versions()")
        self.assertIn(_library.path, done.stdout)


class Loader(unittest.TestCase):
    def test_a_library_that_is_not_there_is_named_with_its_error(self):
        done = python("import aicompute", AICOMPUTE_LIBRARY="/nowhere/libaicompute.so.0")
        self.assertIn("ImportError: the library of aicompute cannot be loaded; tried\n  /nowhere/libaicompute.so.0: ", done.stderr)

    def test_without_a_path_it_looks_beside_the_package_then_for_the_soname(self):
        done = python("import os, aicompute._library as l; del os.environ['AICOMPUTE_LIBRARY']; print('\\n'.join(l.candidates()))")
        beside, soname = done.stdout.split()
        self.assertEqual(os.path.dirname(beside), str(PACKAGE))
        self.assertTrue(soname.startswith("libaicompute.") and "/" not in soname, soname)

    def test_a_library_of_something_else_is_refused(self):
        libc = "libc.so.6"
        done = python("import aicompute", AICOMPUTE_LIBRARY=libc)
        self.assertIn(f"  {libc}: ", done.stderr)

    @unittest.skipUnless(shutil.which("cc"), "no C compiler")
    def test_a_library_with_another_binary_interface_is_refused_with_both_numbers(self):
        with tempfile.TemporaryDirectory() as folder:
            path = folder + "/libaicompute.so.7"
            subprocess.run(["cc", "-shared", "-fPIC", "-x", "c", "-", "-o", path], input="unsigned aic_abi_version(void) { return 7; }\n", text=True, check=True,
                           env={key: value for key, value in os.environ.items() if key != "LD_PRELOAD"})
            done = python("import aicompute", AICOMPUTE_LIBRARY=path)
        self.assertIn(f"ImportError: aicompute needs a library with binary interface 0, but {path} has 7", done.stderr)


if __name__ == "__main__":
    unittest.main()
