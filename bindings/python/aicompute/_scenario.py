# SPDX-License-Identifier: MIT
"""A scenario: loaded from YAML or built by calls, changed, evaluated, checked, explained, compared, compiled."""
import ctypes
import os
from typing import TYPE_CHECKING, Any, Callable, Iterable, List, Mapping, Optional, Sequence, Tuple, Union, cast

from . import _c, _call, _html, _questions
from ._call import Handle, Owner, PathLike
from ._errors import ArgumentError, Error, words
from ._library import lib
from ._loading import Library, LoadOptions, Origin
from ._progress import Progress
from ._questions import Axis
from ._result import Result
from ._sampling import Sampling, run

if TYPE_CHECKING:
    from ._introspection import Kinds, Units
    from ._model import Model
    from ._part import Part

Names = Union[str, Iterable[str], None]


class Scenario(Owner):
    """Sourced assumptions, models, calculations and claims.

    `load()` and `loads()` read one; `Scenario()` is empty, to be built by calls. A call that fails changes nothing. One thread at a time uses it: others wait.
    A scenario pickles as its YAML text.

    Parameters
    ----------
    title : str, optional
    libraries : list of paths, or of (name, text)
        Kinds and units of one's own.
    limits : mapping, optional
        How large an input may be, such as ``{"file_bytes": 1 << 20}``.
    """

    def __init__(self, title: Optional[str] = None, *, libraries: Iterable[Library] = (), limits: Optional[Mapping[str, int]] = None) -> None:
        options = LoadOptions(libraries, limits)
        self._handle, self._origin = _call.make(lib.aic_scenario_free, lib.aic_scenario_new, options.reference()), options.origin
        if title is not None:
            self.set_header("title", title)

    @classmethod
    def _of(cls, handle: Handle, origin: Origin) -> "Scenario":
        self = cls.__new__(cls)
        self._handle, self._origin = handle, origin
        return self

    # --- calls

    def _do(self, function: Any, *arguments: Any) -> None:
        handle = self._open()
        with _call.locked(handle):
            _call.do(function, handle, *arguments)

    def _ask(self, answers: str, function: Any, *arguments: Any) -> Result:
        handle = self._open()
        with _call.locked(handle):
            return Result._of(_call.make(lib.aic_result_unref, function, handle, *arguments), answers)

    def _long(self, answers: str, sampling: Sampling, title: str, progress: Progress, function: Any, *arguments: Any) -> Result:
        """A question that may take long: asked in a thread of its own, stopped by an interrupt."""
        handle = self._open()
        with _call.locked(handle):
            made = sampling.run(title, progress, function, handle, *arguments, sampling.reference())
        return Result._of(made, answers, probabilities=sampling.probabilities)

    def _tabled(self, answers: str, sampling: Sampling, progress: Progress, total: int, function: Any, options: Any, *names: bytes) -> Result:
        """A question with options of its own, which hold the words of its sampling."""
        handle = self._open()
        with _call.locked(handle):
            return Result._of(run(answers, progress, total, sampling.cancel, sampling.done, function, handle, *names, ctypes.byref(options)), answers)

    def _change(self, function: Any, **texts: str) -> None:
        self._do(function, *[_call.text(value, what) for what, value in texts.items()])

    def _all_or_nothing(self, steps: Sequence[Callable[["Scenario"], None]]) -> None:
        """Several steps are tried on a copy first, so that nothing is changed when one of them fails."""
        with _call.locked(self._open()):
            if len(steps) > 1:
                with self.copy() as trial:
                    for step in steps:
                        step(trial)
            for step in steps:
                step(self)

    # --- changing

    def set(self, name: str, value: Union[str, float], unit: Optional[str] = None) -> None:
        """Sets an assumption, an input of a model or a calculation.

        Parameters
        ----------
        name : str
            Full name: "visits", "chat.utilization".
        value : str or number
            An expression in the language of scenarios, "40 %"; or a number, in `unit`.
        unit : str, optional
            Of a number; a pure number when left out.
        """
        if isinstance(value, str):
            if unit is not None:
                raise TypeError("an expression says its unit itself: give no unit beside it")
            self._change(lib.aic_scenario_set, name=name, expression=value)
        else:
            self.set_number(name, value, unit)

    def set_number(self, name: str, value: float, unit: Optional[str] = None) -> None:
        """Sets an assumption or an input of a model to a number in a unit."""
        self._do(lib.aic_scenario_set_number, _call.text(name, "name"), _call.finite(value, "value"), _call.optional_text(unit, "unit"))

    def set_year(self, name: str, year: int, expression: str) -> None:
        """Sets one year of a series; a quantity that is no series becomes one."""
        self._do(lib.aic_scenario_set_year, _call.text(name, "name"), _call.whole(year, "year"), _call.text(expression, "expression"))

    def set_property(self, name: str, key: str, text: str) -> None:
        """Says more about an assumption or an input: its `source`, `note`, `label`, `date`, `confidence`, `unit`, `rounded` or `digits`."""
        self._change(lib.aic_scenario_set_property, name=name, key=key, text=text)

    def set_header(self, key: str, text: str) -> None:
        """Sets the `title`, `description`, `timeline` ("2021..2030") or `currency`."""
        self._change(lib.aic_scenario_set_header, key=key, text=text)

    def __setitem__(self, name: str, value: Union[str, float, Tuple[float, str]]) -> None:
        """``scenario["price"] = "2 USD/h"``, ``= 0.4``, or ``= 2, "USD/h"``."""
        if isinstance(value, tuple):
            if len(value) != 2:
                raise ArgumentError("expected a number and its unit", _c.AIC_ERROR_ARGUMENT)
            self.set_number(name, *value)
        else:
            self.set(name, value)

    def add_exchange_rate(self, currency: str, worth: str) -> None:
        """Ties a currency to another: ``add_exchange_rate("USD", "7.08 CNY")``."""
        self._change(lib.aic_scenario_add_exchange_rate, currency=currency, worth=worth)

    def add_unit(self, name: str, definition: str) -> None:
        """Adds a unit of the scenario's own: "base" for a new dimension, else an expression of known units."""
        self._change(lib.aic_scenario_add_unit, name=name, definition=definition)

    def add_source(self, id: str, title: str) -> None:
        """Adds a source, which quantities and claims name by its id."""
        self._change(lib.aic_scenario_add_source, id=id, title=title)

    def add_assumption(self, name: str, expression: str, **properties: str) -> None:
        """Adds an assumption; `properties` are those of `set_property`: ``source="price-list"``."""
        self._all_or_nothing([lambda scenario: scenario._change(lib.aic_scenario_add_assumption, name=name, expression=expression)]
                             + [_later(Scenario.set_property, name, key, text) for key, text in properties.items()])

    def add_model(self, name: str, kind: str, **inputs: Union[str, float]) -> None:
        """Adds a model and gives its inputs: ``add_model("run", "training", parameters="70B parameter", …)``."""
        self._all_or_nothing([lambda scenario: scenario._change(lib.aic_scenario_add_model, name=name, kind=kind)]
                             + [_later(Scenario.set, f"{name}.{key}", value) for key, value in inputs.items()])

    def add_calculation(self, name: str, expression: str) -> None:
        """Adds a calculation over everything in the scenario."""
        self._change(lib.aic_scenario_add_calculation, name=name, expression=expression)

    def add_claim(self, id: str, published: str, computed: str) -> None:
        """Adds a claim: a published figure, and the name or expression that it should follow from."""
        self._change(lib.aic_scenario_add_claim, id=id, published=published, computed=computed)

    def remove(self, name: str) -> None:
        """Removes an assumption, a model, an input that was given, a calculation, or a claim by its id."""
        self._change(lib.aic_scenario_remove, name=name)

    # --- asking

    @property
    def title(self) -> str:
        """The title, or ""."""
        handle = self._open()
        with _call.locked(handle):
            return words(lib.aic_scenario_title(handle))

    @title.setter
    def title(self, text: str) -> None:
        self.set_header("title", text)

    def validate(self) -> None:
        """Checks that the scenario is complete and right, as loading does; raises with all independent errors."""
        self._do(lib.aic_scenario_validate)

    def evaluate(self, names: Names = None) -> Result:
        """Computes the scenario: everything, or the quantities and models that are named."""
        return self._ask("evaluate", lib.aic_scenario_evaluate, *_as_names(names))

    def sample(self, samples: int = 0, names: Names = None, *, seed: int = 0, method: str = "sobol", replicates: int = 0, threads: Optional[int] = None,
               quantiles: Optional[Iterable[float]] = None, keep_draws: bool = False, histogram: int = 0, progress: Progress = None) -> Result:
        """Computes the scenario and samples what is uncertain in it: of what is named, else of all outputs and calculations.

        The same bits for any number of threads. An interrupt (Ctrl-C) stops it.

        Parameters
        ----------
        samples : int
            Draws; 0 means 65 536. Of Sobol' points rounded up to replicates times a power of two: see `Result.samples`.
        names : names, optional
            Quantities, or models for all of theirs.
        seed : int
            Another seed, other draws.
        method : "sobol" or "monte_carlo"
        replicates : int
            Of Sobol' points, from whose differences the errors come; 0 means 8, and of 1 the errors are NaN.
        threads : int, optional
            As many as there are processors when left out.
        quantiles : numbers, optional
            Probabilities, ascending; 0.05, 0.5 and 0.95 when left out.
        keep_draws : bool
            `Result.table` has all draws: a row a draw, a column a quantity (of a series one a year); 8 bytes a draw and column.
        histogram : int
            In place of that, how the draws are spread over so many cells, at most 1024: columns "from", "to" and "count" of each quantity.
        progress : bool or callable, optional
            A bar after a second, where a terminal or a notebook shows it, when left out; True shows one at once, False none. A function is called about ten times
            a second with the draws done and wanted.

        Returns
        -------
        Result, whose quantities have `statistics()`
        """
        sampling = Sampling(samples, seed, method, replicates, threads, quantiles)
        sampling.struct.keep_draws = bool(keep_draws)
        sampling.struct.histogram = _call.whole(histogram, "histogram", 0, 1024)
        return self._long("sample", sampling, "sampling", progress, lib.aic_scenario_sample, *_as_names(names))

    def check(self, samples: int = 0, *, seed: int = 0, method: str = "sobol", replicates: int = 0, threads: Optional[int] = None,
              progress: Progress = False) -> Result:
        """Compares every claim with what its assumptions give: see `Result.claims`.

        A claim that depends on something uncertain is sampled, with the parameters of `sample()`: the median and p5 to p95 stand for the computed figure.
        """
        sampling = Sampling(samples, seed, method, replicates, threads, None)
        return self._long("check", sampling, "checking", progress, lib.aic_scenario_check)

    def solve(self, output: str, value: str, by: str, low: Optional[str] = None, high: Optional[str] = None, *, samples: int = 0, seed: int = 0,
              method: str = "sobol", replicates: int = 0, threads: Optional[int] = None) -> Result:
        """Finds every value of an input that makes an output meet a target; the scenario stays as it is.

        Parameters
        ----------
        output : str
            "chat.capex", "market.revenue[2030]", "mean(chat.capex)", "p95(chat.capex)".
        value : str
            What it is to be, "10B CNY".
        by : str
            The input that is moved: an assumption, an input of a model, one year of a series.
        low, high : str, optional
            Between which it is moved; within its bounds, or nine orders of magnitude to either side, when left out.
        samples, seed, method, replicates, threads
            As in `sample()`, where a mean or a quantile is to meet the target.

        Returns
        -------
        Result, whose `table` has a row a solution, and none when there is none, of which a warning says why
        """
        sampling = Sampling(samples, seed, method, replicates, threads, None)
        return self._tabled("solve", sampling, False, 1, lib.aic_scenario_solve, _questions.solving(output, value, by, low, high, sampling))

    def sweep(self, axes: Mapping[str, Axis], names: Names = None, *, together: bool = False, samples: int = 0, seed: int = 0, method: str = "sobol",
              replicates: int = 0, threads: Optional[int] = None, progress: Progress = None) -> Result:
        """Computes the scenario at many points of some inputs.

        Parameters
        ----------
        axes : mapping of name to values
            A range or a list in words, "25 % .. 45 %:5", "1..100:9 log", "1 USD, 2 USD"; numbers, in the unit that results give; or ``(numbers, unit)``.
        names : names, optional
            What is wanted; outputs and calculations that move when left out.
        together : bool
            The first value of each axis makes a point, the second the next, … ; else every value of one goes with every value of the others.
        samples, seed, method, replicates, threads, progress
            As in `sample()`, for what is uncertain at each point; progress counts points.

        Returns
        -------
        Result, whose `table` has a row a point, and columns for the inputs that are moved and for what is wanted
        """
        sampling = Sampling(samples, seed, method, replicates, threads, None)
        sweep = _questions.Sweep(axes, together, _as_names(names), sampling)
        return self._tabled("sweep", sampling, progress, sweep.points, lib.aic_scenario_sweep, sweep.struct)

    def sample_part(self, samples: int = 0, names: Names = None, *, shard: Tuple[int, int], seed: int = 0, method: str = "sobol", replicates: int = 0,
                    threads: Optional[int] = None, quantiles: Optional[Iterable[float]] = None, progress: Progress = None) -> "Part":
        """Samples one shard, ``(3, 8)`` for the fourth of eight: see `merge()`. Shards may be sampled anywhere, by any number of threads."""
        from ._part import sample_part

        sampling = Sampling(samples, seed, method, replicates, threads, quantiles)
        return sample_part(self._open(), _as_names(names), sampling, shard, progress)

    def sensitivity(self, name: str, *, measures: Union[str, Iterable[str], None] = None, low: float = 0.05, high: float = 0.95, step: float = 0.0,
                    samples: int = 0, seed: int = 0, replicates: int = 0, threads: Optional[int] = None, progress: Progress = None) -> Result:
        """Finds out what a value depends on, and how much: elasticities and a tornado. See doc/sensitivity.md for the columns.

        Parameters
        ----------
        name : str
            "chat.capex", "market.revenue[2030]".
        measures : names, optional
            Such as "elasticities" and "tornado"; what the library finds by itself when left out.
        low, high : numbers
            Probabilities of the ends of the tornado.
        step : number
            By which share inputs that are certain are moved too: 0.1 for 10 %.
        samples, seed, replicates, threads, progress
            As in `sample()`.

        Returns
        -------
        Result, whose `table` has a row an input, the most important first
        """
        sampling = Sampling(samples, seed, "sobol", replicates, threads, None)
        options = _questions.matters(sampling, measures, low, high, step)
        return self._tabled("sensitivity", sampling, progress, sampling.total, lib.aic_scenario_sensitivity, options, _call.text(name, "name"))

    def explain(self, name: str) -> Result:
        """Derives a figure, or one year of a series ("market.revenue[2030]"), down to its sources: see `Result.text()` and `Result.to_dict()`."""
        return self._ask("explain", lib.aic_scenario_explain, _call.text(name, "name"))

    def diff(self, other: "Scenario") -> Result:
        """Compares with another scenario: what differs, and by what each result moved."""
        if not isinstance(other, Scenario):
            raise TypeError(f"other must be a Scenario, not {type(other).__name__}")
        first, second = sorted((self._open(), other._open()), key=id)
        with _call.locked(first), _call.locked(second):
            return self._ask("diff", lib.aic_scenario_diff, other._open())

    def compile(self, inputs: "Columns" = (), outputs: "Optional[Columns]" = None) -> "Model":
        """Compiles for being evaluated millions of times.

        Parameters
        ----------
        inputs : names, or mapping of name to unit
            What varies. A unit of None is the one that results give.
        outputs : names, or mapping of name to unit, optional
            What is wanted; everything when left out. Of a series a year, "market.revenue[2026]", or all of them, "market.revenue".
        """
        from ._model import compile_model

        return compile_model(self, inputs, outputs)

    def kinds(self) -> "Kinds":
        """The model kinds that this scenario knows."""
        from ._introspection import Kinds

        return Kinds(self)

    def units(self) -> "Units":
        """The units that this scenario knows, with its exchange rates."""
        from ._introspection import Units

        return Units(self)

    # --- writing and copying

    def text(self) -> str:
        """The scenario as YAML, which loads to an equal one."""
        handle = self._open()
        with _call.locked(handle):
            return _call.write(lib.aic_scenario_text, handle)

    def save(self, path: "Union[str, os.PathLike[str]]") -> None:
        """Writes `text()` to a file, which replaces one that was there only when all is written."""
        target = os.fsdecode(_call.path(path))
        beside, content = f"{target}.{os.getpid()}.part", self.text()
        try:
            with open(beside, "w", encoding="utf-8", newline="\n") as file:
                file.write(content)
            os.replace(beside, target)
        except BaseException:
            if os.path.exists(beside):
                os.unlink(beside)
            raise

    def copy(self) -> "Scenario":
        """An independent copy."""
        handle = self._open()
        with _call.locked(handle):
            return Scenario._of(_call.make(lib.aic_scenario_free, lib.aic_scenario_copy, handle), self._origin)

    def __copy__(self) -> "Scenario":
        return self.copy()

    def __deepcopy__(self, memo: object) -> "Scenario":
        return self.copy()

    def __reduce__(self) -> Tuple[Any, ...]:
        self.validate()
        return _from_pickle, (self.text(), self._origin, words(lib.aic_version()))

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        if self.closed:
            return "<aicompute.Scenario, closed>"
        return f"<aicompute.Scenario {self.title!r}>"

    def _repr_html_(self) -> str:
        try:
            given = [one for one in self.evaluate().values() if one.role == "assumption"]
        except Error:
            given = []
        if not given:
            return _html.preformatted(self.text())
        rows = [(one.name, one.display if not one.years else f"{one.years[0]}..{one.years[-1]}", one.label, one.source, one.note) for one in given]
        return _html.table(self.title or "scenario", ("assumption", "value", "label", "source", "note"), rows)


def _as_names(names: Names) -> Tuple[Any, int]:
    """Names as C takes them: NULL for everything."""
    if names is None:
        return None, 0
    wanted = _call.names(names, "names")
    return (ctypes.c_char_p * max(len(wanted), 1))(*wanted), len(wanted)


#: Names, or names with units.
Columns = Union[str, Iterable[str], Mapping[str, Optional[str]]]


def _later(function: Callable[..., None], *arguments: Any) -> Callable[[Scenario], None]:
    return lambda scenario: function(scenario, *arguments)


def _from_pickle(text: str, origin: Origin, version: str) -> Scenario:
    try:
        return again(text, origin)
    except Error as error:
        if version == words(lib.aic_version()):
            raise
        error.text += f"\nnote: this scenario was pickled by version {version}; the library here is {words(lib.aic_version())}"
        raise


def again(text: str, origin: Origin) -> Scenario:
    """Loads a scenario that another one wrote, with the libraries and limits of that one."""
    libraries, limits = origin
    return loads(text, libraries=cast(Any, libraries), limits=limits)


def load(path: PathLike, *, libraries: Iterable[Library] = (), limits: Optional[Mapping[str, int]] = None) -> Scenario:
    """Loads a scenario from a file of YAML: reads, understands and checks all of it."""
    options = LoadOptions(libraries, limits)
    return Scenario._of(_call.make(lib.aic_scenario_free, lib.aic_scenario_load_file, _call.path(path), options.reference()), options.origin)


def loads(text: Union[str, bytes], name: Optional[str] = None, *, libraries: Iterable[Library] = (),
          limits: Optional[Mapping[str, int]] = None) -> Scenario:
    """Loads a scenario from YAML text; `name` stands for the file in messages."""
    content = text if isinstance(text, bytes) else _yaml(text)
    options = LoadOptions(libraries, limits)
    return Scenario._of(_call.make(lib.aic_scenario_free, lib.aic_scenario_load, content, len(content), _call.optional_text(name, "name"),
                                   options.reference()), options.origin)


def _yaml(text: object) -> bytes:
    """YAML text as bytes; a NUL in it is for the library to report, with its place."""
    if not isinstance(text, str):
        raise TypeError(f"text must be a str or bytes, not {type(text).__name__}")
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ArgumentError(f"text is not Unicode text: {error}", _c.AIC_ERROR_ARGUMENT) from None


def columns_of(columns: Columns, what: str) -> List[Tuple[bytes, Optional[bytes]]]:
    """Names and units, checked, for C."""
    if isinstance(columns, Mapping):
        return [(_call.text(name, f"each of {what}"), _call.optional_text(unit, f"the unit of {name!s}")) for name, unit in columns.items()]
    return [(name, None) for name in _call.names(columns, what)]
