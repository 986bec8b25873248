"""The summary sheet: what it counts, says and remarks, for the official nine clauses and for everything beside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from planctl.facts import RunFacts
from planctl.report.sheet import Group, Heading, LevelShare, Share, Signature, StateShare, Table, Tally
from projects import ACTUALS, PLAN, SETTINGS, actuals, composed, load, register, scorecard

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from planctl.report.sheet import Sheet

SUMMARY = "2023 оны жилийн эцсийн Тогтоолын хэрэгжилтийн товчоо"

LEVELS = (
    ("Үр дүнтэй", "2E7D32", (100,)),
    ("Тодорхой үр дүнд хүрсэн", "9CCC65", (90, 70)),
    ("Эрчимжүүлэх шаардлагатай", "FFCA28", (50, 30)),
    ("Үр дүнгүй", "E53935", (0,)),
)


def levels(counts: Mapping[int, int]) -> tuple[LevelShare, ...]:
    return tuple(
        LevelShare(
            name,
            colour,
            tuple(
                Share(f"{value}%", Decimal(value), counts.get(value, 0), str(counts.get(value) or "-"))
                for value in values
            ),
        )
        for name, colour, values in LEVELS
    )


NINE_CLAUSES = Tally(
    column="self",
    title=SUMMARY,
    total_label="Хэрэгжилт гаргах нийт арга хэмжээний тоо",
    total=9,
    of_which="Үүнээс",
    levels=levels({100: 6, 70: 2, 0: 1}),
    states=(),
    closing=f"{SUMMARY} 82,2 хувьтай байна.",
    mean=Decimal("82.2"),
    mean_text="82,2",
    decimals=1,
    points=Decimal(740),
    scored=9,
)


def sheets(root: Path, entries: Mapping[str, str], *, plan: str = "", settings: str = SETTINGS) -> dict[str, Sheet]:
    """Return the sheets of one register in 2023 by name, its entries written as in `projects.actuals`."""
    project = load(root, {"planctl.yaml": settings, PLAN: plan or register(entries), ACTUALS: actuals(entries)})
    return {sheet.name: sheet for sheet in composed(project, scorecard(project))}


def both(scores: Sequence[int]) -> dict[str, str]:
    return {f"c{at}": f"progress: Хийв, self: {score}, superior: {score}" for at, score in enumerate(scores, 1)}


def rows_of(table: Table) -> list[list[str]]:
    """Return the texts of a breakdown, its headings first."""
    rows = [row for band in table.bands if isinstance(band, Group) for row in band.rows]
    return [
        [column.heading for column in table.columns],
        *([row[column.key].text for column in table.columns] for row in rows),
    ]


def test_the_nine_clauses_give_the_official_summary_twice(tmp_path: Path) -> None:
    made = sheets(tmp_path, both([100] * 6 + [70, 70, 0]))

    own, superior = made["summary-self"], made["summary-superior"]
    assert (own.tally, superior.tally) == (NINE_CLAUSES, replace(NINE_CLAUSES, column="superior"))
    assert (own.heading, superior.heading) == (
        Heading((SUMMARY,), "____ оны ___ дугаар сарын ___", "Залаа", "(Өөрийн үнэлгээ)"),
        Heading((SUMMARY,), "____ оны ___ дугаар сарын ___", "Залаа", "(Дээд шатны байгууллагын үнэлгээ)"),
    )
    for sheet in (own, superior):
        assert (sheet.remarks, sheet.annexes, sheet.end_mark) == ((), (), "_____ оОо _____")
        assert (sheet.template, sheet.organisation) == ("summary", "Залаа сумын Засаг даргын Тамгын газар")
    assert (own.stem, superior.stem) == ("council.2023.summary-self", "council.2023.summary-superior")


def test_states_have_rows_only_where_there_are_any_and_the_remark_says_what_the_mean_is_of(tmp_path: Path) -> None:
    entries = {
        **both([100, 90]),
        "n1": "state: not-due",
        "n2": "state: not-due",
        "e": "state: not-evaluated",
        "p": "state: postponed",
    }

    summary = sheets(tmp_path, entries)["summary-self"]

    assert summary.tally is not None
    assert (summary.tally.total, summary.tally.states) == (
        6,
        (
            StateShare("not_due", "Хугацаа болоогүй", 2, "2"),
            StateShare("not_evaluated", "Үнэлээгүй", 1, "1"),
            StateShare("excluded", "Хасагдсан", 1, "1"),
        ),
    )
    assert summary.remarks == (
        "Дундаж: 190 / 2 = 95,0. Нийт 6 арга хэмжээний 2 нь үнэлэгдсэн бөгөөд дунджийг эдгээрээр тооцов.",
    )
    assert summary.heading.draft == ""


def test_what_is_missing_makes_a_draft_and_is_never_taken_for_zero(tmp_path: Path) -> None:
    made = sheets(
        tmp_path,
        {
            "a": "progress: Хийв, self: 100, superior: 90, reason: Дутуу",
            "b": "progress: Хийв, self: 50",
            "c": "self: 0",
        },
    )

    own, superior = made["summary-self"], made["summary-superior"]
    assert (own.heading.draft, superior.heading.draft, made["table"].heading.draft) == ("", "ТӨСӨЛ", "ТӨСӨЛ")
    assert superior.tally is not None
    assert superior.tally.states == (StateShare("missing", "Үнэлгээ ирээгүй", 2, "2"),)
    assert superior.tally.closing == f"{SUMMARY} 90,0 хувьтай байна."
    assert superior.remarks == (
        "Дундаж: 90 / 1 = 90,0. Нийт 3 арга хэмжээний 1 нь үнэлэгдсэн бөгөөд дунджийг эдгээрээр тооцов.",
        "Үнэлгээ ирээгүй 2 арга хэмжээг тэг гэж тооцоогүй. Бүрэн ирэх хүртэл энэ товчоо төсөл болно.",
    )
    assert own.remarks == ()


def test_a_remark_writes_numbers_with_a_comma(tmp_path: Path) -> None:
    rubric = """\
        rubric: mn-2020
        title: {mn: Манай, en: Ours}
        versions:
          - source: Тогтоол
            levels:
              - {name: {mn: Дунд, en: Middle}, values: ["82,5"], colour: "#FFCA28"}
        """
    entries = {"a": "self: 82.5", "b": "state: not-due"}
    project = load(tmp_path, {"rubrics/r.yaml": rubric, PLAN: register(entries), ACTUALS: actuals(entries)})

    _table, summary = composed(project, scorecard(project))

    assert summary.tally is not None
    assert [share.percent for level in summary.tally.levels for share in level.shares] == ["82,5%"]
    assert summary.remarks[0].startswith("Дундаж: 82,5 / 1 = 82,5. ")


def test_where_nothing_is_scored_the_closing_sentence_says_so(tmp_path: Path) -> None:
    made = sheets(tmp_path, {"a": "state: not-due", "b": ""})

    assert list(made) == ["table", "summary-self"]
    tally = made["summary-self"].tally
    assert tally is not None
    assert (tally.closing, tally.mean, tally.mean_text) == (f"{SUMMARY}: үнэлгээ хийгдээгүй байна.", None, "")
    assert made["summary-self"].remarks == (
        "Үнэлгээ ирээгүй 1 арга хэмжээг тэг гэж тооцоогүй. Бүрэн ирэх хүртэл энэ товчоо төсөл болно.",
    )


@pytest.mark.parametrize(("decimals", "mean"), [(0, "82"), (1, "82,2"), (2, "82,22")])
def test_the_mean_has_the_decimals_of_the_plan(decimals: int, mean: str, tmp_path: Path) -> None:
    entries = both([100] * 6 + [70, 70, 0])

    tally = sheets(tmp_path, entries, plan=f"rounding: {decimals}\n{register(entries)}")["summary-self"].tally

    assert tally is not None
    assert (tally.mean_text, tally.decimals, tally.closing) == (mean, decimals, f"{SUMMARY} {mean} хувьтай байна.")


# Subtotals


PARTS = """\
form: resolutions
id: council
title: Тогтоолын хэрэгжилт
sections:
  - title: Хурлын тогтоол
    decisions:
      - title: Зам засах тухай
        clauses:
          - {id: a, text: Засах, units: [legal, finance]}
          - {id: b, text: Тайлагнах, units: [finance]}
  - title: Тэргүүлэгчдийн тогтоол
    decisions:
      - title: Хог хаягдлын тухай
        clauses:
          - {id: c, text: Цэвэрлэх}
          - {id: d, text: Хүргэх, units: [uvs]}
"""
UNITS = SETTINGS + "  uvs:\n    name: Өвс тэжээлийн алба\n"
GIVEN = {"a": "self: 100", "b": "self: 50", "c": "self: 0", "d": "state: not-due"}


def test_annexes_count_sections_in_their_order_and_units_by_the_alphabet(tmp_path: Path) -> None:
    sections, units = sheets(tmp_path, GIVEN, plan=PARTS, settings=UNITS)["summary-self"].annexes

    heads = ["Нийт", "100%", "90%", "70%", "50%", "30%", "0%", "Хугацаа болоогүй", "Дундаж хувь"]
    assert (sections.title, sections.numbered) == ("Бүлгээр", False)
    assert rows_of(sections) == [
        ["Бүлэг", *heads],
        ["Хурлын тогтоол", "2", "1", "-", "-", "1", "-", "-", "-", "75,0"],
        ["Тэргүүлэгчдийн тогтоол", "2", "-", "-", "-", "-", "-", "1", "1", "0,0"],
        ["Нийт", "4", "1", "-", "-", "1", "-", "1", "1", "50,0"],
    ]
    assert units.title == ("Хариуцагчаар (хэд хэдэн нэгж хариуцсан нь нэгж бүрд орсон, нийт дүнд нэг удаа тоологдсон)")
    assert rows_of(units) == [
        ["Хариуцагч", *heads],
        ["Өвс тэжээлийн алба", "1", "-", "-", "-", "-", "-", "-", "1", "-"],
        ["Санхүүгийн алба", "2", "1", "-", "-", "1", "-", "-", "-", "75,0"],
        ["Хууль, эрх зүйн мэргэжилтэн", "1", "1", "-", "-", "-", "-", "-", "-", "100,0"],
        ["Хариуцагч заагаагүй", "1", "-", "-", "-", "-", "-", "1", "-", "0,0"],
        ["Нийт", "4", "1", "-", "-", "1", "-", "1", "1", "50,0"],
    ]


def test_there_is_no_annex_where_it_would_only_repeat_the_total_or_the_plan_wants_none(tmp_path: Path) -> None:
    one_of_each = register(["a", "b"], units={"a": ["legal"], "b": ["legal"]})

    alone = sheets(tmp_path / "1", {"a": "self: 100", "b": "self: 0"}, plan=one_of_each)
    unwanted = sheets(tmp_path / "2", GIVEN, plan=f"subtotals: false\n{PARTS}", settings=UNITS)

    assert (alone["summary-self"].annexes, unwanted["summary-self"].annexes) == ((), ())


def test_the_note_on_shared_items_stands_only_where_an_item_is_shared(tmp_path: Path) -> None:
    plan = register(["a", "b"], units={"a": ["legal"], "b": ["finance"]})

    (units,) = sheets(tmp_path, {"a": "self: 100", "b": "self: 0"}, plan=plan)["summary-self"].annexes

    assert units.title == "Хариуцагчаар"


# The head


def test_the_date_is_that_of_the_actuals_unless_the_run_names_another(tmp_path: Path) -> None:
    project = load(tmp_path, {PLAN: register(["a"]), ACTUALS: "date: 2023-12-25\n" + actuals({"a": "self: 0"})})
    card = scorecard(project)

    dates = [
        {sheet.heading.date for sheet in composed(project, card, facts)}
        for facts in (RunFacts(), RunFacts(as_of=date(2024, 1, 4)))
    ]

    assert dates == [{"2023 оны 12 дугаар сарын 25"}, {"2024 оны 01 дүгээр сарын 04"}]


def test_the_signatures_are_those_of_the_actuals(tmp_path: Path) -> None:
    signed = """\
signatories:
  - {caption: Хянасан, post: Дарга, name: Б.Энх}
  - {caption: Гаргасан, post: Мэргэжилтэн, name: Ц.Оюун}
"""
    project = load(tmp_path, {PLAN: register(["a"]), ACTUALS: signed + actuals({"a": "self: 0"})})

    made = [sheet.signatures for sheet in composed(project, scorecard(project))]

    assert made == [(Signature("Хянасан", "Дарга", "Б.Энх"), Signature("Гаргасан", "Мэргэжилтэн", "Ц.Оюун"))] * 2
