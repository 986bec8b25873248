"""`planctl accept`: a finding that is there now, with a reason and a last day, into accepted.yaml."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from planctl.cli import accept, check
from running import ACTUALS, OFFICE, Ran, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TODAY = date(2024, 3, 1)
TWO = {
    "plans/council.2023.yaml": ACTUALS.replace("self: 100", "self: 70").replace("    reason: Хяналтын дүнгээр.\n", "")
}
"""`unexplained-difference` twice: at council#waste-1 and at council#waste-2."""

WHY = ("--reason", "Дараа бичнэ", "--until", "2024-06-30")
NOT_THERE = (
    "nothing of the code “unexplained-difference” is found at council; it is found at: council#waste-2, council#waste-1"
)
FIRST = """\
# Findings that the office accepts; `planctl accept` adds to them.

accepted:
  - code: unexplained-difference
    at: council#waste-2
    reason: Дараа бичнэ
    until: 2024-06-30
"""


@pytest.fixture(autouse=True)
def _on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    for command in (accept, check):
        monkeypatch.setattr(command, "today", lambda: TODAY)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write(tmp_path, OFFICE, TWO)


def accepted(project: Path) -> str:
    return (project / "accepted.yaml").read_text(encoding="utf-8")


def test_the_first_entry_makes_the_file_and_check_reports_the_finding_no_more(
    planctl: Callable[..., Ran], project: Path
) -> None:
    told = planctl("accept", "unexplained-difference", "council#waste-2", *WHY, cwd=project)

    assert told == Ran(0, "accepted.yaml\n", "1 finding is accepted until 2024-06-30\n")
    assert accepted(project) == FIRST
    assert planctl("check", cwd=project).err == "0 errors\n1 warning\n1 accepted finding\n"


def test_check_shows_what_is_accepted_where_asked(planctl: Callable[..., Ran], project: Path) -> None:
    planctl("accept", "unexplained-difference", "council#waste-2", *WHY, "--by", "Б. Сарнай", cwd=project)

    told = planctl("check", "--show-accepted", cwd=project)

    what = "accepted: unexplained-difference: the two evaluations differ (70 and 90) and nothing says why"
    assert told.out.splitlines()[2:] == [
        f"plans/council.2023.yaml:14:15: {what}",
        "    until 2024-06-30: Дараа бичнэ (Б. Сарнай)",
    ]


def test_a_further_entry_leaves_the_others_and_all_remarks(planctl: Callable[..., Ran], project: Path) -> None:
    written = FIRST.replace("    at: council", "    # Захирамжаар\n    at: council") + "# төгсгөл\n"
    write(project, {"accepted.yaml": written.replace("\n", "\r\n")})

    planctl("accept", "unexplained-difference", "council#waste-1", *WHY, "--by", "Б. Сарнай", cwd=project)

    added = (
        "  - code: unexplained-difference\n    at: council#waste-1\n    reason: Дараа бичнэ\n    until: 2024-06-30\n"
    )
    assert accepted(project).replace("# төгсгөл\n", "") == written.replace("# төгсгөл\n", "") + added + (
        "    by: Б. Сарнай\n"
    )
    assert "# төгсгөл\n" in accepted(project)
    assert planctl("check", "--strict", cwd=project).code == 0
    assert planctl("fmt", "--check", cwd=project).code == 0


def test_an_entry_that_has_run_out_is_renewed_in_its_place(planctl: Callable[..., Ran], project: Path) -> None:
    write(project, {"accepted.yaml": FIRST.replace("2024-06-30", "2024-02-01  # үүнээс хойш үгүй")})

    told = planctl("accept", "unexplained-difference", "council#waste-2", *WHY, cwd=project)

    assert told.code == 0
    assert accepted(project) == FIRST.replace("2024-06-30", "2024-06-30  # үүнээс хойш үгүй")


@pytest.mark.parametrize("empty", ["accepted: []\n", "accepted:\n  []\n"])
def test_an_empty_list_takes_an_entry(planctl: Callable[..., Ran], project: Path, empty: str) -> None:
    write(project, {"accepted.yaml": empty})

    planctl("accept", "unexplained-difference", "council#waste-2", *WHY, cwd=project)

    assert accepted(project) == FIRST.partition("\n\n")[2]


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (
            ("unexplained-differense", "council"),
            "there is no code “unexplained-differense”; did you mean “unexplained-difference”?",
        ),
        (
            ("score-not-in-rubric", "council"),
            "“score-not-in-rubric” is an error, which cannot be accepted; mend what it found",
        ),
        (("html-tag", "council"), "nothing of the code “html-tag” is found now"),
        (
            ("unexplained-difference", "council"),
            NOT_THERE,
        ),
        (
            ("unexplained-difference", "council#waste-1", "--until", "2024-03-01"),
            "--until 2024-03-01: that day must be after today, 2024-03-01",
        ),
        (
            ("unexplained-difference", "council#waste-1", "--until", "2025-03-03"),
            "--until 2025-03-03: that day may be at most a year away, 2025-03-02",
        ),
        (
            ("unexplained-difference", "council#waste-1", "--reason", " "),
            "--reason says nothing; write why the finding is let be",
        ),
    ],
)
def test_what_cannot_be_accepted_is_one_line_and_nothing_written(
    planctl: Callable[..., Ran], project: Path, arguments: tuple[str, ...], problem: str
) -> None:
    code, at, *options = arguments

    told = planctl("accept", code, at, *WHY, *options, cwd=project)

    assert told == Ran(2, "", f"planctl: {problem}\n")
    assert not (project / "accepted.yaml").exists()


def test_what_is_accepted_already_is_told_so(planctl: Callable[..., Ran], project: Path) -> None:
    write(project, {"accepted.yaml": FIRST})

    told = planctl("accept", "unexplained-difference", "council#waste-2", *WHY, cwd=project)

    assert told == Ran(
        2, "", "planctl: “unexplained-difference” at council#waste-2 is accepted already, until 2024-06-30\n"
    )


@pytest.mark.parametrize("text", ["accepted: [\n", "accepted: yes\n", FIRST.replace("until", "untl"), "a: 1\n"])
def test_a_file_with_errors_is_left_as_it_is(planctl: Callable[..., Ran], project: Path, text: str) -> None:
    write(project, {"accepted.yaml": text})

    told = planctl("accept", "unexplained-difference", "council#waste-2", *WHY, cwd=project)

    assert told == Ran(2, "", "planctl: accepted.yaml has errors; `planctl check` shows them; nothing was written\n")
    assert accepted(project) == text


def test_a_renamed_item_is_renamed_in_what_is_accepted(planctl: Callable[..., Ran], project: Path) -> None:
    write(project, {"accepted.yaml": FIRST})

    planctl("rename", "council#waste-2", "budget", cwd=project)
    planctl("rename", "council", "khural", cwd=project)

    assert accepted(project) == FIRST.replace("council#waste-2", "khural#budget")
    assert planctl("check", cwd=project).err == "0 errors\n1 warning\n1 accepted finding\n"


def test_check_fails_on_the_day_after_the_last_one(
    planctl: Callable[..., Ran], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(project, {"accepted.yaml": FIRST})
    monkeypatch.setattr(check, "today", lambda: date(2024, 6, 30) + timedelta(days=1))

    told = planctl("check", cwd=project)

    assert (told.code, told.err) == (1, "1 error\n2 warnings\n")
    assert told.out.startswith("accepted.yaml:7:12: error: accepted-has-expired: ")
