"""The scale is a file: an office names its own, dates choose the version, and guidance may be left out."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from planctl.codes import CODES
from planctl.forms.number import rounded
from planctl.portfolio.rubric import shipped
from planctl.scoring.scorecard import Outcome, count_of
from projects import ONE_CLAUSE, PLAN, actuals, load, places, register, scorecard

if TYPE_CHECKING:
    from pathlib import Path

    from planctl.portfolio.rubric import Rubric
    from planctl.scoring.scorecard import Tally

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


@pytest.mark.parametrize(
    ("written", "suggestion"), [("99-70", "70-99"), ("70-80-99", None), ("70-", None), ("-5", None)]
)
def test_a_range_goes_from_the_lower_to_the_higher_value(written: str, suggestion: str | None, tmp_path: Path) -> None:
    text = FOUR_STEPS.replace("values: [100]", f'values: ["{written}"]', 1)

    (found,) = load(tmp_path, {"rubrics/ours.yaml": text}).findings

    values = {"key": "values", "text": written} | ({"suggestion": suggestion} if suggestion else {})
    assert (str(found.span), found.code, dict(found.values)) == ("rubrics/ours.yaml:7:48", "not-a-score", values)


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
    assert [(level.name.mn, tuple(step.high for step in level.values)) for level in rubric.levels] == [
        ("Үр дүнтэй", (Decimal(100),)),
        ("Тодорхой үр дүнд хүрсэн", (Decimal(90), Decimal(70))),
        ("Эрчимжүүлэх шаардлагатай", (Decimal(50), Decimal(30))),
        ("Үр дүнгүй", (Decimal(0),)),
    ]
    assert all(level.guidance.keys() == {str(value) for value in level.values} for level in rubric.levels)


# The scales that come with planctl

LEVELS: dict[str, list[tuple[str, str]]] = {
    "chingeltei-2016": [("Хэрэгжилтийн явц", "100, 90, 70, 50, 30, 10")],
    "four-step": [
        ("Бүрэн хэрэгжсэн", "100"),
        ("Хэрэгжих шатандаа", "70"),
        ("Хэрэгжилт хангалтгүй", "30"),
        ("Хэрэгжээгүй", "0"),
    ],
    "lm-2013": [("Биелэлтийн хувь", "100, 90, 80, 70, 50, 30, 10, 0")],
    "mn-2020": [
        ("Үр дүнтэй", "100"),
        ("Тодорхой үр дүнд хүрсэн", "90, 70"),
        ("Эрчимжүүлэх шаардлагатай", "50, 30"),
        ("Үр дүнгүй", "0"),
    ],
    "percent": [("Бүрэн биелсэн", "100"), ("Гүйцэтгэлийн хувь", "90-100, 70-90, 50-70, 30-50, 0-30")],
    "working-group-2023": [
        ("Үр дүнтэй", "100"),
        ("Тодорхой үр дүнд хүрсэн", "70-99"),
        ("Эрчимжүүлэх шаардлагатай", "31-69"),
        ("Үр дүнгүй", "0-30"),
    ],
}
"""The names and values of each scale, as sheets and systems have shown them."""


def shipped_rubric(name: str, folder: Path) -> Rubric:
    """A scale in 2023, by way of a project whose plan names it."""
    files = {PLAN: f"rubric: {name}\n{ONE_CLAUSE}", "plans/a.yaml": actuals({"waste": "self: 100, progress: Хийв"})}
    project = load(folder, files)
    assert project.findings == ()
    return scorecard(project).rubric


@pytest.mark.parametrize("name", LEVELS)
def test_a_shipped_scale_has_the_names_and_values_that_were_seen(name: str, tmp_path: Path) -> None:
    rubric = shipped_rubric(name, tmp_path)

    shown = [(level.name.mn, ", ".join(map(str, level.values))) for level in rubric.levels]
    assert (rubric.name, rubric.path) == (name, f"planctl:rubrics/{name}.yaml")
    assert shown == LEVELS[name]


def test_every_shipped_scale_has_its_levels_listed_here() -> None:
    assert {path for path, _text in shipped()} == {f"planctl:rubrics/{name}.yaml" for name in LEVELS}


def test_a_scale_whose_criteria_are_not_known_says_so_in_its_source(tmp_path: Path) -> None:
    sources = {name: shipped_rubric(name, tmp_path / name).version.source for name in LEVELS}

    unknown = {name for name, source in sources.items() if source.endswith("; үнэлэх шалгуур нь мэдэгдэхгүй")}
    assert unknown == {"chingeltei-2016", "four-step", "lm-2013", "working-group-2023"}


@pytest.mark.parametrize(
    ("score", "level"),
    [
        ("100", "Үр дүнтэй"),
        ("99,5", None),
        ("99", "Тодорхой үр дүнд хүрсэн"),
        ("70", "Тодорхой үр дүнд хүрсэн"),
        ("69,5", None),
        ("69", "Эрчимжүүлэх шаардлагатай"),
        ("31", "Эрчимжүүлэх шаардлагатай"),
        ("30,5", None),
        ("30", "Үр дүнгүй"),
        ("12,5", "Үр дүнгүй"),
        ("0", "Үр дүнгүй"),
    ],
)
def test_a_score_belongs_to_the_range_that_holds_it_and_to_none_between_two(
    score: str, level: str | None, tmp_path: Path
) -> None:
    rubric = shipped_rubric("working-group-2023", tmp_path)

    found = rubric.level_of(Decimal(score.replace(",", ".")))

    assert (found and found.name.mn) == level


def test_a_score_between_two_ranges_is_a_finding(tmp_path: Path) -> None:
    project = load(
        tmp_path,
        {
            PLAN: f"rubric: working-group-2023\n{ONE_CLAUSE}",
            "plans/a.yaml": actuals({"waste": 'self: "69,5", progress: Хийв'}),
        },
    )

    (found,) = project.findings
    assert (found.code, dict(found.values)["score"]) == ("score-not-in-rubric", "69.5")


@pytest.mark.parametrize(
    ("scores", "not_due", "exact", "mean"),
    [
        ({100: 59, 70: 13, 30: 5, 0: 1}, 2, "6960/78", "89.2"),
        ({100: 50, 70: 21, 30: 19, 0: 0}, 2, "7040/90", "78.2"),
    ],
)
def test_the_means_that_two_counties_published_by_four_steps_come_out(
    scores: dict[int, int], not_due: int, exact: str, mean: str, tmp_path: Path
) -> None:
    total = tally_of("four-step", {str(score): count for score, count in scores.items()}, not_due, tmp_path)

    assert total.items == sum(scores.values()) + not_due
    assert total.outcomes[Outcome.NOT_DUE] == not_due
    assert {int(score): count for score, count in total.levels.items()} == scores
    assert total.exact == exact
    assert total.mean is not None
    assert str(rounded(total.mean, 1)) == mean


def test_the_counts_that_the_working_group_published_come_out(tmp_path: Path) -> None:
    scores = {"100": 57, "99": 3, "85": 70, "70": 10, "69": 2, "50": 28, "31": 2, "30": 90, "0": 10}

    total = tally_of("working-group-2023", scores, 4, tmp_path)

    rubric = shipped_rubric("working-group-2023", tmp_path / "again")
    counts = [sum(count_of(rubric, step, total) for step in level.values) for level in rubric.levels]
    assert (counts, total.items) == ([57, 83, 32, 100], 276)


def tally_of(name: str, scores: dict[str, int], not_due: int, folder: Path) -> Tally:
    """Count clauses of these scores, and of those not yet due, by a scale that planctl brings along."""
    entries = [f"self: {score}, progress: Хийв" for score, count in scores.items() for _ in range(count)]
    entries += ["state: not-due, reason: Хугацаа нь 2024 он"] * not_due
    reported = {f"c{at}": entry for at, entry in enumerate(entries)}
    project = load(folder, {PLAN: f"rubric: {name}\n{register(reported)}", "plans/a.yaml": actuals(reported)})
    assert [found for found in project.findings if found.is_error] == []
    return scorecard(project).own.total
