"""How the rows of a table fall on worksheet rows and printed pages.

In: the lines of a row's cells. Out: strips, each one worksheet row. A row that does not fit on what is left of a page
goes on in a further strip on the next one, all its cells at the same line, as a row of a Word table does. Excel by
itself would move it whole and leave the page half empty, and shows no more than 409 points of a row in any case.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planctl.render.measure import Lines

PAGE = 472.0
"""Points of height on a page of A4 landscape between margins of 20 mm (482), less what programs round."""

PADDING = 3.75
MOST_POINTS = 400.0
"""Less than the 409 points that Excel shows of one row."""

KEPT_WHOLE = 8
"""A row of so few lines moves to the next page rather than break."""

LEAST = 4
"""No fewer lines of a row than this stay behind on a page."""


@dataclass(frozen=True, slots=True)
class Strip:
    """One worksheet row: the text of each cell, its height in lines, and the printed page it falls on.

    `starts` and `ends` tell whether it is the first and the last strip of its row.
    """

    texts: tuple[str, ...]
    lines: int
    page: int
    starts: bool
    ends: bool


@dataclass(frozen=True, slots=True)
class Run:
    """Strips from `first` up to and with `last` that one cell stands beside, and the part of its text there."""

    first: int
    last: int
    text: str


def height(lines: int, *, pitch: float) -> float:
    """Return the height in points of a row of so many lines."""
    return max(lines, 1) * pitch + PADDING


class Pager:
    """Where on its printed page the next row falls; `repeated` is the height of what stands on top of each page."""

    def __init__(self, page: float = PAGE) -> None:
        self.page = 1
        self.left = page
        self.repeated = 0.0
        self._height = page

    def place(self, points: float) -> int:
        """Return the page on which a row of this height falls, which is the next one if it does not fit here."""
        if points > self.left:
            self.turn()
        self.left -= points
        return self.page

    def turn(self) -> None:
        """Go on to the next page."""
        self.page += 1
        # However high the headings, some lines must find room below them.
        self.left = max(self._height - self.repeated, self._height / 3)

    def room(self, *, pitch: float) -> int:
        """Return how many lines a row could have here."""
        return int((min(self.left, MOST_POINTS) - PADDING) // pitch)


def strips(cells: Sequence[Lines], pager: Pager, *, pitch: float, least: int = 1) -> list[Strip]:
    """Return the strips of a row with these cells, of `least` lines at least, placed on the pager's pages."""
    total = max([least, *(len(cell) for cell in cells)])
    done: list[Strip] = []
    start = 0
    for end in _cuts(total, pager, pitch):
        texts = tuple(cell.part(start, end) for cell in cells)
        page = pager.place(height(end - start, pitch=pitch))
        done.append(Strip(texts, end - start, page, starts=start == 0, ends=end == total))
        start = end
    return done


def _cuts(total: int, pager: Pager, pitch: float) -> Iterator[int]:
    """Yield the line at which each strip of a row ends; the caller places a strip before it asks for the next."""
    start = 0
    while total - start > pager.room(pitch=pitch):
        room = pager.room(pitch=pitch)
        if room < LEAST or (start == 0 and total <= KEPT_WHOLE):
            pager.turn()
            room = pager.room(pitch=pitch)
        start += min(room, total - start)
        yield start
    if start < total:
        yield total


def runs(lines: Lines, rows: Sequence[Strip], *, pitch: float) -> list[Run]:
    """Return where a cell beside all these strips stands.

    It is one run, or one for each page where a page's end would cut its text.
    """
    done: list[Run] = []
    first = start = 0
    while first < len(rows):
        last = _last_on_page(rows, first)
        points = sum(height(row.lines, pitch=pitch) for row in rows[first : last + 1])
        end = start + int((points - PADDING) // pitch)
        if end >= len(lines):
            last = len(rows) - 1
        done.append(Run(first, last, lines.part(start, end)))
        first, start = last + 1, end
    return done


def _last_on_page(rows: Sequence[Strip], first: int) -> int:
    last = first
    while last + 1 < len(rows) and rows[last + 1].page == rows[first].page:
        last += 1
    return last
