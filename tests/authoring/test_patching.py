"""A file is changed where it has to be, and not a byte besides."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from textwrap import dedent
from time import process_time
from typing import TYPE_CHECKING, Any

import pytest

from planctl.authoring.patching import Change, Insert, Order, Remove, Rename, Set, patched
from planctl.authoring.written import Block, Row
from planctl.errors import PlanctlError
from planctl.forms import FORMS
from planctl.forms.actuals import actuals_model
from planctl.forms.shape import shape_of
from planctl.source.document import SourceText
from planctl.source.reader import read

if TYPE_CHECKING:
    from collections.abc import Callable

PLAN = """\
# Төлөвлөгөө
id: council
title: 'Хэрэгжилт'   # нэр
units: [legal, finance]

measures:
  # эхний
  - id: waste
    text: Хог
      хаягдал   # хоёр мөр
    period: I-IV
    # хогийн тухай

  # ----- хоёрдугаар хэсэг

  # замын
  - id: road
    text: |
      Зам засах
      - 1 км
  - id: light
    text:
  # төгсгөл
"""


def after(*changes: Change, text: str = PLAN) -> str:
    """Return the text with the changes made, which is proven to say what it has to."""
    return patched(text.encode(), changes, path="plans/council.yaml").decode()


def replaced(old: str, new: str, text: str = PLAN) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)


VALUES: dict[str, tuple[Change, str, str]] = {
    "a text keeps its quotation marks": (
        Set(("title",), "Тогтоол's"),
        "'Хэрэгжилт'",
        "'Тогтоол''s'",
    ),
    "a text on two lines": (Set(("measures", "waste", "text"), "Ус"), "Хог\n      хаягдал", "Ус"),
    "a text of several lines": (
        Set(("measures", "waste", "text"), "Хог\nУс\n"),
        "Хог\n      хаягдал   # хоёр мөр",
        "|   # хоёр мөр\n      Хог\n      Ус",
    ),
    "a block by one line": (Set(("measures", "road", "text"), "Зам"), "|\n      Зам засах\n      - 1 км", "Зам"),
    "a block by a block": (
        Set(("measures", "road", "text"), "а\n\nб"),
        "|\n      Зам засах\n      - 1 км",
        "|-\n      а\n\n      б",
    ),
    "what had no value": (Set(("measures", "light", "text"), "Гэрэл"), "text:\n", "text: Гэрэл\n"),
    "no value": (Set(("measures", "waste", "period"), None), "period: I-IV", "period:"),
    "a number": (Set(("measures", "waste", "period"), Decimal("90.50")), "I-IV", "90.5"),
    "a day": (Set(("measures", "waste", "period"), date(2025, 6, 30)), "I-IV", "2025-06-30"),
    "a flag": (Set(("measures", "waste", "period"), False), "I-IV", "false"),
    "a word that YAML takes for nothing": (Set(("measures", "waste", "period"), "null"), "I-IV", '"null"'),
    "a row": (Set(("units",), ["legal"]), "[legal, finance]", "[legal]"),
    "an entry of a row": (Set(("units", 1), "a, b"), "finance", '"a, b"'),
    "a mapping for a text": (Set(("title",), {"a": "b"}), ": 'Хэрэгжилт'   # нэр", ":   # нэр\n  a: b"),
    "a small mapping in a row": (Set(("title",), Row({"item": "a#b"})), "'Хэрэгжилт'", "{item: a#b}"),
    "a new key": (
        Set(("measures", "waste", "budget"), 120),
        "    period: I-IV\n",
        "    period: I-IV\n    budget: 120\n",
    ),
    "a new key behind another one": (
        Set(("measures", "waste", "budget"), 120, after="id"),
        "- id: waste\n",
        "- id: waste\n    budget: 120\n",
    ),
    "keys on the way": (Set(("extra", "нэр"), "а"), "# төгсгөл\n", "# төгсгөл\nextra:\n  нэр: а\n"),
    "a new entry of a row": (Insert(("units",), "roads"), "finance]", "finance, roads]"),
    "the first of a row": (Insert(("units",), "roads", before=0), "[legal", "[roads, legal"),
    "an entry of a row less": (Remove(("units", 0)), "legal, ", ""),
    "no entry left in a row": (Set(("units",), []), "[legal, finance]", "[]"),
    "a key less": (Remove(("measures", "waste", "period")), "    period: I-IV\n", ""),
    "the first key less": (Remove(("measures", "waste", "id")), "id: waste\n    text: Хог", "text: Хог"),
    "another key": (Rename(("title",), "нэр"), "title:", "нэр:"),
}


@pytest.mark.parametrize("way", VALUES)
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["unix", "windows", "mac"])
def test_only_what_is_changed_is_different(way: str, ending: str) -> None:
    change, old, new = VALUES[way]
    before = "\ufeff" + PLAN.replace("\n", ending)
    expected = "\ufeff" + replaced(old, new)

    assert after(change, text=before) == expected.replace("\n", ending)


def test_a_new_entry_stands_apart_where_the_others_do() -> None:
    airy = "measures:\n  - id: a\n\n  - id: b\n\n  - id: c\n"

    assert after(Insert(("measures",), {"id": "n", "text": "Шинэ"}, after="a"), text=airy) == airy.replace(
        "- id: b", "- id: n\n    text: Шинэ\n\n  - id: b"
    )


def test_entries_stand_before_behind_and_at_the_end() -> None:
    text = "a:\n- id: x\n  # of x\n# end\n"

    assert (
        after(
            Insert(("a",), {"id": "1"}, before="x"),
            Insert(("a",), {"id": "2"}, before="x"),
            Insert(("a",), {"id": "3"}, after="x"),
            Insert(("a",), {"id": "4"}, after="3"),
            Insert(("a",), {"id": "5"}),
            text=text,
        )
        == "a:\n- id: 1\n- id: 2\n- id: x\n  # of x\n- id: 3\n- id: 4\n- id: 5\n# end\n"
    )


def test_an_entry_goes_with_its_remarks_and_those_of_nobody_stay() -> None:
    gone = PLAN[PLAN.index("  # эхний") : PLAN.index("  # -----")]

    assert after(Remove(("measures", "waste"))) == PLAN.replace(gone, "")


def test_remarks_go_where_their_entries_go() -> None:
    waste = PLAN[PLAN.index("# эхний") : PLAN.index("\n\n  # -----")]
    road = PLAN[PLAN.index("# замын") : PLAN.index("\n  - id: light")]

    new = after(Order(("measures",), ("road", "waste", "light")))

    assert new == PLAN.replace(waste, "@").replace(road, waste).replace("@", road)


def test_the_last_entry_leaves_an_empty_list_and_the_remarks() -> None:
    text = "a:\n  - 1\n\n  # хоёр\n\n  - 2\n"

    assert after(Remove(("a", 0)), Remove(("a", 1)), text=text) == "a: []\n  # хоёр\n"


def test_an_empty_row_becomes_a_list_when_something_comes_in() -> None:
    text = "measures: []  # хоосон\nid: a\n"

    assert after(Insert(("measures",), {"id": "a", "text": "б\nв\n"}), text=text) == (
        "measures:  # хоосон\n  - id: a\n    text: |\n      б\n      в\nid: a\n"
    )


def test_a_block_comes_with_its_remarks_and_a_free_line() -> None:
    block = Block({"id": "n", "carried": Row({"from": "a#b", "times": 2})}, ("Өнгөрсөн оноос",))

    assert after(Insert(("a",), block), text="a:\n  - id: b\n") == (
        "a:\n  - id: b\n\n  # Өнгөрсөн оноос\n  - id: n\n    carried: {from: a#b, times: 2}\n"
    )


def test_keys_stand_where_the_form_has_them() -> None:
    shape = shape_of(actuals_model(FORMS["resolutions"].entry))
    text = "actuals: council\nperiod: 2023\nitems:\n  waste:\n    superior: 90\n"
    changes = [
        Set(("items", "waste", "self"), 70),
        Set(("items", "waste", "progress"), "Хийв."),
        Set(("items", "road", "self"), 100),
        Set(("items", "road", "progress"), "Засав."),
        Set(("date",), date(2023, 12, 25)),
    ]

    assert patched(text.encode(), changes, path="a.yaml", shape=shape).decode() == dedent("""\
        actuals: council
        period: 2023
        date: 2023-12-25
        items:
          waste:
            progress: Хийв.
            self: 70
            superior: 90
          road:
            progress: Засав.
            self: 100
        """)


WHOLE = {
    "": "a: б\n",
    "# тэмдэглэл": "# тэмдэглэл\na: б\n",
    "---\n": "---\na: б\n",
    "{}\n": "a: б\n",
    "{b: c}": "{b: c, a: б}",
}


@pytest.mark.parametrize("text", WHOLE)
def test_a_file_without_entries_gets_its_first(text: str) -> None:
    assert after(Set(("a",), "б"), text=text) == WHOLE[text]


def test_a_file_that_ends_in_the_middle_of_a_line_goes_on_with_a_new_one() -> None:
    assert after(Set(("b",), 1), text="a: |\n  х\n  у") == "a: |-\n  х\n  у\nb: 1\n"
    assert after(Set(("a",), 2), text="a: 1  # r") == "a: 2  # r"


def test_what_changes_nothing_leaves_the_very_bytes() -> None:
    content = b"a: '90'\r\nb: [ 1 ,2]\n"

    assert patched(content, [Set(("a",), 90), Set(("b",), ["1", 2]), Order(("b",), (0, 1))], path="a") is content


REFUSED: dict[str, tuple[str | bytes, Change, str]] = {
    "an anchor": ("a: &x 1\nb: *x\n", Set(("a",), 2), r"a\.yaml:1:4 has errors"),
    "a tab": ("a:\n\tb: 1\n", Set(("a",), 2), r"a\.yaml:2:1 has errors"),
    "two keys of one name": ("a: 1\na: 2\n", Set(("a",), 2), r"a\.yaml:2:1 has errors"),
    "another encoding": ("a: ө\n".encode("utf-16"), Set(("a",), 2), r"a\.yaml is not written in UTF-8"),
    "half a character": ("a: 1\n", Set(("a",), "\ud800"), r"a\.yaml:1:1: this cannot be changed by itself"),
    "an id that is not there": (
        "a:\n  - id: x\n",
        Remove(("a", "y")),
        r"a\.yaml:2:3: there is no “y” here",
    ),
    "an id that is there twice": (
        "a:\n- id: x\n- id: x\n",
        Remove(("a", "x")),
        r"a\.yaml:2:1: there is no “x” here, or",
    ),
    "a number that is not there": ("a: [1]\n", Set(("a", 1), "x"), r"a\.yaml:1:4: there is no “1” here"),
    "a key below a text": ("a: x\n", Set(("a", "b"), "x"), r"a\.yaml:1:4: there is no “b” here"),
    "a key that is there": ("a: x\nb: y\n", Rename(("a",), "b"), r"a\.yaml:1:4: “b” stands there already"),
    "a key that merges": ("a: x\n", Set(("<<",), "y"), r"a\.yaml:1:1: this cannot be changed by itself"),
    "a key behind a question mark": ("? a\n", Set(("a",), "y"), r"a\.yaml:\d:1: this cannot be changed by itself"),
}


@pytest.mark.parametrize("why", REFUSED)
def test_what_cannot_be_proven_is_refused_with_its_place(why: str) -> None:
    text, change, message = REFUSED[why]
    content = text if isinstance(text, bytes) else text.encode()

    with pytest.raises(PlanctlError, match=message):
        patched(content, [change], path="a.yaml")


def rows(count: int) -> str:
    return "measures:\n" + "".join(
        f"  # мөр {at}\n  - id: m{at}\n    text: Ажил {at}\n    period: I-IV\n    units: [legal]\n\n"
        for at in range(count)
    )


def taken(work: Callable[[], Any]) -> float:
    start = process_time()
    work()
    return process_time() - start


def test_ten_thousand_rows_are_changed_in_five_hundred_places_within_a_few_readings() -> None:
    text = rows(10_000)
    places = range(0, 10_000, 40)
    changes: list[Change] = [Set(("measures", f"m{at}", "text"), "Өөр") for at in places]
    changes += [Insert(("measures",), {"id": f"n{at}"}, after=f"m{at}") for at in places]

    reading = min(taken(lambda: read(SourceText("a.yaml", text))) for _time in range(2))
    changing = taken(lambda: patched(text.encode(), changes, path="a.yaml"))

    assert changing < 25 * reading
