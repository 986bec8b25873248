"""A build that goes on from an earlier one: the same files, manifest and words as one that knows of none."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from planctl.output.template_store import shipped_content
from running import ACTUALS, GOVERNOR, OFFICE, PLAN, Ran, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OWN_TEMPLATE = shipped_content("sheet.html").decode()
RUBRIC = """\
rubric: mn-2020
title: {mn: Өөрийн хэмжүүр, en: Our own}
versions:
  - levels:
      - {name: {mn: Сайн, en: Good}, values: [100, 90, 70], colour: 00FF00}
      - {name: {mn: Муу, en: Bad}, values: [50, 30, 0], colour: FF0000}
"""


ACCEPTED = """\
accepted:
  - {code: unexplained-difference, at: council#waste-1, reason: Хурлаар ярьсан., until: 2999-01-01}
"""


def built(folder: Path) -> dict[str, bytes]:
    """Return the files of a build folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of two plans."""
    return write(tmp_path / "project", OFFICE, GOVERNOR)


def change(project: Path, path: str, old: str, new: str) -> None:
    text = (project / path).read_text(encoding="utf-8")
    assert old in text
    (project / path).write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def remove(project: Path, path: str) -> None:
    (project / path).unlink()


def own_template(project: Path) -> None:
    write(project, {"forms/table.html": OWN_TEMPLATE})
    change(project, "planctl.yaml", "units:", "templates: {resolutions/table.html: forms/table.html}\nunits:")


def touch_all(project: Path) -> None:
    for path in project.rglob("*.yaml"):
        os.utime(path)


CHANGES: dict[str, Callable[[Path], object]] = {
    "nothing": lambda _project: None,
    "a remark": lambda project: change(project, "plans/council.2023.yaml", "period: 2023", "period: 2023  # он"),
    "a score": lambda project: change(project, "plans/council.2023.yaml", "self: 70", "self: 90"),
    "a narrative": lambda project: change(project, "plans/council.2023.yaml", "5 удаа", "6 удаа"),
    "a plan's title": lambda project: change(project, "plans/governor.yaml", "хэрэгжилт", "биелэлт"),
    "a unit's name": lambda project: change(project, "planctl.yaml", "Хууль, эрх зүйн", "Эрх зүйн"),
    "weights of findings": lambda project: change(
        project, "planctl.yaml", "units:", "severities: {unexplained-difference: error}\nunits:"
    ),
    "an own template": own_template,
    "the template's words": lambda project: change(project, "forms/table.html", "</body>", "Тайлан</body>"),
    "a template with faults": lambda project: change(project, "forms/table.html", "Тайлан<", "{{ nothing }}<"),
    "a template that is not there": lambda project: remove(project, "forms/table.html"),
    "the shipped template again": lambda project: change(
        project, "planctl.yaml", "templates: {resolutions/table.html: forms/table.html}\n", ""
    ),
    "an own scale": lambda project: write(project, {"rubrics/own.yaml": RUBRIC}),
    "the shipped scale again": lambda project: remove(project, "rubrics/own.yaml"),
    "another period": lambda project: write(
        project,
        {"plans/council.2022.yaml": ACTUALS.replace("period: 2023", "period: 2022").replace("2023-12", "2022-12")},
    ),
    "a third plan": lambda project: write(
        project, {"plans/third.yaml": PLAN.replace("id: council", "id: third").replace("waste", "third")}
    ),
    "a link to another plan": lambda project: change(
        project, "plans/third.yaml", "form: resolutions", "form: resolutions\nabove: [council]"
    ),
    "a renamed file": lambda project: (project / "plans/third.yaml").rename(project / "plans/renamed.yaml"),
    "a plan that is gone": lambda project: remove(project, "plans/renamed.yaml"),
    "a proof that is missing": lambda project: change(
        project,
        "plans/council.2023.yaml",
        "    self: 100",
        "    evidence: [{title: Зураг, file: proofs/a.jpg}]\n    self: 100",
    ),
    "the proof": lambda project: write(project, {"proofs/a.jpg": b"a"}),
    "a proof taken away": lambda project: remove(project, "proofs/a.jpg"),
    "the proof back": lambda project: write(project, {"proofs/a.jpg": b"b"}),
    "a score that is none": lambda project: change(project, "plans/council.2023.yaml", "self: 90", "self: 91"),
    "the score put right": lambda project: change(project, "plans/council.2023.yaml", "self: 91", "self: 90"),
    "a slip in the plan's name": lambda project: change(
        project, "plans/council.2023.yaml", "actuals: council", "actuals: counsil"
    ),
    "the name put right": lambda project: change(
        project, "plans/council.2023.yaml", "actuals: counsil", "actuals: council"
    ),
    "no YAML": lambda project: change(project, "plans/governor.2023.yaml", "items:", "items: ["),
    "YAML again": lambda project: change(project, "plans/governor.2023.yaml", "items: [", "items:"),
    "a difference without a reason": lambda project: change(
        project, "plans/council.2023.yaml", "superior: 100", "superior: 70"
    ),
    "a milder weight": lambda project: change(project, "planctl.yaml", "difference: error", "difference: warning"),
    "a finding accepted": lambda project: write(
        project,
        {"accepted.yaml": ACCEPTED},
    ),
    "nothing accepted": lambda project: remove(project, "accepted.yaml"),
    "faulty settings": lambda project: change(project, "planctl.yaml", "planctl: 1", "planctl: 7"),
    "settings put right": lambda project: change(project, "planctl.yaml", "planctl: 7", "planctl: 1"),
    "an output deleted": lambda project: remove(project, "build/council.2023.table.html"),
    "an output edited": lambda project: change(project, "build/governor.2023.table.html", "<body", "<body "),
    "times alone": touch_all,
}


def test_after_every_change_a_build_leaves_what_a_build_without_a_record_leaves(
    planctl: Callable[..., Ran], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = ("--format", "html,md", "--sheets", "table,trend,units,acts,unreported")
    reference = project / "reference"
    differing = {}
    for name, make in CHANGES.items():
        make(project)
        told = planctl("build", *options, cwd=project)
        monkeypatch.setenv("PLANCTL_NO_CACHE", "1")
        wanted = planctl("build", *options, "--out", "reference", cwd=project)
        monkeypatch.delenv("PLANCTL_NO_CACHE")
        mine, other = built(project / "build"), built(reference)
        wrong = sorted(path for path in {*mine, *other} if mine.get(path) != other.get(path))
        if wrong or (told.code, findings(told)) != (wanted.code, findings(wanted)):
            differing[name] = (wrong, told.err, wanted.err)

    assert differing == {}


def findings(told: Ran) -> list[str]:
    """Return what a build told besides how many files it wrote, and where."""
    counted = ("files written", "file written", "already up to date")
    return [line for line in told.err.splitlines() if not any(words in line for words in counted)]
