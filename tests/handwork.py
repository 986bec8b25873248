"""Sheets built in memory, and worked on as people do: the cells of a row by the words in it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.table import _Cell
from openpyxl import load_workbook

from planctl.facts import RunFacts
from planctl.output.template_store import fetch
from planctl.pipeline import load
from planctl.render import FORMATS
from planctl.subjects import of_period, of_plan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from planctl.report.sheet import Sheet


def sheet_of(root: Path, plan: str, period: str = "") -> Sheet:
    """Return the implementation table of a plan and period, or the plan as approved."""
    project = load(root)
    if period:
        card = next(
            one for one in project.scorecards if (one.actuals.plan.id, str(one.actuals.period)) == (plan, period)
        )
        subject, name = of_period(card), "table"
    else:
        subject, name = of_plan(project.portfolio.plans[plan]), "plan"
    (sheet,) = subject.compose(project.portfolio, RunFacts(), {name})
    return sheet


def built(root: Path, kind: str, plan: str, period: str = "") -> bytes:
    """Return such a sheet as a file."""
    sheet, format_ = sheet_of(root, plan, period), FORMATS[kind]
    template = fetch(root, {}, sheet.template, format_.suffix) if format_.needs_template else None
    rendered = format_.load()(sheet, template)
    assert rendered.content is not None
    return rendered.content


def worked_on(content: bytes, work: Callable[[Any], None]) -> bytes:
    """Return a Word file after somebody has worked on it."""
    document = Document(BytesIO(content))
    work(document)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def row_of(document: Any, words: str) -> Any:
    """Return the cells of the first row in which these words stand."""
    for table in document.tables:
        for row in table.rows:
            if any(words in _Cell(tc, table).text for tc in row._tr.tc_lst):
                return row
    raise AssertionError(words)


def cell_of(document: Any, words: str, column: int) -> Any:
    """Return a cell of that row, by its place in the row itself."""
    row = row_of(document, words)
    return _Cell(row._tr.tc_lst[column], row.table)


def wrote(words: str, column: int, text: str) -> Callable[[Any], None]:
    """Return the work of writing a text into one cell of a row."""

    def work(document: Any) -> None:
        cell = cell_of(document, words, column)
        first, *rest = cell.paragraphs
        for run in first.runs[1:]:
            run.text = ""
        if first.runs:
            first.runs[0].text = text
        else:
            first.add_run(text)
        for paragraph in rest:
            paragraph._p.getparent().remove(paragraph._p)

    return work


def took_out(words: str) -> Callable[[Any], None]:
    """Return the work of deleting a row."""

    def work(document: Any) -> None:
        row = row_of(document, words)._tr
        row.getparent().remove(row)

    return work


def book_with(content: bytes, sheet: str, words: str, heading: str, value: str | float) -> bytes:
    """Return a workbook with another value under a heading of a sheet, in the row in which these words stand."""
    book = load_workbook(BytesIO(content))
    page: Any = book[sheet]
    at = next(cell.column for row in page.iter_rows() for cell in row if _says(cell, heading))
    row = next(row for row in page.iter_rows() if any(words in str(cell.value or "") for cell in row))
    row[at - 1].value = value
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _says(cell: Any, heading: str) -> bool:
    return " ".join(str(cell.value or "").split()).casefold() == heading.casefold()
