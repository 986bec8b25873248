"""Columns under one merged heading, several lines of a post and of a reference: the same in Word, Excel and HTML."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from documents import grid_of, has, merges_across, part, spans, tables, text
from office_open import W, faults_of_docx
from sheets import LEVEL, REFERENCE, draft, in_cells, performance_table, plan_of_measures, two_tables
from workbooks import faults_of_xlsx

import planctl
from planctl.forms.form import Column
from planctl.render import Template, excel, html, word
from planctl.render.headings import Head, column_widths, heading_rows
from planctl.render.page_text import shown_lines
from planctl.render.presence import values_of
from planctl.report.sheet import Sheet, Table

TEMPLATES = Path(planctl.__file__).parent / "templates"
UPPER = ["Д/д", "Зорилтыг хэрэгжүүлэх арга хэмжээ", "Шалгуур үзүүлэлт", LEVEL]
AFTER = ["Эхэлсэн, дууссан хугацаа", "Биелэлтийн хувь"]
LOWER = ["Суурь түвшин", "Хүрэх түвшин", "Хүрсэн түвшин (биелэлт)"]
NUMBERS = [str(number) for number in range(1, 9)]


def shipped(name: str) -> Template:
    return Template(f"templates/{name}", (TEMPLATES / name).read_bytes())


def document(sheet: Sheet, name: str = "sheet.docx") -> bytes:
    built = word.render(sheet, shipped(name))
    assert built.findings == ()
    assert built.content is not None
    return built.content


def workbook(sheet: Sheet) -> bytes:
    content = excel.render(sheet, None).content
    assert content is not None
    return content


def page(sheet: Sheet) -> str:
    built = html.render(sheet, shipped("sheet.html"))
    assert built.findings == ()
    assert built.content is not None
    return built.content.decode()


def headed(*columns: tuple[str, str]) -> Table:
    """A table of nothing but headings: each its text, and the one over it."""
    return Table(
        "main", tuple(Column(f"c{at}", name, 10, over=over) for at, (name, over) in enumerate(columns)), bands=()
    )


# What stands over what


def test_headings_without_another_over_them_stand_in_one_row() -> None:
    assert heading_rows(headed(("А", ""), ("Б", ""))) == ((Head("А", 0), Head("Б", 1)),)


def test_neighbours_under_the_same_heading_share_it_and_the_others_take_both_rows() -> None:
    rows = heading_rows(headed(("А", ""), ("Б", "Дээр"), ("В", "Дээр"), ("Г", "Өөр"), ("Д", ""), ("Е", "Дээр")))

    assert rows == (
        (
            Head("А", 0, rows=2),
            Head("Дээр", 1, columns=2),
            Head("Өөр", 3),
            Head("Д", 4, rows=2),
            Head("Дээр", 5),
        ),
        (Head("Б", 1), Head("В", 2), Head("Г", 3), Head("Е", 5)),
    )


def test_a_column_too_narrow_for_a_word_of_its_heading_gets_room_from_the_others() -> None:
    widths = (2, 50, 50)
    columns = tuple(
        Column(f"c{at}", name, width)
        for at, (name, width) in enumerate(zip(("Биелэлтийн хувь", "Явц", "Тайлбар"), widths, strict=True))
    )

    narrow, *others = column_widths(Table("main", columns, ()))

    assert round(narrow, 1) == 9.3
    assert others == [pytest.approx((sum(widths) - narrow) / 2)] * 2


def test_widths_stay_as_they_are_where_every_heading_fits_or_nothing_could_help() -> None:
    fitting = headed(("Үзүүлэлт", ""), ("Явц", ""))
    hopeless = headed(*[("Хэрэгжүүлэлтийнхээ", "")] * 20)

    assert column_widths(fitting) == (10, 10)
    assert column_widths(hopeless) == (10,) * 20


# Word


@pytest.fixture(scope="module")
def second_table() -> Any:
    return tables(document(two_tables()))[1]


def test_in_word_a_heading_is_merged_over_its_columns_and_the_others_over_both_rows(second_table: Any) -> None:
    assert grid_of(second_table)[:3] == [[*UPPER, *AFTER], ["", "", "", *LOWER, "", ""], NUMBERS]
    assert spans(second_table)[:3] == [[1, 1, 1, 3, 1, 1], [1] * 8, [1] * 8]
    rows = second_table.findall(f"{W}tr")[:3]
    assert [merges_across(row) for row in rows] == [
        ["restart"] * 3 + [None] + ["restart"] * 2,
        ["continue"] * 3 + [None] * 3 + ["continue"] * 2,
        [None] * 8,
    ]


def test_in_word_both_rows_and_the_numbers_repeat_and_stay_whole(second_table: Any) -> None:
    rows = second_table.findall(f"{W}tr")

    assert [has(row, "tblHeader") for row in rows] == [True] * 3 + [False] * 7
    assert [has(row, "cantSplit") for row in rows[:3]] == [True] * 3


def test_in_word_a_merged_heading_is_as_wide_as_its_columns(second_table: Any) -> None:
    grid = [int(column.get(f"{W}w")) for column in second_table.iterfind(f"{W}tblGrid/{W}gridCol")]
    upper = second_table.findall(f"{W}tr")[0].findall(f"{W}tc")

    assert [int(cell.find(f"{W}tcPr/{W}tcW").get(f"{W}w")) for cell in upper] == [*grid[:3], sum(grid[3:6]), *grid[6:]]


@pytest.mark.parametrize("template", ["sheet.docx", "resolutions/table.docx"])
def test_in_word_annexes_have_headings_of_two_rows_too(template: str) -> None:
    content = document(replace(draft(), annexes=(replace(performance_table(), numbered=False),)), template)

    annex = tables(content)[-1]
    assert grid_of(annex)[:2] == [[*UPPER, *AFTER], ["", "", "", *LOWER, "", ""]]
    assert [has(row, "tblHeader") for row in annex.findall(f"{W}tr")] == [True] * 2 + [False] * 7
    assert faults_of_docx(content) == []


@pytest.mark.parametrize("lost", ["Гүйцэтгэлийн түвшин", "Суурь түвшин"])
def test_the_headings_of_an_annex_are_values_that_a_template_must_not_lose(lost: str) -> None:
    sheet = replace(draft(), annexes=(performance_table(),))
    template = shipped("sheet.html")
    tag = b"{% if head.text != '" + lost.encode() + b"' %}{{ head.text }}{% endif %}"
    content = template.content.replace(b"{{ head.text }}", tag)

    found = html.render(sheet, replace(template, content=content)).findings

    assert [dict(one.values)["value"] for one in found] == [lost]


def test_a_heading_over_several_columns_is_one_value() -> None:
    texts = [value for value, _ in values_of(replace(draft(), annexes=(performance_table(),)))]

    assert [texts.count(heading) for heading in (LEVEL, *LOWER, *UPPER[1:3], *AFTER)] == [1] * 8


# Excel


@pytest.fixture(scope="module")
def second_worksheet() -> Any:
    return openpyxl.load_workbook(BytesIO(workbook(two_tables())))["Хүснэгт 2"]


def test_in_excel_a_heading_is_merged_over_its_columns_and_the_others_over_both_rows(second_worksheet: Any) -> None:
    shown = [[cell.value for cell in row] for row in second_worksheet.iter_rows(min_row=1, max_row=5)]
    assert shown[0][0] == "ХОЁР. ГҮЙЦЭТГЭЛИЙН ЗОРИЛТ, АРГА ХЭМЖЭЭНИЙ БИЕЛЭЛТ"
    assert shown[2:] == [[*UPPER, None, None, *AFTER], [None] * 3 + LOWER + [None] * 2, list(range(1, 9))]
    merged = {str(area) for area in second_worksheet.merged_cells.ranges if area.max_row <= 5}
    assert merged == {"A1:H1", "A3:A4", "B3:B4", "C3:C4", "D3:F3", "G3:G4", "H3:H4"}


def test_in_excel_both_rows_and_the_numbers_repeat_on_paper_and_stay_in_view(second_worksheet: Any) -> None:
    assert (second_worksheet.print_title_rows, second_worksheet.freeze_panes) == ("$3:$5", "A6")


def test_in_excel_the_rows_are_high_enough_for_the_headings_that_take_both(second_worksheet: Any) -> None:
    heights = [second_worksheet.row_dimensions[row].height for row in (3, 4)]
    tall = "Хэрэгжүүлэх арга хэмжээний хүрсэн түвшний тайлбар, үндэслэл, хавсаргах баримтын нэр төрөл"
    table = performance_table()
    columns = (replace(table.columns[0], heading=tall), *table.columns[1:])
    taller = openpyxl.load_workbook(BytesIO(workbook(replace(two_tables(), tables=(replace(table, columns=columns),)))))

    # One line of a merged heading, two lines of the three below it: of 12 points each, and room around them.
    assert heights == [15.75, 27.75]
    assert taller["Хүснэгт"].print_title_rows == "$9:$11"
    higher = [taller["Хүснэгт"].row_dimensions[row].height for row in (9, 10)]
    assert higher == [15.75, 123.75]


def test_a_score_without_a_sign_is_a_number_in_the_middle(second_worksheet: Any) -> None:
    cells = [second_worksheet.cell(row, 8) for row in range(6, 13)]

    assert [cell.value for cell in cells] == [100, 90, 70, 50, 30, 0, None]
    assert {(cell.number_format, cell.alignment.horizontal) for cell in cells[:6]} == {("0", "center")}


def test_excel_would_not_offer_to_repair_headings_of_two_rows() -> None:
    assert faults_of_xlsx(workbook(two_tables())) == []


# HTML


def test_in_html_headings_span_columns_and_rows_and_say_whose_they_are() -> None:
    head = re.findall(r"<thead>(.*?)</thead>", page(two_tables()), re.DOTALL)[1]

    upper, lower, numbers = re.findall(r"<tr.*?</tr>", head)
    assert re.findall(r"<th ([^>]*)>([^<]*)</th>", upper) == [
        *(('scope="col" rowspan="2"', heading) for heading in UPPER[:3]),
        ('scope="colgroup" colspan="3"', LEVEL),
        *(('scope="col" rowspan="2"', heading) for heading in AFTER),
    ]
    assert re.findall(r"<th ([^>]*)>([^<]*)</th>", lower) == [('scope="col"', heading) for heading in LOWER]
    assert re.findall(r"<td>(\d)</td>", numbers) == NUMBERS


def test_in_html_the_columns_under_one_heading_are_a_group_of_columns() -> None:
    table = page(two_tables()).split("<table")[2]

    groups = re.findall(r"<colgroup>(.*?)</colgroup>", table)

    assert [group.count("<col ") for group in groups] == [1, 1, 1, 3, 1, 1]


def test_in_html_a_score_without_a_sign_is_set_as_a_score_is() -> None:
    text = page(two_tables())

    assert ".ordinal, .score, .percent, .count { text-align: center; }" in text
    assert '<td class="percent level" style="--level: #2E7D32"><i class="swatch"></i>100</td>' in text


# Lines of a post and of a reference


def test_the_lines_of_a_post_and_of_a_reference_are_lines_in_word() -> None:
    content = document(plan_of_measures())

    assert text(part(content)).startswith(f"{REFERENCE}\nӨлзийт-Үүр сумын")
    (reference,) = [p for p in part(content).iter(f"{W}p") if text(p) == REFERENCE]
    assert reference.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "Reference"
    assert grid_of(tables(content)[-1])[1][0] == "Тамгын газрын дарга\nТөсвийн шууд захирагч"


def test_the_lines_of_a_post_and_of_a_reference_are_lines_in_excel() -> None:
    book = openpyxl.load_workbook(BytesIO(workbook(plan_of_measures())))["Хүснэгт"]

    (reference,) = [cell for row in book.iter_rows(max_row=1) for cell in row if cell.value]
    assert (reference.value, reference.alignment.horizontal, reference.alignment.wrap_text) == (
        REFERENCE,
        "right",
        True,
    )
    posts = {cell.value: cell for row in book.iter_rows() for cell in row if "ЗАХИРАГЧ" in str(cell.value)}
    (post,) = posts.values()
    assert post.value == "БАТАЛСАН\nТАМГЫН ГАЗРЫН ДАРГА\nТӨСВИЙН ШУУД ЗАХИРАГЧ"
    assert book.row_dimensions[post.row].height >= 3 * 10 * 4 / 3


def test_the_lines_of_a_post_and_of_a_reference_are_lines_in_html() -> None:
    text = page(plan_of_measures())

    assert shown_lines(text)[:3] == REFERENCE.split("\n")
    assert re.search(r"\.reference \{[^}]*text-align: right; white-space: pre-line", text)
    assert ".signature .post { white-space: pre-line; }" in text
    assert '<p class="post">Тамгын газрын дарга\nТөсвийн шууд захирагч</p>' in text


def test_headings_of_one_row_are_as_before() -> None:
    text = page(in_cells(3))

    assert '<tr><th scope="col">Багана 1</th><th scope="col">Багана 2</th><th scope="col">Багана 3</th></tr>' in text
    assert "rowspan" not in text
