"""Excel sheets: what stands in them, how they print, and that Excel opens them in silence."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from itertools import chain
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from sheets import (
    DUTY,
    TITLE,
    breakdown,
    bullet,
    draft,
    draft_summary,
    eleven_columns,
    group,
    long_narrative,
    many,
    nine_clauses,
    number,
    paragraph,
    plain,
    prose,
    records,
    row,
    score,
    summary,
    table_sheet,
    two_tables,
)
from workbooks import area, faults_of_xlsx
from xlsxwriter import Workbook

from planctl.forms.form import Column
from planctl.render.excel import render
from planctl.render.measure import wrapped
from planctl.render.package import packed, unpacked
from planctl.render.presence import values_of
from planctl.render.sheetml.page import pixels_of
from planctl.render.sheetml.records import unique_headers
from planctl.render.sheetml.strips import Pager, height, runs, strips
from planctl.render.sheetml.values import number_of, text_of
from planctl.report.sheet import Cell, Group, Records, Row, Section, Sheet, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

SAMPLES = (nine_clauses, draft, long_narrative, summary, draft_summary, two_tables, eleven_columns)


def content(sheet: Sheet) -> bytes:
    built = render(sheet, None)
    assert built.findings == ()
    assert built.content is not None
    return built.content


def opened(sheet: Sheet, *, values: bool = False) -> Any:
    return openpyxl.load_workbook(BytesIO(content(sheet)), data_only=values)


def texts(worksheet: Any) -> list[str]:
    return [str(cell.value) for line in worksheet.iter_rows() for cell in line if cell.value is not None]


def words(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())


# Nothing is lost, and Excel opens it


@pytest.mark.parametrize("sample", SAMPLES)
def test_excel_would_not_offer_to_repair_any_sample(sample: Callable[[], Sheet]) -> None:
    assert faults_of_xlsx(content(sample())) == []


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_value_stands_on_the_printed_sheets(sample: Callable[[], Sheet]) -> None:
    sheet = sample()
    book = opened(sheet, values=True)
    shown = words(
        [text for page in book.worksheets if page.title != "Өгөгдөл" for text in printed_texts(page)]
    ).casefold()
    missing = [
        text for text, _ in values_of(sheet) for line in text.split("\n") if words([line]).casefold() not in shown
    ]
    assert missing == []


def printed_texts(worksheet: Any) -> Iterator[str]:
    """Yield the texts column by column, since a long one goes on in the next row; numbers as they are shown."""
    for column in worksheet.iter_cols():
        for cell in column:
            if isinstance(cell.value, int | float):
                yield shown_number(cell.value, cell.number_format)
            elif cell.value is not None:
                yield cell.value


def shown_number(value: float, form: str) -> str:
    if form == '0;-0;"-"':
        return str(value) if value else "-"
    decimals = len(form.rstrip("%").partition(".")[2])
    shown = f"{value * 100 if form.endswith('%') else value:.{decimals}f}".replace(".", ",")
    return f"{shown}%" if form.endswith("%") else shown


def test_the_records_hold_the_same_items_once_more() -> None:
    sheet = nine_clauses()
    data = opened(sheet)["Өгөгдөл"]
    expected = [
        tuple(as_kept(line.cells[column.key]) for column in sheet.records.columns) for line in sheet.records.rows
    ]
    assert [tuple(cell.value for cell in line) for line in data.iter_rows(min_row=2)] == expected
    assert data.tables["Өгөгдөл"].ref == "A1:G10"
    assert data.merged_cells.ranges == set()


def as_kept(cell: Cell) -> object:
    kept = number_of(cell)
    return kept.value if kept else text_of(cell) or None


def test_text_stays_text_whatever_it_begins_with() -> None:
    hostile = ["=1+1", "+1", "@SUM(A1)", "https://example.mn/?a=1&b=2", "007", "_x0041_", "  зай  ", "=", "#REF!"]
    lines = [row(at, text, plain(text), (None, None)) for at, text in enumerate(hostile, start=1)]
    sheet = table_sheet([group(1, "=cmd|' /C calc'!A0", *lines)])
    assert faults_of_xlsx(content(sheet)) == []
    book = opened(sheet)
    for page in book.worksheets:
        assert not [cell for line in page.iter_rows() for cell in line if cell.data_type == "f" or cell.hyperlink]
        found = texts(page)
        assert [text for text in hostile if text not in found] == []


def test_a_number_is_kept_only_where_the_text_says_no_more() -> None:
    assert number_of(score(100)) is not None
    cases: dict[str, tuple[Decimal | int, float, str]] = {
        "100%": (Decimal(100), 1.0, "0%"),
        "82,5%": (Decimal("82.5"), 0.825, "0.0%"),
        "33,33%": (Decimal("33.33"), 0.3333, "0.00%"),
        "-": (0, 0, '0;-0;"-"'),
        "82,2": (Decimal("82.2"), 82.2, "0.0"),
        "12": (12, 12.0, "0"),
    }
    for text, (value, kept, form) in cases.items():
        found = number_of(Cell(text, (), value))
        assert found is not None
        assert (found.value, found.format) == (kept, form)
    assert number_of(Cell("Хугацаа болоогүй", (), None)) is None
    assert number_of(Cell("12 дугаар", (), 12)) is None
    assert number_of(Cell("90%", (), Decimal(70))) is None


# The official layout


def test_the_layout_of_the_nine_clauses() -> None:
    page = opened(nine_clauses()).worksheets[0]
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert (page.sheet_properties.pageSetUpPr.fitToPage, page.page_setup.fitToHeight) == (True, 0)
    margins = page.page_margins
    sides = (margins.top, margins.bottom, margins.left, margins.right)
    assert [round(side * 25.4, 3) for side in sides] == [20, 20, 30, 15]
    assert page["A1"].value == TITLE[0].upper() == "АЙМГИЙН ИТХ, ИТХТ-ИЙН 2023 ОНЫ ЖИЛИЙН ЭЦСИЙН"
    assert "A1:G1" in [str(merge) for merge in page.merged_cells.ranges]
    assert page["A6"].value == "Шийдвэр Д/д"
    assert [cell.value for cell in page[7]] == [1, 2, 3, 4, 5, 6, 7]
    assert page.print_title_rows == "$6:$7"
    assert page.freeze_panes == "A8"
    assert "&P" in page.oddFooter.center.text
    merges = {str(merge) for merge in page.merged_cells.ranges}
    # The section row, and the first decision beside its three clauses.
    assert {"A8:G8", "A9:A11", "C9:C11"} <= merges
    assert page["F9"].value == 1
    assert page["F9"].number_format == "0%"


def test_the_draft_mark_and_the_reference_stand_above_the_title() -> None:
    page = opened(draft()).worksheets[0]
    assert page["A1"].value == "ТӨСӨЛ"
    assert "ТӨСӨЛ" in page.oddHeader.right.text
    reference = next(cell for cell in page[1] if cell.value and cell.value.startswith("Засаг"))
    assert reference.alignment.horizontal == "right"
    finished = opened(nine_clauses()).worksheets[0]
    assert finished.oddHeader.right.text is None
    assert "ТӨСӨЛ" not in texts(finished)


def test_annexes_and_further_tables_have_worksheets_of_their_own() -> None:
    sheet = draft()
    second = replace(sheet.tables[0], title="Мэдлэг, ур чадвар")
    twice = replace(sheet, tables=(sheet.tables[0], second), annexes=(breakdown(), breakdown()))
    book = opened(twice)
    assert book.sheetnames == ["Хүснэгт", "Хүснэгт 2", "Задаргаа", "Задаргаа 2", "Өгөгдөл"]
    assert book["Хүснэгт 2"]["A1"].value == "МЭДЛЭГ, УР ЧАДВАР"
    assert "Ө.ҮҮРИЙНСОЛОНГО" in words(texts(book["Хүснэгт 2"]))
    assert "Ө.ҮҮРИЙНСОЛОНГО" not in words(texts(book["Хүснэгт"]))
    assert faults_of_xlsx(content(twice)) == []


def test_a_long_narrative_goes_on_in_rows_that_read_as_one() -> None:
    page = opened(long_narrative()).worksheets[0]
    rows = [line for line in range(9, page.max_row + 1) if page.cell(line, 5).border.left.style]
    story = [line for line in rows if line > rows[0]][:-1]
    assert len(story) > 5
    assert max(page.row_dimensions[line].height for line in story) <= 409
    assert [page.cell(line, 2).value for line in story] == [2] + [None] * (len(story) - 1)
    tops = [page.cell(line, 5).border.top.style for line in story]
    bottoms = [page.cell(line, 5).border.bottom.style for line in story]
    assert tops == ["thin"] + [None] * (len(story) - 1)
    assert bottoms == [None] * (len(story) - 1) + ["thin"]
    # The decision stands beside all rows of its clauses.
    spans = [merge for merge in page.merged_cells.ranges if merge.min_col == merge.max_col == 1]
    assert [(span.min_row, span.max_row) for span in spans] == [(rows[0], rows[-1])]


def test_lists_have_their_markers_on_the_printed_sheet_and_in_the_records() -> None:
    progress = prose(paragraph("Ажлууд:"), bullet("нэг"), bullet("хоёр", 2), number(1, "гурав"), number(2, "дөрөв", 2))
    book = opened(table_sheet([group(1, "Тогтоол", row(1, "Заалт", progress, (100, None)))]))
    text = "Ажлууд:\n• нэг\n  – хоёр\n1. гурав\n  2. дөрөв"
    assert [text in texts(page) for page in book.worksheets] == [True, True]
    assert book["Өгөгдөл"]["E2"].value == text


def test_a_group_of_one_row_and_a_table_of_one_column_are_not_merged() -> None:
    column = Column("name", "Нэр", 10)
    table = Table("one", (column,), (Section("Бүлэг"), *group_of(Cell("Утга"))), numbered=False)
    sheet = replace(draft(), tables=(table,), records=Records((column,), ()))
    assert faults_of_xlsx(content(sheet)) == []
    assert {"Бүлэг", "Утга"} <= set(texts(opened(sheet).worksheets[0]))


def group_of(cell: Cell) -> Iterator[Any]:
    yield replace(group(1, ""), cells={}, rows=(Row({"name": cell}),))


@pytest.mark.parametrize("count", [30, 101, 1_000])
def test_a_column_for_each_value_of_a_fine_scale_has_some_width(count: int) -> None:
    columns = (
        Column("unit", "Нэгж", 70),
        *(Column(f"v{at}", f"Тодорхой үр дүнд хүрсэн заалтын тоо, хувь: {at}%", 20, "count") for at in range(count)),
    )
    cells = {column.key: Cell("5", number=5) for column in columns}
    annex = Table("breakdown", columns, (Section("Бүлэг"), Group({}, (Row(cells),))))
    sheet = replace(nine_clauses(), annexes=(annex,))
    page = opened(sheet)["Задаргаа"]
    widths = [page.column_dimensions[get_column_letter(at)].width for at in range(1, 3)]
    assert min(widths) > 0
    assert faults_of_xlsx(content(sheet)) == []


def test_columns_that_do_not_fit_side_by_side_are_all_narrower() -> None:
    assert pixels_of([10, 10]) == (466, 466)
    assert pixels_of([1000, 1]) == (904, 28)
    many_columns = pixels_of([70, *[20] * 101])
    assert sum(many_columns) <= 932
    assert set(many_columns[1:]) == {min(many_columns)}
    assert min(many_columns) > 7


def test_signatures_are_not_parted_by_the_end_of_a_page() -> None:
    for clauses in range(1, 30):
        page = opened(
            table_sheet([group(at, "Тогтоол", row(at, "Заалт", plain("Явц"), (100, 100))) for at in range(1, clauses)])
        ).worksheets[0]
        checked, compiled = (
            next(line for line in range(1, page.max_row + 1) if str(page.cell(line, 1).value).startswith(caption))
            for caption in ("ХЯНАСАН", "БИЕЛЭЛТ")
        )
        starts = printed_page_starts(page)
        assert not [start for start in starts if checked < start <= compiled]


def printed_page_starts(page: Any) -> list[int]:
    """Return the first rows of the printed pages, as a printer with 482 points of height would part them."""
    heads = range(*(int(part.strip("$")) for part in page.print_title_rows.split(":")))
    repeated = sum(page.row_dimensions[line].height for line in (*heads, heads.stop))
    breaks = {int(one.id) + 1 for one in page.row_breaks.brk}
    starts, left = [1], 482.0
    for line in range(1, page.max_row + 1):
        points = page.row_dimensions[line].height or 15
        if points > left or line in breaks:
            starts.append(line)
            left = 482.0 - repeated
        left -= points
    return starts


# The summary


def test_the_summary_counts_with_formulas_that_carry_their_value() -> None:
    formulas, values = opened(summary()).worksheets[0], opened(summary(), values=True).worksheets[0]
    counts = [(formulas.cell(line, 4).value, values.cell(line, 4).value) for line in range(8, 16)]
    data = "Өгөгдөл!$F$2:$F$10"
    assert counts == [
        ("=ROWS(Өгөгдөл!$A$2:$A$10)", 9),
        (f"=COUNTIF({data},1.0)", 6),
        (f"=COUNTIF({data},0.9)", 0),
        (f"=COUNTIF({data},0.7)", 2),
        (f"=COUNTIF({data},0.5)", 0),
        (f"=COUNTIF({data},0.3)", 0),
        (f"=COUNTIF({data},0.0)", 1),
        (f'=IF(COUNT({data})=0,"",ROUND(ROUND(SUM({data})*100,6)/COUNT({data}),1))', 82.2),
    ]
    assert values["A15"].value == summary().tally.closing  # type: ignore[union-attr]  # the sample has a tally
    assert formulas["A15"].value.startswith("=")
    assert formulas["D10"].number_format == '0;-0;"-"'


def test_the_summary_has_the_official_merges() -> None:
    page = opened(summary()).worksheets[0]
    merges = {str(merge) for merge in page.merged_cells.ranges}
    assert {"A7:D7", "A8:C8", "A9:A14", "B10:B11", "B12:B13", "A15:C15"} <= merges
    assert page["A7"].value == "АЙМГИЙН ИТХ, ИТХТ-ИЙН 2023 ОНЫ ЖИЛИЙН ЭЦСИЙН ТОГТООЛЫН ХЭРЭГЖИЛТИЙН ТОВЧОО"
    assert (page["A9"].value, page["B9"].value, page["C9"].value) == ("Үүнээс", "Үр дүнтэй", 1)


def test_the_summary_of_no_score_divides_by_nothing() -> None:
    sheet = summary()
    assert sheet.tally is not None
    closing = "Тогтоолын хэрэгжилтийн товчоо: үнэлгээ хийгдээгүй байна."
    tally = replace(sheet.tally, mean=None, mean_text="", closing=closing, points=Decimal(0), scored=0, total=0)
    bare = replace(sheet, tally=tally, records=Records(sheet.records.columns, ()))
    assert faults_of_xlsx(content(bare)) == []
    values = opened(bare, values=True).worksheets[0]
    assert (values["A15"].value, values["D15"].value, values["D8"].value) == (closing, None, 0)


def test_a_long_closing_sentence_is_cut_into_literals_that_excel_takes() -> None:
    sheet = summary()
    assert sheet.tally is not None
    closing = f"{'“Үг” ' * 120}82,2 хувьтай байна."
    long = replace(sheet, tally=replace(sheet.tally, closing=closing))
    assert faults_of_xlsx(content(long)) == []
    assert closing in texts(opened(long, values=True).worksheets[0])


# The records


def test_headers_are_unique_and_none_is_empty() -> None:
    headings = ["Нэр", "нэр", "", " ", "Хоёр\nмөр", "Нэр", "_x0041_", "Нэр (2)"]
    headers = list(unique_headers(headings))
    assert headers == ["Нэр", "нэр (2)", "Багана 3", "Багана 4", "Хоёр мөр", "Нэр (3)", "_ x0041_", "Нэр (2) (2)"]
    assert len({header.casefold() for header in headers}) == len(headings)


@pytest.mark.parametrize("headings", [("", "", ""), ("А", "а", "А"), ("_x0041_", "A", "'#[]@")])
def test_a_table_without_rows_opens_too(headings: tuple[str, ...]) -> None:
    columns = tuple(Column(f"key{at}", heading, 10) for at, heading in enumerate(headings))
    for rows in ((), (Row({"key0": Cell("нэг")}),)):
        sheet = replace(nine_clauses(), records=Records(columns, rows))
        assert faults_of_xlsx(content(sheet)) == []


def test_a_sheet_without_records_has_no_data_worksheet() -> None:
    sheet = replace(summary(), records=Records((), ()))
    book = opened(sheet)
    assert book.sheetnames == ["Товчоо"]
    assert book.worksheets[0]["D9"].value == 6


@pytest.mark.parametrize(("text", "units"), [("үг " * 12_000, 36_000), ("𝔘" * 16_384, 32_768)])
def test_a_text_longer_than_a_cell_of_the_records_is_a_fault_of_ours(text: str, units: int) -> None:
    sheet = table_sheet([group(1, "Тогтоол", row(1, "Заалт", plain(text), (100, 100)))])
    with pytest.raises(AssertionError, match=f"^{units} UTF-16 units for a cell that holds 32767$"):
        render(sheet, None)


def test_a_text_that_just_fits_is_whole() -> None:
    text = "𝔘" * 16_383
    sheet = table_sheet([group(1, "Тогтоол", row(1, "Заалт", plain(text), (100, 100)))])
    assert opened(sheet)["Өгөгдөл"]["E2"].value == text


def test_a_printed_text_longer_than_a_cell_is_never_cut() -> None:
    sheet = table_sheet([group(1, "Тогтоол", row(1, "Заалт", plain("үг " * 12_000), (100, 100)))])
    printed = replace(sheet, records=Records((), ()))
    column = [cell.value for cell in opened(printed).worksheets[0]["E"] if isinstance(cell.value, str)]
    assert words(column).count("үг") == 12_000


# The bytes


SCRIPT = """
import sys, sheets
from planctl.render.excel import render
sys.stdout.buffer.write(render(sheets.{}(), None).content)
"""


@pytest.mark.parametrize("sample", ["draft", "summary"])
def test_the_same_sheet_gives_the_same_bytes_whatever_the_surroundings(sample: str) -> None:
    surroundings = (
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Ulaanbaatar", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "America/New_York", "SOURCE_DATE_EPOCH": "1"},
    )
    here = Path(__file__).parent
    built = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT.format(sample)],
            cwd=here,
            env={**os.environ, **some},
            check=True,
            capture_output=True,
        ).stdout
        for some in surroundings
    ]
    again = content({"draft": draft, "summary": summary}[sample]())
    assert built[0] == built[1] == again == content({"draft": draft, "summary": summary}[sample]())


def test_no_date_of_today_stands_in_the_file() -> None:
    with zipfile.ZipFile(BytesIO(content(summary()))) as package:
        assert {member.date_time for member in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {member.create_system for member in package.infolist()} == {3}
        assert package.namelist()[0] == "[Content_Types].xml"
        core = package.read("docProps/core.xml").decode()
    assert core.count("2000-01-01T00:00:00Z") == 2


# Heights and pages


def test_lines_put_together_again_are_the_text() -> None:
    story = f"{DUTY}  хоёр зай\n\n{'м' * 300}\n  – мөр 1. {DUTY}"
    for width in (10, 40, 100, 1000):
        lines = wrapped(story, width=width, size=9)
        parts = [lines.part(at, at + 1) for at in range(len(lines))]
        assert "".join("".join(parts).split()) == "".join(story.split())
        assert lines.part(0, len(lines)) == story


def test_wide_letters_take_more_lines_than_narrow_ones() -> None:
    def lines(text: str) -> int:
        return len(wrapped(text, width=100, size=9))

    assert lines("Щ" * 100) > lines("г" * 100)
    assert lines("Ө" * 100) > lines("." * 100)
    assert len(wrapped("", width=100, size=9)) == 0


def test_a_row_that_does_not_fit_breaks_at_the_end_of_the_page() -> None:
    pager = Pager(page=200)
    pager.place(100)
    lines = wrapped("\n".join(map(str, range(20))), width=100, size=9)
    placed = strips([lines, wrapped("0\n1\n2", width=100, size=9)], pager, pitch=12)
    assert [(strip.page, strip.lines, strip.starts, strip.ends) for strip in placed] == [
        (1, 8, True, False),
        (2, 12, False, True),
    ]
    assert [strip.texts[1] for strip in placed] == ["0\n1\n2", ""]


def test_a_short_row_moves_to_the_next_page_whole() -> None:
    pager = Pager(page=200)
    pager.place(120)
    placed = strips([wrapped("1\n2\n3\n4\n5\n6\n7", width=100, size=9)], pager, pitch=12)
    assert [(strip.page, strip.lines) for strip in placed] == [(2, 7)]


def test_a_grouped_text_is_parted_only_where_a_page_would_cut_it() -> None:
    pager = Pager(page=100)
    rows = [
        *strips([], pager, pitch=12, least=3),
        *strips([], pager, pitch=12, least=3),
        *strips([], pager, pitch=12, least=3),
    ]
    assert [strip.page for strip in rows] == [1, 1, 2]
    short = wrapped("1\n2\n3", width=100, size=9)
    assert [(run.first, run.last) for run in runs(short, rows, pitch=12)] == [(0, 2)]
    long = wrapped("1\n2\n3\n4\n5\n6\n7\n8", width=100, size=9)
    assert [(run.first, run.last, run.text) for run in runs(long, rows, pitch=12)] == [
        (0, 1, "1\n2\n3\n4\n5\n6"),
        (2, 2, "7\n8"),
    ]


def test_a_heading_as_high_as_a_page_leaves_room_for_rows() -> None:
    pager = Pager(page=200)
    pager.repeated = 500
    lines = wrapped("\n".join(map(str, range(40))), width=100, size=9)
    placed = strips([lines], pager, pitch=12)
    assert sum(strip.lines for strip in placed) == 40


def test_a_decision_longer_than_its_clauses_has_room() -> None:
    title = "Шийдвэрийн нэр " * 20
    page = opened(table_sheet([group(1, title, row(1, "Заалт", plain("Явц"), (100, 100)))])).worksheets[0]
    assert page.row_dimensions[8].height == height(len(wrapped(title.strip(), width=99, size=9)), pitch=12)


def test_the_time_grows_in_a_line_with_the_rows() -> None:
    def seconds(sheet: Sheet) -> float:
        start = process_time()
        render(sheet, None)
        return process_time() - start

    small, large = many(150), many(1_500)
    few = min(seconds(small) for _ in range(3))
    assert min(seconds(large) for _ in range(3)) < 40 * few


# The checker finds what it is there for


def planted(change: Callable[[dict[str, bytes]], None], sheet: Sheet | None = None) -> list[str]:
    members = unpacked(content(sheet or summary()))
    change(members)
    return faults_of_xlsx(packed(members))


def replaced(member: str, old: str, new: str) -> Callable[[dict[str, bytes]], None]:
    def change(members: dict[str, bytes]) -> None:
        assert old.encode() in members[member], old
        members[member] = members[member].replace(old.encode(), new.encode(), 1)

    return change


FIRST, DATA, LIST = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/tables/table1.xml"
PLANTED = [
    (replaced(FIRST, '<mergeCell ref="A7:D7"/>', '<mergeCell ref="A7:D8"/>'), "over merge A7:D8"),
    (replaced(FIRST, '<mergeCell ref="A7:D7"/>', '<mergeCell ref="F6"/>'), "merge F6 of one cell"),
    (
        replaced(DATA, "<pageMargins", '<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells><pageMargins'),
        "table A1:G10 over merge",
    ),
    (replaced(LIST, 'displayName="Өгөгдөл"', 'displayName="Өгөг дөл"'), "is illegal"),
    (replaced(LIST, 'displayName="Өгөгдөл"', 'displayName="A1"'), "is illegal"),
    (replaced(LIST, 'name="Заалт Д/д"', 'name="шийдвэр Д/Д"'), "twice"),
    (replaced(LIST, 'name="Заалт Д/д"', 'name="Өөр"'), "header 'Заалт Д/д' of column 'Өөр'"),
    (replaced(LIST, '<tableColumn id="2"', '<tableColumn id="1"'), "column id 1 twice"),
    (replaced(LIST, 'ref="A1:G10"', 'ref="A1:G1"'), "no row below its header"),
    (replaced("xl/worksheets/_rels/sheet2.xml.rels", "table1.xml", "table7.xml"), "xl/tables/table7.xml is missing"),
    (replaced("[Content_Types].xml", "/xl/tables/table1.xml", "/xl/tables/table7.xml"), "missing part"),
    (replaced(DATA, "хагас", "ха\x02гас"), "not XML"),
    (replaced(DATA, "хагас", "Ө" * 40_000), " signs"),
    (replaced("xl/sharedStrings.xml", "Заалт", "Ө" * 40_000), " signs"),
    (replaced("xl/sharedStrings.xml", "<si>", "<gone>"), "not XML"),
    (replaced(FIRST, "<v>82.2</v>", ""), "formula without its value"),
    (replaced(FIRST, ",0.9)", f',"{"а" * 300}")'), "text too long within a formula"),
    (replaced(FIRST, 'ht="18.75"', 'ht="500"'), "too high"),
    (replaced("xl/workbook.xml", 'name="Товчоо"', 'name="Товч/оо"'), "is illegal"),
    (replaced("xl/workbook.xml", 'name="Товчоо"', 'name="өгөгдөл"'), "sheet name Өгөгдөл twice"),
    (replaced("xl/workbook.xml", 'sheetId="2"', 'sheetId="1"'), "sheet id 1 twice"),
    (replaced("xl/workbook.xml", "_xlnm.Print_Titles", "Print Titles"), "name Print Titles is illegal"),
    (replaced("xl/workbook.xml", '_xlnm.Print_Titles" localSheetId="1"', 'Өгөгдөл"'), "table name Өгөгдөл twice"),
    (replaced("xl/_rels/workbook.xml.rels", 'Id="rId2"', 'Id="rId1"'), "id rId1 twice"),
    (replaced(FIRST, ' s="1"', ' s="900"'), "style is missing"),
]


@pytest.mark.parametrize(("change", "fault"), PLANTED, ids=[fault for _, fault in PLANTED])
def test_the_checker_finds_a_planted_fault(change: Callable[[dict[str, bytes]], None], fault: str) -> None:
    assert [one for one in planted(change) if fault in one]


def test_the_checker_takes_a_plain_workbook_for_sound() -> None:
    target = BytesIO()
    with Workbook(target, {"in_memory": True}) as book:
        book.add_worksheet("Нэг").write_string(0, 0, "утга")
    assert faults_of_xlsx(target.getvalue()) == []
    assert list(chain(area("B2").cells(), area("A1:B1").cells())) == [(2, 2), (1, 1), (1, 2)]


# LibreOffice calculates the same


CSV = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false"


@pytest.fixture(scope="module")
def calculated(converted: Callable[[Mapping[str, bytes], str], dict[str, Path]]) -> dict[str, list[list[str]]]:
    """The cells of the summary as LibreOffice calculates them: as it was built, and with a score changed."""
    members = unpacked(content(summary()))
    # Without the values that were written along, whatever is read was calculated.
    members[FIRST] = re.sub(rb"</f><v>.*?</v>", b"</f>", members[FIRST])
    data = members[DATA].decode()
    place = data.index("<v>", data.index('<c r="F4"'))
    changed = {**members, DATA: (data[:place] + "<v>1</v>" + data[data.index("</v>", place) + 4 :]).encode()}
    paths = converted({"built.xlsx": packed(members), "changed.xlsx": packed(changed)}, CSV)
    return {
        name: list(csv.reader(path.read_text(encoding="utf-8").splitlines(), delimiter=";"))
        for name, path in paths.items()
    }


@pytest.mark.office
@pytest.mark.parametrize(
    ("name", "counts", "closing"),
    [
        ("built.xlsx", ["9", "6", "0", "2", "0", "0", "1", "82.2"], "товчоо 82,2 хувьтай байна."),
        ("changed.xlsx", ["9", "7", "0", "1", "0", "0", "1", "85.6"], "товчоо 85,6 хувьтай байна."),
    ],
    ids=["as built", "a score changed"],
)
def test_libreoffice_calculates_the_same_counts_and_mean(
    calculated: dict[str, list[list[str]]], name: str, counts: list[str], closing: str
) -> None:
    lines = calculated[name]
    assert [line[3].replace(",", ".") for line in lines[7:15]] == counts
    assert lines[14][0].endswith(closing)
    assert lines[14][0].startswith("Аймгийн ИТХ, ИТХТ-ийн 2023 оны")


def test_the_samples_have_records_like_their_tables() -> None:
    assert records(nine_clauses().tables[0]) == nine_clauses().records
