# SPDX-License-Identifier: MIT
"""Finds the shared library, refuses one with another binary interface, and declares its functions."""
import ctypes
import os
import pathlib
import sys
from typing import List, Tuple

from . import _c

ABI = 0  # the binary interface that this package is written for: the number in the soname


def _file_name() -> str:
    return f"libaicompute.{ABI}.dylib" if sys.platform == "darwin" else f"libaicompute.so.{ABI}"


def candidates() -> List[str]:
    """Where the library is looked for, in this order. A path that the caller gives is the only one."""
    given = os.environ.get("AICOMPUTE_LIBRARY")
    if given:
        return [given]
    return [str(pathlib.Path(__file__).resolve().parent / _file_name()), _file_name()]


def _check(library: ctypes.CDLL, path: str) -> None:
    version = library.aic_abi_version
    version.restype, version.argtypes = ctypes.c_uint, []
    found = version()
    if found != ABI:
        raise ImportError(f"aicompute needs a library with binary interface {ABI}, but {path} has {found}", path=path)
    for name, (restype, argtypes) in _c.FUNCTIONS.items():
        try:
            function = getattr(library, name)
        except AttributeError:
            raise ImportError(f"{path} lacks {name}: it is older than this package", path=path) from None
        function.restype, function.argtypes = restype, argtypes


def _load() -> Tuple[ctypes.CDLL, str]:
    failures = []
    for path in candidates():
        try:
            found = ctypes.CDLL(path)
            found.aic_abi_version
        except (OSError, AttributeError, ValueError) as error:
            failures.append(f"  {path}: {error}")
            continue
        _check(found, path)
        return found, path
    raise ImportError("the library of aicompute cannot be loaded; tried\n" + "\n".join(failures)
                      + "\nset AICOMPUTE_LIBRARY to the path of " + _file_name())


lib, path = _load()
