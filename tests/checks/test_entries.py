"""What the checks of entries let pass and what they don't, where one case for a code is not enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from projects import ACTUALS, ONE_CLAUSE, PLAN, actuals, load, places, register

if TYPE_CHECKING:
    from pathlib import Path


def codes(root: Path, entry: str, *, period: str = "2023", clause: str = "") -> list[str]:
    """Return the codes found of one clause and its entry."""
    plan = ONE_CLAUSE + (f"            {clause}\n" if clause else "")
    return [one.code for one in load(root, {PLAN: plan, ACTUALS: actuals({"waste": entry}, period=period)}).findings]


@pytest.mark.parametrize(
    ("deadline", "period", "entry", "found"),
    [
        ("2023-12-31", "2023", "reason: Тодруулж байна", ["deadline-passed"]),
        ("2024-01-01", "2023", "reason: Тодруулж байна", []),
        ("2023-06-30", "2023-H1", "reason: Тодруулж байна", ["deadline-passed"]),
        ("2023-07-01", "2023-H1", "reason: Тодруулж байна", []),
        ("2019-01-01", "2023-Q1", "reason: Тодруулж байна", ["deadline-passed"]),
        ("2023-12-31", "2023", "self: 0, progress: Эхлээгүй", []),
        ("2023-12-31", "2023", "state: not-due, reason: Сунгасан", []),
        ("2023-12-31", "2023", "progress: Хийв", ["progress-without-score", "deadline-passed"]),
    ],
)
def test_a_deadline_is_held_against_the_periods_last_day(
    deadline: str, period: str, entry: str, found: list[str], tmp_path: Path
) -> None:
    assert sorted(codes(tmp_path, entry, period=period, clause=f"deadline: {deadline}")) == sorted(found)


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        ("progress: Хийв, state: closed, reason: Дууссан, date: 2023-05-01, act: А/9", ["progress-without-score"]),
        ("progress: Хийв, state: not-due, reason: 2024 он", []),
        ("progress: Хийв, self: 100, state: closed, reason: Дууссан, act: А/9", ["closed-without-act"]),
        ("progress: Хийв, self: 100, state: closed, reason: Дууссан", ["closed-without-act"]),
        ("progress: Хийв, self: 90, superior: 90", []),
        ("progress: Хийв, self: 90, superior: 90.0", []),
        ("progress: Хийв, self: 0, superior: 100", ["unexplained-difference"]),
        ("state: merged, reason: Нэгтгэсэн, superior: 0", ["score-with-state"]),
        ("state: merged, reason: Нэгтгэсэн, superior: 0, self: 0", ["score-with-state", "score-with-state"]),
        ("extra: {budget: 5 сая}", []),
        ("extra: {}", ["missing-entry"]),
    ],
)
def test_an_entry_is_weighed_as_a_whole(entry: str, found: list[str], tmp_path: Path) -> None:
    assert codes(tmp_path, entry) == found


def test_each_item_without_an_entry_is_told_where_the_entries_stand(tmp_path: Path) -> None:
    project = load(
        tmp_path,
        {
            PLAN: register(["a", "b", "c"]),
            ACTUALS: "actuals: council\nperiod: 2023\nitems:\n  b: {self: 0, progress: Үгүй}\n",
        },
    )

    assert [(str(one.span), one.code, dict(one.values)["id"]) for one in project.findings] == [
        ("plans/council.2023.yaml:4:3", "missing-entry", "a"),
        ("plans/council.2023.yaml:4:3", "missing-entry", "c"),
    ]


def test_findings_about_two_files_of_a_period_stand_in_the_file_of_the_value(tmp_path: Path) -> None:
    project = load(
        tmp_path,
        {
            PLAN: register(["a", "b"]),
            "plans/1.yaml": actuals({"a": "progress: Хийв, self: 95", "b": "progress: Хийв"}),
            "plans/2.yaml": actuals({"a": "superior: 90", "b": "superior: 70, evidence: [{file: no.txt}]"}),
        },
    )

    assert places(project) == [
        "plans/1.yaml:4:29 score-not-in-rubric",
        "plans/1.yaml:5:17 progress-without-score",
        "plans/2.yaml:4:17 unexplained-difference",
        "plans/2.yaml:5:17 superior-without-self",
        "plans/2.yaml:5:39 missing-evidence",
    ]


@pytest.mark.parametrize(
    "path", ["/etc/hostname", "../planctl.yaml", "evidence", "plans\\\\council.yaml", "Planctl.yaml"]
)
def test_evidence_is_a_file_of_the_project_spelt_with_slashes(path: str, tmp_path: Path) -> None:
    assert codes(tmp_path, f'progress: Хийв, self: 90, evidence: [{{file: "{path}"}}]') == ["missing-evidence"]
