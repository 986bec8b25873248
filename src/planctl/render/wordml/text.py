"""The text that a reader of a Word part sees. In: trees of parts. Out: lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.render.wordml.xml import BR, CR, NO_BREAK_HYPHEN, TAB, TR, TRPR, P, R, T, W

if TYPE_CHECKING:
    from planctl.render.wordml.xml import Element

_INSTRUCTION, _FIELD = f"{W}instrText", f"{W}fldChar"


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
