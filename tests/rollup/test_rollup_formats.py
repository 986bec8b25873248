"""The formats: the same numbers in each, whatever names people think of."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from typing import TYPE_CHECKING

import openpyxl
import pytest

from organisations import office, roll
from planctl.render.page_text import shown_lines
from planctl.report.sheet import Group
from planctl.rollup.formats import ROLLUP_FORMATS
from planctl.rollup.pages import headline, pages
from planctl.words import use

if TYPE_CHECKING:
    from pathlib import Path

    from planctl.report.sheet import Table
    from planctl.rollup.account import Rollup

HOSTILE = ('=cmd|"/c calc"!A0', "<script>alert(1)</script>", "Нэг\\nхоёр", "{{ sheet }} [red]x[/]", "@SUM(A1)", "")


def brought_together(folder: Path) -> Rollup:
    """Return three organisations: two that reported for two periods, one that is nowhere."""
    office(folder / "a", one="100 / 70", two="70 / 70", units={"one": ["legal"]})
    office(folder / "a", period="2022", one=50, two=50)
    office(folder / "b", one=0)
    return roll(
        folder,
        """
        - {name: Залаа сум, province: Төв, path: a}
        - {name: Булаг сум, province: Увс, path: b}
        - {name: Говь сум, path: nowhere}
        """,
        "title: Тогтоолын хэрэгжилт\nperiod: 2023\ndue: 2023-12-22\nexpects: [resolutions]",
    )[0]


def written(rollup: Rollup, name: str) -> bytes:
    return ROLLUP_FORMATS[name].load()(rollup)


def test_json_has_exact_fractions_beside_the_printed_means(tmp_path: Path) -> None:
    told = json.loads(written(brought_together(tmp_path), "json"))

    own = told["scales"][0]["evaluations"]["self"]
    assert own["totals"]["valid"]["pooled"] == {"printed": "56.7", "exact": "170/3"}
    assert own["totals"]["valid"]["mean_of_means"] == {"printed": "42.5", "exact": "85/2"}
    assert own["totals"]["zero"]["mean_of_means"]["exact"] == "85/3"
    assert own["ranking"]["organisations"][0] == {
        "name": "Залаа сум",
        "province": "Төв",
        "rank": 1,
        "mean": "85.0",
        "rank_before": 1,
        "mean_before": "50.0",
        "moved": 0,
        "change": "35.0",
    }
    assert [(one["organisation"], one["state"], one["problem"]) for one in told["documents"]] == [
        ("Залаа сум", "valid", None),
        ("Булаг сум", "valid", None),
        ("Говь сум", "unreadable", "nowhere хавтас алга"),
    ]


def test_csv_has_a_line_for_each_evaluation_of_each_document(tmp_path: Path) -> None:
    text = written(brought_together(tmp_path), "csv").decode("utf-8-sig")

    rows = list(csv.DictReader(io.StringIO(text)))
    wanted = ("organisation", "state", "evaluation", "items", "level_100", "mean_numerator", "mean_denominator")
    assert [tuple(row[name] for name in wanted) for row in rows] == [
        ("Залаа сум", "valid", "self", "2", "1", "85", "1"),
        ("Залаа сум", "valid", "superior", "2", "0", "70", "1"),
        ("Булаг сум", "valid", "self", "1", "0", "0", "1"),
        ("Говь сум", "unreadable", "", "", "", "", ""),
    ]


def test_parquet_has_the_same_records_with_types(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    rollup = brought_together(tmp_path)

    table = parquet.read_table(io.BytesIO(written(rollup, "parquet")))

    text = written(rollup, "csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [{name: _as_text(value) for name, value in one.items()} for one in table.to_pylist()] == rows
    assert str(table.schema.field("items").type) == "int64"
    assert str(table.schema.field("late").type) == "bool"


def _as_text(value: object) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def test_the_workbook_has_a_worksheet_for_each_page_with_numbers_as_numbers(tmp_path: Path) -> None:
    rollup = brought_together(tmp_path)

    book = openpyxl.load_workbook(io.BytesIO(written(rollup, "xlsx")))

    assert book.sheetnames == [page.name for page in pages(rollup)]
    assert book.sheetnames[:3] == ["Нийт дүн", "Аймгийн эрэмбэ", "Байгууллагын эрэмбэ"]
    (first,) = (
        [cell.value for cell in row if cell.value is not None]
        for row in book["Байгууллагын эрэмбэ"]
        if row[1].value == "Залаа сум"
    )
    assert first == [1, "Залаа сум", "Төв", 1, 2, 85, 85, 1, 50, 0, 35]
    assert all(sheet.page_setup.orientation == "landscape" for sheet in book)


def test_the_page_shows_every_cell(tmp_path: Path) -> None:
    rollup = brought_together(tmp_path)

    shown = shown_lines(written(rollup, "html").decode())

    cells = {
        cell.text
        for page in pages(rollup)
        for band in page.table.bands
        if hasattr(band, "rows")
        for row in band.rows
        for cell in row.cells.values()
        if cell.text
    }
    assert cells - set(shown) == set()
    assert headline(rollup) in shown


def test_the_headline_says_what_came_who_stands_first_and_who_is_missing(tmp_path: Path) -> None:
    assert headline(brought_together(tmp_path)) == (
        "2023 оны жилийн эцсийн байдлаар 2 аймгийн 3 байгууллагын 3 тайлангаас 2 нь хүчинтэй, 1 нь уншигдаагүй байна. "
        "Эрэмбийн эхэнд: Залаа сум (85,0), Булаг сум (0,0). Уншигдаагүй: Говь сум (nowhere хавтас алга)."
    )


def test_who_stands_first_and_lacks_a_report_is_named_with_it_and_marked(tmp_path: Path) -> None:
    office(tmp_path / "a", one=100)
    office(tmp_path / "b", one=70)
    rollup, _gathered = roll(
        tmp_path,
        """
        - {name: Залаа сум, path: a, expects: [resolutions, strategy]}
        - {name: Булаг сум, path: b}
        - {name: Говь сум, path: b2, expects: [a, b, c, d, e]}
        """,
    )

    shown = shown_lines(written(rollup, "html").decode())
    sheet = openpyxl.load_workbook(io.BytesIO(written(rollup, "xlsx")))["Байгууллагын эрэмбэ"]

    assert "Ирээгүй: Залаа сум (стратеги төлөвлөгөө)." in headline(rollup)
    assert "Эрэмбийн эхэнд: Залаа сум (100,0, 1/2 тайлангаар), Булаг сум (70,0)." in headline(rollup)
    assert "1/2" in shown
    counts = [(row[3].value, row[3].number_format) for row in sheet if row[1].value in {"Залаа сум", "Булаг сум"}]
    assert counts == [(1, '0"/2"'), (1, "0")]


def test_of_many_reports_of_an_organisation_the_headline_says_how_many_are_missing(tmp_path: Path) -> None:
    office(tmp_path / "a", one=100)
    expected = "{name: Залаа сум, path: a, expects: [resolutions, strategy, programme, action-plan, performance-plan]}"
    rollup, _gathered = roll(tmp_path, f"- {expected}")

    assert headline(rollup).endswith("Ирээгүй: Залаа сум (4/5).")


def test_of_many_who_are_missing_the_headline_names_the_first(tmp_path: Path) -> None:
    rollup, _gathered = roll(tmp_path, "\n".join(f"- {{name: Сум {at}, path: a{at}}}" for at in range(12)))

    names = ", ".join(f"Сум {at}" for at in range(10))
    assert headline(rollup).endswith(f"байна. Уншигдаагүй: {names} болон өөр 2 байгууллага.")


@pytest.mark.parametrize("format_", ROLLUP_FORMATS)
@pytest.mark.parametrize("name", HOSTILE[:-1])
def test_whatever_names_hold_is_text_and_nothing_else(tmp_path: Path, format_: str, name: str) -> None:
    office(tmp_path / "a", one=100)
    quoted = name.replace('"', '\\"')
    rollup, _gathered = roll(tmp_path, f'- {{name: "{quoted}", province: "{quoted}", path: a}}')

    content = written(rollup, format_)

    plain = " ".join(name.replace("\\n", "\n").split())
    match format_:
        case "xlsx":
            book = openpyxl.load_workbook(io.BytesIO(content))
            cell = next(cell for row in book["Байгууллагын эрэмбэ"] for cell in row if cell.value == plain)
            assert cell.data_type == "s"
        case "html":
            assert b"<script" not in content
            assert plain in shown_lines(content.decode())
        case "csv":
            rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
            assert rows[0]["organisation"] == (f"'{plain}" if plain[0] in "=@" else plain)
        case "json":
            assert json.loads(content)["documents"][0]["organisation"] == name.replace("\\n", "\n")


def test_the_same_organisations_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = brought_together(tmp_path), brought_together(tmp_path)

    assert {name: written(first, name) for name in ROLLUP_FORMATS} == {
        name: written(second, name) for name in ROLLUP_FORMATS
    }


def test_the_page_is_mongolian_and_names_folders_from_the_lists_own_whatever_the_terminal_speaks(
    tmp_path: Path,
) -> None:
    use("en")

    shown = shown_lines(written(brought_together(tmp_path), "html").decode())

    assert "nowhere хавтас алга" in shown


def test_numbers_changes_and_dates_of_the_workbook_can_be_sorted_and_counted(tmp_path: Path) -> None:
    office(tmp_path / "a", one=50, dated="2023-12-23")
    office(tmp_path / "a", period="2022", one=70)
    office(tmp_path / "b", one=100)
    office(tmp_path / "b", period="2022", one=50)
    two = "- {name: Залаа сум, path: a}\n- {name: Булаг сум, path: b}"
    rollup, _gathered = roll(tmp_path, two, "period: 2023\ndue: 2023-12-22")

    book = openpyxl.load_workbook(io.BytesIO(written(rollup, "xlsx")))

    changes = [[cell.value for cell in row][-2:] for row in book["Байгууллагын эрэмбэ"]]
    assert changes[-4:-2] == [[1, 50], [-1, -20]]
    (late,) = ([cell.value for cell in row] for row in book["Анхаарах"] if row[2].value == "Залаа сум")
    assert late[0] == 1
    assert late[5:7] == [datetime(2023, 12, 23), datetime(2023, 12, 22)]  # noqa: DTZ001  # a sheet knows no zones


def test_documents_of_one_title_are_told_apart_by_their_ids(tmp_path: Path) -> None:
    office(tmp_path / "a", one=100)
    office(tmp_path / "a", plan="board", one=50)
    rollup, _gathered = roll(tmp_path, "- {name: Залаа сум, path: a}")

    shown = shown_lines(written(rollup, "html").decode())

    assert {"Тогтоолын хэрэгжилт (board)", "Тогтоолын хэрэгжилт (council)"} <= set(shown)


def test_how_many_were_ranked_before_stands_below_the_ranking(tmp_path: Path) -> None:
    shown = " ".join(shown_lines(written(brought_together(tmp_path), "html").decode()))

    assert "Эрэмбэлсэн 2 байгууллагаас 1 нь өмнөх үед (2022 он) эрэмбэлэгдсэн." in shown


def test_groups_of_which_nothing_came_have_no_row_of_dashes(tmp_path: Path) -> None:
    office(tmp_path / "a", one=100, units={"one": ["legal"]})
    rollup, _gathered = roll(tmp_path, "- {name: Залаа сум, path: a}", "period: 2023\nexpects: [strategy]")

    names = {page.name: _first_cells(page.table) for page in pages(rollup)}

    assert names["Маягтаар"] == ["Тогтоолын хэрэгжилт", "Дүн"]
    assert "Нэгж заагаагүй" not in names["Нэгжээр"]


def _first_cells(table: Table) -> list[str]:
    return [
        row.cells["name"].text
        for band in table.bands
        if isinstance(band, Group)
        for row in band.rows
        if "name" in row.cells
    ]


@pytest.mark.parametrize(
    ("provinces", "told"),
    [
        (("Төв", "Увс"), "2 аймгийн 2 "),
        (("Төв", "Улаанбаатар"), "1 аймаг, нийслэлийн 2 "),
        (("Нийслэл", "Нийслэл"), "байдлаар нийслэлийн 2 "),
    ],
)
def test_the_capital_is_named_where_it_is_in_the_list(tmp_path: Path, provinces: tuple[str, str], told: str) -> None:
    both = [f"- {{name: Алба {at}, province: {name}, path: a{at}}}" for at, name in enumerate(provinces)]

    assert told in headline(roll(tmp_path, "\n".join(both))[0])


def test_the_page_has_what_is_looked_for_first_in_front_and_forces_no_table_onto_a_page_but_that_of_documents(
    tmp_path: Path,
) -> None:
    rollup = brought_together(tmp_path)

    names = [page.name for page in pages(rollup)]
    page = written(rollup, "html").decode()

    assert names[:5] == ["Нийт дүн", "Аймгийн эрэмбэ", "Байгууллагын эрэмбэ", "Төлөв", "Анхаарах"]
    assert page.count('class="annex"') == 1


def test_the_colours_of_means_are_explained(tmp_path: Path) -> None:
    rollup = brought_together(tmp_path)

    shown = shown_lines(written(rollup, "html").decode())
    sheet = openpyxl.load_workbook(io.BytesIO(written(rollup, "xlsx")))["Нийт дүн"]

    assert "90 хувиас" in shown[shown.index("Дундаж хувийн өнгөний тайлбар") :]
    (told,) = ([cell for cell in row if cell.value] for row in sheet if str(row[0].value).startswith("100 хувиас: "))
    assert [str(cell.value).split(" ")[0] for cell in told] == ["100", "90", "70", "50", "30", "0"]
    assert all(cell.fill.fgColor.rgb != "00000000" for cell in told)


def test_headings_of_a_table_on_one_page_are_not_repeated_over_its_remarks(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(brought_together(tmp_path), "xlsx")))

    assert book["Нийт дүн"].print_title_rows is None
    assert book["Баримт"].print_title_rows is not None
