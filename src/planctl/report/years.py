"""The indicators of a programme over its years: targets, what was reached, how far that is, and where it goes.

The value of a year is that of the latest report in it. The same numbers are drawn as charts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from planctl.forms.form import Column, Group
from planctl.forms.indicators import ValueKind
from planctl.forms.yearly import BETWEEN, is_target, joined, target_key
from planctl.report import frame
from planctl.report.cells import achievement_cell, planned, reported_cells
from planctl.report.mongolian import period_genitive, period_name
from planctl.report.prose import line
from planctl.report.sheet import EMPTY, Chart, Row, Series, Sheet, Table
from planctl.report.sheet import Group as Rows
from planctl.report.trend import FELL, ROSE, SAME
from planctl.scoring.achievement import in_unit, target_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from fractions import Fraction

    from planctl.facts import RunFacts
    from planctl.forms.form import Item
    from planctl.forms.indicators import Indicator
    from planctl.portfolio.plan import Plan
    from planctl.portfolio.portfolio import Portfolio
    from planctl.report.sheet import Cell
    from planctl.scoring.scorecard import Scorecard

TARGET, REACHED, ACHIEVED = "Зорилт", "Хүрсэн", "Гүйцэтгэл"
AXIS, START, PARTLY = "Он", "суурь", "*"
LAST_MONTH = 12
_ROW = Column("row", "Утга", 22)
_TREND = Column("trend", "Хандлага", 26, grouped=True)


@dataclass(frozen=True, slots=True)
class _Reports:
    """The programme's years that have targets, each with the latest scorecard in it, or None."""

    latest: Mapping[int, Scorecard | None]
    current: Scorecard

    @property
    def partly(self) -> tuple[Scorecard, ...]:
        """The scorecards that don't reach to the end of their year."""
        return tuple(card for card in self.latest.values() if card and not _is_whole(card))


def _is_whole(card: Scorecard) -> bool:
    return card.actuals.period.last_day.month == LAST_MONTH


def compose(scorecard: Scorecard, portfolio: Portfolio, facts: RunFacts) -> Sheet | None:
    """Return the indicators by year up to this period; None for a plan that has none."""
    plan = scorecard.actuals.plan
    items = tuple((band.table, item) for band in plan.bands if isinstance(band, Group) for item in _measured(band))
    if not items:
        return None
    reports = _reports(scorecard, sorted({year for _table, item in items for year in item.by_year}))
    columns = _columns(plan, items[0][0], reports)
    groups = tuple(_group(item, columns, reports, portfolio) for _table, item in items)
    return Sheet(
        stem=frame.stem(scorecard.actuals, "years"),
        name="years",
        template="years",
        organisation=scorecard.actuals.organisation,
        heading=frame.heading(
            scorecard, facts, lines=(frame.title(scorecard.actuals), "Шалгуур үзүүлэлт, оноор"), is_draft=False
        ),
        tables=(Table("years", columns, groups, numbered=False),),
        charts=tuple(chart for _table, item in items for chart in _charts(item, columns, reports)),
        remarks=tuple(_remarks(reports)),
    )


def _measured(band: Group) -> Iterator[Item]:
    return (item for item in band.items if item.is_indicator and item.reported)


def _reports(scorecard: Scorecard, years: Sequence[int]) -> _Reports:
    latest = {card.actuals.period.year: card for card in (*scorecard.earlier, scorecard)}
    return _Reports({year: latest.get(year) for year in years}, scorecard)


# The table


def _columns(plan: Plan, table: int, reports: _Reports) -> tuple[Column, ...]:
    """Return the columns of the plan as approved, but for the targets, in whose place each year has one."""
    approved = plan.tables()[table].approved
    shared = (replace(one, grouped=True) for one in approved if not is_target(one.key))
    by_year = (Column(target_key(year), _year_name(year, card), 26, "count") for year, card in reports.latest.items())
    return (*shared, _ROW, *by_year, _TREND)


def _year_name(year: int, card: Scorecard | None) -> str:
    return f"{year} он" if card is None or _is_whole(card) else period_name(card.actuals.period)


def _group(item: Item, columns: tuple[Column, ...], reports: _Reports, portfolio: Portfolio) -> Rows:
    shared = {column.key: planned(column, item.texts) for column in columns if column.grouped}
    address = f"{reports.current.actuals.plan.id}#{item.id}"
    rows: dict[str, dict[str, Cell]] = {TARGET: {}, REACHED: {}, ACHIEVED: {}}
    for year, card in reports.latest.items():
        key, of_year = target_key(year), item.in_year(year)
        rows[TARGET][key] = line(item.texts.get(key, ""))
        rows[REACHED][key] = reported_cells(card, of_year, portfolio)["reached"] if card else EMPTY
        rows[ACHIEVED][key] = achievement_cell(card, of_year) if card else EMPTY
    first, *others = (Row({"row": line(name), **cells}) for name, cells in rows.items())
    anchored = replace(first, address=address, anchor=frame.anchor(address))
    return Rows(shared | {"trend": line(_trend(item, reports))}, (anchored, *others))


def _trend(item: Item, reports: _Reports) -> str:
    """Return where each value went from the last year but one to the last one that can be held beside it."""
    words = [_direction(part, at, item, reports) for at, part in enumerate(item.indicators)]
    return words[0] if len(set(words)) == 1 else joined(words).replace(BETWEEN, f" {BETWEEN} ")


def _direction(part: Indicator, at: int, item: Item, reports: _Reports) -> str:
    comparable = (
        one for one in reports.latest.values() if one and (_is_whole(one) or part.value is not ValueKind.YEAR)
    )
    values = (in_unit(part.baseline_quantity, part), *(_reached(card, item, at) for card in comparable))
    known = [value for value in values if value is not None]
    for before, now in list(pairwise(known))[-1:]:
        return ROSE if now > before else FELL if now < before else SAME
    return ""


def _reached(card: Scorecard, item: Item, at: int) -> Fraction | None:
    part = card.measured[item.id][at]
    return in_unit(part.indicator.quantity(part.reached), part.indicator)


# The charts


def _charts(item: Item, columns: tuple[Column, ...], reports: _Reports) -> Iterator[Chart]:
    """Yield a chart for each value of an indicator that has a number for a target."""
    (start,) = (column for column in columns if column.key == "baseline")
    categories = (
        f"{start.heading} {START}" if start.over else START.capitalize(),
        *(f"{year}{PARTLY if card and not _is_whole(card) else ''}" for year, card in reports.latest.items()),
    )
    for at, part in enumerate(item.indicators):
        targets = [_target(item, at, year) for year in reports.latest]
        reached = [_reached(card, item, at) if card else None for card in reports.latest.values()]
        if any(target is not None for target in targets):
            yield Chart(
                title=f"{item.texts['number']}. {_name(item, part)}",
                unit=part.unit or "",
                axis=_axis(reports),
                categories=categories,
                series=(
                    Series(REACHED, "bars", tuple(map(_decimal, (in_unit(part.baseline_quantity, part), *reached)))),
                    Series(TARGET, "line", tuple(map(_decimal, (None, *targets)))),
                ),
            )


def _target(item: Item, at: int, year: int) -> Fraction | None:
    return target_number(item.by_year[year].indicators[at]) if year in item.by_year else None


def _name(item: Item, part: Indicator) -> str:
    whole = item.texts["indicator"].split("\n", 1)[0]
    return whole if len(item.indicators) == 1 else f"{whole}: {part.name}"


def _axis(reports: _Reports) -> str:
    told = "; ".join(f"{PARTLY} {period_genitive(card.actuals.period)} байдлаар" for card in reports.partly)
    return f"{AXIS} ({told})" if told else AXIS


def _decimal(value: Fraction | None) -> Decimal | None:
    return None if value is None else Decimal(value.numerator) / Decimal(value.denominator)


# The remarks


def _remarks(reports: _Reports) -> Iterator[str]:
    for card in reports.partly:
        period = card.actuals.period
        yield (
            f"{period_genitive(period)} хүрсэн түвшинг {period.year} оны бүтэн жилийн зорилттой харьцуулсан тул "
            "жилийн дүнгээр тооцох үзүүлэлтийн хандлагад оруулаагүй."
        )
    yield "Хандлагыг сүүлийн хоёр жилийн хүрсэн түвшингээр, эхний жилийнхийг суурь түвшинтэй харьцуулж гаргав."
