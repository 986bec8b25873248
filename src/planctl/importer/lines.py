"""Paragraphs and list items of a document as lines of text, in the notation that plans are written in.

In: paragraphs with what their list puts in front of them. Out: text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeGuard

from planctl.importer.office_file import Block, Paragraph, Table


@dataclass(frozen=True, slots=True)
class Label:
    """What a list puts in front of a paragraph: a number (`3.1.`), or the sign of a bullet ("" then).

    `left` and `depth` tell how deep it lies: its indent in any unit, and its level in its list.
    """

    number: str
    left: int
    depth: int

    @property
    def is_bullet(self) -> bool:
        """Whether it is no number."""
        return not self.number


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph: its text without the label, and the characters of that text."""

    text: str
    label: Label | None = None
    signs: int = 0


def is_page_number(block: Block) -> TypeGuard[Paragraph]:
    """Tell whether what stands above or below a page counts the pages: it is made anew on every page, and no text."""
    return isinstance(block, Paragraph) and not any(letter.isalpha() for letter in block.text)


class Nesting:
    """How deep a list item lies in those before it, by its indent."""

    def __init__(self) -> None:
        self._outer: list[tuple[int, int]] = []

    def of(self, label: Label) -> int:
        """Return 0 for an item of the outermost list, 1 for one inside it."""
        here = (label.left, label.depth)
        while self._outer and here < self._outer[-1]:
            self._outer.pop()
        if not self._outer or self._outer[-1] < here:
            self._outer.append(here)
        return len(self._outer) - 1


def labelled(item: Item, nesting: Nesting) -> str:
    """Return a paragraph's text behind its label, as deep as it lies; an item without text shows its number alone."""
    if item.label is None:
        return item.text
    if not item.text:
        return item.label.number
    inside = "  " * nesting.of(item.label)
    mark = "-" if item.label.is_bullet else item.label.number
    below = f"\n{inside}  "
    return f"{inside}{mark} {item.text.replace(chr(10), below)}"


class Lines:
    """The text of a cell so far: a blank line parts paragraphs, and none stands between the items of a list."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._nesting = Nesting()
        self.signs = 0

    def add(self, item: Item) -> None:
        """Add a paragraph; one without text or number is left out."""
        if item.label is None and item.text:
            self._nesting = Nesting()
        self._add(labelled(item, self._nesting), "\n" if item.label else "\n\n", item.signs)

    def add_table(self, table: Table) -> None:
        """Add a table that stands inside: a paragraph for each row, its cells parted by “ | ”."""
        for row in table.rows:
            texts = [" ".join(cell.text.split()) for cell in row.cells]
            if any(texts):
                self._add(" | ".join(texts), "\n\n", sum(cell.signs for cell in row.cells))

    def _add(self, text: str, parting: str, signs: int) -> None:
        if not text:
            return
        if self._pieces:
            self._pieces.append(parting)
        self._pieces.append(text.replace("\t", " "))
        self.signs += signs

    @property
    def text(self) -> str:
        """All that was added."""
        return "".join(self._pieces)
