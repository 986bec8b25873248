"""Periods as they are written, and their order."""

from __future__ import annotations

import pytest

from planctl.forms.period import Period, period_of


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2023", "2023-01-01", "2023-12-31"),
        ("2023-H1", "2023-01-01", "2023-06-30"),
        ("2023-H2", "2023-07-01", "2023-12-31"),
        ("2024-Q1", "2024-01-01", "2024-03-31"),
        ("2023-Q2", "2023-04-01", "2023-06-30"),
        ("2023-Q3", "2023-07-01", "2023-09-30"),
        ("1999-Q4", "1999-10-01", "1999-12-31"),
    ],
)
def test_a_period_is_written_as_it_is_read(written: str, first: str, last: str) -> None:
    period = period_of(written)

    assert period is not None
    assert (str(period), str(period.first_day), str(period.last_day)) == (written, first, last)


@pytest.mark.parametrize(
    "text",
    ["", "23", "20233", "2023-H3", "2023-Q5", "2023-Q0", "2023-h1", "2023H1", "2023-13", "2023 ", "٢٠٢٣", "1823"],
)
def test_anything_else_is_no_period(text: str) -> None:
    assert period_of(text) is None


@pytest.mark.parametrize(
    ("one", "other", "before"),
    [
        ("2023-H1", "2023", True),
        ("2023-Q3", "2023-H2", True),
        ("2023-H1", "2023-Q3", True),
        ("2023", "2024-Q1", True),
        ("2023", "2023", False),
        ("2023-H2", "2023", False),
        ("2023-Q2", "2023-H1", False),
        ("2023", "2023-H1", False),
    ],
)
def test_a_period_is_before_another_that_ends_later(one: str, other: str, before: bool) -> None:  # noqa: FBT001
    earlier, later = period_of(one), period_of(other)

    assert isinstance(earlier, Period)
    assert isinstance(later, Period)
    assert earlier.is_before(later) is before
