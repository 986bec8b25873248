"""`planctl diff`: which states are compared, how that is shown, what it fails on, and what keeps it from working."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from repositories import Scratch, office
from running import ACTUALS, GOVERNOR, OFFICE, PLAN, Ran, process, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Planctl = Callable[..., Ran]

FILES = {path: text for path, text in OFFICE.items() if path != "planctl.yaml"}
PLANS, REPORT = "plans/council.yaml", "plans/council.2023.yaml"
LOWER = ACTUALS.replace("self: 70", "self: 50")


def as_json(told: Ran) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(told.out)
    return found


def kinds(told: Ran) -> list[str]:
    return [f"{one['kind']} {one['address']} {one['before']} -> {one['after']}" for one in as_json(told)["changes"]]


# The states


def test_without_a_revision_the_working_tree_is_held_against_head(planctl: Planctl, tmp_path: Path) -> None:
    scratch = office(tmp_path / "Манай алба", FILES)
    scratch.write({REPORT: LOWER})

    told = planctl("diff", "--format", "json", cwd=scratch.folder)

    assert (told.code, told.err, kinds(told)) == (0, "", ["score council#waste-2 70 -> 50"])
    assert (as_json(told)["before"], as_json(told)["after"]) == ("HEAD", "the working tree")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("main",), ["score council#waste-2 70 -> 50"]),
        (("main", "side"), ["score council#waste-2 70 -> 50"]),
        (("main", "--exact"), ["score council#waste-1 90 -> 100", "score council#waste-2 70 -> 50"]),
        (("side", "main"), ["score council#waste-1 100 -> 90"]),
    ],
)
def test_a_base_is_where_the_two_parted_unless_exactly_it_is_meant(
    planctl: Planctl, tmp_path: Path, arguments: tuple[str, ...], told: list[str]
) -> None:
    scratch = office(tmp_path, FILES)
    scratch.git("checkout", "--quiet", "-b", "side")
    scratch.commit({REPORT: LOWER})
    scratch.git("checkout", "--quiet", "main")
    scratch.commit({REPORT: ACTUALS.replace("self: 100", "self: 90")})
    scratch.git("checkout", "--quiet", "side")

    assert sorted(kinds(planctl("diff", *arguments, "--format", "json", cwd=tmp_path))) == told


def test_two_folders_are_compared_without_a_repository(planctl: Planctl, tmp_path: Path) -> None:
    write(tmp_path / "өмнөх жил", OFFICE)
    write(tmp_path / "энэ жил", OFFICE, {REPORT: LOWER})

    told = planctl("diff", "өмнөх жил/", "энэ жил/", "--format", "json", cwd=tmp_path)

    assert (told.code, kinds(told)) == (0, ["score council#waste-2 70 -> 50"])


def test_a_project_that_is_new_in_the_repository_is_added(planctl: Planctl, tmp_path: Path) -> None:
    scratch = Scratch.begin(tmp_path)
    first = scratch.commit({"README.md": "Алба"})
    scratch.commit(OFFICE)

    told = planctl("diff", first, "--format", "json", cwd=tmp_path)

    text = "Хөтөлбөрийн ажлыг зохион байгуулж, хэрэгжилтийг тайлагнах"
    assert {"added  None -> planctl.yaml", f"added council#waste-1 None -> {text}"} <= set(kinds(told))


def test_nothing_is_written_and_nothing_checked_out(planctl: Planctl, tmp_path: Path) -> None:
    scratch = office(tmp_path, FILES)
    scratch.commit({REPORT: LOWER})
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    planctl("diff", "HEAD~1", cwd=tmp_path)

    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


# JSON


def test_json_has_exact_numbers_that_add_up(planctl: Planctl, tmp_path: Path) -> None:
    scratch = office(tmp_path, {**FILES, **GOVERNOR})
    scratch.write({REPORT: LOWER.replace("superior: 90", "superior: 30").replace("self: 100", "self: 90")})

    found = as_json(planctl("diff", "--format", "json", cwd=tmp_path))

    effects = {(one["address"], one["level"], one["evaluation"]): one for one in found["effects"]}
    whole = effects["council", "document", "self"]
    assert (whole["before"]["mean"], whole["after"]["mean"], whole["movement"]) == ("85", "70", "-15")
    assert {one["document"] for one in found["effects"]} == {"council"}
    for one in found["effects"]:
        assert sum(Fraction(part["points"]) for part in one["because"]) == Fraction(one["movement"])
        named = [found["changes"][at]["kind"] for part in one["because"] for at in part["changes"]]
        assert set(named) == {"score"}
    assert found["changes"][0]["was_at"] == {"path": REPORT, "line": 9, "column": 11}


def test_a_period_shows_its_own_changes_and_those_of_the_plan(planctl: Planctl, tmp_path: Path) -> None:
    scratch = office(tmp_path, {**FILES, "plans/council.2024.yaml": ACTUALS.replace("2023", "2024")})
    scratch.write({PLANS: PLAN.replace("жил бүрийн", "улирал бүрийн"), REPORT: LOWER})

    told = planctl("diff", "--period", "2024", "--format", "json", cwd=tmp_path)

    assert ([one["kind"] for one in as_json(told)["changes"]], as_json(told)["effects"]) == (["reworded"], [])


# The terminal


def test_the_terminal_shows_what_weakens_first_and_words_that_changed(planctl: Planctl, tmp_path: Path) -> None:
    scratch = office(tmp_path, FILES)
    scratch.write(
        {
            PLANS: PLAN.replace("жил бүрийн", "улирал бүрийн").replace("2023-12-01", "2023-12-20"),
            REPORT: ACTUALS.replace("self: 70", "self: 90"),
        }
    )

    told = planctl("diff", cwd=tmp_path)

    assert [line.rstrip() for line in told.out.splitlines()] == [
        "HEAD → the working tree",
        "",
        "This weakens a plan",
        " council",
        "  #waste-1",
        "    deadline later          2023-12-01 → 2023-12-20",
        " council 2023",
        "  #waste-2",
        "    score raised without    70 → 90",
        "    new progress or",
        "    evidence, self",
        "",
        "Other changes",
        " council",
        "  #waste-2",
        "    reworded                Санхүүжилтийг [-жил-]{+улирал+} бүрийн төсөвт тусгах",
        "",
        "What this did to the scores",
        " council 2023",
        "  self: 85,00 → 95,00 (+10,00)",
        "    +10,00  #waste-2 score raised without new progress or evidence 70 → 90",
    ]


def test_a_new_report_is_told_in_one_line(planctl: Planctl, tmp_path: Path) -> None:
    scratch = office(tmp_path, {PLANS: PLAN})
    scratch.write({REPORT: ACTUALS})

    told = planctl("diff", cwd=tmp_path)

    assert [line.rstrip() for line in told.out.splitlines()][:6] == [
        "HEAD → the working tree",
        "",
        "Changes",
        " council 2023",
        "  added                   plans/council.2023.yaml, 2 items",
        "",
    ]


def test_a_report_that_is_gone_is_told_in_one_line_in_front(planctl: Planctl, tmp_path: Path) -> None:
    scratch = office(tmp_path, FILES)
    (scratch.folder / REPORT).unlink()

    in_terminal, in_comment = (planctl("diff", "--format", one, cwd=tmp_path).out for one in ("text", "md"))

    assert in_terminal.split("\n\n")[1] == (
        "This weakens a plan\n council 2023\n  taken out of the mean   plans/council.2023.yaml, 2 items"
    )
    assert "- **taken out of the mean** council 2023: plans/council.2023.yaml, 2 items\n" in in_comment
    assert ("Other changes" in in_terminal, "All other changes" in in_comment) == (False, False)


@pytest.mark.parametrize("lang", ["mn", "en"])
@pytest.mark.parametrize("width", ["40", "80"])
def test_every_line_fits_the_terminal(tmp_path: Path, width: str, lang: str) -> None:
    scratch = office(tmp_path, FILES)
    scratch.write({PLANS: PLAN.replace("waste-2", "a-very-long-id-that-goes-on-and-on"), REPORT: LOWER})

    told = process("diff", cwd=tmp_path, COLUMNS=width, PLANCTL_LANG=lang)

    assert (told.returncode, told.stderr) == (0, b"")
    assert max(map(len, told.stdout.decode().splitlines())) <= int(width)


def test_words_have_colour_where_there_is_colour(tmp_path: Path) -> None:
    scratch = office(tmp_path, FILES)
    scratch.write({PLANS: PLAN.replace("жил бүрийн", "улирал бүрийн")})

    told = process("diff", cwd=tmp_path, FORCE_COLOR="1", COLUMNS="80", TERM="xterm-256color").stdout.decode()

    assert re.search("\x1b\\[9;31mжил\x1b\\[0m\x1b\\[32mулирал\x1b\\[0m", told)
    assert "[-" not in told


def test_that_nothing_changed_is_said_beside_the_results(planctl: Planctl, tmp_path: Path) -> None:
    office(tmp_path, FILES)

    told = planctl("diff", cwd=tmp_path)

    assert told == Ran(0, "", "nothing changed between HEAD and the working tree\n")


# --fail-on


@pytest.mark.parametrize(
    ("classes", "code"),
    [
        ((), 0),
        (("score",), 1),
        (("reworded",), 0),
        (("reworded", "score"), 1),
        (("weakening",), 1),
        (("score-without-grounds",), 1),
        (("target-lowered",), 0),
        (("any",), 1),
    ],
)
def test_a_run_fails_on_the_classes_that_are_named(
    planctl: Planctl, tmp_path: Path, classes: tuple[str, ...], code: int
) -> None:
    scratch = office(tmp_path, FILES)
    scratch.write({REPORT: ACTUALS.replace("self: 70", "self: 90")})

    told = planctl("diff", *(word for one in classes for word in ("--fail-on", one)), cwd=tmp_path)

    assert told.code == code


def test_what_cannot_be_read_any_more_may_hold_anything(planctl: Planctl, tmp_path: Path) -> None:
    scratch = office(tmp_path, FILES)
    scratch.write({PLANS: "planned: [\n"})

    told = planctl("diff", "--fail-on", "weakening", cwd=tmp_path)

    assert told.code == 1
    assert "plans/council.yaml (after) could not be read" in told.out
    assert "removed" not in told.out
    assert told.err == ""
    assert "Nothing changed" not in planctl("diff", "--format", "md", cwd=tmp_path).out


def test_conflict_markers_are_named_and_the_rest_is_compared(planctl: Planctl, tmp_path: Path) -> None:
    scratch = office(tmp_path, {**FILES, **GOVERNOR})
    conflict = PLAN.replace("sections:", "<<<<<<< HEAD\nplace: Залаа\n=======\nplace: Өлзийт\n>>>>>>> side\nsections:")
    scratch.write(
        {PLANS: conflict, "plans/governor.2023.yaml": GOVERNOR["plans/governor.2023.yaml"].replace("70", "50")}
    )

    told = planctl("diff", cwd=tmp_path)

    assert told.code == 0
    assert "plans/council.yaml (after)" in told.out
    assert "governor 2023" in told.out


# What keeps it from working


def refused(told: Ran) -> str:
    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)
    return told.err.strip()


def test_a_project_outside_any_repository_is_one_line(
    planctl: Planctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    write(tmp_path, OFFICE)

    assert "no git repository" in refused(planctl("diff", cwd=tmp_path))


def test_a_machine_without_git_is_one_line(planctl: Planctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office(tmp_path, FILES)
    monkeypatch.setenv("PATH", "")

    assert "git is not installed" in refused(planctl("diff", cwd=tmp_path))


def test_the_repository_of_another_user_is_one_line(
    planctl: Planctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office(tmp_path, FILES)
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")

    assert "safe.directory" in refused(planctl("diff", cwd=tmp_path))


def test_a_shallow_clone_says_that_it_is_one(planctl: Planctl, tmp_path: Path) -> None:
    scratch = office(tmp_path / "whole", FILES)
    scratch.commit({REPORT: LOWER})
    scratch.git("clone", "--quiet", "--depth", "1", f"file://{scratch.folder}", str(tmp_path / "shallow"))

    assert "shallow" in refused(planctl("diff", "HEAD~1", cwd=tmp_path / "shallow"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nosuch",), "there is no revision nosuch"),
        (("--", "--upload-pack=x"), "there is no revision --upload-pack=x"),
        (("plans", "plans"), "no planctl.yaml in plans"),
        (("a", "b", "c"), "two states"),
        (("--fail-on", "everything"), "weakening, any, measure-removed"),
        (("--format", "html"), "text, json, md"),
    ],
)
def test_what_cannot_be_compared_is_one_line(
    planctl: Planctl, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    office(tmp_path, FILES)

    assert words in refused(planctl("diff", *arguments, cwd=tmp_path))


def test_states_without_a_common_history_are_one_line(planctl: Planctl, tmp_path: Path) -> None:
    scratch = office(tmp_path, FILES)
    scratch.git("checkout", "--quiet", "--orphan", "other")
    scratch.commit({REPORT: LOWER})

    assert "--exact" in refused(planctl("diff", "main", cwd=tmp_path))
    assert planctl("diff", "main", "--exact", cwd=tmp_path).code == 0


def test_a_repository_without_a_commit_is_one_line(planctl: Planctl, tmp_path: Path) -> None:
    Scratch.begin(tmp_path).write(OFFICE)

    assert "there is no revision HEAD" in refused(planctl("diff", cwd=tmp_path))


def test_two_revisions_before_the_project_began_are_one_line(planctl: Planctl, tmp_path: Path) -> None:
    scratch = Scratch.begin(tmp_path)
    scratch.commit({"README.md": "Алба"})
    scratch.commit({"README.md": "Манай алба"})
    scratch.write(OFFICE)

    assert "neither HEAD~1 nor HEAD has a planctl.yaml" in refused(planctl("diff", "HEAD~1", cwd=tmp_path))


def test_plans_in_a_submodule_are_told_of(planctl: Planctl, tmp_path: Path) -> None:
    other = Scratch.begin(tmp_path / "other")
    other.commit({"council.yaml": PLAN})
    scratch = office(tmp_path / "main", FILES)
    scratch.git("-c", "protocol.file.allow=always", "submodule", "add", "--quiet", str(other.folder), "plans/shared")
    scratch.commit({})

    told = planctl("diff", "HEAD~1", cwd=scratch.folder)

    assert told.code == 0
    assert "plans/shared (after) could not be read" in told.out
