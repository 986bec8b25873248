"""States of a project are read from its repository as they were, without checking anything out."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from planctl.errors import PlanctlError
from planctl.pipeline import load
from planctl.source.discover import Folder, is_source
from planctl.source.git import repository_of
from planctl.source.revision import Revision
from projects import ACTUALS, ONE_CLAUSE, ONE_ENTRY, PLAN, SETTINGS
from repositories import Scratch, office

if TYPE_CHECKING:
    from pathlib import Path

PROJECT = {PLAN: ONE_CLAUSE, ACTUALS: ONE_ENTRY}


def revision(root: Path, name: str = "HEAD") -> Revision:
    repository = repository_of(root)
    return Revision(repository, repository.commit_of(name), root)


def told(error: pytest.ExceptionInfo[PlanctlError]) -> str:
    return str(error.value)


def test_a_commit_is_the_project_that_was_committed(tmp_path: Path) -> None:
    scratch = office(tmp_path, PROJECT)
    committed = Folder(tmp_path).sources()
    scratch.write({ACTUALS: ONE_ENTRY.replace("100", "70")})

    assert revision(tmp_path).sources() == committed
    assert load(revision(tmp_path)).scorecards[0].own.total.mean == 100
    assert load(tmp_path).scorecards[0].own.total.mean == 70


def test_a_project_in_a_folder_of_the_repository_with_spaces_and_cyrillic_is_read(tmp_path: Path) -> None:
    scratch = Scratch.begin(tmp_path)
    scratch.commit(
        {
            "Залаа сум/planctl.yaml": SETTINGS,
            "Залаа сум/plans/Өмнөх он/a.yaml": ONE_CLAUSE,
            "plans/x.yaml": "a: 1",
        }
    )

    state = revision(tmp_path / "Залаа сум")

    assert [one.path for one in state.sources()[0]] == ["planctl.yaml", "plans/Өмнөх он/a.yaml"]
    assert state.has_file("plans/Өмнөх он/a.yaml")
    assert not state.has_file("../plans/x.yaml")


def test_a_commit_without_the_project_is_an_empty_state(tmp_path: Path) -> None:
    scratch = Scratch.begin(tmp_path)
    scratch.commit({"README.md": "Begin"})

    assert revision(tmp_path).is_empty
    assert revision(tmp_path).sources() == ((), ())
    assert load(revision(tmp_path)).findings == ()


def test_links_are_followed_inside_the_project_and_left_out_where_they_lead_elsewhere(tmp_path: Path) -> None:
    scratch = office(tmp_path, {"shared/a.yaml": ONE_CLAUSE})
    (tmp_path / "plans").mkdir()
    (tmp_path / PLAN).symlink_to("../shared/a.yaml")
    (tmp_path / "plans/b.yaml").symlink_to("/etc/b.yaml")
    (tmp_path / "plans/c.yaml").symlink_to("c.yaml")
    scratch.commit({})

    sources, findings = revision(tmp_path).sources()

    assert [(one.path, one.text) for one in sources[1:]] == [(PLAN, ONE_CLAUSE)]
    assert [f"{one.span} {one.code}" for one in findings] == [
        "plans/b.yaml:1:1 link-leaves-project",
        "plans/c.yaml:1:1 link-leaves-project",
    ]


def test_a_submodule_among_the_plans_is_told_of(tmp_path: Path) -> None:
    other = office(tmp_path / "other", PROJECT)
    scratch = office(tmp_path / "office", PROJECT)
    scratch.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(other.folder), "plans/other")
    scratch.commit({})

    _sources, findings = revision(tmp_path / "office").sources()

    assert [f"{one.span} {one.code}" for one in findings] == ["plans/other:1:1 submodule-not-read"]


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("planctl.yaml", True),
        ("accepted.yaml", True),
        ("plans/a/b.YML", True),
        ("rubrics/a.yaml", True),
        ("approvals/a.yaml", True),
        ("approvals/old/a.yaml", False),
        ("plans/.a.yaml", False),
        ("plans/.git/a.yaml", False),
        ("plans/a.txt", False),
        ("a.yaml", False),
    ],
)
def test_a_state_has_the_same_sources_in_a_folder_and_in_a_commit(tmp_path: Path, path: str, *, is_one: bool) -> None:
    scratch = office(tmp_path, {})
    if ".git/" not in path:
        scratch.commit({path: "a: 1\n", "planctl.yaml": SETTINGS})
        assert (path in {one.path for one in Folder(tmp_path).sources()[0]}) == is_one

    assert is_source(path) == is_one


def test_the_point_where_two_states_part_is_found(tmp_path: Path) -> None:
    scratch = office(tmp_path, PROJECT)
    begun = scratch.git("rev-parse", "HEAD").strip()
    scratch.git("checkout", "--quiet", "-b", "change")
    changed = scratch.commit({ACTUALS: ONE_ENTRY.replace("100", "70")})
    scratch.git("checkout", "--quiet", "main")
    main = scratch.commit({"README.md": "x"})

    repository = repository_of(tmp_path / "plans")

    assert repository.top == tmp_path.resolve()
    assert repository.merge_base(main, changed) == begun
    assert not repository.is_shallow


def test_an_unknown_revision_is_named(tmp_path: Path) -> None:
    office(tmp_path, {})

    with pytest.raises(PlanctlError) as error:
        repository_of(tmp_path).commit_of("--all")

    assert told(error) == "there is no revision --all"


def test_states_without_a_common_history_part_nowhere(tmp_path: Path) -> None:
    scratch = office(tmp_path, {})
    scratch.git("checkout", "--quiet", "--orphan", "other")
    other = scratch.commit({"x": "y"})

    assert repository_of(tmp_path).merge_base("main", other) is None


def test_a_shallow_clone_says_that_it_is_one(tmp_path: Path) -> None:
    scratch = office(tmp_path / "office", PROJECT)
    first = scratch.git("rev-parse", "HEAD").strip()
    scratch.commit({"README.md": "x"})
    scratch.git("clone", "--quiet", "--depth=1", scratch.folder.as_uri(), str(tmp_path / "clone"))

    repository = repository_of(tmp_path / "clone")

    assert repository.is_shallow
    with pytest.raises(PlanctlError, match="is shallow"):
        repository.commit_of(first)


def test_a_folder_outside_any_repository_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))

    with pytest.raises(PlanctlError, match="lies in no git repository"):
        repository_of(tmp_path)


def test_a_machine_without_git_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(PlanctlError, match="git is not installed"):
        repository_of(tmp_path)


def test_the_repository_of_another_user_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office(tmp_path, {})
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")

    with pytest.raises(PlanctlError, match="belongs to another user"):
        repository_of(tmp_path)


def test_contents_that_are_gone_are_told_of(tmp_path: Path) -> None:
    office(tmp_path, {})

    with pytest.raises(PlanctlError, match="does not hold the content"):
        repository_of(tmp_path).contents(["0" * 40])


def test_another_failure_of_git_is_one_line(tmp_path: Path) -> None:
    office(tmp_path, {})

    with pytest.raises(PlanctlError) as error:
        repository_of(tmp_path).run("log", "--no-such-option")

    assert told(error) == "git log: fatal: unrecognized argument: --no-such-option"
