# SPDX-License-Identifier: MIT
"""A compiled scenario: evaluated once, or in batches on the caller's own arrays."""
import ctypes
import math
from dataclasses import dataclass
from typing import Any, Dict, FrozenSet, List, Mapping, Optional, Sequence, Tuple, Union

from . import _c, _call, _html, _optional
from ._call import Handle, Owner
from ._errors import ArgumentError, Report, UnitError, UnknownNameError, tell, words
from ._introspection import Units
from ._library import lib
from ._loading import Origin
from ._progress import Progress
from ._sampling import watched
from ._scenario import Columns, Scenario, again, columns_of

SHORT = 1 << 18  #: values; what computes fewer is not worth a thread of its own


@dataclass(frozen=True)
class Column:
    """What varies or is wanted, and the unit in which it is held; of an input also what the scenario itself says (nan for a distribution)."""

    name: str
    unit: str
    value: float = math.nan


class Model(Owner):
    """A compiled scenario, made by `Scenario.compile()`. Immutable, independent of the scenario; any number of threads may use it."""

    def __init__(self) -> None:
        raise TypeError("a Model is made by Scenario.compile()")

    inputs: Tuple[Column, ...]  #: what varies
    outputs: Tuple[Column, ...]  #: what is computed; a series has one a year
    _units: Units
    _recipe: Tuple[Any, ...]
    _row_in: Any
    _row_out: Any
    _names_in: FrozenSet[str]
    _names_out: Tuple[str, ...]

    # --- once

    def evaluate(self, inputs: Union[Mapping[str, float], Sequence[float], None] = None) -> Dict[str, float]:
        """Evaluates once.

        Parameters
        ----------
        inputs : mapping of name to number, or numbers in the order of `inputs`
            In the units of `inputs`. Of a mapping, what is left out stays as the scenario says.

        Returns
        -------
        dict of name to number, in the units of `outputs`
        """
        handle = self._open()
        given = self._row_in(*self._lane(inputs))
        found = self._row_out()
        if lib.aic_model_evaluate(handle, given, found, None) != _c.AIC_OK:
            _call.do(lib.aic_model_evaluate, handle, given, found)
        return dict(zip(self._names_out, found))

    def _lane(self, inputs: Union[Mapping[str, float], Sequence[float], None]) -> List[float]:
        if type(inputs) is list and len(inputs) == len(self.inputs) and all(type(value) is float for value in inputs):
            return inputs
        if inputs is None or isinstance(inputs, Mapping):
            return self._complete(inputs or {})
        if isinstance(inputs, (str, bytes)) or not hasattr(inputs, "__iter__"):
            raise TypeError(f"inputs must be a mapping or numbers, not {type(inputs).__name__}")
        values = [_call.number(value, "an input") for value in inputs]
        if len(values) != len(self.inputs):
            raise ArgumentError(f"expected {len(self.inputs)} numbers, found {len(values)}", _c.AIC_ERROR_ARGUMENT)
        return values

    def _complete(self, inputs: Mapping[str, float]) -> List[float]:
        found = [_call.number(inputs[one.name], one.name) if one.name in inputs else self._own(one) for one in self.inputs]
        if not self._names_in.issuperset(inputs):
            self._refuse_unknown(inputs)
        return found

    def _own(self, column: Column) -> float:
        if math.isnan(column.value):
            raise ArgumentError(f"the scenario gives no single value for {column.name}: give one", _c.AIC_ERROR_ARGUMENT)
        return column.value

    def _refuse_unknown(self, given: Mapping[str, Any]) -> None:
        for name in given:
            if name not in self._names_in:
                known = ", ".join(one.name for one in self.inputs) or "none"
                raise UnknownNameError(f"{name!s} is no input of this model; it has {known}", _c.AIC_ERROR_NAME)

    def gradient(self, inputs: Union[Mapping[str, float], Sequence[float], None] = None) -> Dict[str, Dict[str, float]]:
        """The derivatives of all outputs by all inputs, exactly, as ``gradient[output][input]``, in the units of `outputs` by those of `inputs`."""
        handle = self._open()
        given = self._row_in(*self._lane(inputs))
        found = (ctypes.c_double * (len(self.inputs) * len(self.outputs)))()
        _call.do(lib.aic_model_gradient, handle, given, None, found)
        width, names = len(self.inputs), [one.name for one in self.inputs]
        return {one: dict(zip(names, found[row * width:(row + 1) * width])) for row, one in enumerate(self._names_out)}

    # --- many times

    def batch(self, inputs: Any = None, *, units: Optional[Mapping[str, str]] = None, out: Optional[Mapping[str, Any]] = None,
              progress: Progress = None) -> Any:
        """Evaluates once for each value of the columns.

        Contiguous float64 arrays are read in place; others are converted first. An interrupt (Ctrl-C) stops the computation.

        Parameters
        ----------
        inputs : mapping of name to array or number, or pandas.DataFrame
            A number stands for every value; what is left out of a mapping stays as the scenario says. Columns of a DataFrame that are no input are left alone.
        units : mapping of name to unit, optional
            In which the columns are given; converted where they differ from the units of `inputs`, refused where they do not fit. The columns of a DataFrame
            must have a unit, here or in ``df.attrs["units"]``, unless they are pure numbers.
        out : mapping of name to array, optional
            Contiguous float64 arrays that are written in place of new ones.
        progress : bool or callable, optional
            As in `Scenario.sample()`: of evaluations.

        Returns
        -------
        dict of name to array, or a DataFrame where one was given, with ``attrs["units"]``
        """
        handle = self._open()
        numpy = _optional.numpy("Model.batch")
        frame = inputs if hasattr(inputs, "columns") and hasattr(inputs, "attrs") else None
        columns, said = self._columns_of_frame(inputs, units) if frame is not None else (inputs if inputs is not None else {}, units or {})
        if not isinstance(columns, Mapping) or not isinstance(said, Mapping):
            raise TypeError("inputs and units must be mappings by name")
        self._refuse_unknown(columns)
        self._refuse_unknown(said)
        arrays, count = self._arrays(numpy, columns, said, len(frame) if frame is not None else None)
        results = self._results(numpy, out, count, arrays)
        self._run(handle, count, arrays, results, progress)
        named = {one.name: array for one, array in zip(self.outputs, results)}
        return named if frame is None else self._frame(frame, named)

    def _columns_of_frame(self, frame: Any, units: Optional[Mapping[str, str]]) -> Tuple[Dict[str, Any], Dict[str, str]]:
        said = dict(frame.attrs.get("units") or {})
        said.update(units or {})
        columns = {one.name: frame[one.name].to_numpy() for one in self.inputs if one.name in frame.columns}
        for one in self.inputs:
            if one.name in columns and said.get(one.name) is None and one.unit not in ("", "1"):
                raise UnitError(f"column {one.name} has no unit: say units={{{one.name!r}: {one.unit!r}}}, or set df.attrs[\"units\"]", _c.AIC_ERROR_UNIT)
        return columns, {name: unit for name, unit in said.items() if name in columns and unit is not None}

    def _arrays(self, numpy: Any, columns: Mapping[str, Any], units: Mapping[str, str], length: Optional[int]) -> Tuple[List[Any], int]:
        found = {name: _as_doubles(numpy, name, column) for name, column in columns.items()}
        lengths = {name: len(array) for name, array in found.items() if array.ndim == 1}
        if len(set(lengths.values())) > 1:
            raise ArgumentError("columns have different lengths: " + ", ".join(f"{name} {size}" for name, size in lengths.items()), _c.AIC_ERROR_ARGUMENT)
        count = length if length is not None else next(iter(lengths.values()), 1)
        arrays = []
        for one in self.inputs:
            array = found.get(one.name)
            if array is None:
                array = numpy.float64(self._own(one))
            elif one.name in units:
                array = self._converted(one, array, units[one.name])
            arrays.append(numpy.full(count, array) if array.ndim == 0 else array)
        return arrays, count

    def _converted(self, column: Column, array: Any, unit: str) -> Any:
        scale = self._units.convert(1.0, unit, column.unit or "1")
        return array if scale == 1.0 else array * scale

    def _results(self, numpy: Any, out: Optional[Mapping[str, Any]], count: int, inputs: Sequence[Any]) -> List[Any]:
        if out is not None and not isinstance(out, Mapping):
            raise TypeError(f"out must be a mapping by name, not {type(out).__name__}")
        given = dict(out or {})
        results = []
        for one in self.outputs:
            array = given.pop(one.name, None)
            results.append(numpy.empty(count) if array is None else _writable(numpy, one.name, array, count))
        if given:
            raise UnknownNameError(f"{', '.join(map(str, given))}: no output of this model", _c.AIC_ERROR_NAME)
        own = [array for one, array in zip(self.outputs, results) if out and one.name in out]
        for index, array in enumerate(own):
            if any(numpy.may_share_memory(array, other) for other in [*inputs, *own[:index]]):
                raise ArgumentError("an array of out shares memory with another column", _c.AIC_ERROR_ARGUMENT)
        return results

    def _run(self, handle: Handle, count: int, inputs: Sequence[Any], outputs: Sequence[Any], progress: Progress) -> None:
        cancel, done = ctypes.c_uint32(0), ctypes.c_uint64(0)
        options = _c.aic_batch_options(ctypes.sizeof(_c.aic_batch_options), ctypes.pointer(cancel), ctypes.pointer(done), None)
        read, written = _addresses(inputs), _addresses(outputs)
        kept = (inputs, outputs)

        def call() -> None:
            with Report() as report:
                status = lib.aic_model_evaluate_batch(handle, count, read, written, ctypes.byref(options), report)
                if status != _c.AIC_OK:
                    raise report.error(status)
                entries.extend(report.entries())
            assert kept  # the arrays live until C is done with them

        entries: List[Any] = []
        if not progress and count * (len(outputs) + 1) < SHORT:
            call()
        else:
            watched("evaluating", progress, count, done, cancel, call)
        tell(entries)

    def _frame(self, frame: Any, named: Mapping[str, Any]) -> Any:
        made = _optional.pandas("Model.batch").DataFrame(dict(named), index=frame.index)
        made.attrs["units"] = {one.name: one.unit for one in self.outputs}
        return made

    # --- about it

    def text(self) -> str:
        """The program that the model runs, a line an instruction: for the curious."""
        return _call.write(lib.aic_model_text, self._open())

    def close(self) -> None:
        """Gives the C objects back. Closing twice is fine."""
        super().close()
        self._units.close()

    def __reduce__(self) -> Tuple[Any, ...]:
        self._open()
        return _from_recipe, self._recipe

    def __repr__(self) -> str:
        if self.closed:
            return "<aicompute.Model, closed>"
        return f"<aicompute.Model: {len(self.inputs)} inputs, {len(self.outputs)} outputs>"

    def _repr_html_(self) -> str:
        rows = [("input", one.name, one.unit, f"{one.value:.4g}") for one in self.inputs] + [("output", one.name, one.unit, "") for one in self.outputs]
        return _html.table("model", ("", "name", "unit", "scenario"), rows)


def _as_doubles(numpy: Any, name: str, column: Any) -> Any:
    """A contiguous float64 array of one dimension, or of none: the caller's own where it is one already."""
    if type(column) is numpy.ndarray and column.ndim == 1 and column.dtype == numpy.float64 and column.flags.c_contiguous and column.flags.aligned:
        return column
    try:
        array = numpy.asarray(column)
    except Exception as error:
        raise TypeError(f"{name} is no array of numbers: {error}") from None
    if array.dtype.kind not in "iuf" and not (array.dtype.kind == "O" and array.ndim == 1):
        raise TypeError(f"{name} must be numbers, not {array.dtype}")
    if array.ndim > 1:
        raise ArgumentError(f"{name} must have one dimension, not {array.ndim}", _c.AIC_ERROR_ARGUMENT)
    if array.dtype.kind == "O":
        array = numpy.array([_call.number(value, f"each of {name}") for value in array], dtype=numpy.float64)
    converted = numpy.asarray(array, dtype=numpy.float64)
    return numpy.require(converted, requirements=["C", "A"]) if converted.ndim else converted


def _writable(numpy: Any, name: str, array: Any, count: int) -> Any:
    if not isinstance(array, numpy.ndarray):
        raise TypeError(f"out for {name} must be a NumPy array, not {type(array).__name__}")
    fits = array.dtype == numpy.dtype("=f8") and array.ndim == 1 and array.flags.c_contiguous and array.flags.aligned and array.flags.writeable
    if not fits or len(array) != count:
        raise ArgumentError(f"out for {name} must be a writable, contiguous float64 array of {count} values", _c.AIC_ERROR_ARGUMENT)
    return array


def _addresses(arrays: Sequence[Any]) -> Any:
    return (ctypes.c_void_p * max(len(arrays), 1))(*[array.__array_interface__["data"][0] for array in arrays])


def _struct_of(columns: Sequence[Tuple[bytes, Optional[bytes]]]) -> Any:
    return (_c.aic_column * max(len(columns), 1))(*[_c.aic_column(name, unit) for name, unit in columns])


def compile_model(scenario: Scenario, inputs: Columns, outputs: Optional[Columns]) -> Model:
    """Compiles, and remembers how, so that the model can be pickled."""
    varying = columns_of(inputs, "inputs")
    wanted = None if outputs is None else columns_of(outputs, "outputs")
    options = _c.aic_model_options(ctypes.sizeof(_c.aic_model_options), _struct_of(varying), len(varying),
                                   None if wanted is None else _struct_of(wanted), len(wanted or ()))
    handle = scenario._open()
    with _call.locked(handle):
        made = _call.make(lib.aic_model_unref, lib.aic_model_compile, handle, ctypes.byref(options))
        return _wrap(made, Units(scenario), (scenario.text(), scenario._origin, varying, wanted))


def _wrap(handle: Handle, units: Units, recipe: Tuple[Any, ...]) -> Model:
    model = Model.__new__(Model)
    model._handle, model._units, model._recipe = handle, units, recipe
    model.inputs = tuple(Column(words(lib.aic_model_input_name(handle, i)), words(lib.aic_model_input_unit(handle, i)), lib.aic_model_input_value(handle, i))
                         for i in range(lib.aic_model_input_count(handle)))
    model.outputs = tuple(Column(words(lib.aic_model_output_name(handle, i)), words(lib.aic_model_output_unit(handle, i)))
                          for i in range(lib.aic_model_output_count(handle)))
    model._row_in, model._row_out = ctypes.c_double * len(model.inputs), ctypes.c_double * len(model.outputs)
    model._names_in, model._names_out = frozenset(one.name for one in model.inputs), tuple(one.name for one in model.outputs)
    return model


def _from_recipe(text: str, origin: Origin, varying: Sequence[Tuple[bytes, Optional[bytes]]],
                 wanted: Optional[Sequence[Tuple[bytes, Optional[bytes]]]]) -> Model:
    def named(columns: Sequence[Tuple[bytes, Optional[bytes]]]) -> Dict[str, Optional[str]]:
        return {name.decode(): None if unit is None else unit.decode() for name, unit in columns}

    return compile_model(again(text, origin), named(varying), None if wanted is None else named(wanted))
