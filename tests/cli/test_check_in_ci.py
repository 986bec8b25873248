"""What CI asks of `planctl check`: which findings count, what a change brought, and never success for nothing."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from finding_formats import of_gitlab, of_junit, of_sarif
from planctl.cli import check
from repositories import Scratch
from running import ACTUALS, OFFICE, PLAN, SETTINGS, Ran, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

UNEXPLAINED = ACTUALS.replace("    reason: Хяналтын дүнгээр.\n", "")
WARNED = {**OFFICE, "plans/council.2023.yaml": UNEXPLAINED}
"""One warning: `unexplained-difference` at council#waste-2."""

FAULTY = {**OFFICE, "plans/council.2023.yaml": UNEXPLAINED.replace("self: 100", "self: 95")}
"""An error, `score-not-in-rubric`, and two warnings."""

ACCEPTED = """\
accepted:
  - {code: unexplained-difference, at: council#waste-2, reason: Дараа бичнэ, until: 2024-06-30}
"""


def codes(told: Ran) -> list[str]:
    return [one["code"] for one in json.loads(told.out)["findings"]]


# What counts


def test_strict_fails_by_a_warning(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, WARNED)

    assert planctl("check", cwd=tmp_path).code == 0
    assert planctl("check", "--strict", cwd=tmp_path).code == 1


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--select", "score-not-in-rubric"), (1, ["score-not-in-rubric"], 2)),
        (("--select", "warning"), (0, ["unexplained-difference"] * 2, 1)),
        (("--select", "warning", "--strict"), (1, ["unexplained-difference"] * 2, 1)),
        (("--select", "html-tag, score-not-in-rubric"), (1, ["score-not-in-rubric"], 2)),
        (("--select", "html-tag", "--select", "score-not-in-rubric"), (1, ["score-not-in-rubric"], 2)),
        (("--select", "html-tag"), (0, [], 3)),
        (("--ignore", "warning"), (1, ["score-not-in-rubric"], 2)),
        (("--ignore", "error"), (0, ["unexplained-difference"] * 2, 1)),
        (("--ignore", "score-not-in-rubric,unexplained-difference", "--strict"), (0, [], 3)),
    ],
)
def test_only_what_was_chosen_is_shown_and_counts(
    planctl: Callable[..., Ran], tmp_path: Path, options: tuple[str, ...], expected: tuple[int, list[str], int]
) -> None:
    write(tmp_path, FAULTY)

    told = planctl("check", "--format", "json", *options, cwd=tmp_path)

    left_out = re.findall(r"^(\d) findings? (?:was|were) left out as asked$", told.err, re.MULTILINE)
    assert (told.code, codes(told), *map(int, left_out)) == expected


def test_what_keeps_a_file_from_being_read_is_never_unselected(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE, {"plans/torn.yaml": "form: [\n"})

    told = planctl("check", "--format", "json", "--select", "html-tag", cwd=tmp_path)

    assert (told.code, codes(told)) == (1, ["unclosed-bracket"])


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (
            ("--select", "html-tags"),
            "--select: there is no code “html-tags”; near it are: html-tag, yaml-tag, yaml-alias",
        ),
        (("--ignore", "warnings"), "--ignore: there is no code “warnings”; near it are: warning"),
        (("--select", "xyzzy"), "--select: there is no code “xyzzy”"),
        (("--select", "html-tag,"), "--select names nothing; write codes, `error` or `warning`"),
        (("--ignore", ""), "--ignore names nothing; write codes, `error` or `warning`"),
    ],
)
def test_a_code_that_does_not_exist_is_one_line(
    planctl: Callable[..., Ran], tmp_path: Path, options: tuple[str, ...], problem: str
) -> None:
    write(tmp_path, FAULTY)

    assert planctl("check", *options, cwd=tmp_path) == Ran(2, "", f"planctl: {problem}\n")


# Nothing checked is no success


@pytest.mark.parametrize(
    "options",
    [
        ("--ignore", "error,warning"),
        ("--select", "html-tag", "--ignore", "html-tag"),
        ("--select", "html-tag", "--ignore", "warning"),
        ("--select", "empty-phrase"),
        ("--select", "template-locked"),
    ],
)
def test_where_no_check_is_left_the_run_fails(
    planctl: Callable[..., Ran], tmp_path: Path, options: tuple[str, ...]
) -> None:
    write(tmp_path, OFFICE, {"planctl.yaml": f"{SETTINGS}severities: {{empty-phrase: off}}\n"})

    told = planctl("check", *options, cwd=tmp_path)

    assert told == Ran(
        2,
        "",
        "planctl: no check is left: what --select and --ignore leave of the codes is none that is checked\n",
    )


@pytest.mark.parametrize("format_", ["text", "sarif"])
def test_a_project_without_a_plan_is_no_success(planctl: Callable[..., Ran], tmp_path: Path, format_: str) -> None:
    write(tmp_path, {"planctl.yaml": SETTINGS})

    told = planctl("check", "--format", format_, cwd=tmp_path)

    assert told == Ran(2, "", "planctl: there is nothing to check here: the project has no plan\n")


def test_files_of_which_every_error_was_left_out_are_no_success(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, {"planctl.yaml": SETTINGS, "plans/torn.yaml": "form: [\n"})

    assert planctl("check", cwd=tmp_path).code == 1
    assert planctl("check", "--ignore", "error", cwd=tmp_path).code == 2


# Formats


def test_each_format_is_whole_on_standard_output(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    project = write(tmp_path / "Залаа сум", FAULTY)

    def told(name: str) -> str:
        ran = planctl("check", "--format", name, "Залаа сум", cwd=tmp_path, lang="mn")
        assert (ran.code, project.is_dir()) == (1, True)
        return ran.out

    run = of_sarif(told("sarif"))
    assert (len(run["results"]), run["language"]) == (3, "mn-MN")
    assert [one["location"]["path"] for one in of_gitlab(told("gitlab"))] == ["Залаа сум/plans/council.2023.yaml"] * 3
    assert of_junit(told("junit")).find("testsuite").get("failures") == "1"
    assert told("github").count("\n::warning file=Залаа сум/plans/council.2023.yaml,") == 2


def test_a_format_that_does_not_exist_is_one_line(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE)

    told = planctl("check", "--format", "xml", cwd=tmp_path)

    assert (told.code, told.out, len(told.err.splitlines())) == (2, "", 1)
    assert "text, json, github, gitlab, sarif, junit" in told.err


# What a change brought


@pytest.fixture
def repository(tmp_path: Path) -> Scratch:
    scratch = Scratch.begin(tmp_path / "Аймгийн төлөвлөгөө")
    scratch.commit(WARNED)
    scratch.git("checkout", "--quiet", "-b", "change")
    return scratch


def since(planctl: Callable[..., Ran], scratch: Scratch, revision: str = "main", *more: str) -> Ran:
    return planctl("check", "--format", "json", "--changed-since", revision, *more, cwd=scratch.folder)


def test_what_was_there_before_is_not_shown_whatever_line_it_moved_to(
    planctl: Callable[..., Ran], repository: Scratch
) -> None:
    repository.commit({"plans/council.2023.yaml": f"# Шинэ мөр\n\n{UNEXPLAINED}"})

    told = since(planctl, repository, "main", "--strict")

    assert (told.code, codes(told)) == (0, [])
    assert told.err == "0 errors\n0 warnings\n1 finding was there before this change\n"


def test_what_the_change_brought_is_shown_committed_or_not(planctl: Callable[..., Ran], repository: Scratch) -> None:
    worse = UNEXPLAINED.replace("self: 100", "self: 95")
    repository.write({"plans/council.2023.yaml": worse})

    assert codes(since(planctl, repository)) == ["score-not-in-rubric", "unexplained-difference"]
    repository.commit({"plans/council.2023.yaml": worse})
    assert codes(since(planctl, repository)) == ["score-not-in-rubric", "unexplained-difference"]
    assert since(planctl, repository).code == 1
    assert codes(since(planctl, repository, "HEAD")) == []


def test_what_the_other_branch_brought_meanwhile_counts_for_neither(
    planctl: Callable[..., Ran], repository: Scratch
) -> None:
    repository.commit({"plans/council.yaml": PLAN.replace("хэрэгжилт\n", "биелэлт\n", 1)})
    repository.git("checkout", "--quiet", "main")
    repository.commit({"plans/council.2023.yaml": ACTUALS})
    repository.git("checkout", "--quiet", "change")

    assert codes(since(planctl, repository)) == []


def test_a_base_with_errors_is_compared_as_far_as_it_goes(planctl: Callable[..., Ran], repository: Scratch) -> None:
    base = repository.commit({"plans/council.yaml": "form: [\n"})
    repository.commit({"plans/council.yaml": PLAN})

    told = since(planctl, repository, base)

    assert (told.code, codes(told)) == (0, ["unexplained-difference"])


def test_a_base_without_a_project_makes_everything_new(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    scratch = Scratch.begin(tmp_path)
    base = scratch.commit({"README": "Төлөвлөгөө\n"})
    scratch.commit(WARNED)

    assert codes(since(planctl, scratch, base)) == ["unexplained-difference"]


def test_what_is_accepted_no_more_is_new(
    planctl: Callable[..., Ran], repository: Scratch, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit({"accepted.yaml": ACCEPTED})
    monkeypatch.setattr(check, "today", lambda: date(2024, 7, 1))

    told = since(planctl, repository, "HEAD")

    assert (told.code, codes(told)) == (1, ["accepted-has-expired", "unexplained-difference"])


def test_what_had_run_out_before_is_not_new(
    planctl: Callable[..., Ran], repository: Scratch, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit({"accepted.yaml": ACCEPTED}, day="2024-08-01T09:00:00+08:00")
    monkeypatch.setattr(check, "today", lambda: date(2024, 9, 1))

    assert codes(since(planctl, repository, "HEAD")) == []


def test_outside_of_a_repository_it_is_one_line(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE)

    told = planctl("check", "--changed-since", "main", cwd=tmp_path)

    assert told == Ran(2, "", f"planctl: {tmp_path} lies in no git repository\n")


def test_an_unknown_revision_is_one_line(planctl: Callable[..., Ran], repository: Scratch) -> None:
    assert since(planctl, repository, "nobody") == Ran(2, "", "planctl: there is no revision nobody\n")
    assert since(planctl, repository, "--all") == Ran(2, "", "planctl: there is no revision --all\n")


def test_a_revision_of_another_history_is_one_line(planctl: Callable[..., Ran], repository: Scratch) -> None:
    repository.git("checkout", "--quiet", "--orphan", "other")
    repository.git("commit", "--quiet", "--message", "Begin anew")

    told = planctl("check", "--changed-since", "main", cwd=repository.folder)

    assert told == Ran(2, "", "planctl: main and HEAD have no history in common\n")


def test_without_git_it_is_one_line(
    planctl: Callable[..., Ran], repository: Scratch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")

    assert since(planctl, repository) == Ran(2, "", "planctl: git is not installed, or not on the path\n")


def test_a_repository_of_another_user_is_one_line_with_what_to_do(
    planctl: Callable[..., Ran], repository: Scratch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")

    told = since(planctl, repository)

    assert (told.code, told.out, len(told.err.splitlines())) == (2, "", 1)
    assert "belongs to another user" in told.err


def test_a_shallow_clone_without_the_merge_base_is_one_line(
    planctl: Callable[..., Ran], repository: Scratch, tmp_path: Path
) -> None:
    repository.commit({"notes.txt": "1\n"})
    repository.git("checkout", "--quiet", "main")
    repository.commit({"notes.txt": "2\n"})
    shallow = tmp_path / "shallow"
    repository.git("clone", "--quiet", "--depth=1", "--no-single-branch", repository.folder.as_uri(), str(shallow))

    told = planctl("check", "--changed-since", "origin/change", cwd=shallow)

    assert (told.code, told.out, len(told.err.splitlines())) == (2, "", 1)
    assert "shallow" in told.err
    assert "git fetch --unshallow" in told.err
