"""`planctl schema`: prints or writes what files take, and tells when a project's schemas are old."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from planctl.authoring.schema import IN_EDITORS, names
from running import OFFICE, Ran, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OLD = "the schemas of editors are of another version; `planctl schema --out .planctl/schema` renews them\n"


@pytest.mark.parametrize("arguments", [(), *((name,) for name in names())], ids=repr)
def test_a_schema_is_printed_as_json_inside_a_project_and_outside(
    planctl: Callable[..., Ran], tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    outside = planctl("schema", *arguments, cwd=tmp_path)
    inside = planctl("schema", *arguments, cwd=write(tmp_path / "office", OFFICE))

    assert (outside.code, outside.err) == (0, "")
    assert json.loads(outside.out)["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert inside == outside


def test_a_form_that_is_not_there_is_told_with_the_nearest(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    told = planctl("schema", "resolution", cwd=tmp_path)

    assert told == Ran(2, "", "planctl: there is no schema “resolution”; did you mean “resolutions”?\n")
    assert "; there are: all, settings, plans, " in planctl("schema", "x", cwd=tmp_path).err


def test_the_language_of_the_run_comes_first(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    mongolian, english = (
        json.loads(planctl("schema", "settings", "--lang", lang, cwd=tmp_path).out)["properties"]["place"]
        for lang in ("mn", "en")
    )

    assert english["description"] == " / ".join(reversed(mongolian["description"].split(" / ")))
    assert english["description"].startswith("The place over the sheets. / ")


def test_out_writes_one_schema_to_a_file_or_into_a_folder(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    printed = planctl("schema", "rubric", cwd=tmp_path).out

    assert planctl("schema", "rubric", "--out", "own/r.json", cwd=tmp_path) == Ran(0, "", "wrote own/r.json\n")
    assert planctl("schema", "rubric", "--out", "own", cwd=tmp_path) == Ran(0, "", "wrote own/rubric.json\n")
    assert {path.read_text("utf-8") for path in (tmp_path / "own").iterdir()} == {printed}


def test_out_alone_writes_what_editors_need(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    assert planctl("schema", "--out", "s", cwd=tmp_path).code == 0
    assert {path.name for path in (tmp_path / "s").iterdir()} == {f"{name}.json" for name in IN_EDITORS}
    assert planctl("schema", "--out", "s", cwd=tmp_path) == Ran(0, "", "")
    assert planctl("schema", "--out", "all.json", cwd=tmp_path) == Ran(
        2, "", "planctl: all.json is no folder; name the schema that the file is to hold\n"
    )


def test_check_and_doctor_tell_of_old_schemas_until_they_are_renewed(
    planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    project = write(tmp_path, OFFICE)
    assert "schemas of editors: none; " in planctl("doctor", cwd=project).out
    planctl("schema", "--out", ".planctl/schema", "--lang", "mn", cwd=project)
    assert planctl("check", cwd=project) == Ran(0, "", "0 errors\n0 warnings\n")
    assert "schemas of editors: of this version\n" in planctl("doctor", cwd=project).out

    plans = project / ".planctl" / "schema" / "plans.json"
    plans.write_text(plans.read_text("utf-8").replace("carried", "carried_over"), encoding="utf-8")

    assert planctl("check", cwd=project) == Ran(0, "", f"0 errors\n0 warnings\n{OLD}")
    assert "schemas of editors: of another version; " in planctl("doctor", cwd=project).out
    planctl("schema", "--out", ".planctl/schema", cwd=project)
    assert planctl("check", cwd=project) == Ran(0, "", "0 errors\n0 warnings\n")


def test_schemas_are_the_same_after_git_gave_them_the_line_ends_of_windows(
    planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    project = write(tmp_path, OFFICE)
    planctl("schema", "--out", ".planctl/schema", cwd=project)
    for path in (project / ".planctl" / "schema").iterdir():
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert planctl("check", cwd=project) == Ran(0, "", "0 errors\n0 warnings\n")


def test_schemas_of_which_one_is_missing_are_old(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    project = write(tmp_path, OFFICE)
    planctl("schema", "--out", ".planctl/schema", cwd=project)
    (project / ".planctl" / "schema" / "rubric.json").unlink()

    assert planctl("check", cwd=project).err.endswith(OLD)


def test_the_levels_of_the_offices_own_scale_are_suggested(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    rubric = """\
rubric: own
title: {mn: Өөрийн, en: Own}
versions:
  - source: Журам
    levels:
      - {name: {mn: Сайн, en: Good}, values: [5, 4], colour: "#2E7D32"}
      - {name: {mn: Муу, en: Bad}, values: [1.5, 0-1], colour: "#2E7D32"}
"""
    settings = OFFICE["planctl.yaml"].replace("mn-2020", "own")
    project = write(tmp_path, OFFICE, {"planctl.yaml": settings, "rubrics/own.yaml": rubric})

    made = json.loads(planctl("schema", "resolutions.actuals", cwd=project).out)

    score = made["definitions"]["Entry"]["properties"]["self"]
    assert score["defaultSnippets"] == [
        {"label": "5 — Good / Сайн", "body": 5},
        {"label": "4 — Good / Сайн", "body": 4},
        {"label": "1.5 — Bad / Муу", "body": 1.5},
    ]
