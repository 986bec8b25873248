"""The scoring engine: a period's actuals and the rubric in, the scorecard out.

Each item of an evaluation has one outcome (forms and practice: not due and not evaluated stay in the total and leave
the mean; what was repealed, merged, postponed or closed in an earlier period is excluded; what nobody scored is
missing).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

from planctl.forms.actuals import State
from planctl.forms.form import Group
from planctl.scoring.scorecard import EvaluationCard, Mark, Outcome, Scorecard, Share, Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planctl.forms.form import Item
    from planctl.portfolio.portfolio import Actuals, Evaluation, Plan, Portfolio, Reported
    from planctl.portfolio.rubric import Rubric

_OUTCOME_OF_STATE = {
    State.NOT_DUE: Outcome.NOT_DUE,
    State.NOT_EVALUATED: Outcome.NOT_EVALUATED,
    State.POSTPONED: Outcome.EXCLUDED,
    State.REPEALED: Outcome.EXCLUDED,
    State.MERGED: Outcome.EXCLUDED,
}


def score(portfolio: Portfolio) -> tuple[Scorecard, ...]:
    """Return a scorecard for each plan and period whose rubric is known."""
    return tuple(_scorecards(portfolio))


def _scorecards(portfolio: Portfolio) -> Iterator[Scorecard]:
    for actuals in portfolio.actuals:
        if rubric := portfolio.rubric_of(actuals):
            yield score_period(actuals, rubric)


def score_period(actuals: Actuals, rubric: Rubric) -> Scorecard:
    """Return the scorecard of one plan and period."""
    begun = any(one.entry.superior is not None for one in actuals.reported.values())
    return Scorecard(
        actuals=actuals,
        rubric=rubric,
        own=_card(actuals, rubric, "self"),
        superior=_card(actuals, rubric, "superior") if begun else None,
    )


def outcome_of(reported: Reported | None, evaluation: Evaluation) -> Outcome:
    """Return how an item counts in an evaluation, from what the actuals say of it."""
    if reported is None:
        return Outcome.MISSING
    if reported.gone:
        return Outcome.EXCLUDED
    if reported.state in _OUTCOME_OF_STATE:
        return _OUTCOME_OF_STATE[reported.state]
    return Outcome.MISSING if reported.score(evaluation) is None else Outcome.SCORED


def _mark(item: Item, reported: Reported | None, evaluation: Evaluation) -> Mark:
    outcome = outcome_of(reported, evaluation)
    return Mark(item, outcome, reported.score(evaluation) if reported and outcome is Outcome.SCORED else None)


def _card(actuals: Actuals, rubric: Rubric, evaluation: Evaluation) -> EvaluationCard:
    plan = actuals.plan
    marks = {id_: _mark(item, actuals.reported.get(id_), evaluation) for id_, item in plan.items.items()}
    return EvaluationCard(
        evaluation=evaluation,
        marks=MappingProxyType(marks),
        total=tally(marks.values(), rubric),
        sections=tuple(_share(title, [marks[id_] for id_ in ids], rubric) for title, ids in _by_section(plan)),
        units=tuple(_share(unit, parts, rubric) for unit, parts in _by_unit(marks.values()).items()),
    )


def _share(key: str | None, marks: Sequence[Mark], rubric: Rubric) -> Share:
    return Share(key, tally(marks, rubric), frozenset(mark.item.id for mark in marks))


def tally(marks: Iterable[Mark], rubric: Rubric) -> Tally:
    """Count marks by outcome and by level."""
    outcomes = dict.fromkeys(Outcome, 0)
    levels: Counter[Decimal] = Counter()
    for mark in marks:
        outcomes[mark.outcome] += 1
        if mark.score is not None:
            levels[mark.score] += 1
    counted = {value: levels[value] for value in rubric.values} | dict(levels)
    return Tally(
        items=sum(outcomes.values()),
        outcomes=MappingProxyType(outcomes),
        levels=MappingProxyType(counted),
        points=sum((value * count for value, count in counted.items()), Decimal(0)),
    )


def _by_section(plan: Plan) -> Iterator[tuple[str, list[str]]]:
    """Return the outermost sections of a plan and the ids of their items."""
    title, ids = "", list[str]()
    for band in plan.bands:
        if isinstance(band, Group):
            ids.extend(item.id for item in band.items if plan.items.get(item.id) is item)
        elif band.level == 1:
            if ids:
                yield title, ids
            title, ids = band.title, []
    if ids:
        yield title, ids


def _by_unit(marks: Iterable[Mark]) -> dict[str | None, list[Mark]]:
    units: defaultdict[str | None, list[Mark]] = defaultdict(list)
    for mark in marks:
        for unit in mark.item.units or (None,):
            units[unit].append(mark)
    return units
