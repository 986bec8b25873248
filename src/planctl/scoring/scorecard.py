"""Marks and tallies: what scoring says of each item and of each group of items, beside the portfolio."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from planctl.forms.form import Item
    from planctl.portfolio.actuals import Actuals, Evaluation
    from planctl.portfolio.plan import Plan
    from planctl.portfolio.rubric import Rubric, Step
    from planctl.scoring.achievement import Achievement


class Outcome(StrEnum):
    """How an item counts in one evaluation. Every reported item has exactly one outcome."""

    SCORED = "scored"
    NOT_DUE = "not_due"
    NOT_EVALUATED = "not_evaluated"
    EXCLUDED = "excluded"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Mark:
    """One item in one evaluation: its outcome and, where it is scored, its score in percentage points.

    `achievement` is what the reached values come to in per cent, made of `parts`, one for each indicator; None where
    that cannot be worked out. `is_computed` tells that the score follows from it and was given by nobody.
    """

    item: Item
    outcome: Outcome
    score: Decimal | None = None
    achievement: Fraction | None = None
    parts: tuple[Achievement, ...] = ()
    is_computed: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """How many marks have each score, and how many without one each outcome: what tallies of parts can be added by."""

    levels: Counter[Decimal] = field(default_factory=Counter)
    others: Counter[Outcome] = field(default_factory=Counter)

    def __add__(self, other: Counts) -> Counts:
        """Return the counts of both together."""
        return Counts(self.levels + other.levels, self.others + other.others)


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of marks: `items` is the sum of the five outcomes; `levels` counts the scored ones by value.

    `mean` is exact, in percentage points, over the scored items (the practice of county reports: items that are not due
    leave the denominator); None where nothing is scored. It is `points / scored` unless the plan weighs its items or
    asks for the mean of its sections' means; `sum` shows it, not reduced: `740 / 9`.
    """

    items: int
    outcomes: Mapping[Outcome, int]
    levels: Mapping[Decimal, int]
    points: Decimal
    mean: Fraction | None
    sum: str

    @property
    def scored(self) -> int:
        """How many items have a score."""
        return self.outcomes[Outcome.SCORED]

    @property
    def missing(self) -> int:
        """How many items still need a score."""
        return self.outcomes[Outcome.MISSING]

    @property
    def is_plain(self) -> bool:
        """Tell whether the mean is that of all scored items, each counting as much."""
        return self.mean is None or self.mean == Fraction(self.points) / self.scored

    @property
    def exact(self) -> str | None:
        """The mean as points over items, not reduced: `740/9`."""
        return self.sum.replace(" ", "") or None


def count_of(rubric: Rubric, step: Step, counts: Tally) -> int:
    """Return how many scores a value or range has."""
    return sum(count for score, count in counts.levels.items() if count and rubric.step_of(score) == step)


@dataclass(frozen=True, slots=True)
class Share:
    """The tally of a part, and the items' ids: of a section by its title, a unit by its id (None: without a unit)."""

    key: str | None
    tally: Tally
    ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class EvaluationCard:
    """One evaluation of one period: marks by the ids of scored items, the total, and the totals of sections and units.

    The total is that of the form's first table; `tables` has those of the others, by their names. An item of two units
    stands in both units' tallies and once in the total.
    """

    evaluation: Evaluation
    marks: Mapping[str, Mark]
    total: Tally
    sections: tuple[Share, ...]
    units: tuple[Share, ...]
    tables: tuple[Share, ...] = ()

    def counted(self, plan: Plan) -> tuple[Mark, ...]:
        """Return the marks that the total counts: those of the form's first table."""
        return tuple(self.marks[id_] for id_ in plan.ids_by_table[0])

    @property
    def missing(self) -> int:
        """How many items of any table still need a score."""
        return self.total.missing + sum(share.tally.missing for share in self.tables)


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A plan and period, scored. `superior` is None while the superior body has given no score.

    `earlier` are the scorecards of the same plan for periods before this one, the latest last. `measured` has what was
    reached of the items that are indicators themselves: measured, and in no mark, count or mean.
    """

    actuals: Actuals
    rubric: Rubric
    own: EvaluationCard
    superior: EvaluationCard | None
    earlier: tuple[Scorecard, ...] = ()
    measured: Mapping[str, tuple[Achievement, ...]] = field(default_factory=dict)

    def card(self, evaluation: Evaluation) -> EvaluationCard | None:
        """Return one evaluation, or None where it has not begun."""
        return self.own if evaluation == "self" else self.superior

    @property
    def evaluations(self) -> tuple[EvaluationCard, ...]:
        """The evaluations that have begun; the office's own always has."""
        return (self.own, self.superior) if self.superior else (self.own,)

    @property
    def is_draft(self) -> bool:
        """Tell whether items are missing from any evaluation that has begun."""
        return any(card.missing for card in self.evaluations)
