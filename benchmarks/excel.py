"""Excel sheets beside the libraries for them, on the same rows; web pages beside a bare render of their template.

    python benchmarks/excel.py [--sizes 100 1000 10000] [--rounds 5]

openpyxl (write-only) and XlsxWriter (constant_memory) write both tables of a workbook, the printed one and the flat
one, each cell with its text or number, wrapped and bordered; no row has a height, no cell is merged, no page is parted,
and nothing is summed up. With "table alone" all three write the printed table only. Memory is what Python
holds at most beyond the sheet's value, the file that comes out included; the exponent is that of time, 1 is linear.
"""

from __future__ import annotations

import argparse
import math
import tempfile
import tracemalloc
from dataclasses import replace
from functools import cache, partial
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
import openpyxl
import plans
import xlsxwriter
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Side
from timing import interleave

from planctl.facts import RunFacts
from planctl.pipeline import load
from planctl.render import Template, excel, html
from planctl.render.headings import column_widths, heading_rows
from planctl.render.sheetml.values import number_of, text_of
from planctl.render.svg import drawn
from planctl.report import OFFICIAL
from planctl.report.sheet import EMPTY, Group, Records
from planctl.subjects import of_period

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from planctl.report.sheet import Cell, Sheet

Line = list[str | float]
TEMPLATE = Template("sheet.html", files("planctl").joinpath("templates", "sheet.html").read_bytes())


def sheet_of(rows: int) -> Sheet:
    """Return the official sheet of one plan with so many clauses."""
    with tempfile.TemporaryDirectory() as folder:
        plans.write_project(Path(folder), documents=1, clauses=rows)
        project = load(Path(folder))
    card = project.scorecards[0]
    return next(iter(of_period(card).compose(project.portfolio, RunFacts(), OFFICIAL)))


def table_lines(sheet: Sheet) -> Iterator[Line]:
    """Yield the lines of the printed table; a grouped cell stands in the first line of its group."""
    (table,) = sheet.tables
    yield [column.heading for column in table.columns]
    for band in table.bands:
        if not isinstance(band, Group):
            yield [band.title]
            continue
        for at, row in enumerate(band.rows):
            shared = band.cells if at == 0 else {}
            cells = (shared if column.grouped else row.cells for column in table.columns)
            yield [kept(own.get(column.key, EMPTY)) for own, column in zip(cells, table.columns, strict=True)]


def record_lines(sheet: Sheet) -> Iterator[Line]:
    """Yield the lines of the flat table."""
    yield [column.heading for column in sheet.records.columns]
    for row in sheet.records.rows:
        yield [kept(row.cells.get(column.key, EMPTY)) for column in sheet.records.columns]


def kept(cell: Cell) -> str | float:
    """Return a cell's number, or its text."""
    number = number_of(cell)
    return number.value if number else text_of(cell)


def by_openpyxl(*tables: Iterator[Line]) -> bytes:
    """Write tables by openpyxl, one style for all cells."""
    book = openpyxl.Workbook(write_only=True)
    for table in tables:
        sheet = book.create_sheet()
        model: Any = WriteOnlyCell(sheet, "")
        model.alignment = Alignment(wrap_text=True, vertical="top")
        model.border = Border(*[Side(style="thin")] * 4)
        for line in table:
            cells = []
            for value in line:
                cell: Any = WriteOnlyCell(sheet, value)
                cell._style = model._style  # noqa: SLF001 -- a style object for each cell takes half as long again
                cells.append(cell)
            sheet.append(cells)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def by_xlsxwriter(*tables: Iterator[Line]) -> bytes:
    """Write tables by XlsxWriter, which keeps the cells of one row at a time."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"constant_memory": True}) as book:
        look = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        for table in tables:
            sheet = book.add_worksheet()
            for at, line in enumerate(table):
                for column, value in enumerate(line):
                    write = sheet.write_string if isinstance(value, str) else sheet.write_number
                    write(at, column, value, look)
    return target.getvalue()


def by_planctl(sheet: Sheet) -> bytes:
    """Render a sheet as a workbook."""
    return excel.render(sheet).content or b""


@cache
def bare_template() -> jinja2.Template:
    """Return the template of web pages as jinja2 alone reads it."""
    bare = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return bare.from_string(TEMPLATE.content.decode())


def bare_page(sheet: Sheet) -> bytes:
    """Render the same page by jinja2 alone, with what the template is given."""
    given = {"sheet": sheet, "heading_rows": heading_rows, "column_widths": column_widths, "drawn": drawn}
    return bare_template().render(given).encode()


WAYS: dict[str, Callable[[Sheet], bytes]] = {
    "openpyxl write-only": lambda sheet: by_openpyxl(table_lines(sheet), record_lines(sheet)),
    "XlsxWriter constant": lambda sheet: by_xlsxwriter(table_lines(sheet), record_lines(sheet)),
    "planctl": by_planctl,
    "openpyxl, table alone": lambda sheet: by_openpyxl(table_lines(sheet)),
    "XlsxWriter, table alone": lambda sheet: by_xlsxwriter(table_lines(sheet)),
    "planctl, table alone": lambda sheet: by_planctl(replace(sheet, records=Records((), ()))),
    "jinja2 alone": bare_page,
    "planctl's page": lambda sheet: html.render(sheet, TEMPLATE).content or b"",
}
BESIDE = {
    "planctl": "openpyxl write-only",
    "XlsxWriter constant": "openpyxl write-only",
    "planctl, table alone": "openpyxl, table alone",
    "XlsxWriter, table alone": "openpyxl, table alone",
    "planctl's page": "jinja2 alone",
}


def memory(way: Callable[[Sheet], bytes], sheet: Sheet) -> tuple[float, float]:
    """Return the MB that Python holds at most while a sheet is written, and those of what comes out."""
    tracemalloc.start()
    made = way(sheet)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 1e6, len(made) / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1_000, 10_000])
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    last: dict[str, tuple[int, float]] = {}
    for rows in arguments.sizes:
        sheet = sheet_of(rows)
        timings = interleave({name: partial(way, sheet) for name, way in WAYS.items()}, rounds=arguments.rounds)
        print(f"{rows:,} rows")
        for name, way in WAYS.items():
            seconds = timings.median(name)
            ratio = f"{timings.ratio(name, to=BESIDE[name]):5.2f} x {BESIDE[name]}" if name in BESIDE else ""
            size, was = last.get(name, (0, 0.0))
            exponent = f"exponent {math.log(seconds / was) / math.log(rows / size):5.2f}" if size else " " * 14
            last[name] = rows, seconds
            most, file = memory(way, sheet)
            held = f"{most:6.1f} MB for {file:5.1f} MB"
            print(f"  {name:<23} {seconds * 1000:7.0f} ms  {exponent}  {held}  {ratio}", flush=True)


if __name__ == "__main__":
    main()
