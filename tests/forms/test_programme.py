"""The programme of several years: what was approved, its measures by objective, its indicators by year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from planctl.authoring.skeleton import skeleton
from planctl.facts import RunFacts
from planctl.forms.form import Section
from planctl.forms.period import period_of
from planctl.report.sheet import Group
from planctl.scoring.scorecard import Outcome
from planctl.subjects import of_plan
from projects import Files, composed, load, place, scorecard

if TYPE_CHECKING:
    from pathlib import Path

    from planctl.pipeline import Project
    from planctl.report.sheet import Sheet, Table

PLAN = """\
form: programme
id: makers
title: “Үйлдвэрлэгч-2022” хөтөлбөр
years: {first: 2020, last: 2022, baseline: 2020}
approved_by:
  body: Сумын Иргэдийн Төлөөлөгчдийн Хурал
  act: тогтоол
  number: 11
  date: 2020-12-14
grounds: |
  Үйлдвэрлэгчдийн тоо өссөн.

  Борлуулах суваг цөөн байна.
purpose: Ажлын байр нэмэгдүүлэх
objectives:
  - number: "3.1"
    title: Чанарыг сайжруулах
    expected: Бүтээгдэхүүн стандарттай болсон байна.
    measures:
      - {id: brand, text: Хаягжуулах, units: [legal]}
      - {id: law, text: Журам батлах, units: [legal], reported: false}
      - {id: cluster, text: Нэгтгэх, units: [legal], years: {first: 2022, last: 2022}}
  - number: "3.2"
    title: Чадавхжуулах
    measures:
      - {id: advice, text: Зөвлөх, units: [finance]}
funding:
  - source: Орон нутгийн төсөв
  - {source: Сангийн хөрөнгө, amount: 12000, unit: мянган төгрөг}
implementing: [finance, Татварын хэлтэс]
oversight: Хурлын хороод хяналт тавина.
reporting:
  - {to: Хурлын Тэргүүлэгчид, every: half-year}
  - {to: Хурал, every: year, public: true}
outcomes: [Борлуулалт өсөх, Ажлын байр нэмэгдэх]
indicators:
  - {id: sales, name: Борлуулалт, unit: сая төгрөг, baseline: 175, targets: {2021: 187, 2022: 199}}
  - id: fairs
    name: Үзэсгэлэнд оролцуулах
    value: cumulative
    parts:
      - {id: events, name: үзэсгэлэн, unit: удаа, baseline: 6, targets: {2021: 7, 2022: 8}}
      - {id: people, name: оролцогч, unit: хүн, baseline: 70, targets: {2021: 85, 2022: 95}}
  - {id: jobs, name: Ажлын байрны тоо, unit: ажлын байр, value: point, baseline: 123, targets: {2021: 143, 2022: 163}}
"""
YEAR = """\
actuals: makers
period: 2021
date: 2021-12-20
items:
  brand: {progress: Гурван бүтээгдэхүүнийг хаягжуулсан., self: 90, superior: 70, reason: Баримт дутуу}
  cluster: {state: not-due, reason: 2022 онд эхэлнэ}
  advice: {progress: Зөвлөгөө өгсөн., self: 100, superior: 100}
  sales: {reached: 180, progress: Хөл хорионы улмаас борлуулалт буурсан.}
  fairs: {reached: {events: 7, people: 80}}
  jobs: {reached: 143}
"""
HALF = """\
actuals: makers
period: 2022-H1
items:
  brand: {progress: Таван бүтээгдэхүүнийг хаягжуулсан., self: 50}
  cluster: {progress: Хоёр бүлэг байгуулсан., self: 50}
  advice: {progress: Зөвлөгөө үргэлжилсэн., self: 70}
  sales: {reached: 100}
  fairs: {state: postponed, reason: Хөл хорио}
  jobs: {reached: 150}
"""
FILES = {"plans/makers.yaml": PLAN, "plans/makers.2021.yaml": YEAR, "plans/makers.2022-H1.yaml": HALF}


def rows(table: Table) -> list[tuple[str, ...]]:
    """Return the texts of a table's rows, those of a group with its first row."""
    return [
        tuple(
            (group.cells if column.grouped else row.cells)[column.key].text if at == 0 or not column.grouped else ""
            for column in table.columns
        )
        for group in table.bands
        if isinstance(group, Group)
        for at, row in enumerate(group.rows)
    ]


def approved(project: Project) -> Sheet:
    """Return the programme as approved."""
    (made,) = of_plan(project.portfolio.plans["makers"]).compose(project.portfolio, RunFacts(), ["plan"])
    return made


def changed(old: str, new: str, *, of: str = "plans/makers.yaml") -> Files:
    """Return the project with one thing changed."""
    assert FILES[of].count(old) == 1
    return {**FILES, of: FILES[of].replace(old, new)}


def test_the_project_has_no_finding(tmp_path: Path) -> None:
    assert [place(found) for found in load(tmp_path, FILES).findings] == []


def test_objectives_stand_over_their_measures_which_are_numbered_below_them(tmp_path: Path) -> None:
    bands = load(tmp_path, FILES).portfolio.plans["makers"].bands
    told = [
        band.title if isinstance(band, Section) else (band.table, [item.texts["number"] for item in band.items])
        for band in bands
    ]

    assert told == [
        "Зорилт 3.1. Чанарыг сайжруулах",
        (0, ["3.1.1", "", "3.1.2"]),
        "Зорилт 3.2. Чадавхжуулах",
        (0, ["3.2.1"]),
        (1, ["1"]),
        (1, ["2"]),
        (1, ["3"]),
    ]


def test_the_approved_programme_has_its_texts_in_front_of_its_tables(tmp_path: Path) -> None:
    made = approved(load(tmp_path, FILES))

    assert {one.title: [(block.kind, block.text) for block in one.blocks] for one in made.passages} == {
        "Баталсан шийдвэр": [
            ("paragraph", "Сумын Иргэдийн Төлөөлөгчдийн Хурал, тогтоол, 2020-12-14, Дугаар 11"),
        ],
        "Нийтлэг үндэслэл": [
            ("paragraph", "Үйлдвэрлэгчдийн тоо өссөн."),
            ("paragraph", "Борлуулах суваг цөөн байна."),
        ],
        "Зорилго": [("paragraph", "Ажлын байр нэмэгдүүлэх")],
        "Хэрэгжүүлэх хугацаа": [("paragraph", "2020-2022 он")],
        "Санхүүжилтийн эх үүсвэр": [
            ("bullet", "Орон нутгийн төсөв"),
            ("bullet", "Сангийн хөрөнгө 12\u00a0000 мянган төгрөг"),
        ],
        "Хэрэгжүүлэх байгууллага": [("bullet", "Санхүүгийн алба"), ("bullet", "Татварын хэлтэс")],
        "Хяналт": [("paragraph", "Хурлын хороод хяналт тавина.")],
        "Хүлээгдэж буй үр дүн": [("bullet", "Борлуулалт өсөх"), ("bullet", "Ажлын байр нэмэгдэх")],
        "Хэрэгжилтийг тайлагнах": [
            ("bullet", "Хурлын Тэргүүлэгчид: хагас жил бүр"),
            ("bullet", "Хурал: жил бүр, нийтэд ил тод"),
        ],
    }
    assert made.heading.title == ("“Үйлдвэрлэгч-2022” хөтөлбөр",)


def test_the_approved_tables_are_the_measures_with_their_expected_result_and_the_targets_by_year(
    tmp_path: Path,
) -> None:
    measures, indicators = approved(load(tmp_path, FILES)).tables

    assert rows(measures) == [
        ("3.1.1", "Хаягжуулах", "Бүтээгдэхүүн стандарттай болсон байна.", "Хууль, эрх зүйн мэргэжилтэн"),
        ("3.1.2", "Нэгтгэх", "", "Хууль, эрх зүйн мэргэжилтэн"),
        ("3.2.1", "Зөвлөх", "", "Санхүүгийн алба"),
    ]
    assert [(column.over, column.heading) for column in indicators.columns] == [
        ("", "№"),
        ("", "Шалгуур үзүүлэлт"),
        ("", "Хэмжих нэгж"),
        ("Суурь түвшин", "2020"),
        ("Зорилтот түвшин", "2021"),
        ("Зорилтот түвшин", "2022"),
    ]
    assert rows(indicators) == [
        ("1", "Борлуулалт\n(тухайн жилийн дүнгээр)", "сая төгрөг", "175", "187", "199"),
        (
            "2",
            "Үзэсгэлэнд оролцуулах\n(үзэсгэлэн / оролцогч; өмнөх жилүүдийнхийг нэмсэн өссөн дүнгээр)",
            "удаа/хүн",
            "6/70",
            "7/85",
            "8/95",
        ),
        ("3", "Ажлын байрны тоо\n(тухайн үеийн байдлаар)", "ажлын байр", "123", "143", "163"),
    ]


def test_indicators_are_measured_against_the_target_of_the_year_and_stand_outside_all_counts(tmp_path: Path) -> None:
    project = load(tmp_path, FILES)
    card = scorecard(project, "2021", "makers")

    assert list(card.own.marks) == ["brand", "cluster", "advice"]
    assert (card.own.total.items, card.own.total.sum, card.own.missing, card.own.tables) == (3, "190 / 2", 0, ())
    assert card.own.total.outcomes[Outcome.NOT_DUE] == 1
    assert not card.is_draft
    assert {id_: [part.formula for part in parts] for id_, parts in card.measured.items()} == {
        "sales": ["180 / 187"],
        "fairs": ["7 / 7", "80 / 85"],
        "jobs": ["143 / 143"],
    }


def test_a_report_has_the_years_target_the_reached_value_and_the_achievement(tmp_path: Path) -> None:
    project = load(tmp_path, FILES)
    sheet = composed(project, scorecard(project, "2021", "makers"))[0]

    assert sheet.heading.title == ("2021 оны жилийн эцсийн", "“Үйлдвэрлэгч-2022” хөтөлбөрийн хэрэгжилт")
    assert [(column.over, column.heading) for column in sheet.tables[1].columns][3:] == [
        ("Суурь түвшин", "2020"),
        ("Зорилтот түвшин", "2021"),
        ("", "Хүрсэн түвшин"),
        ("", "Гүйцэтгэл, хувь"),
        ("", "Тайлбар"),
    ]
    assert [row[3:] for row in rows(sheet.tables[1])] == [
        ("175", "187", "180", "96,3", "Хөл хорионы улмаас борлуулалт буурсан."),
        ("6/70", "7/85", "7/80", "100/94,1", ""),
        ("123", "143", "143", "100", ""),
    ]
    assert sheet.remarks == ()


def test_a_half_year_stands_beside_the_years_target_and_says_so(tmp_path: Path) -> None:
    project = load(tmp_path, FILES)
    sheet = composed(project, scorecard(project, "2022-H1", "makers"))[0]

    assert [row[3:] for row in rows(sheet.tables[1])] == [
        ("175", "199", "100", "50,3", ""),
        ("6/70", "8/95", "Хойшлогдсон", "", "Тайлбар: Хөл хорио"),
        ("123", "163", "150", "92", ""),
    ]
    assert sheet.remarks == (
        "Шалгуур үзүүлэлтийн 2022 оны эхний хагас жилийн хүрсэн түвшинг 2022 оны бүтэн жилийн зорилттой харьцуулав.",
    )


def test_the_records_hold_measures_and_indicators_alike(tmp_path: Path) -> None:
    project = load(tmp_path, FILES)
    records = composed(project, scorecard(project, "2021", "makers"))[0].records

    told = {
        row["address"].text: (row["target"].text, row["reached"].text, row["achievement"].text)
        if "target" in row.cells
        else ()
        for row in records.rows
    }
    assert told == {
        "makers#brand": (),
        "makers#cluster": (),
        "makers#advice": (),
        "makers#sales": ("187", "180", "96,3%"),
        "makers#fairs": ("7/85", "7/80", "100%/94,1%"),
        "makers#jobs": ("143", "143", "100%"),
    }


def test_the_file_of_a_new_period_asks_for_values_of_indicators_and_not_for_scores(tmp_path: Path) -> None:
    project = load(tmp_path, FILES)
    period = period_of("2022")
    assert period is not None
    text = skeleton(project.portfolio.plans["makers"], period, project.portfolio.actuals)

    assert text.partition("  # Үзэсгэлэнд")[2].partition("  # Ажлын байрны")[0].splitlines() == [
        " оролцуулах",
        "  #",
        "  # (үзэсгэлэн / оролцогч; өмнөх жилүүдийнхийг нэмсэн өссөн дүнгээр)",
        "  # Хэмжих нэгж: удаа/хүн",
        "  # Суурь түвшин 2020: 6/70",
        "  # Зорилтот түвшин 2022: 8/95",
        "  fairs:",
        "    progress:",
        "    reached:",
        "      events:",
        "      people:",
        "    # 2022-H1: state: postponed",
        "    # reason: Хөл хорио",
        "",
    ]


# What does not fit


@dataclass(frozen=True)
class Wrong:
    """One thing changed in the plan, and what is found."""

    old: str
    new: str
    found: str


WRONG = (
    Wrong("years: {first: 2020, last: 2022, baseline: 2020}\n", "", "1:1 missing-key"),
    Wrong("{first: 2020, last: 2022, ", "{last: 2022, ", "4:8 missing-key"),
    Wrong("{first: 2020, last: 2022, ", "{first: 2020, ", "4:8 missing-key"),
    Wrong("last: 2022, baseline", "last: 22, baseline", "4:28 not-a-year"),
    Wrong("  body: Сумын Иргэдийн Төлөөлөгчдийн Хурал\n", "", "6:3 missing-key"),
    Wrong("  date: 2020-12-14", "  date: 2020.12.14", "9:9 not-a-date"),
    Wrong("purpose: Ажлын байр нэмэгдүүлэх", "purpose: [Ажил]", "14:10 expected-text"),
    Wrong("    expected: Бүтээгдэхүүн стандарттай болсон байна.", "    expected: [Үр дүн]", "18:15 expected-text"),
    Wrong("      - {id: brand, text", "      - {txt", "20:10 unknown-key"),
    Wrong("years: {first: 2022, last: 2022}}", "years: 2022}", "22:61 expected-mapping"),
    Wrong("  - source: Орон нутгийн төсөв", "  - Орон нутгийн төсөв", "28:5 expected-mapping"),
    Wrong("implementing: [finance, Татварын хэлтэс]", "implementing: finance", "30:15 expected-list"),
    Wrong("every: half-year", "every: month", "33:38 unexpected-value"),
    Wrong("public: true", "public: yes", "34:38 expected-flag"),
    Wrong("outcomes: [Борлуулалт өсөх, Ажлын байр нэмэгдэх]", "outcomes: Өсөх", "35:11 expected-list"),
    Wrong("targets: {2021: 187, 2022: 199}", "targets: {21: 187, 2022: 199}", "37:78 not-a-year"),
    Wrong("targets: {2021: 187, 2022: 199}", "targets: 187", "37:77 expected-mapping"),
    Wrong("value: cumulative", "value: all", "40:12 unexpected-value"),
    Wrong("{id: events, name: үзэсгэлэн", "{name: үзэсгэлэн", "42:9 missing-key"),
    Wrong("{id: events, name: үзэсгэлэн", "{id: people, name: үзэсгэлэн", "43:14 indicator-without-id"),
    Wrong("units: [finance]", "units: [fin]", "26:44 unknown-unit"),
)


@pytest.mark.parametrize("wrong", WRONG, ids=[one.found for one in WRONG])
def test_a_wrong_value_of_a_field_is_found_in_its_place(wrong: Wrong, tmp_path: Path) -> None:
    assert PLAN.count(wrong.old) == 1

    project = load(tmp_path, {"plans/makers.yaml": PLAN.replace(wrong.old, wrong.new)})

    found = [place(one).removeprefix("plans/makers.yaml:") for one in project.findings if one.is_error]
    assert wrong.found in found


def test_an_ambiguous_target_of_a_year_is_told_at_that_year(tmp_path: Path) -> None:
    project = load(tmp_path, changed("2022: 199", "2022: '1,990'"))

    assert "plans/makers.yaml:37:95 ambiguous-number" in [place(found) for found in project.findings]


def test_a_report_of_a_year_outside_the_programme_is_told(tmp_path: Path) -> None:
    found = load(tmp_path, changed("period: 2021", "period: 2023", of="plans/makers.2021.yaml")).findings

    assert [(place(one), dict(one.values)) for one in found if one.code == "period-not-of-plan"] == [
        ("plans/makers.2021.yaml:2:9 period-not-of-plan", {"period": "2023", "plan_year": "2020–2022"})
    ]


def test_a_decimal_comma_and_thousands_are_printed_as_everywhere(tmp_path: Path) -> None:
    made = approved(load(tmp_path, changed("2022: 199", "2022: '19000,5'")))

    assert rows(made.tables[1])[0][-1] == "19\u00a0000,5"
