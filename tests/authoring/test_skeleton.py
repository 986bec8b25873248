"""The file of a new period: it can be read back, says what is to be reported, and remembers the last period."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from examples import examples
from planctl.authoring.skeleton import skeleton
from planctl.forms.period import Period, period_of
from projects import PLAN, actuals, load, places, register

if TYPE_CHECKING:
    from pathlib import Path

    from planctl.pipeline import Project

NEW = "plans/new.yaml"

REGISTER = """\
form: resolutions
id: council
title: Хурлын {period} тогтоолын хэрэгжилт
sections:
  - title: Хурлын тогтоол
    decisions:
      - number: 7/30
        date: 2021-12-24
        title: Хог хаягдлын тухай
        clauses:
          - {id: approve, text: Баталсугай., reported: false}
          - {id: waste, number: 1, text: "Цэвэрлэх: 5 удаа #1", bound: Засаг дарга, deadline: 2024-12-01}
          - {id: "1.10", text: Тайлагнах}
          - {id: roads, text: Засах}
          - {id: rivers, text: Хамгаалах}
"""
LAST = """\
actuals: council
period: 2023
items:
  waste:
    progress: |
      Хоёр удаа хийв.

      - хавар
      - намар
    self: 70
    superior: 50
    reason: Баримт дутуу.
  "1.10": {state: not-due, reason: 2024 он}
  roads: {progress: Зассан., self: 100, state: closed, date: 2023-11-01, act: А/9, reason: Дууссан.}
  rivers: {state: repealed, reason: Шинэ тогтоол}
"""


def begun(root: Path, files: dict[str, str], written: str, plan: str = "council") -> tuple[str, Project]:
    """Return the text of a new period, and the project with that file in it."""
    project = load(root, files)
    text = skeleton(project.portfolio.plans[plan], period(written), project.portfolio.actuals)
    return text, load(root, {**files, NEW: text})


def period(written: str) -> Period:
    found = period_of(written)
    assert found is not None
    return found


def test_the_new_file_shows_each_item_with_what_stood_there_last(tmp_path: Path) -> None:
    text, _project = begun(tmp_path, {PLAN: REGISTER, "plans/last.yaml": LAST}, "2024-H1")

    assert (
        text
        == """\
# Хурлын 2024-H1 тогтоолын хэрэгжилт
actuals: council
period: 2024-H1
date:
items:

  # Хурлын тогтоол

  # Хог хаягдлын тухай
  # 2021-12-24
  # Дугаар 7/30
  # 1. Цэвэрлэх: 5 удаа #1
  #
  # Үүрэг хүлээсэн: Засаг дарга
  # Хугацаа: 2024-12-01
  waste:
    progress:
    self:
    # 2023: self: 70, superior: 50
    # Хоёр удаа хийв.
    #
    # - хавар
    # - намар
    # reason: Баримт дутуу.

  # Хог хаягдлын тухай
  # 2021-12-24
  # Дугаар 7/30
  # Тайлагнах
  1.10:
    progress:
    self:
    # 2023: state: not-due
    # reason: 2024 он
"""
    )


def test_the_new_file_passes_the_check_but_for_the_entries_to_be_filled_in(tmp_path: Path) -> None:
    text, project = begun(tmp_path, {PLAN: REGISTER, "plans/last.yaml": LAST}, "2024-H1")

    assert [(str(one.span), one.code, dict(one.values)) for one in project.findings] == [
        (f"{NEW}:{line}:5", "missing-entry", {"id": id_, "period": "2024-H1"})
        for id_, line in (("waste", line_of(text, "  waste:") + 1), ("1.10", line_of(text, "  1.10:") + 1))
    ]
    assert [str(one.period) for one in project.portfolio.actuals] == ["2023", "2024-H1"]


def line_of(text: str, line: str) -> int:
    return text.split("\n").index(line) + 1


def test_the_last_period_is_the_latest_that_ends_before_the_new_one(tmp_path: Path) -> None:
    files = {PLAN: register(["a"])}
    for written, score in (("2022", 30), ("2023-H1", 50), ("2023", 70), ("2024-H1", 90)):
        files[f"plans/{written}.yaml"] = actuals({"a": f"self: {score}, progress: Хийв"}, period=written)

    remarks = {
        written: begun(tmp_path, files, written)[0].split("    self:\n")[1] for written in ("2021", "2023-H2", "2024")
    }

    assert remarks == {
        "2021": "",
        "2023-H2": "    # 2023-H1: self: 50\n    # Хийв\n",
        "2024": "    # 2024-H1: self: 90\n    # Хийв\n",
    }


def test_what_an_earlier_period_closed_is_left_out_even_when_the_last_one_is_silent_about_it(tmp_path: Path) -> None:
    text, project = begun(
        tmp_path,
        {
            PLAN: register(["a", "b"]),
            "plans/1.yaml": actuals({"a": "self: 100, state: closed", "b": "self: 70"}, period="2023-H1"),
            "plans/2.yaml": actuals({"b": "self: 70, progress: Хийв"}, period="2023"),
        },
        "2024-H1",
    )

    assert "\n  a:" not in text
    assert "\n  b:" in text
    assert [one for one in places(project) if one.startswith(NEW)] == [f"{NEW}:12:5 missing-entry"]


def test_a_plan_whose_items_are_all_closed_still_gives_a_file_that_can_be_read(tmp_path: Path) -> None:
    closed = actuals({"a": "self: 100, progress: Хийв, state: closed, date: 2023-12-01, act: А/1, reason: Дууссан"})

    _text, project = begun(tmp_path, {PLAN: register(["a"]), "plans/1.yaml": closed}, "2024")

    assert project.findings == ()


IDS = [
    "012",
    "1.10",
    "2021_131",
    "7/30",
    "null",
    "~",
    "Null",
    "true",
    "-1",
    "a:b",
    "'a'",
    '"',
    "[1]",
    "{a}",
    "*x",
    "&x",
    "!x",
    "%x",
    "@x",
    "`x`",
    "|",
    ">",
    "?",
    "-",
    "=",
    "а.б",
    "1)",
    ",",
    "a,b",
]


@pytest.mark.parametrize("id_", IDS)
def test_an_odd_id_can_be_read_back(id_: str, tmp_path: Path) -> None:
    quoted = "'" + id_.replace("'", "''") + "'"

    _text, project = begun(tmp_path, {PLAN: register([quoted])}, "2023")

    assert [(one.code, dict(one.values)["id"]) for one in project.findings] == [("missing-entry", id_)]


@pytest.mark.parametrize("id_", ["null", "012", "1.10", "true"])
def test_an_odd_document_id_can_be_read_back(id_: str, tmp_path: Path) -> None:
    _text, project = begun(tmp_path, {PLAN: register(["a"], id_=f"'{id_}'")}, "2023", plan=id_)

    assert [one.code for one in project.findings] == ["missing-entry"]
    assert [one.name for one in project.portfolio.actuals] == [f"{id_} 2023"]


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cf", "Cn", "Co", "Mn", "Zl", "Zp"]), min_size=1
    )
)
def test_whatever_stood_in_the_last_narrative_the_new_file_can_be_read(
    tmp_path_factory: pytest.TempPathFactory, narrative: str
) -> None:
    written = "'" + narrative.replace("'", "''") + "'"
    given_last = actuals({"a": f"self: 90, progress: {written}"}, period="2022")

    _text, project = begun(
        tmp_path_factory.mktemp("project"), {PLAN: register(["a"]), "plans/1.yaml": given_last}, "2023"
    )

    assert [one for one in places(project) if one.startswith(NEW)] == [f"{NEW}:12:5 missing-entry"]


def test_a_line_break_written_as_an_escape_stays_inside_the_remark(tmp_path: Path) -> None:
    given_last = actuals({"a": 'self: 90, progress: "а\\rб: в\\u2028г\\x85д"'}, period="2022")

    text, project = begun(tmp_path, {PLAN: register(["a"]), "plans/1.yaml": given_last}, "2023")

    assert text.endswith("    # 2022: self: 90\n    # а\n    # б: в\n    # г\n    # д\n")
    assert [one for one in places(project) if one.startswith(NEW)] == [f"{NEW}:12:5 missing-entry"]
