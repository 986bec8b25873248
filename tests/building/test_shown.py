"""The digest of what a sheet shows: another one as soon as anything in it is another."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from planctl.building.shown import digests_of
from planctl.report.sheet import Group, Records, Row
from projects import ACTUALS, ONE_CLAUSE, ONE_ENTRY, PLAN, composed, load, scorecard

if TYPE_CHECKING:
    from pathlib import Path

    from planctl.report.sheet import Cell, Sheet


def sheets_of(root: Path) -> tuple[Sheet, ...]:
    project = load(root, {PLAN: ONE_CLAUSE, ACTUALS: ONE_ENTRY})
    return composed(project, scorecard(project, "2023"))


def with_first_cell(row: Row, **changes: object) -> Row:
    key = next(iter(row.cells))
    cell: Cell = replace(row.cells[key], **changes)  # type: ignore[arg-type]  # each test changes a field by its kind
    return replace(row, cells={**row.cells, key: cell})


def test_sheets_that_show_the_same_have_the_same_digests(tmp_path: Path) -> None:
    assert digests_of(sheets_of(tmp_path / "one")) == digests_of(sheets_of(tmp_path / "other"))


def test_whatever_is_another_makes_another_digest(tmp_path: Path) -> None:
    sheet = sheets_of(tmp_path)[0]
    (table, *_more), records = sheet.tables, sheet.records
    at, group = next((at, band) for at, band in enumerate(table.bands) if isinstance(band, Group))
    row = with_first_cell(group.rows[0], text="x")
    other = replace(group, rows=(row, *group.rows[1:]))
    bands = (*table.bands[:at], other, *table.bands[at + 1 :])
    numbered = with_first_cell(records.rows[0], number=Decimal(1))
    variants = [
        sheet,
        replace(sheet, stem="x"),
        replace(sheet, tables=()),
        replace(sheet, tables=(), annexes=sheet.tables),
        replace(sheet, tables=(replace(table, bands=bands),)),
        replace(sheet, tables=(replace(table, bands=table.bands[1:]),)),
        replace(sheet, records=Records((), ())),
        replace(sheet, records=replace(records, rows=records.rows[1:])),
        replace(sheet, records=replace(records, rows=(numbered, *records.rows[1:]))),
    ]

    assert len(set(digests_of(variants))) == len(variants)
