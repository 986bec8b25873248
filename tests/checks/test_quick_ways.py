"""What is done in a quicker way gives the same as the plain one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chains import CHAIN, NATIONAL, PROVINCE
from planctl.checks import CHAIN_CHECKS, wording
from planctl.checks.narrative import _on_one_line
from projects import ACTUALS, ONE_CLAUSE, ONE_ENTRY, PLAN, Files, load

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = st.text(st.sampled_from("аБх Хx,.„…_\n\t\r\u00a0\u2003\x85X")) | st.text()


@given(TEXTS)
def test_a_text_on_one_line_has_single_spaces_and_nothing_around(text: str) -> None:
    assert _on_one_line(text) == " ".join(text.split())


@given(TEXTS)
def test_no_sign_of_a_blank_is_passed_over(text: str) -> None:
    assert wording._may_hold_blanks(text) == any(sign in text for sign in wording._SIGNS)


@given(st.text(st.sampled_from("20хХxX.,„…_ ( \nа")))
def test_where_no_sign_of_a_blank_stands_there_is_no_blank(text: str) -> None:
    assert wording._may_hold_blanks(text) or wording._BLANK.search(text) is None


ALONE = {PLAN: ONE_CLAUSE, ACTUALS: ONE_ENTRY}
INDICATOR = "        indicators:\n          - {{name: Нээсэн цэг, unit: цэг, baseline: 4, target: 9{}}}\n"


@pytest.mark.parametrize(
    ("files", "is_linked"),
    [
        (ALONE, False),
        ({NATIONAL: CHAIN[NATIONAL]}, False),
        ({PROVINCE: CHAIN[PROVINCE].replace("        carries_out: national#points\n", "")}, True),
        ({PROVINCE: CHAIN[PROVINCE].replace("above: national\n", "")}, True),
        ({NATIONAL: CHAIN[NATIONAL] + INDICATOR.format("")}, False),
        ({NATIONAL: CHAIN[NATIONAL] + INDICATOR.format(", above: Цэг")}, True),
    ],
)
def test_the_chain_is_asked_about_where_a_plan_names_something_above_and_has_no_finding_elsewhere(
    files: Files, *, is_linked: bool, tmp_path: Path
) -> None:
    portfolio = load(tmp_path, files).portfolio
    found = [one.code for of_chain in CHAIN_CHECKS for one in of_chain(portfolio)]

    assert portfolio.has_links == is_linked
    assert is_linked or not (found or portfolio.chain.broken)
