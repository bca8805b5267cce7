# SPDX-License-Identifier: MIT
"""How a scenario is sampled, as C takes it; and the long call itself, which an interrupt stops."""
import ctypes
import os
from typing import Any, Callable, Iterable, List, Optional, Tuple, cast

from . import _c, _call
from ._call import Handle
from ._errors import Entry, Report, tell
from ._library import lib
from ._progress import Progress, Watch
from ._statistics import USUAL

METHODS = {"sobol": _c.AIC_METHOD_SOBOL, "monte_carlo": _c.AIC_METHOD_MONTE_CARLO}
USUAL_SAMPLES = 65536


def processors() -> int:
    """How many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


class Sampling:
    """The options, and the memory that C reads and writes while it samples."""

    def __init__(self, samples: int, seed: int, method: str, replicates: int, threads: Optional[int], quantiles: Optional[Iterable[float]]) -> None:
        self.cancel, self.done = ctypes.c_uint32(0), ctypes.c_uint64(0)
        self.probabilities = USUAL if quantiles is None else _probabilities(quantiles)
        self._array = (ctypes.c_double * max(len(self.probabilities), 1))(*self.probabilities)
        self.total = _call.whole(samples, "samples", 0, 2**32) or USUAL_SAMPLES
        workers = min(processors(), 64) if threads is None else _call.whole(threads, "threads", 0, 1024)
        self.struct = _c.aic_sample_options(
            size=ctypes.sizeof(_c.aic_sample_options), samples=self.total, seed=_call.whole(seed, "seed", 0, 2**64 - 1),
            method=_call.choice(method, METHODS, "method"), replicates=_call.whole(replicates, "replicates", 0, 2**32 - 1), threads=workers,
            quantiles=None if quantiles is None else self._array, quantile_count=0 if quantiles is None else len(self.probabilities),
            cancel=ctypes.pointer(self.cancel), progress=ctypes.pointer(self.done))

    def reference(self) -> Any:
        return ctypes.byref(self.struct)

    def run(self, title: str, progress: Progress, function: Any, *arguments: Any) -> Handle:
        """Makes a result by a call that takes these options, in a thread of its own."""
        return run(title, progress, self.total, self.cancel, self.done, function, *arguments)


def run(title: str, progress: Progress, total: int, cancel: ctypes.c_uint32, done: ctypes.c_uint64, function: Any, *arguments: Any,
        free: Any = lib.aic_result_unref) -> Handle:
    """A long call whose last argument but one is the result that it makes."""
    made: List[Tuple[Handle, Tuple[Entry, ...]]] = []

    def call() -> None:
        out = ctypes.c_void_p()
        with Report() as report:
            status = function(*arguments, ctypes.byref(out), report)
            if status != _c.AIC_OK:
                raise report.error(status)
            made.append((Handle(cast(int, out.value), free), report.entries()))

    watched(title, progress, total, done, cancel, call)
    handle, entries = made.pop()
    tell(entries)
    return handle


def watched(title: str, progress: Progress, total: int, done: ctypes.c_uint64, cancel: ctypes.c_uint32, call: Callable[[], None]) -> None:
    """Runs a long call so that an interrupt stops it, and tells how far it is."""
    watch = Watch(progress, title, total, lambda: done.value)
    whole = False
    try:
        _call.interruptibly(call, cancel, watch.tick if watch.wanted else None)
        whole = True
    finally:
        watch.close(whole)


def _probabilities(quantiles: object) -> Tuple[float, ...]:
    if isinstance(quantiles, (str, bytes)) or not hasattr(quantiles, "__iter__"):
        raise TypeError(f"quantiles must be numbers, not {type(quantiles).__name__}")
    return tuple(_call.number(one, "a quantile") for one in cast(Iterable[object], quantiles))
