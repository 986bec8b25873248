"""What is done in a quicker way gives the same as the plain one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planctl.checks import wording
from planctl.checks.narrative import _on_one_line

TEXTS = st.text(st.sampled_from("аБх Хx,.„…_\n\t\r\u00a0\u2003\x85X")) | st.text()


@given(TEXTS)
def test_a_text_on_one_line_has_single_spaces_and_nothing_around(text: str) -> None:
    assert _on_one_line(text) == " ".join(text.split())


@given(TEXTS)
def test_no_sign_of_a_blank_is_passed_over(text: str) -> None:
    assert wording._may_hold_blanks(text) == any(sign in text for sign in wording._SIGNS)
