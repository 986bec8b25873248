"""A workbook: what XlsxWriter makes of it, and the rows of its worksheets that are written beside it.

In: worksheets, and the looks of cells. Out: an .xlsx; the same worksheets always give the same bytes.
"""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from planctl.render.package import packed, unpacked
from planctl.render.sheetml.rows import Rows
from planctl.render.sheetml.styles import Styles, options

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from planctl.render.deflating import Deflated

_DATED = datetime(2000, 1, 1, tzinfo=UTC)
_PROPERTY_LENGTH = 255
_TABLE = "xl/tables/table1.xml"


class Book:
    """A workbook and its styles; `workbook` is XlsxWriter's, for worksheets without rows of ours."""

    def __init__(self, *, title: str, author: str) -> None:
        self._target = BytesIO()
        self._rows: dict[str, Rows] = {}
        self._list: tuple[str, str] | None = None
        self.workbook = Workbook(self._target, options())
        self.workbook.set_properties(
            {"title": title[:_PROPERTY_LENGTH], "author": author[:_PROPERTY_LENGTH], "created": _DATED}
        )
        self.styles = Styles(self.workbook)

    def add(self, name: str, *, columns: int, first: int = 0) -> tuple[Worksheet, Rows]:
        """Add a worksheet of so many columns; return it, and its rows from the row `first` on, counted from 0."""
        sheet: Worksheet = self.workbook.add_worksheet(name)
        rows = Rows(columns=columns, first=first)
        self._rows[f"xl/worksheets/sheet{len(self.workbook.worksheets())}.xml"] = rows
        return sheet, rows

    def stretch_list(self, told: str, reached: str) -> None:
        """Let the workbook's list object reach further than XlsxWriter was told, which keeps every cell of it."""
        self._list = told, reached

    def closed(self) -> bytes:
        """Close the workbook and return the file."""
        self.workbook.close()
        written = unpacked(self._target.getvalue())
        members: dict[str, bytes | Deflated] = {**written}
        for name, rows in self._rows.items():
            members[name] = rows.within(written[name])
        if self._list:
            told, reached = (f'ref="{area}"'.encode() for area in self._list)
            members[_TABLE] = written[_TABLE].replace(told, reached)
        return packed(members)
