"""`planctl git-setup`: git shows plans and built files as text, and everything can be taken back."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from planctl.authoring.git_files import command, with_lines, without_lines
from repositories import Scratch, office
from running import OFFICE, Ran, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ATTRIBUTES = """\
# planctl git-setup: begin{note}
/planctl.yaml diff=planctl
/accepted.yaml diff=planctl
/plans/**/*.yaml diff=planctl
/plans/**/*.yml diff=planctl
/approvals/*.yaml diff=planctl
/approvals/*.yml diff=planctl
/rubrics/*.yaml diff=planctl
/rubrics/*.yml diff=planctl
*.docx diff=planctl-office
*.xlsx diff=planctl-office
# planctl git-setup: end
"""
MADE = " (the file was made for it)"
PLANS = {path: text for path, text in OFFICE.items() if path != "planctl.yaml"}
RATED = PLANS["plans/council.2023.yaml"]


@pytest.fixture(autouse=True)
def _no_settings_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep git away from the settings of whoever runs the tests, as `Scratch` does."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


def everything(folder: Path) -> dict[str, bytes]:
    """Return every file of a repository that planctl could have touched."""
    files = [path for path in folder.rglob("*") if path.is_file() and ".git/" not in path.as_posix()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in [*files, folder / ".git" / "config"]}


def lines_of(diff: str) -> list[str]:
    """Return the headings of hunks and the lines that changed."""
    return [line for line in diff.splitlines() if line.startswith(("@@", "+", "-")) and line[:3] not in {"+++", "---"}]


def test_git_shows_plans_by_their_ids(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    scratch = office(tmp_path, PLANS)
    assert planctl("git-setup", cwd=tmp_path).code == 0

    scratch.write(
        {
            "plans/council.2023.yaml": RATED.replace("self: 70", "self: 90"),
            "plans/council.yaml": "# ordered anew\n"
            + PLANS["plans/council.yaml"].replace("number: 1\n", "number: '1'\n"),
        }
    )

    assert lines_of(scratch.git("diff")) == [
        "@@ -11,7 +11,7 @@ council#waste-1 2023",
        "-  self: 70",
        "+  self: 90",
        "@@ -30,3 +30,5 @@ council#waste-3",
        "+",
        "+# ordered anew",
    ]
    assert "+council#waste-2 2023" in scratch.git("log", "-p").splitlines()
    assert "-    self: 70" in scratch.git("diff", "--no-textconv").splitlines()


def test_git_shows_built_files_and_is_not_stopped_by_damaged_ones(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    scratch = office(tmp_path, {**PLANS, ".gitattributes": "* text=auto eol=lf\n*.docx binary\n"})
    assert planctl("build", "--format", "docx,xlsx", "--out", "reports", cwd=tmp_path).code == 0
    assert planctl("git-setup", cwd=tmp_path).code == 0
    scratch.commit({"Тайлан 2023.docx": b"PK\x03\x04 cut off"}, "Report")
    scratch.write({"plans/council.2023.yaml": RATED.replace("self: 70", "self: 90")})
    assert planctl("build", "--format", "docx,xlsx", "--out", "reports", cwd=tmp_path).code == 0
    shutil.copy(tmp_path / "reports" / "council.2023.table.docx", tmp_path / "Тайлан 2023.docx")

    told = lines_of(scratch.git("diff", "--", "reports/council.2023.table.docx", "Тайлан 2023.docx"))

    assert {"-| 70%", "+| 90%"} <= set(told)
    assert any(line.endswith("this file cannot be read as Word or Excel)") for line in told)
    assert "+| 0.9" in lines_of(scratch.git("diff", "--", "reports/council.2023.table.xlsx"))


def test_it_shows_what_it_writes_and_says_what_such_a_diff_is_for(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    office(tmp_path, PLANS)

    tried = planctl("git-setup", "--dry-run", cwd=tmp_path)
    assert not (tmp_path / ".gitattributes").exists()
    told = planctl("git-setup", cwd=tmp_path)

    assert (tried.out, told.code) == (told.out, 0)
    assert [line.split(" = ")[0] for line in told.out.splitlines()[:5]] == [
        "+git config diff.planctl.textconv",
        "+git config diff.planctl.cachetextconv",
        "+git config diff.planctl-office.textconv",
        "+git config diff.planctl-office.cachetextconv",
        "+git config diff.planctl.xfuncname",
    ]
    assert told.out.splitlines()[5:7] == ["--- /dev/null", "+++ .gitattributes"]
    assert (tmp_path / ".gitattributes").read_text() == ATTRIBUTES.format(note=MADE)
    assert tried.err.splitlines()[0] == "nothing was written"
    assert "such a diff is for reading, not for applying" in told.err


@pytest.mark.parametrize("own", ["* text=auto\n", "*.md text", "*.md text\r\n", "", None])
def test_undo_leaves_everything_as_it_was(planctl: Callable[..., Ran], tmp_path: Path, own: str | None) -> None:
    scratch = office(tmp_path, PLANS)
    scratch.git("config", "diff.planctl.wordRegex", "[а-я]+")
    scratch.write({".gitattributes": own.encode(), ".github/CODEOWNERS": own.encode()} if own is not None else {})
    before = everything(tmp_path)

    put_in = planctl("git-setup", "--codeowners", "self=@office", cwd=tmp_path)
    scratch.git("log", "-p")
    after = everything(tmp_path)
    again = planctl("git-setup", "--codeowners", "self=@office", cwd=tmp_path)
    assert everything(tmp_path) == after
    tried = planctl("git-setup", "--undo", "--dry-run", cwd=tmp_path)
    assert everything(tmp_path) == after
    taken_out = planctl("git-setup", "--undo", cwd=tmp_path)

    assert [put_in.code, again.code, again.out, tried.code, taken_out.code] == [0, 0, "", 0, 0]
    assert everything(tmp_path) == before
    assert scratch.git("for-each-ref", "refs/notes") == ""
    assert not (tmp_path / ".github").exists() or own is not None
    assert planctl("git-setup", "--undo", cwd=tmp_path) == Ran(0, "", "there is nothing to take out\n")


def test_lines_of_the_office_around_the_block_stay() -> None:
    once = with_lines("*.md text\n", ["a"])

    again = with_lines(once + "*.png binary\n", ["b"])

    assert again == "*.md text\n# planctl git-setup: begin\nb\n# planctl git-setup: end\n*.png binary\n"
    assert without_lines(again) == "*.md text\n*.png binary\n"


def test_a_path_with_spaces_and_signs_is_one_word_for_the_shell_of_git() -> None:
    assert command("C:/Program Files/Python 3.12/python.exe", 1) == (
        "'C:/Program Files/Python 3.12/python.exe' -P -m planctl git-text --edition 1"
    )
    assert command("/home/Бат's/python", 1).startswith("'/home/Бат'\"'\"'s/python' ")


def test_git_runs_a_python_whose_path_has_spaces(
    planctl: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = office(tmp_path / "a", PLANS)
    python = tmp_path / "Миний програм's" / "python"
    python.parent.mkdir()
    python.write_text('#!/bin/sh\necho "heading"; echo "  $# $5"\n')
    python.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(python))
    planctl("git-setup", cwd=tmp_path / "a")

    told = scratch.git("show", "--format=", "HEAD", "--", "plans/council.yaml")

    assert lines_of(told)[1:] == ["+heading", "+  7 --edition"]


def test_what_a_repository_holds_is_not_run(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    scratch = office(tmp_path, PLANS)
    planctl("git-setup", cwd=tmp_path)

    scratch.commit({"planctl/__main__.py": "raise SystemExit('taken over')", "ruamel.py": "raise SystemExit('too')"})

    assert "+council#waste-2" in scratch.git("log", "-p", "--", "plans").splitlines()


# The project somewhere in the repository


def test_a_project_in_a_folder_has_its_own_attributes(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    scratch = Scratch.begin(tmp_path)
    scratch.commit({f"Залаа сум/{path}": text for path, text in OFFICE.items()})

    told = planctl("git-setup", "--codeowners", "superior=@province/control", cwd=tmp_path / "Залаа сум" / "plans")

    assert told.code == 0
    assert (tmp_path / "Залаа сум" / ".gitattributes").read_text() == ATTRIBUTES.format(note=MADE)
    assert not (tmp_path / ".gitattributes").exists()
    assert (tmp_path / ".github/CODEOWNERS").read_text("utf-8").splitlines()[1:-1] == [
        "/Залаа\\ сум/plans/council.2023.yaml @province/control"
    ]
    assert "+council#waste-2" in scratch.git("log", "-p").splitlines()


def test_a_second_working_tree_shares_the_settings(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    scratch = office(tmp_path / "a", PLANS)
    scratch.git("worktree", "add", "--quiet", str(tmp_path / "b"))

    assert planctl("git-setup", cwd=tmp_path / "b").code == 0

    assert "git-text" in scratch.git("config", "--get", "diff.planctl.textconv")
    assert "+council#waste-2" in Scratch(tmp_path / "b").git("log", "-p").splitlines()


# Owners


TWO_FILES = {
    "plans/council.2023.yaml": None,
    "plans/council.2023.self.yaml": "actuals: council\nperiod: 2023\nitems:\n  waste-1: {self: 100}\n",
    "plans/Дээд [1].yaml": "actuals: council\nperiod: 2023\nitems:\n  waste-1: {superior: 100}\n",
}
BOTH = ("--codeowners", "self=@office,@office/heads", "--codeowners", "superior=control@example.mn")


def owners(folder: Path, place: str = ".github/CODEOWNERS") -> list[str]:
    return (folder / place).read_text("utf-8").splitlines()[1:-1]


def test_each_evaluation_gets_its_owners(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    office(tmp_path, PLANS).commit(TWO_FILES)

    told = planctl("git-setup", *BOTH, cwd=tmp_path)

    assert (told.code, "one file" in told.err) == (0, False)
    assert owners(tmp_path) == [
        "/plans/council.2023.self.yaml @office @office/heads",
        "/plans/Дээд\\ ?1?.yaml control@example.mn",
    ]


def test_a_file_with_both_evaluations_is_told_of(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    office(tmp_path, PLANS)

    told = planctl("git-setup", *BOTH, cwd=tmp_path)

    assert owners(tmp_path) == ["/plans/council.2023.yaml @office @office/heads control@example.mn"]
    assert (
        "both evaluations stand in one file, where the approval of either owner is enough: plans/council.2023.yaml; "
        "give each body a file of its own"
    ) in told.err.splitlines()


@pytest.mark.parametrize(
    ("files", "options", "place"),
    [
        ({".gitlab-ci.yml": "a: 1"}, (), "CODEOWNERS"),
        ({}, ("--host", "gitlab"), "CODEOWNERS"),
        ({".gitlab-ci.yml": "a: 1"}, ("--host", "github"), ".github/CODEOWNERS"),
        ({"docs/CODEOWNERS": "* @all\n"}, (), "docs/CODEOWNERS"),
        ({".gitlab/CODEOWNERS": "* @all\n"}, (), ".gitlab/CODEOWNERS"),
    ],
)
def test_owners_stand_where_the_service_looks(
    planctl: Callable[..., Ran], tmp_path: Path, files: dict[str, str], options: tuple[str, ...], place: str
) -> None:
    office(tmp_path, {**PLANS, **files})

    assert planctl("git-setup", *BOTH, *options, cwd=tmp_path).code == 0

    assert "/plans/council.2023.yaml" in (tmp_path / place).read_text("utf-8")


def test_a_project_without_scores_gets_no_owners(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    office(tmp_path, {"plans/council.yaml": PLANS["plans/council.yaml"]})

    told = planctl("git-setup", *BOTH, cwd=tmp_path)

    assert told.code == 0
    assert "no file of this project holds such an evaluation yet; CODEOWNERS stays as it is" in told.err
    assert not (tmp_path / ".github").exists()


@pytest.mark.parametrize("text", ["@office", "self=", "both=@a", "self=office", "self=@a\n/x @b", "self=@a #"])
def test_owners_that_are_none_are_refused(planctl: Callable[..., Ran], tmp_path: Path, text: str) -> None:
    office(tmp_path, PLANS)
    before = everything(tmp_path)

    told = planctl("git-setup", "--codeowners", text, cwd=tmp_path)

    assert (told.code, told.out) == (2, "")
    assert "is not such as self=@office or superior=@province/control,a@example.mn" in told.err
    assert everything(tmp_path) == before


# Surroundings


def test_where_git_is_not_one_line_says_so_and_nothing_is_written(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE)

    told = planctl("git-setup", cwd=tmp_path)

    assert told == Ran(2, "", f"planctl: {tmp_path.as_posix()} lies in no git repository\n")
    assert not (tmp_path / ".gitattributes").exists()


def test_without_git_one_line_says_so(
    planctl: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office(tmp_path, PLANS)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert planctl("git-setup", cwd=tmp_path) == Ran(2, "", "planctl: git is not installed, or not on the path\n")


@pytest.mark.parametrize("command", [("git-setup",), ("git-setup", "--undo"), ("log", "council#waste-2")])
def test_a_repository_of_another_user_is_left_alone(
    planctl: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    office(tmp_path, PLANS)
    before = everything(tmp_path)
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")

    told = planctl(*command, cwd=tmp_path)

    assert (told.code, told.out, told.err.count("\n")) == (2, "", 1)
    assert "belongs to another user" in told.err
    assert everything(tmp_path) == before


def test_nothing_is_written_through_a_link(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    office(tmp_path / "a", PLANS)
    (tmp_path / "a" / ".gitattributes").symlink_to(tmp_path / "elsewhere")

    told = planctl("git-setup", cwd=tmp_path / "a")

    assert (told.code, told.out) == (2, "")
    assert told.err.startswith("planctl: .gitattributes is a link, and nothing is written through links")
    assert not (tmp_path / "elsewhere").exists()


def test_a_bare_repository_has_no_files_to_set_up(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    Scratch.begin(tmp_path).git("config", "core.bare", "true")
    write(tmp_path / ".git", OFFICE)

    told = planctl("git-setup", cwd=tmp_path / ".git")

    where = (tmp_path / ".git").as_posix()
    assert told == Ran(2, "", f"planctl: {where} lies in a bare repository, which has no files of its own\n")


def test_a_command_of_the_office_is_left_alone(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    scratch = office(tmp_path, PLANS)
    scratch.git("config", "diff.planctl-office.textconv", "pandoc -t plain")
    before = everything(tmp_path)

    told = planctl("git-setup", cwd=tmp_path)

    assert (told.code, told.out) == (2, "")
    assert "the setting diff.planctl-office.textconv is yours (pandoc -t plain)" in told.err
    assert everything(tmp_path) == before


def test_a_block_with_one_marker_is_not_touched(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    office(tmp_path, {**PLANS, ".gitattributes": "# planctl git-setup: begin\n*.md text\n"})
    before = everything(tmp_path)

    told = [planctl("git-setup", *options, cwd=tmp_path) for options in ((), ("--undo",))]

    assert [(one.code, one.out) for one in told] == [(2, ""), (2, "")]
    assert all(".gitattributes holds only one of the two lines" in one.err for one in told)
    assert everything(tmp_path) == before


def test_where_another_git_holds_the_settings_nothing_is_written(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    office(tmp_path, PLANS)
    before = everything(tmp_path)
    (tmp_path / ".git" / "config.lock").touch()

    told = planctl("git-setup", cwd=tmp_path)

    assert told.code == 2
    assert told.err.startswith("planctl: git config: error: could not lock config file")
    assert told.err.count("\n") == 1
    assert everything(tmp_path) == before


def test_where_a_file_cannot_be_written_the_settings_are_put_back(
    planctl: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office(tmp_path, PLANS)
    before = everything(tmp_path)

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    told = planctl("git-setup", cwd=tmp_path)

    assert told.code == 2
    assert told.err.endswith(".gitattributes cannot be written: No space left on device\n")
    assert everything(tmp_path) == before
