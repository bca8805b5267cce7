# SPDX-License-Identifier: MIT
"""What a report of a fault needs to say."""
import importlib
import platform
import sys

from . import _library
from ._errors import words

__version__ = "0.1.0"


def library_version() -> str:
    """The version of the C library that is loaded."""
    return words(_library.lib.aic_version())


def _version_of(name: str) -> str:
    try:
        return str(importlib.import_module(name).__version__)
    except Exception as error:
        return f"none ({type(error).__name__})"


def show_versions() -> None:
    """Prints what a report of a fault needs to say."""
    facts = {"aicompute": __version__, "library": library_version(), "binary interface": str(_library.lib.aic_abi_version()), "loaded from": _library.path,
             "python": sys.version.split()[0], "platform": platform.platform(), **{name: _version_of(name) for name in ("numpy", "pandas", "matplotlib")}}
    print("\n".join(f"{name:17} {value}" for name, value in facts.items()))
