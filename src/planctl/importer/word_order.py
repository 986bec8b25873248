"""The order of a Word file as it reads with all changes accepted. In: an element. Out: its tables and paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.importer.word_text import ALTERNATE, CHOICE, DELETED, FALLBACK, KEPT, REMOVED, SDT, content_of
from planctl.render.wordml.xml import BOOKMARK_START, NAME, PPR, RPR, TBL, P, W

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.render.wordml.xml import Element

_CUSTOM = f"{W}customXml"


def flat(parent: Element) -> Iterator[Element]:
    """Yield the children as if no content controls, moved blocks and old markup stood around them."""
    for child in parent:
        tag = child.tag
        if tag == SDT:
            for content in content_of(child):
                yield from flat(content)
        elif tag == _CUSTOM or tag in KEPT:
            yield from flat(child)
        elif tag == ALTERNATE:
            for chosen in child.iterchildren(CHOICE, FALLBACK):
                yield from flat(chosen)
                break
        elif tag not in REMOVED:
            yield child


def grouped(parent: Element, bookmarks: list[str] | None = None) -> Iterator[list[Element]]:
    """Yield tables, and paragraphs with those that a deleted mark joins to them; keep bookmarks between them."""
    waiting: list[Element] = []
    for child in flat(parent):
        if child.tag == P:
            waiting.append(child)
            if child.find(f"{PPR}/{RPR}/{DELETED}") is None:
                yield waiting
                waiting = []
        elif child.tag == TBL:
            if waiting:
                yield waiting
                waiting = []
            yield [child]
        elif child.tag == BOOKMARK_START and bookmarks is not None:
            bookmarks.append(child.get(NAME, ""))
    if waiting:
        yield waiting
