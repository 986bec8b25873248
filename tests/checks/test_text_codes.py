"""Each code about texts and what is left out: a project that earns it, its place, and a fine neighbour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from planctl.codes import CODES, texts
from projects import ACTUALS, ONE_CLAUSE, ONE_ENTRY, PLAN, Files, load, place, register

if TYPE_CHECKING:
    from pathlib import Path

DONE = "Цэвэрлэгээ хийв."
PASTED = (
    "Сумын хөгжлийн төлөвлөгөөг Хурлын 22 төлөөлөгчийн хуралдаанаар хэлэлцүүлэн батлуулсан. Биелэлтийг 2023 оны "
    "12 дугаар сарын 19-ний өдрийн хуралдаанаар хэлэлцүүлж, 37 заалт тус бүрийн биелэлтийг нэг бүрчлэн тооцож, "
    "үр дүнгүй гэж дүгнэсэн заалтыг дараа жилийн төлөвлөгөөнд тусгахаар тогтоолоо."
)
ROAD = "      - {{{}title: Зам, clauses: [{{id: road, text: Засах}}]}}\n"
SECTORS = "form: action-plan\nid: council\ntitle: Төлөвлөгөө\nyear: 2023\nsections:\n"


@dataclass(frozen=True)
class Case:
    """What is wrong, where it is told with which values, and a similar project without the fault."""

    wrong: Files
    found: tuple[tuple[str, dict[str, str]], ...]
    fine: Files


def told(progress: str) -> Files:
    """Return a project whose only entry says this."""
    return {PLAN: ONE_CLAUSE, ACTUALS: ONE_ENTRY.replace(DONE, progress)}


def laid_down(text: str) -> Files:
    """Return a project whose only clause says this."""
    return {PLAN: ONE_CLAUSE.replace("Ажлыг зохион байгуулах", text), ACTUALS: ONE_ENTRY}


def two(one: str, other: str) -> Files:
    """Return a project of two clauses with these narratives."""
    entries = f"  a: {{progress: '{one}', self: 90}}\n  b: {{progress: '{other}', self: 90}}\n"
    return {PLAN: register(["a", "b"]), ACTUALS: f"actuals: council\nperiod: 2023\nitems:\n{entries}"}


def halves(first: str, second: str, *, score: int = 50) -> Files:
    """Return a project that says this of its clause in the first half of a year, and that in the year."""
    return {
        PLAN: ONE_CLAUSE,
        "plans/1.yaml": f"actuals: council\nperiod: 2023-H1\nitems:\n  waste: {{progress: {first}, self: {score}}}\n",
        "plans/2.yaml": f"actuals: council\nperiod: 2023\nitems:\n  waste: {{progress: {second}, self: {score}}}\n",
    }


CASES: dict[str, Case] = {
    "pasted-narrative": Case(
        two(PASTED, PASTED.replace("19-ний", "19-ны")),
        (
            (
                "plans/council.2023.yaml:5:17",
                {"id": "b", "first": "a", "place": "plans/council.2023.yaml:4:17", "percent": "91"},
            ),
        ),
        two(PASTED, f"{PASTED[:80]} Малын хулгайтай тэмцэх сангийн дүрмийг 4 багийн хурлаар 300 малчинд танилцуулав."),
    ),
    "unchanged-narrative": Case(
        halves("Төлөвлөсөн 5 худгийн 2-ыг барив", "Төлөвлөсөн  5 худгийн 2-ыг барив."),
        (
            (
                "plans/2.yaml:4:21",
                {"id": "waste", "period": "2023-H1", "place": "plans/1.yaml:4:21"},
            ),
        ),
        halves("Төлөвлөсөн 5 худгийн 5-ыг барив", "Төлөвлөсөн 5 худгийн 5-ыг барив", score=100),
    ),
    "sum-in-text": Case(
        told("Удирдах албан тушаалтан-14, гүйцэтгэх албан тушаалтан-36, нийт-51 орон тоог нөхөв."),
        (("plans/council.2023.yaml:6:15", {"said": "нийт-51 орон тоог", "parts": "14 + 36", "sum": "50"}),),
        told("Удирдах албан тушаалтан-14, гүйцэтгэх албан тушаалтан-36, нийт-50 орон тоог нөхөв."),
    ),
    "unfilled-blank": Case(
        laid_down("Сумын Засаг даргын 2022 оны … сарын тушаалыг биелүүлэх, хххх мод тарих"),
        (
            (
                "plans/council.yaml:11:19",
                {"text": "Засаг даргын 2022 оны … сарын тушаалыг", "count": "2"},
            ),
        ),
        laid_down("Сумын Засаг даргын тушаалыг биелүүлэх…"),
    ),
    "html-tag": Case(
        told("<ul style='a'> Мод тарьсан. <li>Худаг гаргасан.</li></ul>"),
        (("plans/council.2023.yaml:6:15", {"tags": "<ul>, <li>, </li>, </ul>"}),),
        told("Борлуулалт <5 сая төгрөг; «<нэр>» гэсэн зөвшөөрөл."),
    ),
    "mixed-scripts": Case(
        told("Төлөвлөгoө баталсан."),
        (
            (
                "plans/council.2023.yaml:6:15",
                {"word": "Төлөвлөгoө", "letters": "o (U+006F)", "suggestion": "Төлөвлөгөө"},
            ),
        ),
        told("ERP-ээр цаг бүртгэв; 13А маягт."),
    ),
    "year-against-date": Case(
        {PLAN: ONE_CLAUSE.replace("2021_131", "2021_131\n        date: 2019-01-31"), ACTUALS: ONE_ENTRY},
        (("plans/council.yaml:7:17", {"number": "2021_131", "year": "2021", "date": "2019-01-31"}),),
        {PLAN: ONE_CLAUSE.replace("2021_131", "2021_131\n        date: 2021-12-14"), ACTUALS: ONE_ENTRY},
    ),
    "number-sequence": Case(
        {PLAN: SECTORS + "".join(f"  - {{number: {one}, title: Салбар, measures: []}}\n" for one in (1, 2, 3, 5))},
        (("plans/council.yaml:9:14", {"number": "5", "before": "3", "expected": "4"}),),
        {PLAN: SECTORS + "".join(f"  - {{number: {one}, title: Салбар, measures: []}}\n" for one in (1, 2, 3, 4))},
    ),
    "act-without-number": Case(
        laid_down("Сумын Засаг даргын 2022 оны А/ дугаар захирамжаар бүртгэл хийх"),
        (("plans/council.yaml:11:19", {"act": "2022 оны А/ дугаар захирамжаар"}),),
        laid_down("Сумын Засаг даргын 2022 оны А/58 дугаар захирамжаар бүртгэл хийх"),
    ),
    "no-owner": Case(
        {PLAN: register(["a", "b", "c"], units={"b": ["legal"], "c": ["legal"]})},
        (("plans/council.yaml:9:13", {"id": "a"}),),
        {PLAN: register(["a", "b"])},
    ),
    "no-date": Case(
        {PLAN: ONE_CLAUSE + ROAD.format("date: 2023-01-09, ")},
        (("plans/council.yaml:7:9", {"what": "Хог хаягдлын тухай", "key": "date"}),),
        {PLAN: ONE_CLAUSE + ROAD.format("")},
    ),
    "empty-phrase": Case(
        told("Тухай бүр хэрэгжүүлж байна."),
        (("plans/council.2023.yaml:6:15", {"id": "waste", "text": "Тухай бүр хэрэгжүүлж байна."}),),
        told("Тухай бүр 5 удаа хэрэгжүүлэв."),
    ),
}


@pytest.mark.parametrize("code", CASES)
def test_a_fault_is_found_alone_in_its_place_with_its_values(code: str, tmp_path: Path) -> None:
    project = load(tmp_path, CASES[code].wrong)

    found = [(place(one), {name: value for name, value in one.values if value}) for one in project.findings]
    assert found == [(f"{where} {code}", values) for where, values in CASES[code].found]


@pytest.mark.parametrize("code", CASES)
def test_a_similar_project_without_the_fault_has_no_finding(code: str, tmp_path: Path) -> None:
    assert load(tmp_path, CASES[code].fine).findings == ()


@pytest.mark.parametrize("code", CASES)
def test_the_blanks_of_the_message_and_of_a_hint_are_filled(code: str, tmp_path: Path) -> None:
    for one in load(tmp_path, CASES[code].wrong).findings:
        values = {name: value for name, value in one.values if value}

        assert CODES[code].message.format_map(values)
        assert any(_is_filled(hint, values) for hint in CODES[code].hints)


def _is_filled(hint: str, values: dict[str, str]) -> bool:
    try:
        return bool(hint.format_map(values))
    except KeyError:
        return False


def test_every_code_of_texts_has_a_case() -> None:
    assert set(CASES) == {code.name for code in texts.CODES}


def test_every_code_of_texts_is_a_warning_by_itself() -> None:
    assert {code.severity for code in texts.CODES} == {"warning"}
