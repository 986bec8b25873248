"""Building in several processes, stopping in the middle, and going on from there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from planctl import cli
from planctl.building import build as of_build
from planctl.cache import replay
from planctl.output.pdf import Printed
from planctl.output.template_store import shipped_content
from running import ACTUALS, OFFICE, PLAN, Ran, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from planctl.building.built import Built

TEMPLATE = shipped_content("sheet.html").decode()


def documents(number: int) -> dict[str, str]:
    files = {"planctl.yaml": OFFICE["planctl.yaml"]}
    for at in range(number):
        files[f"plans/d{at}.yaml"] = PLAN.replace("id: council", f"id: d{at}").replace("waste", f"w{at}")
        files[f"plans/d{at}.2023.yaml"] = ACTUALS.replace("council", f"d{at}").replace("waste", f"w{at}")
    return files


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write(tmp_path / "project", documents(6))


def test_the_number_of_processes_makes_no_difference(planctl: Callable[..., Ran], project: Path) -> None:
    one = planctl("build", "--format", "docx,html", "--jobs", "1", "--out", "one", cwd=project)
    three = planctl("build", "--format", "docx,html", "--jobs", "3", "--out", "three", cwd=project)

    assert (one.code, one.out) == (three.code, three.out)
    assert one.err.replace("one", "three") == three.err
    assert contents(project / "one") == contents(project / "three")


@pytest.fixture
def stopped(project: Path, planctl: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Build until the fifth file is written, and return what is there."""
    replace = Path.replace
    written: list[str] = []

    def interrupted(aside: Path, target: Path) -> Path:
        if target.parent.name == "build" and aside.suffix == ".part":
            written.append(target.name)
            if len(written) > 5:
                raise KeyboardInterrupt
        return replace(aside, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    told = planctl("build", "--format", "md", "--jobs", "1", cwd=project)
    monkeypatch.setattr(Path, "replace", replace)
    assert told.code == 130
    return set(contents(project / "build"))


def test_a_build_goes_on_from_where_another_was_stopped(
    planctl: Callable[..., Ran], project: Path, stopped: set[str]
) -> None:
    told = planctl("build", "--format", "md", "--why", cwd=project)
    planctl("build", "--format", "md", "--no-cache", "--out", "clean", cwd=project)

    taken_over = {line.partition(": ")[0] for line in told.out.splitlines() if line.endswith(": unchanged")}
    assert taken_over
    assert taken_over <= stopped
    assert contents(project / "build") == contents(project / "clean")


def test_the_record_is_saved_while_a_build_goes_on(
    project: Path, planctl: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(of_build, "SAVED_AFTER", 1)
    saved: list[int] = []
    records = tmp_path / "kept" / "build"
    monkeypatch.setenv("PLANCTL_CACHE_DIR", str(tmp_path / "kept"))
    replace = Path.replace

    def noted(aside: Path, target: Path) -> Path:
        done = replace(aside, target)
        if target.is_relative_to(records):
            saved.append(len(json.loads(target.read_bytes())["value"]["kept"]))
        return done

    monkeypatch.setattr(Path, "replace", noted)

    planctl("build", "--format", "md", "--jobs", "1", cwd=project)

    assert len(saved) > 2
    assert saved == sorted(saved)
    assert saved[-1] == 18


# Nothing changed


def test_what_is_foreseen_is_what_a_build_tells_that_looks(
    planctl: Callable[..., Ran], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(
        project, {"plans/d1.2023.yaml": ACTUALS.replace("council", "d1").replace("waste", "w1").replace("100", "90", 1)}
    )
    write(project, {"plans/d2.2023.yaml": "actuals: d2\nperiod: 2023\nitems: []\n"})
    planctl("build", "--format", "md", "--why", cwd=project)
    foreseen = planctl("build", "--format", "md", "--why", cwd=project)
    monkeypatch.setattr(cli, "REPEATED", frozenset())

    looked = planctl("build", "--format", "md", "--why", cwd=project)

    assert (foreseen.code, foreseen.err.splitlines(), foreseen.out) == (
        looked.code,
        looked.err.splitlines(),
        looked.out,
    )


def test_right_after_a_build_nothing_is_looked_into(
    planctl: Callable[..., Ran], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = planctl("build", "--format", "md", cwd=project)

    def not_to_be_built(*_arguments: object, **_more: object) -> None:
        raise AssertionError

    monkeypatch.setattr(of_build, "build", not_to_be_built)

    told = planctl("build", "--format", "md", cwd=project)

    assert first.err == f"18 files written to {(project / 'build').as_posix()}\n"
    assert told == Ran(
        0, "", f"0 files written to {(project / 'build').as_posix()}\n18 files were already up to date\n"
    )


TOUCHES: dict[str, Callable[[Path], object]] = {
    "an output is gone": lambda project: (project / "build/d1.2023.table.md").unlink(),
    "an output is edited": lambda project: (project / "build/d1.2023.table.md").write_text("x", encoding="utf-8"),
    "a source is changed": lambda project: (project / "plans/d1.yaml").write_text(PLAN, encoding="utf-8"),
    "a source is gone": lambda project: (project / "plans/d1.2023.yaml").unlink(),
    "the manifest is gone": lambda project: (project / "build/manifest.json").unlink(),
}


@pytest.mark.parametrize("touch", TOUCHES.values(), ids=TOUCHES)
def test_whatever_is_touched_has_a_build_look_again(
    planctl: Callable[..., Ran], project: Path, monkeypatch: pytest.MonkeyPatch, touch: Callable[[Path], object]
) -> None:
    planctl("build", "--format", "md", cwd=project)
    planctl("build", "--format", "md", cwd=project)
    touch(project)
    looked = looks(monkeypatch)

    planctl("build", "--format", "md", cwd=project)

    assert len(looked) == 1


def looks(monkeypatch: pytest.MonkeyPatch, afterwards: Callable[[], object] = lambda: None) -> list[object]:
    """Return the builds that look into the project from now on; each does something before it ends."""
    looked: list[object] = []
    build = of_build.build

    def noted(*arguments: Any, **more: Any) -> Built:
        looked.append(arguments)
        built = build(*arguments, **more)
        afterwards()
        return built

    monkeypatch.setattr(of_build, "build", noted)
    return looked


def test_what_others_keep_in_the_folder_is_not_looked_at(
    planctl: Callable[..., Ran], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planctl("build", "--format", "md", cwd=project)
    write(project, {"build/stranger.md": "x", "build/strangers/manifest.json": "x"})
    if os.name != "nt":
        (project / "build/elsewhere").symlink_to("/", target_is_directory=True)
    looked = looks(monkeypatch)

    planctl("build", "--format", "md", cwd=project)

    assert looked == []


MEANWHILE: dict[str, Callable[[Path], object]] = {
    "an output is edited": lambda project: (project / "build/d1.2023.table.html").write_text("x", encoding="utf-8"),
    "an output is gone": lambda project: (project / "build/d1.2023.table.html").unlink(),
    "another build ended": lambda project: (project / "build/manifest.json").unlink(),
    "the template is changed": lambda project: (project / "forms/table.html").write_text(
        TEMPLATE.replace("</body>", "Тайлан</body>"), encoding="utf-8"
    ),
    "a source is changed": lambda project: (project / "plans/d1.2023.yaml").write_text(
        documents(2)["plans/d1.2023.yaml"].replace("5 удаа", "6 удаа"), encoding="utf-8"
    ),
}


@pytest.mark.parametrize("change", MEANWHILE.values(), ids=MEANWHILE)
def test_what_is_changed_before_a_build_ends_is_seen_by_the_next(
    planctl: Callable[..., Ran], project: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], object]
) -> None:
    settings = f"{OFFICE['planctl.yaml']}templates: {{resolutions/table.html: forms/table.html}}\n"
    write(project, {"planctl.yaml": settings, "forms/table.html": TEMPLATE})
    with monkeypatch.context() as patch:
        patch.setattr(replay, "touched", lambda _places: "")  # as where clocks are coarse
        looks(patch, lambda: change(project))
        planctl("build", "--format", "html", cwd=project)

    planctl("build", "--format", "html", cwd=project)

    planctl("build", "--format", "html", "--no-cache", "--out", "anew", cwd=project)
    assert contents(project / "build") == contents(project / "anew")


def test_what_the_surroundings_lacked_is_looked_for_again_though_errors_were_found_too(
    planctl: Callable[..., Ran], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(project, {"plans/d1.2023.yaml": ACTUALS.replace("council", "d1").replace("waste", "w1").replace("100", "93")})
    monkeypatch.setenv("PLANCTL_SOFFICE", str(project / "none"))
    command = ("build", "--pdf", "--format", "docx", "--sheets", "table", "plans/d0.yaml", "plans/d1.yaml")
    lacking = [planctl(*command, cwd=project) for _time in range(2)]
    monkeypatch.setattr("planctl.output.pdf.print_sheets", lambda *_sheets, **_more: Printed())

    told = planctl(*command, cwd=project)

    assert [one.code for one in lacking] == [1, 1]
    assert ["LibreOffice" in one.err for one in (*lacking, told)] == [True, True, False]


@pytest.mark.skipif(not shutil.which("git"), reason="git is missing")
def test_a_new_revision_stands_in_the_manifest_though_nothing_else_is_new(
    planctl: Callable[..., Ran], project: Path
) -> None:
    identity = ["-c", "user.name=Цэцэгмаа", "-c", "user.email=tsetsegmaa@example.mn"]

    def commit(*more: str) -> None:
        subprocess.run(["git", *identity, "commit", "--quiet", "--message", "x", *more], cwd=project, check=True)

    subprocess.run(["git", "init", "--quiet"], cwd=project, check=True)
    subprocess.run(["git", "add", "plans", "planctl.yaml"], cwd=project, check=True)
    commit()
    told = []
    revisions = []
    for _time in range(2):
        told = [planctl("build", "--format", "md", cwd=project).err.splitlines()[-1] for _again in range(2)]
        revisions.append(json.loads((project / "build/manifest.json").read_bytes())["revision"])
        commit("--allow-empty")

    assert told == ["18 files were already up to date"] * 2
    assert len(set(revisions)) == 2


def test_a_cache_that_is_switched_off_keeps_nothing(
    planctl: Callable[..., Ran], project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANCTL_CACHE_DIR", str(tmp_path / "kept"))
    monkeypatch.setenv("PLANCTL_NO_CACHE", "1")

    told = [planctl("build", "--format", "md", "--why", "--jobs", "1", cwd=project).out for _time in range(2)]

    assert told[0] == told[1]
    assert set(told[0].splitlines()) >= {"d0.2023.table.md: there is no record of an earlier build"}
    assert not (tmp_path / "kept").exists()
