"""`planctl build`: which files it writes, keeps, refuses and removes, and what its manifest says of them."""

from __future__ import annotations

import errno
import getpass
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from planctl.output import manifest
from planctl.render.package import content_digest, unpacked
from running import GOVERNOR, OFFICE, Ran, surroundings, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

SHEETS = ("table", "summary-self", "summary-superior")
FORMATS = ("docx", "xlsx", "html")
COUNCIL = {f"council.2023.{sheet}.{kind}" for sheet in SHEETS for kind in FORMATS}
GOVERNORS = {name.replace("council", "governor") for name in COUNCIL}
PLAN, ACTUALS = OFFICE["plans/council.yaml"], OFFICE["plans/council.2023.yaml"]


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def read_manifest(project: Path) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads((project / "build" / "manifest.json").read_text(encoding="utf-8"))
    return whole


def listed(project: Path) -> set[str]:
    return {one["path"] for one in read_manifest(project)["outputs"]}


def change_manifest(project: Path, change: Callable[[dict[str, Any]], None]) -> None:
    whole = read_manifest(project)
    change(whole)
    (project / "build" / "manifest.json").write_text(json.dumps(whole), encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of two plans."""
    return write(tmp_path / "project", OFFICE, GOVERNOR)


# What is written


def test_every_sheet_is_built_in_every_format_with_a_manifest(planctl: Callable[..., Ran], project: Path) -> None:
    told = planctl("build", cwd=project)

    assert told == Ran(0, "", f"18 files written to {(project / 'build').as_posix()}\n")
    assert names(project / "build") == COUNCIL | GOVERNORS | {"manifest.json"}


def test_markdown_is_built_where_it_is_asked_for(planctl: Callable[..., Ran], project: Path) -> None:
    told = planctl("build", "--format", "md", "plans/council.yaml", cwd=project)

    assert told.code == 0
    assert names(project / "build") == {f"council.2023.{sheet}.md" for sheet in SHEETS} | {"manifest.json"}
    assert "| Төсөвт тусгав.<br>" in (project / "build" / "council.2023.table.md").read_text(encoding="utf-8")


def test_the_manifest_is_complete_and_its_digests_are_of_content(planctl: Callable[..., Ran], project: Path) -> None:
    planctl("build", "--as-of", "2024-01-31", cwd=project)

    whole = read_manifest(project)
    built = contents(project / "build")
    assert listed(project) == COUNCIL | GOVERNORS
    assert {one["path"]: one["digest"] for one in whole["outputs"]} == {
        name: content_digest(content) for name, content in built.items() if name != "manifest.json"
    }
    assert (whole["manifest"], whole["as_of"], whole["refused"]) == (1, "2024-01-31", [])
    word = next(one for one in whole["outputs"] if one["path"] == "council.2023.table.docx")
    assert {name: word[name] for name in ("document", "period", "sheet", "format")} == {
        "document": "council",
        "period": "2023",
        "sheet": "table",
        "format": "docx",
    }
    digests = {one["path"]: one["digest"] for one in word["made_from"]}
    assert list(digests) == [
        "planctl.yaml",
        "planctl:rubrics/mn-2020.yaml",
        "plans/council.2023.yaml",
        "plans/council.yaml",
        "planctl:templates/resolutions/table.docx",
    ]
    for path in ("planctl.yaml", "plans/council.yaml", "plans/council.2023.yaml"):
        assert digests[path] == content_digest((project / path).read_bytes())


@pytest.mark.parametrize("content", [b"", b"garbage", b"[]", b"\xff\xfe"])
def test_a_manifest_that_is_none_is_written_anew_where_everything_is(
    planctl: Callable[..., Ran], project: Path, content: bytes
) -> None:
    write(project, {"build/manifest.json": content, "build/stranger.md": "x"})
    options = ("build", "--format", "md", "plans/council.yaml")
    refused = planctl(*options, cwd=project)

    told = planctl(*options, "--no-cache", cwd=project)

    assert (refused.code, told.code) == (2, 0)
    assert listed(project) == {f"council.2023.{sheet}.md" for sheet in SHEETS}
    assert (project / "build/stranger.md").read_text(encoding="utf-8") == "x"


def test_the_manifest_is_written_last(
    planctl: Callable[..., Ran], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replaced: list[str] = []
    replace = Path.replace

    def noted(aside: Path, target: Path) -> Path:
        replaced.extend([target.name] if target.parent.name == "build" else [])
        return replace(aside, target)

    monkeypatch.setattr(Path, "replace", noted)

    planctl("build", cwd=project)

    assert len(replaced) == 19
    assert replaced[-1] == "manifest.json"


@pytest.mark.skipif(not shutil.which("git"), reason="git is missing")
def test_revision_and_user_stand_in_the_manifest_and_nowhere_else(
    planctl: Callable[..., Ran], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "Цэцэгмаа-77")
    identity = ["-c", "user.name=Цэцэгмаа-77", "-c", "user.email=tsetsegmaa77@example.mn"]
    for command in (["init", "--quiet"], ["add", "."], [*identity, "commit", "--quiet", "--message", "x"]):
        subprocess.run(["git", *command], cwd=project, check=True)
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=project, capture_output=True, text=True, check=True)
    revision = head.stdout.strip()

    planctl("build", cwd=project)

    whole = read_manifest(project)
    assert (whole["revision"], whole["user"]) == (f"{revision}", "Цэцэгмаа-77")
    for name, content in contents(project / "build").items():
        if name != "manifest.json":
            parts = unpacked(content).values() if content.startswith(b"PK") else [content]
            said = b"".join(parts)
            assert revision[:12].encode() not in said
            assert "Цэцэгмаа-77".encode() not in said


def test_outside_of_git_there_is_no_revision(
    planctl: Callable[..., Ran], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody() -> str:
        raise OSError

    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(project.parent))
    monkeypatch.setattr(getpass, "getuser", nobody)

    assert planctl("build", "--format", "html", cwd=project).code == 0
    assert (read_manifest(project)["revision"], read_manifest(project)["user"]) == (None, None)


def test_a_second_run_rewrites_nothing(planctl: Callable[..., Ran], project: Path) -> None:
    planctl("build", cwd=project)
    before = {path: path.stat().st_mtime_ns for path in (project / "build").iterdir()}

    told = planctl("build", cwd=project)

    assert (told.code, told.err.splitlines()[1:]) == (0, ["18 files were already up to date"])
    assert {path: path.stat().st_mtime_ns for path in (project / "build").iterdir()} == before


def test_a_second_run_rewrites_what_was_changed_by_hand(planctl: Callable[..., Ran], project: Path) -> None:
    planctl("build", cwd=project)
    before = contents(project / "build")
    (project / "build" / "council.2023.table.html").write_text("edited")

    told = planctl("build", cwd=project)

    assert told.err.splitlines()[1] == "17 files were already up to date"
    assert contents(project / "build") == before


def test_the_plans_are_never_touched(planctl: Callable[..., Ran], project: Path) -> None:
    before = {path: path.read_bytes() for path in (project / "plans").rglob("*")}

    planctl("build", cwd=project)

    assert {path: path.read_bytes() for path in (project / "plans").rglob("*")} == before


def test_the_folder_can_be_elsewhere(planctl: Callable[..., Ran], project: Path) -> None:
    told = planctl("build", "--out", "../тайлан/2023", "--format", "html", cwd=project)

    assert told == Ran(0, "", "6 files written to ../тайлан/2023\n")
    assert not (project / "build").exists()
    assert len(names(project.parent / "тайлан" / "2023")) == 7


def test_from_another_folder_the_projects_own_build_folder_is_used(
    planctl: Callable[..., Ran], project: Path, tmp_path: Path
) -> None:
    assert planctl("build", "--format", "html", "project/plans/council.yaml", cwd=tmp_path).code == 0
    assert names(project / "build") == {name for name in COUNCIL if name.endswith("html")} | {"manifest.json"}


# What is kept and what is removed


def test_outputs_that_nothing_makes_any_more_are_removed(planctl: Callable[..., Ran], project: Path) -> None:
    planctl("build", cwd=project)
    write(project / "build", {"мой.docx": "mine", "council.2022.table.docx": "an old one of mine"})
    (project / "plans" / "council.2023.yaml").unlink()

    told = planctl("build", cwd=project)

    assert told.code == 0
    assert {line for line in told.err.splitlines() if line.startswith("removed")} == {
        f"removed {name}, which no plan makes any more" for name in COUNCIL
    }
    assert names(project / "build") == GOVERNORS | {"manifest.json", "мой.docx", "council.2022.table.docx"}
    assert listed(project) == GOVERNORS


def test_a_sheet_that_is_no_longer_made_is_removed_in_every_format(planctl: Callable[..., Ran], project: Path) -> None:
    planctl("build", cwd=project)
    write(project, {"plans/council.2023.yaml": re.sub(r" *(superior|reason):.*\n", "", ACTUALS)})

    planctl("build", "--format", "docx", cwd=project)

    gone = {name for name in COUNCIL if "superior" in name}
    assert names(project / "build") == (COUNCIL | GOVERNORS | {"manifest.json"}) - gone


def test_building_one_format_keeps_the_others(planctl: Callable[..., Ran], project: Path) -> None:
    planctl("build", cwd=project)
    before = contents(project / "build")
    write(project, {"plans/council.2023.yaml": ACTUALS.replace("Төсөвт тусгав", "Төсөвт тусгаагүй")})

    told = planctl("build", "--format", "docx", cwd=project)

    after = contents(project / "build")
    changed = {name for name, content in after.items() if before[name] != content}
    assert told.code == 0
    assert changed == {"council.2023.table.docx", "manifest.json"}
    assert listed(project) == COUNCIL | GOVERNORS


def test_building_one_path_or_period_keeps_the_others(planctl: Callable[..., Ran], project: Path) -> None:
    planctl("build", cwd=project)

    planctl("build", "plans/council.yaml", cwd=project)
    planctl("build", "--period", "2030", cwd=project)

    assert names(project / "build") == COUNCIL | GOVERNORS | {"manifest.json"}
    assert listed(project) == COUNCIL | GOVERNORS


def test_what_someone_deleted_is_not_listed_any_more(planctl: Callable[..., Ran], project: Path) -> None:
    planctl("build", cwd=project)
    (project / "build" / "council.2023.table.html").unlink()

    planctl("build", "--format", "docx", cwd=project)

    assert listed(project) == (COUNCIL | GOVERNORS) - {"council.2023.table.html"}


HOSTILE = (
    "../victim.docx",
    "../../victim.docx",
    "{above}/victim.docx",
    "..\\victim.docx",
    "C:victim.docx",
    "C:\\victim.docx",
    "deep/victim.docx",
    "..",
    ".",
    "",
    "manifest.json",
    "notes.txt",
    "nul\x00.docx",
    "line\nbreak.docx",
    "half a letter \ud800.docx",
)


@pytest.mark.parametrize("path", HOSTILE, ids=ascii)
def test_a_hostile_manifest_removes_nothing(planctl: Callable[..., Ran], project: Path, path: str) -> None:
    planctl("build", "--format", "html", cwd=project)
    victims = (
        "../victim.docx",
        "../../victim.docx",
        "deep/victim.docx",
        "notes.txt",
        "..\\victim.docx",
        "C:victim.docx",
    )
    write(project / "build", dict.fromkeys((*victims, "line\nbreak.docx"), "precious"))
    before = {file for file in project.parent.rglob("*") if file.is_file()}

    def stale(whole: dict[str, Any]) -> None:
        above = project.parent.as_posix()
        gone = {"document": "gone", "path": path.replace("{above}", above)}
        whole["outputs"].append(whole["outputs"][0] | gone)

    change_manifest(project, stale)

    told = planctl("build", "--format", "html", cwd=project)

    assert (told.code, "removed" in told.err) == (0, False)
    assert {file for file in project.parent.rglob("*") if file.is_file()} == before
    assert listed(project) == {name for name in COUNCIL | GOVERNORS if name.endswith("html")}


def test_a_link_in_the_place_of_a_stale_output_goes_and_its_target_stays(
    planctl: Callable[..., Ran], project: Path
) -> None:
    planctl("build", "--format", "html", cwd=project)
    write(project, {"precious.html": "precious"})
    link = project / "build" / "council.2023.table.html"
    link.unlink()
    link.symlink_to("../precious.html")
    (project / "plans" / "council.2023.yaml").unlink()

    planctl("build", "--format", "html", cwd=project)

    assert not link.is_symlink()
    assert (project / "precious.html").read_text() == "precious"


@pytest.mark.parametrize("content", ["", "[]", '{"outputs": 1}', "<<<<<<< HEAD"])
def test_a_manifest_that_cannot_be_understood_stops_the_build_before_it_writes(
    planctl: Callable[..., Ran], project: Path, content: str
) -> None:
    write(project, {"build/manifest.json": content})

    told = planctl("build", cwd=project)

    path = (project / "build" / "manifest.json").as_posix()
    assert told == Ran(2, "", f"planctl: {path} cannot be understood; delete it and build again\n")
    assert names(project / "build") == {"manifest.json"}


# Documents with errors


SUPERIOR = """\
actuals: council
period: 2023
items:
  waste-1:
    superior: 100
  waste-2:
    superior: 90
    reason: Хяналтын дүнгээр.
"""
HALVES = {
    "plans/council.2023.yaml": re.sub(r" *(superior|reason):.*\n", "", ACTUALS),
    "plans/council.2023.superior.yaml": SUPERIOR,
}
BROKEN: Mapping[str, Mapping[str, str | bytes]] = {
    "a score that is no level": {"plans/council.2023.yaml": ACTUALS.replace("self: 100", "self: 95")},
    "a plan with an unknown unit": {"plans/council.yaml": PLAN.replace("[legal]", "[legall]", 1)},
    "actuals that are no YAML": {"plans/council.2023.yaml": "actuals: council\nperiod: 2023\nitems: [\n"},
    "quoted keys that are no YAML": {"plans/council.2023.yaml": "actuals: 'council'\nperiod: \"2023\" # x\nitems: [\n"},
    "actuals that are a list at heart": {"plans/council.2023.yaml": "- actuals: council\n"},
    "actuals with an impossible period": {
        "plans/council.2023.yaml": ACTUALS.replace("period: 2023", "period: 2023-H3")
    },
    "actuals without a period": {"plans/council.2023.yaml": ACTUALS.replace("period: 2023\n", "")},
    "actuals that are empty": {"plans/council.2023.yaml": ""},
    "actuals that are binary": {
        "plans/council.2023.yaml": b"\x89PNG\r\n\x1a\n\x00\x00\x00" + b"\xff\xd8\x00\x7f" * 500
    },
    "actuals in another encoding": {"plans/council.2023.yaml": ACTUALS.encode("utf-16")},
    "actuals with marks of a merge": {
        "plans/council.2023.yaml": f"<<<<<<< HEAD\n{ACTUALS}=======\n{ACTUALS}>>>>>>> b\n"
    },
    "a plan that is no YAML": {"plans/council.yaml": PLAN.replace("sections:", "sections: [")},
    "a plan without an id": {"plans/council.yaml": PLAN.replace("id: council\n", "")},
    "a plan that is empty": {"plans/council.yaml": ""},
    "a plan twice": {"plans/twice.yaml": PLAN},
    "the superior body's half is no YAML": {**HALVES, "plans/council.2023.superior.yaml": f"{SUPERIOR}  - [\n"},
    "the superior body's half has no period": {
        **HALVES,
        "plans/council.2023.superior.yaml": SUPERIOR.replace("period: 2023\n", ""),
    },
    "the superior body's half has an impossible date": {
        **HALVES,
        "plans/council.2023.superior.yaml": SUPERIOR + "date: 2023-02-30\n",
    },
    "the superior body's half is empty": {**HALVES, "plans/council.2023.superior.yaml": ""},
    "the superior body's half is binary": {**HALVES, "plans/council.2023.superior.yaml": b"\x00\xff" * 500},
    "the superior body's half lies elsewhere and is no YAML": {
        **HALVES,
        "plans/council.2023.superior.yaml": SUPERIOR.replace("actuals: council", "actuals: council\n- ["),
    },
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_document_with_errors_is_refused_by_name_and_the_others_are_built(
    planctl: Callable[..., Ran], project: Path, case: str
) -> None:
    write(project, BROKEN[case])

    told = planctl("build", "--format", "html", cwd=project)

    assert (told.code, told.out) == (1, "")
    assert " error: " in told.err
    assert names(project / "build") == {name for name in GOVERNORS if name.endswith("html")} | {"manifest.json"}
    assert [line for line in told.err.splitlines() if line.endswith("has errors and was not built")]
    assert [one for one in read_manifest(project)["refused"] if one.startswith("council")]


@pytest.mark.parametrize("case", BROKEN)
def test_while_a_document_has_errors_its_last_good_outputs_stay(
    planctl: Callable[..., Ran], project: Path, case: str
) -> None:
    planctl("build", "--format", "html", cwd=project)
    before = contents(project / "build")
    write(project, BROKEN[case])

    planctl("build", "--format", "html", cwd=project)

    after = contents(project / "build")
    assert {name: after[name] for name in before if name != "manifest.json"} == {
        name: content for name, content in before.items() if name != "manifest.json"
    }
    assert listed(project) == set(before) - {"manifest.json"}


def test_actuals_that_cannot_be_opened_refuse_their_period(planctl: Callable[..., Ran], project: Path) -> None:
    write(project, HALVES)
    (project / "plans" / "council.2023.superior.yaml").unlink()
    (project / "plans" / "council.2023.superior.yaml").symlink_to("missing.yaml")

    told = planctl("build", "--format", "html", cwd=project)

    assert told.code == 1
    assert "council 2023 has errors and was not built" in told.err.splitlines()
    assert not [name for name in names(project / "build") if name.startswith("council")]


def test_an_error_in_the_settings_refuses_every_document(planctl: Callable[..., Ran], project: Path) -> None:
    write(project, {"planctl.yaml": OFFICE["planctl.yaml"] + "rounding: 7\n"})

    told = planctl("build", cwd=project)

    assert told.code == 1
    assert names(project / "build") == {"manifest.json"}
    assert read_manifest(project)["refused"] == ["council 2023", "governor 2023"]


def test_an_error_elsewhere_does_not_disturb_a_build_of_one_path(planctl: Callable[..., Ran], project: Path) -> None:
    write(project, BROKEN["actuals that are no YAML"])

    told = planctl("build", "--format", "html", "plans/governor.yaml", cwd=project)

    assert told == Ran(0, "", f"3 files written to {(project / 'build').as_posix()}\n")


def test_a_path_whose_plan_has_errors_is_refused_with_exit_code_1(planctl: Callable[..., Ran], project: Path) -> None:
    write(project, BROKEN["a plan with an unknown unit"])

    told = planctl("build", "--format", "html", "plans/council.2023.yaml", cwd=project)

    assert told.code == 1
    assert "plans/council.yaml:14:21: error: unknown-unit" in told.err
    assert "council 2023 has errors and was not built" in told.err.splitlines()


def test_warnings_are_shown_and_the_document_is_built(planctl: Callable[..., Ran], project: Path) -> None:
    write(project, {"plans/council.2023.yaml": ACTUALS.replace("    reason: Хяналтын дүнгээр.\n", "")})

    told = planctl("build", cwd=project)

    assert (told.code, told.out) == (0, "")
    assert told.err.startswith("plans/council.2023.yaml:14:15: warning: unexplained-difference:")
    assert names(project / "build") >= COUNCIL


# Files that cannot be written


def failing(monkeypatch: pytest.MonkeyPatch, name: str, error: OSError) -> None:
    """Let everything be written except for one file."""
    replace = Path.replace

    def refusing(aside: Path, target: Path) -> Path:
        if target.name == name:
            raise error
        return replace(aside, target)

    monkeypatch.setattr(Path, "replace", refusing)


OPEN = (
    PermissionError(errno.EACCES, "Permission denied"),
    "cannot be written; if it is open in Word or Excel, close it and run again",
)
FULL = (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), "cannot be written: No space left on device")


@pytest.mark.parametrize("failure", [OPEN, FULL], ids=["open", "full"])
@pytest.mark.parametrize("name", ["council.2023.table.docx", "manifest.json"])
def test_a_file_that_cannot_be_written_is_told_in_one_line_and_the_others_are_written(
    planctl: Callable[..., Ran], project: Path, monkeypatch: pytest.MonkeyPatch, failure: tuple[OSError, str], name: str
) -> None:
    error, words = failure
    planctl("build", cwd=project)
    before = contents(project / "build")
    write(project, {"plans/council.2023.yaml": ACTUALS.replace("Төсөвт", "Төсөвтөө")})
    failing(monkeypatch, name, error)

    told = planctl("build", cwd=project)

    after = contents(project / "build")
    path = (project / "build" / name).as_posix()
    assert (told.code, told.out) == (2, "")
    assert [line for line in told.err.splitlines() if line.startswith("planctl:")] == [f"planctl: {path} {words}"]
    assert after[name] == before[name]
    assert after["council.2023.table.html"] != before["council.2023.table.html"]
    assert set(after) == set(before)
    # The manifest, where it could be written, still tells the truth about the old file.
    listed_digests = {one["path"]: one["digest"] for one in read_manifest(project)["outputs"]}
    if name != "manifest.json":
        assert listed_digests == {
            name: content_digest(content) for name, content in after.items() if name != "manifest.json"
        }


def test_a_stale_file_that_is_open_in_word_stays_known(
    planctl: Callable[..., Ran], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planctl("build", cwd=project)
    (project / "plans" / "council.2023.yaml").unlink()
    unlink = Path.unlink

    def refusing(path: Path, *, missing_ok: bool = False) -> None:
        if path.name == "council.2023.table.docx":
            raise PermissionError(errno.EACCES, "Permission denied")
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", refusing)
    refused = planctl("build", cwd=project)
    monkeypatch.undo()
    again = planctl("build", cwd=project)

    assert refused.code == 2
    assert "council.2023.table.docx cannot be removed: Permission denied" in refused.err
    assert (again.code, "removed council.2023.table.docx" in again.err) == (0, True)
    assert names(project / "build") == GOVERNORS | {"manifest.json"}


def test_one_cause_for_all_files_is_told_once(
    planctl: Callable[..., Ran], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_aside: Path, _target: Path) -> Path:
        raise FULL[0]

    monkeypatch.setattr(Path, "replace", full)

    told = planctl("build", cwd=project)

    first = (project / "build/council.2023.table.docx").as_posix()
    others = len(COUNCIL | GOVERNORS)
    assert told.code == 2
    assert [line for line in told.err.splitlines() if line.startswith("planctl:")] == [
        f"planctl: {first} {FULL[1]} (… and {others} others)"
    ]


@pytest.mark.parametrize(
    ("out", "words"),
    [
        ("planctl.yaml", "planctl: {path} is a file; name a folder for what is built\n"),
        ("planctl.yaml/build", "planctl: the folder {path} cannot be made: Not a directory\n"),
    ],
)
def test_no_work_begins_for_a_folder_that_cannot_be(
    planctl: Callable[..., Ran], project: Path, out: str, words: str
) -> None:
    told = planctl("build", "--out", out, cwd=project)

    assert told == Ran(2, "", words.format(path=out))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 kB, where this machine lets us have one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no right to mount a small disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_disk_that_is_really_full_leaves_whole_files_only(
    planctl: Callable[..., Ran], project: Path, small_disk: Path
) -> None:
    planctl("build", cwd=project)
    whole = contents(project / "build")

    told = planctl("build", "--out", str(small_disk), cwd=project)

    problems = [line for line in told.err.splitlines() if line.startswith("planctl:")]
    assert told.code == 2
    assert len(problems) == 1
    assert re.search(r"cannot be written: No space left on device( \(… and \d+ others?\))?$", problems[0])
    written = {name: content for name, content in contents(small_disk).items() if name != "manifest.json"}
    assert written
    assert all(whole[name] == content for name, content in written.items())


def test_a_folder_that_cannot_be_written_to_is_told_in_one_line(tmp_path: Path) -> None:
    project = write(tmp_path / "project", OFFICE)
    folder = project / "build"
    folder.mkdir()
    folder.chmod(0o555)
    # The administrator may write everywhere, unless that right is laid down.
    humbly = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    if humbly and not shutil.which("setpriv"):
        pytest.skip("run as root, and setpriv is missing")

    told = subprocess.run(
        [*humbly, sys.executable, "-m", "planctl", "build", "--format", "html"],
        cwd=project,
        env=surroundings(),
        capture_output=True,
        check=False,
    )

    lines = told.stderr.decode().splitlines()
    assert (told.returncode, told.stdout) == (2, b"")
    [told_once] = [line for line in lines if line.startswith("planctl:")]
    assert told_once.endswith("(… and 3 others)")
    assert names(folder) == set()


def test_a_file_in_the_place_of_the_build_folder_is_told(planctl: Callable[..., Ran], project: Path) -> None:
    write(project, {"build": "mine"})

    told = planctl("build", "--format", "html", cwd=project)

    assert told.code == 2
    assert all(line.startswith("planctl:") for line in told.err.splitlines()[:-1])
    assert (project / "build").read_text() == "mine"


# Builds that end early


def test_an_interrupted_build_leaves_whole_files_and_the_old_manifest(
    planctl: Callable[..., Ran], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planctl("build", cwd=project)
    before = contents(project / "build")
    write(project, {"plans/council.2023.yaml": ACTUALS.replace("Төсөвт", "Төсөвтөө")})
    replace = Path.replace
    written: list[Path] = []

    def interrupted(aside: Path, target: Path) -> Path:
        written.extend([target] if target.parent.name == "build" else [])
        if len(written) == 2:
            raise KeyboardInterrupt
        return replace(aside, target)

    monkeypatch.setattr(Path, "replace", interrupted)

    told = planctl("build", cwd=project)

    after = contents(project / "build")
    assert told == Ran(130, "", "")
    assert {name for name in after if after[name] != before[name]} == {"council.2023.table.docx"}
    assert set(after) == set(before)


def test_a_killed_build_leaves_each_file_old_or_new(planctl: Callable[..., Ran], project: Path) -> None:
    (project / "plans" / "council.2023.yaml").write_text(ACTUALS.replace("Төсөвт", "Төсөвтөө"), encoding="utf-8")
    planctl("build", cwd=project)
    new = contents(project / "build")
    (project / "plans" / "council.2023.yaml").write_text(ACTUALS, encoding="utf-8")
    planctl("build", cwd=project)
    old = contents(project / "build")
    (project / "plans" / "council.2023.yaml").write_text(ACTUALS.replace("Төсөвт", "Төсөвтөө"), encoding="utf-8")
    began = time.monotonic()
    subprocess.run([sys.executable, "-m", "planctl", "build", "--out", str(project / "timed")], cwd=project, check=True)
    takes = time.monotonic() - began
    chance = random.Random(7)  # noqa: S311  # any moments will do, the same in each run

    for _ in range(10):
        for name, content in old.items():
            (project / "build" / name).write_bytes(content)
        build = subprocess.Popen(
            [sys.executable, "-m", "planctl", "build"],
            cwd=project,
            stderr=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        time.sleep(takes * chance.uniform(0.3, 1.0))
        build.send_signal(signal.SIGKILL)
        build.wait()
        after = contents(project / "build")
        shown = {name: content for name, content in after.items() if not name.endswith(".part")}
        assert set(shown) == set(old)
        strange = {n: len(c) for n, c in shown.items() if n != "manifest.json" and c not in {old[n], new[n]}}
        assert strange == {}
        manifest.read_outputs(project / "build")

    assert planctl("build", cwd=project).code == 0
    assert all((project / "build" / name).read_bytes() == new[name] for name in new if name != "manifest.json")
