"""What the readers of text documents, Word's and LibreOffice's, make alike: paragraphs, and cells of their paragraphs.

In: paragraphs as they were read. Out: a `Paragraph`, or a `Cell`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Generic, TypeVar

from planctl.importer.lines import Item, Lines, Nesting, labelled
from planctl.importer.office_file import Block, Cell, Note, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planctl.importer.office_file import Alignment
    from planctl.place import Place
    from planctl.render.wordml.xml import Element


ALIGNMENTS: Mapping[str, Alignment] = MappingProxyType(
    {"left": "left", "start": "left", "center": "center", "right": "right", "end": "right"}
)
"""What both kinds of file call the sides that a paragraph stands at."""


@dataclass(slots=True)
class Inline:
    """What was read of a paragraph so far; `boxes` are the contents of its text boxes, to be read after it."""

    pieces: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    bookmarks: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    plain: bool = False
    """Whether letters in it are not bold."""


Kind = TypeVar("Kind", bound=Inline)


@dataclass(slots=True)
class ReadText(Generic[Kind]):
    """A paragraph that was read, and how it stands."""

    item: Item
    style: str
    level: int
    alignment: Alignment
    is_bold: bool
    inline: Kind

    @property
    def is_empty(self) -> bool:
        """Whether it has neither text nor anything that hangs on one."""
        return not (self.item.text or self.inline.bookmarks or self.inline.notes)

    def at(self, place: Place, nesting: Nesting) -> Paragraph:
        """Return it as a paragraph outside of tables, as deep as it lies among the items before it."""
        text = labelled(self.item, nesting)
        return Paragraph(
            text=text,
            place=place,
            style=self.style,
            level=self.level,
            alignment=self.alignment,
            label=self.item.label.number if self.item.label and text else "",
            is_bold=self.is_bold,
            bookmarks=tuple(self.inline.bookmarks),
            notes=tuple(self.inline.notes),
            signs=self.item.signs,
        )


class CellText:
    """The text of a cell so far; `bookmarks` may be added to from outside."""

    def __init__(self) -> None:
        self.bookmarks: list[str] = []
        self._lines = Lines()
        self._notes: list[Note] = []
        self._alignment: Alignment = ""
        self._is_plain = False

    def add(self, read: ReadText[Kind]) -> None:
        """Add a paragraph."""
        self.bookmarks += read.inline.bookmarks
        self._notes += read.inline.notes
        self._is_plain = self._is_plain or read.inline.plain
        self._alignment = self._alignment or read.alignment
        self._lines.add(read.item)

    def add_tables(self, blocks: Iterable[Block]) -> None:
        """Add the tables among what was read of a table in the cell, as lines."""
        for block in blocks:
            if isinstance(block, Table):
                self._lines.add_table(block)

    def at(self, place: Place, *, row_span: int = 1, column_span: int = 1) -> Cell:
        """Return the cell; it is bold where all of its letters are."""
        text = self._lines.text
        return Cell(
            text=text,
            place=place,
            row=place.row,
            column=place.column,
            row_span=row_span,
            column_span=column_span,
            is_bold=bool(text) and not self._is_plain,
            alignment=self._alignment,
            bookmarks=tuple(self.bookmarks),
            notes=tuple(self._notes),
            signs=self._lines.signs,
        )
