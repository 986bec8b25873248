"""`planctl carry-over`: the next plan is begun or added to, and whatever stands in the way is told in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from running import OFFICE, Ran, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PLAN = """\
form: action-plan
id: digital
title: Цахим жилийн төлөвлөгөө
year: 2025
sections:
  - title: Удирдлага
    measures:
      - {id: services, text: Үйлчилгээ, period: I-IV, units: [legal]}
      - {id: signature, text: Гарын үсэг, period: I-IV, units: [legal]}
      - {id: archive, text: Архив, period: I-IV, units: [legal]}
"""
ACTUALS = """\
actuals: digital
period: 2025
date: 2025-12-25
items:
  services: {progress: Хийв., self: 50, superior: 30, reason: Дутуу}
  signature: {progress: Хийв., self: 50, superior: 100, reason: Дууссан}
  archive: {state: postponed, reason: Мөнгөгүй}
"""
FILES = {"planctl.yaml": OFFICE["planctl.yaml"], "plans/digital.yaml": PLAN, "plans/digital.2025.yaml": ACTUALS}
NEXT = "plans/digital-2026.yaml"
CARRY = ("carry-over", "digital", "--period", "2025", "--to", "digital-2026")
DECIDED = "the superior body's score decided where there is one, else the office's own\n"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_new_plan_is_written_and_the_old_files_stay_what_they_were(
    planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    write(tmp_path, FILES)
    before = contents(tmp_path)

    told = planctl(*CARRY, cwd=tmp_path)

    path = tmp_path / NEXT
    assert told == Ran(
        0,
        "services  superior: 30\narchive  postponed\n",
        f"{DECIDED}wrote {path.as_posix()}; 2 items were carried over\n",
    )
    after = contents(tmp_path)
    assert (
        path.read_text(encoding="utf-8").split("--at-or-below 50\n")[1]
        == """\
form: action-plan
id: digital-2026
title: Цахим жилийн төлөвлөгөө
year: 2026

sections:
  - title: Удирдлага
    measures:
      - id: services
        text: Үйлчилгээ
        period: I-IV
        units: [legal]
        carried: {from: digital#services, period: 2025, score: 30, times: 1, years_late: 1}

      - id: archive
        text: Архив
        period: I-IV
        units: [legal]
        carried: {from: digital#archive, period: 2025, state: postponed, times: 1, years_late: 1}
"""
    )
    assert after.pop(NEXT)
    assert after == before
    assert planctl("check", NEXT, cwd=tmp_path).code == 0


def test_running_again_writes_nothing(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, FILES)
    planctl(*CARRY, cwd=tmp_path)
    before = contents(tmp_path)

    told = planctl(*CARRY, cwd=tmp_path)

    assert told == Ran(
        0,
        "",
        "2 items are there already: services, archive\n"
        f"nothing is to be added to {(tmp_path / NEXT).as_posix()}; it stays as it is\n",
    )
    assert contents(tmp_path) == before


def test_a_plan_that_is_there_is_added_to(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    own = PLAN.replace("id: digital", "id: digital-2026  # ours").replace("2025", "2026")
    write(tmp_path, FILES, {"plans/2026/next.yaml": own})

    told = planctl(*CARRY, "--at-or-below", "30", cwd=tmp_path)

    path = tmp_path / "plans/2026/next.yaml"
    assert told == Ran(
        0,
        "services → services-2  superior: 30\narchive → archive-2  postponed\n",
        f"{DECIDED}wrote {path.as_posix()}; 2 items were carried over\n",
    )
    assert path.read_text(encoding="utf-8").startswith(own)
    assert planctl("check", "plans/2026", cwd=tmp_path).code == 0
    assert not (tmp_path / NEXT).exists()


def test_a_plan_carried_over_twice_counts_the_times_and_the_years(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, FILES)
    planctl(*CARRY, cwd=tmp_path)
    again = ACTUALS.replace("digital", "digital-2026").replace("2025", "2026").split("  signature")[0]
    write(tmp_path, {"plans/digital-2026.2026.yaml": again + "  archive: {progress: Хийв, self: 100}\n"})

    told = planctl("carry-over", "digital-2026", "--period", "2026", "--to", "digital-2027", cwd=tmp_path)

    assert (told.code, told.out) == (0, "services  superior: 30\n")
    assert "        carried: {from: digital-2026#services, period: 2026, score: 30, times: 2, years_late: 2}\n" in (
        tmp_path / "plans/digital-2027.yaml"
    ).read_text(encoding="utf-8")


def test_the_new_plan_can_be_put_elsewhere(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, FILES)

    told = planctl(*CARRY, "--out", "plans/2026/цахим.yaml", cwd=tmp_path)

    assert (told.code, told.err) == (0, f"{DECIDED}wrote plans/2026/цахим.yaml; 2 items were carried over\n")
    assert (tmp_path / "plans/2026/цахим.yaml").is_file()
    assert planctl(*CARRY, "--out", "other.yaml", cwd=tmp_path) == Ran(
        2, "", "planctl: “digital-2026” is there already, in plans/2026/цахим.yaml; leave out --out to add to it\n"
    )


def test_an_empty_result_is_told_and_nothing_is_written(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    done = ACTUALS.replace("state: postponed, reason: Мөнгөгүй", "progress: Хийв, self: 100")
    write(tmp_path, FILES, {"plans/digital.2025.yaml": done})
    before = contents(tmp_path)

    told = planctl(*CARRY, "--at-or-below", "20%", cwd=tmp_path)

    assert told == Ran(0, "", "digital 2025 left nothing undone; nothing was written\n")
    assert contents(tmp_path) == before


def test_an_item_without_a_score_and_one_scored_by_the_office_are_told_as_such(
    planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    actuals = "actuals: digital\nperiod: 2025\nitems:\n  services: {progress: Хийв, self: 0}\n"
    write(tmp_path, FILES, {"plans/digital.2025.yaml": actuals})

    assert planctl(*CARRY, cwd=tmp_path).out == "services  self: 0\nsignature  no score\narchive  no score\n"


# What stands in the way

REGISTER = OFFICE["plans/council.yaml"]


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("digitl", "2025", "x"), "there is no plan “digitl”; the plans are: council, digital"),
        (("digital", "2024", "x"), "“digital” has no actuals for 2024; it has 2025"),
        (("digital", "2025", "digital"), "“digital” cannot be carried over into itself; --to names the next plan"),
        (("digital", "2025", "DIGITAL"), "“digital” cannot be carried over into itself; --to names the next plan"),
        (
            ("council", "2023", "x"),
            "“council” goes on in the same file: what is left undone is carried by leaving it open",
        ),
        (
            ("digital", "2025", "council"),
            "“council” in plans/council.yaml is of the form resolutions; “digital” is of the form action-plan",
        ),
    ],
)
def test_what_cannot_be_carried_is_told_in_one_line(
    planctl: Callable[..., Ran], tmp_path: Path, arguments: tuple[str, str, str], problem: str
) -> None:
    write(tmp_path, OFFICE, FILES)
    before = contents(tmp_path)
    plan, period, to = arguments

    told = planctl("carry-over", plan, "--period", period, "--to", to, cwd=tmp_path)

    assert told == Ran(2, "", f"planctl: {problem}\n")
    assert contents(tmp_path) == before


def test_a_plan_without_actuals_is_told(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, {name: text for name, text in FILES.items() if name != "plans/digital.2025.yaml"})

    assert planctl(*CARRY, cwd=tmp_path) == Ran(2, "", "planctl: “digital” has no actuals that can be scored\n")


@pytest.mark.parametrize("id_", ["", "a#b", "a/b", "../a", "nul", "a.", "x" * 61, "\N{REPLACEMENT CHARACTER}a"])
def test_what_cannot_be_an_id_is_told(planctl: Callable[..., Ran], tmp_path: Path, id_: str) -> None:
    write(tmp_path, FILES)
    before = contents(tmp_path)

    told = planctl("carry-over", "digital", "--period", "2025", "--to", id_, cwd=tmp_path)

    assert told == Ran(
        2,
        "",
        f"planctl: --to: “{id_}” cannot be the id of a document: use letters, digits, `_`, `-` and `.`, up to 60, "
        "beginning with a letter or digit; `planctl carry-over --help` shows how\n",
    )
    assert contents(tmp_path) == before


@pytest.mark.parametrize("level", ["", "low", "101", "-1", "5O"])
def test_what_cannot_be_a_level_is_told(planctl: Callable[..., Ran], tmp_path: Path, level: str) -> None:
    write(tmp_path, FILES)

    told = planctl(*CARRY, f"--at-or-below={level}", cwd=tmp_path)

    assert told == Ran(
        2,
        "",
        f"planctl: --at-or-below: “{level}” is not a score from 0 to 100; `planctl carry-over --help` shows how\n",
    )


def test_a_plan_or_period_with_errors_is_refused(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, FILES, {"plans/digital.2025.yaml": ACTUALS.replace("self: 50", "self: 51")})

    assert planctl(*CARRY, cwd=tmp_path) == Ran(
        2,
        "",
        "planctl: digital 2025 has errors in plans/digital.2025.yaml, plans/digital.yaml; `planctl check` shows them\n",
    )


@pytest.mark.parametrize(
    "text", [PLAN.replace("id: digital", "id: digital-2026").replace("text: А", "txt: А"), "id: [\n"]
)
def test_a_next_plan_with_errors_is_refused_and_stays(planctl: Callable[..., Ran], tmp_path: Path, text: str) -> None:
    write(tmp_path, FILES, {NEXT: text})

    assert planctl(*CARRY, cwd=tmp_path) == Ran(2, "", f"planctl: {NEXT} has errors; `planctl check` shows them\n")
    assert (tmp_path / NEXT).read_text(encoding="utf-8") == text


def test_a_next_plan_of_an_earlier_year_is_refused(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, FILES, {NEXT: PLAN.replace("id: digital", "id: digital-2026").replace("2025", "2024")})

    assert planctl(*CARRY, cwd=tmp_path) == Ran(
        2, "", "planctl: “digital-2026” is the plan of 2024, before “digital” of 2025\n"
    )


def test_a_file_with_a_text_to_the_margin_is_added_to(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    text = PLAN.replace("id: digital", "id: digital-2026").replace("text: Архив", 'text: "Архив\n\n- баг"')
    write(tmp_path, FILES, {NEXT: text})

    assert planctl(*CARRY, cwd=tmp_path).code == 0
    assert 'text: "Архив\n\n- баг"' in (tmp_path / NEXT).read_text(encoding="utf-8")


def test_another_file_of_that_name_is_never_overwritten(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, FILES, {"mine.yaml": "mine"})

    told = planctl(*CARRY, "--out", "mine.yaml", cwd=tmp_path)

    assert told == Ran(2, "", "planctl: mine.yaml is there already; nothing was written\n")
    assert (tmp_path / "mine.yaml").read_text() == "mine"


def test_a_folder_that_cannot_be_written_is_told(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, FILES, {"file": ""})

    told = planctl(*CARRY, "--out", "file/new.yaml", cwd=tmp_path)

    assert (told.code, told.out) == (2, "")
    assert told.err.startswith("planctl: file/new.yaml cannot be written: ")
    assert len(told.err.splitlines()) == 1
