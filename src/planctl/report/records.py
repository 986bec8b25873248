"""The flat records of a sheet: its items once more, one row each, for filters and formulas.

In: the sheets of a plan and period, still without records. Out: the same sheets with them. The rows are made once for
all sheets, which share them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from planctl.forms.actuals import STATE_LABELS
from planctl.forms.form import Column, Group
from planctl.report.cells import achievement_cell, own_fields, proofs, reached_text, score_cell, unit_names
from planctl.report.prose import line, prose
from planctl.report.sheet import EMPTY, Cell, Records, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planctl.forms.form import Item
    from planctl.portfolio.actuals import Actuals, Evaluation
    from planctl.portfolio.portfolio import Portfolio
    from planctl.report.sheet import Sheet
    from planctl.scoring.scorecard import Scorecard

ONLY_TABLE: dict[str, int | None] = {"table": None, "summary-self": 0, "summary-superior": 0}
"""The sheets with records, each with the table of the form whose items they are; None: those of all tables.

A summary counts what stands in the first one.
"""

_FIRST = (
    Column("address", "Хаяг", 20),
    Column("section", "Бүлэг", 30),
)
_LAST = (
    Column("units", "Хариуцагч", 30),
    Column("deadline", "Хугацаа", 12),
    Column("state", "Төлөв", 16),
    Column("progress", "Хэрэгжилтийн явц", 60, "prose"),
    Column("self", "Өөрийн үнэлгээ", 12, "score"),
    Column("superior", "Дээд шатны байгууллагын үнэлгээ", 12, "score"),
    Column("reason", "Тайлбар", 30, "prose"),
    Column("evidence", "Нотлох баримт", 30, "prose"),
)
_REACHED = Column("reached", "Хүрсэн түвшин", 16)
_ACHIEVED = Column("achievement", "Гүйцэтгэл", 12, "score")
_OTHERWISE = frozenset({"reached", "reached_progress", "achievement"})
"""Columns of forms whose values stand in columns of the records' own."""


def with_records(sheets: Iterable[Sheet], scorecard: Scorecard, portfolio: Portfolio) -> Iterator[Sheet]:
    """Yield the sheets of a plan and period, those with the records of their items that have any."""
    items: Sequence[_Recorded] = ()
    made: dict[int | None, Records] = {}
    for sheet in sheets:
        if sheet.name not in ONLY_TABLE:
            yield sheet
            continue
        table = _table(scorecard.actuals, ONLY_TABLE[sheet.name])
        items = items or tuple(_recorded(scorecard, portfolio))
        if table not in made:
            made[table] = _records(scorecard.actuals, items, table)
        yield replace(sheet, records=made[table])


def _table(actuals: Actuals, wanted: int | None) -> int | None:
    """Return the number of the only table whose items are meant; None where all are, or where there is one only."""
    return wanted if len(actuals.plan.tables(actuals.period.year)) > 1 else None


class _Recorded(NamedTuple):
    """A reported item, the table of the form that it stands in, and its row."""

    table: int
    item: Item
    row: Row


def _records(actuals: Actuals, items: Iterable[_Recorded], table: int | None) -> Records:
    """Return the records of a table of the form, or of all: the office's own fields have columns of their own."""
    those = [one for one in items if table in {None, one.table}]
    names = dict.fromkeys(name for one in those for name in own_fields(actuals, one.item))
    known = {column.key for column in (*_FIRST, *_LAST)}
    every = actuals.plan.tables(actuals.period.year)
    own: dict[str, Column] = {}
    for column in (column for layout in (every if table is None else (every[table],)) for column in layout.columns):
        if column.key not in known:
            own.setdefault(column.key, column)
    measured = (_REACHED, _ACHIEVED) if any(one.item.indicators for one in those) else ()
    of_plan = tuple(column for key, column in own.items() if key not in _OTHERWISE)
    columns = (*_FIRST, *of_plan, *_LAST, *measured, *(Column(f"extra:{name}", name, 20) for name in names))
    return Records(columns, tuple(one.row for one in those))


def _recorded(scorecard: Scorecard, portfolio: Portfolio) -> Iterator[_Recorded]:
    """Yield the reported items, each with a row that names its innermost section."""
    actuals, section = scorecard.actuals, ""
    for band in actuals.plan.bands:
        if not isinstance(band, Group):
            section = band.title
            continue
        title = actuals.plan.form.tables[band.table].title if band.table else section
        for item in (item.in_year(actuals.period.year) for item in band.items if item.reported):
            yield _Recorded(band.table, item, _row(scorecard, portfolio, title, band, item))


def _row(scorecard: Scorecard, portfolio: Portfolio, section: str, band: Group, item: Item) -> Row:
    actuals = scorecard.actuals
    address = f"{actuals.plan.id}#{item.id}"
    cells = {key: line(text) for key, text in {**band.texts, **item.texts}.items()}
    cells |= {"address": line(address), "section": line(section)} | _actual_cells(scorecard, portfolio, item)
    return Row(cells | {f"extra:{name}": line(text) for name, text in own_fields(actuals, item).items()}, address)


def _actual_cells(scorecard: Scorecard, portfolio: Portfolio, item: Item) -> dict[str, Cell]:
    reported = scorecard.actuals.reported.get(item.id)
    entry = reported.entry if reported else None
    return {
        "units": line(unit_names(item, portfolio)),
        "deadline": line(item.deadline.isoformat() if item.deadline else ""),
        "state": line(STATE_LABELS[entry.state] if entry and entry.state else ""),
        "progress": prose(entry.progress if entry and entry.progress else ""),
        "self": _number(scorecard, item, "self"),
        "superior": _number(scorecard, item, "superior"),
        "reason": prose(entry.reason if entry and entry.reason else ""),
        "evidence": line("\n".join(proofs(entry)) if entry else ""),
        "reached": line(reached_text(item, entry.reached_values) if entry else ""),
        "achievement": achievement_cell(scorecard, item),
    }


def _number(scorecard: Scorecard, item: Item, evaluation: Evaluation) -> Cell:
    cell = score_cell(scorecard, item.id, evaluation)
    return EMPTY if cell.number is None else cell
