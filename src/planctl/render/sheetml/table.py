"""A table in the official layout: headings repeated on every page, section rows, groups with their merged cells.

In: a table of the view model. Out: rows of a page.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from planctl.render.headings import heading_rows
from planctl.render.sheetml.page import pitch
from planctl.render.sheetml.rows import Area
from planctl.render.sheetml.strips import MOST_POINTS, height, runs, strips
from planctl.render.sheetml.styles import ALL_SIDES, Look
from planctl.render.sheetml.values import Number, number_of, text_of
from planctl.report.sheet import EMPTY, Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from planctl.forms.form import Column
    from planctl.render.headings import Head
    from planctl.render.sheetml.page import Page
    from planctl.render.sheetml.strips import Strip
    from planctl.report.sheet import Cell, Group, Table

_HEADING = Look(bold=True, align="center", valign="vcenter", sides=ALL_SIDES, fill="9E9E9E")
_NUMBER = Look(size=8, align="center", valign="vcenter", sides=ALL_SIDES)
_SECTION = Look(bold=True, align="center", valign="vcenter", sides=ALL_SIDES, fill="CFD8DC")
_SUBSECTION = Look(bold=True, valign="vcenter", sides=ALL_SIDES)
_BODY = Look(sides=frozenset({"left", "right"}))
_PITCH = pitch(_BODY)
_CENTRED = replace(_BODY, align="center")
_CENTRED_KINDS = frozenset({"ordinal", "score", "percent", "count"})


def write_table(page: Page, table: Table, *, is_last: bool = True) -> None:
    """Write headings and bands; the headings stay in view on the screen and stand on top of every printed page.

    Where the table is not the last of the worksheet and takes no second page, they stand over nothing that is no data.
    """
    first, begun = page.rows.next, page.pager.page
    before = page.pager.left
    _write_headings(page, table)
    page.pager.repeated = before - page.pager.left
    last = page.rows.next - 1
    page.sheet.freeze_panes(page.rows.next, 0)
    for band in table.bands:
        if isinstance(band, Section):
            page.across(band.title, _SECTION if band.level == 1 else _SUBSECTION)
        else:
            _write_group(page, table, band)
        page.rows.settle()
    if is_last or page.pager.page > begun:
        page.sheet.repeat_rows(first, last)
    else:
        page.pager.repeated = 0.0


def _write_headings(page: Page, table: Table) -> None:
    rows = heading_rows(table)
    places = [page.next_row(points) for points in _heights(page, rows)]
    for row, heads in zip(places, rows, strict=True):
        for head in heads:
            area = Area(row, head.first, row + head.rows - 1, head.first + head.columns - 1)
            page.write(area, head.text, _HEADING)
    if table.numbered:
        row = page.next_row(height(1, pitch=pitch(_NUMBER)))
        for at in range(len(table.columns)):
            page.write(Area(row, at, row, at), Number(at + 1, "0"), _NUMBER)


def _heights(page: Page, rows: Sequence[Sequence[Head]]) -> list[float]:
    """Return the rows' heights: each enough for its own headings, the last one for those merged over all as well."""
    wanted = [max((_lines(page, head) for head in heads if head.rows == 1), default=1) for heads in rows]
    merged = max((_lines(page, head) for heads in rows for head in heads if head.rows > 1), default=0)
    wanted[-1] = max(wanted[-1], merged - sum(wanted[:-1]))
    return [min(height(lines, pitch=pitch(_HEADING)), MOST_POINTS) for lines in wanted]


def _lines(page: Page, head: Head) -> int:
    return len(page.lines(head.text, _HEADING, head.first, head.first + head.columns - 1))


def _write_group(page: Page, table: Table, group: Group) -> None:
    """Write a group's rows, then its grouped cells beside all of them."""
    shared = {at: column for at, column in enumerate(table.columns) if column.grouped}
    own = {at: column for at, column in enumerate(table.columns) if not column.grouped}
    beside = {at: page.lines(_text(group.cells, column), _BODY, at, at) for at, column in shared.items()}
    wanted = max((len(lines) for lines in beside.values()), default=0)
    first = page.rows.next
    placed: list[Strip] = []
    for number, row in enumerate(group.rows, start=1):
        least = wanted - sum(strip.lines for strip in placed) if number == len(group.rows) else 1
        placed += _write_row(page, own, row.cells, least)
    for at, column in shared.items():
        cell = group.cells.get(column.key, EMPTY)
        for run in runs(beside[at], placed, pitch=_PITCH):
            begins, ends = run.first == 0, run.last == len(placed) - 1
            value, look = _shown(column, cell, run.text, begins=begins, ends=ends)
            page.write(Area(first + run.first, at, first + run.last, at), value, look)


def _write_row(page: Page, columns: Mapping[int, Column], cells: Mapping[str, Cell], least: int) -> list[Strip]:
    lines = [page.lines(_text(cells, column), _BODY, at, at) for at, column in columns.items()]
    placed = strips(lines, page.pager, pitch=_PITCH, least=max(least, 1))
    for strip in placed:
        row = page.next_placed_row(height(strip.lines, pitch=_PITCH))
        for (at, column), text in zip(columns.items(), strip.texts, strict=True):
            cell = cells.get(column.key, EMPTY)
            value, look = _shown(column, cell, text, begins=strip.starts, ends=strip.ends)
            page.write_cell(row, at, value, look)
    return placed


def _shown(column: Column, cell: Cell, text: str, *, begins: bool, ends: bool) -> tuple[str | Number, Look]:
    """Return the part of a cell's text that stands here, or its number if the cell begins here, and how it looks."""
    number = number_of(cell) if begins else None
    centred = column.kind in _CENTRED_KINDS
    return number or text, _look(centred, cell.colour, begins, ends, number.format if number else None)


@lru_cache(maxsize=1 << 10)
def _look(is_centred: bool, fill: str | None, begins: bool, ends: bool, number: str | None) -> Look:  # noqa: FBT001 -- a key
    sides = _BODY.sides | frozenset(_edges(begins=begins, ends=ends))
    base = _CENTRED if is_centred else _BODY
    return replace(base, sides=sides, fill=fill, number=number or base.number)


def _edges(*, begins: bool, ends: bool) -> Iterable[str]:
    if begins:
        yield "top"
    if ends:
        yield "bottom"


def _text(cells: Mapping[str, Cell], column: Column) -> str:
    return text_of(cells.get(column.key, EMPTY))
