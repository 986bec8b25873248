"""Let every numbered list begin at 1: Word goes on counting through the paragraphs of one style unless told otherwise.

In: the marked trees of the parts, and those of the template's styles and numbering. Out: the same trees, changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from planctl.render.wordml.xml import LIST_ITEM, LIST_START, PPR, TC, VAL, P, T, W, place_after

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from planctl.render.wordml.xml import Element

_PPR_BEFORE_NUMBERS = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")


class Numbering:
    """The lists of a template: which paragraph style counts by which definition, and new lists of the same looks."""

    def __init__(self, styles: Element, numbering: Element) -> None:
        self._numbering = numbering
        self._definitions = {
            number.get(f"{W}numId"): number.find(f"{W}abstractNumId").get(VAL)
            for number in numbering.iterfind(f"{W}num")
        }
        self._styles = {style.get(f"{W}styleId"): style for style in styles.iterfind(f"{W}style")}
        self._levels = {
            link.get(VAL): (definition.get(f"{W}abstractNumId"), int(link.getparent().get(f"{W}ilvl")))
            for definition in numbering.iterfind(f"{W}abstractNum")
            for link in definition.iterfind(f"{W}lvl/{W}pStyle")
        }
        self._next = max((int(number) for number in self._definitions), default=0) + 1

    @property
    def first_free(self) -> int:
        """Return the number that the next new list gets."""
        return self._next

    def of(self, paragraph: Element) -> tuple[str, int] | None:
        """Return the definition and level that a paragraph counts by, or None for one without numbers."""
        properties = paragraph.find(PPR)
        if properties is None:
            return None
        if (own := self._named(properties)) is not None:
            return own
        named = properties.find(f"{W}pStyle")
        style = self._styles.get(named.get(VAL)) if named is not None else None
        for ancestor in self._line(style):
            found = self._named(ancestor.find(PPR))
            if found is not None:
                return self._levels.get(ancestor.get(f"{W}styleId"), found)
        return None

    def begin(self, definition: str, level: int) -> str:
        """Return the number of a new list that looks as defined and starts again at that level."""
        id_ = str(self._next)
        number = etree.SubElement(self._numbering, f"{W}num", {f"{W}numId": id_})
        etree.SubElement(number, f"{W}abstractNumId", {VAL: definition})
        override = etree.SubElement(number, f"{W}lvlOverride", {f"{W}ilvl": str(level)})
        etree.SubElement(override, f"{W}startOverride", {VAL: "1"})
        self._next += 1
        cleanup = self._numbering.find(f"{W}numIdMacAtCleanup")
        if cleanup is not None:
            self._numbering.append(cleanup)
        return id_

    def _named(self, properties: Element | None) -> tuple[str, int] | None:
        number = None if properties is None else properties.find(f"{W}numPr/{W}numId")
        if properties is None or number is None or number.get(VAL) not in self._definitions:
            return None
        level = properties.find(f"{W}numPr/{W}ilvl")
        return self._definitions[number.get(VAL)], 0 if level is None else int(level.get(VAL))

    def _line(self, style: Element | None) -> Iterator[Element]:
        seen = set()
        while style is not None and id(style) not in seen:
            seen.add(id(style))
            yield style
            above = style.find(f"{W}basedOn")
            style = self._styles.get(above.get(VAL)) if above is not None else None


class Counting:
    """The numbers of the lists of one part, from its first marked paragraph to its last.

    Each marked item gets the list that its cell's last beginning of that definition and level opened.
    """

    def __init__(self, begin: Callable[[str, int], str]) -> None:
        self._begin = begin
        self._current: dict[tuple[str, int], str] = {}
        self._cell: object = None

    def number(self, mark: str, counted: tuple[str, int], cell: object) -> str:
        """Return the number of the list that a marked paragraph of a cell (None: of no cell) belongs to."""
        self.enter(cell)
        if mark == LIST_START or counted not in self._current:
            self._current[counted] = self._begin(*counted)
        return self._current[counted]

    def enter(self, cell: object) -> None:
        """Go on in a cell that holds a marked paragraph: in another one no list goes on."""
        if cell is not self._cell:
            self._current, self._cell = {}, cell


def restart(root: Element, numbering: Numbering, counting: Counting) -> None:
    """Give each marked item of a part the number of its list."""
    for paragraph in root.iter(P):
        mark = mark_of(paragraph)
        if not mark:
            continue
        cell = next(paragraph.iterancestors(TC), None)
        counting.enter(cell)
        counted = numbering.of(paragraph)
        if counted is not None:
            count_in(paragraph, counting.number(mark, counted, cell), level=counted[1])


def mark_of(paragraph: Element) -> str:
    """Return the mark that a numbered item carries in front of its text, empty for any other paragraph."""
    letters = {letter for text in paragraph.iter(T) for letter in (text.text or "")[:1]}
    return next((mark for mark in (LIST_START, LIST_ITEM) if mark in letters), "")


def count_in(paragraph: Element, number: str, *, level: int) -> None:
    """Let a paragraph count in a list."""
    properties = paragraph.find(PPR)
    old = properties.find(f"{W}numPr")
    if old is not None:
        properties.remove(old)
    numbers = etree.Element(f"{W}numPr")
    etree.SubElement(numbers, f"{W}ilvl", {VAL: str(level)})
    etree.SubElement(numbers, f"{W}numId", {VAL: number})
    place_after(properties, _PPR_BEFORE_NUMBERS, numbers)
