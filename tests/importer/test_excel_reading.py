"""Workbooks: each worksheet a table, with what its cells show and the values behind it."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from packages import excel_file, only_cell, relations, said, shown, texts

from papers import placed_signs
from planctl.errors import PlanctlError
from planctl.importer import read
from planctl.importer.excel_formats import shape_of
from planctl.importer.excel_formats import shown as number_shown
from planctl.importer.office_file import Note, OfficeFile, Typed

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


def saved(workbook: openpyxl.Workbook) -> OfficeFile:
    target = BytesIO()
    workbook.save(target)
    found = read(target.getvalue(), "a.xlsx")
    assert found.signs == placed_signs(found)
    return found


@pytest.fixture
def workbook() -> openpyxl.Workbook:
    return openpyxl.Workbook()


@pytest.fixture
def sheet(workbook: openpyxl.Workbook) -> Worksheet:
    sheet = workbook.worksheets[0]
    sheet.title = "Биелэлт"
    return sheet


def read_cell(inside: str, *, properties: str = "", book: str = "<workbookPr/>") -> OfficeFile:
    """Read a workbook of one cell, B2, as the XML within it says."""
    content = excel_file(f'<row r="2"><c r="B2" {properties}>{inside}</c></row>')
    return read(content.replace(b"<sheets>", book.encode() + b"<sheets>"), "a.xlsx")


def test_rows_keep_their_numbers_and_empty_ones_are_left_out(workbook: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet["B2"], sheet["C5"] = "Ажил", "Явц"

    (table,) = saved(workbook).tables

    assert [(row.number, [(cell.text, str(cell.place)) for cell in row.cells]) for row in table.rows] == [
        (2, [("Ажил", "Биелэлт!B2")]),
        (5, [("Явц", "Биелэлт!C5")]),
    ]
    assert (table.name, table.columns) == ("Биелэлт", 3)


def test_merged_cells_stand_once_and_are_seen_in_every_row(workbook: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet["A1"], sheet["B1"], sheet["B2"], sheet["C2"] = "№", "Түвшин", "Суурь", "Хүрсэн"
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("B1:C1")

    first, second = saved(workbook).tables[0].rows

    assert [(cell.text, cell.row_span, cell.column_span) for cell in first.cells] == [("№", 2, 1), ("Түвшин", 1, 2)]
    assert [cell.text for cell in second.standing] == ["№", "Суурь", "Хүрсэн"]


@pytest.mark.parametrize(
    ("value", "code", "text", "typed"),
    [
        (0.9, "0%", "90%", Typed("percent", Decimal("0.9"), "0%")),
        (0.8222, "0.0%", "82.2%", Typed("percent", Decimal("0.8222"), "0.0%")),
        (1201980, "#,##0", "1,201,980", Typed("number", Decimal(1201980), "#,##0")),
        (0.1 + 0.2, "General", "0.3", Typed("number", Decimal("0.3"))),
        (90, '0" хувь"', "90 хувь", Typed("number", Decimal(90), '0" хувь"')),
        (-5, "0.00", "-5.00", Typed("number", Decimal(-5), "0.00")),
        (3, "000", "003", Typed("number", Decimal(3), "000")),
        (date(2023, 2, 3), "d-mmm", "2023-02-03", Typed("date", date(2023, 2, 3), "d-mmm")),
        (datetime(2023, 2, 3, 14, 30), "yyyy-mm-dd hh:mm", "2023-02-03 14:30", Typed("date", datetime(2023, 2, 3, 14, 30), "yyyy-mm-dd hh:mm")),  # noqa: DTZ001, E501
        (time(9, 5), "h:mm", "09:05", Typed("time", time(9, 5), "h:mm")),
        (True, "General", "TRUE", Typed("boolean", True)),
        ("90%", "General", "90%", None),
        ("=1", "@", "=1", None),
    ],
)  # fmt: skip
def test_a_cell_shows_its_text_and_keeps_its_value(  # noqa: PLR0917, PLR0913
    workbook: openpyxl.Workbook, sheet: Worksheet, value: object, code: str, text: str, typed: Typed | None
) -> None:
    cell = sheet["A1"]
    cell.value, cell.number_format = value, code
    if value == "=1":
        cell.data_type = "s"

    found = only_cell(saved(workbook))

    assert (found.text, found.value) == (text, typed)


def test_dates_count_from_1904_where_the_workbook_says_so(workbook: openpyxl.Workbook, sheet: Worksheet) -> None:
    workbook.epoch = CALENDAR_MAC_1904
    sheet["A1"] = date(2023, 12, 25)

    assert only_cell(saved(workbook)).text == "2023-12-25"


@pytest.mark.parametrize(
    ("code", "shape"),
    [
        ("", "number"),
        ("General", "number"),
        ("0%", "percent"),
        ("[$-450]yyyy\\.mm\\.dd;@", "date"),
        ('0" удаа"', "number"),
        ("[h]:mm", "time"),
        ("[Red]0.0", "number"),
        ("mmm-yy", "date"),
        ("@", "text"),
        ("#,##0\\ [$₮-450]", "number"),
    ],
)
def test_a_format_tells_what_a_number_means(code: str, shape: str) -> None:
    assert shape_of(code) == shape


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        ("1234.5", "#,##0.00", "1,234.50"),
        ("-1234.5", "#,##0.0;(#,##0.0)", "(1,234.5)"),
        ("0", "0;-0;-", "0"),
        ("1500000", "#,##0,", "1,500"),
        ("1201980", "#,##0\\ [$₮-450]", "1,201,980 ₮"),
        ("12.50", "0.##", "12.5"),
        ("0.5", "# ?/?", "0.5"),
        ("123456", "0.00E+00", "123456"),
        ("1234567", "# ##0", "1234567"),
    ],
)
def test_a_number_reads_as_its_format_shows_it(number: str, code: str, text: str) -> None:
    assert number_shown(Decimal(number), code) == text


def test_runs_of_a_text_are_joined_and_readings_left_out() -> None:
    found = read_cell(
        "<is><r><t>Ажил </t></r><r><rPr><b/></rPr><t>хийв_x000D_\n- нэг</t></r><rPh sb='0' eb='1'><t>xx</t></rPh></is>",
        properties='t="inlineStr"',
    )

    assert only_cell(found).text == "Ажил хийв\n- нэг"


def test_texts_that_cells_share_are_read(workbook: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet["A1"], sheet["A2"], sheet["B2"] = "Ижил", "Ижил", "Өөр\nмөр "

    assert shown(saved(workbook)) == [[["Ижил"], ["Ижил", "Өөр\nмөр"]]]


def test_a_formula_is_read_by_its_last_value() -> None:
    found = read_cell("<f>SUM(A1:A9)/9</f><v>0.82222222222222</v>")

    assert only_cell(found).value == Typed("number", Decimal("0.82222222222222"), "", "SUM(A1:A9)/9")


def test_a_formula_without_a_value_and_an_error_are_said(workbook: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet["A1"], sheet["B1"] = "=A2*2", "#REF!"

    found = saved(workbook)

    assert [(one.code, str(one.span), one.values) for one in found.remarks] == [
        ("formula-without-value", "a.xlsx: Биелэлт!A1", (("formula", "A2*2"),)),
        ("error-in-cell", "a.xlsx: Биелэлт!B1", (("error", "#REF!"),)),
    ]


def test_of_many_remarks_of_a_kind_the_first_are_told_and_the_rest_counted(
    workbook: openpyxl.Workbook, sheet: Worksheet
) -> None:
    for number in range(1, 31):
        sheet.cell(number, 1, "=1+1")

    remarks = saved(workbook).remarks

    assert [one.code for one in remarks] == ["formula-without-value"] * 20 + ["more-of-the-same"]
    assert dict(remarks[-1].values) == {"count": "10", "kind": "formula-without-value"}


def test_hidden_rows_columns_and_sheets_are_read_and_said(workbook: openpyxl.Workbook, sheet: Worksheet) -> None:
    for number in (1, 2, 3, 4):
        sheet.cell(number, 1, number)
        sheet.cell(number, 3, number)
    for number in (2, 3):
        sheet.row_dimensions[number].hidden = True
    sheet.column_dimensions["C"].hidden = True
    other = workbook.create_sheet("Нуусан хүснэгт")
    other["A1"] = "x"
    other.sheet_state = "hidden"

    found = saved(workbook)

    assert [(one.code, str(one.span.within), one.values) for one in found.remarks] == [
        ("hidden-rows-read", "Биелэлт", (("rows", "2–3"),)),
        ("hidden-columns-read", "Биелэлт", (("columns", "C"),)),
        ("hidden-sheet-read", "'Нуусан хүснэгт'", ()),
    ]
    assert [row.is_hidden for row in found.tables[0].rows] == [False, True, True, False]
    assert (found.tables[0].hidden_columns, found.tables[1].is_hidden) == (frozenset({3}), True)


def test_comments_and_names_stand_with_their_cell(workbook: openpyxl.Workbook, sheet: Worksheet) -> None:
    sheet["B2"] = "Ажил"
    sheet["B2"].comment, sheet["D9"].comment = Comment("Тодруулах", "Хянагч"), Comment("Хоосон", "Хянагч")
    workbook.defined_names["council_waste_1"] = openpyxl.workbook.defined_name.DefinedName(
        "council_waste_1", attr_text="Биелэлт!$B$2"
    )

    first, second = (row.cells[0] for row in saved(workbook).tables[0].rows)

    assert (first.bookmarks, first.notes) == (("council_waste_1",), (Note("comment", "Тодруулах", "Хянагч", 9),))
    assert (second.text, second.notes) == ("", (Note("comment", "Хоосон", "Хянагч", 6),))


def test_bold_letters_and_alignment_are_told() -> None:
    target = BytesIO()
    workbook = xlsxwriter.Workbook(target)
    sheet = workbook.add_worksheet()
    sheet.write(0, 0, "Толгой", workbook.add_format({"bold": True, "align": "center"}))
    sheet.insert_textbox(3, 3, "Баталсан")
    sheet.set_header('&C&"Arial,Bold"&12Биелэлтийн тайлан&RХуудас &P')
    workbook.close()

    found = read(target.getvalue(), "a.xlsx")
    cell = only_cell(found)

    assert (cell.is_bold, cell.alignment) == (True, "center")
    assert [(one.text, one.place.part) for one in found.paragraphs] == [
        ("Биелэлтийн тайлан", "header"),
        ("Хуудас", "header"),
        ("Баталсан", "textbox"),
    ]


def test_sheets_without_cell_addresses_are_read_by_the_order_of_their_cells() -> None:
    found = read(excel_file("<row><c/><c t='str'><v>Ажил</v></c></row><row><c><v>1</v></c></row>"), "a.xlsx")

    assert [str(cell.place) for cell in found.tables[0].cells()] == ["Биелэлт!B1", "Биелэлт!A2"]


def test_macros_and_other_workbooks_are_left_alone_and_said() -> None:
    parts: dict[str, str | bytes] = {
        "xl/vbaProject.bin": b"",
        "xl/externalLinks/_rels/externalLink1.xml.rels": relations(
            ("externalLinkPath", "file:///D:/Өөр.xlsx", "External")
        ),
    }

    found = read(excel_file("<row><c><f>[1]Sheet1!A1</f><v>7</v></c></row>", parts), "a.xlsm")

    assert texts(found.tables[0]) == [["7"]]
    assert [(one.code, dict(one.values)) for one in found.remarks] == [
        ("macros-not-read", {}),
        ("external-link-not-followed", {"target": "file:///D:/Өөр.xlsx"}),
    ]


def test_a_hundred_thousand_empty_rows_with_a_format_are_passed_over() -> None:
    rows = "".join(
        f'<row r="{number}" s="1" customFormat="1"><c r="A{number}" s="1"/></row>' for number in range(2, 100_000)
    )
    found = read(excel_file(f'<row r="1"><c r="A1" t="str"><v>Ажил</v></c></row>{rows}'), "a.xlsx")

    assert (shown(found), said(found)) == ([[["Ажил"]]], [])


def test_more_rows_with_content_than_planctl_reads_are_refused() -> None:
    rows = "<row><c><v>1</v></c></row>" * 20_000

    assert len(read(excel_file(rows), "a.xlsx").tables[0].rows) == 20_000
    with pytest.raises(PlanctlError, match=r"a\.xlsx has more than 20,000 rows with content"):
        read(excel_file(f"{rows}<row><c><v>1</v></c></row>"), "a.xlsx")


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1" t="s"><v>7</v></c></row>',
        '<row r="1048577"><c><v>1</v></c></row>',
        '<row r="1"><c r="ZZZZ1"><v>1</v></c></row>',
    ],
)
def test_a_workbook_that_no_program_writes_is_one_clear_line(rows: str) -> None:
    with pytest.raises(PlanctlError, match=r"^a\.xlsx "):
        read(excel_file(rows), "a.xlsx")


@pytest.mark.parametrize("value", ["abc", "1e999", "NaN", "-5", "9" * 400, ""])
def test_a_number_that_is_none_is_read_as_text(value: str) -> None:
    found = read(excel_file(f'<row><c s="0"><v>{value}</v></c><c t="str"><v>Ажил</v></c></row>'), "a.xlsx")

    assert texts(found.tables[0])[0][-1] == "Ажил"
