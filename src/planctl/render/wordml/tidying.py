"""Make a filled part what Word itself would have written: breaks, merged cells, widths, bookmarks and ids.

In: the tree of a part as the template's tags left it. Out: the same tree, changed in place; no mark is left in it.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from lxml import etree

from planctl.render.wordml.paging import keep_on_pages, set_size
from planctl.render.wordml.tables import lay_out
from planctl.render.wordml.xml import (
    BOOKMARK_END,
    BOOKMARK_START,
    ID,
    MARKS,
    NAME,
    RPR,
    SPACE,
    TBL,
    TC,
    TCPR,
    TR,
    P,
    R,
    T,
    W,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planctl.render.wordml.xml import Element

_TCPR_ORDER = (
    "cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "textDirection",
    "tcFitText", "vAlign", "hideMark",
)  # fmt: skip
_DRAWING_ID = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_PARAGRAPH_IDS = tuple(
    f"{{http://schemas.microsoft.com/office/word/2010/wordml}}{name}" for name in ("paraId", "textId")
)


def tidy(root: Element) -> None:
    """Tidy one part; the ids of bookmarks and drawings are for `Ids`, over all parts."""
    tidy_content(root)
    end_in_a_paragraph(root.find(f"{W}body"))


def tidy_content(root: Element) -> None:
    """Tidy all that does not hang on where a part ends."""
    lift_bookmarks(root)
    for table in list(root.iter(TBL)):
        if next(table.iter(TR), None) is None:
            table.getparent().remove(table)
        else:
            lay_out(table)
            keep_on_pages(table, size=set_size(table))
    for cell in root.iter(TC):
        complete(cell)
    tidy_texts(root)


def lift_bookmarks(root: Element) -> None:
    """Put the bookmarks that stand in a text in front of its run."""
    for mark in list(root.iter(BOOKMARK_START, BOOKMARK_END)):
        _lift_out_of_text(mark)


def tidy_texts(root: Element) -> None:
    """Bring line breaks and tabs into Word's form, and drop marks, empty runs and paragraphs' own ids."""
    for text in list(root.iter(T)):
        _break_lines(text)
    for run in list(root.iter(R)):
        _drop_if_empty(run)
    for paragraph in root.iter(P):
        for name in _PARAGRAPH_IDS:
            paragraph.attrib.pop(name, None)


def complete(cell: Element) -> None:
    """End a cell in a paragraph, and bring what docxtpl appended or prepended to its properties into Word's order."""
    if not len(cell) or cell[-1].tag != P:
        etree.SubElement(cell, P)
    for properties in cell.iterfind(TCPR):
        properties[:] = sorted(properties, key=_rank)


def _rank(property_: Element) -> int:
    name = property_.tag.removeprefix(W)
    return _TCPR_ORDER.index(name) if name in _TCPR_ORDER else len(_TCPR_ORDER)


def _lift_out_of_text(mark: Element) -> None:
    """Put a bookmark's end in front of its run, where a template wrote `{{ anchor(row) }}` without the r."""
    text = mark.getparent()
    if text.tag != T:
        return
    before = mark.getprevious()
    if before is None:
        text.text = (text.text or "") + (mark.tail or "")
    else:
        before.tail = (before.tail or "") + (mark.tail or "")
    mark.tail = None
    text.getparent().addprevious(mark)


def _break_lines(text: Element) -> None:
    """Turn the line breaks and tabs of a value into Word's own, and drop the marks."""
    value = text.text or ""
    if not MARKS.isdisjoint(value):
        value = text.text = "".join(letter for letter in value if letter not in MARKS)
    if value != value.strip():
        text.set(SPACE, "preserve")
    if "\n" not in value and "\t" not in value:
        return
    run, at = text.getparent(), text.getparent().index(text)
    run.remove(text)
    run[at:at] = list(_pieces(value))


def _pieces(value: str) -> Iterator[Element]:
    for number, line in enumerate(value.split("\n")):
        if number:
            yield etree.Element(f"{W}br")
        for place, words in enumerate(line.split("\t")):
            if place:
                yield etree.Element(f"{W}tab")
            piece = etree.Element(T)
            piece.set(SPACE, "preserve")
            piece.text = words
            yield piece


def _drop_if_empty(run: Element) -> None:
    if all(child.tag == RPR or (child.tag == T and not child.text) for child in run):
        run.getparent().remove(run)


def end_in_a_paragraph(body: Element | None, *, behind_table: bool = False) -> None:
    """Put a paragraph of no height behind a table that ends the document: Word wants one there.

    `behind_table` tells what stands in front of the body's content.
    """
    if body is None:
        return
    content = [child for child in body if child.tag != f"{W}sectPr"]
    if content[-1].tag == TBL if content else behind_table:
        paragraph = etree.fromstring(
            f'<w:p xmlns:w="{W[1:-1]}"><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
            '<w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'
        )
        body.insert(body.index(content[-1]) + 1 if content else 0, paragraph)


# Ids


class Ids:
    """The ids of bookmarks and drawings, given anew over all parts of a document, one part after the other.

    `names` are those of the bookmarks so far; what repeats one of them is left out, and what has one end only.
    """

    def __init__(self, names: Iterable[str] = (), bookmarks: Iterator[object] | None = None) -> None:
        self.names = set(names)
        self._bookmarks: Iterator[object] = count(1) if bookmarks is None else bookmarks
        self._drawings = count(1)

    def next(self) -> str:
        """Return the id of the next bookmark."""
        return str(next(self._bookmarks))

    def number(self, root: Element) -> int:
        """Give a part its ids, and return how many bookmarks in it had no end."""
        opened: dict[str, tuple[Element, str | None]] = {}
        for element in list(root.iter(BOOKMARK_START, BOOKMARK_END)):
            if element.tag == BOOKMARK_START:
                repeated = element.get(NAME) in self.names
                opened[element.get(ID)] = (element, None if repeated else self.next())
                self.names.add(element.get(NAME))
            else:
                _close(element, opened)
        for start, _ in opened.values():
            self.names.discard(start.get(NAME))
            start.getparent().remove(start)
        for drawing in root.iter(_DRAWING_ID):
            drawing.set("id", str(next(self._drawings)))
        return len(opened)


def _close(end: Element, opened: dict[str, tuple[Element, str | None]]) -> None:
    start, number = opened.pop(end.get(ID), (None, None))
    if number is None:
        for edge in (start, end):
            if edge is not None:
                edge.getparent().remove(edge)
        return
    for edge in (start, end):
        edge.set(ID, number)
