"""The text that a reader of a Word part sees, and whether all values of a sheet stand in it.

In: trees of parts, and values with their addresses. Out: lines of text; the values that are missing.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING

from planctl.render.wordml.xml import BR, CR, NO_BREAK_HYPHEN, TAB, TR, TRPR, P, R, T, W

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planctl.render.wordml.xml import Element

_INSTRUCTION, _FIELD = f"{W}instrText", f"{W}fldChar"

Value = tuple[str, str]
"""A text of the sheet, and the address of its item."""


def lines(root: Element) -> list[str]:
    """Return the shown lines of a part: each paragraph begins one, and so does a line break.

    What a field counts (the page's number) is not among them: Word puts in another number, and it is no value.
    """
    shown: list[list[str]] = [[]]
    counting = False
    for element in root.iter(P, T, BR, CR, TAB, NO_BREAK_HYPHEN, _INSTRUCTION, _FIELD):
        if element.tag == _INSTRUCTION:
            counting = counting or "PAGE" in (element.text or "")
        elif element.tag == _FIELD:
            counting = counting and element.get(f"{W}fldCharType") != "end"
        elif element.tag == T:
            shown[-1].append("" if counting else element.text or "")
        elif element.tag in {P, BR, CR}:
            shown.append([])
        # A tab is also the name of a tab stop, which shows nothing.
        elif element.getparent().tag == R:
            shown[-1].append("\t" if element.tag == TAB else "\N{NON-BREAKING HYPHEN}")
    return ["".join(pieces) for pieces in shown]


def column_numbers(root: Element) -> list[str]:
    """Return the lines of heading rows that hold nothing but numbers: they stand for no value of the sheet."""
    rows = (row for row in root.iter(TR) if row.find(f"{TRPR}/{W}tblHeader") is not None)
    found = ([line for line in lines(row) if line] for row in rows)
    return [line for row in found if all(line.isdigit() for line in row) for line in row]


def lost(
    values: Iterable[Value], shown: Iterable[str], *, limit: int, besides: Iterable[str] = ()
) -> tuple[Value, ...]:
    """Return the first values of which a line is nowhere to be seen; linear in both.

    Each shown line, but for those `besides`, stands for one value only: a score left out of one column must not be
    found in the next. What is no whole line is looked for inside those that are left over (see `_lost_inside`).
    """
    stock = Counter(shown := list(shown))
    stock.subtract(besides)
    inner = [value for value in _single_lines(values) if not _taken(value[0], stock)]
    rest = "\n".join(line for line in shown if _taken(line, stock)) if inner else ""
    return tuple(islice(_lost_inside(rest, inner), limit))


def _lost_inside(rest: str, inner: Iterable[Value]) -> Iterator[Value]:
    """Yield the values that are not inside the text, looking from where the item before was found, then anywhere.

    An item's longest line tells where it stands: a short one ("7") may also be found far ahead.
    """
    start = 0
    for _, item in groupby(inner, key=itemgetter(1)):
        longest, place = 0, start
        for line, address in item:
            found = _find(line, rest, start)
            found = _find(line, rest, 0) if found < 0 else found
            if found < 0:
                yield line, address
            elif len(line) > longest:
                longest, place = len(line), found
        start = place


def _find(line: str, text: str, start: int) -> int:
    """Return where the line stands in the text; a "1" does not stand in "12"."""
    found = text.find(line, start)
    while found >= 0 and (
        (line[0].isdigit() and text[found - 1 : found].isdigit())
        or (line[-1].isdigit() and text[found + len(line) : found + len(line) + 1].isdigit())
    ):
        found = text.find(line, found + 1)
    return found


def _taken(line: str, stock: Counter[str]) -> bool:
    if stock[line] <= 0:
        return False
    stock[line] -= 1
    return True


def _single_lines(values: Iterable[Value]) -> Iterator[Value]:
    for text, address in values:
        for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
            if line.strip():
                yield line, address
