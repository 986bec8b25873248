"""How official Mongolian writes dates, ordinals, numbers, periods and titles.

The rules were tested on the ordinals and days of real reports (265 and 107 of them): дугаар or дүгээр goes by the last
spoken word of the number, -ны or -ний by the last digit of the day. A quoted act is data and never passes through here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from planctl.forms.period import Period

PERIOD_BLANK, YEAR_BLANK = "{period}", "{year}"

_FRONT_ONES = frozenset("149")
_FRONT_TENS = frozenset("49")
_ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}

_GENITIVES = {
    "хэрэгжилт": "хэрэгжилтийн",
    "биелэлт": "биелэлтийн",
    "тайлан": "тайлангийн",
    "төлөвлөгөө": "төлөвлөгөөний",
    "хөтөлбөр": "хөтөлбөрийн",
}
_PLANS = {word: _GENITIVES[word] for word in ("төлөвлөгөө", "хөтөлбөр")}
MONTHS_OF_A_YEAR = 12


def has_front_vowels(number: int) -> bool:
    """Tell whether the last spoken word of a number has front vowels: тэг, нэг, дөрөв, ес, дөч, ер."""
    digits = str(number)
    if digits[-1] != "0":
        return digits[-1] in _FRONT_ONES
    return number == 0 or digits[-2] in _FRONT_TENS


def ordinal(number: int, *, width: int = 1) -> str:
    """Return `12 дугаар`, `04 дүгээр` (with `width` 2)."""
    return f"{number:0{width}} {'дүгээр' if has_front_vowels(number) else 'дугаар'}"


def heading_date(day: date) -> str:
    """Return the date as it stands over a sheet, without a suffix: `2023 оны 12 дугаар сарын 25`."""
    return f"{day.year} оны {ordinal(day.month, width=2)} сарын {day.day:02}"


def date_in_sentence(day: date) -> str:
    """Return the date as it stands in a sentence: `2023 оны 12 дугаар сарын 25-ны өдөр`."""
    suffix = "ний" if day.day % 10 in {1, 4, 9} else "ны"
    return f"{heading_date(day)}-{suffix} өдөр"


def decimal_comma(number: Decimal) -> str:
    """Return `82,2`: the comma is the official sign."""
    return f"{number:f}".replace(".", ",")


def period_genitive(period: Period) -> str:
    """Return the period as it stands before what it belongs to: `2023 оны жилийн эцсийн`."""
    match period.months:
        case 6:
            half = "эхний" if period.first_month == 1 else "сүүлийн"
            return f"{period.year} оны {half} хагас жилийн"
        case 3:
            return f"{period.year} оны {_ROMAN[(period.first_month + 2) // 3]} улирлын"
        case _:
            return f"{period.year} оны жилийн эцсийн"


def period_name(period: Period) -> str:
    """Return the period as the heading of a column: `2025 он`, `2025 оны эхний хагас жил`, `2025 оны II улирал`."""
    match period.months:
        case 6:
            return f"{period.year} оны {'эхний' if period.first_month == 1 else 'сүүлийн'} хагас жил"
        case 3:
            return f"{period.year} оны {_ROMAN[(period.first_month + 2) // 3]} улирал"
        case _:
            return f"{period.year} он"


def year_genitive(period: Period) -> str:
    """Return the period without a word for the year's end: `2024 оны`, `2024 оны эхний хагас жилийн`."""
    return f"{period.year} оны" if period.months == MONTHS_OF_A_YEAR else period_genitive(period)


def with_period(title: str, period: Period) -> str:
    """Put the period where the title has `{period}` or `{year}`, or before it."""
    if PERIOD_BLANK in title or YEAR_BLANK in title:
        return filled_in(title, period)
    return f"{period_genitive(period)} {title}"


def filled_in(title: str, period: Period) -> str:
    """Put the period where the title has `{period}` or `{year}`, and nowhere else."""
    return title.replace(PERIOD_BLANK, period_genitive(period)).replace(YEAR_BLANK, year_genitive(period))


def report_title(title: str, period: Period) -> str:
    """Return the title of a report, with its period: the report of a plan is its `хэрэгжилт`."""
    return with_period(of_its_report(title), period)


def of_its_report(title: str) -> str:
    """Return `… төлөвлөгөөний хэрэгжилт` for the title of a plan; that of a report stays."""
    head, _, last = title.rpartition(" ")
    plan = _PLANS.get(last.casefold())
    return f"{head} {plan} хэрэгжилт".lstrip() if plan else title


def approved_title(title: str, first: int, last: int) -> str:
    """Return the title of a plan as approved, its year or years filled in."""
    years = f"{first} оны" if first == last else f"{first}-{last} оны"
    return title.replace(YEAR_BLANK, years).replace(PERIOD_BLANK, years)


def summary_of(title: str) -> str:
    """Return the title of the summary of a report: `… хэрэгжилтийн товчоо`.

    Only the few words that such titles end in have a known genitive; after any other the word stands by itself.
    """
    head, _, last = title.rpartition(" ")
    genitive = _GENITIVES.get(last.casefold())
    return f"{head} {genitive} товчоо".lstrip() if genitive else f"{title}. Товчоо"
