"""Each code about indicators and reached values: a project that earns it, its place, and a fine neighbour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from planctl.codes import CODES, numbers
from projects import (
    MEASURE_ENTRY,
    MEASURES,
    PROGRAMME,
    PROGRAMME_ENTRIES,
    Files,
    load,
    measures_project,
    place,
    programme_project,
)

if TYPE_CHECKING:
    from pathlib import Path

PLAN, ACTUALS = "plans/digital.yaml", "plans/digital.2025.yaml"

TWO = MEASURES.replace(
    "          - name: Сургалт\n            unit: удаа\n            baseline: 8\n            target: 10\n",
    "          - {id: times, name: Сургалт, unit: удаа, baseline: 8, target: 10}\n"
    "          - {id: people, name: Хамрагдагч, unit: хүн, baseline: 80, target: 100}\n",
)
"""The same measure with two indicators."""
TWO_ENTRY = MEASURE_ENTRY.replace("reached: 10", "reached: {times: 10, people: 100}")


@dataclass(frozen=True)
class Case:
    """What is wrong, where it is told with which values, and a similar project without the fault."""

    wrong: Files
    found: tuple[str, dict[str, str]]
    fine: Files


def plan(old: str, new: str, *, base: str = MEASURES, entry: str = MEASURE_ENTRY) -> Files:
    """Return the project with one thing of the plan changed."""
    assert base.count(old) == 1
    return measures_project(base.replace(old, new), entry)


def entry(old: str, new: str, *, base: str = MEASURE_ENTRY, of: str = MEASURES) -> Files:
    """Return the project with one thing of the actuals changed."""
    assert base.count(old) == 1
    return measures_project(of, base.replace(old, new))


def programme(old: str, new: str) -> Files:
    """Return the programme with one thing changed, in the plan or in the actuals."""
    assert (PROGRAMME + PROGRAMME_ENTRIES).count(old) == 1
    return programme_project(PROGRAMME.replace(old, new), PROGRAMME_ENTRIES.replace(old, new))


LATE = MEASURES.replace("period: I-IV", "period: III-IV")
HALF_YEAR = MEASURE_ENTRY.replace("period: 2025", "period: 2025-H1")
SILENT = "actuals: digital\nperiod: 2025-H1\nitems:\n  training:\n"
NOT_DUE = "actuals: digital\nperiod: 2025-H1\nitems:\n  training: {state: not-due, reason: Хоёрдугаар хагаст}\n"

CASES: dict[str, Case] = {
    "ambiguous-number": Case(
        plan("target: 10", "target: '51,467'", entry=MEASURE_ENTRY.replace("reached: 10", "reached: 51467")),
        (
            f"{PLAN}:15:21",
            {"text": "51,467", "thousands": "51467", "decimals": "51,467", "longer": "51,4670"},
        ),
        plan("target: 10", "target: 51467", entry=MEASURE_ENTRY.replace("reached: 10", "reached: 51467")),
    ),
    "indicator-without-id": Case(
        plan("id: people, ", "", base=TWO, entry=TWO_ENTRY.replace(", people: 100", "")),
        (f"{PLAN}:13:13", {"count": "2"}),
        measures_project(TWO, TWO_ENTRY),
    ),
    "unknown-indicator": Case(
        entry("{times: 10, people: 100}", "{times: 10, people: 100, days: 3}", base=TWO_ENTRY, of=TWO),
        (f"{ACTUALS}:6:45", {"id": "training", "indicator": "days", "known": "times, people"}),
        measures_project(TWO, TWO_ENTRY),
    ),
    "reached-needs-ids": Case(
        entry("{times: 10, people: 100}", "10", base=TWO_ENTRY.replace("    self: 100\n", "    self: 90\n"), of=TWO),
        (f"{ACTUALS}:6:14", {"id": "training", "count": "2", "example": "times: …, people: …"}),
        measures_project(TWO, TWO_ENTRY),
    ),
    "missing-reached": Case(
        entry("    reached: 10\n", ""),
        (f"{ACTUALS}:6:11", {"id": "training", "indicator": "Сургалт"}),
        entry("reached: 10", "reached: '-'"),
    ),
    "out-of-scale": Case(
        entry("reached: 10", "reached: 1001"),
        (f"{ACTUALS}:6:14", {"reached": "1001", "times": "100", "target": "10", "unit": "удаа"}),
        entry("reached: 10", "reached: 1000"),
    ),
    "target-not-measurable": Case(
        plan("target: 10", "target: Тухай бүр"),
        (f"{PLAN}:15:21", {"indicator": "Сургалт"}),
        plan("target: 10", "target: 10\n            target_text: Тухай бүр"),
    ),
    "target-needs-baseline": Case(
        plan("baseline: 8\n            target: 10", "baseline: '-'\n            target: +20%"),
        (f"{PLAN}:15:21", {"target": "+20%"}),
        plan("target: 10", "target: +20%"),
    ),
    "no-baseline": Case(
        plan("            baseline: 8\n", ""),
        (f"{PLAN}:12:19", {"indicator": "Сургалт"}),
        plan("baseline: 8", "baseline_text: Шинэ ажил"),
    ),
    "dash-for-baseline": Case(
        plan("baseline: 8", "baseline: '-'"),
        (f"{PLAN}:14:23", {"count": "1", "all": "1"}),
        plan("baseline: 8", "baseline: 0"),
    ),
    "no-unit": Case(
        plan("            unit: удаа\n", ""),
        (f"{PLAN}:12:19", {"indicator": "Сургалт"}),
        plan("name: Сургалт\n            unit: удаа", "name: Сургалтын тоо"),
    ),
    "year-not-of-plan": Case(
        plan("target: 10", "target: 10\n            target_text: 2024 онд 10 сургалт зохион байгуулна"),
        (
            f"{PLAN}:16:26",
            {"text": "2024 онд 10 сургалт зохион байгуулна", "year": "2024", "plan_year": "2025"},
        ),
        plan("target: 10", "target: 10\n            target_text: 2024 оныхоос 2 илүү, 2025 онд 10 сургалт"),
    ),
    "period-not-of-plan": Case(
        entry("period: 2025", "period: 2024"),
        (f"{ACTUALS}:2:9", {"period": "2024", "plan_year": "2025"}),
        entry("period: 2025", "period: 2025-Q4"),
    ),
    "no-weight": Case(
        plan("year: 2025", "year: 2025\nweighted: true"),
        (f"{PLAN}:9:9", {"id": "training"}),
        plan(
            "        period: I-IV",
            "        period: I-IV\n        weight: 2",
            base=MEASURES.replace("year: 2025", "year: 2025\nweighted: true"),
        ),
    ),
    "years-out-of-order": Case(
        {"plans/makers.yaml": PROGRAMME.replace("first: 2023, last: 2025", "first: 2025, last: 2023")},
        ("plans/makers.yaml:4:8", {"first": "2025", "last": "2023", "baseline": "2023"}),
        {"plans/makers.yaml": PROGRAMME},
    ),
    "target-outside-years": Case(
        programme("{2024: 187, 2025: 199}", "{2024: 187, 2025: 199, 2026: 211}"),
        ("plans/makers.yaml:15:37", {"year": "2026", "first": "2024", "last": "2025"}),
        programme_project(),
    ),
    "year-without-target": Case(
        programme("targets: {2024: 85, 2025: 95}", "targets: {2024: 85}"),
        ("plans/makers.yaml:20:9", {"id": "fairs", "years": "2025"}),
        programme_project(),
    ),
    "parts-and-value": Case(
        programme("    name: Үзэсгэлэнд оролцуулах\n", "    name: Үзэсгэлэнд оролцуулах\n    unit: удаа\n"),
        ("plans/makers.yaml:18:11", {"id": "fairs", "key": "unit"}),
        programme_project(),
    ),
    "score-of-indicator": Case(
        programme("sales: {reached: 190,", "sales: {reached: 190, self: 100,"),
        ("plans/makers.2024.yaml:5:31", {"id": "sales"}),
        programme_project(),
    ),
    "no-reached-value": Case(
        programme("{events: 7, people: 80}", "{events: 7}"),
        ("plans/makers.2024.yaml:7:14", {"id": "fairs", "missing": "people"}),
        programme("    reached: {events: 7, people: 80}", "    {state: not-evaluated, reason: Тоо гараагүй}"),
    ),
    "reached-not-a-value": Case(
        entry("reached: 10", "reached: олон"),
        (f"{ACTUALS}:6:14", {"text": "олон", "target": "10"}),
        entry("reached: 10", "reached: 10 удаа"),
    ),
    "full-score-short": Case(
        entry("reached: 10", "reached: 4"),
        (f"{ACTUALS}:7:11", {"formula": "4 / 10", "achievement": "40"}),
        plan("target: 10", "target: 1000", entry=MEASURE_ENTRY.replace("reached: 10", "reached: 999")),
    ),
    "score-against-value": Case(
        measures_project(MEASURES, MEASURE_ENTRY.replace("self: 100", "self: 50")),
        (f"{ACTUALS}:7:11", {"given": "50", "computed": "100", "formula": "10 / 10", "achievement": "100"}),
        measures_project(MEASURES, MEASURE_ENTRY.replace("self: 100", "self: 90")),
    ),
    "score-given-and-computed": Case(
        plan("year: 2025", "year: 2025\nscoring: computed", entry=MEASURE_ENTRY.replace("self: 100", "self: 90")),
        (f"{ACTUALS}:7:11", {"given": "90", "computed": "100"}),
        plan("year: 2025", "year: 2025\nscoring: computed", entry=MEASURE_ENTRY.replace("    self: 100\n", "")),
    ),
    "not-due-suggested": Case(
        measures_project(LATE, SILENT),
        (f"{ACTUALS}:4:12", {"id": "training", "begins": "2025-07-01", "period": "2025-H1"}),
        measures_project(LATE, NOT_DUE),
    ),
    "not-due-although-begun": Case(
        measures_project(MEASURES, NOT_DUE),
        (f"{ACTUALS}:4:21", {"id": "training", "begins": "2025-01-01", "period": "2025-H1"}),
        measures_project(MEASURES, HALF_YEAR),
    ),
    "counted-value-fell": Case(
        {
            **measures_project(MEASURES, MEASURE_ENTRY),
            "plans/h1.yaml": HALF_YEAR.replace("reached: 10", "reached: 12").replace("зохион байгуулав", "эхлүүлэв"),
        },
        (f"{ACTUALS}:6:14", {"now": "10", "before": "12", "period": "2025-H1"}),
        {
            **measures_project(MEASURES.replace("unit: удаа", "unit: удаа\n            value: point"), MEASURE_ENTRY),
            "plans/h1.yaml": HALF_YEAR.replace("reached: 10", "reached: 12").replace("зохион байгуулав", "эхлүүлэв"),
        },
    ),
    "number-contradicts": Case(
        entry("Багийн төвүүдэд сургалт зохион байгуулав.", "Багийн төвүүдэд 7 удаа сургалт хийв."),
        (f"{ACTUALS}:5:15", {"told": "7", "unit": "удаа", "reached": "10"}),
        entry("Багийн төвүүдэд сургалт зохион байгуулав.", "Багийн төвүүдэд 7 удаа, сумын төвд 3 удаа хийв."),
    ),
}


@pytest.mark.parametrize("code", CASES)
def test_a_fault_is_found_alone_in_its_place_with_its_values(code: str, tmp_path: Path) -> None:
    project = load(tmp_path, CASES[code].wrong)

    where, values = CASES[code].found
    assert [(place(one), dict(one.values)) for one in project.findings] == [(f"{where} {code}", values)]


@pytest.mark.parametrize("code", CASES)
def test_a_similar_project_without_the_fault_has_no_finding(code: str, tmp_path: Path) -> None:
    assert load(tmp_path, CASES[code].fine).findings == ()


@pytest.mark.parametrize("code", CASES)
def test_the_blanks_of_the_message_and_of_a_hint_are_filled(code: str, tmp_path: Path) -> None:
    for one in load(tmp_path, CASES[code].wrong).findings:
        values = dict(one.values)

        assert CODES[code].message.format_map(values)
        assert CODES[code].hints[0].format_map(values)


def test_every_code_of_indicators_and_values_has_a_case() -> None:
    assert set(CASES) == {code.name for code in numbers.CODES}


def test_a_measure_for_the_whole_year_is_due_at_half_year_and_one_of_the_second_half_is_not(tmp_path: Path) -> None:
    begun = load(tmp_path / "begun", measures_project(MEASURES, SILENT)).findings
    later = load(tmp_path / "later", measures_project(LATE, SILENT)).findings

    assert ([one.code for one in begun], [one.code for one in later]) == (["missing-entry"], ["not-due-suggested"])


def test_the_date_on_the_report_never_decides_what_is_due(tmp_path: Path) -> None:
    late_report = SILENT.replace("items:", "date: 2025-07-15\nitems:")

    assert [one.code for one in load(tmp_path, measures_project(LATE, late_report)).findings] == ["not-due-suggested"]
