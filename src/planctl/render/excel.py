"""Excel sheets: the official layout to print, and the same items as a plain table to filter and calculate with.

In: a sheet. Out: an .xlsx whose formulas carry their values; the same sheet always gives the same bytes.
"""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from planctl.render import Rendered
from planctl.render.headings import column_widths
from planctl.render.package import repacked
from planctl.render.sheetml.charts import write_charts
from planctl.render.sheetml.page import Page, write_ending, write_heading, write_passages
from planctl.render.sheetml.records import write_records
from planctl.render.sheetml.styles import FONT, Look, Styles
from planctl.render.sheetml.table import write_table
from planctl.render.sheetml.tally import SHARES, write_tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.render import Template
    from planctl.report.sheet import Sheet, Table

TEXT, TABLE, TALLY, ANNEX = "Бичвэр", "Хүснэгт", "Товчоо", "Задаргаа"
"""Names of worksheets; from the second of a kind on, a number follows."""

_DATED = datetime(2000, 1, 1, tzinfo=UTC)
_PROPERTY_LENGTH = 255
_HALVES = (1, 1)
_TABLE_TITLE = Look(size=11, bold=True, align="center", valign="vcenter")


def render(sheet: Sheet, template: Template | None = None) -> Rendered:  # noqa: ARG001 -- the contract of a format
    """Return the sheet as an .xlsx; nothing of it can fail on what an author wrote."""
    target = BytesIO()
    workbook = Workbook(target, _options())
    workbook.set_properties(
        {
            "title": " ".join(sheet.heading.title)[:_PROPERTY_LENGTH],
            "author": sheet.organisation[:_PROPERTY_LENGTH],
            "created": _DATED,
        }
    )
    styles = Styles(workbook)
    _write_pages(workbook, styles, sheet)
    if sheet.charts:
        write_charts(workbook, styles, sheet.charts)
    for name, table in zip(_names(ANNEX), sheet.annexes, strict=False):
        _write_annex(workbook, styles, name, table)
    if sheet.records.columns:
        write_records(workbook, styles, sheet.records)
    workbook.close()
    return Rendered(repacked(target.getvalue()))


def _options() -> dict[str, object]:
    """Return fresh options: XlsxWriter 3.3 writes into them, and a second workbook would come out otherwise."""
    return {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        # Column widths count digits of this font: 8 pixels in Excel and, unlike Arial 10, nearly so in LibreOffice.
        "default_format_properties": {"font_name": FONT, "font_size": 11},
        "default_column_width": 72,
    }


def _write_pages(workbook: Workbook, styles: Styles, sheet: Sheet) -> None:
    """Write the sheet itself: a worksheet for each table, as Excel repeats the headings of one only, and the summary.

    The texts stand on a worksheet of their own, as headings that stay in view are those of one table.
    The heading stands on the first of them, remarks and signatures on the last.
    """
    pages: list[Page] = []
    if sheet.passages:
        pages.append(Page(workbook, styles, name=TEXT, shares=_HALVES))
        write_heading(pages[0], sheet.heading)
        write_passages(pages[0], sheet.passages)
    for name, table in zip(_names(TABLE), sheet.tables, strict=False):
        page = _page(workbook, styles, name, table)
        if not pages:
            write_heading(page, sheet.heading)
        if table.title:
            page.across(table.title.upper(), _TABLE_TITLE)
            page.gap()
        write_table(page, table)
        pages.append(page)
    if sheet.tally or not pages:
        page = Page(workbook, styles, name=TALLY, shares=SHARES)
        if not pages:
            write_heading(page, sheet.heading)
        if sheet.tally:
            write_tally(page, sheet.tally, sheet.records)
        pages.append(page)
    pages[-1].gap()
    write_ending(pages[-1], sheet)


def _write_annex(workbook: Workbook, styles: Styles, name: str, table: Table) -> None:
    page = _page(workbook, styles, name, table)
    if table.title:
        page.across(table.title, _TABLE_TITLE)
        page.gap()
    write_table(page, table)


def _page(workbook: Workbook, styles: Styles, name: str, table: Table) -> Page:
    return Page(workbook, styles, name=name, shares=column_widths(table))


def _names(kind: str) -> Iterator[str]:
    yield kind
    number = 1
    while True:
        number += 1
        yield f"{kind} {number}"
