"""Names of WordprocessingML, its reading and writing, and the marks that a filled template carries to the tidying."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterable

Element = Any
"""An lxml element; lxml brings no types of its own."""

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{MAIN}}}"
P, R, T, BR, CR, TAB = (f"{W}{name}" for name in ("p", "r", "t", "br", "cr", "tab"))
NO_BREAK_HYPHEN = f"{W}noBreakHyphen"
PPR, RPR, VAL = (f"{W}{name}" for name in ("pPr", "rPr", "val"))
TBL, TR, TC, TCPR, TRPR = (f"{W}{name}" for name in ("tbl", "tr", "tc", "tcPr", "trPr"))
BOOKMARK_START, BOOKMARK_END, ID, NAME = (f"{W}{name}" for name in ("bookmarkStart", "bookmarkEnd", "id", "name"))
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

# Noncharacters: no plan may hold them, and XML can carry them from the filled template to the tidying.
LIST_START = "\ufdd0"
LIST_ITEM = "\ufdd1"
MERGED_UP = "\ufdd2"
WIDTHS = "\ufdd3"
WHOLE = "\ufdd4"
SIZE = "\ufdd5"
SHORT_ROWS_WHOLE = "\ufdd6"
MARKS = frozenset((LIST_START, LIST_ITEM, MERGED_UP, WIDTHS, WHOLE, SIZE, SHORT_ROWS_WHOLE))


TEXT_PARTS = ("header+xml", "footer+xml", "footnotes+xml", "endnotes+xml")
"""How the content types of the parts end that hold text, beside the body."""


def parsed(content: bytes) -> Element:
    """Return the root of a part; nothing is repaired, and nothing outside of it is read."""
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def place_after(parent: Element, names: Iterable[str], child: Element) -> None:
    """Put a child behind all children of those names, as the schema's order of elements asks."""
    before = {f"{W}{name}" for name in names}
    at = max((index + 1 for index, element in enumerate(parent) if element.tag in before), default=0)
    parent.insert(at, child)


def properties_of(parent: Element, name: str) -> Element:
    """Return the properties of a cell, a paragraph or a run, which stand in front of all else; new ones if need be."""
    found = parent.find(name)
    if found is None:
        found = etree.Element(name)
        parent.insert(0, found)
    return found
