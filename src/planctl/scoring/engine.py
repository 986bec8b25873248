"""The scoring engine: a period's actuals and the rubric in, the scorecard out.

Each item of an evaluation has one outcome (forms and practice: not due and not evaluated stay in the total and leave
the mean; what was repealed, merged, postponed or closed in an earlier period is excluded; what nobody scored is
missing).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from planctl.forms.actuals import State
from planctl.forms.form import Group, Mean
from planctl.forms.number import plain
from planctl.scoring.scorecard import Counts, EvaluationCard, Mark, Outcome, Scorecard, Share, Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from planctl.forms.form import Item, ScoringRules
    from planctl.portfolio.actuals import Actuals, Evaluation, Reported
    from planctl.portfolio.plan import Plan
    from planctl.portfolio.portfolio import Portfolio
    from planctl.portfolio.rubric import Rubric
    from planctl.scoring.achievement import Achievement

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
    earlier: defaultdict[str, list[Scorecard]] = defaultdict(list)
    for actuals in portfolio.actuals:
        if rubric := portfolio.rubric_of(actuals):
            before = tuple(one for one in earlier[actuals.plan.id] if one.actuals.period.is_before(actuals.period))
            card = score_period(actuals, rubric, earlier=before)
            earlier[actuals.plan.id].append(card)
            yield card


def score_period(
    actuals: Actuals, rubric: Rubric, *, earlier: tuple[Scorecard, ...] = (), rules: ScoringRules | None = None
) -> Scorecard:
    """Return the scorecard of one plan and period; by other `rules` than the plan's own, where they are given."""
    rules = rules or actuals.plan.model.rules
    begun = any(one.entry.superior is not None for one in actuals.reported.values())
    return Scorecard(
        actuals=actuals,
        rubric=rubric,
        own=_card(actuals, rubric, "self", rules=rules),
        superior=_card(actuals, rubric, "superior", rules=rules) if begun else None,
        earlier=earlier,
        measured=MappingProxyType(dict(_measured(actuals))),
    )


def _measured(actuals: Actuals) -> Iterator[tuple[str, tuple[Achievement, ...]]]:
    """Return what was reached of each item that is itself an indicator, held against the target of its year."""
    for id_, item in actuals.plan.items.items():
        if item.is_indicator:
            from planctl.scoring.achievement import achievements  # noqa: PLC0415  # many plans measure nothing

            reported = actuals.reported.get(id_)
            values = reported.entry.reached_values if reported else {}
            yield id_, achievements(item.in_year(actuals.period.year), values)


def mark_of(
    item: Item, reported: Reported | None, evaluation: Evaluation, *, rules: ScoringRules, rubric: Rubric
) -> Mark:
    """Return how an item counts in an evaluation, from what the actuals say of it.

    In a computed plan the office's own score follows from the reached values; where they say nothing a person gives it.
    """
    values = reported.entry.reached_values if reported and item.indicators else {}
    parts, achievement = _achieved(item, values, rules) if values else ((), None)
    outcome = _outcome(reported)
    if outcome is not None or reported is None:
        return Mark(item, outcome or Outcome.MISSING, achievement=achievement, parts=parts)
    given = reported.score(evaluation)
    if rules.computed and evaluation == "self" and achievement is not None and given is None:
        score = rubric.score_for(achievement)
        return Mark(item, Outcome.SCORED, score, achievement, parts, is_computed=True)
    return Mark(item, Outcome.MISSING if given is None else Outcome.SCORED, given, achievement, parts)


def _achieved(
    item: Item, values: Mapping[str, str], rules: ScoringRules
) -> tuple[tuple[Achievement, ...], Fraction | None]:
    """Return the achievement of each indicator of an item, and what they come to."""
    from planctl.scoring.achievement import achievements, combined  # noqa: PLC0415  # likewise

    parts = achievements(item, values)
    return parts, combined(parts, rules.combination)


def _outcome(reported: Reported | None) -> Outcome | None:
    """Return the outcome that an item has whatever its score, or None."""
    if reported is None:
        return Outcome.MISSING
    if reported.gone:
        return Outcome.EXCLUDED
    return _OUTCOME_OF_STATE.get(reported.state) if reported.state else None


def _card(actuals: Actuals, rubric: Rubric, evaluation: Evaluation, *, rules: ScoringRules) -> EvaluationCard:
    marks = {
        id_: mark_of(item, actuals.reported.get(id_), evaluation, rules=rules, rubric=rubric)
        for id_, item in actuals.plan.evaluated.items()
    }
    return card_of(actuals.plan, marks, rubric, evaluation, rules=rules)


def card_of(
    plan: Plan, marks: Mapping[str, Mark], rubric: Rubric, evaluation: Evaluation, *, rules: ScoringRules
) -> EvaluationCard:
    """Return what marks come to, whoever gave them: one for each scored item of the plan."""
    first, *others = plan.ids_by_table
    sections = tuple(_share(title, [marks[id_] for id_ in ids], rubric, rules) for title, ids in _by_section(plan))
    whole = tally([marks[id_] for id_ in first], rubric, weighted=rules.weighted)
    units = _by_unit(marks[id_] for id_ in first)
    return EvaluationCard(
        evaluation=evaluation,
        marks=MappingProxyType(dict(marks)),
        total=_mean_of(sections, whole) if rules.mean is Mean.SECTIONS else whole,
        sections=sections,
        units=tuple(_share(unit, parts, rubric, rules) for unit, parts in units.items()),
        tables=tuple(
            _share(layout.title, [marks[id_] for id_ in ids], rubric, rules)
            for layout, ids in zip(plan.form.tables[1:], others, strict=True)
            if ids
        ),
    )


def _share(key: str | None, marks: Sequence[Mark], rubric: Rubric, rules: ScoringRules) -> Share:
    return Share(key, tally(marks, rubric, weighted=rules.weighted), frozenset(mark.item.id for mark in marks))


def tally(marks: Iterable[Mark], rubric: Rubric, *, weighted: bool = False) -> Tally:
    """Count marks by outcome and by level; a weighted mean takes each item's weight, 1 where it has none."""
    every = tuple(marks)
    return tally_of(counts_of(every), rubric, _weighed(every) if weighted else None)


def counts_of(marks: Iterable[Mark]) -> Counts:
    """Count marks by score and, those without one, by outcome."""
    every = tuple(marks)
    levels = Counter([mark.score for mark in every if mark.score is not None])
    return Counts(levels, Counter([mark.outcome for mark in every if mark.score is None]))


def tally_of(counts: Counts, rubric: Rubric, weighing: tuple[Decimal, Decimal] | None = None) -> Tally:
    """Return the tally of what was counted; `weighing` is the sum of weights and of scores with theirs, if any."""
    levels = counts.levels
    outcomes = dict.fromkeys(Outcome, 0) | counts.others | {Outcome.SCORED: levels.total()}
    counted = {value: levels[value] for value in rubric.values} | dict(levels)
    points = sum((value * count for value, count in counted.items()), Decimal(0))
    weights, weighed = weighing or (Decimal(levels.total()), points)
    return Tally(
        items=levels.total() + counts.others.total(),
        outcomes=MappingProxyType(outcomes),
        levels=MappingProxyType(dict(sorted(counted.items(), reverse=True))),
        points=points,
        mean=Fraction(weighed) / Fraction(weights) if weights else None,
        sum=f"{plain(weighed)} / {plain(weights)}" if weights else "",
    )


def _weighed(marks: Iterable[Mark]) -> tuple[Decimal, Decimal]:
    """Return the sum of the weights of what is scored, and that of the scores times their weights."""
    weights = weighed = Decimal(0)
    for mark in marks:
        if mark.score is not None:
            weight = weight_of(mark.item, weighted=True)
            weights += weight
            weighed += weight * mark.score
    return weights, weighed


def weight_of(item: Item, *, weighted: bool) -> Decimal:
    """Return how much an item counts in a mean: its weight in a weighted plan, 1 where it has none."""
    return (item.weight or Decimal(1)) if weighted else Decimal(1)


def _mean_of(sections: Sequence[Share], whole: Tally) -> Tally:
    """Return the tally with the mean of the sections' means; a section in which nothing is scored has none."""
    scored = [share.tally for share in sections if share.tally.mean is not None]
    means = [one.mean for one in scored if one.mean is not None]
    if not means:
        return whole
    terms = " + ".join(one.sum for one in scored)
    return replace(whole, mean=sum(means, Fraction(0)) / len(means), sum=f"({terms}) / {len(means)}")


def _by_section(plan: Plan) -> Iterator[tuple[str, list[str]]]:
    """Return the sections that the form makes subtotals of, and the ids of their items; the first table's only."""
    title, ids = "", list[str]()
    for band in plan.bands:
        if isinstance(band, Group):
            if band.table == 0:
                ids.extend(item.id for item in band.items if plan.evaluated.get(item.id) is item)
        elif band.level <= plan.form.subtotal_level:
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
