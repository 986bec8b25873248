"""The indicators of a programme by year: every year's target and value, the latest report of a year, and the charts."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from planctl.pipeline import load as load_folder
from planctl.report.sheet import Chart, Group, Series
from projects import PROGRAMME, PROGRAMME_ENTRIES, Files, composed, load, programme_project, scorecard

if TYPE_CHECKING:
    from planctl.pipeline import Project
    from planctl.report.sheet import Sheet, Table

ROOT = Path(__file__).parent.parent.parent
HALF = """\
actuals: makers
period: 2025-H1
items:
  shop: {progress: Хоёр дахь цэг нээсэн., self: 100}
  sales: {reached: 100}
  fairs:
    reached: {events: 5, people: 60}
"""
QUARTER = HALF.replace("2025-H1", "2025-Q1").replace("reached: 100}", "reached: 40}")
FILES = {**programme_project(), "plans/makers.2025-H1.yaml": HALF}


def years(project: Project, period: str, plan: str = "makers") -> Sheet:
    """Return the sheet of the years."""
    (made,) = composed(project, scorecard(project, period, plan), wanted=["years"])
    return made


def told(table: Table) -> dict[str, list[tuple[str, ...]]]:
    """Return the rows of each indicator by its number: the word of the row, then the years."""
    keys = [column.key for column in table.columns if not column.grouped]
    return {
        group.cells["number"].text: [tuple(row[key].text for key in keys) for row in group.rows]
        for group in table.bands
        if isinstance(group, Group)
    }


def trends(table: Table) -> list[str]:
    return [group.cells["trend"].text for group in table.bands if isinstance(group, Group)]


def test_each_indicator_has_three_rows_over_the_years(tmp_path: Path) -> None:
    made = years(load(tmp_path, programme_project()), "2024")

    assert (made.stem, made.heading.title[-1]) == ("makers.2024.years", "Шалгуур үзүүлэлт, оноор")
    (table,) = made.tables
    assert [(column.over, column.heading) for column in table.columns] == [
        ("", "№"),
        ("", "Шалгуур үзүүлэлт"),
        ("", "Хэмжих нэгж"),
        ("Суурь түвшин", "2023"),
        ("", "Утга"),
        ("", "2024 он"),
        ("", "2025 он"),
        ("", "Хандлага"),
    ]
    assert told(table) == {
        "1": [("Зорилт", "187", "199"), ("Хүрсэн", "190", ""), ("Гүйцэтгэл", "100%", "")],
        "2": [("Зорилт", "7/85", "8/95"), ("Хүрсэн", "7/80", ""), ("Гүйцэтгэл", "100%/94,1%", "")],
    }
    assert trends(table) == ["өссөн ↑", "өссөн ↑"]


def test_the_value_of_a_year_is_that_of_its_latest_report(tmp_path: Path) -> None:
    project = load(tmp_path, {**FILES, "plans/makers.2025-Q1.yaml": QUARTER})

    made = years(project, "2025-H1")
    assert told(made.tables[0])["1"][1:] == [("Хүрсэн", "190", "100"), ("Гүйцэтгэл", "100%", "50,3%")]
    assert [column.heading for column in made.tables[0].columns][5:7] == ["2024 он", "2025 оны эхний хагас жил"]
    assert told(years(project, "2025-Q1").tables[0])["1"][1] == ("Хүрсэн", "190", "40")


def test_a_part_of_a_year_is_held_against_an_earlier_year_only_where_its_value_is_no_sum_of_the_year(
    tmp_path: Path,
) -> None:
    fallen = HALF.replace("reached: 100}", "reached: 180}")
    point = PROGRAMME.replace("unit: сая төгрөг", "unit: сая төгрөг\n    value: point")

    of_year = years(load(tmp_path / "year", {**FILES, "plans/makers.2025-H1.yaml": fallen}), "2025-H1")
    of_point = years(
        load(tmp_path / "point", {**programme_project(point), "plans/makers.2025-H1.yaml": fallen}), "2025-H1"
    )

    assert (trends(of_year.tables[0])[0], trends(of_point.tables[0])[0]) == ("өссөн ↑", "буурсан ↓")
    assert of_year.remarks[0].startswith("2025 оны эхний хагас жилийн хүрсэн түвшинг 2025 оны бүтэн жилийн")


def test_values_that_go_different_ways_have_a_word_each(tmp_path: Path) -> None:
    files = programme_project(actuals=PROGRAMME_ENTRIES.replace("people: 80", "people: 60"))

    assert trends(years(load(tmp_path, files), "2024").tables[0])[1] == "өссөн ↑ / буурсан ↓"


def test_the_charts_hold_the_same_numbers_one_for_each_value(tmp_path: Path) -> None:
    made = years(load(tmp_path, FILES), "2025-H1")

    first, *others = made.charts
    assert first == Chart(
        title="1. Борлуулалт",
        unit="сая төгрөг",
        axis="Он (* 2025 оны эхний хагас жилийн байдлаар)",
        categories=("2023 суурь", "2024", "2025*"),
        series=(
            Series("Хүрсэн", "bars", (Decimal(175), Decimal(190), Decimal(100))),
            Series("Зорилт", "line", (None, Decimal(187), Decimal(199))),
        ),
    )
    assert [one.title for one in others] == [
        "2. Үзэсгэлэнд оролцуулах: үзэсгэлэн",
        "2. Үзэсгэлэнд оролцуулах: оролцогч",
    ]


def test_an_indicator_without_numbers_has_no_chart(tmp_path: Path) -> None:
    text = PROGRAMME.replace("baseline: 175", "baseline: үгүй").replace(
        "{2024: 187, 2025: 199}", "{2024: тийм, 2025: тийм}"
    )
    files = programme_project(text, PROGRAMME_ENTRIES.replace("reached: 190", "reached: тийм"))

    made = years(load(tmp_path, files), "2024")

    assert [one.title[0] for one in made.charts] == ["2", "2"]
    assert told(made.tables[0])["1"][1:] == [("Хүрсэн", "тийм", ""), ("Гүйцэтгэл", "100%", "")]
    assert trends(made.tables[0])[0] == ""


def test_a_programme_without_indicators_and_a_plan_of_a_year_have_no_such_sheet(tmp_path: Path) -> None:
    files: Files = {
        "plans/makers.yaml": PROGRAMME.partition("indicators:")[0],
        "plans/makers.2024.yaml": PROGRAMME_ENTRIES.partition("  sales")[0],
    }
    project = load(tmp_path, files)

    assert composed(project, scorecard(project, "2024", "makers"), wanted=["years"]) == ()


# The programme of this repository


@pytest.fixture(scope="module")
def project() -> Project:
    return load_folder(ROOT)


def test_all_six_indicators_come_out_with_their_five_years(project: Project) -> None:
    made = years(project, "2024-H1", "programme")
    table = made.tables[0]

    starts = [band.cells["baseline"].text for band in table.bands if isinstance(band, Group)]
    targets = [(start, *rows[0][1:]) for start, rows in zip(starts, told(table).values(), strict=True)]
    assert targets == [
        ("175", "187", "199", "211", "223"),
        ("6/70", "7/85", "8/95", "9/105", "10/120"),
        ("7", "10", "15", "20", "25"),
        ("12/120", "15/150", "15/200", "18/250", "20/300"),
        ("718", "738", "758", "778", "798"),
        ("123", "143", "163", "183", "203"),
    ]
    assert all(all(rows[1][1:]) for rows in told(table).values())
    assert len(made.charts) == 8


def test_the_programme_has_four_objectives_of_8_8_4_and_6_measures(project: Project) -> None:
    bands = project.portfolio.plans["programme"].bands

    assert [len(band.items) for band in bands if not hasattr(band, "title") and band.table == 0] == [8, 8, 4, 6]
    assert scorecard(project, "2021", "programme").own.total.items == 26
