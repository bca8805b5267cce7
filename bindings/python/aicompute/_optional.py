# SPDX-License-Identifier: MIT
"""NumPy, pandas and matplotlib, asked for only where they are needed."""
import importlib
from typing import Any


def _need(name: str, purpose: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise ImportError(f"{purpose} needs {name}: {error}", name=name) from error


def numpy(purpose: str) -> Any:
    return _need("numpy", purpose)


def pandas(purpose: str) -> Any:
    return _need("pandas", purpose)


def matplotlib(purpose: str, module: str = "pyplot") -> Any:
    return _need(f"matplotlib.{module}", purpose)
