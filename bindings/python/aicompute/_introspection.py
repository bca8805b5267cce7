# SPDX-License-Identifier: MIT
"""What the library or a scenario knows: kinds of models and units."""
import ctypes
from dataclasses import dataclass
from typing import Any, Callable, Dict, Iterator, Mapping, Optional, Tuple

from . import _c, _call, _html
from ._call import Handle, Owner
from ._errors import UnknownNameError, words
from ._library import lib
from ._result import FORMATS
from ._scenario import Scenario


@dataclass(frozen=True)
class Parameter:
    """An input or an output of a kind."""

    name: str
    unit: str
    doc: str
    source: str
    formula: str
    type: str
    bounds: str
    presence: str


@dataclass(frozen=True)
class Kind:
    """A kind of model: what goes in, what comes out."""

    name: str
    title: str
    version: int
    inputs: Tuple[Parameter, ...]
    outputs: Tuple[Parameter, ...]

    def __repr__(self) -> str:
        return f"<Kind {self.name}: {len(self.inputs)} inputs, {len(self.outputs)} outputs>"


@dataclass(frozen=True)
class Unit:
    """A unit by name."""

    name: str
    title: str
    definition: str
    synonyms: Tuple[str, ...]


def _made_from(scenario: Optional[Scenario], free: Any, function: Any) -> Handle:
    if scenario is None:
        return _call.make(free, function, None)
    if not isinstance(scenario, Scenario):
        raise TypeError(f"scenario must be a Scenario, not {type(scenario).__name__}")
    handle = scenario._open()
    with _call.locked(handle):
        return _call.make(free, function, handle)


class Kinds(Owner, Mapping[str, Kind]):
    """The model kinds that are known, by name: the library's own, or those of a scenario too."""

    def __init__(self, scenario: Optional[Scenario] = None) -> None:
        self._handle = _made_from(scenario, lib.aic_kinds_free, lib.aic_kinds_new)
        self._names = [words(lib.aic_kinds_name(self._handle, index)) for index in range(lib.aic_kinds_count(self._handle))]

    def __getitem__(self, name: str) -> Kind:
        handle, index = self._open(), ctypes.c_size_t()
        _call.do(lib.aic_kinds_find, handle, _call.text(name, "name"), ctypes.byref(index))
        kind = index.value
        return Kind(words(lib.aic_kinds_name(handle, kind)), words(lib.aic_kinds_title(handle, kind)), lib.aic_kinds_version(handle, kind),
                    tuple(_parameter(lib.aic_kinds_input, handle, kind, i) for i in range(lib.aic_kinds_input_count(handle, kind))),
                    tuple(_parameter(lib.aic_kinds_output, handle, kind, i) for i in range(lib.aic_kinds_output_count(handle, kind))))

    def __iter__(self) -> Iterator[str]:
        self._open()
        return iter(self._names)

    def __len__(self) -> int:
        self._open()
        return len(self._names)

    def __contains__(self, name: object) -> bool:
        self._open()
        return name in self._names

    def text(self, name: Optional[str] = None, format: str = "text") -> str:
        """Describes one kind in full, or all of them a line each."""
        return _call.write(lib.aic_kinds_text, self._open(), _call.optional_text(name, "name"), _call.choice(format, FORMATS, "format"))

    def __repr__(self) -> str:
        return "<aicompute.Kinds, closed>" if self.closed else f"<aicompute.Kinds: {', '.join(self)}>"

    def _repr_html_(self) -> str:
        return _html.table("kinds of models", ("kind", "what it is"), [(kind.name, kind.title) for kind in self.values()])


def _parameter(function: Callable[..., Any], handle: Handle, kind: int, index: int) -> Parameter:
    order = (_c.AIC_KIND_NAME, _c.AIC_KIND_UNIT, _c.AIC_KIND_DOC, _c.AIC_KIND_SOURCE, _c.AIC_KIND_FORMULA, _c.AIC_KIND_TYPE, _c.AIC_KIND_BOUNDS,
             _c.AIC_KIND_PRESENCE)
    return Parameter(*[words(function(handle, kind, index, which)) for which in order])


class Units(Owner, Mapping[str, Unit]):
    """The units that are known, by name, and conversions: the library's own, or those of a scenario with its exchange rates."""

    def __init__(self, scenario: Optional[Scenario] = None) -> None:
        self._handle = _made_from(scenario, lib.aic_units_free, lib.aic_units_new)
        self._index: Dict[str, int] = {words(lib.aic_units_name(self._handle, i)): i for i in range(lib.aic_units_count(self._handle))}

    def __getitem__(self, name: str) -> Unit:
        handle = self._open()
        index = self._index.get(_call.text(name, "name").decode())
        if index is None:
            raise UnknownNameError(f"no unit is listed as `{name}`; text() describes any that is built of others", _c.AIC_ERROR_NAME)
        return Unit(name, words(lib.aic_units_title(handle, index)), words(lib.aic_units_definition(handle, index)),
                    tuple(words(lib.aic_units_synonyms(handle, index)).split()))

    def __iter__(self) -> Iterator[str]:
        self._open()
        return iter(list(self._index))

    def __len__(self) -> int:
        self._open()
        return len(self._index)

    def __contains__(self, name: object) -> bool:
        self._open()
        return isinstance(name, str) and name in self._index

    def convert(self, value: float, unit: str, to: Optional[str] = None) -> float:
        """Converts a number; `to` left out means the coherent unit: no prefix, no scale, time in seconds."""
        result = ctypes.c_double()
        _call.do(lib.aic_units_convert, self._open(), _call.number(value, "value"), _call.text(unit, "unit"), _call.optional_text(to, "to"),
                 ctypes.byref(result))
        return result.value

    def text(self, unit: Optional[str] = None, format: str = "text") -> str:
        """Describes one unit, also one that is built of others ("TFLOP/s/accelerator"), or all of them; `format` is "text" or "json"."""
        wanted = _call.choice(format, {"text": 0, "json": 1}, "format")
        return _call.write(lib.aic_units_text, self._open(), _call.optional_text(unit, "unit"), wanted)

    def __repr__(self) -> str:
        return "<aicompute.Units, closed>" if self.closed else f"<aicompute.Units: {len(self)} by name>"

    def _repr_html_(self) -> str:
        return _html.table("units", ("unit", "what it is", "definition"), [(one.name, one.title, one.definition) for one in self.values()])
