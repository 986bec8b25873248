"""A worksheet as a printed page: A4 landscape, one page wide, written line by line from the top.

In: texts and looks. Out: rows of a worksheet, each high enough for its text and placed on the printed pages.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from planctl.render.measure import wrapped
from planctl.render.sheetml.rows import Area
from planctl.render.sheetml.strips import PADDING, Pager, height, strips
from planctl.render.sheetml.styles import FONT, Look
from planctl.render.sheetml.values import marked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.worksheet import Worksheet

    from planctl.render.measure import Lines
    from planctl.render.sheetml.book import Book
    from planctl.render.sheetml.values import Number
    from planctl.report.sheet import Heading, Passage, Sheet, Signature

_A4 = 9
_MM = 1 / 25.4
_WIDTH = 932
"""Pixels between the margins (252 mm), less what programs round: the page is printed at its full size."""

_POINTS = 0.75
"""Points in a pixel."""

_CELL_EDGES = 7
"""Pixels of a cell's width that are not for text."""

_NARROWEST = 28

_TITLE = Look(size=12, bold=True, align="center", valign="vcenter")
_NOTE = Look(size=10, align="center")
_LINE = Look(size=10)
_DRAFT = Look(size=14, bold=True, colour="#B71C1C", valign="vcenter")
_REFERENCE = Look(size=9, align="right")
_PASSAGE_TITLE = Look(size=10, bold=True)
_PASSAGE_LEAST = 60.0
"""Points that a heading and the first lines below it take."""

_GAP = 8.0
_SIGNING_GAP = 14.0
_SIGNING_LINE = "______________________  "


def pitch(look: Look) -> float:
    """Return the distance of lines in points, as Excel sets them."""
    return look.size * 4 / 3


class Page:
    """A worksheet, its rows, and how full the printed page is.

    Its `widths` are in pixels; `half` is the last column of the left half.
    """

    def __init__(self, book: Book, *, name: str, shares: Sequence[float]) -> None:
        self.widths = pixels_of(shares)
        self.half = _middle(self.widths)
        self.pager = Pager()
        self._breaks: list[int] = []
        self.styles = book.styles
        self.sheet, self.rows = book.add(name, columns=len(self.widths))
        for column, width in enumerate(self.widths):
            self.sheet.set_column_pixels(column, column, width)
        set_up(self.sheet)

    @property
    def last_column(self) -> int:
        """Return the number of the rightmost column."""
        return len(self.widths) - 1

    def lines(self, text: str, look: Look, first: int = 0, last: int | None = None) -> Lines:
        """Return the lines that a text takes across these columns."""
        last = self.last_column if last is None else last
        pixels = max(sum(self.widths[first : last + 1]) - _CELL_EDGES, 1)
        return wrapped(text, width=pixels * _POINTS, size=look.size, bold=look.bold)

    def next_row(self, points: float) -> int:
        """Begin a row of this height and return its number."""
        self.pager.place(points)
        return self.next_placed_row(points)

    def next_placed_row(self, points: float) -> int:
        """Begin a row whose place on the printed page is already taken."""
        return self.rows.begin(points)

    def turn(self) -> None:
        """Go on with the next row on a new printed page."""
        self._breaks.append(self.rows.next)
        self.sheet.set_h_pagebreaks(self._breaks)
        self.pager.turn()

    def gap(self, points: float = _GAP) -> None:
        """Leave a row empty."""
        self.next_row(points)

    def write(self, area: Area, value: str | Number, look: Look) -> None:
        """Write a value into a cell, or into cells merged; text stays text, whatever it begins with."""
        if not area.is_one_cell:
            self.rows.merge(area, self.styles.number(look))
        self.write_cell(area.first_row, area.first_column, value, look)

    def write_cell(self, row: int, column: int, value: str | Number, look: Look) -> None:
        """Write a value into a cell."""
        style = self.styles.number(look)
        if isinstance(value, str):
            self.rows.text(row, column, value, style)
        else:
            self.rows.number(row, column, value.value, style)

    def across(self, text: str, look: Look) -> None:
        """Write a text over the full width, in as many rows as it takes."""
        for strip in strips([self.lines(text, look)], self.pager, pitch=pitch(look)):
            row = self.next_placed_row(height(strip.lines, pitch=pitch(look)))
            self.write(Area(row, 0, row, self.last_column), strip.texts[0], look)

    def sides(self, left: str, right: str, looks: tuple[Look, Look]) -> None:
        """Write a text in the left half of a row and one in the right half; in a single column, below each other."""
        if not self.last_column:
            self.across(left, looks[0])
            self.across(right, looks[1])
            return
        halves = ((left, looks[0], 0, self.half), (right, looks[1], self.half + 1, self.last_column))
        points = [height(len(self.lines(text, look, *span)), pitch=pitch(look)) for text, look, *span in halves]
        row = self.next_row(max(points))
        for text, look, first, last in halves:
            self.write(Area(row, first, row, last), text, look)


def set_up(sheet: Worksheet) -> None:
    """Set paper, margins, scale and page numbers."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=30 * _MM, right=15 * _MM, top=20 * _MM, bottom=20 * _MM)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f'&C&"{FONT},Regular"&9&P / &N', {"margin": 10 * _MM})
    # "03" and "1.10" are texts of the plan: no green corners for them.
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def write_heading(page: Page, heading: Heading) -> None:
    """Write the top of a sheet: draft mark and reference, title in capitals, note, date and place."""
    if heading.draft:
        page.sheet.set_header(f'&R&"{FONT},Bold"&9 {_quoted(heading.draft)}', {"margin": 10 * _MM})
    if heading.draft or heading.reference:
        page.sides(heading.draft, heading.reference, (_DRAFT, _REFERENCE))
    for line in heading.title:
        # A cell has no style for capitals; Ө and Ү have theirs.
        page.across(line.upper(), _TITLE)
    if heading.note:
        page.across(heading.note, _NOTE)
    page.gap()
    page.sides(heading.date, heading.place, (_LINE, Look(size=10, align="right")))
    page.gap()


def write_passages(page: Page, passages: Sequence[Passage]) -> None:
    """Write texts over the full width, each below its heading, which is not parted from its first lines."""
    for passage in passages:
        if page.pager.left < _PASSAGE_LEAST:
            page.turn()
        page.gap()
        page.across(passage.title, _PASSAGE_TITLE)
        for block in passage.blocks:
            page.across(marked(block), _LINE)
        page.rows.settle()


def write_ending(page: Page, sheet: Sheet) -> None:
    """Write remarks, signatures and the end mark; signatures are not parted by a page's end."""
    for remark in sheet.remarks:
        page.across(remark, Look())
    if not (sheet.signatures or sheet.end_mark):
        return
    if _ending_height(page, sheet) > page.pager.left:
        page.turn()
    for signature in sheet.signatures:
        page.gap(_SIGNING_GAP)
        page.sides(*_signature(signature), (Look(size=10), Look(size=10, valign="bottom")))
    if sheet.end_mark:
        page.gap()
        page.across(sheet.end_mark, _NOTE)


def _ending_height(page: Page, sheet: Sheet) -> float:
    signatures = (len(page.lines(_signature(one)[0], Look(size=10), 0, page.half)) for one in sheet.signatures)
    heights = [_SIGNING_GAP + height(lines, pitch=pitch(_LINE)) for lines in signatures]
    return sum(heights) + _GAP + pitch(_NOTE) + PADDING


def _signature(signature: Signature) -> tuple[str, str]:
    return f"{signature.caption.upper()}\n{signature.post.upper()}", f"{_SIGNING_LINE}{signature.name.upper()}"


def _quoted(text: str) -> str:
    """Return a text for a header, where "&" begins a code."""
    return text.replace("&", "&&")


def pixels_of(shares: Sequence[float]) -> tuple[int, ...]:
    """Return the columns' widths in pixels; a narrow one gets enough for a number, at the widest one's cost.

    Where so many do not fit side by side, all are narrower.
    """
    whole = sum(shares)
    widths = [max(round(_WIDTH * share / whole), _NARROWEST) for share in shares]
    over = sum(widths) - _WIDTH
    if max(widths) - over < _NARROWEST:
        return tuple(max(_WIDTH * width // sum(widths), 1) for width in widths)
    widths[widths.index(max(widths))] -= over
    return tuple(widths)


def _middle(widths: Sequence[int]) -> int:
    """Return the last column of the left half."""
    ends = list(accumulate(widths))[:-1]
    return min(range(len(ends)), key=lambda at: abs(ends[at] - _WIDTH / 2), default=0)
