"""How many characters a part of a Word file holds, counted straight from its XML, as an account of what was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.importer.signs import signs_of
from planctl.importer.word_cells import CELL_DELETED
from planctl.importer.word_text import CHOICE, FALLBACK, MATH_TEXT, REMOVED, SDT, SYMBOL, content_of
from planctl.render.wordml.xml import NO_BREAK_HYPHEN, RPR, TCPR, TRPR, R, T

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.render.wordml.xml import Element


def signs_in(root: Element) -> int:
    """Count the characters of a part straight from its XML."""
    return _all_signs(root) - sum(map(_all_signs, _unread(root)))


def _all_signs(root: Element) -> int:
    text = "".join(one.text or "" for one in root.iter(T, MATH_TEXT))
    return signs_of(text) + sum(1 for one in root.iter(NO_BREAK_HYPHEN, SYMBOL) if one.getparent().tag == R)


def _unread(root: Element) -> Iterator[Element]:
    """Yield the outermost elements whose text is not read: what changes removed, and what is there twice."""
    for element in root.iter(*REMOVED, CELL_DELETED, FALLBACK, SDT):
        if element.tag == FALLBACK and element.getparent().find(CHOICE) is None:
            continue
        if element.tag == SDT and content_of(element):
            continue
        parent = element.getparent()
        if parent.tag == RPR:
            continue
        if parent.tag in {TRPR, TCPR}:
            yield parent.getparent()
        else:
            yield element
