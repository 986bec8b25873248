"""What the XML of a workbook calls its things, and how places stand in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planctl.importer.grid import LAST_COLUMN

if TYPE_CHECKING:
    from planctl.render.wordml.xml import Element

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ROW, CELL, VALUE, FORMULA, INLINE, TEXT, RUN, ITEM, MERGED, COLUMN = (
    f"{MAIN}{name}" for name in ("row", "c", "v", "f", "is", "t", "r", "si", "mergeCell", "col")
)
AREA = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Za-z]{1,3})\$?([0-9]{1,7}))?")
TRUE = frozenset({"1", "true", "on"})


def forget(element: Element) -> None:
    """Free an element that was read, and those before it."""
    element.clear()
    parent = element.getparent()
    if parent is not None and len(parent) > 1:
        del parent[0 : len(parent) - 1]


def column_number(letters: str) -> int:
    """Return 1 for A and 27 for AA; 0 for what is no column."""
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z" or number > LAST_COLUMN:
            return 0
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
