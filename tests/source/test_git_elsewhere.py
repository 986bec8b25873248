"""Repositories of others: read and fetched without a checkout, a question, or anything of theirs being run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planctl.errors import PlanctlError
from planctl.source import fetching
from planctl.source.fetching import fetched, reference_of
from planctl.source.git import opened
from repositories import Scratch

if TYPE_CHECKING:
    from pathlib import Path


def test_several_states_are_asked_for_at_once(tmp_path: Path) -> None:
    scratch = Scratch.begin(tmp_path / "repo")
    scratch.commit({"soum/a.txt": "а", "b.txt": "б"})
    commit = scratch.git("rev-parse", "HEAD").strip()

    found = opened(tmp_path / "repo").trees([("main", ""), ("HEAD", "soum"), ("v9", ""), ("main", "b.txt")])

    assert found == (
        (commit, scratch.git("rev-parse", "HEAD^{tree}").strip()),
        (commit, scratch.git("rev-parse", "HEAD:soum").strip()),
        None,
        None,
    )


def test_a_folder_inside_another_repository_is_none_itself(tmp_path: Path) -> None:
    Scratch.begin(tmp_path / "repo").commit({"soum/a.txt": "а"})

    with pytest.raises(PlanctlError, match="lies in no git repository"):
        opened(tmp_path / "repo" / "soum")


def test_what_a_hook_tells_git_does_not_lead_to_another_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = Scratch.begin(tmp_path / "one"), Scratch.begin(tmp_path / "other")
    one.commit({"a.txt": "а"})
    other.commit({"b.txt": "б"})
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "one" / ".git"))

    (entry,) = opened(tmp_path / "other").files("main")

    assert entry.path == "b.txt"


def test_a_revision_is_fetched_without_its_history(tmp_path: Path) -> None:
    scratch = Scratch.begin(tmp_path / "far")
    scratch.commit({"a.txt": "а"})
    scratch.commit({"b.txt": "б"})

    repository = fetched((tmp_path / "far").as_uri(), "main", tmp_path / "kept")

    assert [one.path for one in repository.files(reference_of("main"))] == ["a.txt", "b.txt"]
    assert len(repository.run("log", "--format=%H", reference_of("main")).split()) == 1
    assert not (tmp_path / "kept" / "hooks").exists()


def test_fetching_again_gives_what_is_there_now(tmp_path: Path) -> None:
    scratch = Scratch.begin(tmp_path / "far")
    scratch.commit({"a.txt": "а"})
    address = (tmp_path / "far").as_uri()
    fetched(address, "main", tmp_path / "kept")
    scratch.commit({"a.txt": None, "b.txt": "б"})

    repository = fetched(address, "main", tmp_path / "kept")

    assert [one.path for one in repository.files(reference_of("main"))] == ["b.txt"]


@pytest.mark.parametrize("address", ["ext::sh -c touch% made", "--upload-pack=touch made", "http://example.invalid/a"])
def test_addresses_that_run_programs_or_are_not_protected_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(PlanctlError):
        fetched(address, "main", tmp_path / "kept")

    assert not list(tmp_path.rglob("made"))


def test_an_address_that_does_not_answer_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_SSH_COMMAND", "sleep 60 #")
    monkeypatch.setattr(fetching, "LONGEST_FETCH_SECONDS", 0.3)

    with pytest.raises(PlanctlError, match="did not answer within"):
        fetched("ssh://example.invalid/a.git", "main", tmp_path / "kept")
