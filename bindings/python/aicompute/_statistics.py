# SPDX-License-Identifier: MIT
"""What is known of a sampled quantity: mean, standard deviation and quantiles, each with its standard error."""
import math
from dataclasses import dataclass
from typing import Optional, Sequence, Tuple

from . import _c, _call
from ._call import Handle
from ._errors import UnknownNameError
from ._library import lib

USUAL = (0.05, 0.5, 0.95)  #: the quantiles that the library gives when none are asked for


@dataclass(frozen=True)
class Statistics:
    """Of one number: a quantity, or one year of a series. In the unit of the quantity; errors are standard errors.

    `out_of_bounds` counts the draws outside the bounds of the kind, which are in all statistics, `not_finite` those that are infinite or no number, which are
    left out.
    """

    mean: float
    mean_error: float
    sd: float
    sd_error: float
    probabilities: Tuple[float, ...]
    quantiles: Tuple[float, ...]
    quantile_errors: Tuple[float, ...]
    out_of_bounds: int
    not_finite: int

    def quantile(self, probability: float) -> float:
        """The quantile of a probability that was asked for."""
        wanted = _call.number(probability, "probability")
        for one, value in zip(self.probabilities, self.quantiles):
            if one == wanted:
                return value
        raise UnknownNameError(f"no quantile {wanted:g} was asked for; there are {', '.join(f'{one:g}' for one in self.probabilities) or 'none'}",
                               _c.AIC_ERROR_NAME)


def read_statistics(handle: Handle, index: int, values: int, probabilities: Sequence[float]) -> Tuple[Statistics, ...]:
    """One a value; none where the quantity was not sampled."""
    if math.isnan(lib.aic_result_statistic(handle, index, 0, _c.AIC_STATISTIC_NOT_FINITE, 0)):
        return ()
    return tuple(_read(handle, index, year, probabilities) for year in range(values))


def _read(handle: Handle, index: int, year: int, probabilities: Sequence[float]) -> Statistics:
    def said(which: int, quantile: int = 0) -> float:
        return float(lib.aic_result_statistic(handle, index, year, which, quantile))

    numbers = range(len(probabilities))
    return Statistics(
        said(_c.AIC_STATISTIC_MEAN), said(_c.AIC_STATISTIC_MEAN_ERROR), said(_c.AIC_STATISTIC_SD), said(_c.AIC_STATISTIC_SD_ERROR), tuple(probabilities),
        tuple(said(_c.AIC_STATISTIC_QUANTILE, one) for one in numbers), tuple(said(_c.AIC_STATISTIC_QUANTILE_ERROR, one) for one in numbers),
        int(said(_c.AIC_STATISTIC_OUT_OF_BOUNDS)), int(said(_c.AIC_STATISTIC_NOT_FINITE)))


def name_of(probability: float) -> str:
    """ "p5" for 0.05, as columns are headed."""
    return f"p{100 * probability:.10g}"


def interval(statistics: Statistics) -> Optional[Tuple[float, float]]:
    """The lowest and the highest quantile, where there are two."""
    return (statistics.quantiles[0], statistics.quantiles[-1]) if len(statistics.quantiles) > 1 else None
