# SPDX-License-Identifier: MIT
"""Reports as Python objects: an exception class a status, an entry a fault or remark, warnings through `warnings`."""
import ctypes
import logging
import sys
import warnings
from dataclasses import dataclass
from typing import Any, Dict, Sequence, Tuple, Type

from . import _c
from ._library import lib

logger = logging.getLogger("aicompute")
logger.addHandler(logging.NullHandler())
SEVERITIES = {_c.AIC_SEVERITY_NOTE: "note", _c.AIC_SEVERITY_WARNING: "warning", _c.AIC_SEVERITY_ERROR: "error"}


@dataclass(frozen=True)
class Entry:
    """A fault or a remark: what, where, and the likely repair. Lines and columns count from 1; 0 means that there is no place."""

    severity: str
    code: int
    message: str
    hint: str
    notes: Tuple[str, ...]
    file: str
    path: str
    line: int
    column: int
    last_line: int
    last_column: int

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}: " if self.line else ""
        return f"{place}{self.severity}: {self.message} [AIC-{self.code:03d}]"


class Error(Exception):
    """What the library reports. `str()` is the picture that compilers draw: place, source line, caret, hint.

    Attributes
    ----------
    status : int
        The status of the call, as in `aicompute/status.h`.
    code : int
        The stable number of the first error, as in doc/messages.md; 0 when there is none.
    reports : tuple of Entry
        Everything that was reported.
    """

    def __init__(self, text: str = "", status: int = 0, reports: Sequence[Entry] = ()) -> None:
        super().__init__(text)
        self.text = text
        self.status = status
        self.reports: Tuple[Entry, ...] = tuple(reports)
        self.code = next((entry.code for entry in self.reports if entry.severity == "error"), 0)

    def __str__(self) -> str:
        return self.text

    def __reduce__(self) -> Tuple[Any, ...]:
        return type(self), (self.text, self.status, self.reports)


class ArgumentError(Error, ValueError):
    """The caller's mistake."""


class OutOfMemoryError(Error, MemoryError):
    """No memory; nothing was changed."""


class ReadError(Error, OSError):
    """A file cannot be read."""


class WriteError(Error, OSError):
    """A file cannot be written."""


class LimitError(Error):
    """The input is larger or deeper than the limits allow."""


class ModelSyntaxError(Error, ValueError):
    """Not YAML as scenarios are written, or not an expression."""


class ScenarioError(Error, ValueError):
    """Well-formed, but not a scenario: an unknown or duplicate key, a missing input, a cycle."""


class UnknownNameError(Error, KeyError):
    """A name that nobody defines."""


class UnitError(Error, ValueError):
    """An unknown unit, or dimensions that do not fit."""


class DomainError(Error, ValueError):
    """A value out of its bounds, or not finite."""


class UnsupportedError(Error, NotImplementedError):
    """Understood, but this version does not do it."""


class Cancelled(Error):
    """The call was stopped."""


class InternalError(Error, RuntimeError):
    """A fault of the library: please report it."""


class ClosedError(Error, ValueError):
    """The object was closed."""


class ReportWarning(UserWarning):
    """A warning of the library: the result stands, but is probably not what was meant."""


BY_STATUS: Dict[int, Type[Error]] = {
    _c.AIC_ERROR_ARGUMENT: ArgumentError, _c.AIC_ERROR_MEMORY: OutOfMemoryError, _c.AIC_ERROR_READ: ReadError,
    _c.AIC_ERROR_WRITE: WriteError, _c.AIC_ERROR_LIMIT: LimitError, _c.AIC_ERROR_SYNTAX: ModelSyntaxError,
    _c.AIC_ERROR_SCENARIO: ScenarioError, _c.AIC_ERROR_NAME: UnknownNameError, _c.AIC_ERROR_UNIT: UnitError,
    _c.AIC_ERROR_DOMAIN: DomainError, _c.AIC_ERROR_UNSUPPORTED: UnsupportedError, _c.AIC_ERROR_CANCELLED: Cancelled,
    _c.AIC_ERROR_INTERNAL: InternalError,
}


def words(borrowed: Any) -> str:
    """A text that C lends, as Python's own."""
    return str(borrowed, "utf-8", "replace") if borrowed is not None else ""


class Report:
    """One report for one call; `with` gives it back."""

    def __init__(self) -> None:
        self._as_parameter_ = lib.aic_report_new(None)
        if not self._as_parameter_:
            raise OutOfMemoryError("no memory for a report", _c.AIC_ERROR_MEMORY)

    def __enter__(self) -> "Report":
        return self

    def __exit__(self, *unused: object) -> None:
        lib.aic_report_free(self)
        self._as_parameter_ = None

    def entries(self) -> Tuple[Entry, ...]:
        return tuple(self._entry(index) for index in range(lib.aic_report_count(self)))

    def _entry(self, index: int) -> Entry:
        place = [ctypes.c_uint() for _ in range(4)]
        lib.aic_report_place(self, index, *[ctypes.byref(number) for number in place])
        return Entry(SEVERITIES.get(lib.aic_report_severity(self, index), "note"), lib.aic_report_code(self, index),
                     words(lib.aic_report_message(self, index)), words(lib.aic_report_hint(self, index)),
                     tuple(words(lib.aic_report_notes(self, index)).splitlines()), words(lib.aic_report_file(self, index)),
                     words(lib.aic_report_path(self, index)), *[number.value for number in place])

    def picture(self) -> str:
        text = ctypes.c_void_p()
        if lib.aic_report_text(self, 0, ctypes.byref(text)) != _c.AIC_OK:
            return ""
        try:
            return words(lib.aic_text_bytes(text)).rstrip("\n")
        finally:
            lib.aic_text_free(text)

    def error(self, status: int) -> Error:
        text = self.picture() or words(lib.aic_status_text(status))
        return BY_STATUS.get(status, Error)(text, status, self.entries())


def _level_of_the_caller() -> int:
    """How many frames up the first one outside this package is, for `warnings.warn` in the caller of this function."""
    level, frame = 1, sys._getframe(1)
    while frame.f_back is not None and frame.f_globals.get("__name__", "").partition(".")[0] == __package__:
        level, frame = level + 1, frame.f_back
    return level


def tell(entries: Sequence[Entry]) -> None:
    """Hands what a call that went well remarked to Python's own channels."""
    for entry in entries:
        if entry.severity == "warning":
            details = [str(entry), *entry.notes] + ([f"help: {entry.hint}"] if entry.hint else [])
            warnings.warn("\n".join(details), ReportWarning, stacklevel=_level_of_the_caller())
        else:
            logger.debug("%s", entry)
