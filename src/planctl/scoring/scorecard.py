"""Marks and tallies: what scoring says of each item and of each group of items, beside the portfolio."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from planctl.forms.form import Item
    from planctl.portfolio.portfolio import Actuals, Evaluation
    from planctl.portfolio.rubric import Rubric


class Outcome(StrEnum):
    """How an item counts in one evaluation. Every reported item has exactly one outcome."""

    SCORED = "scored"
    NOT_DUE = "not_due"
    NOT_EVALUATED = "not_evaluated"
    EXCLUDED = "excluded"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Mark:
    """One item in one evaluation: its outcome and, where it is scored, its score in percentage points."""

    item: Item
    outcome: Outcome
    score: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of marks: `items` is the sum of the five outcomes; `levels` counts the scored ones by value.

    The mean is `points / scored`, unweighted over the scored items (the practice of county reports: items that are not
    due leave the denominator).
    """

    items: int
    outcomes: Mapping[Outcome, int]
    levels: Mapping[Decimal, int]
    points: Decimal

    @property
    def scored(self) -> int:
        """How many items have a score: the mean's denominator."""
        return self.outcomes[Outcome.SCORED]

    @property
    def missing(self) -> int:
        """How many items still need a score."""
        return self.outcomes[Outcome.MISSING]

    @property
    def mean(self) -> Fraction | None:
        """The exact mean in percentage points; None where nothing is scored."""
        return Fraction(self.points) / self.scored if self.scored else None

    @property
    def exact(self) -> str | None:
        """The mean as points over items, not reduced: `740/9`."""
        return f"{plain(self.points)}/{self.scored}" if self.scored else None


@dataclass(frozen=True, slots=True)
class Share:
    """The tally of a part, and the items' ids: of a section by its title, a unit by its id (None: without a unit)."""

    key: str | None
    tally: Tally
    ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class EvaluationCard:
    """One evaluation of one period: marks by item id, the total, and the totals of sections and units.

    An item of two units stands in both units' tallies and once in the total.
    """

    evaluation: Evaluation
    marks: Mapping[str, Mark]
    total: Tally
    sections: tuple[Share, ...]
    units: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A plan and period, scored. `superior` is None while the superior body has given no score."""

    actuals: Actuals
    rubric: Rubric
    own: EvaluationCard
    superior: EvaluationCard | None

    @property
    def evaluations(self) -> tuple[EvaluationCard, ...]:
        """The evaluations that have begun; the office's own always has."""
        return (self.own, self.superior) if self.superior else (self.own,)

    @property
    def is_draft(self) -> bool:
        """Tell whether items are missing from any evaluation that has begun."""
        return any(card.total.missing for card in self.evaluations)


def plain(number: Decimal) -> str:
    """Return a number without exponent and without zeros at its end: `740`, `82.5`."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
