"""What the tidying makes of a paragraph in a table, found out once for all that differ in their texts alone.

In: paragraphs as the tags left them, by their keys. Out: the same ones tidied, with places for the texts to come.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from planctl.render.wordml.cutting import NotStreamableError
from planctl.render.wordml.lists import count_in, mark_of
from planctl.render.wordml.paging import keep_with_next, resize
from planctl.render.wordml.parting import paragraph_of
from planctl.render.wordml.pieces import parted, place
from planctl.render.wordml.shell import holds_more_than_text
from planctl.render.wordml.tables import asked
from planctl.render.wordml.text import lines
from planctl.render.wordml.tidying import Ids, lift_bookmarks, tidy_texts
from planctl.render.wordml.xml import MARKS, PPR, SIZE, WIDTHS, P, T

if TYPE_CHECKING:
    from planctl.render.wordml.lists import Numbering
    from planctl.render.wordml.parting import Key
    from planctl.render.wordml.pieces import Pieces
    from planctl.render.wordml.shell import Shell

_MOST = 1000
"""So many shapes are kept."""


class Look(NamedTuple):
    """How a paragraph is to come out: the names of its bookmarks that are `fresh`, the size, and what it belongs to."""

    fresh: tuple[bool, ...]
    points: str = ""
    is_counted: bool = False
    is_kept: bool = False
    is_emptied: bool = False


@dataclass(frozen=True, slots=True)
class TidyParagraph:
    """A paragraph with places for texts, and the lines that it shows."""

    xml: Pieces
    shown: tuple[Pieces, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """Paragraphs that differ in their texts alone: what marks ask for, and how they come out."""

    source: str
    texts: int
    names: int
    mark: str
    counted: tuple[str, int] | None
    marks: frozenset[str]
    shares: str
    points: str
    raw: Pieces
    done: dict[Look, TidyParagraph] = field(default_factory=dict)


class Paragraphs:
    """The shapes of the paragraphs in one template's tables, kept from sheet to sheet."""

    def __init__(self, shell: Shell, numbering: Numbering | None) -> None:
        self._shell = shell
        self._numbering = numbering
        self._known: dict[Key, Shape] = {}

    def of(self, key: Key) -> Shape:
        """Return the shape of a paragraph, given as `texts_apart` gives it."""
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= _MOST:
                self._known.clear()
            found = self._known[key] = self._shape(key)
        return found

    def _shape(self, key: Key) -> Shape:
        if any(map(holds_more_than_text, key[::2])):
            raise NotStreamableError("a paragraph in a table holds more than text")
        xml, texts, names = paragraph_of(key)
        paragraph = self._shell.only(self._shell.within(xml), P)
        mark = mark_of(paragraph)
        counted = self._numbering.of(paragraph) if mark and self._numbering else None
        marks = frozenset(letter for text in paragraph.iter(T) for letter in text.text or "") & MARKS
        shares, points = asked(paragraph, WIDTHS), asked(paragraph, SIZE)
        raw = parted("".join(text.text or "" for text in paragraph.iter(T)))
        return Shape(xml, texts, names, mark, counted, marks, shares, points, raw)

    def tidied(self, shape: Shape, look: Look) -> TidyParagraph:
        """Return a paragraph as it comes out: its texts, names, ids and the number of its list are its places."""
        found = shape.done.get(look)
        if found is None:
            found = shape.done[look] = self._tidied(shape, look)
        return found

    def _tidied(self, shape: Shape, look: Look) -> TidyParagraph:
        root = self._shell.within(shape.source)
        paragraph = self._shell.only(root, P)
        fresh = sum(look.fresh)
        number = place(shape.texts + shape.names + fresh)
        if look.is_counted and shape.counted:
            count_in(paragraph, number, level=shape.counted[1])
        if look.is_emptied:
            for child in [child for child in paragraph if child.tag != PPR]:
                paragraph.remove(child)
        lift_bookmarks(root)
        for mark in (WIDTHS, SIZE):
            asked(paragraph, mark)
        if look.points:
            resize(root, look.points)
        if look.is_kept:
            keep_with_next(root)
        tidy_texts(root)
        names = [place(shape.texts + at) for at in range(shape.names)]
        ids = (place(shape.texts + shape.names + at) for at in range(fresh))
        Ids((name for name, is_fresh in zip(names, look.fresh, strict=True) if not is_fresh), ids).number(root)
        shown = tuple(map(parted, lines(paragraph)[1:]))
        return TidyParagraph(parted(self._shell.cut_out(root)), shown)
