"""What planctl.yaml makes of a code's weight, from the finding to the build."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from planctl.diagnostics import Severity, Span, finding, weighed
from planctl.refusal import refused
from projects import ACTUALS, ONE_CLAUSE, ONE_ENTRY, PLAN, SETTINGS, Files, load
from running import OFFICE, Ran
from running import write as write_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

EMPTY_PHRASE = {PLAN: ONE_CLAUSE, ACTUALS: ONE_ENTRY.replace("Цэвэрлэгээ хийв.", "Хэрэгжиж байна.")}


def weighing(severities: str) -> Files:
    """Return a project with a finding of the code `empty-phrase`, and these weights."""
    return {**EMPTY_PHRASE, "planctl.yaml": f"{SETTINGS}severities: {{{severities}}}\n"}


@pytest.mark.parametrize(
    ("severities", "found"),
    [
        ("", ["warning"]),
        ("empty-phrase: warning", ["warning"]),
        ("empty-phrase: error", ["error"]),
        ("empty-phrase: off", []),
        ("html-tag: off", ["warning"]),
    ],
)
def test_a_finding_weighs_what_its_project_says(severities: str, found: list[str], tmp_path: Path) -> None:
    assert [str(one.severity) for one in load(tmp_path, weighing(severities)).findings] == found


def test_a_warning_that_was_made_an_error_refuses_its_document(tmp_path: Path) -> None:
    assert list(refused(load(tmp_path / "error", weighing("empty-phrase: error")))) == [("council", "2023")]
    assert list(refused(load(tmp_path / "warning", weighing("empty-phrase: warning")))) == []


def test_an_error_stays_one_whatever_is_written() -> None:
    error = finding("unknown-unit", Span("plans/a.yaml"), unit="x")

    assert list(weighed([error], {"unknown-unit": "off"})) == [error]
    assert list(weighed([error], {"unknown-unit": "warning"})) == [error]


def test_a_weight_is_one_of_three_words(tmp_path: Path) -> None:
    (found, _warning) = sorted(load(tmp_path, weighing("empty-phrase: none")).findings, key=lambda one: one.severity)

    assert (found.code, found.severity) == ("unexpected-value", Severity.ERROR)
    assert dict(found.values)["expected"] == "off, warning, error"


def test_check_shows_the_weight_and_exits_by_it(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    told = OFFICE["plans/council.2023.yaml"].replace("Төсөвт тусгав.", "Хэвийн")
    settings = OFFICE["planctl.yaml"] + "severities: {empty-phrase: error}\n"
    write_files(tmp_path, OFFICE, {"plans/council.2023.yaml": told, "planctl.yaml": settings})

    lines, listed = planctl("check", cwd=tmp_path), planctl("check", "--format", "json", cwd=tmp_path)

    assert (lines.code, lines.err) == (1, "1 error\n0 warnings\n")
    assert lines.out.splitlines()[0].startswith("plans/council.2023.yaml:12:15: error: empty-phrase: ")
    assert [one["severity"] for one in json.loads(listed.out)["findings"]] == ["error"]


@pytest.mark.parametrize(
    ("severity", "code", "counted"), [("off", 0, None), ("warning", 0, "warning: "), ("error", 1, "error: ")]
)
def test_a_finding_of_a_build_weighs_what_its_project_says(
    severity: str, code: int, counted: str | None, planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    own = "templates:\n  resolutions/table.docx: own.docx\n"
    weights = f"severities: {{template-no-anchor: {severity}}}\n"
    write_files(tmp_path, OFFICE, {"planctl.yaml": OFFICE["planctl.yaml"] + own + weights})
    planctl("template", "copy", "resolutions/table.docx", "own.docx", cwd=tmp_path)
    _remove_anchors(tmp_path / "own.docx")

    told = planctl("build", "--format", "docx", cwd=tmp_path)

    found = [line for line in told.err.splitlines() if "template-no-anchor" in line]
    assert (told.code, len(found)) == (code, 0 if counted is None else 1)
    assert all(f"{counted}template-no-anchor" in line for line in found)
    assert (tmp_path / "build" / "council.2023.table.docx").exists() is (code == 0)


def test_a_new_weight_holds_for_what_an_earlier_build_made(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    settings = OFFICE["planctl.yaml"] + "templates:\n  resolutions/table.docx: own.docx\n"
    write_files(tmp_path, OFFICE, {"planctl.yaml": settings})
    planctl("template", "copy", "resolutions/table.docx", "own.docx", cwd=tmp_path)
    _remove_anchors(tmp_path / "own.docx")
    told: dict[str, tuple[int, int]] = {}
    for severity in ("off", "warning", "error", "off"):
        write_files(tmp_path, {"planctl.yaml": settings + f"severities: {{template-no-anchor: {severity}}}\n"})
        ran = planctl("build", "--format", "docx", cwd=tmp_path)
        told[severity] = ran.code, ran.err.count("template-no-anchor")

    assert told == {"off": (0, 0), "warning": (0, 1), "error": (1, 1)}


def _remove_anchors(path: Path) -> None:
    with ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    parts["word/document.xml"] = re.sub(rb"\{\{r anchor\(row\)[^}]*\}\}", b"", parts["word/document.xml"])
    with ZipFile(path, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
