"""Checks of one plan: its official numbers, dates and owners, the length of its texts. In: a plan. Out: findings."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from planctl.checks.lengths import LONGEST_TEXT, too_long
from planctl.diagnostics import Diagnostic, finding
from planctl.forms.form import Group, Item, Section
from planctl.source.document import value_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planctl.forms.form import Loc
    from planctl.portfolio.plan import Plan


def repeated_number(plan: Plan) -> Iterator[Diagnostic]:
    """Find decisions of one plan that carry the same official number."""
    seen: dict[str, Group] = {}
    for band in plan.bands:
        if not isinstance(band, Group) or not band.number:
            continue
        if first := seen.get(band.number):
            line = plan.document.span_of((*first.loc, "number")).line
            yield finding(
                "repeated-number", plan.document.span_of((*band.loc, "number")), number=band.number, line=line
            )
        seen.setdefault(band.number, band)


_YEAR_OF_NUMBER = re.compile(r"((?:19|20)\d\d)[_/-]")
_YEAR_OF_DATE = re.compile(r"\s*((?:19|20)\d\d)\D")


def year_against_date(plan: Plan) -> Iterator[Diagnostic]:
    """Find decisions whose official number begins with another year than that of their date."""
    for group in _groups(plan):
        number, date = (value_at(plan.document, (*group.loc, key)) for key in ("number", "date"))
        year, dated = _YEAR_OF_NUMBER.match(str(number).strip()), _YEAR_OF_DATE.match(str(date))
        if year and dated and year[1] != dated[1]:
            span = plan.document.span_of((*group.loc, "number"))
            yield finding("year-against-date", span, number=number, year=year[1], date=date)


def _groups(plan: Plan) -> Iterator[Group]:
    return (band for band in plan.bands if isinstance(band, Group))


# Numbers in order

_NUMBER = re.compile(r"((?:[0-9]+\.)*)([0-9]+)\.?", re.ASCII)


def number_sequence(plan: Plan) -> Iterator[Diagnostic]:
    """Find numbers of sections and measures that skip or repeat one, in plans that number their sections.

    Clauses of decisions are quoted by the numbers of the act and skip rightly.
    """
    sections = [band for band in plan.bands if isinstance(band, Section)]
    if not any(section.number for section in sections):
        return
    for level in sorted({section.level for section in sections}):
        yield from _out_of_order([(one.number, one.loc) for one in sections if one.level == level], plan)
    for items in _items_by_section(plan):
        yield from _out_of_order([(item.number, item.loc) for item in items], plan)


def _items_by_section(plan: Plan) -> Iterator[list[Item]]:
    """Yield the items that stand below each other without a section row, or another table, between them."""
    items: list[Item] = []
    table = 0
    for band in plan.bands:
        if isinstance(band, Section) or band.table != table:
            yield items
            items = []
            table = band.table
        if isinstance(band, Group):
            items += (item for item in band.items if item.reported)
    yield items


def _out_of_order(numbered: Sequence[tuple[str, Loc]], plan: Plan) -> Iterator[Diagnostic]:
    """Yield what does not follow its predecessor, if most do; a number under another parent begins anew."""
    steps: list[tuple[str, str, str, Loc]] = []
    for (before, _loc), (number, loc) in pairwise(numbered):
        one, two = _NUMBER.fullmatch(before), _NUMBER.fullmatch(number)
        if one and two and one[1] == two[1]:
            steps.append((before, number, f"{one[1]}{int(one[2]) + 1}", loc))
    odd = [step for step in steps if step[1].rstrip(".") != step[2]]
    if 2 * len(odd) > len(steps):
        return
    for before, number, expected, loc in odd:
        span = plan.document.span_of((*loc, "number"))
        yield finding("number-sequence", span, number=number, before=before, expected=expected)


# What is left out


def no_owner(plan: Plan) -> Iterator[Diagnostic]:
    """Find items that nobody reports on, where two of three have a unit."""
    unowned = [item for item in plan.evaluated.values() if not _names_unit(plan.written[item.loc].get("units"))]
    if len(unowned) <= len(plan.evaluated) / 3:
        for item in unowned:
            yield finding("no-owner", plan.place_of(item), id=item.id)


def _names_unit(units: object) -> bool:
    return isinstance(units, list) and bool(units) and units[0] is not None


def no_date(plan: Plan) -> Iterator[Diagnostic]:
    """Find decisions without a date and measures without a time, in tables where most have one."""
    tables: dict[int, list[Group]] = {}
    for group in _groups(plan):
        if any(item.reported for item in group.items):
            tables.setdefault(group.table, []).append(group)
    for groups in tables.values():
        dates = [(group.loc, value_at(plan.document, (*group.loc, "date"))) for group in groups]
        items = [item for group in groups for item in group.items if item.reported]
        periods = [(item.loc, plan.written[item.loc].get("period")) for item in items]
        yield from _undated(dates, "date", plan)
        yield from _undated(periods, "period", plan)


def _undated(given: Sequence[tuple[Loc, object]], key: str, plan: Plan) -> Iterator[Diagnostic]:
    undated = [loc for loc, value in given if value is None]
    if 2 * len(undated) <= len(given):
        for loc in undated:
            named = value_at(plan.document, (*loc, "title")) or value_at(plan.document, (*loc, "id"))
            yield finding("no-date", plan.document.span_of(loc), what=named or "", key=key)


# What does not fit


def text_too_long(plan: Plan) -> Iterator[Diagnostic]:
    """Find texts of the plan that no cell of Excel can hold."""
    for text, loc in _texts(plan):
        if length := too_long(text):
            yield finding("text-too-long", plan.document.span_of(loc), length=length, most=LONGEST_TEXT)


def _texts(plan: Plan) -> Iterator[tuple[str, Loc]]:
    """Yield the texts that stand in cells of their own, with their places."""
    yield from ((getattr(plan.model, key) or "", (key,)) for key in ("title", "organisation", "place"))
    for band in plan.bands:
        if isinstance(band, Section):
            yield band.title, band.loc
            continue
        yield from ((text, band.loc) for text in band.texts.values())
        for item in band.items:
            if item.reported:
                for text in item.texts.values():
                    yield text, item.loc
                if item.extra:
                    yield from ((text, item.loc) for field in item.extra.items() for text in field if text)
