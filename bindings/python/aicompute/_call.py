# SPDX-License-Identifier: MIT
"""How C is called: what goes in is checked before, what comes out is owned at once, and a status becomes an exception."""
import ctypes
import math
import os
import threading
import weakref
from typing import Any, Callable, ContextManager, Iterator, List, Mapping, Optional, Union, cast

from . import _c
from ._errors import ArgumentError, ClosedError, Report, tell, words
from ._library import lib

PathLike = Union[str, bytes, "os.PathLike[str]", "os.PathLike[bytes]"]


class Handle:
    """Owns one C object for as long as anybody holds this; ctypes takes it as the pointer itself.

    Whoever calls C holds the handle until the call returns, so closing in one thread takes nothing from under another.
    """

    __slots__ = ("_as_parameter_", "lock", "__weakref__")

    def __init__(self, pointer: int, free: Any) -> None:
        self._as_parameter_ = ctypes.c_void_p(pointer)
        self.lock = threading.RLock()
        weakref.finalize(self, free, ctypes.c_void_p(pointer)).atexit = False


class Owner:
    """What holds a handle: a context manager that can be closed twice, and refuses to be used afterwards."""

    _handle: Optional[Handle]

    def _open(self) -> Handle:
        handle = getattr(self, "_handle", None)
        if handle is None:
            raise ClosedError(f"this {type(self).__name__} is closed")
        return cast(Handle, handle)

    @property
    def closed(self) -> bool:
        """Whether it was closed."""
        return getattr(self, "_handle", None) is None

    def close(self) -> None:
        """Gives the C object back, as soon as no view or running call needs it. Closing twice is fine."""
        self._handle = None

    def __enter__(self) -> Any:
        self._open()
        return self

    def __exit__(self, *unused: object) -> None:
        self.close()


# --- calling ----------------------------------------------------------------------------------------------------------------


def do(function: Any, *arguments: Any) -> None:
    """A call that makes nothing."""
    with Report() as report:
        status = function(*arguments, report)
        if status != _c.AIC_OK:
            raise report.error(status)
        entries = report.entries()
    tell(entries)


def make(free: Any, function: Any, *arguments: Any) -> Handle:
    """A call whose last argument but one is the handle that it makes."""
    out = ctypes.c_void_p()
    with Report() as report:
        status = function(*arguments, ctypes.byref(out), report)
        if status != _c.AIC_OK:
            raise report.error(status)
        handle = Handle(cast(int, out.value), free)
        entries = report.entries()
    tell(entries)
    return handle


def write(function: Any, *arguments: Any) -> str:
    """A call whose last argument but one is the text that it writes."""
    return words(lib.aic_text_bytes(make(lib.aic_text_free, function, *arguments)))


# --- checking what goes in --------------------------------------------------------------------------------------------------


def text(value: object, what: str) -> bytes:
    """UTF-8 without NUL."""
    if not isinstance(value, str):
        raise TypeError(f"{what} must be a str, not {type(value).__name__}")
    if "\0" in value:
        raise ArgumentError(f"{what} must not contain NUL", _c.AIC_ERROR_ARGUMENT)
    try:
        return value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ArgumentError(f"{what} is not Unicode text: {error}", _c.AIC_ERROR_ARGUMENT) from None


def optional_text(value: object, what: str) -> Optional[bytes]:
    return None if value is None else text(value, what)


def path(value: object) -> bytes:
    """A path as the C library opens it."""
    if not isinstance(value, (str, bytes, os.PathLike)):
        raise TypeError(f"path must be a str or a path, not {type(value).__name__}")
    try:
        found = os.fsencode(value)
    except UnicodeEncodeError as error:
        raise ArgumentError(f"path cannot be encoded: {error}", _c.AIC_ERROR_ARGUMENT) from None
    if b"\0" in found:
        raise ArgumentError("path must not contain NUL", _c.AIC_ERROR_ARGUMENT)
    return found


def number(value: object, what: str) -> float:
    """A real number that a double holds; truth values and texts are none."""
    if type(value) is float:
        return value
    if isinstance(value, (bool, str, bytes)) or not hasattr(value, "__float__"):
        raise TypeError(f"{what} must be a number, not {type(value).__name__}")
    try:
        return float(cast(Any, value))
    except OverflowError:
        raise ArgumentError(f"{what} is too large for a double", _c.AIC_ERROR_ARGUMENT) from None


def finite(value: object, what: str) -> float:
    found = number(value, what)
    if not math.isfinite(found):
        raise ArgumentError(f"{what} must be finite, not {found}", _c.AIC_ERROR_ARGUMENT)
    return found


def whole(value: object, what: str, least: int = -(2**31), most: int = 2**31 - 1) -> int:
    """A whole number within what C holds, which ctypes itself would cut silently."""
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise TypeError(f"{what} must be a whole number, not {type(value).__name__}")
    found = int(cast(Any, value).__index__())
    if not least <= found <= most:
        raise ArgumentError(f"{what} must be from {least} to {most}", _c.AIC_ERROR_ARGUMENT)
    return found


def names(value: object, what: str) -> List[bytes]:
    """One name or several."""
    if isinstance(value, str):
        return [text(value, what)]
    try:
        found: Iterator[object] = iter(cast(Any, value))
    except TypeError:
        raise TypeError(f"{what} must be a name or several, not {type(value).__name__}") from None
    return [text(one, f"each of {what}") for one in found]


def choice(value: object, choices: Mapping[str, int], what: str) -> int:
    if not isinstance(value, str):
        raise TypeError(f"{what} must be a str, not {type(value).__name__}")
    if value not in choices:
        raise ArgumentError(f"{what} must be one of {', '.join(choices)}; not `{value}`", _c.AIC_ERROR_ARGUMENT)
    return choices[value]


# --- long calls -------------------------------------------------------------------------------------------------------------


def interruptibly(call: Callable[[], None], cancel: ctypes.c_uint32, tick: Optional[Callable[[], None]] = None) -> None:
    """Runs a call in a thread of its own, so that an interrupt reaches Python while C computes.

    Whatever is raised here meanwhile sets the word that stops C, waits until C has stopped, and goes on. A thread that has no number yet, because the interrupt
    came while it was being started, finds the word set before it calls C.
    """
    done = threading.Event()
    failures: List[BaseException] = []

    def work() -> None:
        try:
            if not cancel.value:
                call()
        except BaseException as error:
            failures.append(error)
        finally:
            done.set()

    thread = threading.Thread(target=work, name="aicompute", daemon=True)
    try:
        thread.start()
        while not done.wait(None if tick is None else 0.1):
            if tick is not None:
                tick()
    except BaseException:
        cancel.value = 1
        _wait_until_stopped(thread, done)
        raise
    if failures:
        raise failures[0]


def _wait_until_stopped(thread: threading.Thread, done: threading.Event) -> None:
    while thread.ident is not None and not done.is_set():
        try:
            done.wait()
        except BaseException:
            continue


def locked(handle: Handle) -> ContextManager[object]:
    """A scenario belongs to one thread at a time."""
    return cast(ContextManager[object], handle.lock)
