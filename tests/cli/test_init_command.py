"""`planctl init`: a project that is sound at once, and nothing overwritten."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from running import Ran, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILES = {".gitattributes", ".gitignore", "planctl.yaml", "plans/council.yaml", "plans/council.2026.yaml"}


def test_a_new_project_passes_check_scores_and_builds(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    made = planctl("init", "office", cwd=tmp_path)
    project = tmp_path / "office"

    assert (made.code, made.out) == (0, "")
    assert {path.relative_to(project).as_posix() for path in project.rglob("*") if path.is_file()} == FILES
    assert planctl("check", cwd=project) == Ran(0, "", "0 errors\n0 warnings\n")
    assert planctl("score", cwd=project).code == 0
    assert planctl("build", "--format", "docx", cwd=project).code == 0


def test_the_folder_may_be_deep_named_in_mongolian_or_the_current_one(
    planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    assert planctl("init", "Залаа сум/төлөвлөгөө", cwd=tmp_path).code == 0
    assert planctl("check", cwd=tmp_path / "Залаа сум" / "төлөвлөгөө").code == 0
    here = tmp_path / "here"
    here.mkdir()
    assert planctl("init", ".", cwd=here).code == 0
    assert planctl("check", cwd=here).code == 0


@pytest.mark.parametrize("name", sorted(FILES))
def test_where_one_of_the_files_is_there_nothing_is_written(
    planctl: Callable[..., Ran], tmp_path: Path, name: str
) -> None:
    write(tmp_path / "office", {name: "mine\n"})

    told = planctl("init", "office", cwd=tmp_path)

    assert told == Ran(2, "", f"planctl: office/{name} is there already; nothing was written\n")
    assert {path: path.read_text() for path in (tmp_path / "office").rglob("*") if path.is_file()} == {
        tmp_path / "office" / name: "mine\n"
    }


def test_a_file_in_the_place_of_the_folder_is_told_in_one_line(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, {"office": "a file\n"})

    told = planctl("init", "office", cwd=tmp_path)

    assert (told.code, told.err.count("\n")) == (2, 1)
    assert (tmp_path / "office").read_text() == "a file\n"


def test_git_checks_the_plans_out_with_lf_on_every_system(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    planctl("init", "office", cwd=tmp_path)
    project = tmp_path / "office"
    assert all(b"\r" not in path.read_bytes() for path in project.rglob("*") if path.is_file())
    if not shutil.which("git"):
        pytest.skip("git is missing")
    subprocess.run(["git", "init", "--quiet"], cwd=project, check=True)

    asked = ["git", "check-attr", "eol", "binary", "--", "plans/council.yaml", "templates/a.docx"]
    told = subprocess.run(asked, cwd=project, capture_output=True, text=True, check=True).stdout.splitlines()

    assert "plans/council.yaml: eol: lf" in told
    assert "templates/a.docx: binary: set" in told
