"""What needs a leader's attention: items overdue, slow ones, and scores that nothing proves.

Overdue is what was to be done before the period's last day and is not fully done; slow is what has a low score, the
superior body's where it has given one.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from planctl.forms.form import Column
from planctl.report import frame
from planctl.report.cells import ordinal_of, score_cell, subject, unit_names
from planctl.report.prose import line, prose
from planctl.report.sheet import Row
from planctl.report.tables import plain_table
from planctl.scoring.scorecard import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.facts import RunFacts
    from planctl.portfolio.portfolio import Portfolio
    from planctl.report.sheet import Sheet, Table
    from planctl.scoring.scorecard import Mark, Scorecard

SLOW = Decimal(50)
"""Scores up to here are slow: the two low levels, which a council wants carried into the next plan."""

_COLUMNS = (
    Column("number", "№", 14, "ordinal"),
    Column("item", "Арга хэмжээ, заалт", 96, "prose"),
    Column("units", "Хариуцагч", 46, "text"),
    Column("deadline", "Хугацаа", 24, "ordinal"),
    Column("late", "Хэтэрсэн хоног", 20, "count"),
    Column("self", "Өөрийн үнэлгээ", 24, "score"),
    Column("superior", "Дээд шатны байгууллагын үнэлгээ", 30, "score"),
    Column("reason", "Тайлбар", 50, "prose"),
)
_SLOW = tuple(column for column in _COLUMNS if column.key != "late")
_UNPROVEN = tuple(column for column in _COLUMNS if column.key not in {"late", "deadline", "reason"})


def compose(scorecard: Scorecard, portfolio: Portfolio, facts: RunFacts) -> Sheet | None:
    """Return the tables that have a row; None where nothing needs attention."""
    tables = tuple(table for table in _tables(scorecard, portfolio) if table.bands)
    if not tables:
        return None
    blank = frame.for_leaders(scorecard, facts, name="attention", title_below="Анхаарах арга хэмжээ, заалт")
    return replace(blank, tables=tables, remarks=tuple(_remarks(scorecard, tables)))


def _remarks(scorecard: Scorecard, tables: tuple[Table, ...]) -> Iterator[str]:
    yield from (f"{table.title}: {len(table.bands)}." for table in tables)
    if any(table.name == "overdue" for table in tables):
        yield f"Хоногийг тайлант үеийн сүүлийн өдөр ({scorecard.actuals.period.last_day.isoformat()}) хүртэл тооцов."


def _tables(scorecard: Scorecard, portfolio: Portfolio) -> Iterator[Table]:
    marks = [mark for mark in _leading(scorecard) if not _is_over(scorecard, mark)]
    overdue = sorted(
        (mark for mark in marks if _days_late(scorecard, mark) > 0), key=lambda one: -_days_late(scorecard, one)
    )
    slow = sorted((mark for mark in marks if _is_slow(mark)), key=lambda one: one.score or 0)
    unproven = [mark for mark in marks if _is_unproven(scorecard, mark)]
    for name, columns, title, chosen in (
        ("overdue", _COLUMNS, "Хугацаа хэтэрсэн", overdue),
        ("slow", _SLOW, "Удаашралтай", slow),
        ("unproven", _UNPROVEN, "Нотлох баримтгүй үнэлсэн", unproven),
    ):
        yield plain_table(name, columns, (_row(scorecard, portfolio, mark) for mark in chosen), title=title)


def _days_late(scorecard: Scorecard, mark: Mark) -> int:
    """Return the days from an item's last day to the period's; 0 for what is done or outside the counts."""
    is_open = mark.outcome in {Outcome.SCORED, Outcome.MISSING}
    if mark.item.deadline is None or not is_open or mark.score == scorecard.rubric.steps[0].high:
        return 0
    return max((scorecard.actuals.period.last_day - mark.item.deadline).days, 0)


def _is_slow(mark: Mark) -> bool:
    return mark.score is not None and mark.score <= SLOW


def _is_over(scorecard: Scorecard, mark: Mark) -> bool:
    """Tell whether an item was closed, repealed or merged."""
    reported = scorecard.actuals.reported.get(mark.item.id)
    return reported is not None and (reported.gone or (reported.state is not None and reported.state.is_final))


def _leading(scorecard: Scorecard) -> Iterator[Mark]:
    """Return the mark of each item that decides: the superior body's where it has scored it, else the office's own."""
    for id_, own in scorecard.own.marks.items():
        theirs = scorecard.superior.marks[id_] if scorecard.superior else own
        yield theirs if theirs.score is not None else own


def _is_unproven(scorecard: Scorecard, mark: Mark) -> bool:
    reported = scorecard.actuals.reported.get(mark.item.id)
    return bool(mark.score and reported and not reported.entry.evidence)


def _row(scorecard: Scorecard, portfolio: Portfolio, mark: Mark) -> Row:
    plan, item = scorecard.actuals.plan, mark.item
    reported = scorecard.actuals.reported.get(item.id)
    late = _days_late(scorecard, mark)
    address = f"{plan.id}#{item.id}"
    cells = {
        "number": line(ordinal_of(plan, item)),
        "item": prose(subject(plan, item)),
        "units": line(unit_names(item, portfolio)),
        "deadline": line(item.deadline.isoformat() if item.deadline else ""),
        "late": line(str(late) if late else "", number=late or None),
        "self": score_cell(scorecard, item.id, "self"),
        "superior": score_cell(scorecard, item.id, "superior"),
        "reason": prose((reported.entry.reason if reported else "") or ""),
    }
    return Row(cells, address, frame.anchor(address))
