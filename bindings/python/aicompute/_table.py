# SPDX-License-Identifier: MIT
"""The table of a result: columns of numbers with names and units; a row a draw, a point of a sweep, an input, a solution."""
from typing import Any, Dict, Iterator, List, Sequence, Tuple, Union

from . import _c, _html, _optional
from ._call import Handle
from ._errors import UnknownNameError, words
from ._library import lib
from ._memory import Block, Numbers


class TableColumn(Sequence[float]):
    """The numbers of one column; `values` is a read-only NumPy view of the result's own memory, and so is `numpy.asarray(column)`."""

    def __init__(self, name: str, unit: str, statistic: str, data: Union[Block, Numbers]) -> None:
        self.name, self.unit, self.statistic, self._data = name, unit, statistic, data

    @property
    def values(self) -> Any:
        """A float64 array without a copy; nan where a row has no number."""
        return _optional.numpy("TableColumn.values").asarray(self._data)

    @property
    def __array_interface__(self) -> Dict[str, Any]:
        return self._data.__array_interface__

    @property
    def key(self) -> str:
        """How the table calls it: its name, and behind it the statistic, if it is one: "cost p5"."""
        return f"{self.name} {self.statistic}" if self.statistic else self.name

    def tolist(self) -> List[float]:
        """The numbers as Python's own."""
        return self._data.tolist()

    def __getitem__(self, key: Any) -> Any:
        return self.tolist()[key]

    def __iter__(self) -> Iterator[float]:
        return iter(self.tolist())

    def __len__(self) -> int:
        return self._data.size

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TableColumn) and repr(self._state()) == repr(other._state())

    def __hash__(self) -> int:
        return hash((self.name, self.unit, self.statistic))

    def _state(self) -> Tuple[Any, ...]:
        return self.name, self.unit, self.statistic, self.tolist()

    def __reduce__(self) -> Tuple[Any, ...]:
        return _column_of, self._state()

    def __repr__(self) -> str:
        return f"<TableColumn {self.key}: {len(self)} rows in {self.unit}>"


def _column_of(name: str, unit: str, statistic: str, numbers: Sequence[float]) -> TableColumn:
    return TableColumn(name, unit, statistic, Numbers(numbers))


class Table(Sequence[TableColumn]):
    """Columns by number or by name. `rows` says what each row is about, and is empty where rows are only numbered; there are `row_count`.

    Where rows have units of their own, as inputs in a sensitivity, `row_units` has them; the columns that are in these have the unit "".
    """

    def __init__(self, rows: Sequence[str], columns: Sequence[TableColumn], row_units: Sequence[str] = ()) -> None:
        self.rows, self._columns, self.row_units = tuple(rows), tuple(columns), tuple(row_units)
        self.row_count = len(self._columns[0]) if self._columns else len(self.rows)

    @property
    def columns(self) -> Tuple[str, ...]:
        """The names of the columns."""
        return tuple(one.key for one in self._columns)

    def __getitem__(self, key: Any) -> Any:
        if not isinstance(key, str):
            return self._columns[key]
        for one in self._columns:
            if key in (one.key, one.name):
                return one
        raise UnknownNameError(f"there is no column `{key}`; there are {', '.join(self.columns) or 'none'}", _c.AIC_ERROR_NAME)

    def __len__(self) -> int:
        return len(self._columns)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Table) and self._state() == other._state()

    def __hash__(self) -> int:
        return hash(self.columns)

    def _state(self) -> Tuple[Any, ...]:
        return self.rows, self._columns, self.row_units

    def __reduce__(self) -> Tuple[Any, ...]:
        return Table, self._state()

    def to_pandas(self) -> Any:
        """A DataFrame; `attrs["units"]` has the unit of each column. The index is what the rows are about, or their number."""
        pandas = _optional.pandas("Table.to_pandas")
        index = pandas.Index(self.rows) if self.rows else pandas.RangeIndex(self.row_count)
        frame = pandas.DataFrame({one.key: one.values for one in self._columns}, index=index)
        frame.attrs["units"] = {one.key: one.unit for one in self._columns}
        if self.row_units:
            frame.insert(0, "unit", self.row_units)
        return frame

    def __repr__(self) -> str:
        return f"<Table: {self.row_count} rows of {', '.join(self.columns) or 'nothing'}>"

    def _repr_html_(self, caption: str = "table") -> str:
        numbers = [one[:_html.MOST_ROWS] for one in self._columns]
        units: List[Tuple[str, ...]] = [(unit,) for unit in self.row_units] or [()] * self.row_count
        rows = [(self.rows[i] if self.rows else i, *units[i], *[_shown(column[i]) for column in numbers]) for i in range(min(self.row_count, _html.MOST_ROWS))]
        heads = [f"{one.key} [{one.unit}]" if one.unit else one.key for one in self._columns]
        return _html.table(caption, ("", *(["unit"] if self.row_units else []), *heads), rows, self.row_count)


def _shown(number: float) -> str:
    return "" if number != number else f"{number:.4g}"


def read_table(handle: Handle) -> Table:
    """The table that a result carries."""
    count = lib.aic_result_row_count(handle)
    rows = [words(lib.aic_result_row(handle, row, _c.AIC_ROW_NAME)) for row in range(count)] if count and lib.aic_result_row(handle, 0, _c.AIC_ROW_NAME) else []
    columns = []
    for index in range(lib.aic_result_column_count(handle)):
        said = [words(lib.aic_result_column(handle, index, which)) for which in (_c.AIC_COLUMN_NAME, _c.AIC_COLUMN_UNIT, _c.AIC_COLUMN_STATISTIC)]
        columns.append(TableColumn(said[0], said[1], said[2], Block(handle, lib.aic_result_column_values(handle, index) or 0, count)))
    units = [words(lib.aic_result_row(handle, row, _c.AIC_ROW_UNIT)) for row in range(count)] if rows and lib.aic_result_row(handle, 0, _c.AIC_ROW_UNIT) else []
    return Table(rows, columns, units)
