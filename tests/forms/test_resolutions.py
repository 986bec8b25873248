"""The outline of a register of decisions: what its cells say, and how its numbers run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.forms.form import Group, Item, Section
from projects import PLAN, load

if TYPE_CHECKING:
    from pathlib import Path

REGISTER = """\
form: resolutions
id: council
title: Тогтоолын хэрэгжилт
sections:
  - title: Хурлын тогтоол
    decisions:
      - number: 7/30
        date: 2021-12-24
        title: Хөтөлбөр батлах тухай
        clauses:
          - id: approve
            number: 1
            text: Баталсугай.
            reported: false
          - id: duty
            number: 2
            text: Хэрэгжүүлсүгэй.
            bound: аймгийн Засаг дарга
            units: [legal]
            deadline: 2023-12-01
            extra: {budget: 5 сая}
          - id: report
            text: Тайлагнасугай.
      - title: Зөвхөн баталсан тогтоол
        clauses: [{id: only, text: Баталсугай., reported: false}]
  - title: Тэргүүлэгчдийн тогтоол
    decisions:
      - number: 012
        date: 2022-02-01
        title: Зам засах тухай
        clauses: [{id: road, number: 1.10, text: Зассугай.}]
"""


def test_numbers_run_on_through_the_sections_over_what_is_reported(tmp_path: Path) -> None:
    project = load(tmp_path, {PLAN: REGISTER})

    bands = project.portfolio.plans["council"].bands
    assert project.findings == ()
    assert [band.title if isinstance(band, Section) else _numbers(band) for band in bands] == [
        "Хурлын тогтоол",
        ("1", ["", "1", "2"]),
        ("1", [""]),
        "Тэргүүлэгчдийн тогтоол",
        ("2", ["3"]),
    ]


def _numbers(group: Group) -> tuple[str, list[str]]:
    return group.texts["decision_number"], [item.texts["clause_number"] for item in group.items]


def test_a_decision_says_title_date_and_number_and_a_clause_whom_it_binds(tmp_path: Path) -> None:
    plan = load(tmp_path, {PLAN: REGISTER}).portfolio.plans["council"]

    first = next(band for band in plan.bands if isinstance(band, Group))
    assert (first.number, first.texts["decision"]) == ("7/30", "Хөтөлбөр батлах тухай\n2021-12-24\nДугаар 7/30")
    duty = plan.items["duty"]
    assert duty == Item(
        id="duty",
        loc=("sections", 0, "decisions", 0, "clauses", 1),
        texts={"clause_number": "1", "clause": "2. Хэрэгжүүлсүгэй.\n\nҮүрэг хүлээсэн: аймгийн Засаг дарга"},
        number="2",
        units=("legal",),
        deadline=duty.deadline,
        reported=True,
        text="Хэрэгжүүлсүгэй.",
        extra={"budget": "5 сая"},
    )
    assert str(duty.deadline) == "2023-12-01"
    assert plan.items["report"].texts["clause"] == "Тайлагнасугай."
    assert str(plan.place_of(duty)) == "plans/council.yaml:15:13"


def test_the_columns_are_the_seven_of_the_official_table(tmp_path: Path) -> None:
    form = load(tmp_path, {PLAN: REGISTER}).portfolio.plans["council"].form

    assert [column.heading for column in form.tables[0].columns] == [
        "Шийдвэр Д/д",
        "Заалт Д/д",
        "Шийдвэрийн нэр, огноо, дугаар",
        "Холбогдох заалтын агуулга",
        "Хэрэгжилтийн явц",
        "Өөрийн үнэлгээ",
        "Дээд шатны байгууллагын үнэлгээ",
    ]
    assert [column.key for column in form.tables[0].columns if column.grouped] == ["decision_number", "decision"]
