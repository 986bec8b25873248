"""All faults of all files are told in one run, each once, in its place, and nothing that only follows from another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from projects import ACTUALS, ONE_CLAUSE, ONE_ENTRY, PLAN, SETTINGS, Files, load, place, places

if TYPE_CHECKING:
    from pathlib import Path


def test_six_faults_of_a_plan_and_four_of_its_actuals_are_ten_findings(tmp_path: Path) -> None:
    project = load(
        tmp_path,
        {
            PLAN: """\
                form: resolutions
                id: council
                title: Тогтоолын хэрэгжилт
                rounding: 3
                sections:
                  - title: Хурлын тогтоол
                    decisions:
                      - number: 2021_131
                        date: 2021.12.14
                        title: Хог хаягдлын тухай
                        clauses:
                          - id: waste-1
                            txt: Ажлыг зохион байгуулах
                            units: [lgal]
                          - id: waste-2
                            text: Тайлагнах
                            deadline: 2023-02-30
                          - id: waste-1
                            text: Дүгнэх
                """,
            ACTUALS: """\
                actuals: council
                period: 2023
                date: 2023-11-31
                items:
                  waste-1:
                    progress: Хийв.
                    self: 95
                  waste-2:
                    progress: Тайлагнав.
                    self: сайн
                  waste-3:
                    progress: Дүгнэв.
                    self: 90
                """,
        },
    )

    assert places(project) == [
        "plans/council.2023.yaml:3:7 impossible-date",
        "plans/council.2023.yaml:7:11 score-not-in-rubric",
        "plans/council.2023.yaml:10:11 not-a-score",
        "plans/council.2023.yaml:11:3 unknown-item",
        "plans/council.yaml:4:11 unexpected-value",
        "plans/council.yaml:9:15 not-a-date",
        "plans/council.yaml:13:13 unknown-key",
        "plans/council.yaml:14:21 unknown-unit",
        "plans/council.yaml:17:23 impossible-date",
        "plans/council.yaml:18:17 duplicate-item",
    ]


@pytest.mark.parametrize("reached", ["reached: 180", "reached: 9,2 удаа", "reached: {events: 7, people: 80}"])
def test_what_a_form_would_know_is_no_fault_where_the_form_is_misspelt(tmp_path: Path, reached: str) -> None:
    told = f"actuals: council\nperiod: 2023\nitems:\n  waste:\n    progress: Хийв.\n    {reached}\n    self: 100\n"
    project = load(tmp_path, {**plan("resolutions", "action-plann"), ACTUALS: told})

    assert places(project) == ["plans/council.yaml:1:7 unknown-form"]


def test_what_no_form_knows_is_a_fault_though_the_form_is_misspelt(tmp_path: Path) -> None:
    project = load(tmp_path, {**actuals("self", "slef"), PLAN: plan("resolutions", "action-plann")[PLAN]})

    assert places(project) == ["plans/council.2023.yaml:7:5 unknown-key", "plans/council.yaml:1:7 unknown-form"]


def test_a_broken_file_keeps_no_other_from_being_checked(tmp_path: Path) -> None:
    project = load(
        tmp_path,
        {
            PLAN: ONE_CLAUSE,
            ACTUALS: ONE_ENTRY.replace("self: 100", "self: 95"),
            "plans/roads.yaml": "form: resolutions\nid: roads\n- sections\n",
            "plans/schools.yaml": "form: resolutions\nid: schools\n",
        },
    )

    assert places(project) == [
        "plans/council.2023.yaml:7:11 score-not-in-rubric",
        "plans/roads.yaml:3:1 yaml-syntax",
        "plans/schools.yaml:1:1 missing-key",
        "plans/schools.yaml:1:1 missing-key",
    ]


def plan(old: str, new: str) -> Files:
    assert ONE_CLAUSE.count(old) == 1
    return {PLAN: ONE_CLAUSE.replace(old, new), ACTUALS: ONE_ENTRY}


def actuals(old: str, new: str) -> Files:
    assert ONE_ENTRY.count(old) == 1
    return {PLAN: ONE_CLAUSE, ACTUALS: ONE_ENTRY.replace(old, new)}


RUBRIC_WITHOUT_COLOUR = """\
rubric: ours
title: {mn: Манай, en: Ours}
versions:
  - source: Хурлын тогтоол
    levels:
      - {name: {mn: Хэрэгжсэн, en: Done}, values: [100], colour: ногоон}
"""

ONE_FAULT: dict[str, tuple[Files, str]] = {
    "a clause without an id": (
        plan("- id: waste\n", "- deadline: 2023-12-01\n"),
        "plans/council.yaml:10:13 missing-key",
    ),
    "a clause whose id has a space": (
        plan("id: waste\n", "id: waste 1\n            deadline: 2023-12-01\n"),
        "plans/council.yaml:10:17 bad-item-id",
    ),
    "a clause that is a text": (
        plan("- id: waste\n            text: Ажлыг зохион байгуулах", "- waste"),
        "plans/council.yaml:10:13 expected-mapping",
    ),
    "a misspelt list of clauses": (plan("clauses:", "clause:"), "plans/council.yaml:9:9 unknown-key"),
    "clauses that are no list": (plan("- id: waste", "  id: waste"), "plans/council.yaml:10:13 expected-list"),
    "a list of decisions left empty": (
        {PLAN: ONE_CLAUSE.split("      - number", maxsplit=1)[0], ACTUALS: "actuals: council\nperiod: 2023\n"},
        "plans/council.yaml:6:15 empty-value",
    ),
    "a flag that is neither true nor false": (
        {
            **plan("id: waste\n", "id: waste\n            reported: үгүй\n"),
            ACTUALS: "actuals: council\nperiod: 2023\n",
        },
        "plans/council.yaml:11:23 expected-flag",
    ),
    "a flag that is a list": (
        plan("id: waste\n", "id: waste\n            reported: [true]\n"),
        "plans/council.yaml:11:23 expected-text",
    ),
    "a unit that is a mapping": (
        plan("id: waste\n", "id: waste\n            units: [legal, {a: b}]\n"),
        "plans/council.yaml:11:28 expected-text",
    ),
    "a unit left empty": (
        plan("id: waste\n", "id: waste\n            units:\n              -\n              - legal\n"),
        "plans/council.yaml:12:16 empty-value",
    ),
    "a plan without an id": (plan("id: council\n", ""), "plans/council.yaml:1:1 missing-key"),
    "a plan with a misspelt id": (plan("id: council\n", "idd: council\n"), "plans/council.yaml:2:1 unknown-key"),
    "a plan of an unknown form": (plan("resolutions", "resolution"), "plans/council.yaml:1:7 unknown-form"),
    "a plan whose form is empty": (plan("resolutions", ""), "plans/council.yaml:1:6 empty-value"),
    "a plan whose form is a list": (plan("resolutions", "[resolutions]"), "plans/council.yaml:1:7 expected-text"),
    "actuals without a plan": (actuals("actuals: council", "actuals:"), "plans/council.2023.yaml:1:9 empty-value"),
    "actuals without a period": (actuals("period: 2023\n", ""), "plans/council.2023.yaml:1:1 missing-key"),
    "a period that is none": (
        actuals("period: 2023\n", "period: 2023 он\n"),
        "plans/council.2023.yaml:2:9 not-a-period",
    ),
    "a period that is a list": (
        actuals("period: 2023\n", "period: [2023]\n"),
        "plans/council.2023.yaml:2:9 expected-text",
    ),
    "a period that is a mapping": (
        actuals("period: 2023\n", "period: {year: 2023}\n"),
        "plans/council.2023.yaml:2:9 expected-text",
    ),
    "misspelt items": (actuals("items:", "itmes:"), "plans/council.2023.yaml:4:1 unknown-key"),
    "items that are a list": (
        {PLAN: ONE_CLAUSE, ACTUALS: "actuals: council\nperiod: 2023\nitems: [waste]\n"},
        "plans/council.2023.yaml:3:8 expected-mapping",
    ),
    "an entry that is a text": (
        {PLAN: ONE_CLAUSE, ACTUALS: "actuals: council\nperiod: 2023\nitems:\n  waste: Хийв\n"},
        "plans/council.2023.yaml:4:10 expected-mapping",
    ),
    "a score that is none": (actuals("100", "сайн"), "plans/council.2023.yaml:7:11 not-a-score"),
    "a score that is a list": (actuals("100", "[100]"), "plans/council.2023.yaml:7:11 expected-text"),
    "a misspelt score": (actuals("self", "slef"), "plans/council.2023.yaml:7:5 unknown-key"),
    "a narrative that is a list": (
        actuals("Цэвэрлэгээ хийв.", "[Цэвэрлэгээ]"),
        "plans/council.2023.yaml:6:15 expected-text",
    ),
    "a control character written as an escape": (
        actuals("Цэвэрлэгээ хийв.", '"Цэвэрлэгээ\\x01\\0 хийв"'),
        "plans/council.2023.yaml:6:15 control-character",
    ),
    "a state that is a list": (actuals("self: 100", "state: [closed]"), "plans/council.2023.yaml:7:12 expected-text"),
    "a state that is none": (actuals("self: 100", "state: done"), "plans/council.2023.yaml:7:12 unknown-state"),
    "a score with a state that forbids it": (
        actuals("self: 100", "superior: 90\n    state: not-due\n    reason: Хугацаа нь 2024 он."),
        "plans/council.2023.yaml:7:15 score-with-state",
    ),
    "the day of closing": (
        actuals("self: 100", "self: 100\n    state: closed\n    reason: Дууссан.\n    act: А/1\n    date: 2023.06.01"),
        "plans/council.2023.yaml:11:11 not-a-date",
    ),
    "a reason that is a list": (
        actuals("self: 100", "self: 100\n    superior: 90\n    reason: [Баримт дутуу.]"),
        "plans/council.2023.yaml:9:13 expected-text",
    ),
    "evidence whose url is a list": (
        actuals("self: 100", "self: 100\n    evidence:\n      - url: [зураг]"),
        "plans/council.2023.yaml:9:14 expected-text",
    ),
    "an unknown version of planctl.yaml": (
        {
            **plan("id: waste\n", "id: waste\n            units: [legal]\n"),
            "planctl.yaml": SETTINGS.replace("1", "2", 1),
        },
        "planctl.yaml:1:10 unexpected-value",
    ),
    "a unit with a faulty id": (
        {
            **plan("id: waste\n", "id: waste\n            units: [le gal]\n"),
            "planctl.yaml": SETTINGS.replace("legal", "le gal"),
        },
        "planctl.yaml:5:3 bad-item-id",
    ),
    "a unit without a name": (
        {
            **plan("id: waste\n", "id: waste\n            units: [legal, Хуулийн мэргэжилтэн]\n"),
            "planctl.yaml": "planctl: 1\nunits:\n  legal:\n    other_names: [Хуулийн мэргэжилтэн]\n",
        },
        "planctl.yaml:4:5 missing-key",
    ),
    "units that are a list": (
        {
            **plan("id: waste\n", "id: waste\n            units: [legal]\n"),
            "planctl.yaml": "planctl: 1\nunits: [legal]\n",
        },
        "planctl.yaml:2:8 expected-mapping",
    ),
    "a planctl.yaml that cannot be read": (
        {**plan("id: waste\n", "id: waste\n            units: [legal]\n"), "planctl.yaml": "- planctl\n"},
        "planctl.yaml:1:1 top-not-mapping",
    ),
    "an unknown scale in planctl.yaml": (
        {PLAN: ONE_CLAUSE, ACTUALS: ONE_ENTRY, "planctl.yaml": "planctl: 1\nrubric: mn-2021\n"},
        "planctl.yaml:2:9 unknown-rubric",
    ),
    "a fault in the plan's scale": (
        {**plan("id: council\n", "id: council\nrubric: ours\n"), "rubrics/ours.yaml": RUBRIC_WITHOUT_COLOUR},
        "rubrics/ours.yaml:6:66 unexpected-value",
    ),
    "a fault in a scale that takes the place of the shipped one": (
        {PLAN: ONE_CLAUSE, ACTUALS: ONE_ENTRY, "rubrics/ours.yaml": RUBRIC_WITHOUT_COLOUR.replace("ours", "mn-2020")},
        "rubrics/ours.yaml:6:66 unexpected-value",
    ),
}


@pytest.mark.parametrize("name", ONE_FAULT)
def test_one_fault_is_one_finding(name: str, tmp_path: Path) -> None:
    files, found = ONE_FAULT[name]

    assert places(load(tmp_path, files)) == [found]


def test_of_two_plans_with_one_id_neither_makes_the_others_entries_unknown(tmp_path: Path) -> None:
    project = load(
        tmp_path,
        {
            PLAN: ONE_CLAUSE,
            "plans/again.yaml": ONE_CLAUSE.replace("id: waste", "id: roads"),
            ACTUALS: ONE_ENTRY + "  roads: {progress: Зассан., self: 90}\n  rivers: {progress: Цэвэрлэв., self: 90}\n",
        },
    )

    assert places(project) == [
        "plans/again.yaml:2:5 duplicate-document",
        "plans/council.2023.yaml:9:3 unknown-item",
        "plans/council.yaml:2:5 duplicate-document",
    ]


def test_what_stands_below_a_misspelt_key_is_looked_at_too(tmp_path: Path) -> None:
    project = load(
        tmp_path,
        {
            PLAN: """\
                form: resolutions
                id: council
                title: Тогтоолын хэрэгжилт
                sectoins:
                  - title: Хурлын тогтоол
                    decision:
                      - title: Хог хаягдлын тухай
                        clauses:
                          - id: waste
                            text: Ажлыг зохион байгуулах
                            deadline: 2023-13-01
                """,
            ACTUALS: ONE_ENTRY,
        },
    )

    assert places(project) == [
        "plans/council.yaml:4:1 unknown-key",
        "plans/council.yaml:6:5 unknown-key",
        "plans/council.yaml:11:23 impossible-date",
    ]


def test_a_value_under_a_misspelt_key_is_told_under_the_key_that_was_meant(tmp_path: Path) -> None:
    project = load(tmp_path, plan("id: waste\n", "id: waste\n            unit: legal\n"))

    assert [(str(one.span), one.code, dict(one.values)) for one in project.findings] == [
        ("plans/council.yaml:11:13", "unknown-key", {"key": "unit", "suggestion": "units"}),
        ("plans/council.yaml:11:19", "expected-list", {"key": "units", "text": "legal"}),
    ]


def test_evidence_of_two_kinds_hides_no_misspelt_key_beside_it(tmp_path: Path) -> None:
    project = load(
        tmp_path,
        actuals(
            "self: 100",
            "self: 100\n    evidence:\n      - url: https://zalaa.mn\n        file: a.txt\n        titel: Зураг",
        ),
    )

    assert places(project) == [
        "plans/council.2023.yaml:9:9 evidence-kind",
        "plans/council.2023.yaml:11:9 unknown-key",
    ]


def test_a_period_that_is_none_hides_no_fault_of_the_entries(tmp_path: Path) -> None:
    project = load(
        tmp_path,
        {
            PLAN: ONE_CLAUSE,
            ACTUALS: """\
                actuals: council
                period: 2023-H3
                items:
                  waste:
                    self: 100.0.0
                  waset:
                    self: 100
                """,
        },
    )

    assert places(project) == [
        "plans/council.2023.yaml:2:9 not-a-period",
        "plans/council.2023.yaml:5:11 not-a-score",
        "plans/council.2023.yaml:6:3 unknown-item",
    ]


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("units:\n  legal:\n", ("planctl.yaml:3:9 empty-value", {"key": "legal"})),
        ("units:\n  legal: {name: }\n", ("planctl.yaml:3:17 empty-value", {"key": "name"})),
    ],
)
def test_what_is_empty_is_told_in_our_words_alone(
    settings: str, told: tuple[str, dict[str, str]], tmp_path: Path
) -> None:
    project = load(tmp_path, {"planctl.yaml": f"planctl: 1\n{settings}"})

    assert [(place(one), dict(one.values)) for one in project.findings] == [told]


def test_a_question_mark_alone_on_the_last_line_is_a_key_without_a_value(tmp_path: Path) -> None:
    project = load(tmp_path, {"planctl.yaml": "planctl: 1\nplace: Залаа\n?"})

    assert places(project) == ["planctl.yaml:4:1 unknown-key"]
