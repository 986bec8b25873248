"""The action plan: its numbering, its cells, its official columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planctl.forms import FORMS
from planctl.forms.action_plan import ActionPlan, outline
from planctl.forms.form import Group, Item, Section
from projects import load, place

if TYPE_CHECKING:
    from pathlib import Path

PLAN = """\
form: action-plan
id: digital
title: Цахим шилжилтийн арга хэмжээний төлөвлөгөө
year: 2025
numbering: {numbering}
sections:
  - number: 1
    title: Удирдлагын чиглэлээр
    measures:
      - {{id: a, text: Нэг, period: I-IV, indicators: [{{name: Сургалтын тоо, baseline: 8, target: 3-аас доошгүй}}]}}
      - {{id: b, text: Хоёр, reported: false, period: I-IV}}
      - id: c
        text: Гурав
        period: II улирал
        basis: Хурлын 2024 оны 12 дугаар тогтоол
        budget: [{{source: Улсын төсөв, amount: "12500", unit: сая төгрөг}}, {{source: Орон нутгийн төсөв}}]
        indicators:
          - {{id: times, name: Үзэсгэлэн, unit: удаа, baseline: 6, target: 7}}
          - {{id: people, name: Оролцогч, unit: хүн, baseline: "-", target_text: Бүх өрх, target: 70}}
  - number: 3
    title: Эрүүл мэндийн чиглэлээр
    measures:
      - {{id: d, text: Дөрөв, period: Тухай бүр, number: 4}}
      - {{id: e, text: Тав, period: 2025-06-30}}
"""


def bands(tmp_path: Path, numbering: str = "restart") -> tuple[Section | Group, ...]:
    project = load(tmp_path, {"plans/digital.yaml": PLAN.format(numbering=numbering)})
    return project.portfolio.plans["digital"].bands


def items(tmp_path: Path, numbering: str = "restart") -> dict[str, Item]:
    return {item.id: item for band in bands(tmp_path, numbering) if isinstance(band, Group) for item in band.items}


@pytest.mark.parametrize(
    ("numbering", "numbers", "labels"),
    [
        (
            "restart",
            {"a": "1", "b": "", "c": "2", "d": "4", "e": "5"},
            {"a": "1.1", "c": "1.2", "d": "3.4", "e": "3.5"},
        ),
        ("running", {"a": "1", "b": "", "c": "2", "d": "4", "e": "5"}, {"a": "", "c": "", "d": "", "e": ""}),
    ],
)
def test_numbers_are_official_or_counted_over_what_is_reported(
    numbering: str, numbers: dict[str, str], labels: dict[str, str], tmp_path: Path
) -> None:
    found = items(tmp_path, numbering)

    assert {id_: item.texts["number"] for id_, item in found.items()} == numbers
    assert {id_: found[id_].label for id_ in labels} == labels


def test_numbers_begin_again_in_each_section_or_run_on(tmp_path: Path) -> None:
    plain = PLAN.replace(", number: 4", "")
    told = {}
    for way in ("restart", "running"):
        project = load(tmp_path / way, {"plans/digital.yaml": plain.format(numbering=way)})
        told[way] = [item.texts["number"] for item in project.portfolio.plans["digital"].items.values()]

    assert told == {"restart": ["1", "2", "1", "2"], "running": ["1", "2", "3", "4"]}


def test_a_section_row_has_its_official_number(tmp_path: Path) -> None:
    titles = [band.title for band in bands(tmp_path) if isinstance(band, Section)]

    assert titles == ["1. Удирдлагын чиглэлээр", "3. Эрүүл мэндийн чиглэлээр"]


def test_the_cells_of_several_indicators_are_numbered_alike(tmp_path: Path) -> None:
    assert items(tmp_path)["c"].texts == {
        "number": "2",
        "measure": "Гурав\n\nҮндэслэл: Хурлын 2024 оны 12 дугаар тогтоол",
        "period": "II улирал",
        "budget": "Улсын төсөв 12\u00a0500 сая төгрөг, Орон нутгийн төсөв",
        "indicator": "1) Үзэсгэлэн\n2) Оролцогч",
        "baseline": "1) 6 удаа\n2) -",
        "target": "1) 7 удаа\n2) Бүх өрх",
    }


def test_the_cells_of_one_indicator_stand_alone_and_its_name_says_the_unit(tmp_path: Path) -> None:
    texts = items(tmp_path)["a"].texts

    assert (texts["indicator"], texts["baseline"], texts["target"], texts["budget"]) == (
        "Сургалтын тоо",
        "8",
        "3-аас доошгүй",
        "-",
    )


def test_a_measure_is_due_from_the_start_of_its_span(tmp_path: Path) -> None:
    spans = {id_: (str(item.begins), str(item.deadline)) for id_, item in items(tmp_path).items()}

    assert spans == {
        "a": ("2025-01-01", "2025-12-31"),
        "b": ("2025-01-01", "2025-12-31"),
        "c": ("2025-04-01", "2025-06-30"),
        "d": ("2025-01-01", "2025-12-31"),
        "e": ("2025-06-30", "2025-06-30"),
    }


def test_the_plan_as_approved_has_the_seven_official_columns() -> None:
    (layout,) = FORMS["action-plan"].tables

    assert [column.heading for column in layout.approved] == [
        "№",
        "Арга хэмжээ",
        "Хугацаа",
        "Шалгуур үзүүлэлт",
        "Суурь түвшин",
        "Хүрэх түвшин, үр дүн",
        "Хариуцах эзэн",
    ]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("year: 2025", "year: 25", "plans/digital.yaml:4:7 not-a-year"),
        ("year: 2025\n", "", "plans/digital.yaml:1:1 missing-key"),
        ("numbering: restart", "numbering: again", "plans/digital.yaml:5:12 unexpected-value"),
        ("period: II улирал", "period: V улирал", "plans/digital.yaml:14:17 not-a-timing"),
        ("year: 2025", "scoring: guessed\nyear: 2025", "plans/digital.yaml:4:10 unexpected-value"),
        ("year: 2025", "mean: geometric\nyear: 2025", "plans/digital.yaml:4:7 unexpected-value"),
        ("year: 2025", "several_indicators: best\nyear: 2025", "plans/digital.yaml:4:21 unexpected-value"),
        ("year: 2025", "weighted: maybe\nyear: 2025", "plans/digital.yaml:4:11 expected-flag"),
        ("        text: Гурав\n", "        text: Гурав\n        weight: 0\n", "plans/digital.yaml:14:17 not-a-weight"),
        (
            "unit: удаа, baseline: 6",
            "unit: удаа, direction: up, baseline: 6",
            "plans/digital.yaml:18:65 unexpected-value",
        ),
        ("unit: удаа, baseline: 6", "unit: удаа, value: sum, baseline: 6", "plans/digital.yaml:18:61 unexpected-value"),
        (
            "unit: удаа, baseline: 6",
            "unit: удаа, formula: new, baseline: 6",
            "plans/digital.yaml:18:63 unexpected-value",
        ),
        (
            "        basis: Хурлын",
            "        indicator: []\n        basis: Хурлын",
            "plans/digital.yaml:15:9 unknown-key",
        ),
        (
            "        basis: Хурлын",
            "        carried: x\n        basis: Хурлын",
            "plans/digital.yaml:15:18 expected-mapping",
        ),
        (
            "        basis: Хурлын",
            "        carried: {from: old#a, period: 2024, times: many}\n        basis: Хурлын",
            "plans/digital.yaml:15:53 not-a-count",
        ),
        (
            "        basis: Хурлын",
            "        carried: {from: old#a, period: last}\n        basis: Хурлын",
            "plans/digital.yaml:15:40 not-a-period",
        ),
        (
            "        basis: Хурлын",
            "        carried: {from: old#a, period: 2024, state: lost}\n        basis: Хурлын",
            "plans/digital.yaml:15:53 unexpected-value",
        ),
        ("budget: [{source: Улсын төсөв, ", "budget: [{", "plans/digital.yaml:16:18 missing-key"),
    ],
)
def test_a_wrong_value_of_a_field_is_found_in_its_place(old: str, new: str, found: str, tmp_path: Path) -> None:
    text = PLAN.format(numbering="restart")
    assert text.count(old) == 1

    project = load(tmp_path, {"plans/digital.yaml": text.replace(old, new)})

    assert [place(one) for one in project.findings if one.is_error] == [found]


def test_a_number_that_has_its_sections_in_front_is_not_given_it_again() -> None:
    measures = [{"id": "a", "number": "1.1", "text": "Засах"}, {"id": "b", "text": "Барих"}]
    data = {"form": "action-plan", "id": "x", "title": "Т", "year": "2025"}
    plan = ActionPlan.model_validate({**data, "sections": [{"title": "Боловсрол", "measures": measures}]})

    labels = [item.label or item.number for band in outline(plan) if isinstance(band, Group) for item in band.items]

    assert labels == ["1.1", "1.2"]
