"""Excel sheets: the official layout to print, and the same items as a plain table to filter and calculate with.

In: a sheet. Out: an .xlsx whose formulas carry their values; the same sheet always gives the same bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.render import Rendered
from planctl.render.headings import column_widths
from planctl.render.sheetml.book import Book
from planctl.render.sheetml.charts import write_charts
from planctl.render.sheetml.page import Page, write_ending, write_heading, write_passages
from planctl.render.sheetml.records import write_records
from planctl.render.sheetml.styles import Look
from planctl.render.sheetml.table import write_table
from planctl.render.sheetml.tally import SHARES, write_tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.render import Template
    from planctl.report.sheet import Sheet, Table

TEXT, TABLE, TALLY, ANNEX = "Бичвэр", "Хүснэгт", "Товчоо", "Задаргаа"
"""Names of worksheets; from the second of a kind on, a number follows."""

_HALVES = (1, 1)
_TABLE_TITLE = Look(size=11, bold=True, align="center", valign="vcenter")


def render(sheet: Sheet, template: Template | None = None) -> Rendered:  # noqa: ARG001 -- the contract of a format
    """Return the sheet as an .xlsx; nothing of it can fail on what an author wrote."""
    book = Book(title=" ".join(sheet.heading.title), author=sheet.organisation)
    _write_pages(book, sheet)
    if sheet.charts:
        write_charts(book.workbook, book.styles, sheet.charts)
    for name, table in zip(_names(ANNEX), sheet.annexes, strict=False):
        _write_annex(book, name, table)
    if sheet.records.columns:
        write_records(book, sheet.records)
    return Rendered(book.closed())


def _write_pages(book: Book, sheet: Sheet) -> None:
    """Write the sheet itself: a worksheet for each table, as Excel repeats the headings of one only, and the summary.

    The texts stand on a worksheet of their own, as headings that stay in view are those of one table.
    The heading stands on the first of them, remarks and signatures on the last.
    """
    pages: list[Page] = []
    if sheet.passages:
        pages.append(Page(book, name=TEXT, shares=_HALVES))
        write_heading(pages[0], sheet.heading)
        write_passages(pages[0], sheet.passages)
    for name, table in zip(_names(TABLE), sheet.tables, strict=False):
        page = _page(book, name, table)
        if not pages:
            write_heading(page, sheet.heading)
        if table.title:
            page.across(table.title.upper(), _TABLE_TITLE)
            page.gap()
        write_table(page, table)
        pages.append(page)
    if sheet.tally or not pages:
        page = Page(book, name=TALLY, shares=SHARES)
        if not pages:
            write_heading(page, sheet.heading)
        if sheet.tally:
            write_tally(page, sheet.tally, sheet.records)
        pages.append(page)
    pages[-1].gap()
    write_ending(pages[-1], sheet)


def _write_annex(book: Book, name: str, table: Table) -> None:
    page = _page(book, name, table)
    if table.title:
        page.across(table.title, _TABLE_TITLE)
        page.gap()
    write_table(page, table)


def _page(book: Book, name: str, table: Table) -> Page:
    return Page(book, name=name, shares=column_widths(table))


def _names(kind: str) -> Iterator[str]:
    yield kind
    number = 1
    while True:
        number += 1
        yield f"{kind} {number}"
