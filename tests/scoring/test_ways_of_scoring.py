"""The ways of scoring that a plan asks for: computed from values, weighted, and the mean of the sections' means."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from planctl.scoring.scorecard import Outcome
from projects import composed, load, scorecard

if TYPE_CHECKING:
    from pathlib import Path

    from planctl.pipeline import Project

PLAN = """\
form: action-plan
id: digital
title: Арга хэмжээний төлөвлөгөө
year: 2025
sections:
  - title: Нэгдүгээр чиглэл
    measures:
      - {id: a, text: Нэг, weight: 3, indicators: [{name: Сургалтын тоо, baseline: 5, target: 10}]}
      - {id: b, text: Хоёр, weight: 1, indicators: [{name: Сургалтын тоо, baseline: 5, target: 10}]}
  - title: Хоёрдугаар чиглэл
    measures:
      - id: c
        text: Гурав
        weight: "0,5"
        indicators:
          - {id: times, name: Сургалтын тоо, baseline: 5, target: 10, weight: 3}
          - {id: people, name: Хүний тоо, baseline: 5, target: 10, weight: 1}
  - title: Гуравдугаар чиглэл
    measures:
      - {id: d, text: Дөрөв, weight: 1}
"""
ACTUALS = """\
actuals: digital
period: 2025
items:
  a: {progress: Хийсэн нэгдүгээр ажил, self: 100, reached: 10}
  b: {progress: Хийсэн хоёрдугаар ажил, self: 50, reached: 5}
  c: {progress: Хийсэн гуравдугаар ажил, self: 70, reached: {times: 10, people: 5}}
  d: {state: not-due, reason: Дараа жил эхэлнэ}
"""
COMPUTED = ACTUALS.replace(" self: 100,", "").replace(" self: 50,", "").replace(" self: 70,", "")


def project(tmp_path: Path, lines: str = "", actuals: str = ACTUALS) -> Project:
    return load(
        tmp_path,
        {"plans/digital.yaml": PLAN.replace("year: 2025\n", f"year: 2025\n{lines}"), "plans/a.yaml": actuals},
    )


@pytest.mark.parametrize(
    ("lines", "mean", "sum_"),
    [
        ("", Fraction(220, 3), "220 / 3"),
        ("weighted: true\n", Fraction(385) / Fraction(9, 2), "385 / 4.5"),
        ("mean: sections\n", Fraction(145, 2), "(150 / 2 + 70 / 1) / 2"),
        ("mean: sections\nweighted: true\n", Fraction(350, 4) / 2 + 35, "(350 / 4 + 35 / 0.5) / 2"),
    ],
)
def test_the_mean_is_pooled_and_unweighted_unless_the_plan_asks_for_another(
    lines: str, mean: Fraction, sum_: str, tmp_path: Path
) -> None:
    total = scorecard(project(tmp_path, lines), "2025", "digital").own.total

    assert (total.mean, total.sum) == (mean, sum_)


def test_the_summary_says_how_the_mean_was_made_and_gives_excel_no_formula_for_another(tmp_path: Path) -> None:
    one = project(tmp_path, "mean: sections\nweighted: true\n")
    summary = composed(one, scorecard(one, "2025", "digital"))[1]

    assert summary.tally is not None
    assert (summary.tally.is_plain, summary.tally.mean) == (False, Decimal("78.8"))
    told = (
        "Дундаж: (350 / 4 + 35 / 0,5) / 2 = 78,8. Нийт 4 арга хэмжээний 3 нь үнэлэгдсэн бөгөөд дунджийг эдгээрээр "
        "тооцов. Арга хэмжээний жинг тооцов. Бүлгүүдийн дунджийн дундаж."
    )
    assert summary.remarks == (told,)


@pytest.mark.parametrize(
    ("lines", "scores"),
    [
        ("", {"a": 100, "b": 50, "c": 70}),
        ("several_indicators: lowest\n", {"a": 100, "b": 50, "c": 50}),
        ("several_indicators: weighted\n", {"a": 100, "b": 50, "c": 70}),
    ],
)
def test_in_a_computed_plan_the_thresholds_of_the_scale_give_the_score(
    lines: str, scores: dict[str, int], tmp_path: Path
) -> None:
    one = project(tmp_path, f"scoring: computed\n{lines}", COMPUTED)
    card = scorecard(one, "2025", "digital")

    assert [found for found in one.findings if found.is_error] == []
    assert {id_: mark.score for id_, mark in card.own.marks.items() if mark.score is not None} == scores
    assert [mark.is_computed for mark in card.own.marks.values()] == [True, True, True, False]
    assert card.own.marks["d"].outcome is Outcome.NOT_DUE


def test_in_a_computed_plan_a_person_scores_what_the_values_do_not_say(tmp_path: Path) -> None:
    said = COMPUTED.replace("reached: 5}", "self: 70}")
    card = scorecard(project(tmp_path, "scoring: computed\n", said), "2025", "digital")

    assert (card.own.marks["b"].score, card.own.marks["b"].is_computed) == (Decimal(70), False)


def test_on_a_scale_without_thresholds_the_achievement_itself_is_the_score(tmp_path: Path) -> None:
    card = scorecard(project(tmp_path, "scoring: computed\nrubric: percent\n", COMPUTED), "2025", "digital")

    assert {id_: mark.score for id_, mark in card.own.marks.items() if mark.score} == {"a": 100, "b": 50, "c": 75}


def test_a_computed_score_stands_in_the_sheet_like_any_other(tmp_path: Path) -> None:
    one = project(tmp_path, "scoring: computed\n", COMPUTED)
    table = composed(one, scorecard(one, "2025", "digital"))[0]

    cells = [row["self"].text for band in table.tables[0].bands if hasattr(band, "rows") for row in band.rows]
    assert cells == ["100%", "50%", "70%", "Хугацаа болоогүй"]
