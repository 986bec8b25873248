"""Which findings are the same in two states of a project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.findings.addresses import Addresses
from planctl.findings.identity import brought, fingerprints
from projects import ACTUALS, ONE_CLAUSE, ONE_ENTRY, PLAN, load, register

if TYPE_CHECKING:
    from pathlib import Path

    from planctl.pipeline import Project

EMPTY = ONE_ENTRY.replace("Цэвэрлэгээ хийв.", "Хэрэгжиж байна.")
TAGGED = ONE_CLAUSE.replace("Хог хаягдлын", "<b>Хог</b> хаягдлын")


def new(now: Project, before: Project) -> list[str]:
    found = brought(
        now.findings,
        Addresses(now.portfolio),
        before=before.findings,
        addresses_before=Addresses(before.portfolio),
    )
    return [str(one.span) for one in found]


def digests(project: Project) -> list[str]:
    return list(fingerprints(project.findings, Addresses(project.portfolio)))


def test_a_line_put_in_above_makes_nothing_new(tmp_path: Path) -> None:
    before = load(tmp_path / "before", {PLAN: ONE_CLAUSE, ACTUALS: EMPTY})
    now = load(tmp_path / "now", {PLAN: ONE_CLAUSE, ACTUALS: f"# Тэмдэглэл\n\n{EMPTY}"})

    assert before.findings != now.findings
    assert new(now, before) == []
    assert digests(now) == digests(before)


def test_a_place_that_a_finding_names_may_move_too(tmp_path: Path) -> None:
    twice = register(["waste", "waste"])
    before, now = load(tmp_path / "before", {PLAN: twice}), load(tmp_path / "now", {PLAN: f"# Тэмдэглэл\n{twice}"})

    assert {dict(one.values).get("line") for one in before.findings} != {
        dict(one.values).get("line") for one in now.findings
    }
    assert new(now, before) == []


def test_another_value_another_item_and_another_period_are_new(tmp_path: Path) -> None:
    before = load(tmp_path / "before", {PLAN: ONE_CLAUSE, ACTUALS: EMPTY})
    worded = load(tmp_path / "worded", {PLAN: ONE_CLAUSE, ACTUALS: EMPTY.replace("Хэрэгжиж байна.", "Хэвийн")})
    later = {PLAN: ONE_CLAUSE, ACTUALS: ONE_ENTRY, "plans/council.2024.yaml": EMPTY.replace("2023", "2024")}

    assert new(worded, before) == ["plans/council.2023.yaml:6:15"]
    assert new(load(tmp_path / "later", later), before) == ["plans/council.2024.yaml:6:15"]


def test_one_more_of_a_kind_is_one_new(tmp_path: Path) -> None:
    before = load(tmp_path / "before", {PLAN: TAGGED})
    twice = TAGGED.replace("title: Хурлын тогтоол", "title: <b>Хог</b> хаягдлын тухай")
    now = load(tmp_path / "now", {PLAN: twice})

    assert len(now.findings) == len(before.findings) + 1
    assert len(new(now, before)) == 1
    assert len(set(digests(now))) == len(now.findings)


def test_what_was_mended_is_not_told(tmp_path: Path) -> None:
    before = load(tmp_path / "before", {PLAN: ONE_CLAUSE, ACTUALS: EMPTY})
    now = load(tmp_path / "now", {PLAN: ONE_CLAUSE, ACTUALS: ONE_ENTRY})

    assert new(now, before) == []
