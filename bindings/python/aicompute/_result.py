# SPDX-License-Identifier: MIT
"""What came out: quantities by name, claims with verdicts, and the library's own tables, JSON and Markdown."""
import ctypes
import json
from dataclasses import dataclass, field
from typing import Any, Dict, Iterator, List, Mapping, Optional, Sequence, Tuple, Union, cast, overload

from . import _c, _call, _html, _optional
from ._call import Handle, Owner
from ._errors import ArgumentError, UnknownNameError, words
from ._library import lib

ROLES = {_c.AIC_ROLE_ASSUMPTION: "assumption", _c.AIC_ROLE_INPUT: "input", _c.AIC_ROLE_OUTPUT: "output", _c.AIC_ROLE_CALCULATION: "calculation"}
FORMATS = {"text": _c.AIC_FORMAT_TEXT, "json": _c.AIC_FORMAT_JSON, "csv": _c.AIC_FORMAT_CSV, "markdown": _c.AIC_FORMAT_MARKDOWN}
NUMERALS = {"si": _c.AIC_NUMERALS_SI, "chinese": _c.AIC_NUMERALS_CHINESE}


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


_LITTLE = bytes(ctypes.c_uint16(1)) == b"\1\0"


@dataclass(frozen=True, repr=False, eq=False)
class Quantity:
    """A value with its unit; a series has one a year.

    `values` is a read-only NumPy view of the result's own memory; `numpy.asarray(quantity)` too. Without NumPy: `tolist()`, `quantity[2030]`, `items()`.
    """

    name: str
    role: str
    unit: str
    value: float
    years: Tuple[int, ...]
    display: str
    label: str
    source: str
    note: str
    model: str
    is_default: bool
    _data: Union[Block, Numbers, None] = field(compare=False)

    @property
    def is_series(self) -> bool:
        """Whether there is a value for each year."""
        return bool(self.years)

    @property
    def values(self) -> Any:
        """One value a year, or one: a read-only float64 array without a copy; empty for an input that is a text or a truth value."""
        found = _optional.numpy("Quantity.values")
        return found.asarray(self._data if self._data is not None else Numbers(()))

    @property
    def __array_interface__(self) -> Dict[str, Any]:
        return (self._data if self._data is not None else Numbers(())).__array_interface__

    def tolist(self) -> List[float]:
        """The values as Python's own numbers."""
        return self._data.tolist() if self._data is not None else []

    def items(self) -> List[Tuple[int, float]]:
        """Year and value, of a series."""
        return list(zip(self.years, self.tolist()))

    def __getitem__(self, year: int) -> float:
        wanted = _call.whole(year, "year")
        for one, value in self.items():
            if one == wanted:
                return value
        span = f"{self.years[0]} to {self.years[-1]}" if self.years else "no years: it is not a series"
        raise UnknownNameError(f"{self.name} has no year {wanted}; it has {span}", _c.AIC_ERROR_NAME)

    def __iter__(self) -> Iterator[float]:
        return iter(self.tolist())

    def __len__(self) -> int:
        return self._data.size if self._data is not None else 0

    def __float__(self) -> float:
        if self.years:
            raise TypeError(f"{self.name} is a series of {len(self.years)} years: take one of them, or values")
        return self.value

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Quantity):
            return NotImplemented
        return self._state()[:-1] == other._state()[:-1] and repr(self.tolist()) == repr(other.tolist())

    def __hash__(self) -> int:
        return hash((self.name, self.unit, self.years))

    def __repr__(self) -> str:
        if self.years:
            return f"<Quantity {self.name}: {self.years[0]}..{self.years[-1]} in {self.unit}>"
        return f"<Quantity {self.name} = {self.value!r} {self.unit}>"

    def _repr_html_(self) -> str:
        return _result_table(self.name, [self])

    def _state(self) -> Tuple[Any, ...]:
        return (self.name, self.role, self.unit, repr(self.value), self.years, self.display, self.label, self.source, self.note, self.model,
                self.is_default, None if self._data is None else self.tolist())

    def __reduce__(self) -> Tuple[Any, ...]:
        return _quantity_of, self._state()


def _quantity_of(*state: Any) -> Quantity:
    name, role, unit, value, *others, values = state
    arguments = [name, role, unit, float(value), *others, None if values is None else Numbers(values)]
    return Quantity(*arguments)


@dataclass(frozen=True)
class Claim:
    """A published figure beside what its assumptions give. Figures are in `unit`; nan where one does not apply, inf where an interval is open."""

    id: str
    says: str
    unit: str
    published: float
    published_low: float
    published_high: float
    computed: float
    computed_low: float
    computed_high: float
    ratio: float
    verdict: str
    expected: str
    reading: str
    source: str
    note: str
    unsourced: Tuple[str, ...]
    defaults: Tuple[str, ...]

    @property
    def as_expected(self) -> bool:
        """Whether the verdict is the one that the scenario expects."""
        return self.verdict == self.expected

    def __repr__(self) -> str:
        return f"<Claim {self.id}: {self.verdict}, published {self.published!r}, computed {self.computed!r} {self.unit}>"


_CLAIM_COLUMNS = ("says", "published", "computed", "ratio", "unit", "verdict", "expected", "reading", "source", "published_low", "published_high",
                  "computed_low", "computed_high", "note")


class Claims(Sequence[Claim]):
    """The claims of a check, in the order of the scenario; by number or by id."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self._claims = tuple(claims)

    @overload
    def __getitem__(self, key: Union[int, str]) -> Claim: ...

    @overload
    def __getitem__(self, key: slice) -> "Claims": ...

    def __getitem__(self, key: Union[int, str, slice]) -> "Union[Claim, Claims]":
        if isinstance(key, slice):
            return Claims(self._claims[key])
        if isinstance(key, str):
            for claim in self._claims:
                if claim.id == key:
                    return claim
            raise UnknownNameError(f"there is no claim `{key}`", _c.AIC_ERROR_NAME)
        return self._claims[key]

    def __len__(self) -> int:
        return len(self._claims)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Claims) and repr(self._claims) == repr(other._claims)

    def __hash__(self) -> int:
        return hash(tuple(claim.id for claim in self._claims))

    @property
    def unexpected(self) -> "Claims":
        """The claims with another verdict than the expected one."""
        return Claims([claim for claim in self._claims if not claim.as_expected])

    def count(self, value: object) -> int:
        """How many have a verdict, such as "differs"."""
        return sum(claim.verdict == value or claim == value for claim in self._claims)

    def to_pandas(self) -> Any:
        """A DataFrame with a row a claim; `attrs["units"]` has the unit of each claim's figures."""
        pandas = _optional.pandas("Claims.to_pandas")
        index = pandas.Index([claim.id for claim in self._claims], name="claim")
        frame = pandas.DataFrame({key: [getattr(claim, key) for claim in self._claims] for key in _CLAIM_COLUMNS}, index=index)
        frame.attrs["units"] = {claim.id: claim.unit for claim in self._claims}
        return frame

    def __repr__(self) -> str:
        return f"<Claims: {len(self)}, of which {len(self.unexpected)} not as expected>"

    def _repr_html_(self) -> str:
        rows = [(claim.id, claim.says, f"{claim.published:.4g}", f"{claim.computed:.4g}", claim.unit, f"{claim.ratio:.4g}",
                 claim.verdict if claim.as_expected else f"{claim.verdict} (expected: {claim.expected})", claim.source) for claim in self._claims]
        return _html.table("claims", ("claim", "says", "published", "computed", "unit", "ratio", "verdict", "source"), rows)


def _result_table(caption: str, quantities: Sequence[Quantity]) -> str:
    rows = []
    for one in quantities:
        shown = one.display
        if one.years:
            values = one.tolist()
            shown = f"{one.years[0]}: {values[0]:.4g} … {one.years[-1]}: {values[-1]:.4g} {one.unit}"
        rows.append((one.name, shown, one.role + (" (default)" if one.is_default else ""), one.label, one.source))
    return _html.table(caption, ("quantity", "value", "role", "label", "source"), rows)


def _by_year(quantity: Quantity) -> Sequence[Tuple[Optional[int], float]]:
    if not quantity.years:
        return [(None, quantity.value)]
    return [(year, value) for year, value in quantity.items()]


class Result(Owner, Mapping[str, Quantity]):
    """What an evaluation, a check, an explanation or a comparison came to. Immutable; any number of threads may read it.

    Quantities are reached by name, `result["chat.capex"]`; `claims` are filled by `Scenario.check()`; `text()`, `json()`, `csv()` and `markdown()` write
    any of them as the program does. A result pickles by value.
    """

    def __init__(self) -> None:
        raise TypeError("a Result is made by the calls of a Scenario")

    _handle: Optional[Handle]
    _plain: Optional["_Plain"]
    _names: Optional[Dict[str, int]]
    answers: str  #: what was asked: "evaluate", "check", "explain", "diff"

    @classmethod
    def _of(cls, handle: Optional[Handle], answers: str, plain: Optional["_Plain"] = None) -> "Result":
        self = cls.__new__(cls)
        self._handle, self._plain, self._names, self.answers = handle, plain, None, answers
        return self

    # --- as a mapping

    def _index(self) -> Dict[str, int]:
        if self._plain is not None:
            return self._plain.index
        handle = self._open()
        if self._names is None:
            self._names = {words(lib.aic_result_quantity(handle, i, _c.AIC_QUANTITY_NAME)): i for i in range(lib.aic_result_count(handle))}
        return self._names

    def __getitem__(self, name: str) -> Quantity:
        if not isinstance(name, str):
            raise TypeError(f"the name of a quantity must be a str, not {type(name).__name__}")
        index = self._index().get(name)
        if index is not None:
            return self._plain.quantities[index] if self._plain is not None else _read_quantity(self._open(), index)
        if self._plain is not None:
            raise UnknownNameError(f"there is no quantity `{name}`", _c.AIC_ERROR_NAME)
        _call.do(lib.aic_result_find, self._open(), _call.text(name, "name"), ctypes.byref(ctypes.c_size_t()))
        raise UnknownNameError(f"there is no quantity `{name}`", _c.AIC_ERROR_NAME)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name in self._index()

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._index()))

    def __len__(self) -> int:
        return len(self._index())

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Result) and _Plain.of(self) == _Plain.of(other))

    __hash__ = object.__hash__

    # --- claims

    @property
    def claims(self) -> Claims:
        """The claims with their verdicts; empty but for a check."""
        if self._plain is not None:
            return self._plain.claims
        handle = self._open()
        return Claims([_read_claim(handle, index) for index in range(lib.aic_result_claim_count(handle))])

    # --- as text

    def _write(self, format: str, numerals: str = "si", color: bool = False, width: int = 0, digits: int = 0, everything: bool = False) -> str:
        wanted = (_choice(format, FORMATS, "format"), _choice(numerals, NUMERALS, "numerals"), int(bool(color)),
                  _call.whole(width, "width", 0), _call.whole(digits, "digits", 0), int(bool(everything)))
        if self._plain is not None:
            if wanted[1:] != (0, 0, 0, 0, 0):
                raise ArgumentError("a result that was pickled is written in the default manner only", _c.AIC_ERROR_ARGUMENT)
            return self._plain.texts[format]
        options = _c.aic_text_options(ctypes.sizeof(_c.aic_text_options), *wanted)
        return _call.write(lib.aic_result_text, self._open(), ctypes.byref(options))

    def text(self, *, numerals: str = "si", color: bool = False, width: int = 0, digits: int = 0, everything: bool = False) -> str:
        """A table for a person.

        Parameters
        ----------
        numerals : "si" or "chinese"
            How large numbers are written: 1.2M or 120万.
        color : bool
            With ANSI colours.
        width : int
            Columns; 0 means 100.
        digits : int
            Significant digits; 0 means 4.
        everything : bool
            Assumptions and inputs too.
        """
        return self._write("text", numerals, color, width, digits, everything)

    def json(self) -> str:
        """JSON, as doc/json.md describes it: the same bytes as the program writes."""
        return self._write("json")

    def csv(self) -> str:
        """A line a value, with units."""
        return self._write("csv")

    def markdown(self, *, numerals: str = "si", digits: int = 0, everything: bool = False) -> str:
        """A table that pastes into an issue."""
        return self._write("markdown", numerals, False, 0, digits, everything)

    def to_dict(self) -> Dict[str, Any]:
        """What `json()` says, as Python's own objects."""
        return cast(Dict[str, Any], json.loads(self.json()))

    def to_pandas(self) -> Any:
        """A DataFrame of the quantities with a row a value; of a check its claims.

        `attrs["units"]` has the unit of each quantity. `year` is missing where a quantity is no series.
        """
        if self.answers == "check":
            return self.claims.to_pandas()
        pandas = _optional.pandas("Result.to_pandas")
        rows = [(one.name, year, value, one.unit, one.role, one.display if not one.years else "", one.label, one.source, one.note, one.model, one.is_default)
                for one in self.values() for year, value in _by_year(one)]
        columns = ["quantity", "year", "value", "unit", "role", "display", "label", "source", "note", "model", "default"]
        frame = pandas.DataFrame(rows, columns=columns).astype({"year": "Int64"}).set_index("quantity")
        frame.attrs["units"] = {one.name: one.unit for one in self.values()}
        return frame

    def years_to_pandas(self) -> Any:
        """A DataFrame of the series with a row a year; the columns have two levels, quantity and unit, and `attrs["units"]` has the units by name."""
        pandas = _optional.pandas("Result.years_to_pandas")
        series = [one for one in self.values() if one.years]
        columns = {(one.name, one.unit): pandas.Series(one.tolist(), index=list(one.years), dtype="float64") for one in series}
        frame = pandas.DataFrame(columns)
        frame.columns = pandas.MultiIndex.from_tuples(list(columns), names=["quantity", "unit"])
        frame.index.name = "year"
        frame.attrs["units"] = {one.name: one.unit for one in series}
        return frame

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        if self.closed and self._plain is None:
            return "<aicompute.Result, closed>"
        counted = f"{len(self.claims)} claims" if self.answers == "check" else f"{len(self)} quantities"
        return f"<aicompute.Result of {self.answers}: {counted}>"

    def _repr_html_(self) -> str:
        if self.answers == "check":
            return self.claims._repr_html_()
        if self.answers == "evaluate":
            shown = [one for one in self.values() if one.role in ("output", "calculation")]
            return _result_table("results", shown or list(self.values()))
        return _html.preformatted(self.text())

    def close(self) -> None:
        """Gives the C object back, as soon as no view needs it. Closing twice is fine."""
        self._handle = self._plain = None

    @property
    def closed(self) -> bool:
        """Whether it was closed."""
        return self._handle is None and self._plain is None

    def __enter__(self) -> "Result":
        if self._plain is None:
            self._open()
        return self

    def __reduce__(self) -> Tuple[Any, ...]:
        plain = _Plain.of(self)
        return _result_of, (self.answers, list(plain.quantities), list(plain.claims), plain.texts)


class _Plain:
    """A result as plain values: what a pickle carries."""

    def __init__(self, quantities: Sequence[Quantity], claims: Sequence[Claim], texts: Dict[str, str]) -> None:
        self.quantities, self.claims, self.texts = tuple(quantities), Claims(claims), dict(texts)
        self.index = {one.name: i for i, one in enumerate(self.quantities)}

    @classmethod
    def of(cls, result: Result) -> "_Plain":
        if result._plain is not None:
            return result._plain
        return cls(list(result.values()), result.claims, {name: result._write(name) for name in FORMATS})

    def __eq__(self, other: object) -> bool:
        return (isinstance(other, _Plain) and self.quantities == other.quantities and self.claims == other.claims and self.texts == other.texts)


def _result_of(answers: str, quantities: Sequence[Quantity], claims: Sequence[Claim], texts: Dict[str, str]) -> Result:
    return Result._of(None, answers, _Plain(quantities, claims, texts))


def _choice(value: object, choices: Mapping[str, int], what: str) -> int:
    if not isinstance(value, str):
        raise TypeError(f"{what} must be a str, not {type(value).__name__}")
    if value not in choices:
        raise ArgumentError(f"{what} must be one of {', '.join(choices)}; not `{value}`", _c.AIC_ERROR_ARGUMENT)
    return choices[value]


def _read_quantity(handle: Handle, index: int) -> Quantity:
    def said(which: int) -> str:
        return words(lib.aic_result_quantity(handle, index, which))

    count = lib.aic_result_year_count(handle, index)
    years = tuple((ctypes.c_int * count).from_address(lib.aic_result_years(handle, index))) if count else ()
    address = lib.aic_result_values(handle, index)
    return Quantity(said(_c.AIC_QUANTITY_NAME), ROLES.get(lib.aic_result_role(handle, index), ""), said(_c.AIC_QUANTITY_UNIT),
                    lib.aic_result_value(handle, index), years, said(_c.AIC_QUANTITY_DISPLAY), said(_c.AIC_QUANTITY_LABEL),
                    said(_c.AIC_QUANTITY_SOURCE), said(_c.AIC_QUANTITY_NOTE), said(_c.AIC_QUANTITY_MODEL),
                    bool(lib.aic_result_is_default(handle, index)), Block(handle, address, count or 1) if address else None)


def _read_claim(handle: Handle, index: int) -> Claim:
    def said(which: int) -> str:
        return words(lib.aic_result_claim(handle, index, which))

    def listed(which: int) -> Tuple[str, ...]:
        return tuple(name for name in said(which).split(", ") if name)

    figures: List[Any] = [lib.aic_result_claim_figure(handle, index, figure) for figure in range(_c.AIC_CLAIM_PUBLISHED, _c.AIC_CLAIM_RATIO + 1)]
    published, published_low, published_high, computed, computed_low, computed_high, ratio = figures
    return Claim(
        id=said(_c.AIC_CLAIM_ID), says=said(_c.AIC_CLAIM_SAYS), unit=said(_c.AIC_CLAIM_UNIT),
        published=published, published_low=published_low, published_high=published_high,
        computed=computed, computed_low=computed_low, computed_high=computed_high, ratio=ratio,
        verdict=words(lib.aic_verdict_text(lib.aic_result_claim_verdict(handle, index))),
        expected=words(lib.aic_verdict_text(lib.aic_result_claim_expected(handle, index))),
        reading=said(_c.AIC_CLAIM_READING), source=said(_c.AIC_CLAIM_SOURCE), note=said(_c.AIC_CLAIM_NOTE),
        unsourced=listed(_c.AIC_CLAIM_UNSOURCED), defaults=listed(_c.AIC_CLAIM_DEFAULTS))
