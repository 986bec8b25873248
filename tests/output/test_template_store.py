"""Which template serves a sheet: the office's own, the sheet's shipped one, or the format's general one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planctl.errors import PlanctlError
from planctl.output.template_store import fetch, replaceable_names, shipped_content, shipped_names
from planctl.render import Template

if TYPE_CHECKING:
    from pathlib import Path


def test_the_shipped_templates_are_found_by_name() -> None:
    assert {"resolutions/table.docx", "summary.docx", "sheet.docx", "sheet.html"} <= set(shipped_names())
    assert all(shipped_content(name) for name in shipped_names())


@pytest.mark.parametrize("name", ["../words.py", "table.docx", "resolutions", "", "resolutions\\table.docx"])
def test_nothing_but_a_template_is_given_out(name: str) -> None:
    with pytest.raises(PlanctlError, match="there is no template"):
        shipped_content(name)


def test_the_offices_own_comes_first(tmp_path: Path) -> None:
    (tmp_path / "own.docx").write_bytes(b"own")

    assert fetch(tmp_path, {"summary.docx": "own.docx"}, "summary", ".docx") == Template("own.docx", b"own")


def test_a_sheets_own_template_comes_before_the_offices_general_one(tmp_path: Path) -> None:
    (tmp_path / "general.html").write_bytes(b"general")
    (tmp_path / "summary.html").write_bytes(b"summary")
    own = {"sheet.html": "general.html", "summary.html": "summary.html"}

    assert fetch(tmp_path, own, "summary", ".html").path == "summary.html"
    assert fetch(tmp_path, own, "resolutions/table", ".html").path == "general.html"


def test_the_shipped_ones_serve_the_rest(tmp_path: Path) -> None:
    word = fetch(tmp_path, {}, "resolutions/table", ".docx")
    html = fetch(tmp_path, {}, "resolutions/table", ".html")

    assert word == Template("planctl:templates/resolutions/table.docx", shipped_content("resolutions/table.docx"))
    assert html == Template("planctl:templates/sheet.html", shipped_content("sheet.html"))


def test_the_general_ones_serve_a_sheet_that_has_none_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "own.docx").write_bytes(b"own")
    general = Template("planctl:templates/sheet.docx", shipped_content("sheet.docx"))

    assert fetch(tmp_path, {}, "novel/plan", ".docx") == general
    assert fetch(tmp_path, {"sheet.docx": "own.docx"}, "novel/plan", ".docx") == Template("own.docx", b"own")
    assert fetch(tmp_path, {"novel/plan.docx": "own.docx"}, "novel/plan", ".docx") == Template("own.docx", b"own")


def test_an_offices_general_template_does_not_stand_in_for_a_sheets_own(tmp_path: Path) -> None:
    (tmp_path / "own.docx").write_bytes(b"own")

    assert fetch(tmp_path, {"sheet.docx": "own.docx"}, "summary", ".docx").path == "planctl:templates/summary.docx"


def test_an_office_can_replace_every_template_and_that_of_every_sheet() -> None:
    assert replaceable_names(("novel/plan", "summary")) == (
        *("resolutions/table.docx", "sheet.docx", "sheet.html", "summary.docx"),
        *("resolutions/table.html", "summary.html", "novel/plan.docx", "novel/plan.html"),
    )


def test_a_sheet_of_a_format_without_any_template_is_told(tmp_path: Path) -> None:
    with pytest.raises(PlanctlError, match=r"there is no template “novel\.odt”"):
        fetch(tmp_path, {}, "novel", ".odt")


@pytest.mark.parametrize("path", ["../own.docx", "/etc/passwd", "templates/../../own.docx"])
def test_a_template_outside_of_the_project_is_refused(tmp_path: Path, path: str) -> None:
    (tmp_path / "own.docx").write_bytes(b"")
    (tmp_path / "project").mkdir()

    with pytest.raises(PlanctlError, match="lies outside the project"):
        fetch(tmp_path / "project", {"summary.docx": path}, "summary", ".docx")
