"""The sheets for leaders: comparison, trend, attention, units by rank, kinds of act, and who has not reported."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from planctl.facts import RunFacts
from planctl.report import OFFICE_REPORTS, PERIOD_REPORTS, PLAN_REPORTS, SHEETS
from planctl.report.sheet import Group, Section
from planctl.report.tables import signed
from planctl.subjects import account_of, of_office, of_plan
from projects import composed, load, scorecard

if TYPE_CHECKING:
    from pathlib import Path

    from planctl.pipeline import Project
    from planctl.report.sheet import Sheet, Table

PLAN = """\
form: action-plan
id: digital
title: Цахим шилжилтийн {period} арга хэмжээний төлөвлөгөө
year: 2025
sections:
  - title: Удирдлагын чиглэлээр
    measures:
      - {id: a, text: Нэг, period: I-II, units: [legal]}
      - {id: b, text: Хоёр, period: I-IV, units: [legal, finance]}
  - title: Сангийн чиглэлээр
    measures:
      - {id: c, text: Гурав, period: I-IV, units: [finance]}
      - {id: d, text: Дөрөв, period: III-IV, units: [finance]}
"""
HALF = """\
actuals: digital
period: 2025-H1
items:
  a: {progress: Хийж байна, self: 50, superior: 50}
  b: {progress: Эхэлсэн ажил, self: 70, superior: 70}
  c: {progress: Бэлтгэл ажил, self: 30, superior: 30}
"""
YEAR = """\
actuals: digital
period: 2025
date: 2025-12-20
items:
  a: {progress: Хийсэн ажлын нэг, self: 90, superior: 70, reason: Баримт дутуу, evidence: [{url: "https://a.mn"}]}
  b: {progress: Хийсэн ажлын хоёр, self: 70, superior: 70, evidence: [{url: "https://b.mn"}]}
  c: {progress: Хийсэн ажлын гурав, self: 0, superior: 30, reason: Эхэлсэн}
  d: {progress: Хийсэн ажлын дөрөв, self: 100, superior: 100}
"""
COUNCIL = """\
form: resolutions
id: council
title: Тогтоолын хэрэгжилт
sections:
  - title: Хурлын тогтоол
    decisions:
      - {title: Нэгдүгээр, clauses: [{id: x, text: Нэг, units: [legal]}, {id: y, text: Хоёр, units: [legal]}]}
      - {title: Хоёрдугаар, kind: Захирамж, clauses: [{id: z, text: Гурав, units: [finance]}]}
"""
COUNCIL_YEAR = """\
actuals: council
period: 2025
items:
  x: {progress: Хийсэн тогтоол, self: 100}
  y: {}
  z: {state: not-due, reason: Дараа жил}
"""
FILES = {
    "plans/digital.yaml": PLAN,
    "plans/digital.2025-H1.yaml": HALF,
    "plans/digital.2025.yaml": YEAR,
    "plans/council.yaml": COUNCIL,
    "plans/council.2025.yaml": COUNCIL_YEAR,
}


def rows(table: Table) -> list[tuple[str, ...]]:
    """Return the texts of a table's rows in the order of its columns."""
    return [
        tuple(row.cells[column.key].text for column in table.columns if column.key in row.cells)
        for band in table.bands
        if isinstance(band, Group)
        for row in band.rows
    ]


def sheet(project: Project, name: str, period: str = "2025") -> Sheet | None:
    """Return one sheet of the action plan."""
    made = composed(project, scorecard(project, period, "digital"), wanted=[name])
    return made[0] if made else None


def office(project: Project, name: str, period: str = "2025", left_out: tuple[str, ...] = ()) -> Sheet | None:
    """Return one sheet over all plans."""
    account = account_of(project)
    cards = tuple(card for card in account.cards if str(card.period) == period)
    subject = of_office(account, cards[0].period, cards, left_out)
    made = tuple(subject.compose(project.portfolio, RunFacts(), [name]))
    return made[0] if made else None


def test_the_comparison_counts_levels_and_lists_every_difference_with_its_reason(tmp_path: Path) -> None:
    made = sheet(load(tmp_path, FILES), "comparison")

    assert made is not None
    levels, differences = made.tables
    assert rows(levels) == [
        ("100%", "1", "1", "0"),
        ("90%", "1", "-", "−1"),
        ("70%", "1", "2", "+1"),
        ("50%", "-", "-", "0"),
        ("30%", "-", "1", "+1"),
        ("0%", "1", "-", "−1"),
        ("Үнэлэгдсэн", "4", "4", "0"),
        ("Дундаж хувь", "65,0", "67,5", "+2,5"),
    ]
    assert rows(differences) == [
        ("1.1", "Нэг", "90%", "70%", "−20", "Баримт дутуу"),
        ("2.1", "Гурав", "0%", "30%", "+30", "Эхэлсэн"),
    ]
    assert made.remarks == ("Хоёр үнэлгээ 4 арга хэмжээнд байгаагаас 2 нь ижил, 1 нь буурсан, 1 нь өссөн.",)


def test_there_is_no_comparison_before_the_superior_body_has_begun(tmp_path: Path) -> None:
    project = load(tmp_path, FILES)

    assert composed(project, scorecard(project, "2025", "council"), wanted=["comparison"]) == ()


def test_the_trend_puts_the_scores_of_earlier_periods_beside_this_one(tmp_path: Path) -> None:
    made = sheet(load(tmp_path, FILES), "trend")

    assert made is not None
    (table,) = made.tables
    assert [(column.heading, column.over) for column in table.columns][2:4] == [
        ("2025 оны эхний хагас жил", "Өөрийн үнэлгээ"),
        ("2025 он", "Өөрийн үнэлгээ"),
    ]
    assert rows(table) == [
        ("1.1", "Нэг", "50%", "90%", "+40", "өссөн ↑"),
        ("1.2", "Хоёр", "70%", "70%", "0", "хэвээр →"),
        ("2.1", "Гурав", "30%", "0%", "−30", "буурсан ↓"),
        ("2.2", "Дөрөв", "", "100%", "", "шинэ"),
        ("", "Дундаж хувь, өөрийн үнэлгээ", "50,0", "65,0", "+15", "өссөн ↑"),
        ("", "Дундаж хувь, дээд шатны үнэлгээ", "50,0", "67,5", "+17,5", "өссөн ↑"),
    ]
    assert made.remarks == (
        "Өмнөх үе (2025 оны эхний хагас жил)-тэй харьцуулахад өссөн 1, хэвээр 1, буурсан 1, шинээр үнэлэгдсэн 1.",
    )


def test_there_is_no_trend_of_a_first_period(tmp_path: Path) -> None:
    assert sheet(load(tmp_path, FILES), "trend", "2025-H1") is None


def test_attention_lists_what_is_overdue_slow_and_unproven(tmp_path: Path) -> None:
    made = sheet(load(tmp_path, FILES), "attention")

    assert made is not None
    assert {table.title: rows(table) for table in made.tables} == {
        "Хугацаа хэтэрсэн": [
            ("1.1", "Нэг", "Хууль, эрх зүйн мэргэжилтэн", "2025-06-30", "184", "90%", "70%", "Баримт дутуу")
        ],
        "Удаашралтай": [("2.1", "Гурав", "Санхүүгийн алба", "2025-12-31", "0%", "30%", "Эхэлсэн")],
        "Нотлох баримтгүй үнэлсэн": [
            ("2.1", "Гурав", "Санхүүгийн алба", "0%", "30%"),
            ("2.2", "Дөрөв", "Санхүүгийн алба", "100%", "100%"),
        ],
    }
    assert made.remarks == (
        "Хугацаа хэтэрсэн: 1.",
        "Удаашралтай: 1.",
        "Нотлох баримтгүй үнэлсэн: 2.",
        "Хоногийг тайлант үеийн сүүлийн өдөр (2025-12-31) хүртэл тооцов.",
    )


def test_units_are_ranked_over_all_plans_and_shared_items_count_once_in_the_total(tmp_path: Path) -> None:
    made = office(load(tmp_path, FILES), "units")

    assert made is not None
    (table,) = made.tables
    assert rows(table) == [
        ("1", "Хууль, эрх зүйн мэргэжилтэн", "4", "1", "1", "1", "-", "-", "-", "-", "-", "-", "1", "86,7"),
        ("2", "Санхүүгийн алба", "4", "1", "-", "1", "-", "-", "1", "1", "-", "-", "-", "56,7"),
        ("", "Дүн", "7", "2", "1", "1", "-", "-", "1", "1", "-", "-", "1", "72,0"),
    ]
    assert made.stem == "office.2025.units"


def test_a_unit_that_the_settings_have_no_more_is_named_by_its_id(tmp_path: Path) -> None:
    project = load(tmp_path, FILES)
    settings = project.portfolio.settings.model_copy(update={"units": {}})

    without = replace(project, portfolio=replace(project.portfolio, settings=settings))

    ranks, silent = office(without, "units"), office(without, "unreported")
    assert ranks is not None
    assert silent is not None
    assert [row[1] for row in rows(ranks.tables[0])] == ["legal", "finance", "Дүн"]
    assert [row[0] for row in rows(silent.tables[1])] == ["legal"]


def test_units_of_the_same_mean_share_a_rank(tmp_path: Path) -> None:
    even = YEAR.replace("self: 70,", "self: 90,").replace("self: 0,", "self: 90,").replace("self: 100,", "self: 90,")
    made = office(load(tmp_path, {"plans/digital.yaml": PLAN, "plans/digital.2025.yaml": even}), "units")

    assert made is not None
    assert [(row[0], row[-1]) for row in rows(made.tables[0])] == [("1", "90,0"), ("1", "90,0"), ("", "90,0")]


def test_kinds_of_act_are_counted_as_acts_over_clauses(tmp_path: Path) -> None:
    made = office(load(tmp_path, FILES), "acts")

    assert made is not None
    (table,) = made.tables
    assert [column.heading for column in table.columns] == ["Үзүүлэлт", "Хурлын тогтоол", "Захирамж", "Нийт"]
    told = rows(table)
    assert [told[0], told[1], *told[-3:]] == [
        ("Шийдвэр, заалтын тоо", "1 / 2", "1 / 1", "2 / 3"),
        ("100%", "1", "-", "1"),
        ("Хугацаа болоогүй", "-", "1", "1"),
        ("Үнэлгээ ирээгүй", "1", "-", "1"),
        ("Дундаж хувь", "100,0", "-", "100,0"),
    ]


def test_who_has_not_reported_names_silent_plans_and_units_with_their_items(tmp_path: Path) -> None:
    earlier = COUNCIL_YEAR.replace("period: 2025", "period: 2024")
    made = office(load(tmp_path, {**FILES, "plans/council.2024.yaml": earlier}), "unreported", "2025-H1")

    assert made is not None
    plans, units = made.tables
    assert rows(plans) == [("Тогтоолын хэрэгжилт", "3", "3", "Тайлан огт ирээгүй")]
    assert rows(units) == [
        ("Хууль, эрх зүйн мэргэжилтэн", "2", "4", "council: 1, 2"),
        ("Санхүүгийн алба", "1", "4", "council: 3"),
    ]


def test_a_register_is_not_missed_before_its_first_report_nor_what_was_closed_before(tmp_path: Path) -> None:
    closed = COUNCIL_YEAR.replace("period: 2025", "period: 2024").replace(
        "{progress: Хийсэн тогтоол, self: 100}", "{progress: Хийв тогтоол, self: 100, state: closed, reason: Болсон}"
    )
    later = office(load(tmp_path / "later", FILES), "unreported", "2025-H1")
    after = office(load(tmp_path / "after", {**FILES, "plans/c.yaml": closed}), "unreported", "2025-H1")

    assert later is not None
    assert later.remarks == ("Бүх нэгж тайлангаа ирүүлсэн.",)
    assert after is not None
    assert rows(after.tables[1]) == [
        ("Санхүүгийн алба", "1", "4", "council: 3"),
        ("Хууль, эрх зүйн мэргэжилтэн", "1", "3", "council: 2"),
    ]


def test_an_item_that_begins_later_or_is_half_filled_in_is_not_held_against_anybody(tmp_path: Path) -> None:
    project = load(tmp_path, {name: text for name, text in FILES.items() if "council" not in name})
    made = office(project, "unreported", "2025-H1")

    assert made is not None
    assert (made.tables, made.remarks) == ((), ("Бүх нэгж тайлангаа ирүүлсэн.",))


def test_documents_that_were_left_out_are_named(tmp_path: Path) -> None:
    project = load(tmp_path, FILES)

    for name in OFFICE_REPORTS:
        made = office(project, name, left_out=("governor",))
        assert made is not None
        assert made.remarks[-1] == "Алдаатай тул ороогүй: governor."


def test_an_office_without_a_name_has_no_empty_line_over_its_sheets(tmp_path: Path) -> None:
    made = office(
        load(tmp_path, {**FILES, "planctl.yaml": "planctl: 1\nunits: {legal: {name: Х}, finance: {name: С}}\n"}),
        "units",
    )

    assert made is not None
    assert len(made.heading.title) == 1
    assert all(made.heading.title)


def test_the_plan_as_approved_stands_in_its_official_columns_without_a_period(tmp_path: Path) -> None:
    project = load(tmp_path, FILES)
    subject = of_plan(project.portfolio.plans["digital"])
    (made,) = subject.compose(project.portfolio, RunFacts(), ["plan"])

    assert (made.stem, made.heading.title, made.signatures) == (
        "digital.plan",
        ("Цахим шилжилтийн 2025 оны арга хэмжээний төлөвлөгөө",),
        (),
    )
    (table,) = made.tables
    assert [band.title for band in table.bands if isinstance(band, Section)] == [
        "1. Удирдлагын чиглэлээр",
        "2. Сангийн чиглэлээр",
    ]
    assert rows(table)[1] == (
        "2",
        "Хоёр",
        "I-IV улиралд",
        "",
        "",
        "",
        "Хууль, эрх зүйн мэргэжилтэн, Санхүүгийн алба",
    )


def test_a_register_of_decisions_has_no_sheet_of_its_own_as_approved(tmp_path: Path) -> None:
    project = load(tmp_path, FILES)
    subject = of_plan(project.portfolio.plans["council"])

    assert tuple(subject.compose(project.portfolio, RunFacts(), ["plan"])) == ()


def test_a_sheet_goes_by_the_name_it_has_in_its_register(tmp_path: Path) -> None:
    project = load(tmp_path, FILES)
    made = [*composed(project, scorecard(project, "2025", "digital"), wanted=SHEETS)]
    made += of_plan(project.portfolio.plans["digital"]).compose(project.portfolio, RunFacts(), SHEETS)
    made += [one for name in OFFICE_REPORTS if (one := office(project, name))]

    of_other_forms = {"years"}
    assert [one.name for one in made] == [
        name for name in (*PERIOD_REPORTS, *PLAN_REPORTS, *OFFICE_REPORTS) if name not in of_other_forms
    ]


@pytest.mark.parametrize(("number", "text"), [(20, "+20"), (-5, "−5"), (0, "0")])
def test_a_difference_has_its_sign(number: int, text: str) -> None:
    assert signed(number) == text
