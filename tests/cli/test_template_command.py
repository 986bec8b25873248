"""`planctl template`: the templates there are, and a copy of one to make the office's own."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from running import OFFICE, Ran, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def with_templates(**named: str) -> dict[str, str]:
    lines = "".join(f"  {name.replace('__', '/').replace('_', '.')}: {path}\n" for name, path in named.items())
    return {"planctl.yaml": f"{OFFICE['planctl.yaml']}templates:\n{lines}"}


def test_the_templates_are_listed_with_the_offices_own(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE, with_templates(summary_docx="templates/own.docx"))

    told = planctl("template", "list", cwd=tmp_path)

    assert (told.code, told.err) == (0, "")
    assert told.out == "resolutions/table.docx\nsheet.docx\nsheet.html\nsummary.docx\ttemplates/own.docx\n"


def test_the_templates_are_listed_outside_of_a_project_too(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    assert planctl("template", "list", cwd=tmp_path) == Ran(
        0, "resolutions/table.docx\nsheet.docx\nsheet.html\nsummary.docx\n", ""
    )


def test_a_copied_template_is_used_once_it_is_named(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE)

    copied = planctl("template", "copy", "resolutions/table.docx", cwd=tmp_path)

    path = tmp_path / "templates" / "resolutions" / "table.docx"
    assert copied == Ran(
        0,
        "templates:\n  resolutions/table.docx: templates/resolutions/table.docx\n",
        f"wrote {path.as_posix()}; planctl uses it once planctl.yaml says:\n",
    )
    with zipfile.ZipFile(path, "a") as package:
        package.comment = b"the office's own"
    write(tmp_path, {"planctl.yaml": OFFICE["planctl.yaml"] + copied.out})
    assert planctl("build", "--format", "docx", cwd=tmp_path).code == 0
    outputs = json.loads((tmp_path / "build" / "manifest.json").read_text(encoding="utf-8"))["outputs"]
    used = {one["sheet"]: one["made_from"][-1]["path"] for one in outputs}
    assert used == {
        "table": "templates/resolutions/table.docx",
        "summary-self": "planctl:templates/summary.docx",
        "summary-superior": "planctl:templates/summary.docx",
    }


def test_copying_never_overwrites(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE, {"templates/summary.docx": "mine"})

    told = planctl("template", "copy", "summary.docx", cwd=tmp_path)

    path = tmp_path / "templates" / "summary.docx"
    assert told == Ran(2, "", f"planctl: {path.as_posix()} is there already; move it away first\n")
    assert path.read_text() == "mine"


def test_a_copy_can_be_put_into_a_folder_or_under_a_name(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE, {"letterheads/x": ""})

    into = planctl("template", "copy", "resolutions/table.docx", "letterheads", cwd=tmp_path)
    under = planctl("template", "copy", "summary.docx", "own/товчоо.docx", cwd=tmp_path)

    assert into.out == "templates:\n  resolutions/table.docx: letterheads/table.docx\n"
    assert under.out == "templates:\n  summary.docx: own/товчоо.docx\n"


def test_a_copy_outside_of_the_project_is_not_offered_for_planctl_yaml(
    planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    write(tmp_path / "project", OFFICE)

    told = planctl("template", "copy", "summary.docx", "../own.docx", cwd=tmp_path / "project")

    assert told == Ran(0, "", "wrote ../own.docx; planctl can use it once it lies in the project\n")


def test_an_unknown_template_is_told_in_one_line(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE)

    told = planctl("template", "copy", "sumary.docx", cwd=tmp_path)

    assert told == Ran(2, "", "planctl: there is no template “sumary.docx”; `planctl template list` shows them\n")


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("templates/missing.docx", "cannot be read: No such file or directory"),
        ("templates", "cannot be read: Is a directory"),
        ("../outside.docx", "lies outside the project"),
        ("templates/link.docx", "lies outside the project"),
        ("templates/loop.docx", "cannot be read: "),
    ],
)
def test_a_template_that_cannot_be_used_is_told_once_and_the_rest_is_built(
    planctl: Callable[..., Ran], tmp_path: Path, path: str, problem: str
) -> None:
    project = write(tmp_path / "project", OFFICE, with_templates(summary_docx=path), {"templates/x": ""})
    write(tmp_path, {"outside.docx": "secret"})
    (project / "templates" / "link.docx").symlink_to(tmp_path / "outside.docx")
    (project / "templates" / "loop.docx").symlink_to("loop.docx")

    told = planctl("build", cwd=project)

    assert told.code == 2
    (line,) = (line for line in told.err.splitlines() if "the template" in line)
    assert line.startswith(f"planctl: the template {path} {problem}")
    built = {one.name for one in (project / "build").iterdir()}
    assert "council.2023.summary-self.docx" not in built
    assert {"council.2023.table.docx", "council.2023.summary-self.html"} <= built


def test_a_template_that_is_no_word_file_is_a_finding(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    write(tmp_path, OFFICE, with_templates(summary_docx="templates/own.docx"), {"templates/own.docx": "not a zip"})

    told = planctl("build", "--format", "docx", cwd=tmp_path)

    assert (told.code, told.out) == (1, "")
    lines = told.err.splitlines()
    assert [line.split(" ")[:3] for line in lines if "template-unreadable" in line] == [
        ["templates/own.docx:1:1:", "error:", "template-unreadable:"]
    ]
    assert "council.2023.summary-self.docx was not built, because of its template" in lines
    assert (tmp_path / "build" / "council.2023.table.docx").is_file()
