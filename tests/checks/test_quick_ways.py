"""What is done in a quicker way gives the same as the plain one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chains import CHAIN, NATIONAL, PROVINCE
from planctl.checks import CHAIN_CHECKS, sums, wording
from planctl.checks.letters import LATIN_LETTER, mixed_words
from planctl.checks.narrative import _on_one_line
from planctl.checks.together import Texts
from planctl.diagnostics import Span
from projects import ACTUALS, ONE_CLAUSE, ONE_ENTRY, PLAN, Files, load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

TEXTS = st.text(st.sampled_from("аБх Хx,.„…_\n\t\r\u00a0\u2003\x85X")) | st.text()


@given(TEXTS)
def test_a_text_on_one_line_has_single_spaces_and_nothing_around(text: str) -> None:
    assert _on_one_line(text) == " ".join(text.split())


SIGNS = (wording.SIGNS_OF_BLANKS, wording.SIGNS_OF_TAGS, wording.SIGNS_OF_ACTS, ("ab", "bab", "a"))
ALIKE = st.text(st.sampled_from("ab<&+„…,._xхX\0 ")) | TEXTS


def together(texts: Sequence[str]) -> Texts[int]:
    """Return texts whose places are on the lines of their numbers."""
    return Texts(tuple((text, at) for at, text in enumerate(texts)), lambda at: Span("plans/a.yaml", at + 1))


@given(st.lists(ALIKE), st.sampled_from(SIGNS))
def test_the_texts_with_a_sign_are_found_in_all_together(texts: list[str], signs: tuple[str, ...]) -> None:
    found = list(together(texts).with_any(*signs))

    assert found == [(text, at) for at, text in enumerate(texts) if any(sign in text for sign in signs)]


@given(st.lists(ALIKE))
def test_the_texts_with_a_letter_are_found_in_all_together(texts: list[str]) -> None:
    found = list(together(texts).with_letter(LATIN_LETTER))

    assert found == [(text, at) for at, text in enumerate(texts) if LATIN_LETTER.search(text)]


@pytest.mark.parametrize("texts", [["a", "b"], ["", "", ""], []])
def test_no_sign_stands_half_in_one_text_and_half_in_the_next(texts: list[str]) -> None:
    assert list(together(texts).with_any("ab")) == []


PIECES = st.sampled_from(
    (
        *(
            "2023 оны ",
            "дугаар ",
            "дүгээр ",
            "захирамж",
            "тогтоолоор",
            "нийт-",
            "7 хүн, ",
            "бүгд ",
            "үүнээс ",
            "эмэгтэй 2, ",
        ),
        *(
            "эрэгтэй 4",
            "үр дүнтэй 3 заалт, ",
            "үр дүнгүй 1 заалт ",
            "14 + 36 = 51",
            "албан-2, ",
            "xүн",
            "<b>",
            "&nbsp;",
        ),
        *("…", " .. ", ",, мянган ", "„ ", "___", " хх ", "20XX ", " ooo", "(", "\n", " "),
    )
)


@given(st.lists(PIECES).map("".join))
def test_what_the_signs_leave_out_has_no_finding(text: str) -> None:
    whole = together([text])
    ways: Sequence[tuple[tuple[str, ...], Callable[[str], Iterable[object]]]] = (
        (wording.SIGNS_OF_BLANKS, wording.blanks),
        (wording.SIGNS_OF_TAGS, wording.html_tags),
        (wording.SIGNS_OF_ACTS, wording.acts_without_number),
        *((way.signs, way.sums) for way in sums.WAYS),
    )

    assert [bool(list(found(text))) and not list(whole.with_any(*signs)) for signs, found in ways] == [False] * len(
        ways
    )
    assert not list(mixed_words(text)) or list(whole.with_letter(LATIN_LETTER))


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
