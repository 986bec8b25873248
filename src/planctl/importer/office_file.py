"""What a Word, Excel, LibreOffice or CSV file holds, in one neutral form, before anyone asks what it means.

In: what a reader took out of a file. Out: `OfficeFile`: paragraphs and tables in the order of the file, each cell once,
with its place. Text is in planctl's own notation: a blank line parts paragraphs, `- ` begins a bullet, two spaces
deeper one inside it, `1. ` a numbered item; a line break inside a paragraph is a line break.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime, time
    from decimal import Decimal

    from planctl.diagnostics import Diagnostic
    from planctl.place import Place

Kind: TypeAlias = Literal["docx", "xlsx", "ods", "odt", "csv"]
Alignment: TypeAlias = Literal["", "left", "center", "right"]
"""Of a paragraph, by itself or by its style; "" where neither says it, or where it is justified."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A value that a typed file (xlsx, ods) keeps behind a cell's text.

    A percentage is a fraction of 1: `Decimal("0.9")` for 90%. Numbers have the 15 digits that Excel shows, so 0.9 is
    0.9 and not 0.90000000000000002. An error is its sign: `#REF!`. `format` is the file's number format: `0%`, `d-mmm`,
    `#,##0.00`; "" where there is none. `formula` is without its `=`, "" where the value was typed.
    """

    kind: Literal["number", "percent", "date", "time", "boolean", "error"]
    value: Decimal | date | datetime | time | bool | str
    format: str = ""
    formula: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What stands beside a text and not in it: a comment (with its author), a footnote or an endnote."""

    kind: Literal["comment", "footnote", "endnote"]
    text: str
    author: str = ""
    signs: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph outside of tables.

    `level` is 1 to 9 for a heading, 0 for other text; `label` the number that Word counts by itself (`3.1.`), with
    which `text` begins. Tabs are kept. `signs` are the characters of the file in it: no spaces, no labels.
    """

    text: str
    place: Place
    style: str = ""
    level: int = 0
    alignment: Alignment = ""
    label: str = ""
    is_bold: bool = False
    bookmarks: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    signs: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell, once, however many rows and columns it is merged over; `row` and `column` are those it begins at, from 1.

    `row` is the number of the row in its table or worksheet, as people see it. `value` is there in typed files where
    the cell is no text. `bookmarks` are the names of those that begin in the cell (in a workbook: names that mean it).
    `signs` are the characters of the file in it: no spaces, no labels, no bullets.
    """

    text: str
    place: Place
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    value: Typed | None = None
    is_bold: bool = False
    alignment: Alignment = ""
    bookmarks: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    signs: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the `cells` that begin in it, and those from `above` that are merged into it, both from left to right.

    `is_heading` where the file repeats it on every page. `bookmarks` are those that begin in its cells, in order.
    """

    number: int
    cells: tuple[Cell, ...]
    above: tuple[Cell, ...] = ()
    is_heading: bool = False
    is_hidden: bool = False

    @property
    def standing(self) -> tuple[Cell, ...]:
        """The cells that are seen in this row, from left to right."""
        return tuple(sorted((*self.cells, *self.above), key=_column)) if self.above else self.cells

    def at(self, column: int) -> Cell | None:
        """Return the cell that is seen in this row at a column of the grid, merged or not; None where there is none."""
        cells = self.standing
        index = bisect_right(cells, column, key=_column) - 1
        if index < 0 or column >= cells[index].column + cells[index].column_span:
            return None
        return cells[index]

    @property
    def bookmarks(self) -> tuple[str, ...]:
        """The names of the bookmarks that begin in the row's cells."""
        return tuple(name for cell in self.cells for name in cell.bookmarks)


def _column(cell: Cell) -> int:
    return cell.column


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a document, or a worksheet whole: titles above its table and signatures below it are rows of it too.

    Rows of a worksheet that hold nothing are left out; `Row.number` tells of the gap. `columns` is the number of
    columns of the grid, `hidden_columns` are those that the file hides. `name` is the worksheet's, "" in a document.
    """

    rows: tuple[Row, ...]
    place: Place
    columns: int
    name: str = ""
    is_hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()

    def cells(self) -> Iterator[Cell]:
        """Yield every cell once, row by row."""
        for row in self.rows:
            yield from row.cells


Block: TypeAlias = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Built:
    """What planctl built a file from: the name of the sheet (`council.2023.table`), and its cells at that time.

    `cells` has, by address and column, the digest of what the cell said (see `forms.paper.digest`).
    """

    sheet: str = ""
    cells: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OfficeFile:
    """A file that was read. `name` is its path as findings name it, with "/".

    `anchors` leads from a bookmark to the address (`council#waste-1`) of its item, where planctl built the file.
    `remarks` are warnings: what was accepted, unhidden or not there. `signs` is the number of characters that are no
    spaces in the file's text, counted apart from the blocks; `blocks` hold as many, each once.
    """

    name: str
    kind: Kind
    blocks: tuple[Block, ...]
    remarks: tuple[Diagnostic, ...] = ()
    anchors: Mapping[str, str] = field(default_factory=dict)
    built: Built = field(default_factory=Built)
    signs: int = 0

    @property
    def tables(self) -> tuple[Table, ...]:
        """Its tables, or its worksheets, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Its paragraphs outside of tables, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))
