"""The same items once more as a plain Excel table: one row an item, no merged cells, ready for filters and formulas.

In: the flat records. Out: a worksheet, and where the formulas of a summary find a column of it.
"""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_col_to_name

from planctl.render.measure import wrapped
from planctl.render.sheetml.page import pitch, set_up
from planctl.render.sheetml.strips import height
from planctl.render.sheetml.styles import Look
from planctl.render.sheetml.values import number_of, text_of
from planctl.report.sheet import EMPTY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from planctl.render.sheetml.styles import Styles
    from planctl.report.sheet import Cell, Records

NAME = "Өгөгдөл"
LONGEST = 32_767
"""UTF-16 units that an Excel cell can hold: a sign beyond the first 65,536 counts twice."""

_LONGEST_HEADER = 250
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_HEADER = Look(bold=True, valign="vcenter")
_TEXT = Look()
_HEADER_HEIGHT = 39
_MOST_LINES = 6
"""A row shows no more of a long text, so that many rows stay in view; the cell holds all of it."""

_WIDTHS = {"prose": 420, "text": 180}
_NARROW = 90
"""Pixels of a column that holds a number."""

_EDGES = 12
_POINTS = 0.75


def rows_of(records: Records, key: str) -> str | None:
    """Return the range of a column's values, as formulas name it; None where there is no such column or no row."""
    places = [at for at, column in enumerate(records.columns) if column.key == key]
    return _range(records, places[0]) if places and records.rows else None


def all_rows_of(records: Records) -> str | None:
    """Return a range with one row for each record."""
    return _range(records, 0) if records.columns and records.rows else None


def write_records(workbook: Workbook, styles: Styles, records: Records) -> None:
    """Write the records as a list object named as its worksheet, with a filter on every column."""
    sheet: Worksheet = workbook.add_worksheet(NAME)
    set_up(sheet)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, _HEADER_HEIGHT)
    # A list object has a row below its header even when there is no record.
    last_row = max(len(records.rows), 1)
    headers = unique_headers(column.heading for column in records.columns)
    columns = [{"header": header, "header_format": styles[_HEADER]} for header in headers]
    options = {"name": NAME, "columns": columns, "style": "Table Style Light 1"}
    sheet.add_table(0, 0, last_row, len(columns) - 1, options)
    widths = [_WIDTHS.get(column.kind, _NARROW) for column in records.columns]
    for at, width in enumerate(widths):
        sheet.set_column_pixels(at, at, width)
    for number, row in enumerate(records.rows, start=1):
        cells = [row.cells.get(column.key, EMPTY) for column in records.columns]
        sheet.set_row(number, max(map(_height, cells, widths)))
        for at, cell in enumerate(cells):
            _write(sheet, styles, (number, at), cell)


def unique_headers(headings: Iterable[str]) -> Iterator[str]:
    """Yield headings as a list object takes them: on one line, none empty, none twice however it is capitalised."""
    taken: set[str] = set()
    for at, heading in enumerate(headings, start=1):
        # Excel reads "_x0041_" in a header as "A", in a cell as it stands, and then finds the two differ.
        plain = _ESCAPE.sub("_ ", " ".join(heading.split()))[:_LONGEST_HEADER] or f"Багана {at}"
        numbered = (f"{plain} ({number})" for number in count(2))
        header = (
            plain if plain.casefold() not in taken else next(one for one in numbered if one.casefold() not in taken)
        )
        taken.add(header.casefold())
        yield header


def _range(records: Records, column: int) -> str:
    letters = xl_col_to_name(column)
    return f"{NAME}!${letters}$2:${letters}${len(records.rows) + 1}"


def _height(cell: Cell, pixels: int) -> float:
    # More than the shown lines hold need not be measured; no sign is narrower than two pixels.
    beginning = text_of(cell)[: _MOST_LINES * pixels // 2]
    lines = len(wrapped(beginning, width=(pixels - _EDGES) * _POINTS, size=_TEXT.size))
    return height(min(lines, _MOST_LINES), pitch=pitch(_TEXT))


def _write(sheet: Worksheet, styles: Styles, place: tuple[int, int], cell: Cell) -> None:
    number = number_of(cell)
    if number:
        sheet.write_number(*place, number.value, styles[Look(align="center", number=number.format)])
    elif text := text_of(cell):
        # A longer text was refused when the plan was read; Excel would lose its end without a word.
        units = len(text.encode("utf-16-le")) // 2
        assert units <= LONGEST, f"{units} UTF-16 units for a cell that holds {LONGEST}"  # noqa: S101 -- our bug
        sheet.write_string(*place, text, styles[_TEXT])
