"""Places in office files, told as people find them there: «Хүснэгт!C5», table 2, row 5, column 3.

In: numbers from 1. Out: words in the language in use.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

from planctl.words import _, said

if TYPE_CHECKING:
    from collections.abc import Mapping

_PARTS = {
    "header": _("page header"),
    "footer": _("page footer"),
    "textbox": _("text box"),
    "footnote": _("footnotes"),
    "endnote": _("endnotes"),
}
_SENTENCES: Mapping[tuple[str, ...], str] = {
    ("table",): _("table {table}"),
    ("table", "row"): _("table {table}, row {row}"),
    ("table", "column"): _("table {table}, column {column}"),
    ("table", "row", "column"): _("table {table}, row {row}, column {column}"),
    ("paragraph",): _("paragraph {paragraph}"),
    ("row",): _("row {row}"),
    ("column",): _("column {column}"),
    ("row", "column"): _("row {row}, column {column}"),
}
_PLAIN_NAME = re.compile(r"[^\W\d]\w*")
_LETTERS = 26


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in an office file; what is 0 or "" is not told.

    In a worksheet it is told by the sheet's name, the row and the column's letter; in a document by the table (all
    tables counted, those inside others too) with its row and column, or by the paragraph, where it is in no table; in a
    CSV file by row and column. `part` is what it stands in where that is not the text itself.
    """

    sheet: str = ""
    part: Literal["", "header", "footer", "textbox", "footnote", "endnote"] = ""
    table: int = 0
    paragraph: int = 0
    row: int = 0
    column: int = 0

    def __str__(self) -> str:
        if self.sheet:
            return _in_sheet(self)
        shown = tuple(name for name in ("table", "paragraph", "row", "column") if getattr(self, name))
        inside = [said(_SENTENCES[shown], asdict(self))] if shown else []
        return ", ".join([said(_PARTS[self.part]), *inside] if self.part else inside)


NOWHERE = Place()


def _in_sheet(place: Place) -> str:
    """Return `Хүснэгт!C5`, or `'Хүснэгт 2'!C5`: as Excel writes it in formulas and takes it in its box of names."""
    doubled = place.sheet.replace("'", "''")
    sheet = place.sheet if _PLAIN_NAME.fullmatch(place.sheet) else f"'{doubled}'"
    if place.row:
        return f"{sheet}!{letters_of(place.column)}{place.row}"
    if place.part:
        return f"{sheet}, {said(_PARTS[place.part])}"
    return f"{sheet}!{letters_of(place.column)}" if place.column else sheet


def letters_of(column: int) -> str:
    """Return the letters of a worksheet's column: A for 1, AA for 27, "" for 0."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + letter) + letters
    return letters
