"""Checks of plans for several years: is there a target for each of them, and does each of them have its value.

In: a plan whose indicators have targets by year, and what was reached. Out: findings.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planctl.diagnostics import finding
from planctl.forms.fields import PLACEHOLDER_YEAR
from planctl.source.document import value_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.diagnostics import Diagnostic
    from planctl.forms.form import Item, Loc
    from planctl.portfolio.actuals import Actuals
    from planctl.portfolio.plan import Plan
    from planctl.portfolio.portfolio import Portfolio

_YEAR = re.compile("[0-9]{4}")
_OF_THE_VALUE = ("unit", "baseline", "targets")


def _yearly(plan: Plan) -> Iterator[Item]:
    """Return the items with targets by year, of a plan whose years are known."""
    if int(PLACEHOLDER_YEAR) not in plan.model.rules.years:
        yield from (item for item in plan.measured if item.is_indicator)


def years_out_of_order(plan: Plan) -> Iterator[Diagnostic]:
    """Find plans whose last year comes before their first, or that have no year after that of their baselines."""
    written = value_at(plan.document, ("years",))
    if not isinstance(written, dict) or int(PLACEHOLDER_YEAR) in plan.model.rules.years:
        return
    has_targets = any(item.by_year for item in plan.measured)
    if not plan.model.rules.years or (not has_targets and next(_yearly(plan), None)):
        yield finding("years-out-of-order", plan.document.span_of(("years",)), **_told(written))
    for item in plan.items.values():
        own = value_at(plan.document, (*item.loc, "years"))
        if isinstance(own, dict) and item.begins and item.deadline and not _is_within(item, plan.model.rules.years):
            yield finding("years-out-of-order", plan.document.span_of((*item.loc, "years")), **_told(own))


def _is_within(item: Item, years: tuple[int, ...]) -> bool:
    """Tell whether a measure's own years are in their order, and within those of the programme."""
    if item.begins is None or item.deadline is None or not years:
        return True
    return years[0] <= item.begins.year <= item.deadline.year <= years[-1]


def _told(written: dict[str, object]) -> dict[str, object]:
    return {key: written.get(key) or "-" for key in ("first", "last", "baseline")}


def target_outside_years(plan: Plan) -> Iterator[Diagnostic]:
    """Find targets for years that the plan has none for: no sheet would show them."""
    for item in _yearly(plan):
        years = {str(year) for year in item.by_year}
        for loc, written in _targets(plan, item) if years else ():
            for year in (one for one in written if one not in years and _YEAR.fullmatch(one)):
                span = plan.document.key_span_of((*loc, "targets", year))
                yield finding("target-outside-years", span, year=year, first=min(years), last=max(years))


def year_without_target(plan: Plan) -> Iterator[Diagnostic]:
    """Find indicators that have no target for some of the plan's years."""
    for item in _yearly(plan):
        for loc, written in _targets(plan, item):
            missing = [str(year) for year in item.by_year if written.get(str(year)) is None]
            if missing:
                span = plan.document.span_of(loc)
                yield finding("year-without-target", span, id=item.id, years=", ".join(missing))


def _targets(plan: Plan, item: Item) -> Iterator[tuple[Loc, dict[str, object]]]:
    """Return what the author wrote as the targets of an indicator, or of each of its parts, with the place of these."""
    for at in range(len(item.indicators)):
        loc = item.loc_of_indicator(at)
        written = value_at(plan.document, (*loc, "targets"))
        yield loc, written if isinstance(written, dict) else {}


def parts_and_value(plan: Plan) -> Iterator[Diagnostic]:
    """Find indicators of several values that have a unit, a baseline or targets besides: these belong to each value."""
    for item in plan.measured:
        if item.is_indicator and value_at(plan.document, (*item.loc, "parts", 0)) is not None:
            for key in _OF_THE_VALUE:
                if value_at(plan.document, (*item.loc, key)) is not None:
                    yield finding("parts-and-value", plan.document.span_of((*item.loc, key)), id=item.id, key=key)


def no_reached_value(actuals: Actuals, _: Portfolio) -> Iterator[Diagnostic]:
    """Find indicators of which something is told, but not the value that was reached, or not each of them."""
    for one in actuals.reported.values():
        item = actuals.plan.items[one.id]
        if not item.is_indicator or one.gone or one.state or one.entry.is_empty:
            continue
        values = one.entry.reached_values
        alone = values.get("", "") if len(item.indicators) == 1 else ""
        missing = [part.id or "reached" for part in item.indicators if not values.get(part.id or "", alone)]
        if missing:
            span = one.place_of("reached")
            yield finding("no-reached-value", span, id=one.id, missing=", ".join(missing))
