"""The performance plan: goals over objectives over measures, running numbers, and the second table of skills."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planctl.forms import FORMS
from planctl.forms.form import Group, Section
from projects import composed, load, place, scorecard

if TYPE_CHECKING:
    from pathlib import Path

PLAN = """\
form: performance-plan
id: agency
title: Газрын {year} гүйцэтгэлийн төлөвлөгөөний биелэлт
year: 2024
reference: |-
  Даргын 2020 оны 100 дугаар тушаалын
  7 дугаар хавсралт
goals:
  - number: 1
    title: Өргөн үйлчилгээ хүргэх
    objectives:
      - number: "1.1"
        title: Төлөвлөлт
        measures:
          - {id: plan, text: Төлөвлөгөө батлуулах, indicators: [{name: Баримт бичгийн тоо, baseline: 1, target: 1}]}
          - {id: rules, text: Журам батлуулах, indicators: [{name: Журмын тоо, baseline: 2, target: 4}]}
      - number: "1.2"
        title: Хүний нөөц
        measures:
          - {id: staff, text: Сургалтад хамруулах, indicators: [{name: Хүний тоо, baseline: 35, target: 24}]}
skills:
  - {id: course, text: Сургалтад суух, period: 02-07, indicators: [{name: Сургалтын тоо, baseline: 0, target: 1}]}
"""
ACTUALS = """\
actuals: agency
period: 2024
date: 2024-12-25
items:
  plan: {progress: Төлөвлөгөөг батлуулав., reached: 1, self: 100}
  rules: {progress: Журмын төслийг бэлтгэв., reached: 3, self: 90}
  staff: {progress: Сургалт явуулав., reached: 24, self: 99.5}
  course: {progress: Суралцав., reached: 1, self: 50, reason: Хожуу эхэлсэн}
"""
FILES = {"plans/agency.yaml": PLAN, "plans/agency.2024.yaml": ACTUALS}


def test_two_levels_of_section_rows_and_running_numbers(tmp_path: Path) -> None:
    bands = load(tmp_path, FILES).portfolio.plans["agency"].bands
    told = [
        (band.level, band.title) if isinstance(band, Section) else (band.table, band.items[0].texts["number"])
        for band in bands
    ]

    assert told == [
        (1, "СТРАТЕГИ ТӨЛӨВЛӨГӨӨНИЙ ЗОРИЛТ 1: ӨРГӨН ҮЙЛЧИЛГЭЭ ХҮРГЭХ"),
        (2, "Зорилт 1.1. Төлөвлөлт"),
        (0, "1"),
        (0, "2"),
        (2, "Зорилт 1.2. Хүний нөөц"),
        (0, "3"),
        (1, "1"),
    ]


def test_the_scale_is_a_free_percentage_and_the_skills_have_a_mean_of_their_own(tmp_path: Path) -> None:
    card = scorecard(load(tmp_path, FILES), "2024", "agency")

    assert (card.rubric.name, card.own.total.sum, card.own.total.items) == ("percent", "289.5 / 3", 3)
    assert [(share.key, share.tally.sum) for share in card.own.tables] == [
        ("Мэдлэг, ур чадвараа дээшлүүлэх зорилт, арга хэмжээний биелэлт", "50 / 1")
    ]


def test_subtotals_are_those_of_the_objectives(tmp_path: Path) -> None:
    card = scorecard(load(tmp_path, FILES), "2024", "agency")

    assert [(share.key, share.tally.sum) for share in card.own.sections] == [
        ("Зорилт 1.1. Төлөвлөлт", "190 / 2"),
        ("Зорилт 1.2. Хүний нөөц", "99.5 / 1"),
    ]


def test_a_plan_may_name_a_rubric_in_place_of_the_percentage(tmp_path: Path) -> None:
    files = {
        **FILES,
        "plans/agency.yaml": PLAN.replace("year: 2024", "year: 2024\nrubric: mn-2020"),
        "plans/agency.2024.yaml": ACTUALS.replace("99.5", "90"),
    }

    assert scorecard(load(tmp_path, files), "2024", "agency").rubric.name == "mn-2020"


def test_a_percentage_beyond_100_is_no_score(tmp_path: Path) -> None:
    files = {**FILES, "plans/agency.2024.yaml": ACTUALS.replace("99.5", "101")}

    assert [place(one) for one in load(tmp_path, files).findings if one.is_error] == [
        "plans/agency.2024.yaml:7:58 score-not-in-rubric"
    ]


def test_the_table_has_the_order_at_the_top_right_two_tables_and_scores_without_a_sign(tmp_path: Path) -> None:
    project = load(tmp_path, FILES)
    sheet = composed(project, scorecard(project, "2024", "agency"))[0]

    assert sheet.heading.reference == "Даргын 2020 оны 100 дугаар тушаалын\n7 дугаар хавсралт"
    assert sheet.heading.title == ("Газрын 2024 оны", "гүйцэтгэлийн төлөвлөгөөний биелэлт")
    told = [
        [(group.rows[0]["reached_progress"].text, group.rows[0]["self"].text) for group in groups]
        for groups in (
            [band for band in table.bands if isinstance(band, Group) or hasattr(band, "rows")] for table in sheet.tables
        )
    ]
    assert told == [
        [
            ("Хүрсэн түвшин: 1\nТөлөвлөгөөг батлуулав.", "100"),
            ("Хүрсэн түвшин: 3\nЖурмын төслийг бэлтгэв.", "90"),
            ("Хүрсэн түвшин: 24\nСургалт явуулав.", "99,5"),
        ],
        [("Хүрсэн түвшин: 1\nСуралцав.\nТайлбар: Хожуу эхэлсэн", "50")],
    ]


def test_the_headings_are_those_of_annex_7() -> None:
    main, skills = FORMS["performance-plan"].tables

    assert [column.heading for column in main.columns] == [
        "Д/А",
        "Стратеги төлөвлөгөө болон үндэслэж байгаа бусад бодлогын баримт бичиг, хууль тогтоомж",
        "Төсөв",
        "Шалгуур үзүүлэлт",
        "Суурь түвшин",
        "Зорилтот түвшин",
        "Хүрсэн түвшин буюу хэрэгжилт /хүрээгүй бол тайлбар/",
        "Гүйцэтгэлийн хувь",
    ]
    assert [(column.heading, column.over) for column in skills.columns] == [
        ("Д/д", ""),
        ("Зорилтыг хэрэгжүүлэх арга хэмжээ", ""),
        ("Шалгуур үзүүлэлт", ""),
        ("Суурь түвшин", "Гүйцэтгэлийн түвшин"),
        ("Хүрэх түвшин", "Гүйцэтгэлийн түвшин"),
        ("Хүрсэн түвшин (биелэлт)", "Гүйцэтгэлийн түвшин"),
        ("Эхэлсэн, дууссан хугацаа", ""),
        ("Биелэлтийн хувь", ""),
    ]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("  - number: 1\n    title: Өргөн", "  - title: Өргөн", "plans/agency.yaml:9:5 missing-key"),
        (
            '      - number: "1.2"\n        title: Хүний нөөц\n',
            '      - number: "1.2"\n',
            "plans/agency.yaml:17:9 missing-key",
        ),
        ("skills:\n  - {id: course, ", "skills:\n  - {", "plans/agency.yaml:22:5 missing-key"),
        ("reference: |-\n", "reference: [a]\nnotes: |-\n", "plans/agency.yaml:5:12 expected-text"),
    ],
)
def test_a_wrong_value_of_a_field_is_found_in_its_place(old: str, new: str, found: str, tmp_path: Path) -> None:
    assert PLAN.count(old) == 1

    project = load(tmp_path, {"plans/agency.yaml": PLAN.replace(old, new)})

    assert found in [place(one) for one in project.findings if one.is_error]
