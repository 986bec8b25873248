"""`planctl new`: a plan of any form to begin with, without an error, and its blanks are found by the check."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planctl.authoring.blank import BLANK
from planctl.forms import FORMS
from running import OFFICE, Ran, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return write(tmp_path, {"planctl.yaml": OFFICE["planctl.yaml"]})


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("lang", ["mn", "en"])
def test_a_new_plan_has_no_error_and_its_blanks_are_found(
    planctl: Callable[..., Ran], office: Path, form: str, lang: str
) -> None:
    made = planctl("new", form, "own", cwd=office, lang=lang)

    assert (made.code, made.out) == (0, "")
    checked = planctl("check", cwd=office)
    assert (checked.code, checked.err.splitlines()[0]) == (0, "0 errors")
    found = [line for line in checked.out.splitlines() if "unfilled-blank" in line]
    assert found
    assert all(BLANK in line and line.startswith("plans/own.yaml:") for line in found)


def test_a_new_plan_tells_what_each_key_is_for(planctl: Callable[..., Ran], office: Path) -> None:
    planctl("new", "resolutions", "council", cwd=office)
    text = (office / "plans" / "council.yaml").read_text("utf-8")

    assert text.startswith("""\
# Write where `___` stands. Keys behind a # may be left out.
# The form of the document, such as `resolutions`.
form: resolutions
# The document's id, unique in the project; it names the built files.
id: council
""")
    clause = """\
        clauses:
          # The clause's id, unique in the document.
          - id: clause-1
            # What the clause lays down.
            text: ___
            # The official number of the clause, as written.
            #number: ___
"""
    assert clause in text


def test_a_new_scale_has_no_error_and_can_be_used(planctl: Callable[..., Ran], office: Path) -> None:
    assert planctl("new", "rubric", cwd=office).code == 0
    settings = OFFICE["planctl.yaml"].replace("mn-2020", "own")
    write(office, {"planctl.yaml": settings, "plans/council.yaml": OFFICE["plans/council.yaml"]})

    assert planctl("check", cwd=office) == Ran(0, "", "0 errors\n0 warnings\n")
    assert (office / "rubrics" / "own.yaml").is_file()


def test_out_names_the_file(planctl: Callable[..., Ran], office: Path) -> None:
    assert planctl("new", "resolutions", "a", "--out", "plans/deep/b.yaml", cwd=office).code == 0
    assert "\nid: a\n" in (office / "plans" / "deep" / "b.yaml").read_text("utf-8")


def test_where_the_project_has_schemas_the_file_leads_editors_to_its_own(
    planctl: Callable[..., Ran], office: Path
) -> None:
    planctl("init", ".", "--editors", cwd=office)
    planctl("new", "resolutions", "a", "--out", "plans/deep/a.yaml", cwd=office)
    planctl("new", "rubric", cwd=office)

    def first_line(path: str) -> str:
        return (office / path).read_text("utf-8").splitlines()[0]

    assert first_line("plans/deep/a.yaml") == "# yaml-language-server: $schema=../../.planctl/schema/plans.json"
    assert first_line("rubrics/own.yaml") == "# yaml-language-server: $schema=../.planctl/schema/rubric.json"
    assert planctl("check", cwd=office).code == 0


REFUSED = {
    "new resolution": "there is no form “resolution”; did you mean “resolutions”?",
    "new x": f"there is no form “x”; there are: {', '.join(FORMS)}, rubric, rollup",
    "new resolutions Council": "the id “Council” is that of plans/council.yaml; name another one",
    "new resolutions a/b": "“a/b” cannot be an id: it takes letters, digits, `_`, `-` and `.`",
    "new resolutions a --out plans/council.yaml": "plans/council.yaml is there already; nothing was written",
    "new rollup a/b": "“a/b” cannot be an id: it takes letters, digits, `_`, `-` and `.`",
    "new rubric own": "rubrics/own.yaml is there already; nothing was written",
}


@pytest.mark.parametrize("line", REFUSED)
def test_what_cannot_be_begun_is_told_in_one_line(planctl: Callable[..., Ran], tmp_path: Path, line: str) -> None:
    write(tmp_path, OFFICE, {"rubrics/own.yaml": "mine\n"})

    assert planctl(*line.split(), cwd=tmp_path) == Ran(2, "", f"planctl: {REFUSED[line]}\n")
    assert (tmp_path / "plans" / "council.yaml").read_text("utf-8") == OFFICE["plans/council.yaml"]


def test_without_a_project_nothing_is_begun(planctl: Callable[..., Ran], tmp_path: Path) -> None:
    assert planctl("new", "resolutions", cwd=tmp_path).code == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("lang", ["mn", "en"])
def test_a_new_list_of_organisations_asks_for_what_is_left_blank_and_belongs_to_no_project(
    planctl: Callable[..., Ran], tmp_path: Path, lang: str
) -> None:
    made = planctl("new", "rollup", cwd=tmp_path, lang=lang)

    rolled = planctl("rollup", "organisations.yaml", cwd=tmp_path)
    assert (made.code, made.out) == (0, "")
    assert rolled.code == 0
    assert {line.split(": ")[2] for line in rolled.err.splitlines()[::2]} == {"unfilled-blank"}
    assert rolled.out.endswith(f"1 cannot be read\ncannot be read: {BLANK}\n")


def test_a_new_list_takes_the_name_that_is_given_and_nobody_elses_place(
    planctl: Callable[..., Ran], tmp_path: Path
) -> None:
    first, second = (planctl("new", "rollup", "provinces", cwd=tmp_path) for _time in range(2))

    told = "wrote provinces.yaml; fill it in, and `planctl rollup` brings its organisations together\n"
    assert first == Ran(0, "", told)
    assert second == Ran(2, "", "planctl: provinces.yaml is there already; nothing was written\n")
    assert "    path: ___\n" in (tmp_path / "provinces.yaml").read_text("utf-8")
