# SPDX-License-Identifier: MIT
"""Published figures beside what their assumptions give, with verdicts."""
from dataclasses import dataclass
from typing import Any, List, Sequence, Tuple, Union, overload

from . import _c, _html, _optional
from ._call import Handle
from ._errors import UnknownNameError, words
from ._library import lib


@dataclass(frozen=True)
class Claim:
    """A published figure beside what its assumptions give. Figures are in `unit`; nan where one does not apply, inf where an interval is open.

    Where `samples` is not 0 something is uncertain: `computed` is the median of so many draws, `computed_low` and `computed_high` are their p5 and p95.
    """

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
    samples: int
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
                  "computed_low", "computed_high", "samples", "note")


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


def read_claim(handle: Handle, index: int) -> Claim:
    def said(which: int) -> str:
        return words(lib.aic_result_claim(handle, index, which))

    def listed(which: int) -> Tuple[str, ...]:
        return tuple(name for name in said(which).split(", ") if name)

    figures: List[Any] = [lib.aic_result_claim_figure(handle, index, figure) for figure in range(_c.AIC_CLAIM_PUBLISHED, _c.AIC_CLAIM_SAMPLES + 1)]
    published, published_low, published_high, computed, computed_low, computed_high, ratio, samples = figures
    return Claim(
        id=said(_c.AIC_CLAIM_ID), says=said(_c.AIC_CLAIM_SAYS), unit=said(_c.AIC_CLAIM_UNIT),
        published=published, published_low=published_low, published_high=published_high,
        computed=computed, computed_low=computed_low, computed_high=computed_high, ratio=ratio, samples=int(samples),
        verdict=words(lib.aic_verdict_text(lib.aic_result_claim_verdict(handle, index))),
        expected=words(lib.aic_verdict_text(lib.aic_result_claim_expected(handle, index))),
        reading=said(_c.AIC_CLAIM_READING), source=said(_c.AIC_CLAIM_SOURCE), note=said(_c.AIC_CLAIM_NOTE),
        unsourced=listed(_c.AIC_CLAIM_UNSOURCED), defaults=listed(_c.AIC_CLAIM_DEFAULTS))
