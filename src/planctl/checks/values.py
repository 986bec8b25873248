"""Checks of reached values: are they values of the plan's indicators, and do score, text and time agree with them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from planctl.checks.indicators import ambiguity
from planctl.diagnostics import finding
from planctl.forms.fields import PLACEHOLDER_YEAR
from planctl.forms.indicators import Direction, ValueKind
from planctl.forms.number import plain, rounded
from planctl.forms.quantity import is_percent
from planctl.scoring.achievement import achievements, combined, in_unit, target_number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from planctl.diagnostics import Diagnostic, Span
    from planctl.forms.form import ScoringRules
    from planctl.forms.indicators import Indicator
    from planctl.forms.period import Period
    from planctl.portfolio.actuals import Actuals, Reported
    from planctl.portfolio.portfolio import Portfolio
    from planctl.portfolio.rubric import Rubric
    from planctl.scoring.achievement import Achievement

FULL, LEAST_FOR_FULL = Decimal(100), Decimal(95)
"""A full score is questioned below so many per cent of the target."""

MOST_TIMES = 100
"""A reached value above so many times its target is questioned; real ones go up to some twenty times."""


@dataclass(frozen=True)
class Measured:
    """What a period reports of values, worked out once for all checks of it."""

    actuals: Actuals
    portfolio: Portfolio

    @cached_property
    def rules(self) -> ScoringRules:
        """How the plan's scores come about."""
        return self.actuals.plan.model.rules

    @property
    def rubric(self) -> Rubric | None:
        """The scale that is in force."""
        return self.portfolio.rubric_of(self.actuals)

    @cached_property
    def parts(self) -> tuple[tuple[Reported, str, Achievement], ...]:
        """Each reached value with its key and what it comes to."""
        return tuple((one, _key(one, part), part) for one, parts in self._of_items for part in parts)

    @cached_property
    def given(self) -> tuple[tuple[Reported, Decimal, Fraction, str], ...]:
        """Each given score that stands beside an achievement, with the formula of that."""
        return tuple(self._given()) if self.rubric else ()

    @cached_property
    def _of_items(self) -> tuple[tuple[Reported, tuple[Achievement, ...]], ...]:
        return tuple((one, achievements(item, one.entry.reached_values)) for item, one in self.actuals.measured)

    def _given(self) -> Iterator[tuple[Reported, Decimal, Fraction, str]]:
        for one, parts in self._of_items:
            if one.entry.self_score is None or not one.entry.reached_values:
                continue
            achievement = combined(parts, self.rules.combination)
            if achievement is not None:
                yield one, one.entry.self_score, achievement, "; ".join(part.formula for part in parts)


def _key(one: Reported, part: Achievement) -> str:
    """Return the key under which a value stands: the indicator's id, or "" for a value alone."""
    key = part.indicator.id or ""
    return key if key in one.entry.reached_values else ""


def unknown_indicator(measured: Measured) -> Iterator[Diagnostic]:
    """Find reached values that belong to no indicator of the plan."""
    for item, one in measured.actuals.measured:
        ids = [indicator.id or "" for indicator in item.indicators]
        if len(ids) > 1 and "" in ids:
            continue
        for key in one.entry.reached_values:
            if key == "" and len(ids) > 1:
                example = ", ".join(f"{id_}: …" for id_ in ids if id_)
                yield finding("reached-needs-ids", _place(one, key), id=one.id, count=len(ids), example=example)
            elif key not in ids and not (key == "" and len(ids) == 1):
                known = {"known": ", ".join(ids)} if any(ids) else {}
                yield finding("unknown-indicator", _place(one, key), id=one.id, indicator=key or "…", **known)


def _place(one: Reported, key: str) -> Span:
    span = one.place_of("reached")
    holder = next(file for file in one.documents if file.path == span.path)
    return holder.span_of(("items", one.id, "reached", key)) if key else span


def missing_reached(measured: Measured) -> Iterator[Diagnostic]:
    """Find scores beside which a value that could be measured is not told."""
    for one, _key, part in measured.parts:
        if part.indicator.id is None and len(measured.actuals.plan.items[one.id].indicators) > 1:
            continue
        told = {"", part.indicator.id or ""} & one.entry.reached_values.keys()
        is_clear = part.indicator.target_quantity.is_measurable and one.entry.self_score is not None
        if is_clear and not told:
            yield finding("missing-reached", one.place_of("self"), id=one.id, indicator=part.indicator.name)


def out_of_scale(measured: Measured) -> Iterator[Diagnostic]:
    """Find reached values so far above their target that thousands or units seem mixed up."""
    for one, key, part in measured.parts:
        value = in_unit(part.indicator.quantity(part.reached), part.indicator)
        aim = target_number(part.indicator)
        if value is not None and aim is not None and aim > 0 and value > MOST_TIMES * aim:
            unit = {"unit": part.indicator.unit} if part.indicator.unit else {}
            target = part.indicator.target
            yield finding(
                "out-of-scale", _place(one, key), reached=part.reached, times=MOST_TIMES, target=target, **unit
            )


def ambiguous_number(measured: Measured) -> Iterator[Diagnostic]:
    """Find reached values whose comma or point may mean two things."""
    for one, key, part in measured.parts:
        if part.indicator.quantity(part.reached).kind == "ambiguous":
            yield ambiguity(part.reached, _place(one, key))


def reached_not_a_value(measured: Measured) -> Iterator[Diagnostic]:
    """Find reached values of another kind than the target they are held against."""
    for one, key, part in measured.parts:
        is_clear = part.indicator.quantity(part.reached).kind != "ambiguous"
        if part.reason == "reached-unclear" and is_clear:
            target = part.indicator.target or ""
            yield finding("reached-not-a-value", _place(one, key), text=part.reached, target=target)


def full_score_short(measured: Measured) -> Iterator[Diagnostic]:
    """Find full scores for values that stay well below their target."""
    for one, given, achievement, formula in measured.given:
        if given == FULL and achievement < LEAST_FOR_FULL and not measured.rules.computed:
            yield finding("full-score-short", one.place_of("self"), formula=formula, achievement=_shown(achievement))


def score_against_value(measured: Measured) -> Iterator[Diagnostic]:
    """Find scores more than one level away from what the reached values come to."""
    rubric = measured.rubric
    for one, given, achievement, formula in measured.given:
        is_told = given == FULL and achievement < LEAST_FOR_FULL
        if rubric is None or is_told or measured.rules.computed:
            continue
        computed = rubric.score_for(achievement)
        if _levels_apart(rubric, given, computed) > 1:
            yield finding(
                "score-against-value",
                one.place_of("self"),
                given=plain(given),
                computed=plain(computed),
                formula=formula,
                achievement=_shown(achievement),
            )


def score_given_and_computed(measured: Measured) -> Iterator[Diagnostic]:
    """Find scores that a person gives in a computed plan where the reached values come to another one."""
    rubric = measured.rubric
    if rubric is None or not measured.rules.computed:
        return
    for one, given, achievement, _formula in measured.given:
        computed = rubric.score_for(achievement)
        if computed != given:
            span = one.place_of("self")
            yield finding("score-given-and-computed", span, given=plain(given), computed=plain(computed))


def _levels_apart(rubric: Rubric, one: Decimal, two: Decimal) -> int:
    steps = {score: rubric.step_of(score) for score in (one, two)}
    places = [rubric.steps.index(step) for score in (one, two) if (step := steps[score])]
    return abs(places[0] - places[1]) if len(places) == len((one, two)) else 0


def _shown(percents: Fraction) -> str:
    return plain(rounded(percents, 1)).replace(".", ",")


def not_due_suggested(actuals: Actuals, _: Portfolio) -> Iterator[Diagnostic]:
    """Find items that begin after the period and of which nothing is said."""
    last = actuals.period.last_day
    for item in actuals.plan.items.values():
        one = actuals.reported.get(item.id)
        if not item.is_due(last) and (one is None or one.is_silent):
            span = one.place_of("") if one else actuals.place_of("items")
            begins = item.begins or last
            yield finding("not-due-suggested", span, id=item.id, begins=begins, period=actuals.period)


def not_due_although_begun(actuals: Actuals, _: Portfolio) -> Iterator[Diagnostic]:
    """Find items that are marked as not due and began in the period or before it."""
    for one in actuals.with_state:
        item = actuals.plan.items[one.id]
        if one.state == "not-due" and item.begins and item.is_due(actuals.period.last_day):
            span = one.place_of("state")
            yield finding("not-due-although-begun", span, id=one.id, begins=item.begins, period=actuals.period)


def period_not_of_plan(actuals: Actuals, _: Portfolio) -> Iterator[Diagnostic]:
    """Find actuals of another year than the plan's."""
    rules = actuals.plan.model.rules
    if not rules.covers(actuals.period.year) and int(PLACEHOLDER_YEAR) not in rules.years:
        years = "–".join(dict.fromkeys(map(str, (rules.years[0], rules.years[-1]))))
        yield finding("period-not-of-plan", actuals.place_of("period"), period=actuals.period, plan_year=years)


def counted_value_fell(measured: Measured) -> Iterator[Diagnostic]:
    """Find values that count up through the year or the years and are lower than what an earlier period reported."""
    actuals = measured.actuals
    before = _before(actuals, measured.portfolio) if measured.parts else {}
    for one, key, part in measured.parts:
        indicator, kind = part.indicator, part.indicator.value
        item = before.get((one.id, key)) if kind is not ValueKind.POINT else None
        if (
            item is None
            or not _is_counted(indicator)
            or (kind is ValueKind.YEAR and item[0].year != actuals.period.year)
        ):
            continue
        now, then = (
            in_unit(indicator.quantity(part.reached), indicator),
            in_unit(indicator.quantity(item[1]), indicator),
        )
        if now is not None and then is not None and now < then:
            span = _place(one, key)
            yield finding("counted-value-fell", span, now=part.reached, before=item[1], period=item[0])


def _is_counted(indicator: Indicator) -> bool:
    """Tell whether a value can only grow: a count of which more is aimed at, and no share."""
    return (
        indicator.aims is Direction.MORE
        and not indicator.target_quantity.is_share
        and not is_percent(indicator.unit or "")
    )


def _before(actuals: Actuals, portfolio: Portfolio) -> dict[tuple[str, str], tuple[Period, str]]:
    """Return the latest earlier value of each item and key, with its period."""
    found: dict[tuple[str, str], tuple[Period, str]] = {}
    for other in portfolio.of_plan(actuals.plan):
        if other.period.is_before(actuals.period):
            for one in other.reported.values():
                found |= {(one.id, key): (other.period, value) for key, value in one.entry.reached_values.items()}
    return found


def number_contradicts(measured: Measured) -> Iterator[Diagnostic]:
    """Find narratives that count in an indicator's unit and never come to its reached value."""
    from planctl.checks.narrative import contradicting  # noqa: PLC0415  # nothing else here reads texts

    for one, _key, part in measured.parts:
        said = part.indicator.quantity(part.reached)
        if said.number is None or said.is_share or said.scale or not one.entry.progress or not part.indicator.unit:
            continue
        value = in_unit(said, part.indicator)
        if value is None or not (told := contradicting(one.entry.progress, said.number, part.indicator.unit)):
            continue
        yield finding(
            "number-contradicts",
            one.place_of("progress"),
            told=", ".join(map(plain, told)),
            unit=part.indicator.unit,
            reached=part.reached,
        )
