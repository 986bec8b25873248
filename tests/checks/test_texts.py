"""Where texts are looked at: plans and narratives, what is shown and what is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projects import ACTUALS, ONE_CLAUSE, PLAN, actuals, load, places, register

if TYPE_CHECKING:
    from pathlib import Path


def test_texts_are_looked_at_wherever_a_sheet_shows_them(tmp_path: Path) -> None:
    plan = """\
form: resolutions
id: council
title: Тогтоол
sections:
  - title: <b>Хурлын</b> тогтоол
    decisions:
      - title: Хог <br/> хаягдал
        clauses:
          - {id: a, text: Ажлыг <i>зохион</i> байгуулах}
          - {id: b, text: Тогтоолыг <i>баталсугай</i>, reported: false}
"""
    entry = {"a": "progress: <p>Хийв, state: postponed, reason: Үерийн&nbsp;улмаас"}

    assert places(load(tmp_path, {PLAN: plan, ACTUALS: actuals(entry)})) == [
        "plans/council.2023.yaml:4:17 html-tag",
        "plans/council.2023.yaml:4:52 html-tag",
        "plans/council.yaml:5:12 html-tag",
        "plans/council.yaml:7:16 html-tag",
        "plans/council.yaml:9:27 html-tag",
    ]


def test_a_narrative_is_held_against_the_last_earlier_period_and_not_against_one_of_the_same_last_day(
    tmp_path: Path,
) -> None:
    same = "progress: Төлөвлөсөн 5 худгийн 2-ыг барив, self: 50"
    files = {
        "plans/q2.yaml": actuals({"waste": same}, period="2023-Q2"),
        "plans/h1.yaml": actuals({"waste": same}, period="2023-H1"),
        "plans/q3.yaml": actuals({"waste": same}, period="2023-Q3"),
    }

    (found,) = load(tmp_path, {PLAN: ONE_CLAUSE, **files}).findings

    assert (str(found.span), dict(found.values)["period"]) == ("plans/q3.yaml:4:21", "2023-H1")


def test_what_an_earlier_period_closed_is_no_repetition(tmp_path: Path) -> None:
    closed = "state: closed, reason: Бүрэн хэрэгжсэн, date: 2023-05-01, act: А/9"
    files = {
        "plans/h1.yaml": actuals(
            {"waste": f"progress: Төлөвлөсөн 5 худгийг барив, self: 90, {closed}"}, period="2023-H1"
        ),
        "plans/y.yaml": actuals({"waste": "progress: Төлөвлөсөн 5 худгийг барив"}, period="2023"),
    }

    assert load(tmp_path, {PLAN: ONE_CLAUSE, **files}).findings == ()


def test_a_copy_names_the_file_of_the_first_narrative(tmp_path: Path) -> None:
    text = " ".join(f"Багийн {at} айлд хөнгөлөлттэй зээлийн мэдээлэл хүргэж, гэрээ байгуулав." for at in range(5))
    files = {
        "plans/1.yaml": actuals({"a": f"progress: '{text}', self: 90"}),
        "plans/2.yaml": actuals({"b": f"progress: '{text}', self: 90"}),
    }

    (found,) = load(tmp_path, {PLAN: register(["a", "b"]), **files}).findings

    assert (found.code, str(found.span), dict(found.values)) == (
        "pasted-narrative",
        "plans/2.yaml:4:17",
        {"id": "b", "first": "a", "place": "plans/1.yaml:4:17", "percent": "100"},
    )
