"""The implementation table and the flat records: rows, groups, states in the place of scores, names of rows."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planctl.report.frame import anchor
from planctl.report.sheet import Block, Cell, Group, Row, Section
from projects import ACTUALS, ONE_CLAUSE, PLAN, actuals, composed, load, register, scorecard

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from planctl.report.sheet import Sheet

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
          - id: waste
            number: 2
            text: Цэвэрлэх
            units: [legal, finance]
            deadline: 2023-12-01
            extra: {budget: 5 сая}
          - {id: report, text: Тайлагнах, extra: {budget: "", cars: "2"}}
      - title: Зөвхөн баталсан
        clauses: [{id: only, text: Баталсугай., reported: false}]
  - title: Захирамж
    decisions:
      - title: Бас зөвхөн баталсан
        clauses: [{id: alone, text: Баталсугай., reported: false}]
  - title: Тэргүүлэгчдийн тогтоол
    decisions:
      - title: Зам засах тухай
        clauses: [{id: зам-1, number: 1.10, text: Засах}]
"""
ENTRIES = """\
actuals: council
period: 2023-H1
items:
  waste:
    progress: |
      Дараах ажлыг хийв:
      - Цэвэрлэгээ
    self: 100
    superior: 70
    reason: Баримт дутуу.
    evidence:
      - {file: evidence/act.txt, title: Акт}
      - {url: "https://zalaa.mn/1"}
      - document: {title: Тэмдэглэл, number: 13, date: 2023-06-01}
    extra: {budget: 6 сая, cars: "3"}
  report:
    progress: Тайлагнав.
    self: 0
    state: closed
    date: 2023-06-20
    act: Захирамж А/41
    reason: Нэгтгэв.
  зам-1:
    state: not-due
    reason: 2024 онд.
"""


def table_of(root: Path, plan: str, given: str, period: str = "2023") -> Sheet:
    project = load(root, {PLAN: plan, ACTUALS: given, "evidence/act.txt": "Акт\n"})
    return next(iter(composed(project, scorecard(project, period))))


def paragraph(text: str, *, number: Decimal | None = None, colour: str | None = None) -> Cell:
    return Cell(text, (Block("paragraph", text),), number, colour)


def score(value: int, colour: str) -> Cell:
    return paragraph(f"{value}%", number=Decimal(value), colour=colour)


def test_the_table_has_a_row_for_each_reported_clause_under_its_section_and_decision(tmp_path: Path) -> None:
    sheet = table_of(tmp_path, REGISTER, ENTRIES, "2023-H1")

    (table,) = sheet.tables
    assert table.numbered
    assert table.bands == (
        Section("Хурлын тогтоол"),
        Group(
            {
                "decision_number": paragraph("1"),
                "decision": paragraph("Хог хаягдлын тухай\n2021-12-24\nДугаар 7/30"),
            },
            (
                Row(
                    {
                        "clause_number": paragraph("1"),
                        "clause": paragraph("2. Цэвэрлэх"),
                        "progress": Cell(
                            "Дараах ажлыг хийв:\nЦэвэрлэгээ\nТайлбар: Баримт дутуу.",
                            (
                                Block("paragraph", "Дараах ажлыг хийв:"),
                                Block("bullet", "Цэвэрлэгээ", 1, 1),
                                Block("paragraph", "Тайлбар: Баримт дутуу."),
                            ),
                        ),
                        "self": score(100, "2E7D32"),
                        "superior": score(70, "9CCC65"),
                    },
                    "council#waste",
                    anchor("council#waste"),
                ),
                Row(
                    {
                        "clause_number": paragraph("2"),
                        "clause": paragraph("Тайлагнах"),
                        "progress": Cell(
                            "Тайлагнав.\nХяналтаас хассан: 2023-06-20, Захирамж А/41\nТайлбар: Нэгтгэв.",
                            (
                                Block("paragraph", "Тайлагнав."),
                                Block("paragraph", "Хяналтаас хассан: 2023-06-20, Захирамж А/41"),
                                Block("paragraph", "Тайлбар: Нэгтгэв."),
                            ),
                        ),
                        "self": score(0, "E53935"),
                        "superior": paragraph("Хяналтаас хассан"),
                    },
                    "council#report",
                    anchor("council#report"),
                ),
            ),
        ),
        Section("Тэргүүлэгчдийн тогтоол"),
        Group(
            {"decision_number": paragraph("2"), "decision": paragraph("Зам засах тухай")},
            (
                Row(
                    {
                        "clause_number": paragraph("3"),
                        "clause": paragraph("1.10. Засах"),
                        "progress": paragraph("Тайлбар: 2024 онд."),
                        "self": paragraph("Хугацаа болоогүй"),
                        "superior": paragraph("Хугацаа болоогүй"),
                    },
                    "council#зам-1",
                    anchor("council#зам-1"),
                ),
            ),
        ),
    )


def test_the_records_have_a_row_for_each_item_and_a_column_for_each_of_the_offices_own_fields(tmp_path: Path) -> None:
    records = table_of(tmp_path, REGISTER, ENTRIES, "2023-H1").records

    assert [column.heading for column in records.columns] == [
        "Хаяг",
        "Бүлэг",
        "Шийдвэр Д/д",
        "Заалт Д/д",
        "Шийдвэрийн нэр, огноо, дугаар",
        "Холбогдох заалтын агуулга",
        "Хариуцагч",
        "Хугацаа",
        "Төлөв",
        "Хэрэгжилтийн явц",
        "Өөрийн үнэлгээ",
        "Дээд шатны байгууллагын үнэлгээ",
        "Тайлбар",
        "Нотлох баримт",
        "budget",
        "cars",
    ]
    keys = [column.key for column in records.columns]
    assert [[row.cells[key].text if key in row.cells else "" for key in keys] for row in records.rows] == [
        [
            "council#waste",
            "Хурлын тогтоол",
            "1",
            "1",
            "Хог хаягдлын тухай\n2021-12-24\nДугаар 7/30",
            "2. Цэвэрлэх",
            "Хууль, эрх зүйн мэргэжилтэн, Санхүүгийн алба",
            "2023-12-01",
            "",
            "Дараах ажлыг хийв:\nЦэвэрлэгээ",
            "100%",
            "70%",
            "Баримт дутуу.",
            "Акт, evidence/act.txt\nhttps://zalaa.mn/1\nТэмдэглэл, 13, 2023-06-01",
            "6 сая",
            "3",
        ],
        [
            "council#report",
            "Хурлын тогтоол",
            "1",
            "2",
            "Хог хаягдлын тухай\n2021-12-24\nДугаар 7/30",
            "Тайлагнах",
            "",
            "",
            "Хяналтаас хассан",
            "Тайлагнав.",
            "0%",
            "",
            "Нэгтгэв.",
            "",
            "",
            "2",
        ],
        [
            "council#зам-1",
            "Тэргүүлэгчдийн тогтоол",
            "2",
            "3",
            "Зам засах тухай",
            "1.10. Засах",
            "",
            "",
            "Хугацаа болоогүй",
            "",
            "",
            "",
            "2024 онд.",
            "",
            "",
            "",
        ],
    ]
    assert [row["self"].number for row in records.rows] == [Decimal(100), Decimal(0), None]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Тогтоолын хэрэгжилт", ("2023 оны жилийн эцсийн", "Тогтоолын хэрэгжилт")),
        ("Хурлын {period} тогтоолын хэрэгжилт", ("Хурлын 2023 оны жилийн эцсийн", "тогтоолын хэрэгжилт")),
        ("Тогтоолын хэрэгжилт, {period}", ("Тогтоолын хэрэгжилт, 2023 оны жилийн эцсийн",)),
    ],
)
def test_the_title_breaks_behind_the_period(title: str, lines: tuple[str, ...], tmp_path: Path) -> None:
    plan = ONE_CLAUSE.replace("title: Тогтоолын хэрэгжилт", f'title: "{title}"')

    assert table_of(tmp_path, plan, actuals({"waste": "self: 0"})).heading.title == lines


STATES = {
    "not-due": "Хугацаа болоогүй",
    "not-evaluated": "Үнэлээгүй",
    "postponed": "Хойшлогдсон",
    "repealed": "Хүчингүй болсон",
    "merged": "Нэгтгэсэн",
    "closed": "Хяналтаас хассан",
}


@pytest.mark.parametrize("state", STATES)
def test_a_state_stands_in_the_place_of_the_score(state: str, tmp_path: Path) -> None:
    sheet = table_of(tmp_path, ONE_CLAUSE, actuals({"waste": f"state: {state}, date: 2023-05-01, act: А/9"}))

    row = only_row(sheet)
    assert (row["self"], row["superior"]) == (paragraph(STATES[state]), paragraph(STATES[state]))
    assert row["progress"].text == f"{STATES[state]}: 2023-05-01, А/9"


def only_row(sheet: Sheet) -> Row:
    (row,) = [row for band in sheet.tables[0].bands if isinstance(band, Group) for row in band.rows]
    return row


def test_what_is_closed_with_a_score_says_so_even_without_date_and_act(tmp_path: Path) -> None:
    sheet = table_of(tmp_path, ONE_CLAUSE, actuals({"waste": "self: 100, progress: Хийв., state: closed"}))

    assert (only_row(sheet)["self"].text, only_row(sheet)["progress"].text) == ("100%", "Хийв.\nХяналтаас хассан")


def test_what_an_earlier_period_closed_stays_visible_with_its_date_and_act(tmp_path: Path) -> None:
    project = load(
        tmp_path,
        {
            PLAN: ONE_CLAUSE,
            "plans/1.yaml": actuals(
                {"waste": "self: 100, state: closed, date: 2023-05-01, act: А/9"}, period="2023-H1"
            ),
            "plans/2.yaml": "actuals: council\nperiod: 2023\n",
        },
    )

    row = only_row(next(iter(composed(project, scorecard(project, "2023")))))

    assert {key: cell.text for key, cell in row.cells.items()} == {
        "clause_number": "1",
        "clause": "Ажлыг зохион байгуулах",
        "progress": "Хяналтаас хассан: 2023-05-01, А/9",
        "self": "Хяналтаас хассан",
        "superior": "Хяналтаас хассан",
    }


def test_a_missing_score_is_an_empty_cell_and_a_score_of_zero_is_not(tmp_path: Path) -> None:
    sheet = table_of(tmp_path, register(["a", "b"]), actuals({"a": "self: 0", "b": ""}))

    rows = [row for band in sheet.tables[0].bands if isinstance(band, Group) for row in band.rows]
    assert [(row["self"], row["superior"]) for row in rows] == [(score(0, "E53935"), Cell()), (Cell(), Cell())]


@given(st.lists(st.text(min_size=1, max_size=80), unique=True, max_size=30))
def test_anchors_are_unique_names_that_word_takes(addresses: list[str]) -> None:
    names = [anchor(address) for address in addresses]

    assert all(re.fullmatch(r"[A-Za-z]\w{0,39}", name, re.ASCII) for name in names)
    assert len({name.casefold() for name in names}) == len(addresses)


def test_the_bands_of_an_empty_register_are_empty(tmp_path: Path) -> None:
    plan = "form: resolutions\nid: council\ntitle: Тогтоол\nsections:\n  - {title: Хурал, decisions: []}\n"

    assert table_of(tmp_path, plan, "actuals: council\nperiod: 2023\n").tables[0].bands == ()


def texts(sheet: Sheet) -> Mapping[str, str]:
    return {key: cell.text for key, cell in only_row(sheet).cells.items()}


def test_signs_of_markup_and_formulas_stay_literal(tmp_path: Path) -> None:
    sheet = table_of(tmp_path, ONE_CLAUSE, actuals({"waste": 'self: 90, progress: "=1+1 <b>{{ x }}</b> & «а»"'}))

    assert texts(sheet)["progress"] == "=1+1 <b>{{ x }}</b> & «а»"


def test_the_sheets_of_a_period_share_their_records(tmp_path: Path) -> None:
    project = load(tmp_path, {PLAN: REGISTER, ACTUALS: ENTRIES})

    sheets = composed(project, scorecard(project, "2023-H1"))

    assert len({id(sheet.records) for sheet in sheets}) == 1 < len(sheets)
