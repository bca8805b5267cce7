# SPDX-License-Identifier: MIT
"""How far a long call is: told to a function of the caller's, or shown as a bar in terminals and notebooks."""
import importlib
import sys
import time
from typing import Any, Callable, Optional, Union

Progress = Union[bool, Callable[[int, int], object], None]
PATIENCE = 1.0  #: seconds that a call may take before a bar appears by itself


def in_notebook() -> bool:
    """Whether a notebook's kernel runs this, which can be known without importing anything."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return type(shell).__name__ == "ZMQInteractiveShell"


def _somebody_looks() -> bool:
    try:
        return in_notebook() or bool(sys.stderr.isatty())
    except Exception:
        return False


class Watch:
    """Ten times a second `tick()` looks at a counter that C writes; `close()` takes a bar away."""

    def __init__(self, progress: Progress, title: str, total: int, count: Callable[[], int]) -> None:
        if not (progress is None or isinstance(progress, bool) or callable(progress)):
            raise TypeError(f"progress must be True, False, None or a function of two numbers, not {type(progress).__name__}")
        self._tell: Optional[Callable[[int, int], object]] = progress if callable(progress) else None
        self._shows = progress is True or (progress is None and _somebody_looks())
        self._appears = time.monotonic() + (0 if progress is True else PATIENCE)
        self._title, self._total, self._count = title, total, count
        self._bar: Any = None

    @property
    def wanted(self) -> bool:
        """Whether anybody would be told."""
        return self._tell is not None or self._shows

    def tick(self) -> None:
        done = min(self._count(), self._total)
        if self._tell is not None:
            self._tell(done, self._total)
        elif self._shows and (self._bar is not None or time.monotonic() >= self._appears):
            if self._bar is None:
                self._bar = _bar(self._title, self._total)
            self._bar.update(done - self._bar.n)

    def close(self, whole: bool) -> None:
        """`whole`: the call came to its end, which is told too."""
        if whole and self._tell is not None:
            self._tell(self._total, self._total)
        if self._bar is not None:
            if whole:
                self._bar.update(self._total - self._bar.n)
            self._bar.close()
            self._bar = None


def _bar(title: str, total: int) -> Any:
    """tqdm's bar where tqdm is installed, else a line of our own."""
    notebook = in_notebook()
    for module in (["tqdm.notebook"] if notebook and _found("ipywidgets") else []) + ["tqdm.std"]:
        try:
            made = importlib.import_module(module).tqdm
            return made(total=total, desc=title, leave=False, unit_scale=True, **({} if module == "tqdm.notebook" else {"file": sys.stderr}))
        except Exception:
            continue
    return Line(title, total)


def _found(name: str) -> bool:
    try:
        importlib.import_module(name)
    except Exception:
        return False
    return True


class Line:
    """One line on stderr that is written over and erased at the end."""

    WIDTH = 30

    def __init__(self, title: str, total: int) -> None:
        self._title, self._total, self.n, self._length = title, max(total, 1), 0, 0

    def update(self, more: int) -> None:
        self.n += more
        filled = self.WIDTH * self.n // self._total
        self._write(f"{self._title} [{'#' * filled}{'.' * (self.WIDTH - filled)}] {100 * self.n // self._total} %")

    def close(self) -> None:
        self._write("")

    def _write(self, text: str) -> None:
        erased = " " * max(self._length - len(text), 0)
        sys.stderr.write(f"\r{text}{erased}" + ("" if text else "\r"))
        sys.stderr.flush()
        self._length = len(text)
