"""The one function that rounds, and the mean it is given."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planctl.forms.number import plain, rounded


@pytest.mark.parametrize(
    ("number", "decimals", "result"),
    [
        (Fraction(329, 4), 1, "82.3"),
        (Fraction(8215, 100), 1, "82.2"),
        (Fraction(177, 2), 0, "89"),
        (Fraction(175, 2), 0, "88"),
        (Fraction(82125, 1000), 2, "82.13"),
        (Fraction(82115, 1000), 2, "82.12"),
        (Fraction(740, 9), 1, "82.2"),
        (Fraction(740, 9), 2, "82.22"),
        (Fraction(740, 9), 0, "82"),
        (Fraction(89), 1, "89.0"),
        (Fraction(89), 2, "89.00"),
        (Fraction(0), 1, "0.0"),
        (Fraction(1999, 20), 1, "100.0"),
        (Fraction(1, 3), 0, "0"),
    ],
)
def test_ties_go_up_and_zeros_stay(number: Fraction, decimals: int, result: str) -> None:
    assert str(rounded(number, decimals)) == result


@given(st.integers(0, 10_000_000), st.integers(1, 100_000), st.sampled_from([0, 1, 2]))
def test_rounding_is_that_of_the_decimal_module_at_far_more_digits(points: int, items: int, decimals: int) -> None:
    exactly = Fraction(points, items)

    result = rounded(exactly, decimals)

    half = Fraction(1, 2 * 10**decimals)
    assert -half <= exactly - Fraction(result) < half
    if (exactly * 10 ** (decimals + 1)).denominator == 1:
        digits = Decimal(points) / Decimal(items)
        assert result == digits.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


@pytest.mark.parametrize(
    ("number", "text"), [("740", "740"), ("740.0", "740"), ("82.50", "82.5"), ("1E+2", "100"), ("0", "0"), ("0.0", "0")]
)
def test_a_plain_number_has_no_exponent_and_no_zeros_at_its_end(number: str, text: str) -> None:
    assert plain(Decimal(number)) == text
