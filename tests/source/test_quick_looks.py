"""A look that passes over most files finds every one that the closer look must see."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planctl.source.hygiene import _CONTROLS, _may_hold_controls


@given(st.text(), st.sampled_from([*_CONTROLS, "\n", "\t", "ө"]), st.text())
def test_no_control_character_is_passed_over(before: str, sign: str, after: str) -> None:
    text = before + sign + after

    assert _may_hold_controls(text.encode()) == any(control in text for control in _CONTROLS)


def test_each_control_character_is_seen_between_letters() -> None:
    assert [sign for sign in _CONTROLS if not _may_hold_controls(f"а{sign}б\n".encode())] == []
