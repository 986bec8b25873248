"""Charts of Excel's own, on a worksheet of their own, and the numbers that they are drawn from on another.

In: charts of the view model. Out: two worksheets. Bars are hatched and lines dashed with marks, so that a print in
black and white shows which is which.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from planctl.render.measure import wrapped
from planctl.render.sheetml.page import pitch, set_up
from planctl.render.sheetml.strips import height
from planctl.render.sheetml.styles import ALL_SIDES, FONT, Look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from planctl.render.sheetml.styles import Styles
    from planctl.report.sheet import Chart, Series

CHARTS, NUMBERS = "График", "Графикийн тоо"
"""Names of the worksheets."""

_SIDE_BY_SIDE = 2
_WIDTH, _HEIGHT = 464, 300
"""Pixels of a chart: two of them are as wide as a page, and two as high."""

_ROWS = 15
"""Worksheet rows that a chart covers."""

_ON_A_PAGE = 4
_ROW_POINTS = 15
_COLUMN = 58
_COLUMNS = 8
_TITLE, _AXIS = 10, 9
_HEAD = Look(bold=True, align="center", valign="vcenter", sides=ALL_SIDES, fill="CFD8DC")
_TITLED = replace(_HEAD, align="left")
_NAME = Look(sides=ALL_SIDES)
_NUMBER = Look(align="center", sides=ALL_SIDES)
_NAME_WIDTH, _VALUE_WIDTH = 560, 80
_GAP_POINTS = 6
_EDGES = 12
_POINTS = 0.75
_TITLE_LENGTH = 255


def write_charts(workbook: Workbook, styles: Styles, charts: Sequence[Chart]) -> None:
    """Write the charts two by two, and their numbers: of each chart a row of categories over one for each series."""
    sheet: Worksheet = workbook.add_worksheet(CHARTS)
    numbers: Worksheet = workbook.add_worksheet(NUMBERS)
    set_up(sheet)
    set_up(numbers)
    sheet.hide_gridlines(2)
    sheet.set_column_pixels(0, _COLUMNS * _SIDE_BY_SIDE - 1, _COLUMN)
    most = max(len(chart.categories) for chart in charts)
    numbers.set_column_pixels(0, 0, _NAME_WIDTH)
    numbers.set_column_pixels(1, most, _VALUE_WIDTH)
    row = 0
    for at, chart in enumerate(charts):
        _write_numbers(numbers, styles, chart, row)
        across, down = at % _SIDE_BY_SIDE, at // _SIDE_BY_SIDE
        sheet.insert_chart(down * _ROWS, across * _COLUMNS, _drawn(workbook, chart, row), {"description": chart.title})
        row += len(chart.series) + 2
        numbers.set_row(row - 1, _GAP_POINTS)
    pages = range(_ON_A_PAGE, len(charts), _ON_A_PAGE)
    sheet.set_h_pagebreaks([page // _SIDE_BY_SIDE * _ROWS for page in pages])
    last = -(-len(charts) // _SIDE_BY_SIDE) * _ROWS
    for number in range(last):
        sheet.set_row(number, _ROW_POINTS)
    sheet.print_area(0, 0, last, _COLUMNS * _SIDE_BY_SIDE - 1)


def _write_numbers(sheet: Worksheet, styles: Styles, chart: Chart, row: int) -> None:
    title = f"{chart.title}, {chart.unit}" if chart.unit else chart.title
    lines = wrapped(title, width=(_NAME_WIDTH - _EDGES) * _POINTS, size=_TITLED.size, bold=True)
    sheet.set_row(row, height(len(lines), pitch=pitch(_TITLED)))
    sheet.write_string(row, 0, title, styles[_TITLED])
    for at, category in enumerate(chart.categories, start=1):
        sheet.write_string(row, at, category, styles[_HEAD])
    for down, series in enumerate(chart.series, start=row + 1):
        sheet.write_string(down, 0, series.name, styles[_NAME])
        for at, value in enumerate(series.values, start=1):
            # A blank cell with a look would come into the chart's own copy as 0 (XlsxWriter 3.3).
            if value is not None:
                sheet.write_number(down, at, float(value), styles[_NUMBER])


def _drawn(workbook: Workbook, chart: Chart, row: int) -> Any:
    """Return the chart: the bars first, and the lines over them."""
    made: dict[str, Any] = {}
    for down, series in sorted(enumerate(chart.series, start=row + 1), key=lambda pair: pair[1].kind):
        if series.kind not in made:
            made[series.kind] = workbook.add_chart({"type": _TYPES[series.kind]})
        made[series.kind].add_series(_series(series, chart, row, down))
    first, *others = made.values()
    for other in others:
        first.combine(other)
    first.set_title({"name": chart.title[:_TITLE_LENGTH], "overlay": False, "name_font": _font(_TITLE, bold=True)})
    first.set_x_axis({"name": chart.axis, "name_font": _font(_AXIS), "num_font": _font(_AXIS)})
    first.set_y_axis(
        {
            "name": chart.unit,
            "name_font": _font(_AXIS),
            "num_font": _font(_AXIS),
            "min": 0,
            "major_gridlines": {"visible": True, "line": {"color": "#CCCCCC", "width": 0.5}},
        }
    )
    first.set_legend({"position": "bottom", "font": _font(_AXIS)})
    first.set_size({"width": _WIDTH, "height": _HEIGHT})
    first.show_blanks_as("gap")
    return first


_TYPES = {"bars": "column", "line": "line"}


def _series(series: Series, chart: Chart, row: int, down: int) -> dict[str, object]:
    last = len(chart.categories)
    told: dict[str, object] = {
        "name": [NUMBERS, down, 0],
        "categories": [NUMBERS, row, 1, row, last],
        "values": [NUMBERS, down, 1, down, last],
    }
    if series.kind == "bars":
        hatch = {"pattern": "wide_upward_diagonal", "fg_color": "#555555", "bg_color": "#FFFFFF"}
        return told | {"pattern": hatch, "border": {"color": "#000000", "width": 0.75}, "gap": 80}
    mark = {"type": "diamond", "size": 7, "fill": {"color": "#FFFFFF"}, "border": {"color": "#000000"}}
    labels = {"value": True, "position": "above", "font": _font(8)}
    line = {"color": "#000000", "width": 1.5, "dash_type": "dash"}
    return told | {"line": line, "marker": mark, "data_labels": labels}


def _font(size: int, *, bold: bool = False) -> dict[str, object]:
    return {"name": FONT, "size": size, "bold": bold}
