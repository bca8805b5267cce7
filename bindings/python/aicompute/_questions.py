# SPDX-License-Identifier: MIT
"""Questions whose answer is a table, as C takes them: what is to be solved, swept, or found to matter."""
import ctypes
import re
from typing import Any, Iterable, List, Mapping, Optional, Sequence, Tuple, Union, cast

from . import _c, _call
from ._errors import ArgumentError
from ._sampling import Sampling

#: Where an input is moved: a range or list in words, "25 % .. 45 %:5"; numbers; or numbers and their unit.
Axis = Union[str, Iterable[float], Tuple[Iterable[float], str]]

#: What a sensitivity can find out, by the names that the header gives: "elasticities", "tornado", …
MEASURES = {name[len("AIC_MEASURE_"):].lower(): number for name, number in vars(_c).items() if name.startswith("AIC_MEASURE_")}


def solving(output: str, value: str, by: str, low: Optional[str], high: Optional[str], sampling: Sampling) -> Any:
    return _c.aic_solve_options(
        size=ctypes.sizeof(_c.aic_solve_options), output=_call.text(output, "output"), value=_call.text(value, "value"), by=_call.text(by, "by"),
        low=_call.optional_text(low, "low"), high=_call.optional_text(high, "high"), sampling=ctypes.pointer(sampling.struct))


def matters(sampling: Sampling, measures: Union[str, Iterable[str], None], low: float, high: float, step: float) -> Any:
    """The options of a sensitivity: those of its sampling, and what is found out."""
    wanted = 0
    for one in [] if measures is None else [measures] if isinstance(measures, str) else list(measures):
        wanted |= _call.choice(one, MEASURES, "each of measures")
    return _c.aic_sensitivity_options(
        size=ctypes.sizeof(_c.aic_sensitivity_options), measures=wanted, replicates=sampling.struct.replicates, samples=sampling.struct.samples,
        seed=sampling.struct.seed, threads=sampling.struct.threads, low=_call.finite(low, "low"), high=_call.finite(high, "high"),
        step=_call.finite(step, "step"), cancel=ctypes.pointer(sampling.cancel), progress=ctypes.pointer(sampling.done))


class Sweep:
    """The options of a sweep, and the arrays that they point to."""

    def __init__(self, axes: Mapping[str, Axis], together: bool, names: Tuple[Any, int], sampling: Sampling) -> None:
        if not isinstance(axes, Mapping):
            raise TypeError(f"axes must be a mapping of name to where it is moved, not {type(axes).__name__}")
        listed = [_axis(name, axis) for name, axis in axes.items()]
        self._kept = (listed, names, sampling)
        counts = [count for _, count in listed]
        self.points = max(counts, default=0) if together else _product(counts)
        self._axes = (_c.aic_sweep_axis * max(len(listed), 1))(*[struct for struct, _ in listed])
        self.struct = _c.aic_sweep_options(
            size=ctypes.sizeof(_c.aic_sweep_options), axes=self._axes, axis_count=len(listed), together=int(bool(together)), names=names[0], name_count=names[1],
            sampling=ctypes.pointer(sampling.struct))


def _product(counts: Sequence[int]) -> int:
    product = 1
    for one in counts:
        product *= one
    return product


def _axis(name: str, axis: Axis) -> Tuple[Any, int]:
    """One axis, and how many values it has as far as can be told."""
    called = _call.text(name, "the name of an axis")
    if isinstance(axis, str):
        return _c.aic_sweep_axis(name=called, range=_call.text(axis, f"the range of {name}")), _points(axis)
    unit: Optional[str] = None
    if isinstance(axis, tuple) and len(axis) == 2 and isinstance(axis[1], str):
        axis, unit = cast(Tuple[Iterable[float], str], axis)
    if not hasattr(axis, "__iter__"):
        raise TypeError(f"{name} must be moved over a range in words or over numbers, not {type(axis).__name__}")
    numbers: List[float] = [_call.number(value, f"each value of {name}") for value in cast(Iterable[Any], axis)]
    if not numbers:
        raise ArgumentError(f"{name} has no values", _c.AIC_ERROR_ARGUMENT)
    values = (ctypes.c_double * len(numbers))(*numbers)
    return _c.aic_sweep_axis(name=called, values=values, count=len(numbers), unit=_call.optional_text(unit, f"the unit of {name}")), len(numbers)


def _points(words: str) -> int:
    found = re.search(r":\s*(\d{1,9})\s*(log)?\s*$", words)
    return int(found.group(1)) if found else words.count(",") + 1
