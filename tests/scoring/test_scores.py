"""Scores through the whole program: from YAML to the scorecard, with the figures of real reports."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from examples import examples
from planctl.forms.number import rounded
from planctl.report.mongolian import decimal_comma
from planctl.scoring.scorecard import EvaluationCard, Outcome, Tally
from projects import ACTUALS, ONE_CLAUSE, PLAN, actuals, load, places, register, scorecard

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from planctl.pipeline import Project

VALUES = (100, 90, 70, 50, 30, 0)


def entries(levels: Mapping[int, int], **states: int) -> dict[str, str]:
    """Return that many entries with each score of both evaluations, and with each state."""
    numbers = count(1)
    scored = (
        f"progress: Хийв, self: {value}, superior: {value}" for value, times in levels.items() for _ in range(times)
    )
    stated = (f"state: {state}, reason: Бусад" for state, times in states.items() for _ in range(times))
    return {f"a-{next(numbers)}": one for one in (*scored, *stated)}


def scored(root: Path, given: Mapping[str, str], *, rounding: int = 1) -> tuple[EvaluationCard, str]:
    """Return the office's own card of a plan with these entries, and the mean as it is printed."""
    project = load(
        root,
        {PLAN: f"rounding: {rounding}\n{register(given)}", ACTUALS: actuals(given)},
    )
    card = scorecard(project).own
    assert card.total.mean is not None
    return card, decimal_comma(rounded(card.total.mean, scorecard(project).actuals.plan.decimals))


def outcomes(total: Tally) -> dict[str, int]:
    return {outcome.value: number for outcome, number in total.outcomes.items() if number}


@dataclass(frozen=True)
class Report:
    """Figures of a real report: how many items have each level, are not due; the exact mean and the printed ones."""

    levels: dict[int, int]
    not_due: int
    items: int
    exact: str
    printed: tuple[str, str, str]


REPORTS = {
    "nine clauses of council resolutions": Report({100: 6, 70: 2, 0: 1}, 0, 9, "740/9", ("82", "82,2", "82,22")),
    "a soum's development plan": Report(
        {100: 28, 90: 3, 70: 2, 50: 1, 30: 1, 0: 2}, 0, 37, "3290/37", ("89", "88,9", "88,92")
    ),
    "eighty measures, two of them not due": Report(
        {100: 59, 70: 13, 30: 5, 0: 1}, 2, 80, "6960/78", ("89", "89,2", "89,23")
    ),
    "ninety-two measures, two of them not due": Report(
        {100: 50, 70: 21, 30: 19, 0: 0}, 2, 92, "7040/90", ("78", "78,2", "78,22")
    ),
    "a tie": Report({100: 2, 90: 1, 70: 1, 50: 0, 30: 0, 0: 0}, 0, 4, "360/4", ("90", "90,0", "90,00")),
    "a tie of the second decimal": Report({100: 30, 30: 8, 50: 1, 0: 1}, 0, 40, "3290/40", ("82", "82,3", "82,25")),
    "a tie of the first decimal": Report({100: 3, 50: 1, 0: 0}, 0, 4, "350/4", ("88", "87,5", "87,50")),
}


@pytest.mark.parametrize("decimals", [0, 1, 2])
@pytest.mark.parametrize("name", REPORTS)
def test_the_mean_is_that_of_the_report(name: str, decimals: int, tmp_path: Path) -> None:
    report = REPORTS[name]

    card, mean = scored(tmp_path, entries(report.levels, **{"not-due": report.not_due}), rounding=decimals)

    total = card.total
    assert (total.items, total.exact, mean) == (report.items, report.exact, report.printed[decimals])
    assert dict(total.levels) == {Decimal(value): report.levels.get(value, 0) for value in VALUES}
    assert outcomes(total) == {
        key: number for key, number in (("scored", sum(report.levels.values())), ("not_due", report.not_due)) if number
    }


def test_both_evaluations_are_scored_by_themselves(tmp_path: Path) -> None:
    given = {
        "a": "progress: Хийв, self: 100, superior: 90, reason: Дутуу",
        "b": "progress: Хийв, self: 70",
        "c": "state: not-due, reason: 2024 он",
    }

    card = scorecard(load(tmp_path, {PLAN: register(given), ACTUALS: actuals(given)}))

    assert (card.own.total.exact, outcomes(card.own.total)) == ("170/2", {"scored": 2, "not_due": 1})
    assert card.superior is not None
    assert (card.superior.total.exact, outcomes(card.superior.total)) == (
        "90/1",
        {"scored": 1, "not_due": 1, "missing": 1},
    )
    assert card.is_draft


def test_the_superior_evaluation_has_not_begun_before_its_first_score_even_of_zero(tmp_path: Path) -> None:
    plan = register(["a", "b"])
    before = load(tmp_path / "1", {PLAN: plan, ACTUALS: actuals({"a": "self: 0, progress: Үгүй", "b": "self: 0"})})
    after = load(tmp_path / "2", {PLAN: plan, ACTUALS: actuals({"a": "self: 0, superior: 0", "b": "self: 0"})})

    assert (scorecard(before).superior, scorecard(before).is_draft) == (None, False)
    superior = scorecard(after).superior
    assert superior is not None
    assert (superior.total.exact, outcomes(superior.total)) == ("0/1", {"scored": 1, "missing": 1})


def test_a_score_of_zero_is_a_score_in_each_of_two_files(tmp_path: Path) -> None:
    project = load(
        tmp_path,
        {
            PLAN: register(["a"]),
            "plans/own.yaml": actuals({"a": "self: 0, progress: Эхлээгүй"}),
            "plans/superior.yaml": actuals({"a": "superior: 0%"}),
        },
    )

    assert places(project) == []
    card = scorecard(project)
    assert card.superior is not None
    assert [one.total.exact for one in card.evaluations] == ["0/1", "0/1"]
    assert [one.marks["a"].score for one in card.evaluations] == [Decimal(0), Decimal(0)]


def test_what_nobody_said_anything_of_is_missing_and_what_was_not_evaluated_is_not(tmp_path: Path) -> None:
    given = {
        "a": "progress: Хийв, self: 100",
        "b": "state: not-evaluated, reason: Мэдээлэл ирээгүй",
        "c": "progress: Хийв",
        "d": "",
    }

    card = scorecard(load(tmp_path, {PLAN: register([*given, "e"]), ACTUALS: actuals(given)})).own

    assert {id_: mark.outcome for id_, mark in card.marks.items()} == {
        "a": Outcome.SCORED,
        "b": Outcome.NOT_EVALUATED,
        "c": Outcome.MISSING,
        "d": Outcome.MISSING,
        "e": Outcome.MISSING,
    }
    assert (card.total.items, card.total.exact) == (5, "100/1")


def test_where_nothing_is_scored_there_is_no_mean(tmp_path: Path) -> None:
    card = scorecard(load(tmp_path, {PLAN: register(["a"]), ACTUALS: "actuals: council\nperiod: 2023\n"}))

    assert (card.own.total.mean, card.own.total.exact, card.superior, card.is_draft) == (None, None, None, True)


def test_a_clause_that_is_not_to_be_reported_is_in_no_count(tmp_path: Path) -> None:
    plan = ONE_CLAUSE + "          - id: approve\n            text: Баталсугай\n            reported: false\n"

    card = scorecard(load(tmp_path, {PLAN: plan, ACTUALS: actuals({"waste": "progress: Хийв, self: 90"})})).own

    assert (list(card.marks), card.total.items, card.total.exact) == (["waste"], 1, "90/1")


# States over the periods


def outcomes_by_period(project: Project) -> dict[str, dict[str, str]]:
    return {
        str(card.actuals.period): {id_: mark.outcome.value for id_, mark in card.own.marks.items()}
        for card in project.scorecards
    }


def test_what_a_period_closes_is_scored_in_it_and_excluded_later(tmp_path: Path) -> None:
    closed = "progress: Хийв, self: 100, state: closed, reason: Дууссан, date: 2023-05-30, act: А/41"
    done = "progress: Хийв, self: 90"
    project = load(
        tmp_path,
        {
            PLAN: register(["a", "b"]),
            "plans/1.yaml": actuals({"a": done, "b": done}, period="2023-Q1"),
            "plans/2.yaml": actuals({"a": closed, "b": done}, period="2023-H1"),
            "plans/3.yaml": actuals({"b": done}, period="2023-Q3"),
            "plans/4.yaml": actuals({"b": done}, period="2023"),
            "plans/5.yaml": actuals({"b": done}, period="2024"),
        },
    )

    assert places(project) == []
    assert outcomes_by_period(project) == {
        "2023-Q1": {"a": "scored", "b": "scored"},
        "2023-H1": {"a": "scored", "b": "scored"},
        "2023-Q3": {"a": "excluded", "b": "scored"},
        "2023": {"a": "excluded", "b": "scored"},
        "2024": {"a": "excluded", "b": "scored"},
    }
    assert [card.is_draft for card in project.scorecards] == [False] * 5
    later = scorecard(project, "2024").actuals.reported["a"]
    assert (later.gone, later.entry.model_dump(exclude_none=True, exclude_defaults=True)) == (
        True,
        {"state": "closed", "reason": "Дууссан", "date": later.entry.date, "act": "А/41"},
    )
    assert str(later.entry.date) == "2023-05-30"


@pytest.mark.parametrize(("part", "whole"), [("2023-H2", "2023"), ("2023-Q2", "2023-H1"), ("2023-Q4", "2023")])
def test_the_last_part_of_a_period_is_not_earlier_than_the_whole(part: str, whole: str, tmp_path: Path) -> None:
    closed = "progress: Хийв, self: 100, state: closed, reason: Дууссан, act: А/41"
    project = load(
        tmp_path,
        {
            PLAN: register(["a"]),
            "plans/1.yaml": actuals({"a": f"{closed}, date: {day_of(part)}"}, period=part),
            "plans/2.yaml": actuals({"a": f"{closed}, date: {day_of(part)}"}, period=whole),
        },
    )

    assert places(project) == []
    assert outcomes_by_period(project) == {part: {"a": "scored"}, whole: {"a": "scored"}}


def day_of(part: str) -> str:
    return "2023-06-30" if part == "2023-Q2" else "2023-12-31"


@pytest.mark.parametrize("state", ["repealed", "merged"])
def test_what_is_repealed_or_merged_is_excluded_at_once_and_stays_so(state: str, tmp_path: Path) -> None:
    project = load(
        tmp_path,
        {
            PLAN: register(["a", "b"]),
            "plans/1.yaml": actuals(
                {"a": f"state: {state}, reason: Шинэ тогтоол", "b": "state: not-due, reason: 2024"}, period="2023"
            ),
            "plans/2.yaml": actuals({}, period="2024").replace("items:\n\n", ""),
        },
    )

    assert places(project) == ["plans/2.yaml:1:1 missing-entry"]
    assert outcomes_by_period(project) == {
        "2023": {"a": "excluded", "b": "not_due"},
        "2024": {"a": "excluded", "b": "missing"},
    }


def test_what_is_postponed_is_excluded_in_its_own_period_only(tmp_path: Path) -> None:
    project = load(
        tmp_path,
        {
            PLAN: register(["a"]),
            "plans/1.yaml": actuals({"a": "state: postponed, reason: Үер"}, period="2023-H1"),
            "plans/2.yaml": actuals({"a": "self: 70, progress: Хийв"}, period="2023"),
        },
    )

    assert places(project) == []
    assert outcomes_by_period(project) == {"2023-H1": {"a": "excluded"}, "2023": {"a": "scored"}}


@pytest.mark.parametrize(
    ("day", "outcome"), [("2022-12-31", "excluded"), ("2023-01-01", "scored"), ("2023-06-30", "scored")]
)
def test_what_was_closed_before_the_period_began_is_gone(day: str, outcome: str, tmp_path: Path) -> None:
    score = "" if outcome == "excluded" else "self: 100, progress: Хийв, "
    entry = f"{score}state: closed, reason: Дууссан, date: {day}, act: А/9"

    project = load(tmp_path, {PLAN: register(["a"]), ACTUALS: actuals({"a": entry}, period="2023-H1")})

    assert places(project) == []
    assert outcomes_by_period(project) == {"2023-H1": {"a": outcome}}


def test_a_score_of_what_an_earlier_period_closed_is_an_error_and_counts_nowhere(tmp_path: Path) -> None:
    closed = "self: 100, progress: Хийв, state: closed, reason: Дууссан, date: 2023-06-01, act: А/9"
    project = load(
        tmp_path,
        {
            PLAN: register(["a"]),
            "plans/1.yaml": actuals({"a": closed}, period="2023-H1"),
            "plans/2.yaml": actuals({"a": "self: 90"}, period="2023"),
        },
    )

    assert places(project) == ["plans/2.yaml:4:13 score-with-state"]
    assert outcomes_by_period(project) == {"2023-H1": {"a": "scored"}, "2023": {"a": "excluded"}}


# Sections and units


def test_an_item_of_two_units_counts_in_both_and_once_in_the_total(tmp_path: Path) -> None:
    plan = register(["a", "b", "c"], units={"a": ["legal", "finance"], "b": ["finance"]})
    given = actuals({"a": "self: 100", "b": "self: 50", "c": "self: 0"})

    card = scorecard(load(tmp_path, {PLAN: plan, ACTUALS: given})).own

    assert card.total.exact == "150/3"
    assert [(part.key, part.tally.exact, part.ids) for part in card.units] == [
        ("legal", "100/1", frozenset("a")),
        ("finance", "150/2", frozenset("ab")),
        (None, "0/1", frozenset("c")),
    ]


def test_sections_are_counted_by_themselves_even_where_two_have_one_title(tmp_path: Path) -> None:
    plan = """\
        form: resolutions
        id: council
        title: Тогтоолын хэрэгжилт
        sections:
          - title: Хурлын тогтоол
            decisions:
              - {title: Зам, clauses: [{id: a, text: Засах}, {id: b, text: Тайлагнах, reported: false}]}
          - title: Тэргүүлэгчдийн тогтоол
            decisions:
              - {title: Баталсан, clauses: [{id: c, text: Баталсугай, reported: false}]}
          - title: Хурлын тогтоол
            decisions:
              - {title: Хог, clauses: [{id: d, text: Цэвэрлэх}]}
              - {title: Ус, clauses: [{id: e, text: Хамгаалах}]}
        """

    card = scorecard(
        load(tmp_path, {PLAN: plan, ACTUALS: actuals({"a": "self: 90", "d": "self: 70", "e": "self: 0"})})
    ).own

    assert [(part.key, part.tally.exact, part.ids) for part in card.sections] == [
        ("Хурлын тогтоол", "90/1", frozenset("a")),
        ("Хурлын тогтоол", "70/2", frozenset("de")),
    ]


ENTRIES = st.sampled_from(
    [f"self: {value}, superior: {value}" for value in VALUES]
    + [f"self: {value}" for value in VALUES]
    + [f"state: {state}" for state in ("not-due", "not-evaluated", "postponed", "repealed", "merged")]
    + ["self: 100, state: closed", "", "progress: Хийв"]
)
UNITS = st.sampled_from([(), ("legal",), ("finance",), ("legal", "finance")])


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(items=st.lists(st.tuples(ENTRIES, UNITS, st.booleans()), min_size=1, max_size=12))
def test_outcomes_sections_and_units_always_add_up(
    items: list[tuple[str, tuple[str, ...], bool]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    ids = {f"i{at}": one for at, one in enumerate(items)}
    plan = register(ids, units={id_: units for id_, (_entry, units, _given) in ids.items()})
    given_entries = {id_: entry for id_, (entry, _units, given) in ids.items() if given}
    text = actuals(given_entries) if given_entries else "actuals: council\nperiod: 2023\n"

    card = scorecard(load(tmp_path_factory.mktemp("project"), {PLAN: plan, ACTUALS: text}))

    for one in card.evaluations:
        total = one.total
        assert total.items == len(items) == sum(total.outcomes.values())
        assert total.scored == sum(total.levels.values())
        assert sum((part.tally.points for part in one.sections), Decimal(0)) == total.points
        assert sum(part.tally.items for part in one.sections) == total.items
        alone = sum((mark.score or Decimal(0) for mark in one.marks.values() if len(mark.item.units) < 2), Decimal(0))
        shared = sum((mark.score or Decimal(0) for mark in one.marks.values() if len(mark.item.units) == 2), Decimal(0))
        assert sum((part.tally.points for part in one.units), Decimal(0)) == alone + 2 * shared
        scores = [mark.score for mark in one.marks.values() if mark.score is not None]
        if total.mean is not None:
            assert min(scores) <= total.mean <= max(scores)
            assert total.mean * len(scores) == sum(scores)
        else:
            assert scores == []
