"""`planctl init`: a project that is sound at once, and nothing overwritten."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from running import SETTINGS, Ran, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILES = {".gitattributes", ".gitignore", "planctl.yaml", "plans/council.yaml", "plans/council.2026.yaml"}
OF_EDITORS = {
    ".nvim.lua",
    ".vscode/extensions.json",
    ".vscode/settings.json",
    *(f".planctl/schema/{name}.json" for name in ("accepted", "approval", "plans", "rubric", "settings")),
}


def files_of(project: Path) -> set[str]:
    return {path.relative_to(project).as_posix() for path in project.rglob("*") if path.is_file()}


def test_a_new_project_passes_check_scores_and_builds(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    made = planctl("init", "office", cwd=tmp_path)
    project = tmp_path / "office"

    assert (made.code, made.out) == (0, "")
    assert files_of(project) == FILES | OF_EDITORS
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


# What editors read


def test_editors_get_their_files_in_a_project_that_is_there(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    project = write(tmp_path, {"planctl.yaml": SETTINGS})
    (project / "plans").mkdir()

    made = planctl("init", ".", "--editors", cwd=project / "plans")

    assert (made.code, made.out) == (0, "")
    assert files_of(project) == {"planctl.yaml"} | OF_EDITORS
    assert planctl("init", ".", "--editors", cwd=project) == Ran(0, "", "")


def test_an_offices_own_settings_keep_what_they_say(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    own = {"editor.tabSize": 8, "yaml.validate": False, "yaml.schemas": {"mine.json": "*.yml"}}
    project = write(tmp_path, {"planctl.yaml": SETTINGS, ".vscode/settings.json": json.dumps(own)})

    assert planctl("init", ".", "--editors", cwd=project).code == 0

    settings = json.loads((project / ".vscode" / "settings.json").read_text("utf-8"))
    assert {name: settings[name] for name in own if name != "yaml.schemas"} == {
        "editor.tabSize": 8,
        "yaml.validate": False,
    }
    assert {*settings["yaml.schemas"]} == {"mine.json", *(name for name in OF_EDITORS if "schema/" in name)}


def test_settings_with_remarks_are_left_as_they_are_and_what_they_lack_is_shown(
    planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    own = {".vscode/settings.json": "{ // mine\n}\n", ".nvim.lua": "-- mine\n"}
    project = write(tmp_path, {"planctl.yaml": SETTINGS}, own)

    told = planctl("init", ".", "--editors", cwd=project)

    assert told.code == 0
    assert {name: (project / name).read_text("utf-8") for name in own} == own
    for name in own:
        assert f"{name} is yours and was left as it is; this belongs into it:\n" in told.err
    assert '"yaml.schemas"' in told.out
    assert "vim.lsp.config" in told.out


def test_without_a_project_there_is_nothing_for_editors(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    assert planctl("init", "office", "--editors", cwd=tmp_path).code == 2
    assert list(tmp_path.iterdir()) == []
