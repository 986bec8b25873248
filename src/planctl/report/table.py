"""The implementation table: every item of a plan with what was done and both evaluations, in the form's own columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.forms.form import Group as PlanGroup
from planctl.report import frame
from planctl.report.mongolian import period_genitive
from planctl.report.prose import line, prose
from planctl.report.sheet import EMPTY, Group, Row, Section, Sheet, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planctl.facts import RunFacts
    from planctl.forms.form import Column, Item
    from planctl.portfolio.portfolio import Portfolio
    from planctl.report.sheet import Cell
    from planctl.scoring.scorecard import Scorecard


def compose(scorecard: Scorecard, portfolio: Portfolio, facts: RunFacts) -> Sheet:
    """Return the implementation table of a plan and period, in the columns of its form."""
    actuals = scorecard.actuals
    form = actuals.plan.form
    whole = frame.title(actuals)
    words = period_genitive(actuals.period)
    head, _, tail = whole.partition(words)
    lines = (f"{head}{words}", tail.strip()) if tail.strip() else (whole,)
    return Sheet(
        stem=frame.stem(actuals, "table"),
        name="table",
        template=f"{form.name}/table",
        organisation=actuals.organisation,
        heading=frame.heading(scorecard, facts, lines=lines, is_draft=scorecard.is_draft),
        tables=(Table(form.name, form.columns, tuple(_bands(scorecard))),),
        signatures=frame.signatures(actuals),
        records=frame.records(scorecard, portfolio),
    )


def _bands(scorecard: Scorecard) -> Iterator[Section | Group]:
    """Return section rows and groups; a section or group without a reported item is left out."""
    waiting: list[Section] = []
    for band in scorecard.actuals.plan.bands:
        if not isinstance(band, PlanGroup):
            waiting = [kept for kept in waiting if kept.level < band.level]
            waiting.append(Section(band.title, band.level))
        elif rows := tuple(_row(scorecard, item) for item in band.items if item.reported):
            yield from waiting
            waiting = []
            columns = scorecard.actuals.plan.form.columns
            yield Group({column.key: _planned(column, band.texts) for column in columns if column.grouped}, rows)


def _row(scorecard: Scorecard, item: Item) -> Row:
    actuals = scorecard.actuals
    reported = actuals.reported.get(item.id)
    address = f"{actuals.plan.id}#{item.id}"
    cells = {column.key: _planned(column, item.texts) for column in actuals.plan.form.columns if not column.grouped}
    cells["progress"] = prose(frame.progress_text(reported.entry)) if reported else EMPTY
    cells["self"] = frame.score_cell(scorecard, reported, "self")
    cells["superior"] = frame.score_cell(scorecard, reported, "superior")
    return Row(cells, address, frame.anchor(address))


def _planned(column: Column, texts: Mapping[str, str]) -> Cell:
    text = texts.get(column.key, "")
    return prose(text) if column.kind == "prose" else line(text)
