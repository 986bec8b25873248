"""What the checks of plans let pass and what they don't, where one case for a code is not enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from projects import PLAN, load, places

if TYPE_CHECKING:
    from pathlib import Path


def test_a_text_of_the_plan_that_no_cell_can_hold_is_told_for_clauses_and_decisions_that_are_shown(
    tmp_path: Path,
) -> None:
    long = "а" * 32_768
    plan = f"""\
form: resolutions
id: council
title: Тогтоолын хэрэгжилт
sections:
  - title: Хурлын тогтоол
    decisions:
      - title: {long}
        clauses:
          - id: a
            text: {long}
          - id: b
            text: {long}
            reported: false
"""

    assert places(load(tmp_path, {PLAN: plan})) == [
        "plans/council.yaml:7:9 text-too-long",
        "plans/council.yaml:9:13 text-too-long",
    ]


def test_a_repeated_number_is_held_against_the_first_of_its_plan_only(tmp_path: Path) -> None:
    decision = "      - {number: 7/30, title: Зам, clauses: []}\n"
    plan = "form: resolutions\nid: council\ntitle: Тогтоол\nsections:\n  - title: Хурал\n    decisions:\n"
    other = plan.replace("id: council", "id: other")

    project = load(tmp_path, {PLAN: plan + decision * 3, "plans/other.yaml": other + decision})

    assert [(str(one.span), dict(one.values)) for one in project.findings] == [
        ("plans/council.yaml:8:18", {"number": "7/30", "line": "7"}),
        ("plans/council.yaml:9:18", {"number": "7/30", "line": "7"}),
    ]


def decisions(*written: str) -> str:
    """Return a register of these decisions, each with one clause that is reported."""
    lines = [f"      - {{{one}, clauses: [{{id: c{at}, text: Хийх}}]}}" for at, one in enumerate(written)]
    head = "form: resolutions\nid: council\ntitle: Тогтоол\nsections:\n  - title: Хурал\n    decisions:"
    return "\n".join([head, *lines, ""])


@pytest.mark.parametrize(
    ("number", "date", "is_found"),
    [
        ("2021_02", "2019-01-31", True),
        ("2021_02", "2021-01-31", False),
        ("2022/8", "2021-02-25", True),
        ("2022-15", "2021-02-25", True),
        ("2022", "2021-02-25", False),
        ("А/2022", "2021-02-25", False),
        ("20210", "2019-02-25", False),
        ("131", "2019-02-25", False),
    ],
)
def test_the_year_that_begins_a_number_is_that_of_the_date(
    number: str, date: str, *, is_found: bool, tmp_path: Path
) -> None:
    plan = decisions(f"title: Зам, number: {number}, date: {date}")

    found = [one.code for one in load(tmp_path, {PLAN: plan}).findings]

    assert found == ["year-against-date"] * is_found


def sectors(*numbers: str, measures: str = "") -> str:
    """Return an action plan whose sectors have these numbers, with the measures of these numbers in the first."""
    lines = ["form: action-plan", "id: council", "title: Төлөвлөгөө", "year: 2023", "sections:"]
    for at, number in enumerate(numbers):
        listed = ", ".join(
            f"{{id: m{at}-{place}, number: {one}, text: Хийх}}" for place, one in enumerate(measures.split() or ["1"])
        )
        lines.append(f"  - {{number: {number}, title: Салбар, measures: [{listed}]}}")
        measures = ""
    return "\n".join([*lines, ""])


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        ("1 2 3 4", []),
        ("1 2 3 5 6", [("5", "3", "4")]),
        ("1 2 2 3", [("2", "2", "3")]),
        ("4 5 6", []),
        ("1. 2. 4.", [("4.", "2.", "3")]),
        ("1.1 1.2 1.4 2.1 2.2", [("1.4", "1.2", "1.3")]),
        ("1.9 1.10 1.11", []),
        ("I II IV", []),
        ("1 2а 3", []),
        ("1 7 12 40", []),
        ("1 3", []),
    ],
)
def test_a_number_follows_the_one_before_it(numbers: str, found: list[tuple[str, str, str]], tmp_path: Path) -> None:
    of_sectors = load(tmp_path / "a", {PLAN: sectors(*numbers.split())}).findings
    of_measures = load(tmp_path / "b", {PLAN: sectors("1", "2", measures=numbers)}).findings

    for told in (of_sectors, of_measures):
        assert [one.code for one in told] == ["number-sequence"] * len(found)
        assert [tuple(dict(one.values)[key] for key in ("number", "before", "expected")) for one in told] == found


def test_the_measures_of_each_section_may_begin_anew_or_run_on(tmp_path: Path) -> None:
    head = "form: action-plan\nid: council\ntitle: Төлөвлөгөө\nyear: 2023\nsections:\n"
    sections = [
        f"  - {{title: Салбар, measures: [{{id: {at}a, number: {one}, text: Хийх}}, {{id: {at}b, text: Хийх}}]}}\n"
        for at, one in enumerate((1, 1, 3))
    ]

    plan = head + "".join(sections)

    assert load(tmp_path, {PLAN: plan}).findings == ()


def test_clauses_of_decisions_skip_numbers_rightly(tmp_path: Path) -> None:
    plan = """\
form: resolutions
id: council
title: Тогтоол
sections:
  - title: Хурал
    decisions:
      - number: 1
        title: Зам
        clauses:
          - {id: a, number: 1, text: Хийх}
          - {id: b, number: 2, text: Хийх}
          - {id: c, number: 5, text: Хийх}
      - number: 9
        title: Гүүр
        clauses: []
"""

    assert load(tmp_path, {PLAN: plan}).findings == ()


def test_a_unit_that_nobody_knows_is_one_fault_and_no_second(tmp_path: Path) -> None:
    plan = decisions("title: Зам").replace("text: Хийх", "text: Хийх, units: [legl]")
    plan += "      - {title: Гүүр, clauses: [{id: b, text: Барих, units: [legal]}, {id: c, text: Засах}]}\n"

    assert places(load(tmp_path, {PLAN: plan})) == [
        "plans/council.yaml:7:61 unknown-unit",
        "plans/council.yaml:8:71 no-owner",
    ]


def test_a_date_is_missed_where_most_have_one(tmp_path: Path) -> None:
    one, other = "title: Зам, date: 2023-01-09", "title: Гүүр"

    assert load(tmp_path / "none", {PLAN: decisions(other, other)}).findings == ()
    assert load(tmp_path / "few", {PLAN: decisions(one, other, other)}).findings == ()
    assert places(load(tmp_path / "most", {PLAN: decisions(one, other)})) == ["plans/council.yaml:8:9 no-date"]


def test_measures_without_a_time_are_told_where_most_have_one(tmp_path: Path) -> None:
    plan = sectors("1", measures="1 2").replace("number: 1, text: Хийх", "number: 1, text: Хийх, period: I-IV")

    found = load(tmp_path, {PLAN: plan}).findings

    assert [(str(one.span), one.code, dict(one.values)) for one in found] == [
        ("plans/council.yaml:6:92", "no-date", {"what": "m0-1", "key": "period"})
    ]


def test_a_second_table_is_numbered_and_timed_for_itself(tmp_path: Path) -> None:
    plan = """\
form: performance-plan
id: council
title: Төлөвлөгөө
year: 2023
goals:
  - number: 1
    title: Зорилт
    objectives:
      - number: 1.1
        title: Зорилт
        measures: [{id: a, text: Хийх}, {id: b, text: Хийх}, {id: c, text: Хийх}]
skills:
  - {id: d, number: 1, text: Суралцах, period: 03}
  - {id: e, text: Суралцах, period: 04}
"""

    assert load(tmp_path, {PLAN: plan}).findings == ()
