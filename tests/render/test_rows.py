"""Rows of our own hold what XlsxWriter's hold, and are compressed as they come."""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from sheets import (
    draft,
    draft_summary,
    eleven_columns,
    group,
    long_narrative,
    nine_clauses,
    plain,
    row,
    summary,
    table_sheet,
    two_tables,
)
from workbooks import faults_of_xlsx

from planctl.render import excel
from planctl.render.deflating import Deflating, joined
from planctl.render.package import packed, unpacked
from planctl.render.sheetml.book import Book

if TYPE_CHECKING:
    from collections.abc import Callable

    from xlsxwriter.worksheet import Worksheet

    from planctl.render.sheetml.rows import Area, Rows
    from planctl.report.sheet import Sheet


class PlainRows:
    """Rows as XlsxWriter writes them."""

    def __init__(self, book: Book, sheet: Worksheet, *, first: int) -> None:
        self._book = book
        self._sheet = sheet
        self.next = first

    def begin(self, points: float) -> int:
        self._sheet.set_row(self.next, points)
        self.next += 1
        return self.next - 1

    def settle(self) -> None:
        """Nothing is kept back."""

    def text(self, row: int, column: int, text: str, style: int) -> None:
        if text:
            self._sheet.write_string(row, column, text, self._format(style))
        else:
            self._sheet.write_blank(row, column, None, self._format(style))

    def number(self, row: int, column: int, value: float, style: int) -> None:
        self._sheet.write_number(row, column, value, self._format(style))

    def formula(self, row: int, column: int, formula: str, value: float | str, style: int) -> None:
        self._sheet.write_formula(row, column, formula, self._format(style), value)

    def merge(self, area: Area, style: int) -> None:
        corners = (area.first_row, area.first_column, area.last_row, area.last_column)
        self._sheet.merge_range(*corners, "", self._format(style))

    def within(self, part: bytes) -> bytes:
        return part

    def _format(self, style: int) -> Any:
        return next(one for one in self._book.workbook.formats if one.xf_index == style)


class PlainBook(Book):
    """A workbook that XlsxWriter writes alone."""

    def add(self, name: str, *, columns: int, first: int = 0) -> tuple[Worksheet, Rows]:
        sheet, rows = super().add(name, columns=columns, first=first)
        plain: Any = PlainRows(self, sheet, first=first)
        self._rows = {part: plain if one is rows else one for part, one in self._rows.items()}
        return sheet, plain


def hostile() -> Sheet:
    texts = ["=1+1", "_x0041_ _x0041_", "  зай  ", "а & б < в > г", "мөр\nмөр\n", "😀 ]]>", "\u2028", '"']
    lines = [row(at, text, plain(text), (None, 100)) for at, text in enumerate(texts, start=1)]
    return table_sheet([group(1, "=cmd|' /C calc'!A0", *lines)])


SAMPLES = (nine_clauses, draft, long_narrative, summary, draft_summary, two_tables, eleven_columns, hostile)


@pytest.mark.parametrize("sample", SAMPLES)
def test_what_is_read_back_is_what_xlsxwriter_alone_would_have_written(
    sample: Callable[[], Sheet], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = excel.render(sample()).content
    monkeypatch.setattr(excel, "Book", PlainBook)
    plain = excel.render(sample()).content
    assert ours is not None
    assert plain is not None
    assert b"inlineStr" in unpacked(ours)["xl/worksheets/sheet1.xml"]
    assert b"inlineStr" not in unpacked(plain)["xl/worksheets/sheet1.xml"]
    assert around(ours) == around(plain)
    assert read_back(ours) == read_back(plain)
    assert faults_of_xlsx(ours) == []


def test_a_text_that_xlsxwriter_takes_for_markup_of_its_own_is_shown() -> None:
    text = "<r>а</r>"
    content = excel.render(table_sheet([group(1, text, row(1, text, plain(text), (None, 100)))])).content
    assert content is not None
    shown = openpyxl.load_workbook(BytesIO(content))
    assert [shown["Хүснэгт"][place].value for place in ("C8", "D8", "E8")] == [text] * 3


def test_spaces_are_kept_and_nothing_is_taken_for_the_code_of_a_sign() -> None:
    content = excel.render(hostile()).content
    assert content is not None
    part = unpacked(content)["xl/worksheets/sheet1.xml"].decode()
    assert '<t xml:space="preserve">  зай  </t>' in part
    assert not re.search("<t[^>]*>[^<]*_x[0-9A-Fa-f]{4}_", part)


def around(content: bytes) -> dict[str, bytes]:
    """Return the parts that neither hold cells nor name those that do: the styles, the list object and others."""
    cells = ("xl/worksheets/sheet", "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml")
    return {name: member for name, member in unpacked(content).items() if not name.startswith(cells)}


def read_back(content: bytes) -> dict[tuple[str, str], object]:
    """Return all of a workbook's worksheets that a reader of the file finds."""
    found: dict[tuple[str, str], object] = {}
    for name, part in unpacked(content).items():
        if name.startswith("xl/worksheets/sheet"):
            found[name, "styles"] = re.findall(rb'<c r="(.*?)" s="(.*?)"', part)
    for as_values in (True, False):
        for sheet in openpyxl.load_workbook(BytesIO(content), data_only=as_values):
            for cell in (cell for line in sheet.iter_rows() for cell in line):
                found[sheet.title, f"{cell.coordinate} {as_values}"] = (cell.value, cell.data_type)
            found |= {(sheet.title, name): value for name, value in of_worksheet(sheet).items()}
    for sheet in openpyxl.load_workbook(BytesIO(content), read_only=True):
        found[sheet.title, "dimension"] = sheet.calculate_dimension()
    return found


def of_worksheet(sheet: Any) -> dict[str, object]:
    return {
        "heights": {at: (row.height, row.customHeight) for at, row in sheet.row_dimensions.items()},
        "widths": {at: column.width for at, column in sheet.column_dimensions.items()},
        "breaks": [one.id for one in sheet.row_breaks.brk],
        "merges": sorted(map(str, sheet.merged_cells.ranges)),
        "lists": {table.name: (table.ref, table.autoFilter.ref) for table in sheet.tables.values()},
        "print": (sheet.print_title_rows, sheet.freeze_panes, sheet.oddHeader.right.text, sheet.page_setup.paperSize),
    }


def test_a_member_compressed_in_pieces_unpacks_to_all_of_them() -> None:
    stream, empty = Deflating(), Deflating()
    pieces = [f"{at} Өөрийн үнэлгээ\n" * 50 for at in range(400)]
    for piece in pieces:
        stream.write(piece)
    member = joined(b"<a>", stream, b"</a>", empty, b"<b/>")
    whole = f"<a>{''.join(pieces)}</a><b/>".encode()
    assert unpacked(packed({"a.xml": b"first", "b.xml": member, "c.xml": b"last"})) == {
        "a.xml": b"first",
        "b.xml": whole,
        "c.xml": b"last",
    }
    assert (member.size, member.checksum) == (len(whole), zlib.crc32(whole))


def test_the_rows_of_a_long_sheet_never_lie_in_memory_as_a_whole() -> None:
    stream = Deflating()
    for at in range(40_000):
        stream.write(f'<c r="A{at}"/>')
    kept = sum(map(len, stream._waiting)) + sum(map(len, stream._pieces))
    assert kept < 40_000 * 12 / 2
