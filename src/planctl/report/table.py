"""The implementation table: every item of a plan with what was done and both evaluations, in the form's own columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.forms.form import Group as PlanGroup
from planctl.report import frame
from planctl.report.cells import beside, planned, reported_cells, with_lineage, without_sign
from planctl.report.corrections import corrections
from planctl.report.mongolian import MONTHS_OF_A_YEAR, period_genitive, year_genitive
from planctl.report.sheet import Group, Row, Section, Sheet, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.facts import RunFacts
    from planctl.forms.form import Column, Item
    from planctl.portfolio.actuals import Actuals
    from planctl.portfolio.portfolio import Portfolio
    from planctl.scoring.scorecard import Scorecard


def compose(scorecard: Scorecard, portfolio: Portfolio, facts: RunFacts) -> Sheet:
    """Return the implementation table of a plan and period, in the columns of its form."""
    actuals = scorecard.actuals
    form = actuals.plan.form
    return Sheet(
        stem=frame.stem(actuals, "table"),
        name="table",
        template=f"{form.name}/table",
        organisation=actuals.organisation,
        heading=frame.heading(scorecard, facts, lines=_title_lines(actuals), is_draft=scorecard.is_draft),
        tables=tuple(_tables(scorecard, portfolio)),
        remarks=tuple(_remarks(scorecard)),
        signatures=frame.signatures(actuals),
    )


def _remarks(scorecard: Scorecard) -> Iterator[str]:
    """Say that the values of a part of a year stand beside the whole year's targets, and what was corrected."""
    period = scorecard.actuals.period
    if scorecard.measured and period.months < MONTHS_OF_A_YEAR:
        yield (
            f"Шалгуур үзүүлэлтийн {period_genitive(period)} хүрсэн түвшинг {period.year} оны бүтэн жилийн зорилттой "
            "харьцуулав."
        )
    yield from corrections(scorecard.actuals)


def _title_lines(actuals: Actuals) -> tuple[str, ...]:
    """Return the title on two lines, parted after the period."""
    whole, words = frame.title(actuals), period_genitive(actuals.period)
    words = words if words in whole else year_genitive(actuals.period)
    head, _found, tail = whole.partition(words)
    return (f"{head}{words}", tail.strip()) if tail.strip() else (whole,)


def _tables(scorecard: Scorecard, portfolio: Portfolio) -> Iterator[Table]:
    """Return the tables of the form; a further one only where it has items."""
    actuals = scorecard.actuals
    for at, layout in enumerate(actuals.plan.tables(actuals.period.year)):
        bands = tuple(_bands(scorecard, portfolio, layout.columns, at))
        if bands or at == 0:
            yield Table(layout.name, layout.columns, bands, title=layout.title)


def _bands(
    scorecard: Scorecard, portfolio: Portfolio, columns: tuple[Column, ...], table: int
) -> Iterator[Section | Group]:
    """Return section rows and groups; a section or group without a reported item is left out."""
    waiting: list[Section] = []
    for band in scorecard.actuals.plan.bands:
        if band.table != table:
            continue
        if not isinstance(band, PlanGroup):
            waiting = [kept for kept in waiting if kept.level < band.level]
            waiting.append(Section(band.title, band.level))
        elif rows := tuple(_row(scorecard, portfolio, columns, item) for item in _reported(scorecard, band)):
            yield from waiting
            waiting = []
            yield Group({column.key: planned(column, band.texts) for column in columns if column.grouped}, rows)


def _reported(scorecard: Scorecard, band: PlanGroup) -> Iterator[Item]:
    return (item.in_year(scorecard.actuals.period.year) for item in band.items if item.reported)


def _row(scorecard: Scorecard, portfolio: Portfolio, columns: tuple[Column, ...], item: Item) -> Row:
    address = f"{scorecard.actuals.plan.id}#{item.id}"
    texts = with_lineage(item)
    cells = {column.key: planned(column, texts) for column in columns if not column.grouped}
    filled = reported_cells(scorecard, item, portfolio)
    for column in columns:
        if column.key in filled:
            cells[column.key] = filled[column.key]
        if column.kind == "percent":
            cells[column.key] = without_sign(cells[column.key])
    return Row(cells, address, frame.anchor(address), filled | beside(scorecard, item))
