"""Number formats of Excel: which of them show dates or percentages, and how a number reads in one.

In: a value and a format code (`#,##0.00`, `0%`, `d-mmm`). Out: `Typed` and the text that people see, near enough to
know the cell by it; dates are written 2023-12-25, however the file shows them.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal, InvalidOperation
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, TypeAlias

from planctl.importer.office_file import Typed

if TYPE_CHECKING:
    from collections.abc import Iterator

Shape: TypeAlias = Literal["number", "percent", "date", "time", "text"]

BUILT_IN = {
    0: "",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "m/d/yyyy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "m/d/yyyy h:mm",
    37: "#,##0;(#,##0)",
    38: "#,##0;[Red](#,##0)",
    39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;[Red](#,##0.00)",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    **dict.fromkeys((*range(27, 37), *range(50, 59)), "m/d/yyyy"),
}
"""Formats that files name by number alone; 27 to 58 are dates of the Far East."""

_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[(?!h+\]|m+\]|s+\])(?:\$([^\]-]*)(?:-[^\]]*)?|[^\]]*)\]', re.IGNORECASE)
_DIGITS = re.compile(r"[0#?](?:[0#?,.]*[0#?])?,*")
_SHORTENED = Context(prec=15)
_LAST_DAY = 2_958_466
_SECONDS = 86_400
_MOST_DECIMALS = 30


@lru_cache(maxsize=4096)
def shape_of(code: str) -> Shape:
    """Return what a format makes of a number."""
    bare = _LITERAL.sub("", code.split(";", 1)[0]).lower()
    if bare in {"", "general"}:
        return "number"
    if bare.strip() == "@":
        return "text"
    if any(letter in bare for letter in "dy") or ("m" in bare and "h" not in bare and "s" not in bare):
        return "date"
    if any(letter in bare for letter in "hs") and not bare.startswith("standard"):
        return "time"
    return "percent" if "%" in bare else "number"


def number_of(raw: str) -> Decimal | None:
    """Return a number with the 15 digits that Excel shows; None where it is none."""
    try:
        number = Decimal(raw)
    except InvalidOperation:
        return None
    if not number.is_finite() or not -400 < number.adjusted() < 400:  # noqa: PLR2004  # beyond any double
        return None
    return Decimal(plain(_SHORTENED.plus(number)))


def moment_of(days: Decimal, *, from_1904: bool) -> datetime | None:
    """Return the moment that a count of days means, to the second; None beyond the years that Excel knows."""
    if not 0 <= days < _LAST_DAY:
        return None
    # Excel takes 1900 for a leap year: what it counts up to its 29 February lies a day earlier.
    first = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 31) if days < 60 else datetime(1899, 12, 30)  # noqa: DTZ001, PLR2004
    return first + timedelta(seconds=int((days * _SECONDS).to_integral_value()))


@lru_cache(maxsize=16_384)
def typed(raw: str, code: str, formula: str, *, from_1904: bool) -> tuple[str, Typed | None]:
    """Return the text that a number shows in a format, and its value; (raw, None) where it is no number."""
    number = number_of(raw)
    if number is None:
        return raw, None
    shape = shape_of(code)
    if shape in {"date", "time"}:
        moment = moment_of(number, from_1904=from_1904)
        if moment is not None:
            return dated(moment, shape, code, formula, has_day=number >= 1)
    if shape == "percent":
        return shown(number, code), Typed("percent", number, code, formula)
    return shown(number, code), Typed("number", number, code, formula)


def dated(moment: datetime, shape: Shape, code: str, formula: str, *, has_day: bool) -> tuple[str, Typed]:
    """Return a date, a date with its time, or a time of day, as text and value."""
    if shape == "time" and not has_day:
        return moment.strftime("%H:%M"), Typed("time", moment.time(), code, formula)
    if moment.time() == time():
        return moment.date().isoformat(), Typed("date", _day(moment), code, formula)
    return moment.isoformat(" ", "minutes"), Typed("date", moment, code, formula)


def _day(moment: datetime) -> date:
    return moment.date()


def plain(number: Decimal) -> str:
    """Return a number without an exponent and without zeros that say nothing."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown(number: Decimal, code: str) -> str:
    """Return a number as a format shows it; the plain number where the format is more than digits and words."""
    if not code:
        return plain(number)
    sections = code.split(";")
    is_second = number < 0 and len(sections) > 1
    section = sections[1] if is_second else sections[2] if number == 0 and len(sections) > 2 else sections[0]  # noqa: PLR2004
    words = _LITERAL.sub(lambda found: "\x00" * len("".join(filter(None, found.groups()))), section)
    if section.strip().lower() in {"", "general", "standard", "@"} or "/" in words or "e+" in words.lower():
        return plain(number)
    digits = list(_DIGITS.finditer(words))
    if len(digits) != 1:
        return plain(number)
    pattern = digits[0]
    literal = iter("".join("".join(filter(None, found.groups())) for found in _LITERAL.finditer(section)))
    before = _filled(words[: pattern.start()], literal)
    after = _filled(words[pattern.end() :], literal)
    value = number * 100 ** words.count("%") / 1000 ** (len(pattern[0]) - len(pattern[0].rstrip(",")))
    figure = _figure(abs(value) if is_second else value, pattern[0].rstrip(","))
    return f"{before}{figure}{after}".strip()


def _filled(words: str, literal: Iterator[str]) -> str:
    return "".join(next(literal, "") if letter == "\x00" else letter for letter in words)


def _figure(value: Decimal, pattern: str) -> str:
    whole, _point, decimals = pattern.partition(".")
    most = min(sum(decimals.count(sign) for sign in "0#?"), _MOST_DECIMALS)
    least = min(decimals.count("0"), most)
    text = f"{value:{',' if ',' in whole else ''}.{most}f}"
    if most > least:
        head, _point, tail = text.partition(".")
        tail = tail[:least] + tail[least:].rstrip("0")
        text = f"{head}.{tail}" if tail else head
    zeros = whole.count("0")
    head, point, tail = text.partition(".")
    sign, figures = ("-", head[1:]) if head.startswith("-") else ("", head)
    return f"{sign}{figures.zfill(zeros) if ',' not in whole else figures}{point}{tail}"
