"""The scale is a file: an office names its own, dates choose the version, and guidance may be left out."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from planctl.codes import CODES
from projects import ONE_CLAUSE, PLAN, actuals, load, places, scorecard

if TYPE_CHECKING:
    from pathlib import Path

FOUR_STEPS = """\
rubric: four-steps
title: {mn: Дөрвөн шатлал, en: Four steps}
versions:
  - until: 2022-06-30
    source: Хурлын 2019 оны тогтоол
    levels:
      - {name: {mn: Бүрэн, en: Full}, values: [100], colour: "#2E7D32"}
      - {name: {mn: Хэрэгжээгүй, en: Not done}, values: [0], colour: "#E53935"}
  - from: 2022-07-01
    until: 2023-12-31
    source: Хурлын 2022 оны тогтоол
    levels:
      - {name: {mn: Хэрэгжээгүй, en: Not done}, values: [0], colour: "#e53935"}
      - {name: {mn: Бүрэн, en: Full}, values: [100], colour: "#2E7D32"}
      - name: {mn: Хэрэгжих шатандаа, en: In course}
        values: [70, "30,5%"]
        colour: "#FFCA28"
        guidance:
          "70": {mn: Тал нь болсон, en: Half done}
"""


@pytest.mark.parametrize(
    ("period", "values"),
    [
        ("2022-H1", ["100", "0"]),
        ("2022-Q3", ["100", "70", "30.5", "0"]),
        ("2022", ["100", "70", "30.5", "0"]),
        ("2023", ["100", "70", "30.5", "0"]),
    ],
)
def test_the_version_in_force_on_the_last_day_of_the_period_is_taken(
    period: str, values: list[str], tmp_path: Path
) -> None:
    project = load(
        tmp_path,
        {
            "rubrics/ours.yaml": FOUR_STEPS,
            PLAN: f"rubric: four-steps\n{ONE_CLAUSE}",
            "plans/a.yaml": actuals({"waste": "self: 100, progress: Хийв"}, period=period),
        },
    )

    card = scorecard(project, period)
    assert project.findings == ()
    assert (card.rubric.name, card.rubric.path) == ("four-steps", "rubrics/ours.yaml")
    assert list(card.own.total.levels) == list(card.rubric.values) == [Decimal(value) for value in values]


def test_planctl_yaml_names_the_scale_of_plans_that_name_none(tmp_path: Path) -> None:
    project = load(
        tmp_path,
        {
            "planctl.yaml": "planctl: 1\nrubric: four-steps\n",
            "rubrics/ours.yaml": FOUR_STEPS,
            PLAN: ONE_CLAUSE,
            "plans/a.yaml": actuals({"waste": "self: 30.5, progress: Хийв"}),
        },
    )

    card = scorecard(project)
    assert project.findings == ()
    assert card.own.total.exact == "30.5/1"
    level = card.rubric.level_of(Decimal("30.50"))
    assert level is not None
    assert (level.name.mn, list(level.guidance)) == ("Хэрэгжих шатандаа", ["70"])


def test_a_score_of_another_version_is_not_in_the_rubric(tmp_path: Path) -> None:
    project = load(
        tmp_path,
        {
            "rubrics/ours.yaml": FOUR_STEPS,
            PLAN: f"rubric: four-steps\n{ONE_CLAUSE}",
            "plans/a.yaml": actuals({"waste": "self: 70, progress: Хийв"}, period="2022-Q2"),
        },
    )

    (found,) = project.findings
    assert (found.code, dict(found.values)) == ("score-not-in-rubric", {"score": "70", "allowed": "100, 0"})


def test_a_period_after_the_last_version_has_no_scale_and_no_scores(tmp_path: Path) -> None:
    project = load(
        tmp_path,
        {
            "rubrics/ours.yaml": FOUR_STEPS,
            PLAN: f"rubric: four-steps\n{ONE_CLAUSE}",
            "plans/a.yaml": actuals({"waste": "self: 70, progress: Хийв"}, period="2024"),
        },
    )

    assert places(project) == ["plans/a.yaml:2:9 no-rubric-version"]
    assert project.scorecards == ()


def test_a_scale_of_the_project_takes_the_place_of_the_shipped_one_of_its_name(tmp_path: Path) -> None:
    project = load(
        tmp_path,
        {
            "rubrics/ours.yaml": FOUR_STEPS.replace("rubric: four-steps", "rubric: mn-2020"),
            PLAN: ONE_CLAUSE,
            "plans/a.yaml": actuals({"waste": "self: 100, progress: Хийв"}),
        },
    )

    assert project.findings == ()
    assert scorecard(project).rubric.path == "rubrics/ours.yaml"


@pytest.mark.parametrize("colour", ["green", "#2E7D3", "2E7D32", "#2E7D32FF", "#2E7D3Г"])
def test_a_colour_is_six_hex_digits_after_a_hash(colour: str, tmp_path: Path) -> None:
    text = FOUR_STEPS.replace("#2E7D32", colour, 1)

    (found,) = load(tmp_path, {"rubrics/ours.yaml": text}).findings

    assert (str(found.span), found.code, dict(found.values)) == (
        "rubrics/ours.yaml:7:62",
        "unexpected-value",
        {"key": "colour", "text": colour, "expected": "#RRGGBB"},
    )
    assert CODES[found.code].hints[0].format_map(dict(found.values)) == "it takes #RRGGBB"


def test_the_shipped_scale_has_the_levels_of_county_reports(tmp_path: Path) -> None:
    project = load(tmp_path, {PLAN: ONE_CLAUSE, "plans/a.yaml": actuals({"waste": "self: 0, progress: Үгүй"})})

    rubric = scorecard(project).rubric
    assert [(level.name.mn, level.values) for level in rubric.levels] == [
        ("Үр дүнтэй", (Decimal(100),)),
        ("Тодорхой үр дүнд хүрсэн", (Decimal(90), Decimal(70))),
        ("Эрчимжүүлэх шаардлагатай", (Decimal(50), Decimal(30))),
        ("Үр дүнгүй", (Decimal(0),)),
    ]
    assert all(level.guidance.keys() == {str(value) for value in level.values} for level in rubric.levels)
