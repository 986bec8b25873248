"""What goes into the next plan, what its new file says, and how a file that is there takes it in."""

from __future__ import annotations

from decimal import Decimal
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from examples import examples
from planctl.authoring.carry_over import NextPlan, begun, extended, undone
from planctl.source.document import SourceText
from planctl.source.reader import read
from projects import load, scorecard

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from planctl.scoring.scorecard import Scorecard

OLD, DONE, NEW = "plans/old.yaml", "plans/old.2025.yaml", "plans/new.yaml"
FIFTY = Decimal(50)

PLAN = """\
form: action-plan
id: old
title: Цахим жилийн арга хэмжээний төлөвлөгөө
year: 2025
rubric: mn-2020
numbering: running
notes: |
  Нэг.

  - хоёр
sections:
  - number: 1
    title: Удирдлага
    measures:
      - id: done
        text: Хийх
        period: I-IV
      - id: services   # a remark
        number: 1.2
        text: |
          Үйлчилгээг сайжруулах:
          - лавлагаа
        basis: "А/58: захирамж"
        period: I-IV
        budget:
          - {source: Орон нутгийн төсөв, amount: "1,5", unit: сая төгрөг}
        indicators:
          - id: people
            name: Иргэдийн тоо
            unit: хүн
            baseline: 012
            baseline_text: 12 иргэн
            target: 1000 гаруй
          - {id: rooms, name: Өрөөний тоо, target: 3}
        units: [legal, Санхүүгийн алба]
        weight: 2
        extra: {"Код": "7", "Хоосон": }
  - title: Боловсрол
    extra: {Салбар: Б}
    measures:
      - {id: training, text: Сургах, period: 2025-06-30, reported: true}
  - title: Соёл
    measures:
      - {id: theatre, text: Тоглох, period: I-IV}
"""
ACTUALS = """\
actuals: old
period: 2025
items:
  done: {progress: Хийв., self: 100}
  services: {progress: Хийв., self: 30, reached: {people: "450"}}
  training: {state: postponed, reason: Мөнгө хүрээгүй}
  theatre: {progress: Хийв., self: 90}
"""


def card_of(root: Path, plan: str = PLAN, actuals: str = ACTUALS, period: str = "2025") -> Scorecard:
    return scorecard(load(root, {OLD: plan, DONE: actuals}), period, "old")


def first(card: Scorecard, at_or_below: Decimal = FIFTY) -> NextPlan:
    return begun(card, undone(card, at_or_below), id_="new", at_or_below=at_or_below)


def errors(root: Path, files: dict[str, str]) -> list[tuple[str, str]]:
    return [(one.span.path, one.code) for one in load(root, files).findings if one.is_error]


# Which items


def one_section(entries: dict[str, str], *, measures: dict[str, str] | None = None) -> tuple[str, str]:
    """Return a plan with one measure for each entry, and its actuals of 2025; `measures` adds fields to them."""
    fields = measures or {}
    listed = "".join(f"      - {{id: {id_}, text: Хийх{fields.get(id_, '')}}}\n" for id_ in {**entries, **fields})
    head = "form: action-plan\nid: old\ntitle: Т\nyear: 2025\nrubric: mn-2020\nsections:\n  - title: Удирдлага\n"
    told = "".join(f"  {id_}: {{{entry}}}\n" for id_, entry in entries.items())
    return f"{head}    measures:\n{listed}", f"actuals: old\nperiod: 2025\nitems:\n{told}"


def stood(card: Scorecard, at_or_below: Decimal = FIFTY) -> list[tuple[str, object, object, object]]:
    return [(one.item.id, one.score, one.evaluation, one.state) for one in undone(card, at_or_below)]


def test_what_has_a_low_score_or_none_is_carried_and_what_is_done_or_taken_out_is_not(tmp_path: Path) -> None:
    plan, actuals = one_section(
        {
            "full": "self: 100",
            "above": "self: 70",
            "at": "self: 50",
            "nothing": "self: 0",
            "not-due": "state: not-due",
            "not-evaluated": "state: not-evaluated",
            "postponed": "state: postponed",
            "repealed": "state: repealed",
            "merged": "state: merged",
            "closed": "state: closed, self: 30",
        },
        measures={"silent": "", "outside": ", reported: false"},
    )

    assert stood(card_of(tmp_path, plan, actuals)) == [
        ("at", 50, "self", None),
        ("nothing", 0, "self", None),
        ("not-due", None, None, "not-due"),
        ("not-evaluated", None, None, "not-evaluated"),
        ("postponed", None, None, "postponed"),
        ("silent", None, None, None),
    ]


def test_the_superior_bodys_score_decides_where_there_is_one(tmp_path: Path) -> None:
    plan, actuals = one_section(
        {"raised": "self: 30, superior: 70", "lowered": "self: 90, superior: 30", "own": "self: 50"}
    )

    assert stood(card_of(tmp_path, plan, actuals)) == [("lowered", 30, "superior", None), ("own", 50, "self", None)]


def test_what_an_earlier_period_took_out_is_not_carried(tmp_path: Path) -> None:
    plan, actuals = one_section({"closed": "self: 30, state: closed", "open": "self: 30"})
    files = {
        OLD: plan,
        "plans/half.yaml": actuals.replace("2025", "2025-H1"),
        "plans/year.yaml": "actuals: old\nperiod: 2025\nitems:\n  open: {self: 30}\n",
    }

    assert [one[0] for one in stood(scorecard(load(tmp_path, files), "2025", "old"))] == ["open"]


@pytest.mark.parametrize(("level", "ids"), [("0", ["c"]), ("69.9", ["b", "c"]), ("100", ["a", "b", "c"])])
def test_the_level_itself_is_carried(tmp_path: Path, level: str, ids: list[str]) -> None:
    plan, actuals = one_section({"a": "self: 70", "b": "self: 50", "c": "self: 0"})

    assert [one[0] for one in stood(card_of(tmp_path, plan, actuals), Decimal(level))] == ids


# A new file


def test_a_new_plan_has_the_head_and_the_sections_of_the_old_one_with_what_is_carried(tmp_path: Path) -> None:
    made = first(card_of(tmp_path))

    assert [(one.item.id, id_) for one, id_ in made.moved] == [("services", "services"), ("training", "training")]
    assert (
        made.text
        == """\
# old 2025: хэрэгжиж дуусаагүй арга хэмжээг 2026 оны төлөвлөгөөнд шилжүүлэв.
# Үнэлгээ нь 50 хувь ба түүнээс доош, эсвэл үнэлгээгүй арга хэмжээ орсон.
# Дээд шатны байгууллага үнэлсэн бол түүний, үгүй бол өөрийн үнэлгээг авав.
# planctl carry-over old --period 2025 --to new --at-or-below 50
form: action-plan
id: new
title: Цахим жилийн арга хэмжээний төлөвлөгөө
year: 2026
rubric: mn-2020
numbering: running
notes: |
  Нэг.

  - хоёр

sections:
  - number: 1
    title: Удирдлага
    measures:
      - id: services
        text: |
          Үйлчилгээг сайжруулах:
          - лавлагаа
        basis: "А/58: захирамж"
        period: I-IV
        budget:
          - source: Орон нутгийн төсөв
            amount: 1,5
            unit: сая төгрөг
        indicators:
          - id: people
            name: Иргэдийн тоо
            unit: хүн
            baseline: 450
            target: 1000 гаруй
          - id: rooms
            name: Өрөөний тоо
            target: 3
        units: [legal, Санхүүгийн алба]
        weight: 2
        extra:
          Код: 7
          Хоосон:
        carried: {from: old#services, period: 2025, score: 30, times: 1, years_late: 1}

  - title: Боловсрол
    extra:
      Салбар: Б
    measures:
      # Хугацаа (2025-06-30) өнгөрсөн тул хасав: period талбарт шинэ хугацаа бичнэ.
      - id: training
        text: Сургах
        carried: {from: old#training, period: 2025, state: postponed, times: 1, years_late: 1}
"""
    )


def test_a_new_plan_passes_the_check_and_has_the_values_of_the_old_one(tmp_path: Path) -> None:
    card = card_of(tmp_path)
    made = first(card)

    project = load(tmp_path, {OLD: PLAN, DONE: ACTUALS, NEW: made.text})

    assert [one for one in project.findings if one.is_error] == []
    old, new = card.actuals.plan, project.portfolio.plans["new"]
    assert new.document.data == made.tree
    ignored = {"lineage", "loc", "indicators", "texts", "number", "begins", "deadline"}
    for item in new.items.values():
        assert kept(item, ignored) == kept(old.items[item.id], ignored)
        assert item.texts["measure"] == old.items[item.id].texts["measure"]
    assert new.items["services"].indicators[1] == old.items["services"].indicators[1]


def kept(item: Any, ignored: set[str]) -> dict[str, object]:
    return {name: getattr(item, name) for name in item.__slots__ if name not in ignored}


PERFORMANCE = """\
form: performance-plan
id: old
title: 2025 оны гүйцэтгэлийн төлөвлөгөө
year: 2025
reference: 2025 оны А/1
goals:
  - number: 1
    title: Нэгдүгээр зорилго
    objectives:
      - number: 1.1
        title: Зорилт нэг
        measures: [{id: a, text: Нэг}]
      - number: 1.2
        title: Зорилт хоёр
        measures: [{id: b, text: Хоёр}, {id: c, text: Гурав}]
  - number: 2
    title: Хоёрдугаар зорилго
    objectives:
      - number: 2.1
        title: Зорилт гурав
        measures: [{id: d, text: Дөрөв}]
skills:
  - {id: e, text: Тав}
"""


def performance(**scores: int) -> str:
    entries = "".join(f"  {id_}: {{self: {scores.get(id_, 100)}, progress: Хийв}}\n" for id_ in "abcde")
    return f"actuals: old\nperiod: 2025\nitems:\n{entries}"


def test_a_new_performance_plan_keeps_the_goals_and_objectives_that_hold_something(tmp_path: Path) -> None:
    made = first(card_of(tmp_path, PERFORMANCE, performance(c=40, e=0)))

    assert made.text.split("\n", 4)[4] == dedent("""\
        # 2025 он дурдагдсан тул шалгаж өөрчилнө: title, reference.
        form: performance-plan
        id: new
        title: 2025 оны гүйцэтгэлийн төлөвлөгөө
        year: 2026
        reference: 2025 оны А/1

        goals:
          - number: 1
            title: Нэгдүгээр зорилго
            objectives:
              - number: 1.2
                title: Зорилт хоёр
                measures:
                  - id: c
                    text: Гурав
                    carried: {from: old#c, period: 2025, score: 40, times: 1, years_late: 1}

        skills:
          - id: e
            text: Тав
            carried: {from: old#e, period: 2025, score: 0, times: 1, years_late: 1}
        """)


@pytest.mark.parametrize(("scores", "keys"), [({"e": 0}, {"goals": 0, "skills": 1}), ({"d": 0}, {"goals": 1})])
def test_of_the_lists_of_a_plan_only_the_needed_one_stays_when_it_is_empty(
    tmp_path: Path, scores: dict[str, int], keys: dict[str, int]
) -> None:
    made = first(card_of(tmp_path, PERFORMANCE, performance(**scores)))

    assert {key: len(value) for key, value in made.tree.items() if isinstance(value, list)} == keys
    assert errors(tmp_path, {OLD: PERFORMANCE, NEW: made.text}) == []


def measure(made: NextPlan) -> dict[str, Any]:
    found: dict[str, Any] = made.tree["sections"][0]["measures"][0]
    return found


@pytest.mark.parametrize(
    ("indicator", "reached", "expected"),
    [
        ("name: Тоо, baseline: 5, baseline_text: Тав, target: 9", "7", "name: Тоо, baseline: 7, target: 9"),
        ("name: Тоо, baseline_text: Тав, target: 9", "7", "name: Тоо, baseline: 7, target: 9"),
        ("name: Тоо, target: 9, unit: хүн", "7", "name: Тоо, baseline: 7, target: 9, unit: хүн"),
        ("name: Тоо", "7", "name: Тоо, baseline: 7"),
        ("id: x, name: Тоо, target: 9", "7", "id: x, name: Тоо, baseline: 7, target: 9"),
        ("id: x, name: Тоо, target: 9", "{x: 7}", "id: x, name: Тоо, baseline: 7, target: 9"),
        ("name: Тоо, baseline: 5, baseline_text: Тав", "''", "name: Тоо, baseline: 5, baseline_text: Тав"),
    ],
)
def test_a_reached_value_is_the_new_baseline(tmp_path: Path, indicator: str, reached: str, expected: str) -> None:
    plan, actuals = one_section(
        {"a": f"self: 30, reached: {reached}"}, measures={"a": f", indicators: [{{{indicator}}}]"}
    )

    made = first(card_of(tmp_path, plan, actuals))

    written = [dict(pair.split(": ") for pair in expected.split(", "))]
    assert [list(one.items()) for one in measure(made)["indicators"]] == [list(one.items()) for one in written]


@pytest.mark.parametrize(
    ("period", "stays"),
    [
        ("I-IV", True),
        ("Сар бүр", True),
        ("3-7 сар", True),
        ("2025-06-30", False),
        ("2025-03", False),
        ("2025-03-01 - 2025-06-30", False),
        ("2025-11-01 - 2026-02-01", True),
        ("2026-06-30", True),
    ],
)
def test_only_a_time_that_names_days_gone_by_is_left_out(tmp_path: Path, period: str, stays: bool) -> None:  # noqa: FBT001
    plan, actuals = one_section({"a": "self: 30"}, measures={"a": f", period: {period}"})

    made = first(card_of(tmp_path, plan, actuals))

    remark = f"      # Хугацаа ({period}) өнгөрсөн тул хасав: period талбарт шинэ хугацаа бичнэ.\n"
    assert (measure(made).get("period"), remark in made.text) == (period if stays else None, not stays)


def test_a_target_that_is_a_day_gone_by_stays_with_a_remark_that_asks_for_a_new_one(tmp_path: Path) -> None:
    plan, actuals = one_section(
        {"a": "self: 30", "b": "self: 30"},
        measures={
            "a": ", indicators: [{name: Өдөр, target: 2026-10-01}]",
            "b": ", indicators: [{name: Өдөр, target: 2025-10-01}]",
        },
    )

    made = first(card_of(tmp_path, plan, actuals))

    listed = made.text.split("    measures:\n")[1]
    assert (
        listed
        == """\
      - id: a
        text: Хийх
        indicators:
          - name: Өдөр
            target: 2026-10-01
        carried: {from: old#a, period: 2025, score: 30, times: 1, years_late: 1}

      # Хүрэх түвшинд заасан өдөр өнгөрсөн: target талбарт шинэ өдөр бичнэ.
      - id: b
        text: Хийх
        indicators:
          - name: Өдөр
            target: 2025-10-01
        carried: {from: old#b, period: 2025, score: 30, times: 1, years_late: 1}
"""
    )


# Lineage


@pytest.mark.parametrize(
    ("fields", "entry", "lineage"),
    [
        ("", "self: 30", {"score": "30", "times": "1", "years_late": "1"}),
        (", period: I-IV", "self: 30", {"score": "30", "times": "1", "years_late": "1"}),
        (", period: 2026-06-30", "self: 0", {"score": "0", "times": "1", "years_late": "0"}),
        (", period: 2027-06-30", "self: 0", {"score": "0", "times": "1", "years_late": "0"}),
        (", period: 2023-06-30", "self: 30", {"score": "30", "times": "1", "years_late": "3"}),
        (", period: I-IV", "state: not-due", {"state": "not-due", "times": "1", "years_late": "0"}),
        (
            ", carried: {from: past#a, period: 2024, times: 2, years_late: 1}",
            "self: 30",
            {"score": "30", "times": "3", "years_late": "2"},
        ),
        (
            ", period: 2026-06-30, carried: {from: past#a, period: 2024, years_late: 1}",
            "state: not-due",
            {"state": "not-due", "times": "2", "years_late": "2"},
        ),
        (
            ", period: I-IV, carried: {from: past#a, period: 2024}",
            "state: postponed",
            {"state": "postponed", "times": "2", "years_late": "1"},
        ),
    ],
)
def test_the_lineage_tells_how_it_stood_how_often_it_came_over_and_how_late_it_is(
    tmp_path: Path, fields: str, entry: str, lineage: dict[str, str]
) -> None:
    plan, actuals = one_section({"a": entry}, measures={"a": fields})

    made = first(card_of(tmp_path, plan, actuals))

    assert measure(made)["carried"] == {"from": "old#a", "period": "2025", **lineage}


def test_an_item_without_an_entry_has_neither_score_nor_state(tmp_path: Path) -> None:
    plan, actuals = one_section({"b": "self: 100"}, measures={"a": ""})

    made = first(card_of(tmp_path, plan, actuals))

    assert measure(made)["carried"] == {"from": "old#a", "period": "2025", "times": "1", "years_late": "1"}


# A plan that is there

NEXT = """\
form: action-plan  # the new year's
id: new
title: "Шинэ төлөвлөгөө"
year: 2026
rubric: mn-2020

sections:
  # first
  - number: 7
    title:   УДИРДЛАГА
    measures:
      - {id: own, text: Өөрийн, period: I-IV}

      # - {id: not-yet, text: Хожим}

  # second
  - title: 'Эрүүл мэнд'
    measures:
      - id: health
        text: Шинэ
        period:   I-IV

  # the end
"""
BRIEF = one_section({"a": "self: 30", "b": "self: 0"})


def taken(
    root: Path, text: str, plan: str = BRIEF[0], actuals: str = BRIEF[1], extra: dict[str, str] | None = None
) -> NextPlan:
    """Return a plan's file with what the old one left undone."""
    files = {OLD: plan, DONE: actuals, NEW: text, **(extra or {})}
    project = load(root, files)
    assert errors(root, files) == []
    card = scorecard(project, "2025", "old")
    return extended(card, undone(card, FIFTY), to=project.portfolio.plans["new"], text=text)


def test_a_plan_that_is_there_keeps_every_line_and_gets_the_items_at_the_end_of_their_sections(tmp_path: Path) -> None:
    made = taken(tmp_path, NEXT, PLAN, ACTUALS)

    assert made.text == (
        """\
form: action-plan  # the new year's
id: new
title: "Шинэ төлөвлөгөө"
year: 2026
rubric: mn-2020

sections:
  # first
  - number: 7
    title:   УДИРДЛАГА
    measures:
      - {id: own, text: Өөрийн, period: I-IV}

      - id: services
        text: |
          Үйлчилгээг сайжруулах:
          - лавлагаа
        basis: "А/58: захирамж"
        period: I-IV
        budget:
          - source: Орон нутгийн төсөв
            amount: 1,5
            unit: сая төгрөг
        indicators:
          - id: people
            name: Иргэдийн тоо
            unit: хүн
            baseline: 450
            target: 1000 гаруй
          - id: rooms
            name: Өрөөний тоо
            target: 3
        units: [legal, Санхүүгийн алба]
        weight: 2
        extra:
          Код: 7
          Хоосон:
        carried: {from: old#services, period: 2025, score: 30, times: 1, years_late: 1}

      # - {id: not-yet, text: Хожим}

  # second
  - title: 'Эрүүл мэнд'
    measures:
      - id: health
        text: Шинэ
        period:   I-IV

  - title: Өмнөх төлөвлөгөөнөөс шилжсэн арга хэмжээ
    measures:
      # Хугацаа (2025-06-30) өнгөрсөн тул хасав: period талбарт шинэ хугацаа бичнэ.
      - id: training
        text: Сургах
        carried: {from: old#training, period: 2025, state: postponed, times: 1, years_late: 1}

  # the end
"""
    )


def test_the_plan_with_the_items_passes_the_check_and_is_read_as_was_meant(tmp_path: Path) -> None:
    made = taken(tmp_path, NEXT, PLAN, ACTUALS)

    project = load(tmp_path, {OLD: PLAN, DONE: ACTUALS, NEW: made.text})

    assert [one for one in project.findings if one.is_error] == []
    assert project.portfolio.plans["new"].document.data == made.tree
    assert list(project.portfolio.plans["new"].items) == ["own", "services", "health", "training"]


def test_each_section_gets_its_own(tmp_path: Path) -> None:
    made = taken(tmp_path, NEXT, PLAN.replace("title: Боловсрол", 'title: "эрүүл  мэнд"'), ACTUALS)

    assert [[one["id"] for one in section["measures"]] for section in made.tree["sections"]] == [
        ["own", "services"],
        ["health", "training"],
    ]
    assert tree_of(made.text) == made.tree


def test_what_is_there_already_goes_in_no_second_time(tmp_path: Path) -> None:
    once = taken(tmp_path, NEXT)

    twice = taken(tmp_path, once.text)

    assert [one.item.id for one in twice.there] == ["a", "b"]
    assert (twice.moved, twice.text) == ((), once.text)


def test_an_item_that_was_moved_or_renamed_in_the_next_plan_is_known_by_its_lineage(tmp_path: Path) -> None:
    text = NEXT.replace("Өөрийн, period: I-IV}", "Өөрийн, carried: {from: old#a, period: 2025-H1}}")

    made = taken(tmp_path, text)

    assert ([one.item.id for one in made.there], [id_ for _one, id_ in made.moved]) == (["a"], ["b"])


def test_an_id_that_is_taken_gets_the_next_number(tmp_path: Path) -> None:
    long = "x" * 80
    plan, actuals = one_section({"own": "self: 0", "health": "self: 0", "own-2": "self: 0", long: "self: 0"})
    text = NEXT.replace("id: own, text: Өөрийн", f"id: own, text: Өөрийн, reported: false, extra: {{x: {long}}}")
    text = text.replace("id: not-yet", "id: x").replace(
        "      # - {id: x", f"      - {{id: {long}, text: Ү}}\n\n      # - {{id: x"
    )

    made = taken(tmp_path, text, plan, actuals)

    assert [id_ for _one, id_ in made.moved] == ["own-2", "health-2", "own-2-2", f"{'x' * 78}-2"]
    assert errors(tmp_path, {OLD: plan, DONE: actuals, NEW: made.text}) == []


HEAD = "form: action-plan\nid: new\ntitle: Т\nyear: 2026\n"
A_AND_B = """\
- id: a
  text: Хийх
  carried: {from: old#a, period: 2025, score: 30, times: 1, years_late: 1}

- id: b
  text: Хийх
  carried: {from: old#b, period: 2025, score: 0, times: 1, years_late: 1}
"""


def at_column(column: int) -> str:
    return "".join(f"{' ' * column}{line}\n" if line else "\n" for line in A_AND_B.rstrip("\n").split("\n"))


@pytest.mark.parametrize(
    ("sections", "expected"),
    [
        pytest.param(
            "sections:\n- title: Удирдлага\n  measures:\n  - id: z\n    text: Я\n",
            f"sections:\n- title: Удирдлага\n  measures:\n  - id: z\n    text: Я\n\n{at_column(2)}",
            id="dashes under their key",
        ),
        pytest.param(
            "sections:\n- measures:\n  - id: z\n    text: Я\n  title: Удирдлага\n",
            f"sections:\n- measures:\n  - id: z\n    text: Я\n\n{at_column(2)}  title: Удирдлага\n",
            id="keys behind the list",
        ),
        pytest.param(
            "sections:\n  - title: Удирдлага\n    measures:\n      - id: z\n        text: Я",
            f"sections:\n  - title: Удирдлага\n    measures:\n      - id: z\n        text: Я\n\n{at_column(6)}",
            id="no end of the last line",
        ),
        pytest.param(
            "sections:\n  - title: Удирдлага\n    measures:\n      - id: z\n        text: Я\n         \nnotes: Б\n",
            "sections:\n  - title: Удирдлага\n    measures:\n      - id: z\n        text: Я\n"
            f"\n{at_column(6)}         \nnotes: Б\n",
            id="blanks at the end",
        ),
        pytest.param(
            "sections:\n  - title: Удирдлага\n    measures: []  # none yet\nnotes: Б\n",
            f"sections:\n  - title: Удирдлага\n    measures:  # none yet\n{at_column(6)}notes: Б\n",
            id="an empty list",
        ),
        pytest.param(
            "sections:\n  - title: Удирдлага\n    measures: [ ]",
            f"sections:\n  - title: Удирдлага\n    measures:\n{at_column(6)}",
            id="an empty list at the end",
        ),
        pytest.param(
            "sections:\n  - title: Удирдлага\n    measures:\n      -\n        id: z\n        text: |\n          Я\n\n\n"
            "      # later\n\n# end\n",
            "sections:\n  - title: Удирдлага\n    measures:\n      -\n        id: z\n        text: |\n          Я\n"
            f"\n{at_column(6)}\n\n      # later\n\n# end\n",
            id="a text in lines at the end",
        ),
        pytest.param(
            'sections:\n  - title: "Удирдлага"\n    measures:\n      - id: z\n# - id: old\n        text: Я\n...\n',
            'sections:\n  - title: "Удирдлага"\n    measures:\n      - id: z\n# - id: old\n        text: Я\n'
            f"\n{at_column(6)}...\n",
            id="a remark within the list and the end of the document",
        ),
    ],
)
def test_the_items_stand_as_the_list_does(tmp_path: Path, sections: str, expected: str) -> None:
    made = taken(tmp_path, HEAD + sections)

    assert made.text == HEAD + expected
    assert tree_of(made.text) == made.tree


def tree_of(text: str) -> object:
    document, _findings = read(SourceText(NEW, text))
    assert document is not None
    return document.data


@pytest.mark.parametrize("last", ["\r\n", ""])
def test_the_ends_of_lines_stay_what_they_were(tmp_path: Path, last: str) -> None:
    plain = f"{HEAD}sections:\n  - title: Удирдлага\n    measures:\n      - id: z\n        text: Я\n"
    text = f"\ufeff{plain}".replace("\n", "\r\n").removesuffix("\r\n") + last
    project = load(tmp_path, {OLD: BRIEF[0], DONE: BRIEF[1], NEW: plain})
    card = scorecard(project, "2025", "old")

    made = extended(card, undone(card, FIFTY), to=project.portfolio.plans["new"], text=text)

    assert made.text == f"\ufeff{taken(tmp_path, plain).text}".replace("\n", "\r\n")


@pytest.mark.parametrize(
    "sections",
    [
        "sections:\n  - title: Удирдлага\n    measures: [{id: z, text: Я}]\n",
        "sections: [{title: Бусад, measures: []}]\n",
    ],
)
def test_a_list_in_brackets_goes_on_in_them(tmp_path: Path, sections: str) -> None:
    made = taken(tmp_path, HEAD + sections)

    assert made.text.startswith(HEAD + sections[:-3])
    assert made.text.count("\n") == (HEAD + sections).count("\n")
    assert tree_of(made.text) == made.tree


def test_the_section_of_the_homeless_is_made_once(tmp_path: Path) -> None:
    head, sections = NEXT.split("sections:\n")
    text = f"{head}sections:\n{sections.replace('УДИРДЛАГА', 'Бусад')}"
    once = taken(tmp_path, text, *one_section({"a": "self: 30"}))

    twice = taken(tmp_path, once.text, *one_section({"a": "self: 30", "b": "self: 0"}))

    shown = [(one["title"], [each["id"] for each in one["measures"]]) for one in twice.tree["sections"]]
    assert shown == [
        ("Бусад", ["own"]),
        ("Эрүүл мэнд", ["health"]),
        ("Өмнөх төлөвлөгөөнөөс шилжсэн арга хэмжээ", ["a", "b"]),
    ]
    assert tree_of(twice.text) == twice.tree


PERFORMANCE_NEXT = """\
form: performance-plan
id: new
title: Гүйцэтгэлийн төлөвлөгөө
year: 2026
goals:
  - number: 5
    title: Өөр зорилго
    objectives:
      - number: 1.1
        title: Зорилт хоёр
        measures:
          - id: other
            text: Өөр
      - number: 1.2
        title: зорилт  Хоёр
        measures:
          - id: own
            text: Өөрийн
"""


def test_measures_go_to_the_objective_of_the_same_number_and_title_or_to_a_new_goal(tmp_path: Path) -> None:
    made = taken(tmp_path, PERFORMANCE_NEXT, PERFORMANCE, performance(a=0, b=50, e=10))

    assert made.text == (
        PERFORMANCE_NEXT.replace(
            "            text: Өөрийн\n",
            """\
            text: Өөрийн

          - id: b
            text: Хоёр
            carried: {from: old#b, period: 2025, score: 50, times: 1, years_late: 1}
""",
        )
        + """
  - number: 6
    title: Өмнөх төлөвлөгөөнөөс шилжсэн арга хэмжээ
    objectives:
      - number: 6.1
        title: Өмнөх төлөвлөгөөнөөс шилжсэн арга хэмжээ
        measures:
          - id: a
            text: Нэг
            carried: {from: old#a, period: 2025, score: 0, times: 1, years_late: 1}

skills:
  - id: e
    text: Тав
    carried: {from: old#e, period: 2025, score: 10, times: 1, years_late: 1}
"""
    )
    assert tree_of(made.text) == made.tree
    assert errors(tmp_path, {OLD: PERFORMANCE, NEW: made.text}) == []


def test_skills_join_those_that_are_there(tmp_path: Path) -> None:
    text = f"{PERFORMANCE_NEXT}skills:\n  - {{id: own-skill, text: Ур}}\nnotes: Төгсгөл\n"

    made = taken(tmp_path, text, PERFORMANCE, performance(e=10))

    assert [one["id"] for one in made.tree["skills"]] == ["own-skill", "e"]
    assert tree_of(made.text) == made.tree


# Every text

AWKWARD = [
    "null",
    "~",
    "true",
    "012",
    "1.10",
    "- a",
    "a: b",
    "a #b",
    "#5",
    "'a'",
    '"',
    "[1]",
    "{a}",
    "*x",
    "&x",
    "!x",
    "%x",
    "@x",
    "`x`",
    "|",
    ">",
    "?",
    "=",
    "<<",
    "---",
    "...",
    "a\nb",
    "a\n\nb\n",
    "a\n\n\nb\n\n",
    "a \nb",
    " a\n  b",
    "a\n\tb",
    "a\n - b\n   - c",
    "#a\n#b",
    "---\n...",
    "а" * 5000,
    "аб вг " * 900,
    "a\u2028b",
    "a\x85b",
    "a\ufeffb",
    "a\\nb",
    "😀 «а» – б",
]


def quoted(text: str) -> str:
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\u2028": "\\L", "\x85": "\\N", "\ufeff": "\\uFEFF"}
    return '"' + "".join(escapes.get(letter, letter) for letter in text) + '"'


def both_ways(root: Path, text: str) -> Sequence[object]:
    """Return a text as it is read from a new file, and from one that took it in."""
    plan, actuals = one_section({"a": "self: 30"}, measures={"a": f", basis: {quoted(text)}, units: [{quoted(text)}]"})
    card = card_of(root, plan.replace("Удирдлага", quoted("У" + text)), actuals)
    items = undone(card, FIFTY)
    made = begun(card, items, id_="new", at_or_below=FIFTY)
    new = load(root, {NEW: f"{HEAD}sections:\n  - title: Бусад\n    measures:\n      - {{id: z, text: Я}}\n"})
    other = extended(card, items, to=new.portfolio.plans["new"], text=new.portfolio.plans["new"].document.text)
    told: list[Any] = []
    for one in (made, other):
        tree: Any = tree_of(one.text)
        assert tree == one.tree
        told += [tree["sections"][-1]["measures"][0]["basis"], *tree["sections"][-1]["measures"][0]["units"]]
    return told


@pytest.mark.parametrize("text", AWKWARD)
def test_an_awkward_text_is_what_it_was(tmp_path: Path, text: str) -> None:
    assert both_ways(tmp_path, text) == [text] * 4


@settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(
        st.one_of(
            st.sampled_from(" \n-#:|'\"\\"),
            st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cf", "Cn", "Co", "Mn", "Zl", "Zp"]),
        ),
        min_size=1,
    ).filter(str.strip)
)
def test_any_text_is_what_it_was(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    assert both_ways(tmp_path_factory.mktemp("project"), text) == [text] * 4
