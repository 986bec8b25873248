"""A file comes to say what another account of it says, and only what means something else is touched."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, reject, settings

from examples import examples
from hands import QUIET, keys, readable, trees, written
from planctl.authoring.merging import merged, same
from planctl.authoring.patching import Insert, Order, Remove, Set, patched
from planctl.source.document import SourceText
from planctl.source.reader import read

PLAN: dict[str, Any] = {
    "id": "digital",
    "year": "2025",
    "sections": [
        {
            "title": "Удирдлага",
            "measures": [{"id": "a", "text": "Ажил", "units": ["legal"]}, {"id": "b", "text": "Хоёр"}],
        },
        {"title": "Санхүү", "measures": [{"id": "c", "text": "Гурав"}]},
    ],
}


def test_an_update_sets_what_differs_puts_in_what_is_new_and_keeps_the_rest() -> None:
    new: dict[str, Any] = {
        "year": 2025,
        "sections": [
            {"title": "Удирдлага", "measures": [{"id": "b", "text": "Хоёр дахь"}, {"id": "n", "text": "Шинэ"}]},
            {"title": "Санхүү", "measures": [{"id": "c", "text": " Гурав\n", "budget": 5, "period": ""}]},
        ],
    }

    assert merged(PLAN, new) == (
        Set(("sections", 0, "measures", "b", "text"), "Хоёр дахь"),
        Insert(("sections", 0, "measures"), {"id": "n", "text": "Шинэ"}, after="b"),
        Set(("sections", 1, "measures", "c", "budget"), 5),
    )


def test_to_replace_also_takes_out_and_reorders() -> None:
    new: dict[str, Any] = {
        "id": "digital",
        "sections": [
            {"title": "Санхүү", "measures": [{"id": "c", "text": "Гурав"}]},
            {"title": "Удирдлага", "measures": [{"id": "b", "text": "Хоёр"}]},
        ],
    }

    assert merged(PLAN, new, mode="replace") == (
        Order(("sections",), (1, 0)),
        Remove(("sections", 0, "measures", "a")),
        Remove(("year",)),
    )


def test_entries_without_an_id_are_found_by_text_by_the_ids_below_and_by_place() -> None:
    old = {"s": [{"title": "А"}, {"title": "Б", "m": [{"id": "x"}]}, {"title": "В"}, {"title": "Г"}]}
    new: dict[str, Any] = {
        "s": [{"title": "А "}, {"title": "Бб", "m": [{"id": "x"}]}, {"title": "Вв"}, {"title": "Г", "n": "1"}]
    }

    assert merged(old, new, mode="replace") == (
        Set(("s", 1, "title"), "Бб"),
        Set(("s", 2, "title"), "Вв"),
        Set(("s", 3, "n"), "1"),
    )


def test_several_new_entries_stand_in_their_order() -> None:
    new = {"m": [{"t": "1"}, {"id": "n"}, {"id": "a"}, {"t": "2"}, {"t": "3"}]}
    text = "m:\n  - id: a\n  - id: b\n"

    changes = merged({"m": [{"id": "a"}, {"id": "b"}]}, new)

    assert patched(text.encode(), changes, path="a").decode() == (
        "m:\n  - t: 1\n  - id: n\n  - id: a\n  - t: 2\n  - t: 3\n  - id: b\n"
    )


def test_two_ids_are_two_things_even_at_one_place() -> None:
    assert merged({"m": [{"id": "a", "text": "х"}]}, {"m": [{"id": "b", "text": "х"}]}, mode="replace") == (
        Insert(("m",), {"id": "b", "text": "х"}, before="a"),
        Remove(("m", "a")),
    )


def test_what_is_emptied_is_emptied() -> None:
    old = {"a": "х", "b": ["х"], "c": [{"id": "x"}]}

    assert merged(old, {"a": "", "b": [], "c": [], "d": None}) == (Set(("a",), None), Set(("b",), []))


SAME: list[tuple[Any, Any]] = [
    ("90", "90.0"),
    ("90", Decimal("90.00")),
    ("82,2", Decimal("82.2")),
    ("1 200 000", 1_200_000),
    ("2025-06-03", "2025.6.3"),
    ("2025-06-03", date(2025, 6, 3)),
    ("true", True),
    (None, ""),
    (None, []),
    ("Ажил\nхийв.  Дараа\u00a0нь", "Ажил хийв. Дараа нь\n"),
    ("- нэг\n  хоёр\n- гурав", "- нэг хоёр\n\n- гурав"),
    ("e\u0308", "\u00eb"),
    (["legal"], "legal"),
    ({"item": "a#b", "fingerprint": "1234"}, "a#b"),
    ({"a": ["1.0"]}, {"a": [1]}),
]
DIFFERENT: list[tuple[Any, Any]] = [
    ("90", "90%"),
    ("90", "900"),
    ("012", "12"),
    ("нэг хоёр", "нэг, хоёр"),
    ("- нэг\n- хоёр", "- нэг - хоёр"),
    ("1. нэг\n2. хоёр", "1. нэг 2. хоёр"),
    ("Ажил", "ажил"),
    (["a", "b"], ["b", "a"]),
    ("x", None),
    ({"a": "1"}, {"a": "1", "b": "2"}),
]


@pytest.mark.parametrize(("old", "new"), SAME)
def test_what_means_the_same_is_the_same(old: Any, new: Any) -> None:
    assert same(old, new)


@pytest.mark.parametrize(("old", "new"), DIFFERENT)
def test_what_means_something_else_is_not(old: Any, new: Any) -> None:
    assert not same(old, new)


@pytest.mark.parametrize("loc", [("number",), ("measures", 0, "id"), ("extra", "Код")])
def test_clause_one_ten_is_not_clause_one_one(loc: tuple[str | int, ...]) -> None:
    assert not same("1.10", "1.1", loc=loc)
    assert same("1.10", "1.1", loc=("target",))


@settings(QUIET, max_examples=examples(100))
@given(text=written(), new=trees)
def test_a_file_says_afterwards_what_it_was_to_say(text: str, new: dict[str, Any]) -> None:
    document = readable(text)
    if document is None or "<<" in str(new) or "? " in text:
        reject()

    content = patched(document.text.encode(), merged(document.data, new, mode="replace"), path="a.yaml")

    again, _findings = read(SourceText("a.yaml", content.decode()))
    assert again is not None
    assert merged(again.data, new, mode="replace") == ()


@settings(QUIET, max_examples=examples(100))
@given(text=written(), key=keys, new=trees)
def test_an_update_is_done_once(text: str, key: str, new: dict[str, Any]) -> None:
    document = readable(text)
    if document is None or "<<" in f"{key}{new}" or "? " in text:
        reject()

    content = patched(document.text.encode(), merged(document.data, {key: new}), path="a.yaml")

    again, _findings = read(SourceText("a.yaml", content.decode()))
    assert again is not None
    assert {one: value for one, value in again.data.items() if one != key} == {
        one: value for one, value in document.data.items() if one != key
    }
    assert merged(again.data, {key: new}) == ()
