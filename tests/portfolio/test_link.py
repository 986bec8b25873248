"""What becomes of the files of a project: settings that win, files that join, texts that stay, units that are one."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from planctl.forms.fields import Signatory
from projects import ACTUALS, ONE_CLAUSE, ONE_ENTRY, PLAN, SETTINGS, actuals, load, places, register, scorecard

if TYPE_CHECKING:
    from pathlib import Path

    from planctl.portfolio.actuals import Actuals

SUPERIOR = "plans/council.2023.superior.yaml"


# Which setting wins


def head_of(one: Actuals) -> tuple[str, str, tuple[Signatory, ...], str, int]:
    return one.organisation, one.place, one.signatories, one.plan.rubric, one.plan.decimals


OFFICE_SIGNS = Signatory(caption="Хянасан", post="Дарга", name="Б.Энх")
PLAN_SIGNS = Signatory(caption="Хянасан", post="Хурлын дарга", name="Ц.Оюун")
THEN_SIGNED = Signatory(caption="Хянасан", post="Дарга асан", name="Д.Сүх")

OFFICE = """\
planctl: 1
organisation: Тамгын газар
place: Залаа
rounding: 0
signatories:
  - {caption: Хянасан, post: Дарга, name: Б.Энх}
"""
TWO_STEPS = """\
rubric: two-steps
title: {mn: Хоёр шатлал, en: Two steps}
versions:
  - source: Хурлын тогтоол
    levels:
      - {name: {mn: Хэрэгжсэн, en: Done}, values: [100], colour: "#2E7D32"}
"""
PLAN_HEAD = """\
organisation: Хурлын ажлын алба
place: Өлзийт
rubric: two-steps
rounding: 2
signatories:
  - {caption: Хянасан, post: Хурлын дарга, name: Ц.Оюун}
"""
ACTUALS_HEAD = """\
organisation: Тамгын хэлтэс
place: Булаг
signatories:
  - {caption: Хянасан, post: Дарга асан, name: Д.Сүх}
"""


@pytest.mark.parametrize(
    ("plan_head", "actuals_head", "head"),
    [
        ("", "", ("Тамгын газар", "Залаа", (OFFICE_SIGNS,), "mn-2020", 0)),
        (PLAN_HEAD, "", ("Хурлын ажлын алба", "Өлзийт", (PLAN_SIGNS,), "two-steps", 2)),
        ("", ACTUALS_HEAD, ("Тамгын хэлтэс", "Булаг", (THEN_SIGNED,), "mn-2020", 0)),
        (PLAN_HEAD, ACTUALS_HEAD, ("Тамгын хэлтэс", "Булаг", (THEN_SIGNED,), "two-steps", 2)),
        ("signatories: []\n", "", ("Тамгын газар", "Залаа", (), "mn-2020", 0)),
        (PLAN_HEAD, "signatories: []\n", ("Хурлын ажлын алба", "Өлзийт", (), "two-steps", 2)),
    ],
)
def test_the_plan_wins_over_the_office_and_the_actuals_over_both(
    plan_head: str, actuals_head: str, head: object, tmp_path: Path
) -> None:
    project = load(
        tmp_path,
        {
            "planctl.yaml": OFFICE,
            "rubrics/two-steps.yaml": TWO_STEPS,
            PLAN: plan_head + ONE_CLAUSE,
            ACTUALS: actuals_head + ONE_ENTRY,
        },
    )

    assert project.findings == ()
    assert head_of(project.portfolio.actuals[0]) == head


# Two files of one period


def test_two_files_of_a_period_are_joined_key_by_key(tmp_path: Path) -> None:
    project = load(
        tmp_path,
        {
            PLAN: register(["roads", "waste"]),
            ACTUALS: """\
                actuals: council
                period: 2023
                date: 2023-12-25
                items:
                  roads:
                    progress: Зассан.
                    self: 0
                    extra: {budget: 12 сая}
                  waste: {progress: Хийв., self: 90}
                """,
            SUPERIOR: """\
                actuals: council
                period: 2023
                date: 2023-12-25
                place: Аймгийн төв
                items:
                  roads:
                    superior: 0
                    extra: {checked: Тийм}
                  waste: {superior: 0, reason: Баримт дутуу.}
                """,
        },
    )

    assert project.findings == ()
    (joined,) = project.portfolio.actuals
    assert [document.path for document in joined.documents] == [SUPERIOR, ACTUALS]
    assert (str(joined.date), joined.place) == ("2023-12-25", "Аймгийн төв")
    assert {id_: one.entry.model_dump(exclude_defaults=True) for id_, one in joined.reported.items()} == {
        "roads": {
            "progress": "Зассан.",
            "self_score": Decimal(0),
            "superior": Decimal(0),
            "extra": {"budget": "12 сая", "checked": "Тийм"},
        },
        "waste": {
            "progress": "Хийв.",
            "self_score": Decimal(90),
            "superior": Decimal(0),
            "reason": "Баримт дутуу.",
        },
    }


def test_a_key_that_two_files_give_differently_is_told_at_the_second(tmp_path: Path) -> None:
    project = load(
        tmp_path,
        {
            PLAN: ONE_CLAUSE,
            "plans/a.yaml": """\
                actuals: council
                period: 2023
                date: 2023-12-25
                place: Залаа
                items:
                  waste: {progress: Хийв., self: 0, extra: {budget: 1, cars: 2}}
                """,
            "plans/b.yaml": """\
                actuals: council
                period: 2023
                date: 2023-12-26
                place: Залаа
                items:
                  waste: {self: 0, superior: 0, extra: {budget: 1, people: 3}}
                """,
        },
    )

    assert [(str(one.span), dict(one.values)) for one in project.findings if one.code == "given-twice"] == [
        ("plans/b.yaml:3:7", {"key": "date", "other": "plans/a.yaml"}),
        ("plans/b.yaml:6:17", {"key": "self", "other": "plans/a.yaml"}),
        ("plans/b.yaml:6:49", {"key": "budget", "other": "plans/a.yaml"}),
    ]
    assert len(project.findings) == 3


def test_the_order_of_the_files_changes_no_score(tmp_path: Path) -> None:
    plan = register(["roads", "waste", "schools"])
    own = actuals(
        {"roads": "self: 100, progress: Хийв", "waste": "self: 0, progress: Хийв", "schools": "state: not-due"}
    )
    superior = actuals({"roads": "superior: 90, reason: Дутуу", "waste": "superior: 0", "schools": "reason: Дараа жил"})

    cards = [
        scorecard(
            load(tmp_path / one, {f"plans/{one}/plan.yaml": plan, "plans/m.yaml": own, f"plans/{two}.yaml": superior})
        )
        for one, two in (("a", "z"), ("z", "a"))
    ]

    assert [(card.own.total, card.superior and card.superior.total) for card in cards[:1]] == [
        (card.own.total, card.superior and card.superior.total) for card in cards[1:]
    ]
    assert cards[0].own.total.exact == "100/2"


# Texts


def test_ids_and_numbers_stay_what_the_author_wrote(tmp_path: Path) -> None:
    project = load(
        tmp_path,
        {
            PLAN: """\
                form: resolutions
                id: 012
                title: 1.10
                sections:
                  - title: yes
                    decisions:
                      - {number: 2021_131, title: 1e3, clauses: [{id: 1.10, number: 012, text: 0x1F, units: [07]}]}
                      - {number: 7/30, title: 2023-12-25, clauses: [{id: 012, number: 1.10, text: on, units: [07]}]}
                """,
            "planctl.yaml": "planctl: 1\nunits:\n  07:\n    name: 1_000\n",
            ACTUALS: """\
                actuals: 012
                period: 2023
                items:
                  1.10: {progress: 1.0, self: 100}
                  012: {progress: 2021_131, self: 100, extra: {01: 0010}}
                """,
        },
    )

    assert project.findings == ()
    plan = project.portfolio.plans["012"]
    assert plan.model.title == "1.10"
    assert [(item.id, item.number, item.units) for item in plan.items.values()] == [
        ("1.10", "012", ("07",)),
        ("012", "1.10", ("07",)),
    ]
    assert [item.texts["clause"] for item in plan.items.values()] == ["012. 0x1F", "1.10. on"]
    assert project.portfolio.settings.units["07"].name == "1_000"
    reported = project.portfolio.actuals[0].reported
    assert [one.entry.progress for one in reported.values()] == ["1.0", "2021_131"]
    assert reported["012"].entry.extra == {"01": "0010"}


# Units


@pytest.mark.parametrize("written", ["legal", "LEGAL", "Хууль, эрх зүйн мэргэжилтэн", "хуулийн   МЭРГЭЖИЛТЭН"])
def test_a_unit_is_known_by_its_id_its_name_and_its_other_spellings(written: str, tmp_path: Path) -> None:
    project = load(
        tmp_path, {PLAN: ONE_CLAUSE + f'            units: ["{written}", legal, finance]\n', ACTUALS: ONE_ENTRY}
    )

    assert project.findings == ()
    assert project.portfolio.plans["council"].items["waste"].units == ("legal", "finance")


@pytest.mark.parametrize(
    ("written", "suggestion"),
    [("legla", "legal"), ("Хууль эрх зүйн мэргэжилтэн", "Хууль, эрх зүйн мэргэжилтэн"), ("Хөдөө аж ахуй", None)],
)
def test_an_unknown_unit_is_told_with_the_nearest_id_or_name(
    written: str, suggestion: str | None, tmp_path: Path
) -> None:
    project = load(tmp_path, {PLAN: ONE_CLAUSE + f'            units: ["{written}"]\n'})

    (found,) = project.findings
    assert (found.code, dict(found.values).get("suggestion")) == ("unknown-unit", suggestion)


# Periods


def test_a_plan_without_actuals_for_a_period_is_no_finding(tmp_path: Path) -> None:
    project = load(
        tmp_path, {PLAN: ONE_CLAUSE, "plans/roads.yaml": register(["roads"], id_="roads"), ACTUALS: ONE_ENTRY}
    )

    assert places(project) == []
    assert [one.name for one in project.portfolio.actuals] == ["council 2023"]


def test_periods_stand_in_the_order_in_which_they_end_the_shorter_first(tmp_path: Path) -> None:
    periods = ["2024", "2023", "2023-Q1", "2023-H2", "2023-Q4", "2023-Q2", "2023-H1", "2023-Q3"]
    files = {f"plans/{at}.yaml": ONE_ENTRY.replace("period: 2023", f"period: {one}") for at, one in enumerate(periods)}

    project = load(tmp_path, {PLAN: ONE_CLAUSE, **files})

    assert project.findings == ()
    assert [str(one.period) for one in project.portfolio.actuals] == [
        "2023-Q1",
        "2023-Q2",
        "2023-H1",
        "2023-Q3",
        "2023-Q4",
        "2023-H2",
        "2023",
        "2024",
    ]


def test_files_are_found_by_content_wherever_they_lie_under_plans(tmp_path: Path) -> None:
    project = load(
        tmp_path,
        {
            "plans/2023/б/тогтоол.yml": ONE_CLAUSE,
            "plans/а.yaml": ONE_ENTRY,
            "plans/.hidden.yaml": "x: 1\n",
            "plans/notes.txt": "x",
            "planctl.yaml": SETTINGS,
        },
    )

    assert project.findings == ()
    assert [one.name for one in project.portfolio.actuals] == ["council 2023"]


# Slips


@pytest.mark.parametrize(("unknown", "told"), [(20, {"c1"}), (21, set[str]())])
def test_many_unknown_items_in_one_file_are_no_slips(unknown: int, told: set[str], tmp_path: Path) -> None:
    entries = {f"x{number}-c1": "self: 100" for number in range(unknown)}

    project = load(tmp_path, {PLAN: register(["c1"]), ACTUALS: actuals({"c1": "self: 100", **entries})})

    found = [dict(one.values) for one in project.findings if one.code == "unknown-item"]
    assert len(found) == unknown
    assert {one["suggestion"] for one in found if "suggestion" in one} == told
