"""When a measure is carried out, as plans write it: quarters in Roman numbers, months, days, monthly, as needed.

In: a text such as `I-IV`, `I, II улиралд`, `Сар бүр`, `3-7 сар`, `2023-06-30`. Out: a `Timing`, which prints as offices
write it and says when its span begins and ends in the plan's year.
"""

from __future__ import annotations

import re
from calendar import monthrange
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from planctl.forms.fields import MADE, Written
from planctl.words import _

_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_LOOKALIKES = str.maketrans(
    {"І": "I", "Ι": "I", "l": "I", "Ⅰ": "I", "Ⅱ": "II", "Ⅲ": "III", "Ⅳ": "IV", "–": "-", "—": "-"}
)
"""What stands for a Roman number or a hyphen in real files: Cyrillic and Greek letters, a small L, single signs."""

_SPAN = r"(?:IV|I{1,3})(?:\s*-\s*(?:IV|I{1,3}))?"
_QUARTERS = re.compile(
    rf"(?P<spans>{_SPAN}(?:\s*(?:,|ба|болон)\s*{_SPAN})*)(?P<ordinal>\s*-?\s*р)?(?P<word>\s+улир\w*)?\.?", re.IGNORECASE
)
_MONTH = r"(?:0?[1-9]|1[0-2])"
_MONTHS = re.compile(
    rf"(?P<first>{_MONTH})(?:\s*-\s*(?P<last>{_MONTH}))?(?P<ordinal>\s*-?\s*р)?(?P<word>\s+(?:дугаар|дүгээр)?\s*сар\w*)?\.?",
    re.IGNORECASE,
)
_DAYS = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:\s*(?:-|\.\.|/)\s*([0-9]{4}-[0-9]{2}-[0-9]{2}))?", re.ASCII)
_ARABIC = re.compile(
    r"(?P<first>[1-4])(?:\s*-\s*(?P<last>[1-4]))?(?:\s*-?\s*р|\s+(?:дугаар|дүгээр))?\s+улир\w*\.?", re.IGNORECASE
)
_HALF = re.compile(
    r"(?P<first>эхний|нэгдүгээр|I)?(?:сүүлийн|сүүлчийн|хоёрдугаар|II)?\s+хагас(?:\s+жил\w*)?\.?", re.IGNORECASE
)
_YEAR_MONTHS = re.compile(r"([0-9]{4})-([0-9]{2})(?:\s*(?:-|\.\.|/)\s*([0-9]{4})-([0-9]{2}))?", re.ASCII)
_MONTHLY = re.compile(r"(?:сар|улирал)\s+бүр\w*\.?", re.IGNORECASE)
_AS_NEEDED = re.compile(r"(?:тухай\s+бүр\w*|шаардлагатай\s+үед|байнга|тогтмол)\.?", re.IGNORECASE)
_ALL_YEAR = re.compile(r"(?:жилийн\s+турш|жилдээ|бүтэн\s+жил\w*)\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Timing:
    """When a measure is due. `months` are the first and last month (1 to 12) of each span in the plan's year.

    `days` are the first and last day of one that names them; then there are no months. `text` is what is printed.
    """

    kind: Literal["quarters", "months", "days", "monthly", "as-needed"]
    text: str
    months: tuple[tuple[int, int], ...] = ()
    days: tuple[date, date] | None = None

    def begins(self, year: int) -> date:
        """Return the first day of the first span: from then on the measure is to be reported."""
        return self.days[0] if self.days else date(year, min(first for first, _last in self.months), 1)

    def ends(self, year: int) -> date:
        """Return the last day of the last span."""
        if self.days:
            return self.days[1]
        month = max(last for _first, last in self.months)
        return date(year, month, monthrange(year, month)[1])

    def __str__(self) -> str:
        return self.text


def timing_of(text: str) -> Timing | None:
    """Read a period as plans write it; None where it is none."""
    written = " ".join(text.split())
    return next((timing for read in _READERS if (timing := read(written))), None)


def _whole_year(written: str) -> Timing | None:
    if _AS_NEEDED.fullmatch(written):
        return Timing("as-needed", written, ((1, 12),))
    is_monthly = _MONTHLY.fullmatch(written) or _ALL_YEAR.fullmatch(written)
    return Timing("monthly", written, ((1, 12),)) if is_monthly else None


def _roman(written: str) -> Timing | None:
    roman = written.translate(_LOOKALIKES)
    match = _QUARTERS.fullmatch(roman.upper().replace("УЛИР", "улир").replace("-Р", "-р"))
    return _quarters(match, roman) if match else None


def _arabic(written: str) -> Timing | None:
    if not (match := _ARABIC.fullmatch(written)):
        return None
    first, last = int(match["first"]), int(match["last"] or match["first"])
    return Timing("quarters", written, ((first * 3 - 2, last * 3),)) if first <= last else None


def _half(written: str) -> Timing | None:
    match = _HALF.fullmatch(written)
    return Timing("months", written, ((1, 6) if match["first"] else (7, 12),)) if match else None


def _quarters(match: re.Match[str], roman: str) -> Timing | None:
    spans = [span.split("-") for span in re.split(r",|БА|БОЛОН", re.sub(r"\s", "", match["spans"]))]
    numbers = [(_ROMAN[span[0]], _ROMAN[span[-1]]) for span in spans]
    if any(first > last for first, last in numbers):
        return None
    months = tuple((first * 3 - 2, last * 3) for first, last in numbers)
    spelt = f"{roman[: match.end('spans')].replace('i', 'I').replace('v', 'V')}{roman[match.end('spans') :]}"
    text = re.sub(r"\s*-\s*", "-", re.sub(r"\s*,\s*", ", ", spelt))
    return Timing("quarters", text if match["word"] else f"{text} улиралд", months)


def _months(written: str) -> Timing | None:
    if not (match := _MONTHS.fullmatch(written.translate(_LOOKALIKES))):
        return None
    first, last = int(match["first"]), int(match["last"] or match["first"])
    if first > last:
        return None
    bare = f"{first:02}" if first == last else f"{first:02}-{last:02}"
    return Timing("months", written if match["word"] else bare, ((first, last),))


def _days(written: str) -> Timing | None:
    with suppress(ValueError):
        if match := _DAYS.fullmatch(written):
            first, last = date.fromisoformat(match[1]), date.fromisoformat(match[2] or match[1])
            return Timing("days", written, days=(first, last)) if first <= last else None
        if match := _YEAR_MONTHS.fullmatch(written):
            year, month = int(match[3] or match[1]), int(match[4] or match[2])
            first, last = date(int(match[1]), int(match[2]), 1), date(year, month, monthrange(year, month)[1])
            return Timing("days", written, days=(first, last)) if first <= last else None
    return None


_READERS = (_whole_year, _roman, _arabic, _half, _months, _days)


def _timing(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if (timing := timing_of(value)) is None:
        raise PydanticCustomError("not-a-timing", "{text}", {"text": value.strip()})
    return timing


When = Annotated[
    Timing,
    MADE,
    BeforeValidator(_timing),
    Written(_("a time, such as `I-IV`, `Сар бүр`, `02-07` or `2023-06-30`"), "I-IV"),
]
"""`I-IV`, `I, II улиралд`, `Сар бүр`, `Тухай бүр`, `02-07`, `3-7 сар`, `2023-06-30`, `2023-03-01 - 2023-06-30`."""
