# SPDX-License-Identifier: MIT
"""Pictures, by matplotlib: each function draws on the Axes that it is given, or on new ones, and returns them. None sets a style.

>>> import aicompute.plots
>>> market = aicompute.load("server_market.yaml").sample()       # doctest: +SKIP
>>> aicompute.plots.fan(market["market.revenue"]).figure.savefig("revenue.svg")   # doctest: +SKIP
"""
import math
from typing import Any, Iterable, List, Mapping, Optional, Sequence, Tuple, Union

from . import _c, _optional
from ._claims import Claim, Claims
from ._errors import ArgumentError
from ._result import Quantity, Result

VERDICT_COLORS = {"holds": "tab:green", "reading": "tab:olive", "differs": "tab:red", "not_checkable": "tab:gray"}
WIDE = 30.0  #: a range of more than so many times is shown on a logarithmic axis
CJK_FONTS = ("Noto Sans CJK SC", "Noto Sans CJK JP", "Source Han Sans SC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Droid Sans Fallback", "PingFang SC",
             "Hiragino Sans", "Microsoft YaHei", "SimHei")
SCALES = ((1e24, "Y"), (1e21, "Z"), (1e18, "E"), (1e15, "P"), (1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k"), (1.0, ""))


def fan(quantity: Quantity, ax: Any = None, *, color: str = "tab:blue") -> Any:
    """A series over its years, with a band for each pair of outer quantiles where it was sampled."""
    if not isinstance(quantity, Quantity):
        raise TypeError(f"a fan is drawn of a Quantity, not {type(quantity).__name__}")
    if not quantity.years:
        raise ArgumentError(f"{quantity.name} is no series: draw its histogram", _c.AIC_ERROR_ARGUMENT)
    ax = _axes(ax, (6.4, 4.0))
    years, values = list(quantity.years), quantity.tolist()
    pairs = _bands(quantity)
    for number, (low, high, share) in enumerate(pairs):
        ax.fill_between(years, low, high, color=color, alpha=0.18 + 0.14 * number, linewidth=0, label=f"{share:.0%}")
    ax.plot(years, _median(quantity) or values, color=color, marker="o", markersize=3.5, label="median" if pairs else None)
    _year_axis(ax, years)
    _value_axis(ax.yaxis, quantity.unit, [one for low, high, _ in pairs for one in (*low, *high)] + values, from_zero=True)
    ax.set_title(_title(quantity), fontsize="medium")
    if pairs:
        ax.legend(frameon=False, loc="upper left")
    return _finished(ax)


def market(quantities: Iterable[Quantity], ax: Any = None, *, labels: Optional[Sequence[str]] = None) -> Any:
    """Series of one unit, stacked: what a market is made of, year by year."""
    listed = list(quantities)
    if not listed or not all(isinstance(one, Quantity) and one.years for one in listed):
        raise ArgumentError("a market is stacked of series, one at least", _c.AIC_ERROR_ARGUMENT)
    years = [year for year in listed[0].years if all(year in one.years for one in listed)]
    for one in listed[1:]:
        if one.unit != listed[0].unit:
            raise ArgumentError(f"{one.name} is in {one.unit}, {listed[0].name} in {listed[0].unit}: they cannot be stacked", _c.AIC_ERROR_ARGUMENT)
    if any(one[year] < 0 for one in listed for year in years):
        raise ArgumentError("what is negative cannot be stacked", _c.AIC_ERROR_ARGUMENT)
    ax = _axes(ax, (6.4, 4.0))
    named = [one.label or one.name for one in listed] if labels is None else list(labels)
    layers = [[one[year] for year in years] for one in listed]
    ax.stackplot(years, layers, labels=named, alpha=0.85)
    _year_axis(ax, years)
    ax.margins(x=0)
    totals = [sum(layer[i] for layer in layers) for i in range(len(years))]
    _value_axis(ax.yaxis, listed[0].unit, totals, from_zero=True, logarithmic=False)
    ax.set_ylim(0, max(totals) * 1.15 or 1)
    handles, texts = ax.get_legend_handles_labels()
    ax.legend(handles[::-1], texts[::-1], frameon=False, loc="upper left")
    return _finished(ax)


def histogram(values: Any, ax: Any = None, *, unit: str = "", name: str = "", bins: int = 60, color: str = "tab:blue") -> Any:
    """How draws are spread, with their cumulated share on a second axis. `values`: numbers, or a column of a table, which knows its name and unit."""
    numpy = _optional.numpy("plots.histogram")
    numbers = numpy.asarray(values, dtype=float).ravel()
    numbers = numpy.sort(numbers[numpy.isfinite(numbers)])
    if numbers.size < 2:
        raise ArgumentError("a histogram needs two numbers that are finite", _c.AIC_ERROR_ARGUMENT)
    unit, name = unit or getattr(values, "unit", ""), name or getattr(values, "name", "")
    ax = _axes(ax, (6.4, 4.0))
    low, high = numpy.quantile(numbers, (0.0005, 0.9995))
    wide = low > 0 and high / low > WIDE
    edges = numpy.geomspace(low, high, bins + 1) if wide else numpy.linspace(low, high if high > low else low + (abs(low) or 1.0), bins + 1)
    ax.hist(numbers, bins=edges, weights=numpy.full(numbers.size, 100 / numbers.size), color=color, alpha=0.55)
    ax.set_ylabel("% of draws")
    _value_axis(ax.xaxis, unit, [float(low), float(high)])
    cumulated = ax.twinx()
    step = max(numbers.size // 1000, 1)
    cumulated.plot(numbers[::step], 100 * (numpy.arange(numbers.size)[::step] + 0.5) / numbers.size, color="black", linewidth=1.2)
    cumulated.set_ylim(0, 100)
    cumulated.set_ylabel("% of draws below")
    for probability in (0.05, 0.5, 0.95):
        at = float(numpy.quantile(numbers, probability))
        ax.axvline(at, color="black", linewidth=0.8, linestyle=":")
        ax.annotate(f"p{100 * probability:.0f}\n{_short(at)}", (at, 1.0), xycoords=("data", "axes fraction"), xytext=(0, 3), textcoords="offset points",
                    ha="center", va="bottom", fontsize="small")
    ax.set_xlim(edges[0], edges[-1])
    if name:
        ax.set_title(name, fontsize="medium", pad=32)
    return _finished(ax, cumulated)


def claims(found: Union[Claims, Result, Iterable[Claim]], ax: Any = None) -> Any:
    """Published figures beside computed ones, each divided by the computed one, with their intervals, on a logarithmic axis."""
    listed = list(found.claims if isinstance(found, Result) else found)
    shown = [one for one in listed if one.computed > 0 and one.published > 0 and math.isfinite(one.computed) and math.isfinite(one.published)]
    if not shown:
        raise ArgumentError("there is no claim with figures above zero to show", _c.AIC_ERROR_ARGUMENT)
    ax = _axes(ax, (7.2, 0.9 + 0.27 * len(shown)))
    rows = list(range(len(shown)))[::-1]
    for row, one in zip(rows, shown):
        color = VERDICT_COLORS.get(one.verdict, "tab:gray")
        ax.plot([1.0, one.published / one.computed], [row, row], color=color, linewidth=1.0, alpha=0.5, zorder=1)
        ax.errorbar([one.published / one.computed], [row], xerr=_spread(one.published, one.published_low, one.published_high, one.computed), fmt="o",
                    color=color, markersize=5.5, capsize=2.5, linewidth=1.2, zorder=3)
        ax.errorbar([1.0], [row], xerr=_spread(one.computed, one.computed_low, one.computed_high, one.computed), fmt="|", color="black", markersize=9,
                    capsize=2.5, linewidth=1.2, zorder=2)
    ax.axvline(1.0, color="black", linewidth=0.6, alpha=0.5, zorder=0)
    _ratio_axis(ax, [one.published / one.computed for one in shown])
    ax.set_yticks(rows)
    ax.set_yticklabels([_claim_label(one) for one in shown], fontsize="small")
    ax.set_ylim(-0.8, len(shown) - 0.2)
    ax.set_xlabel("published / computed")
    _verdict_legend(ax, shown)
    return _finished(ax)


def tornado(bars: Any, ax: Any = None, *, base: Optional[float] = None, unit: str = "", name: str = "", most: int = 12) -> Any:
    """What moves a result most: for each input the result at its low and at its high value.

    Parameters
    ----------
    bars : mapping of name to (low, high), or the Result of `Scenario.sensitivity()`
        The result where the input is low, and where it is high.
    base : number
        The result where nothing is moved; a sensitivity knows it.
    most : int
        So many inputs are shown, those that move it most.
    """
    if isinstance(bars, Result):
        bars, known, own = _swings(bars)
        base, unit = known if base is None else base, unit or own
    pairs = sorted(((one, float(low), float(high)) for one, (low, high) in dict(bars).items()), key=lambda bar: -abs(bar[2] - bar[1]))[:most]
    if not pairs or base is None:
        raise ArgumentError("a tornado needs a bar at least, and the base from which bars go", _c.AIC_ERROR_ARGUMENT)
    ax = _axes(ax, (7.2, 1.1 + 0.36 * len(pairs)))
    for row, (_, low, high) in enumerate(pairs):
        ax.barh(row, low - base, left=base, height=0.62, color="tab:blue", alpha=0.75, label="input low" if row == 0 else None)
        ax.barh(row, high - base, left=base, height=0.62, color="tab:orange", alpha=0.85, label="input high" if row == 0 else None)
        for end in (low, high):
            right = end > base or (end == base and max(low, high) == base)
            ax.annotate(_short(end), (end, row), xytext=(3 if right else -3, 0), textcoords="offset points", ha="left" if right else "right", va="center",
                        fontsize="small")
    ax.axvline(base, color="black", linewidth=0.9)
    ax.set_yticks(range(len(pairs)))
    ax.set_yticklabels([one for one, _, _ in pairs])
    ax.invert_yaxis()
    ends = [base] + [end for _, low, high in pairs for end in (low, high)]
    _value_axis(ax.xaxis, unit, ends, logarithmic=False)
    ax.margins(x=0.14)
    ax.set_title(f"{name}: {_short(base)} {unit}".strip(": "), fontsize="medium", loc="left")
    ax.legend(frameon=False, loc="lower right", bbox_to_anchor=(1.0, 1.0), ncol=2, fontsize="small", borderaxespad=0.2)
    return _finished(ax)


def _swings(result: Result) -> Tuple[Mapping[str, Tuple[float, float]], Optional[float], str]:
    """The bars of a sensitivity, the value at the medians, as its derivatives have it, and the unit."""
    table = result.table
    if not any(one.name == "low" for one in table):
        raise ArgumentError("there is no tornado in this result: ask Scenario.sensitivity() for it", _c.AIC_ERROR_ARGUMENT)
    column = {name: table[name].tolist() for name in ("low", "high", "input", "derivative", "elasticity")}
    bars = {name: (low, high) for name, low, high in zip(table.rows, column["low"], column["high"]) if math.isfinite(low) and math.isfinite(high)}
    bases = [slope * x / elasticity for slope, x, elasticity in zip(column["derivative"], column["input"], column["elasticity"]) if elasticity and math.isfinite(slope * x)]
    return bars, next(iter(bases), None), table["low"].unit


def waterfall(steps: Union[Mapping[str, float], Sequence[Tuple[str, float]]], ax: Any = None, *, unit: str = "", name: str = "") -> Any:
    """From one figure to another by steps, such as from a published figure through each repair to what follows.

    Parameters
    ----------
    steps : mapping, or pairs, of name to figure
        Each figure is what stands after that step: the first is where it begins, the last where it ends.
    """
    listed = [(str(one), float(value)) for one, value in (steps.items() if isinstance(steps, Mapping) else steps)]
    if len(listed) < 2 or not all(math.isfinite(value) for _, value in listed):
        raise ArgumentError("a waterfall needs two figures at least, all finite", _c.AIC_ERROR_ARGUMENT)
    values = [value for _, value in listed]
    wide = min(values) > 0 and max(values) / min(values) > WIDE
    ax = _axes(ax, (1.6 + 1.15 * len(listed), 4.2))
    floor = min(values) / 3 if wide else 0.0
    for place, (_, value) in enumerate(listed):
        whole = place in (0, len(listed) - 1)
        before = floor if whole else values[place - 1]
        rises = value >= before
        color = "tab:gray" if whole else "tab:green" if rises else "tab:red"
        ax.bar(place, value - before, bottom=before, width=0.62, color=color, alpha=0.85)
        if place:
            ax.plot([place - 1 + 0.31, place - 0.31], [values[place - 1]] * 2, color="black", linewidth=0.7)
        ax.annotate(_short(value) if whole else _change(values[place - 1], value, wide), (place, max(value, before)), xytext=(0, 3),
                    textcoords="offset points", ha="center", va="bottom", fontsize="small")
    ax.set_xticks(range(len(listed)))
    ax.set_xticklabels([_folded(one) for one, _ in listed], fontsize="small")
    _value_axis(ax.yaxis, unit, values, from_zero=True, logarithmic=wide)
    if wide:
        ax.set_ylim(floor, max(values) * 2)
    else:
        span = max([*values, 0.0]) - min([*values, 0.0])
        ax.set_ylim(min([*values, 0.0]) - (0.12 * span if min(values) < 0 else 0.0), max([*values, 0.0]) + 0.12 * span)
        ax.axhline(0, color="black", linewidth=0.8)
    if name:
        ax.set_title(name, fontsize="medium")
    return _finished(ax)


def repair(check: Result, id: str, ax: Any = None) -> Any:
    """The waterfall of a claim that differs: from the published figure, by the slip that explains it, to what follows from its inputs."""
    if not isinstance(check, Result):
        raise TypeError(f"a repair is drawn of the Result of Scenario.check(), not {type(check).__name__}")
    claim = check.claims[id]
    slips = next(one for one in check.to_dict()["claims"] if one["id"] == claim.id)["diagnosis"]
    if not slips:
        raise ArgumentError(f"no simple slip explains {claim.id}: there is nothing to repair", _c.AIC_ERROR_ARGUMENT)
    steps = [("published", claim.published)]
    if abs(slips[0]["gives"] / claim.published - 1) > 0.001:
        steps.append(("rounding", slips[0]["gives"]))
    steps += [(f"slip: {slips[0]['slip']}", claim.computed), ("follows from its inputs", claim.computed)]
    return waterfall(steps, ax, unit=claim.unit, name=f"{claim.id} {claim.says}".strip())


# --- what they share ---------------------------------------------------------------------------------------------------------


def _axes(ax: Any, size: Tuple[float, float]) -> Any:
    if ax is not None:
        return ax
    return _optional.matplotlib("pictures").figure(figsize=size, constrained_layout=True).add_subplot()


def _finished(ax: Any, *others: Any) -> Any:
    for one in (ax, *others):
        one.spines["top"].set_visible(False)
        if one is ax and not others:
            one.spines["right"].set_visible(False)
    _give_cjk_a_font(ax.figure)
    return ax


def _give_cjk_a_font(figure: Any) -> None:
    """Texts with Chinese, Japanese or Korean characters get an installed font that has them, behind their own."""
    texts = [one for one in figure.findobj(lambda artist: hasattr(artist, "get_fontfamily")) if any("\u2e80" <= mark <= "\uffef" for mark in one.get_text())]
    ticks = [one for axes in figure.axes for axis in (axes.xaxis, axes.yaxis) for one in axis.get_ticklabels() if any("\u2e80" <= mark <= "\uffef" for mark in one.get_text())]
    if not texts and not ticks:
        return
    manager = _optional.matplotlib("pictures", "font_manager")
    installed = {font.name for font in manager.fontManager.ttflist}
    found = [name for name in CJK_FONTS if name in installed]
    for one in [*texts, *ticks] if found else []:
        one.set_fontfamily([name for name in one.get_fontfamily() if name not in found] + found[:1])


def _value_axis(axis: Any, unit: str, values: Sequence[float], from_zero: bool = False, logarithmic: Optional[bool] = None) -> None:
    """Numbers as people say them, the unit beside; logarithmic where they range far."""
    finite = [one for one in values if math.isfinite(one)]
    positive = bool(finite) and min(finite) > 0
    wide = logarithmic if logarithmic is not None else positive and max(finite) / min(finite) > WIDE
    ticker = _optional.matplotlib("pictures", "ticker")
    if wide:
        getattr(axis.axes, f"set_{axis.axis_name}scale")("log")
        axis.set_minor_formatter(ticker.NullFormatter())
    elif from_zero and positive:
        getattr(axis.axes, f"set_{axis.axis_name}lim")(0, None)
    axis.set_major_formatter(ticker.FuncFormatter(lambda value, place: _short(value)))
    axis.set_label_text(unit if unit != "1" else "")


def _year_axis(ax: Any, years: Sequence[int]) -> None:
    step = max(1, math.ceil(len(years) / 10))
    ax.set_xticks(list(years)[::step])
    ax.set_xticklabels([str(year) for year in years][::step])


def _ratio_axis(ax: Any, ratios: Sequence[float]) -> None:
    """Logarithmic, with ticks that read as ratios, and room for the interval around 1."""
    ticker = _optional.matplotlib("pictures", "ticker")
    low, high = min([*ratios, 0.8]) / 1.25, max([*ratios, 1.25]) * 1.25
    ax.set_xscale("log")
    ax.set_xlim(low, high)
    steps = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9) if high / low < 4 else (1, 2, 5) if high / low < 1e3 else (1,)
    ticks = [step * 10.0**power for power in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1) for step in steps]
    ax.set_xticks([one for one in ticks if low <= one <= high])
    ax.xaxis.set_major_formatter(ticker.FuncFormatter(lambda value, place: f"{value:g}×"))
    ax.xaxis.set_minor_locator(ticker.NullLocator())


def _verdict_legend(ax: Any, shown: Sequence[Claim]) -> None:
    lines = _optional.matplotlib("pictures", "lines")
    present = [one for one in VERDICT_COLORS if any(claim.verdict == one for claim in shown)]
    handles = [lines.Line2D([], [], color=VERDICT_COLORS[one], marker="o", linestyle="", label=one.replace("_", " ")) for one in present]
    handles.append(lines.Line2D([], [], color="black", marker="|", linestyle="", label="computed"))
    ax.legend(handles=handles, frameon=False, fontsize="small", loc="lower center", bbox_to_anchor=(0.5, 1.0), ncol=len(handles))


def _claim_label(claim: Claim) -> str:
    says = claim.says if len(claim.says) <= 34 else claim.says[:33] + "…"
    return f"{says}  {claim.id}" if says else claim.id


def _spread(value: float, low: float, high: float, scale: float) -> List[List[float]]:
    below = (value - low) / scale if math.isfinite(low) and low > 0 else 0.0
    above = (high - value) / scale if math.isfinite(high) else 0.0
    return [[max(below, 0.0)], [max(above, 0.0)]]


def _bands(quantity: Quantity) -> List[Tuple[List[float], List[float], float]]:
    """Lower and upper quantiles that belong together, the widest first, and the share of draws between them."""
    if not quantity.is_sampled:
        return []
    by_year = [quantity.statistics(year) for year in quantity.years]
    known = by_year[0].probabilities
    return [([one.quantile(known[i]) for one in by_year], [one.quantile(known[-1 - i]) for one in by_year], known[-1 - i] - known[i])
            for i in range(len(known) // 2)]


def _median(quantity: Quantity) -> Optional[List[float]]:
    if not quantity.is_sampled or 0.5 not in quantity.statistics(quantity.years[0]).probabilities:
        return None
    return [quantity.statistics(year).quantile(0.5) for year in quantity.years]


def _title(quantity: Quantity) -> str:
    return f"{quantity.name} ({quantity.label})" if quantity.label else quantity.name


def _folded(text: str, width: int = 16) -> str:
    lines: List[str] = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


def _change(before: float, after: float, ratio: bool) -> str:
    if ratio and before:
        return f"×{after / before:.3g}"
    return ("+" if after >= before else "−") + _short(abs(after - before))


def _short(value: float) -> str:
    """A number as people say it: 4.6B, 32k, 0.05."""
    size = abs(value)
    if size >= 1e27 or (0 < size < 1e-3):
        return f"{value:.3g}"
    for scale, name in SCALES:
        if size >= scale:
            return f"{value / scale:.4g}{name}"
    return f"{value:.3g}"
