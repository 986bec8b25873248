"""The general Word template: it shows any sheet, whatever its columns and however many tables it has."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from documents import grid_of, has, merges, part, sizes, spans, styles, tables, text
from office_open import W, faults_of_docx
from sheets import (
    breakdown,
    draft,
    draft_summary,
    eleven_columns,
    group,
    in_cells,
    long_narrative,
    nine_clauses,
    plain,
    plan_of_measures,
    row,
    summary,
    table_sheet,
    two_tables,
)

import planctl
from planctl.render import Template
from planctl.render.package import packed, unpacked
from planctl.render.word import render
from planctl.report.sheet import EMPTY, Heading, Section, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

GENERAL = Template("templates/sheet.docx", (Path(planctl.__file__).parent / "templates" / "sheet.docx").read_bytes())
SAMPLES: dict[str, Callable[[], Sheet]] = {
    "nine": nine_clauses,
    "draft": draft,
    "long": long_narrative,
    "summary": summary,
    "draft summary": draft_summary,
    "plan": plan_of_measures,
    "two": two_tables,
    "eleven": eleven_columns,
}


def built(sheet: Sheet, template: Template = GENERAL) -> bytes:
    rendered = render(sheet, template)
    assert rendered.findings == ()
    assert rendered.content is not None
    return rendered.content


def changed(old: str, new: str) -> Template:
    """An office's copy of the general template in which one text is another."""
    members = unpacked(GENERAL.content)
    document = members["word/document.xml"].decode()
    assert old in document
    members["word/document.xml"] = document.replace(old, new).encode()
    return Template("templates/own.docx", packed(members))


def rows_of(table: Any) -> list[Any]:
    return table.findall(f"{W}tr")  # type: ignore[no-any-return]  # lxml brings no types


@pytest.mark.parametrize("name", SAMPLES)
def test_any_sheet_is_shown_whole_and_opens_without_repairing(name: str) -> None:
    assert faults_of_docx(built(SAMPLES[name]())) == []


def test_the_template_itself_opens_in_word() -> None:
    assert faults_of_docx(GENERAL.content) == []


def test_a_sheet_without_tables_and_signatures_is_its_heading() -> None:
    content = built(Sheet("s", "s", "novel", "Тамгын газар", Heading(("Гарчиг",), "2023-12-25", "Өлзийт")))

    assert text(part(content)).split("\n")[:2] == ["Гарчиг", "2023-12-25\tӨлзийт"]
    assert tables(content) == []
    assert faults_of_docx(content) == []


def test_tables_follow_one_another_each_under_its_own_title() -> None:
    content = built(two_tables())
    body = part(content).find(f"{W}body")
    order = [element.tag == f"{W}tbl" or text(element) for element in body if element.tag != f"{W}sectPr"]

    at = order.index("Хоёр. Гүйцэтгэлийн зорилт, арга хэмжээний биелэлт")
    assert order[at - 1 : at + 2] == [True, order[at], True]
    assert styles(body[at]) == ["TableTitle"]
    assert [len(rows_of(table)) for table in tables(content)] == [18, 10, 5]


def test_tables_without_titles_are_kept_apart() -> None:
    one = in_cells(3)

    content = built(replace(one, tables=one.tables * 2))

    assert faults_of_docx(content) == []
    assert len(tables(content)) == 3


def test_a_plan_of_seven_columns_has_its_sections_groups_and_numbers() -> None:
    table = tables(built(plan_of_measures()))[0]

    grid = grid_of(table)
    assert grid[0] == [
        *("Д/д", "Зорилт", "Зорилтыг хэрэгжүүлэх арга хэмжээ", "Шалгуур үзүүлэлт", "Хугацаа", "Хөрөнгө, сая төгрөг"),
        "Хариуцах нэгж",
    ]
    assert grid[1] == ["1", "2", "3", "4", "5", "6", "7"]
    assert [(line, span) for line, span in zip(grid, spans(table), strict=True) if len(line) == 1] == [
        (["Нийгмийн хөгжлийн бодлогын хүрээнд"], [7]),
        (["Хүн амын орлого, ажил эрхлэлт"], [7]),
        (["Эдийн засаг, дэд бүтцийн хүрээнд"], [7]),
        (["Хүн амын орлого, ажил эрхлэлт"], [7]),
    ]
    assert [styles(rows_of(table)[at]) for at in (2, 3)] == [["CentredSection"], ["Section"]]
    spanned = ["restart", "continue", "continue"]
    assert merges(table, 1) == [None, None, *spanned * 2, *spanned * 2]
    assert [line[1] for line in grid[4:7]] == ["Зорилт. Өрх бүрийг хөдөлмөр эрхлэлтээр дэмжих.", "", ""]


def test_the_cells_of_a_row_look_as_their_columns_are() -> None:
    cells = rows_of(tables(built(plan_of_measures()))[0])[5].findall(f"{W}tc")

    assert [styles(cell) for cell in cells] == [
        ["CentredCell"],
        ["Cell"],
        [
            *("Cell", "Bullet1", "Bullet1", "Bullet2", "Bullet2", "Bullet3", "Cell"),
            *("Number1", "Number1", "Number2", "Number2", "Number1"),
        ],
        ["Cell"],
        ["Cell"],
        ["CentredCell"],
        ["Cell"],
    ]
    assert text(cells[3]) == "Хамрагдсан өрхийн тоо,\nсургалтын тоо"


def test_scores_of_either_spelling_are_centred() -> None:
    second = tables(built(two_tables()))[1]
    resolutions = tables(built(nine_clauses()))[0]

    assert styles(rows_of(second)[3].findall(f"{W}tc")[7]) == ["CentredCell"]
    assert styles(rows_of(resolutions)[3].findall(f"{W}tc")[5]) == ["CentredCell"]


def test_each_numbered_list_begins_again() -> None:
    table = tables(built(plan_of_measures()))[0]
    used = [
        [number.get(f"{W}val") for number in rows_of(table)[at].findall(f"{W}tc")[2].iter(f"{W}numId")] for at in (5, 8)
    ]

    assert used == [["3", "3", "4", "4", "3"], ["5", "5", "6", "6", "5"]]


def test_each_row_has_one_bookmark_in_a_cell_that_is_not_merged_away() -> None:
    content = built(two_tables())

    marks = {mark.get(f"{W}name"): mark for mark in part(content).iter(f"{W}bookmarkStart")}
    assert list(marks) == [
        *(f"plan_{at}" for at in (*range(8, 14), *range(24, 30))),
        *(f"performance_{at}" for at in range(1, 8)),
    ]
    holders = [next(mark.iterancestors(f"{W}tc")) for mark in marks.values()]
    assert [cell.find(f"{W}tcPr/{W}vMerge") for cell in holders] == [None] * 19


def test_a_row_whose_prose_is_empty_keeps_its_bookmark_and_its_style() -> None:
    sheet = in_cells(1)
    (band,) = sheet.tables[0].bands
    assert not isinstance(band, Section)
    empty = replace(band, rows=(replace(band.rows[0], cells={"c1": EMPTY}),))

    cell = rows_of(tables(built(replace(sheet, tables=(replace(sheet.tables[0], bands=(empty,)),))))[0])[2]

    assert styles(cell) == ["Cell"]
    assert [mark.get(f"{W}name") for mark in cell.iter(f"{W}bookmarkStart")] == ["cells_1"]


@pytest.mark.parametrize(
    ("columns", "named"), [(1, set()), (7, set()), (8, {"18"}), (9, {"18"}), (10, {"16"}), (14, {"16"})]
)
def test_the_more_columns_the_smaller_the_letters_but_never_below_eight_points(columns: int, named: set[str]) -> None:
    content = built(in_cells(columns))
    (style,) = (
        style for style in part(content, "word/styles.xml").iter(f"{W}style") if style.get(f"{W}styleId") == "Cell"
    )

    table = tables(content)[0]
    assert sizes(table) == named
    assert sizes(style) == {"20"}
    if named:
        paragraphs = list(table.iter(f"{W}p"))
        marks = [paragraph for paragraph in paragraphs if paragraph.find(f"{W}pPr/{W}rPr/{W}sz") is not None]
        runs = [run for run in table.iter(f"{W}r") if run.find(f"{W}rPr/{W}sz") is None]
        assert (len(marks), runs) == (len(paragraphs), [])


def test_widths_are_those_of_the_columns() -> None:
    table = tables(built(plan_of_measures()))[0]

    widths = [int(column.get(f"{W}w")) for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]

    assert [round(width / 1440 * 25.4) for width in widths] == [10, 40, 60, 50, 26, 24, 42]


def test_short_rows_are_kept_on_one_page_and_long_ones_may_break() -> None:
    table = tables(built(eleven_columns()))[0]

    whole = [has(row, "cantSplit") for row in rows_of(table)[3:]]

    section = True
    assert whole == [section, True, False, section, False, True, True]


def test_a_row_counts_as_long_by_the_lines_of_its_tallest_cell_alone() -> None:
    line = "Ажлыг зохион байгуулав. "
    sheet = table_sheet(
        (
            group(
                1,
                "Шийдвэр\n" * 9,
                row(1, "а", plain("\n".join([line] * 8)), (100, 100)),
                row(2, "б", plain("\n".join([line] * 9)), (100, 100)),
                row(3, line * 8, plain(line * 9), (100, 100)),
            ),
            group(2, "Шийдвэр\n" * 9, row(4, "в", plain(line), (100, 100))),
        )
    )

    rows = rows_of(tables(built(sheet))[0])[2:]

    assert [has(row, "cantSplit") for row in rows] == [True, False, True, False]


def test_the_counting_table_follows_the_tables() -> None:
    content = built(eleven_columns())

    assert [grid_of(table)[0][0] for table in tables(content)] == [
        "Д/д",
        "Аймгийн ИТХ, ИТХТ-ийн 2023 оны жилийн эцсийн тогтоолын хэрэгжилтийн товчоо",
        "Баталсан",
        "Д/д",
    ]


def test_annexes_show_prose_as_tables_do() -> None:
    sheet = replace(draft(), tables=(), annexes=(breakdown(), nine_clauses().tables[0]))

    annex = tables(built(sheet))[-1]

    cell = rows_of(annex)[3].findall(f"{W}tc")[4]
    assert styles(cell)[:3] == ["Cell", "Bullet1", "Bullet1"]
    assert text(cell).split("\n")[-1] == "үр дүнг хагас жилээр тооцох."


@pytest.mark.parametrize(
    "tag", ["{{ block.text }}", "{{ cell(band, row, column) }}", "{{ band.title }}", "{{ table.title }}"]
)
def test_a_value_that_an_offices_copy_leaves_out_is_named(tag: str) -> None:
    rendered = render(two_tables(), changed(tag, ""))

    assert rendered.content is None
    assert {found.code for found in rendered.findings} == {"template-loses-value"}


@pytest.mark.parametrize("points", ["0", "-1", "401", "'8'", "none"])
def test_a_size_that_no_letter_has_is_a_fault_of_the_tag(points: str) -> None:
    rendered = render(eleven_columns(), changed("size(8)", f"size({points})"))

    assert rendered.content is None
    assert [found.code for found in rendered.findings] == ["template-broken-tag"]


# LibreOffice


SIGNED = tuple(range(13, 37))
"""So many rows of one line before a second table and the signatures: somewhere each of them meets a page's end."""


def after_rows(count: int) -> Sheet:
    sheet = two_tables()
    table = in_cells(7).tables[0]
    (band,) = table.bands
    assert not isinstance(band, Section)
    rows = tuple(
        replace(band.rows[0], address=f"cells#{at}", anchor=f"cells_{at}", cells={"c1": plain(f"мөр {at}")})
        for at in range(count)
    )
    second = sheet.tables[1]
    short = replace(second, bands=second.bands[-1:])
    return replace(sheet, tables=(replace(table, bands=(replace(band, rows=rows),)), short))


@pytest.fixture(scope="module")
def printed(converted: Callable[[Mapping[str, bytes], str], dict[str, Path]]) -> dict[str, list[str]]:
    """The pages, as text, that LibreOffice prints of the sample of eleven columns and of tables of many lengths."""
    reader = shutil.which("pdftotext")
    if reader is None:
        pytest.skip("pdftotext is not installed")
    shown = {"eleven": eleven_columns(), **{f"after-{count}": after_rows(count) for count in SIGNED}}
    paths = converted({f"{name}.docx": built(sheet) for name, sheet in shown.items()}, "pdf")
    read = {
        name: subprocess.run([reader, "-layout", path, "-"], check=True, capture_output=True, timeout=60).stdout
        for name, path in paths.items()
    }
    return {name.removesuffix(".docx"): text.decode().removesuffix("\f").split("\f") for name, text in read.items()}


@pytest.mark.office
def test_on_paper_both_rows_of_headings_and_the_numbers_repeat(printed: dict[str, list[str]]) -> None:
    pages = [page for page in printed["eleven"] if "Хэрэгжилтийн явц" in page]

    assert len(pages) > 4
    for page in pages:
        assert "Үр дүнгийн үзүүлэлт" in page
        assert "Зорилтот" in page
        assert re.search(r"^ *1 +2 +3 +4 +5 +6 +7 +8 +9 +10 +11$", page, re.MULTILINE)
    assert "төгсгөлийнүг" in "".join(pages)


@pytest.mark.office
def test_on_paper_the_signatures_and_the_end_mark_stand_on_one_page(printed: dict[str, list[str]]) -> None:
    words = ("БАТАЛСАН", "ТӨСВИЙН ШУУД ЗАХИРАГЧ", "Ө.ҮҮРИЙНСОЛОНГО", "БОЛОВСРУУЛСАН", "Г.МӨНГӨНШАГАЙ", "_____ оОо")

    signed = {name: [[word for word in words if word in page] for page in pages] for name, pages in printed.items()}

    whole = {name: [found for found in pages if found] for name, pages in signed.items()}
    assert whole == {name: [list(words)] for name in printed}


@pytest.mark.office
def test_on_paper_a_second_table_has_its_title_headings_and_first_row_on_one_page(
    printed: dict[str, list[str]],
) -> None:
    words = ("ХОЁР. ГҮЙЦЭТГЭЛИЙН ЗОРИЛТ", "Суурь түвшин", "Өргөдөл, гомдлыг")

    begun = {
        name: [[word for word in words if word in page] for page in pages if words[0] in page]
        for name, pages in printed.items()
        if name != "eleven"
    }

    assert begun == {f"after-{count}": [list(words)] for count in SIGNED}
