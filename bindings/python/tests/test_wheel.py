# SPDX-License-Identifier: MIT
"""The wheel carries all that it needs: it installs into a bare environment without a network, where neither this library nor libyaml is found, and works there.

The library is built without optimizing here, which changes no bit of any answer and takes a quarter of the time. Wheels that people build are optimized.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import unittest
import zipfile

from support import HAS_VENV, PACKAGE, ROOT

PYTHON = os.environ.get("AICOMPUTE_PYTHON", "/usr/bin/python3")
HOOKS = "import sys; sys.path.insert(0, 'bindings/python'); import build_backend; print('built', build_backend."


def run(words, **more):
    environment = {key: value for key, value in os.environ.items() if key not in ("AICOMPUTE_LIBRARY", "PYTHONPATH", "LD_PRELOAD", "LD_LIBRARY_PATH")}
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=900, env=environment, **more)
    if done.returncode != 0:
        raise AssertionError(f"{words}: {done.returncode}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
    return done.stdout


def missing():
    if shutil.which(PYTHON) is None or subprocess.run([PYTHON, "-c", "import mesonpy"], capture_output=True).returncode != 0:
        return "no meson-python for " + PYTHON
    return None if HAS_VENV else "no venv, or no pip for it"


def copy_of_the_tree(target):
    """What is in the source tree, without builds: so that building leaves nothing there."""
    builds = {path.parent.name for path in ROOT.glob("*/meson-private")}
    shutil.copytree(ROOT, target, ignore=lambda folder, names: [one for one in names if one in {".git", "__pycache__", ".mypy_cache"}
                                                                or (pathlib.Path(folder) == ROOT and (one in builds or one.startswith("build")))])


@unittest.skipIf(missing(), missing())
class Wheel(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.holder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.holder.cleanup)
        cls.folder = pathlib.Path(cls.holder.name)
        copy_of_the_tree(cls.folder / "source")
        said = run([PYTHON, "-c", HOOKS + "build_wheel(sys.argv[1], {'setup-args': ['-Doptimization=0']}))", cls.folder], cwd=cls.folder / "source")
        cls.wheel = cls.folder / said.split("built ")[-1].strip()
        run([PYTHON, "-m", "venv", cls.folder / "venv"])
        cls.scripts = cls.folder / "venv/bin"
        run([cls.scripts / "python", "-m", "pip", "install", "--no-index", "--no-deps", "--no-cache-dir", cls.wheel])

    def python(self, code):
        return run([self.scripts / "python", "-I", "-c", code], cwd=self.folder)

    def test_it_is_for_every_python_3_of_this_platform(self):
        self.assertRegex(self.wheel.name, r"^aicompute-[0-9.]+-py3-none-[a-z0-9_]+\.whl$")
        with zipfile.ZipFile(self.wheel) as wheel:
            self.assertIsNone(wheel.testzip())
            tags = [line for name in wheel.namelist() if name.endswith("/WHEEL") for line in wheel.read(name).decode().splitlines() if line.startswith("Tag:")]
        self.assertEqual(tags, ["Tag: " + self.wheel.stem.split("-", 2)[2]])

    def test_it_holds_the_whole_package_and_the_notices(self):
        with zipfile.ZipFile(self.wheel) as wheel:
            held = {pathlib.PurePosixPath(name).name for name in wheel.namelist() if name.startswith("aicompute/")}
        wanted = {path.name for path in PACKAGE.iterdir() if path.is_file() and path.name != "meson.build"}
        self.assertEqual(held - wanted, {"libaicompute.so.0", "aicompute", "NOTICE"})
        self.assertEqual(wanted - held, set())

    def test_it_works_where_nothing_else_is(self):
        scenario, market = ROOT / "examples/scenarios/report.yaml", ROOT / "examples/scenarios/server_market.yaml"
        said = self.python(f"""
import importlib.util, json, aicompute
from importlib.metadata import version
check = aicompute.load({str(scenario)!r}).check()
shipments = aicompute.load({str(market)!r}).evaluate()["market.shipments"]
sampled = aicompute.loads("aicompute: 1\\nassumptions: {{a: 2 to 5}}\\ncalculations: {{b: a * 2}}\\n").sample(1000)["b"].statistics().mean
mapped = sorted({{line.split()[-1] for line in open("/proc/self/maps") if "yaml" in line or "aicompute" in line}})
print(json.dumps([importlib.util.find_spec("numpy") is None, len(check.claims), check.claims.count("differs"), shipments[2026], sampled, mapped,
                  [version("aicompute"), aicompute.__version__, aicompute.library_version()]]))
""")
        no_numpy, claims, differ, shipments, sampled, mapped, versions = json.loads(said)
        self.assertTrue(no_numpy)
        self.assertEqual((claims, differ, shipments), (20, 8, 2304000.0))
        self.assertGreater(sampled, 6)
        self.assertEqual([os.path.basename(path) for path in mapped], ["libaicompute.so.0"])
        self.assertTrue(mapped[0].startswith(os.path.realpath(self.folder)), mapped)
        self.assertEqual(len(set(versions)), 1, versions)

    def test_it_brings_the_program(self):
        said = run([self.scripts / "aicompute", "check", ROOT / "examples/scenarios/report.yaml"])
        self.assertIn("20 claims", said)
        self.assertEqual(run([self.scripts / "python", "-m", "aicompute", "check", ROOT / "examples/scenarios/report.yaml"]), said)

    def test_the_sdist_holds_every_file_that_is_kept(self):
        if not (ROOT / ".git").exists() or shutil.which("git") is None:
            self.skipTest("the source tree is not a clone of a repository")
        clone = self.folder / "clone"
        run(["git", "clone", "-q", "--no-hardlinks", ROOT, clone])
        said = run([PYTHON, "-c", HOOKS + "build_sdist(sys.argv[1]))", self.folder], cwd=clone)
        with tarfile.open(self.folder / said.split("built ")[-1].strip()) as sdist:
            held = {name.split("/", 1)[1] for name in sdist.getnames() if "/" in name}
        kept = set(run(["git", "-c", "core.quotePath=false", "ls-files"], cwd=clone).splitlines())
        self.assertEqual(kept - held, set())
        self.assertIn("PKG-INFO", held)


if __name__ == "__main__":
    if missing():
        print(missing())
        raise SystemExit(77)
    unittest.main()
