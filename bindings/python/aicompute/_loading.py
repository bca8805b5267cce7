# SPDX-License-Identifier: MIT
"""What a scenario is loaded with: libraries of kinds and units, and limits."""
import ctypes
import os
from typing import Any, Dict, Iterable, List, Mapping, Optional, Tuple, Union

from . import _c, _call
from ._call import PathLike
from ._errors import ArgumentError, ReadError

#: A library of kinds and units: the path of a file, or a name for messages and the text.
Library = Union[PathLike, Tuple[str, str]]
#: What loads the same again, as plain values: libraries as names and texts, and limits.
Origin = Tuple[List[Tuple[bytes, bytes]], Optional[Dict[str, int]]]
FILE_BYTES = 1 << 24  # the default of aic_limits


class LoadOptions:
    """The C structs of libraries and limits, and the bytes that they point to."""

    def __init__(self, libraries: Iterable[Library], limits: Optional[Mapping[str, int]]) -> None:
        if isinstance(libraries, (str, bytes, os.PathLike)):
            raise TypeError("libraries must be a list of libraries")
        self._limits = None if limits is None else _limits(limits)
        most = (self._limits.file_bytes if self._limits is not None else 0) or FILE_BYTES
        self._listed = [_library(one, most) for one in libraries]
        self._array = (_c.aic_library * len(self._listed))(*self._listed)
        self.origin: Origin = ([(one.name, one.text) for one in self._listed], None if limits is None else dict(limits))
        pointed = ctypes.pointer(self._limits) if self._limits is not None else None
        self.struct = _c.aic_load_options(ctypes.sizeof(_c.aic_load_options), None, pointed, self._array if self._listed else None, len(self._listed))

    def reference(self) -> Any:
        return ctypes.byref(self.struct)


def _library(one: object, most: int) -> _c.aic_library:
    if not isinstance(one, tuple):
        name = _call.path(one)
        content = _read(name, most)
    elif len(one) == 2:
        name, content = [part if isinstance(part, bytes) else _call.text(part, "the name or text of a library") for part in one]
    else:
        raise ArgumentError("a library is a path, or a tuple of a name and a text", _c.AIC_ERROR_ARGUMENT)
    if b"\0" in name + content:
        raise ArgumentError("a library must not contain NUL", _c.AIC_ERROR_ARGUMENT)
    return _c.aic_library(name, content, len(content))


def _read(path: bytes, most: int) -> bytes:
    """A file is read here, so that a scenario can be pickled with its libraries; one byte too many is for the library to refuse."""
    try:
        with open(path, "rb") as file:
            return file.read(most + 1)
    except OSError as error:
        raise ReadError(f"{os.fsdecode(path)}: {error.strerror}", _c.AIC_ERROR_READ) from None


def _limits(limits: object) -> _c.aic_limits:
    if not isinstance(limits, Mapping):
        raise TypeError(f"limits must be a mapping, not {type(limits).__name__}")
    known = [name for name, _ in _c.aic_limits._fields_ if name != "size"]
    made = _c.aic_limits(ctypes.sizeof(_c.aic_limits))
    for name, value in limits.items():
        if name not in known:
            raise ArgumentError(f"there is no limit `{name!s}`; there are {', '.join(known)}", _c.AIC_ERROR_ARGUMENT)
        setattr(made, name, _call.whole(value, f"the limit {name}", 0, 2**63 - 1))
    return made
