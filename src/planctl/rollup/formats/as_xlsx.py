"""The roll-up as a workbook: a worksheet for each table, A4 across, with headings that stay in view and repeat.

In: a roll-up. Out: an .xlsx; the same roll-up always gives the same bytes.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from planctl.render.headings import column_widths
from planctl.render.sheetml.book import Book
from planctl.render.sheetml.page import Page as Worksheet
from planctl.render.sheetml.styles import Look
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
    write_table(sheet, page.table)
    if page.legend:
        _write_legend(sheet, page.legend)
    if page.remarks:
        sheet.gap()
    for remark in page.remarks:
        sheet.across(remark, _REMARK)


def _write_legend(sheet: Worksheet, legend: Table) -> None:
    """Write a line for each colour: the columns of a legend are others than those of the table above it."""
    sheet.gap()
    sheet.across(legend.title, _REMARK)
    (cells,) = (row.cells for band in legend.bands if isinstance(band, Group) for row in band.rows)
    for column in legend.columns:
        cell = cells[column.key]
        sheet.across(f"{column.heading}: {cell.text}", replace(_REMARK, fill=cell.colour))
