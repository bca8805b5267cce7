# SPDX-License-Identifier: MIT
"""Doubles for NumPy to look at, of the library's or of Python's own."""
import ctypes
from typing import Any, Dict, List, Sequence

from ._call import Handle

_LITTLE = bytes(ctypes.c_uint16(1)) == b"\1\0"


class Block:
    """Doubles inside a C object, for NumPy to look at: read-only, and the object lives as long as a view does."""

    __slots__ = ("_owner", "_address", "size")

    def __init__(self, owner: Handle, address: int, size: int) -> None:
        self._owner, self._address, self.size = owner, address, size

    @property
    def __array_interface__(self) -> Dict[str, Any]:
        return {"version": 3, "shape": (self.size,), "typestr": "<f8" if _LITTLE else ">f8", "data": (self._address, True)}

    def tolist(self) -> List[float]:
        # A copy, made while the owner is held.
        return list((ctypes.c_double * self.size).from_address(self._address))


class Numbers:
    """Doubles that Python owns, with the same face as a block."""

    __slots__ = ("_numbers", "size")

    def __init__(self, numbers: Sequence[float]) -> None:
        self.size = len(numbers)
        self._numbers = (ctypes.c_double * self.size)(*numbers)

    @property
    def __array_interface__(self) -> Dict[str, Any]:
        return {"version": 3, "shape": (self.size,), "typestr": "<f8" if _LITTLE else ">f8", "data": (ctypes.addressof(self._numbers), True)}

    def tolist(self) -> List[float]:
        return list(self._numbers)
