"""What each kind of value takes, as text from a file."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from planctl.forms.actuals import Entry, State
from planctl.forms.fields import Date, DocumentId, Flag, ItemId, Score


def taken(kind: Any, text: str) -> object:
    return TypeAdapter(kind).validate_python(text)


def refusal(kind: Any, text: str) -> tuple[str, dict[str, Any]]:
    with pytest.raises(ValidationError) as refused:
        taken(kind, text)
    (fault,) = refused.value.errors()
    return fault["type"], fault.get("ctx", {})


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("100", "100"),
        ("100%", "100"),
        ("100 %", "100"),
        ("82,2", "82.2"),
        ("82.25%", "82.25"),
        ("0", "0"),
        (" 70 ", "70"),
    ],
)
def test_a_score_is_a_number_of_per_cent(text: str, score: str) -> None:
    assert taken(Score, text) == Decimal(score)


@pytest.mark.parametrize(
    "text", ["", "-5", "+5", "1_0", "1e2", "1000", "NaN", "Infinity", "70..", "70%%", "१०", "70 80", "70 хувь", "1e400"]
)
def test_nothing_else_is_a_score(text: str) -> None:
    assert refusal(Score, text) == ("not-a-score", {"text": text})


@pytest.mark.parametrize("text", ["2023-12-25", " 2024-02-29 "])
def test_a_date_is_year_month_and_day(text: str) -> None:
    assert str(taken(Date, text)) == text.strip()


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("2023-02-29", ("impossible-date", {"text": "2023-02-29"})),
        ("0000-01-01", ("impossible-date", {"text": "0000-01-01"})),
        ("2023.12.05", ("not-a-date", {"text": "2023.12.05", "suggestion": "2023-12-05"})),
        ("2023/1/5", ("not-a-date", {"text": "2023/1/5", "suggestion": "2023-01-05"})),
        ("2023-1-5", ("not-a-date", {"text": "2023-1-5", "suggestion": "2023-01-05"})),
        ("86400", ("not-a-date", {"text": "86400"})),
        ("2023-12-25T00:00", ("not-a-date", {"text": "2023-12-25T00:00"})),
        ("25.12.2023", ("not-a-date", {"text": "25.12.2023"})),
        ("маргааш", ("not-a-date", {"text": "маргааш"})),
    ],
)
def test_a_date_in_another_order_is_refused_with_the_right_one_where_it_can_be_known(
    text: str, refused: tuple[str, dict[str, str]]
) -> None:
    assert refusal(Date, text) == refused


def test_a_flag_is_true_or_false_and_nothing_else() -> None:
    assert (taken(Flag, "true"), taken(Flag, "false")) == (True, False)
    for text in ("True", "yes", "no", "1", "0", "on", "тийм", ""):
        assert refusal(Flag, text) == ("expected-flag", {"text": text})


@pytest.mark.parametrize("text", ["council", "2021_131", "012", "1.10", "Зөвлөл-2", "а" * 60])
def test_a_document_id_can_name_a_file(text: str) -> None:
    assert taken(DocumentId, text) == text


@pytest.mark.parametrize(
    "text", ["a/b", "a b", "a#b", ".a", "-a", "a.", "con", "CON", "nul.2023", "Com1", "a:b", "a\\b", "а" * 61, "«а»"]
)
def test_what_no_file_can_be_called_is_no_document_id(text: str) -> None:
    assert refusal(DocumentId, text) == ("bad-document-id", {"text": text})


@pytest.mark.parametrize("text", ["waste-1", "7/30", "1.10", "012", "3.1.2)", "ө" * 80])
def test_an_item_id_takes_all_but_spaces_and_the_sign_of_addresses(text: str) -> None:
    assert taken(ItemId, text) == text


@pytest.mark.parametrize("text", ["waste 1", "a#1", "a\u00a0b", "a" * 81])
def test_an_item_id_takes_no_spaces_and_no_sign_of_addresses(text: str) -> None:
    assert refusal(ItemId, text) == ("bad-item-id", {"text": text})


@pytest.mark.parametrize("text", ["not-due", "not_due", " not-due "])
def test_a_state_may_be_written_with_an_underscore(text: str) -> None:
    assert Entry.model_validate({"state": text}).state is State.NOT_DUE


def test_only_a_closed_item_may_have_a_score_and_three_states_are_for_good() -> None:
    assert [state.value for state in State if not state.forbids_score] == ["closed"]
    assert [state.value for state in State if state.is_final] == ["repealed", "merged", "closed"]


@pytest.mark.parametrize(
    ("data", "empty"),
    [
        (None, True),
        ({}, True),
        ({"progress": None, "self": None, "extra": {}}, True),
        ({"self": "0"}, False),
        ({"reason": "Тодруулж байна"}, False),
        ({"extra": {"budget": "0"}}, False),
    ],
)
def test_an_entry_in_which_nothing_is_filled_in_is_empty(data: object, empty: bool) -> None:  # noqa: FBT001
    assert Entry.model_validate(data).is_empty is empty
