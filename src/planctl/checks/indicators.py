"""Checks of a plan's indicators: can they be measured, and do they belong to the plan's year."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planctl.diagnostics import finding
from planctl.forms.fields import PLACEHOLDER_YEAR
from planctl.forms.form import Combination
from planctl.forms.indicators import Direction, Formula
from planctl.forms.quantity import is_ambiguous, is_percent, quantity
from planctl.scoring.achievement import in_unit
from planctl.source.document import holds, value_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.diagnostics import Diagnostic, Span
    from planctl.forms.form import Item, Loc
    from planctl.forms.indicators import Indicator
    from planctl.portfolio.plan import Plan

_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?=(?:-[0-9]{2}-[0-9]{2})|\s+он(?:д|ы|оос)?\b)(?!\s+оны\s+\S*\s*д[уү]г)")


def _indicators(plan: Plan) -> Iterator[tuple[Item, Indicator, Loc]]:
    """Return each indicator with its place; one with targets by year has none here."""
    for item in plan.measured:
        for at, indicator in enumerate(item.indicators):
            yield item, indicator, item.loc_of_indicator(at)


def _aimed(plan: Plan) -> Iterator[tuple[Indicator, Loc, Loc]]:
    """Return each indicator once for every target, with its place and the target's."""
    for item in plan.measured:
        for at, indicator in enumerate(() if item.is_indicator else item.indicators):
            yield indicator, item.loc_of_indicator(at), (*item.loc_of_indicator(at), "target")
        for year, of_year in item.by_year.items():
            for at, indicator in enumerate(of_year.indicators):
                if indicator.target is not None:
                    yield indicator, item.loc_of_indicator(at), (*item.loc_of_indicator(at), "targets", str(year))


def ambiguous_number(plan: Plan) -> Iterator[Diagnostic]:
    """Find baselines, targets and amounts whose comma or point may mean two things."""
    for _item, indicator, loc in _indicators(plan):
        if indicator.baseline_quantity.kind == "ambiguous":
            yield ambiguity(indicator.baseline or "", plan.document.span_of((*loc, "baseline")))
    for indicator, _loc, target in _aimed(plan):
        if indicator.target_quantity.kind == "ambiguous":
            yield ambiguity(indicator.target or "", plan.document.span_of(target))
    for item in plan.items.values():
        funding = plan.written[item.loc].get("budget")
        for at, one in enumerate(funding if isinstance(funding, list) else ()):
            amount = one.get("amount") if isinstance(one, dict) else None
            if isinstance(amount, str) and quantity(amount).kind == "ambiguous":
                yield ambiguity(amount, plan.document.span_of((*item.loc, "budget", at, "amount")))


def ambiguity(text: str, span: Span) -> Diagnostic:
    """Return the finding that asks which of two numbers is meant."""
    written = next((part for part in re.findall(r"[0-9]+[.,]\s*[0-9]{3}", text) if is_ambiguous(part)), text)
    whole, decimals = (part.strip() for part in re.split("[.,]", written, maxsplit=1))
    return finding(
        "ambiguous-number",
        span,
        text=text.strip(),
        thousands=f"{whole}{decimals}",
        decimals=f"{whole},{decimals}",
        longer=f"{whole},{decimals}0",
    )


def indicator_without_id(plan: Plan) -> Iterator[Diagnostic]:
    """Find indicators, of several in one measure, that have no id or that of another one."""
    for item in plan.measured:
        seen: set[str] = set()
        for at, indicator in enumerate(item.indicators if len(item.indicators) > 1 else ()):
            is_faulty = indicator.id is None and holds(plan.document, (*item.loc_of_indicator(at), "id"))
            if (indicator.id is None or indicator.id in seen) and not is_faulty:
                span = plan.document.span_of((*item.loc_of_indicator(at), *(("id",) if indicator.id else ())))
                yield finding("indicator-without-id", span, count=len(item.indicators))
            seen.add(indicator.id or "")


def target_not_measurable(plan: Plan) -> Iterator[Diagnostic]:
    """Find indicators against whose target no reached value can be held."""
    for indicator, loc, target in _aimed(plan):
        is_unclear = indicator.target_quantity.kind in {"text", "none"}
        if is_unclear or _is_share_of_counts(indicator) or not _fits_direction(indicator):
            place = target if indicator.target is not None else (*loc, "name")
            yield finding("target-not-measurable", plan.document.span_of(place), indicator=indicator.name)


def _fits_direction(indicator: Indicator) -> bool:
    """Tell whether a target is of the kind that its direction compares: a date, an answer, or a number."""
    kind = indicator.target_quantity.kind
    match indicator.aims:
        case Direction.YES_NO:
            return kind == "yes-no"
        case Direction.BY_DATE:
            return kind == "date"
        case _:
            return kind not in {"yes-no", "date"}


def _is_share_of_counts(indicator: Indicator) -> bool:
    """Tell whether a target in per cent stands beside a unit of another kind, so that the two cannot be compared."""
    target = indicator.target_quantity
    return target.is_share and target.kind != "change" and bool(indicator.unit) and not is_percent(indicator.unit or "")


def target_needs_baseline(plan: Plan) -> Iterator[Diagnostic]:
    """Find targets that count from a baseline which is no number."""
    for indicator, _loc, target in _aimed(plan):
        counts_from_it = indicator.target_quantity.kind == "change" or indicator.formula is Formula.CHANGE
        start = indicator.baseline_quantity
        if counts_from_it and in_unit(start, indicator) is None and start.kind != "ambiguous":
            span = plan.document.span_of(target)
            yield finding("target-needs-baseline", span, target=indicator.target or "")


def no_baseline(plan: Plan) -> Iterator[Diagnostic]:
    """Find indicators of which the plan says nothing of where they start."""
    for _item, indicator, loc in _indicators(plan):
        is_given = indicator.baseline_text or holds(plan.document, (*loc, "baseline"))
        if indicator.baseline is None and not is_given and _starts_somewhere(indicator):
            yield finding("no-baseline", plan.document.span_of((*loc, "name")), indicator=indicator.name)


def dash_for_baseline(plan: Plan) -> Iterator[Diagnostic]:
    """Find plans with "-" for baselines: said on purpose, so told once for the plan, at the first of them."""
    places = [
        (*loc, "baseline")
        for _item, indicator, loc in _indicators(plan)
        if indicator.baseline is not None and not indicator.baseline_text and _starts_somewhere(indicator)
        if indicator.baseline_quantity.kind == "none"
    ]
    if places:
        whole = sum(1 for _indicator in _indicators(plan))
        yield finding("dash-for-baseline", plan.document.span_of(places[0]), count=len(places), all=whole)


def _starts_somewhere(indicator: Indicator) -> bool:
    """Tell whether a baseline would say something that no other finding asks for."""
    needs_it = indicator.target_quantity.kind == "change" or indicator.formula is Formula.CHANGE
    return not needs_it and indicator.aims not in {Direction.BY_DATE, Direction.YES_NO}


def no_unit(plan: Plan) -> Iterator[Diagnostic]:
    """Find indicators with a number for a target and nothing that says of what; «… тоо» and «… хувь» say it."""
    told: set[Loc] = set()
    for indicator, loc, _target in _aimed(plan):
        target = indicator.target_quantity
        counts = loc not in told and target.kind in {"number", "at-least", "at-most"} and not target.is_share
        if counts and not indicator.unit and not indicator.says_its_unit:
            told.add(loc)
            yield finding("no-unit", plan.document.span_of((*loc, "name")), indicator=indicator.name)


def year_not_of_plan(plan: Plan) -> Iterator[Diagnostic]:
    """Find targets and times that name another year than the plan's."""
    year = plan.model.rules.year
    if year is None or year == int(PLACEHOLDER_YEAR):
        return
    for item in plan.items.values():
        written = value_at(plan.document, (*item.loc, "period"))
        places = [((*item.loc, "period"), written if isinstance(written, str) else "")]
        for at, indicator in enumerate(item.indicators):
            loc = (*item.loc, "indicators", at)
            places += [((*loc, "target"), indicator.target or ""), ((*loc, "target_text"), indicator.target_text or "")]
        for loc, text in places:
            named = [int(found) for found in _YEAR.findall(text)]
            if named and year not in named:
                span = plan.document.span_of(loc)
                yield finding("year-not-of-plan", span, text=text, year=named[0], plan_year=year)


def no_weight(plan: Plan) -> Iterator[Diagnostic]:
    """Find items without a weight where the plan weighs them, and indicators where it weighs those."""
    rules = plan.model.rules
    for item in plan.items.values():
        if rules.weighted and item.weight is None and not holds(plan.document, (*item.loc, "weight")):
            yield finding("no-weight", plan.place_of(item), id=item.id)
        if rules.combination is Combination.WEIGHTED and len(item.indicators) > 1:
            for at, indicator in enumerate(item.indicators):
                if indicator.weight is None:
                    span = plan.document.span_of((*item.loc, "indicators", at))
                    yield finding("no-weight", span, id=indicator.id or indicator.name)
