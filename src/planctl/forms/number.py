"""Exact numbers: the one function that rounds them, and how they are written."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction


def rounded(number: Fraction, decimals: int) -> Decimal:
    """Return a number that is not negative, rounded half up to so many decimals.

    Half up is what offices do by hand and Excel's ROUND does; 82,25 becomes 82,3. The result keeps its zeros (`89.0`).
    """
    above, below = number.numerator * 10**decimals, number.denominator
    return Decimal((2 * above + below) // (2 * below)).scaleb(-decimals)


def plain(number: Decimal) -> str:
    """Return a number without exponent and without zeros at its end: `740`, `82.5`."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
