"""The roll-up as a workbook: a worksheet for each table, A4 across, with headings that stay in view and repeat.

In: a roll-up. Out: an .xlsx; the same roll-up always gives the same bytes.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from planctl.render.headings import column_widths
from planctl.render.sheetml.book import Book
from planctl.render.sheetml.page import Page as Worksheet
from planctl.render.sheetml.page import pitch
from planctl.render.sheetml.rows import Area
from planctl.render.sheetml.strips import height
from planctl.render.sheetml.styles import ALL_SIDES, Look
from planctl.render.sheetml.table import write_table
from planctl.report.sheet import Group
from planctl.rollup.pages import heading_of, headline, pages

if TYPE_CHECKING:
    from planctl.report.sheet import Table
    from planctl.rollup.account import Rollup
    from planctl.rollup.pages import Page

_TITLE = Look(size=13, bold=True, align="center", valign="vcenter")
_HEADLINE = Look(size=10)
_TABLE_TITLE = Look(size=11, bold=True, align="center", valign="vcenter")
_REMARK = Look(size=9)
_LEGEND = Look(size=9, align="center", valign="vcenter", sides=ALL_SIDES)
_LEGEND_TITLE = 28.0
"""Points of the gap above a legend and of its title."""


def write(rollup: Rollup) -> bytes:
    """Return the workbook."""
    book = Book(title=" ".join(heading_of(rollup)), author="")
    names: Counter[str] = Counter()
    for at, page in enumerate(pages(rollup)):
        names[page.name] += 1
        name = page.name if names[page.name] == 1 else f"{page.name} {names[page.name]}"
        sheet = Worksheet(book, name=name, shares=column_widths(page.table))
        if at == 0:
            _write_heading(sheet, rollup)
        _write_page(sheet, page)
    return book.closed()


def _write_heading(sheet: Worksheet, rollup: Rollup) -> None:
    for line in heading_of(rollup):
        sheet.across(line.upper(), _TITLE)
    sheet.gap()
    sheet.across(headline(rollup), _HEADLINE)
    sheet.gap()


def _write_page(sheet: Worksheet, page: Page) -> None:
    sheet.across(page.table.title, _TABLE_TITLE)
    sheet.gap()
    write_table(sheet, page.table, is_last=not (page.legend or page.remarks))
    if page.legend:
        _write_legend(sheet, page.legend)
    if page.remarks:
        sheet.gap()
    for remark in page.remarks:
        sheet.across(remark, _REMARK)


def _write_legend(sheet: Worksheet, legend: Table) -> None:
    """Write the colours side by side, not parted from their title: as many columns for each as are about its share."""
    (cells,) = (row.cells for band in legend.bands if isinstance(band, Group) for row in band.rows)
    texts = [f"{column.heading}: {cells[column.key].text}" for column in legend.columns]
    looks = [replace(_LEGEND, fill=cells[column.key].colour) for column in legend.columns]
    spans = _spans(sheet, len(texts))
    lines = max(len(sheet.lines(text, _LEGEND, *span)) for text, span in zip(texts, spans, strict=True))
    points = height(lines, pitch=pitch(_LEGEND))
    if _LEGEND_TITLE + points > sheet.pager.left:
        sheet.turn()
    sheet.gap()
    sheet.across(legend.title, _REMARK)
    row = sheet.next_row(points)
    for (first, last), text, look in zip(spans, texts, looks, strict=True):
        sheet.write(Area(row, first, row, last), text, look)


def _spans(sheet: Worksheet, number: int) -> list[tuple[int, int]]:
    """Return so many runs of columns next to each other, about equally wide; a table has more than levels."""
    ends = list(accumulate(sheet.widths))
    wanted = [ends[-1] * at / number for at in range(1, number)]
    cuts: list[int] = []
    for at, end in enumerate(wanted):
        least, most = (cuts[-1] + 1 if cuts else 0), sheet.last_column - (number - 1 - at)
        cuts.append(min(range(least, most + 1), key=lambda column: abs(ends[column] - end)))
    return list(zip([0, *(cut + 1 for cut in cuts)], [*cuts, sheet.last_column], strict=True))
