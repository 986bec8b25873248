"""Each code about values and about what belongs together: a project that earns it, its place, and a fine neighbour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from planctl.codes import CODES, linking, model
from planctl.forms import FORMS
from projects import ACTUALS, MEASURES, ONE_CLAUSE, ONE_ENTRY, PLAN, SETTINGS, Files, load, measures_project, place

if TYPE_CHECKING:
    from pathlib import Path

BASE = {"planctl.yaml": SETTINGS, PLAN: ONE_CLAUSE, ACTUALS: ONE_ENTRY}
"""A project without a finding, which each case changes in one thing."""

RUBRIC = """\
rubric: two-steps
title: {mn: Хоёр шатлал, en: Two steps}
versions:
  - source: Хурлын тогтоол
    levels:
      - name: {mn: Хэрэгжсэн, en: Done}
        values: [100]
        colour: "#2E7D32"
      - name: {mn: Хэрэгжээгүй, en: Not done}
        values: [0]
        colour: "#E53935"
"""

SHIPPED = "chingeltei-2016, four-step, lm-2013, mn-2020, percent, working-group-2023"


@dataclass(frozen=True)
class Case:
    """What is wrong, where it is told with which values, and a similar project without the fault."""

    wrong: Files
    found: tuple[tuple[str, dict[str, str]], ...]
    fine: Files


def changed(path: str, old: str, new: str) -> Files:
    """Return the base with one thing changed."""
    assert BASE[path].count(old) == 1
    return {**BASE, path: BASE[path].replace(old, new)}


def clause(line: str) -> Files:
    """Return the base with a further line in the clause."""
    return {**BASE, PLAN: f"{ONE_CLAUSE}            {line}\n"}


def entry(*lines: str) -> Files:
    """Return the base with these lines as the entry's own."""
    return {
        **BASE,
        ACTUALS: "actuals: council\nperiod: 2023\nitems:\n  waste:\n" + "".join(f"    {one}\n" for one in lines),
    }


def added(path: str, text: str) -> Files:
    """Return the base with a further file."""
    return {**BASE, path: text}


def measure(old: str, new: str) -> Files:
    """Return an action plan of one measure with one thing changed."""
    assert MEASURES.count(old) == 1
    return measures_project(MEASURES.replace(old, new))


DONE = "progress: Цэвэрлэгээ хийв."

CASES: dict[str, Case] = {
    # Values and keys
    "missing-key": Case(
        changed(PLAN, "            text: Ажлыг зохион байгуулах\n", ""),
        (("plans/council.yaml:10:13", {"key": "text"}),),
        BASE,
    ),
    "unknown-key": Case(
        changed(PLAN, "text: Ажлыг", "txt: Ажлыг"),
        (("plans/council.yaml:11:13", {"key": "txt", "suggestion": "text"}),),
        clause("extra: {txt: Өөрийн талбар}"),
    ),
    "empty-value": Case(
        changed(PLAN, "text: Ажлыг зохион байгуулах", "text:"),
        (("plans/council.yaml:11:18", {"key": "text"}),),
        clause("deadline:"),
    ),
    "expected-text": Case(
        changed(PLAN, "text: Ажлыг зохион байгуулах", "text: [Ажлыг, зохион байгуулах]"),
        (("plans/council.yaml:11:19", {"key": "text"}),),
        changed(PLAN, "text: Ажлыг зохион байгуулах", "text: |\n              Ажлыг зохион байгуулах"),
    ),
    "expected-list": Case(
        clause("units: legal"),
        (("plans/council.yaml:12:20", {"key": "units", "text": "legal"}),),
        clause("units: [legal]"),
    ),
    "expected-mapping": Case(
        {**BASE, ACTUALS: "actuals: council\nperiod: 2023\nitems:\n  waste: Хийв\n"},
        (("plans/council.2023.yaml:4:10", {"key": "waste"}),),
        BASE,
    ),
    "unexpected-value": Case(
        changed(PLAN, "title: Тогтоолын", "rounding: 3\ntitle: Тогтоолын"),
        (("plans/council.yaml:3:11", {"key": "rounding", "text": "3", "expected": "0, 1, 2"}),),
        changed(PLAN, "title: Тогтоолын", "rounding: 2\ntitle: Тогтоолын"),
    ),
    "expected-flag": Case(
        clause("reported: no"),
        (("plans/council.yaml:12:23", {"key": "reported", "text": "no"}),),
        clause("reported: true"),
    ),
    "not-a-date": Case(
        changed(ACTUALS, "2023-12-25", "2023.12.5"),
        (("plans/council.2023.yaml:3:7", {"key": "date", "text": "2023.12.5", "suggestion": "2023-12-05"}),),
        changed(ACTUALS, "2023-12-25", "2023-12-05"),
    ),
    "impossible-date": Case(
        changed(ACTUALS, "2023-12-25", "2023-02-29"),
        (("plans/council.2023.yaml:3:7", {"key": "date", "text": "2023-02-29"}),),
        changed(ACTUALS, "2023-12-25", "2024-02-29"),
    ),
    "not-a-score": Case(
        entry(DONE, "self: сайн"),
        (("plans/council.2023.yaml:6:11", {"key": "self", "text": "сайн"}),),
        entry(DONE, "self: 100 %"),
    ),
    "not-a-year": Case(
        measure("year: 2025", "year: '25'"),
        (("plans/digital.yaml:4:7", {"key": "year", "text": "25"}),),
        measures_project(),
    ),
    "not-a-timing": Case(
        measure("period: I-IV", "period: V улирал"),
        (("plans/digital.yaml:10:17", {"key": "period", "text": "V улирал"}),),
        measure("period: I-IV", "period: Тухай бүр"),
    ),
    "not-a-weight": Case(
        measure("period: I-IV", "weight: -1"),
        (("plans/digital.yaml:10:17", {"key": "weight", "text": "-1"}),),
        measure("period: I-IV", "weight: 0,5"),
    ),
    "not-a-count": Case(
        measure("period: I-IV", "carried: {from: old#a, period: 2024, times: хоёр}"),
        (("plans/digital.yaml:10:53", {"key": "times", "text": "хоёр"}),),
        measure("period: I-IV", "carried: {from: old#a, period: 2024, times: 2}"),
    ),
    "not-a-period": Case(
        changed(ACTUALS, "period: 2023\n", "period: 2023-H3\n"),
        (("plans/council.2023.yaml:2:9", {"key": "period", "text": "2023-H3"}),),
        changed(ACTUALS, "period: 2023\n", "period: 2023-H2\n"),
    ),
    "bad-document-id": Case(
        changed(ACTUALS, "actuals: council", "actuals: council/2023"),
        (("plans/council.2023.yaml:1:10", {"key": "actuals", "text": "council/2023"}),),
        BASE,
    ),
    "bad-item-id": Case(
        changed(PLAN, "id: waste", "id: waste 1"),
        (("plans/council.yaml:10:17", {"key": "id", "text": "waste 1"}),),
        BASE,
    ),
    "unknown-state": Case(
        entry(DONE, "state: not-du", "reason: Хугацаа нь 2024 он."),
        (
            (
                "plans/council.2023.yaml:6:12",
                {
                    "key": "state",
                    "text": "not-du",
                    "choices": "not-due, not-evaluated, postponed, repealed, merged, closed",
                    "suggestion": "not-due",
                },
            ),
        ),
        entry(DONE, "state: not_due", "reason: Хугацаа нь 2024 он."),
    ),
    "evidence-kind": Case(
        entry(DONE, "self: 100", "evidence:", "  - title: Зураг"),
        (("plans/council.2023.yaml:8:9", {"key": "evidence"}),),
        entry(DONE, "self: 100", "evidence:", "  - title: Зураг", "    url: https://zalaa.mn/1"),
    ),
    # What belongs together
    "unknown-kind": Case(
        added("plans/notes.yaml", "title: Тэмдэглэл\n"),
        (("plans/notes.yaml:1:1", {}),),
        added("rubrics/two.yaml", RUBRIC),
    ),
    "unknown-form": Case(
        changed(PLAN, "form: resolutions", "form: resolution"),
        (("plans/council.yaml:1:7", {"form": "resolution", "known": ", ".join(FORMS), "suggestion": "resolutions"}),),
        BASE,
    ),
    "duplicate-rubric": Case(
        {**BASE, "rubrics/a.yaml": RUBRIC, "rubrics/b.yaml": RUBRIC},
        (("rubrics/b.yaml:1:9", {"id": "two-steps", "other": "rubrics/a.yaml"}),),
        {**BASE, "rubrics/a.yaml": RUBRIC, "rubrics/b.yaml": RUBRIC.replace("two-steps", "two")},
    ),
    "duplicate-document": Case(
        added("plans/old.yaml", ONE_CLAUSE.replace("id: council", "id: Council")),
        (
            ("plans/council.yaml:2:5", {"id": "council", "other": "plans/old.yaml"}),
            ("plans/old.yaml:2:5", {"id": "Council", "other": "plans/council.yaml"}),
        ),
        added("plans/old.yaml", ONE_CLAUSE.replace("id: council", "id: old")),
    ),
    "duplicate-item": Case(
        {**BASE, PLAN: ONE_CLAUSE + "          - id: waste\n            text: Тайлагнах\n"},
        (("plans/council.yaml:12:17", {"id": "waste", "line": "10"}),),
        {
            **BASE,
            PLAN: ONE_CLAUSE + "          - id: Waste\n            text: Тайлагнах\n            reported: false\n",
        },
    ),
    "repeated-number": Case(
        {**BASE, PLAN: ONE_CLAUSE + "      - number: 2021_131\n        title: Зам засах тухай\n        clauses: []\n"},
        (("plans/council.yaml:12:17", {"number": "2021_131", "line": "7"}),),
        {**BASE, PLAN: ONE_CLAUSE + "      - number: 2021_132\n        title: Зам засах тухай\n        clauses: []\n"},
    ),
    "unknown-unit": Case(
        clause("units: [finance, lgal]"),
        (("plans/council.yaml:12:30", {"unit": "lgal", "suggestion": "legal"}),),
        clause("units: [finance, ХУУЛИЙН  мэргэжилтэн]"),
    ),
    "unknown-plan": Case(
        changed(ACTUALS, "actuals: council", "actuals: counsil"),
        (("plans/council.2023.yaml:1:10", {"id": "counsil", "suggestion": "council"}),),
        BASE,
    ),
    "unknown-item": Case(
        {**BASE, ACTUALS: ONE_ENTRY + "  waset:\n    progress: Хийв.\n    self: 90\n"},
        (("plans/council.2023.yaml:8:3", {"id": "waset", "document": "council", "suggestion": "waste"}),),
        BASE,
    ),
    "not-to-be-reported": Case(
        clause("reported: false"),
        (("plans/council.2023.yaml:5:3", {"id": "waste", "plan": "plans/council.yaml"}),),
        {**clause("reported: false"), ACTUALS: "actuals: council\nperiod: 2023\n"},
    ),
    "given-twice": Case(
        added("plans/council.2023.superior.yaml", "actuals: council\nperiod: 2023\nitems:\n  waste: {self: 100}\n"),
        (("plans/council.2023.yaml:7:11", {"key": "self", "other": "plans/council.2023.superior.yaml"}),),
        added("plans/council.2023.superior.yaml", "actuals: council\nperiod: 2023\nitems:\n  waste: {superior: 100}\n"),
    ),
    "ambiguous-unit": Case(
        changed("planctl.yaml", "units:\n", "units:\n  other: {name: Өөр алба, other_names: [legal]}\n"),
        (("planctl.yaml:7:5", {"name": "legal", "unit": "other", "other": "legal"}),),
        changed("planctl.yaml", "units:\n", "units:\n  other: {name: Өөр алба, other_names: [Өөр]}\n"),
    ),
    "repeated-level": Case(
        added("rubrics/two.yaml", RUBRIC.replace("values: [0]", "values: [0, 100]")),
        (("rubrics/two.yaml:10:21", {"value": "100"}),),
        added("rubrics/two.yaml", RUBRIC),
    ),
    "overlapping-levels": Case(
        added("rubrics/two.yaml", RUBRIC.replace("values: [100]", "values: [70-100]").replace("[0]", "[0, 30-70, 80]")),
        (("rubrics/two.yaml:10:28", {"value": "80", "other": "70-100"}),),
        added("rubrics/two.yaml", RUBRIC.replace("values: [100]", "values: [70-100]").replace("[0]", "[0-30, 30-70]")),
    ),
    "level-above-100": Case(
        added("rubrics/two.yaml", RUBRIC.replace("values: [100]", "values: [90-101]")),
        (("rubrics/two.yaml:7:18", {"value": "90-101"}),),
        added("rubrics/two.yaml", RUBRIC.replace("values: [100]", "values: [90-100]")),
    ),
    "threshold-without-level": Case(
        added("rubrics/two.yaml", f"{RUBRIC}    thresholds: [{{from: 50, score: 50}}, {{from: 0, score: 0}}]\n"),
        (("rubrics/two.yaml:12:36", {"score": "50", "allowed": "100, 0"}),),
        added("rubrics/two.yaml", f"{RUBRIC}    thresholds: [{{from: 50, score: 100}}, {{from: 0, score: 0}}]\n"),
    ),
    "unknown-template": Case(
        changed("planctl.yaml", "units:\n", "templates:\n  sumary.docx: a.docx\nunits:\n"),
        (("planctl.yaml:5:3", {"name": "sumary.docx", "suggestion": "summary.docx"}),),
        changed("planctl.yaml", "units:\n", "templates:\n  summary.docx: a.docx\nunits:\n"),
    ),
    "unknown-code": Case(
        changed("planctl.yaml", "units:\n", "severities: {no-ownr: error}\nunits:\n"),
        (("planctl.yaml:4:14", {"name": "no-ownr", "suggestion": "no-owner"}),),
        changed("planctl.yaml", "units:\n", "severities: {no-owner: error}\nunits:\n"),
    ),
    "severity-fixed": Case(
        changed("planctl.yaml", "units:\n", "severities: {given-twice: warning}\nunits:\n"),
        (("planctl.yaml:4:27", {"name": "given-twice", "severity": "warning"}),),
        changed("planctl.yaml", "units:\n", "severities: {given-twice: error}\nunits:\n"),
    ),
    "unknown-rubric": Case(
        changed(PLAN, "id: council", "rubric: mn-2021\nid: council"),
        (("plans/council.yaml:2:9", {"rubric": "mn-2021", "known": SHIPPED}),),
        changed(PLAN, "id: council", "rubric: mn-2020\nid: council"),
    ),
    "no-rubric-version": Case(
        changed(ACTUALS, "period: 2023\n", "period: 2019-Q4\n"),
        (("plans/council.2023.yaml:2:9", {"rubric": "mn-2020", "period": "2019-Q4"}),),
        changed(ACTUALS, "period: 2023\n", "period: 2020-Q1\n"),
    ),
    "score-not-in-rubric": Case(
        entry(DONE, "self: 95%"),
        (("plans/council.2023.yaml:6:11", {"score": "95", "allowed": "100, 90, 70, 50, 30, 0"}),),
        entry(DONE, "self: 90,0%"),
    ),
    "score-with-state": Case(
        entry(DONE, "self: 0", "state: not-due", "reason: Хугацаа нь 2024 он."),
        (
            (
                "plans/council.2023.yaml:6:11",
                {"id": "waste", "state": "not-due", "place": "plans/council.2023.yaml:7:12"},
            ),
        ),
        entry(DONE, "state: not-due", "reason: Хугацаа нь 2024 он."),
    ),
    "missing-entry": Case(
        {**BASE, ACTUALS: "actuals: council\nperiod: 2023\nitems:\n  waste:\n    progress:\n    self:\n"},
        (("plans/council.2023.yaml:5:5", {"id": "waste", "period": "2023"}),),
        entry("state: not-evaluated", "reason: Мэдээлэл ирээгүй."),
    ),
    "score-without-progress": Case(
        entry("self: 0"),
        (("plans/council.2023.yaml:5:11", {"id": "waste"}),),
        entry("self: 0", "progress: Эхлээгүй."),
    ),
    "progress-without-score": Case(
        entry(DONE),
        (("plans/council.2023.yaml:5:15", {"id": "waste"}),),
        entry(DONE, "self: 0"),
    ),
    "superior-without-self": Case(
        entry("superior: 90"),
        (("plans/council.2023.yaml:5:15", {"id": "waste"}),),
        entry(DONE, "self: 90", "superior: 90"),
    ),
    "unexplained-difference": Case(
        entry(DONE, "self: 100", "superior: 0"),
        (("plans/council.2023.yaml:7:15", {"own": "100", "superior": "0"}),),
        entry(DONE, "self: 100", "superior: 0", "reason: Баримт дутуу."),
    ),
    "state-without-reason": Case(
        entry(DONE, "state: postponed"),
        (("plans/council.2023.yaml:6:12", {"id": "waste", "state": "postponed"}),),
        entry(DONE, "state: postponed", "reason: Үерийн улмаас."),
    ),
    "closed-without-act": Case(
        entry(DONE, "self: 100", "state: closed", "reason: Бүрэн хэрэгжсэн.", "date: 2023-11-02"),
        (("plans/council.2023.yaml:7:12", {"id": "waste"}),),
        entry(DONE, "self: 100", "state: closed", "reason: Бүрэн хэрэгжсэн.", "date: 2023-11-02", "act: А/12"),
    ),
    "deadline-passed": Case(
        {**clause("deadline: 2023-12-31"), ACTUALS: entry("superior:", "reason: Тодруулж байна.")[ACTUALS]},
        (("plans/council.2023.yaml:5:5", {"id": "waste", "deadline": "2023-12-31"}),),
        clause("deadline: 2023-12-31"),
    ),
    "text-too-long": Case(
        entry(f"progress: {'а' * 32_768}", "self: 100"),
        (("plans/council.2023.yaml:5:15", {"length": "32768", "most": "32767"}),),
        entry(f"progress: {'а' * 32_767}", "self: 100"),
    ),
    "missing-evidence": Case(
        entry(DONE, "self: 100", "evidence:", "  - file: evidence/Act.txt"),
        (("plans/council.2023.yaml:8:15", {"file": "evidence/Act.txt"}),),
        {**entry(DONE, "self: 100", "evidence:", "  - file: evidence/act.txt"), "evidence/act.txt": "Акт\n"},
    ),
}


def test_a_comma_that_ends_a_value_inside_braces_is_told_as_that(tmp_path: Path) -> None:
    entry_ = (
        "actuals: digital\nperiod: 2025\nitems:\n  training: {progress: Сургалт хийв., self: 100, reached: 9,2 удаа}\n"
    )
    project = load(tmp_path, measures_project(MEASURES, entry_))

    found = [(place(one), dict(one.values)) for one in project.findings if one.is_error]
    assert found == [("plans/digital.2025.yaml:4:67 unknown-key", {"key": "2 удаа", "after": "2 удаа"})]


@pytest.mark.parametrize("code", CASES)
def test_a_fault_is_found_alone_in_its_place_with_its_values(code: str, tmp_path: Path) -> None:
    project = load(tmp_path, CASES[code].wrong)

    found = [(place(one), dict(one.values)) for one in project.findings]
    assert found == [(f"{where} {code}", values) for where, values in CASES[code].found]


@pytest.mark.parametrize("code", CASES)
def test_a_similar_project_without_the_fault_has_no_finding(code: str, tmp_path: Path) -> None:
    assert load(tmp_path, CASES[code].fine).findings == ()


@pytest.mark.parametrize("code", CASES)
def test_the_blanks_of_the_message_and_of_a_hint_are_filled(code: str, tmp_path: Path) -> None:
    for one in load(tmp_path, CASES[code].wrong).findings:
        values = dict(one.values)

        assert CODES[code].message.format_map(values)
        assert any(_is_filled(hint, values) for hint in CODES[code].hints)


def _is_filled(hint: str, values: dict[str, str]) -> bool:
    try:
        return bool(hint.format_map(values))
    except KeyError:
        return False


def test_every_code_of_values_and_of_linking_has_a_case() -> None:
    assert set(CASES) == {code.name for code in (*model.CODES, *linking.CODES)}
