"""What a value of a file means: the same thing however it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planctl.forms import FORMS
from planctl.forms.actuals import actuals_model
from planctl.forms.meaning import Meaning, meaning_of
from planctl.forms.measures import MeasureEntry
from planctl.forms.programme import Programme

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.mark.parametrize(
    ("path", "one", "other"),
    [
        (("mean",), "pooled", None),
        (("objectives", 0, "measures", 0, "reported"), "true", None),
        (("objectives", 0, "carries_out"), "vision#1", [{"item": "vision#1"}]),
        (("objectives", 0, "carries_out", 0), "vision#1", {"item": "vision#1"}),
        (("indicators", 0, "parts", 0, "direction"), "by_date", "by-date"),
        (("indicators", 0, "targets", "2024"), " 5", "5"),
        (("extra",), {}, None),
    ],
)
def test_two_ways_of_writing_one_thing_mean_the_same(path: tuple[str | int, ...], one: object, other: object) -> None:
    meaning = meaning_of(Programme)
    for step in path:
        meaning = meaning.below(step)

    assert meaning.of(one) == meaning.of(other)


def test_a_value_that_does_not_fit_means_what_is_written() -> None:
    entry = meaning_of(actuals_model(MeasureEntry)).below("items").below("training")

    assert (entry.below("self").of("ninety"), entry.below("reached").of({"a": "1", "b": None})) == (
        "ninety",
        {"a": "1"},
    )
    assert entry.below("nobody-knows").of("it") == "it"


def everything_below(meaning: Meaning, seen: frozenset[object]) -> Iterator[Meaning]:
    yield meaning
    for one in (*meaning.keys.values(), *((meaning.entries,) if meaning.entries else ())):
        if one.kind not in seen:
            yield from everything_below(one, seen | {meaning.kind})


@pytest.mark.parametrize("form", FORMS)
def test_whatever_stands_at_any_place_of_a_form_means_something(form: str) -> None:
    for model in (FORMS[form].plan, actuals_model(FORMS[form].entry)):
        for meaning in everything_below(meaning_of(model), frozenset()):
            assert meaning.of({"nobody-knows": "it"}) is not None
