"""The headings of a table: one row, or two where columns stand under a heading that is merged over them.

In: a table. Out: rows of headings, each with the columns and rows that it stands over; widths that their words fit in.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from planctl.render.measure import needed

if TYPE_CHECKING:
    from planctl.forms.form import Column
    from planctl.report.sheet import Table

_PAGE = 714.0
"""Points between the margins of A4 across: 252 mm."""

_SIZE = 9.0
_EDGES = 6.0
"""Points of a column's width that are not for text."""


@dataclass(frozen=True, slots=True)
class Head:
    """A heading: the column it begins at, from 0, and how many `columns` and `rows` it is merged over."""

    text: str
    first: int
    columns: int = 1
    rows: int = 1


def heading_rows(table: Table) -> tuple[tuple[Head, ...], ...]:
    """Return the headings row by row, from left to right; one merged over both rows stands in the first only."""
    if not any(column.over for column in table.columns):
        return (tuple(Head(column.heading, at) for at, column in enumerate(table.columns)),)
    upper: list[Head] = []
    lower: list[Head] = []
    for over, members in groupby(enumerate(table.columns), key=_over):
        inner = [Head(column.heading, at) for at, column in members]
        if over:
            upper.append(Head(over, inner[0].first, columns=len(inner)))
            lower += inner
        else:
            upper += [Head(one.text, one.first, rows=2) for one in inner]
    return tuple(upper), tuple(lower)


def _over(column: tuple[int, Column]) -> str:
    return column[1].over


def column_widths(table: Table) -> tuple[float, ...]:
    """Return the columns' widths as the form has them, but none too narrow for the longest word of its heading.

    What these columns need more is taken from the others, from each in proportion. Where there is not so much room, all
    stay as they are.
    """
    given = tuple(column.width for column in table.columns)
    whole = sum(given)
    words = (needed(column.heading, size=_SIZE, bold=True) for column in table.columns)
    least = [(word + _EDGES) * whole / _PAGE for word in words]
    if sum(least) >= whole:
        return given
    widths, narrow = given, frozenset[int]()
    while too_narrow := {at for at, width in enumerate(widths) if at not in narrow and width < least[at]}:
        narrow |= too_narrow
        room = whole - sum(least[at] for at in narrow)
        others = sum(width for at, width in enumerate(given) if at not in narrow)
        widths = tuple(least[at] if at in narrow else width * room / others for at, width in enumerate(given))
    return widths
