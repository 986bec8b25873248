"""Accepted findings, and each code about the entries that accept them: one that earns it, and a fine neighbour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pytest

from planctl.codes import CODES, accepting
from planctl.pipeline import load as load_folder
from planctl.refusal import refused
from projects import ACTUALS, ONE_CLAUSE, ONE_ENTRY, PLAN, SETTINGS, Files, place, write

if TYPE_CHECKING:
    from pathlib import Path

    from planctl.pipeline import Project

TODAY = date(2024, 3, 1)
EMPTY = ONE_ENTRY.replace("Цэвэрлэгээ хийв.", "Хэрэгжиж байна.")
FOUND = "plans/council.2023.yaml:6:15 empty-phrase"


def project(entries: str, actuals: str = EMPTY) -> Files:
    """Return a project with a finding of the code `empty-phrase` at council#waste, and these entries."""
    return {PLAN: ONE_CLAUSE, ACTUALS: actuals, "accepted.yaml": f"accepted:\n{entries}"}


def entry(code: str = "empty-phrase", at: str = "council#waste", until: str = "2024-06-30") -> str:
    return f"  - code: {code}\n    at: {at}\n    reason: Хуучин тайлан\n    until: {until}\n"


def load(root: Path, files: Files, *, today: date | None = TODAY) -> Project:
    return load_folder(write(root, files), today=today)


@dataclass(frozen=True)
class Case:
    """An accepted.yaml, the place and values of its finding, and one without the fault; `shown` is also reported."""

    wrong: Files
    place: str
    values: dict[str, str]
    fine: Files
    shown: tuple[str, ...] = ()


CASES = {
    "accepted-is-gone": Case(
        project(entry(), ONE_ENTRY),
        "accepted.yaml:3:9",
        {"name": "empty-phrase", "at": "council#waste"},
        project(entry()),
    ),
    "accepted-has-expired": Case(
        project(entry(until="2024-02-29")),
        "accepted.yaml:5:12",
        {"name": "empty-phrase", "at": "council#waste", "until": "2024-02-29"},
        project(entry(until="2024-03-01")),
        shown=(FOUND,),
    ),
    "accepted-twice": Case(
        project(entry() + entry()),
        "accepted.yaml:6:11",
        {"name": "empty-phrase", "at": "council#waste", "line": "2"},
        project(entry()),
    ),
    "accepted-code-unknown": Case(
        project(entry() + entry(code="empty-frase")),
        "accepted.yaml:6:11",
        {"name": "empty-frase", "at": "council#waste", "suggestion": "empty-phrase"},
        project(entry()),
    ),
    "error-not-acceptable": Case(
        project(entry() + entry(code="score-not-in-rubric")),
        "accepted.yaml:6:11",
        {"name": "score-not-in-rubric", "at": "council#waste"},
        project(entry()),
    ),
}


@pytest.mark.parametrize("code", CASES)
def test_an_entry_earns_its_code_at_its_place(tmp_path: Path, code: str) -> None:
    case = CASES[code]

    found = load(tmp_path, case.wrong).findings

    assert sorted(map(place, found)) == sorted([f"{case.place} {code}", *case.shown])
    (told,) = (one for one in found if one.code == code)
    assert (dict(told.values), told.is_error) == (case.values, True)
    assert CODES[code].message.format_map(case.values)
    assert CODES[code].hints[0].format_map(case.values)


@pytest.mark.parametrize("code", CASES)
def test_an_entry_without_the_fault_has_no_finding(tmp_path: Path, code: str) -> None:
    assert load(tmp_path, CASES[code].fine).findings == ()


def test_every_code_of_accepting_has_a_case() -> None:
    assert set(CASES) == {code.name for code in accepting.CODES}


def test_what_is_accepted_is_not_reported_but_kept_with_its_reason(tmp_path: Path) -> None:
    loaded = load(tmp_path, project(entry()))

    assert loaded.findings == ()
    assert [(place(one.found), one.entry.reason) for one in loaded.accepted] == [(FOUND, "Хуучин тайлан")]


def test_without_a_day_nothing_has_run_out(tmp_path: Path) -> None:
    assert load(tmp_path, project(entry(until="2001-01-01")), today=None).findings == ()


@pytest.mark.parametrize("at", ["council", "plans/council.2023.yaml", "council#wast"])
def test_an_entry_holds_for_exactly_its_address(tmp_path: Path, at: str) -> None:
    codes = [one.code for one in load(tmp_path, project(entry(at=at))).findings]

    assert codes == ["accepted-is-gone", "empty-phrase"]


def test_a_finding_without_a_document_is_accepted_by_its_file(tmp_path: Path) -> None:
    settings = SETTINGS.replace("place: Залаа", "place: Залаа сум # хэзээ")
    files = {**project(entry() + entry("comment-after-text", "planctl.yaml")), "planctl.yaml": settings}

    loaded = load(tmp_path, files)

    assert loaded.findings == ()
    assert [one.found.span.path for one in loaded.accepted] == ["planctl.yaml", ACTUALS]


def test_a_warning_that_was_made_an_error_can_be_accepted_and_refuses_nothing(tmp_path: Path) -> None:
    files = {**project(entry()), "planctl.yaml": f"{SETTINGS}severities: {{empty-phrase: error}}\n"}

    loaded = load(tmp_path, files)

    assert (loaded.findings, dict(refused(loaded))) == ((), {})


def test_what_a_faulty_file_may_hide_is_not_told_to_be_gone(tmp_path: Path) -> None:
    torn = load(tmp_path / "torn", project(entry(), "actuals: council\nitems: [\n"))
    wrong = load(tmp_path / "wrong", project(entry(), EMPTY.replace("self: 100", "self: 95")))

    assert "accepted-is-gone" not in {one.code for one in (*torn.findings, *wrong.findings)}


def test_entries_with_faults_accept_nothing_and_hide_no_others(tmp_path: Path) -> None:
    faulty = "  - code: html-tag\n    until: soon\n" + entry()

    loaded = load(tmp_path, project(faulty))

    assert sorted({one.code for one in loaded.findings}) == ["missing-key", "not-a-date"]
    assert len(loaded.accepted) == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "file-empty"),
        ("- code: x\n", "top-not-mapping"),
        ("accepted: yes\n", "expected-list"),
        ("acepted: []\n", "unknown-key"),
        ("accepted: [x]\n", "expected-mapping"),
        ("form: resolutions\n", "unknown-key"),
        ("accepted: [\n", "unclosed-bracket"),
    ],
)
def test_a_file_that_is_no_list_of_entries_is_told_so(tmp_path: Path, text: str, code: str) -> None:
    found = load(tmp_path, {PLAN: ONE_CLAUSE, ACTUALS: ONE_ENTRY, "accepted.yaml": text}).findings

    assert code in {one.code for one in found}
    assert {one.span.path for one in found} == {"accepted.yaml"}


def test_an_empty_list_is_fine(tmp_path: Path) -> None:
    assert load(tmp_path, project("  []\n", ONE_ENTRY)).findings == ()
