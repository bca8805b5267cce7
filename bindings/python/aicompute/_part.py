# SPDX-License-Identifier: MIT
"""Sampling in several places: parts, which travel as bytes and merge in any order."""
import ctypes
from typing import Any, Dict, Iterable, List, Tuple, cast

from . import _c, _call
from ._call import Owner
from ._errors import ArgumentError
from ._library import lib
from ._progress import Progress
from ._result import Result
from ._sampling import Sampling, run


class Part(Owner):
    """Some of the draws of a sampling, made by `Scenario.sample_part()` or read from the bytes of another.

    `bytes(part)` is what travels by file or message; a part pickles as that. `len(part)` is how many draws it holds.
    """

    def __init__(self, content: bytes) -> None:
        if not isinstance(content, (bytes, bytearray, memoryview)):
            raise TypeError(f"a part is read from bytes, not {type(content).__name__}")
        held = bytes(content)
        self._handle = _call.make(lib.aic_part_free, lib.aic_part_read, held, len(held), None, None)

    @classmethod
    def _of(cls, handle: _call.Handle) -> "Part":
        self = cls.__new__(cls)
        self._handle = handle
        return self

    def __bytes__(self) -> bytes:
        handle, size = self._open(), ctypes.c_size_t()
        address = lib.aic_part_bytes(handle, ctypes.byref(size))
        return ctypes.string_at(address, size.value) if address else b""

    @property
    def samples(self) -> Tuple[int, int]:
        """How many draws it holds, and how many the whole sampling has."""
        handle, whole = self._open(), ctypes.c_uint64()
        return int(lib.aic_part_samples(handle, ctypes.byref(whole))), whole.value

    def result(self, partial: bool = False) -> Result:
        """What it comes to: of all draws the very result of `Scenario.sample()`; where some are missing an error, or with `partial` those that are there."""
        made = Result._of(_call.make(lib.aic_result_unref, lib.aic_part_result, self._open(), int(bool(partial))), "sample")
        asked: Dict[str, float] = next((one["quantiles"] for one in made.to_dict()["quantities"] if one.get("quantiles")), {})
        made._probabilities = tuple(float(one) for one in asked)
        return made

    def __len__(self) -> int:
        return self.samples[0]

    def __bool__(self) -> bool:
        return not self.closed

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Part) and bytes(self) == bytes(other))

    __hash__ = object.__hash__

    def __reduce__(self) -> Tuple[Any, ...]:
        return Part, (bytes(self),)

    def __repr__(self) -> str:
        if self.closed:
            return "<aicompute.Part, closed>"
        held, whole = self.samples
        return f"<aicompute.Part: {held} of {whole} draws>"


def sample_part(scenario: _call.Handle, names: Tuple[Any, int], sampling: Sampling, shard: Tuple[int, int], progress: Progress) -> Part:
    """The draws of one shard; the scenario is held."""
    if not isinstance(shard, tuple) or len(shard) != 2:
        raise TypeError("shard must be two numbers: which one, counted from 0, and of how many")
    sampling.struct.shard_count = _call.whole(shard[1], "the number of shards", 1, 2**20)
    sampling.struct.shard = _call.whole(shard[0], "shard", 0, sampling.struct.shard_count - 1)
    share = max(sampling.total // sampling.struct.shard_count, 1)
    with _call.locked(scenario):
        return Part._of(run("sampling", progress, share, sampling.cancel, sampling.done, lib.aic_scenario_sample_part, scenario, *names, sampling.reference(),
                            free=lib.aic_part_free))


def merge(parts: Iterable[Part]) -> Part:
    """One part of several, in any order."""
    try:
        listed: List[Part] = list(parts)
    except TypeError:
        raise TypeError(f"parts must be several, not {type(parts).__name__}") from None
    for one in listed:
        if not isinstance(one, Part):
            raise TypeError(f"each of parts must be a Part, not {type(one).__name__}")
    if not listed:
        raise ArgumentError("there is no part to merge", _c.AIC_ERROR_ARGUMENT)
    handles = [one._open() for one in listed]
    pointers = (ctypes.c_void_p * len(handles))(*[cast(Any, one._as_parameter_) for one in handles])
    return Part._of(_call.make(lib.aic_part_free, lib.aic_parts_merge, pointers, len(handles)))
