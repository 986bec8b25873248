"""What keeps planctl from working, in one sentence of the reader's language."""

from __future__ import annotations

import errno

import pytest

from planctl import words
from planctl.errors import CAUSES, problem_of


@pytest.mark.parametrize("number", CAUSES)
def test_a_cause_that_is_known_is_told_alike_on_every_system(number: int) -> None:
    assert problem_of(OSError(number, "so sagt es das System")) == CAUSES[number]


@pytest.mark.parametrize(
    ("error", "told"),
    [(OSError(errno.EPROTO, "Protocol error"), "Protocol error"), (OSError("cannot be said"), "cannot be said")],
)
def test_any_other_cause_stays_as_the_system_says_it(error: OSError, told: str) -> None:
    assert problem_of(error) == told


def test_the_cause_in_a_sentence_is_translated_with_it() -> None:
    words.use("mn")

    told = words.said("{path}: {problem}", {"path": "a.yaml", "problem": "Language of messages."})

    assert told == f"a.yaml: {words.translated('Language of messages.')}"
    assert "Language" not in told
