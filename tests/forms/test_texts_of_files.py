"""Texts of files are read as pydantic's own constraints would read them."""

from __future__ import annotations

from typing import Annotated, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import StringConstraints, TypeAdapter, ValidationError

from planctl.forms.fields import CONTROLS, NO_ESCAPES, AnyText, Text
from planctl.source.document import SourceText
from planctl.source.hygiene import _CONTROLS
from planctl.source.reader import read

PATTERN = f"^[^{CONTROLS}]*$"
OF_PYDANTIC = StringConstraints(strip_whitespace=True, pattern=PATTERN)
FILLED = StringConstraints(strip_whitespace=True, min_length=1, pattern=PATTERN)
PAIRS = (
    (TypeAdapter[str](AnyText), TypeAdapter[str](Annotated[str, OF_PYDANTIC])),
    (TypeAdapter[str](Text), TypeAdapter[str](Annotated[str, FILLED])),
)
ODD = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x7f\x85\xa0\u1680\u180e\u2000\u200a\u200b\u2028\u202f\u205f\u3000\ufdd0\ufeff"
NO_TEXTS = (None, 1, ["а"], {"а": "б"}, b"\xff", "half a letter \ud800", "\x1fа", "а\x0b", "а\x0bб")


def read_by(adapter: TypeAdapter[str], value: Any, context: str | None = None) -> str | None:
    """Return the text, or None where it does not fit."""
    try:
        return adapter.validate_python(value, context=context)
    except ValidationError:
        return None


@given(st.text(st.sampled_from(f"аБa{ODD}")) | st.text())
@example(ODD)
def test_a_text_is_what_the_constraints_of_pydantic_make_of_it(text: str) -> None:
    for ours, theirs in PAIRS:
        assert read_by(ours, text) == read_by(theirs, text)


@pytest.mark.parametrize("value", NO_TEXTS)
def test_what_is_no_text_fits_neither_way(value: Any) -> None:
    for ours, theirs in PAIRS:
        assert read_by(ours, value) == read_by(theirs, value)


@given(st.text(st.sampled_from(f"aа:-'\"{{}},{ODD}")) | st.text())
def test_no_value_of_a_file_without_a_backslash_holds_what_the_context_lets_pass(text: str) -> None:
    document, _found = read(SourceText("plans/a.yaml", f"a: {text}\nb: |\n  {text}\n".replace("\\", "")))

    for value in document.data.values() if document else ():
        if isinstance(value, str):
            assert read_by(PAIRS[0][0], value, NO_ESCAPES) == read_by(PAIRS[0][1], value)


def test_the_reader_and_the_fields_know_the_same_control_characters() -> None:
    assert [sign for sign in map(chr, range(0x10000)) if read_by(PAIRS[0][0], f"а{sign}б") is None] == sorted(
        {*_CONTROLS, *map(chr, range(0xD800, 0xE000))}
    )
