# SPDX-License-Identifier: MIT
"""What came out: quantities by name, claims with verdicts, and the library's own tables, JSON and Markdown."""
import ctypes
import json
import math
from dataclasses import dataclass, field
from typing import Any, Dict, Iterator, List, Mapping, Optional, Sequence, Tuple, Union, cast

from . import _c, _call, _html, _optional
from ._call import Handle, Owner
from ._claims import Claim, Claims, read_claim
from ._errors import ArgumentError, UnknownNameError, UnsupportedError, words
from ._library import lib
from ._memory import Block, Numbers
from ._statistics import Statistics, interval, name_of, read_statistics
from ._table import Table, read_table

ROLES = {_c.AIC_ROLE_ASSUMPTION: "assumption", _c.AIC_ROLE_INPUT: "input", _c.AIC_ROLE_OUTPUT: "output", _c.AIC_ROLE_CALCULATION: "calculation"}
FORMATS = {"text": _c.AIC_FORMAT_TEXT, "json": _c.AIC_FORMAT_JSON, "csv": _c.AIC_FORMAT_CSV, "markdown": _c.AIC_FORMAT_MARKDOWN}
TABLES = ("solve", "sweep", "sensitivity")  #: what is answered by a table
NUMERALS = {"si": _c.AIC_NUMERALS_SI, "chinese": _c.AIC_NUMERALS_CHINESE}


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
    _statistics: Tuple[Statistics, ...] = ()

    @property
    def is_series(self) -> bool:
        """Whether there is a value for each year."""
        return bool(self.years)

    @property
    def is_sampled(self) -> bool:
        """Whether there are statistics: it is uncertain, and `Scenario.sample()` was asked for it."""
        return bool(self._statistics)

    def statistics(self, year: Optional[int] = None) -> Statistics:
        """Mean, standard deviation and quantiles of what was sampled; of a series those of one year."""
        if not self._statistics:
            raise UnsupportedError(f"{self.name} has no statistics: nothing in it is uncertain, or it was not sampled", _c.AIC_ERROR_UNSUPPORTED)
        if not self.years:
            if year is not None:
                raise UnknownNameError(f"{self.name} has no years: it is not a series", _c.AIC_ERROR_NAME)
            return self._statistics[0]
        if year is None:
            raise TypeError(f"{self.name} is a series of {len(self.years)} years: say which")
        return self._statistics[self._position(year)]

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
        position = self._position(year)
        return self.tolist()[position]

    def _position(self, year: int) -> int:
        wanted = _call.whole(year, "year")
        if wanted in self.years:
            return self.years.index(wanted)
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
        return repr(self._state()) == repr(other._state())

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
                self.is_default, self._statistics, None if self._data is None else self.tolist())

    def __reduce__(self) -> Tuple[Any, ...]:
        return _quantity_of, self._state()


def _quantity_of(*state: Any) -> Quantity:
    name, role, unit, value, *others, statistics, values = state
    arguments = [name, role, unit, float(value), *others, None if values is None else Numbers(values), statistics]
    return Quantity(*arguments)


def _result_table(caption: str, quantities: Sequence[Quantity]) -> str:
    rows = []
    for one in quantities:
        shown = one.display
        if one.years:
            values = one.tolist()
            shown = f"{one.years[0]}: {values[0]:.4g} … {one.years[-1]}: {values[-1]:.4g} {one.unit}"
        rows.append((one.name, shown, one.role + (" (default)" if one.is_default else ""), one.label, one.source))
    if not any(one.is_sampled for one in quantities):
        return _html.table(caption, ("quantity", "value", "role", "label", "source"), rows)
    with_statistics = [(*row[:2], *_uncertainty(one), *row[2:]) for one, row in zip(quantities, rows)]
    return _html.table(caption, ("quantity", "value", "mean", "interval", "role", "label", "source"), with_statistics)


def _uncertainty(quantity: Quantity) -> Tuple[str, str]:
    """Mean and outer quantiles; of a series those of its last year."""
    if not quantity.is_sampled:
        return "", ""
    last = quantity._statistics[-1]
    year = f"{quantity.years[-1]}: " if quantity.years else ""
    span = interval(last)
    shown = "" if span is None else f"{year}{name_of(last.probabilities[0])} {span[0]:.4g} … {name_of(last.probabilities[-1])} {span[1]:.4g} {quantity.unit}"
    return f"{year}{last.mean:.4g} {quantity.unit}", shown


def _by_year(quantity: Quantity) -> Sequence[Tuple[Optional[int], float, Optional[Statistics]]]:
    if not quantity.years:
        return [(None, quantity.value, quantity._statistics[0] if quantity.is_sampled else None)]
    known: Sequence[Optional[Statistics]] = quantity._statistics or [None] * len(quantity.years)
    return [(year, value, one) for (year, value), one in zip(quantity.items(), known)]


def _statistic_columns(quantities: Sequence[Quantity]) -> Tuple[float, ...]:
    """The probabilities of a frame's columns: those of the first quantity that was sampled."""
    return next((one._statistics[0].probabilities for one in quantities if one.is_sampled), ())


def _statistic_cells(found: Optional[Statistics], probabilities: Sequence[float]) -> Tuple[Any, ...]:
    if found is None:
        return (math.nan,) * (4 + len(probabilities)) + (0, 0)
    return (found.mean, found.mean_error, found.sd, found.sd_error, *found.quantiles, found.out_of_bounds, found.not_finite)


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
    _probabilities: Sequence[float]
    answers: str  #: what was asked: "evaluate", "sample", "check", "explain", "diff", "solve", "sweep"

    @classmethod
    def _of(cls, handle: Optional[Handle], answers: str, plain: Optional["_Plain"] = None, probabilities: Sequence[float] = ()) -> "Result":
        self = cls.__new__(cls)
        self._handle, self._plain, self._names, self.answers, self._probabilities = handle, plain, None, answers, probabilities
        return self

    @property
    def samples(self) -> int:
        """How many draws the statistics come from; 0 when nothing was sampled."""
        return self._plain.samples if self._plain is not None else int(lib.aic_result_samples(self._open()))

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
            return self._plain.quantities[index] if self._plain is not None else _read_quantity(self._open(), index, self._probabilities)
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
        return Claims([read_claim(handle, index) for index in range(lib.aic_result_claim_count(handle))])

    @property
    def table(self) -> Table:
        """The table of a result that has one: raw draws, a sweep, sensitivities, solutions; else an empty one."""
        return self._plain.table if self._plain is not None else read_table(self._open())

    # --- as text

    def _write(self, format: str, numerals: str = "si", color: bool = False, width: int = 0, digits: int = 0, everything: bool = False) -> str:
        wanted = (_call.choice(format, FORMATS, "format"), _call.choice(numerals, NUMERALS, "numerals"), int(bool(color)),
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
        """A DataFrame of the quantities with a row a value; of a check its claims; of what has a table that; of a sampling with the statistics as columns.

        `attrs["units"]` has the unit of each quantity. `year` is missing where a quantity is no series, statistics where it was not sampled.
        """
        if self.answers == "check":
            return self.claims.to_pandas()
        if self.answers in TABLES:
            return self.table.to_pandas()
        pandas = _optional.pandas("Result.to_pandas")
        quantities = list(self.values())
        probabilities = _statistic_columns(quantities)
        rows = [(one.name, year, value, one.unit, one.role, one.display if not one.years else "", one.label, one.source, one.note, one.model, one.is_default)
                + _statistic_cells(found, probabilities) for one in quantities for year, value, found in _by_year(one)]
        known = ["quantity", "year", "value", "unit", "role", "display", "label", "source", "note", "model", "default"]
        sampled = ["mean", "mean_error", "sd", "sd_error", *[name_of(one) for one in probabilities], "out_of_bounds", "not_finite"]
        frame = pandas.DataFrame(rows, columns=known + sampled).astype({"year": "Int64"}).set_index("quantity")
        if not any(one.is_sampled for one in quantities):
            frame = frame.drop(columns=sampled)
        frame.attrs["units"] = {one.name: one.unit for one in quantities}
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
        counted = (f"{len(self.claims)} claims" if self.answers == "check" else f"{self.table.row_count} rows" if self.answers in TABLES
                   else f"{len(self)} quantities")
        return f"<aicompute.Result of {self.answers}: {counted}>"

    def _repr_html_(self) -> str:
        if self.answers == "check":
            return self.claims._repr_html_()
        if self.answers in TABLES:
            return self.table._repr_html_(self.answers)
        if self.answers in ("evaluate", "sample"):
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
        return _result_of, (self.answers, list(plain.quantities), list(plain.claims), plain.texts, plain.samples, plain.table)


class _Plain:
    """A result as plain values: what a pickle carries."""

    def __init__(self, quantities: Sequence[Quantity], claims: Sequence[Claim], texts: Dict[str, str], samples: int, table: Table) -> None:
        self.quantities, self.claims, self.texts, self.samples, self.table = tuple(quantities), Claims(claims), dict(texts), samples, table
        self.index = {one.name: i for i, one in enumerate(self.quantities)}

    @classmethod
    def of(cls, result: Result) -> "_Plain":
        if result._plain is not None:
            return result._plain
        return cls(list(result.values()), result.claims, {name: result._write(name) for name in FORMATS}, result.samples, result.table)

    def __eq__(self, other: object) -> bool:
        return (isinstance(other, _Plain) and self.quantities == other.quantities and self.claims == other.claims and self.texts == other.texts
                and self.table == other.table)


def _result_of(answers: str, quantities: Sequence[Quantity], claims: Sequence[Claim], texts: Dict[str, str], samples: int, table: Table) -> Result:
    return Result._of(None, answers, _Plain(quantities, claims, texts, samples, table))


def _read_quantity(handle: Handle, index: int, probabilities: Sequence[float] = ()) -> Quantity:
    def said(which: int) -> str:
        return words(lib.aic_result_quantity(handle, index, which))

    count = lib.aic_result_year_count(handle, index)
    years = tuple((ctypes.c_int * count).from_address(lib.aic_result_years(handle, index))) if count else ()
    address = lib.aic_result_values(handle, index)
    return Quantity(said(_c.AIC_QUANTITY_NAME), ROLES.get(lib.aic_result_role(handle, index), ""), said(_c.AIC_QUANTITY_UNIT),
                    lib.aic_result_value(handle, index), years, said(_c.AIC_QUANTITY_DISPLAY), said(_c.AIC_QUANTITY_LABEL),
                    said(_c.AIC_QUANTITY_SOURCE), said(_c.AIC_QUANTITY_NOTE), said(_c.AIC_QUANTITY_MODEL),
                    bool(lib.aic_result_is_default(handle, index)), Block(handle, address, count or 1) if address else None,
                    read_statistics(handle, index, count or 1, probabilities))
