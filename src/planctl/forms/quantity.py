"""Baselines, targets and reached values as offices write them: numbers, at least n, shares, changes, dates, yes or no.

In: a text. Out: a `Quantity`, exact, or one that says why it is none. Nothing is guessed: a comma or point that may
part thousands as well as decimals makes the number ambiguous («51,467»), and a text that is no quantity stays a text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["number", "at-least", "at-most", "change", "date", "yes-no", "none", "text", "ambiguous"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a text says. `number` is exact, in the unit as written; `scale` is that of мянга, сая or тэрбум beside it.

    A "change" is in per cent of the baseline, negative for a fall. `is_share` tells that per cent follow the number.
    `yes` is the answer of a "yes-no"; `day` the day of a "date". `scale` is None where the text names none.
    """

    kind: Kind
    text: str
    number: Decimal | None = None
    scale: int | None = None
    is_share: bool = False
    day: date | None = None
    yes: bool | None = None

    @property
    def is_measurable(self) -> bool:
        """Tell whether another value can be held against it."""
        return self.kind not in {"none", "text", "ambiguous"}


SCALES = {"мянга": 1_000, "мян": 1_000, "сая": 1_000_000, "тэрбум": 1_000_000_000}
"""Words that stand between a number and its unit, by their beginning; they are units too («сая төгрөг»)."""

_SPACES = " \u00a0\u2009\u202f"
_NUMBER = rf"(?P<number>[-−+]?[0-9](?:[0-9.,'{_SPACES}]*[0-9])?)"
_SCALE = r"(?:мянган|мянга|мян\.?|сая|тэрбум)(?=[\s.,%]|$)"
_SHARE = r"(?:%|хув(?:ь\w*|ийг|ийн|ьд|ьтай|(?=иас)|иар)?)"
_VALUE = rf"{_NUMBER}\s*(?P<scale>{_SCALE})?\s*(?P<share>{_SHARE})?"
_FROM = r"\s?-?\s?[нгиы]?(?:аа?с|ээ?с|оо?с|өө?с)"
_MORE = r"(?P<more>(?:нэмэгдүүл|өсгө|ихэсгэ|дээшлүүл)\w*)"
_LESS = r"(?P<less>(?:бууруул|багасга|цөөрүүл)\w*)"
_BY_SHARE = r"(?P<share>%\s*-?\s*(?:иар|аар|ээр)|хувиар)"

_WAYS: Mapping[Kind, tuple[str, ...]] = {
    "change": (
        rf"(?:суурь\s+түвш\w*\s+)?{_NUMBER}\s*{_BY_SHARE}\s+(?:{_MORE}|{_LESS})(?:\s+байна)?",
        rf"(?P<sign>[+−-])\s*(?P<number>[0-9][0-9.,]*)\s*(?P<share>{_SHARE})",
    ),
    "at-least": (
        rf"(?:>=|≥|дор\s+хаяж|багадаа)\s*{_VALUE}",
        rf"{_VALUE}(?:{_FROM}\s+(?:доошгүй|дээш)|\s+гаруй|\s*\+)",
    ),
    "at-most": (
        rf"(?:<=|≤)\s*{_VALUE}",
        rf"{_VALUE}{_FROM}\s+(?:хэтрэхгүй|хэтрүүлэхгүй|ихгүй|илүүгүй|дээшгүй|доош)",
    ),
    "number": (_VALUE,),
}
"""How each kind is written; the first that fits counts."""

_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)
_NONE = frozenset({"-", "–", "—", "−", "байхгүй"})
_ANSWERS = {"тийм": True, "yes": True, "true": True, "үгүй": False, "no": False, "false": False}

_THOUSANDS = re.compile(r"[0-9]{1,3}(?P<sign>[.,'])[0-9]{3}(?:(?P=sign)[0-9]{3})+|[0-9]{1,3}'[0-9]{3}")
_AMBIGUOUS = re.compile(rf"[1-9][0-9]{{0,2}}[.,][{_SPACES}]*[0-9]{{3}}")
_MIXED = re.compile(r"[0-9]{1,3}(?P<thousands>[.,'])[0-9]{3}(?:(?P=thousands)[0-9]{3})*(?!(?P=thousands))[.,][0-9]+")
_SPACED = re.compile(rf"[0-9]{{1,3}}(?:[{_SPACES}][0-9]{{3}})+(?:[.,][0-9]+)?")
_BARE = re.compile(rf"[-−+0-9.,'{_SPACES}]+")
LONGEST_UNGROUPED, LONGEST_DECIMALS = 4, 3

_PLAIN = re.compile(r"[0-9]+(?:[.,][0-9]+)?")


@lru_cache(maxsize=20_000)
def quantity(text: str, unit: str = "") -> Quantity:
    """Return what a text says; the unit may follow the number.

    Accepts `1501980`, `1,501,980`, `1 501 980`, `220.540.000`, `82,2`, `82.2`, `3-аас доошгүй`, `1000 гаруй`,
    `50,0 хувь`, `+20%`, `суурь түвшинг 20 хувиар нэмэгдүүлэх`, `15 хувиар бууруулах`, `2023-06-30`, `тийм`.
    """
    written = " ".join(_without_unit(text.strip(), unit).split())
    if not written or written.casefold() in _NONE:
        return Quantity("none", text)
    if (answer := written.casefold().rstrip(". ")) in _ANSWERS:
        return Quantity("yes-no", text, yes=_ANSWERS[answer])
    if match := _DATE.fullmatch(written):
        return _day(text, match)
    for kind, pattern in _patterns():
        if match := pattern.fullmatch(written):
            return _numeric(kind, text, match.groupdict())
    return Quantity("text", text)


@cache
def _patterns() -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    """Return how each kind is written, read once: many plans have no quantities."""
    return tuple((kind, re.compile(rf"{way}[\s.]*", re.IGNORECASE)) for kind, ways in _WAYS.items() for way in ways)


def _without_unit(text: str, unit: str) -> str:
    """Return `45` for `45 сургалт`, the unit being сургалт; scales and per cent are kept."""
    for word in reversed(unit.casefold().split()):
        if word in SCALES or is_percent(word) or not text.casefold().endswith(f" {word}"):
            break
        text = text[: -len(word)].rstrip()
    return text


def _day(text: str, match: re.Match[str]) -> Quantity:
    try:
        return Quantity("date", text, day=date(*map(int, match.groups())))
    except ValueError:
        return Quantity("text", text)


def _numeric(kind: Kind, text: str, found: dict[str, str | None]) -> Quantity:
    written = found["number"] or ""
    if (number := exact(written)) is None:
        return Quantity("ambiguous" if is_ambiguous(written) else "text", text)
    if kind == "change" and (found.get("less") or found.get("sign") in {"-", "−"}):
        number = -number
    return Quantity(kind, text, number, scale=_scale(found.get("scale") or ""), is_share=bool(found.get("share")))


def _scale(word: str) -> int | None:
    return next((scale for name, scale in SCALES.items() if word.casefold().startswith(name)), None)


def scale_of_unit(unit: str) -> int:
    """Return what a unit multiplies by: 1,000,000 for `сая төгрөг`, 1 for `төгрөг`."""
    first = next(iter(unit.split()), "")
    return (_scale(first) if re.fullmatch(_SCALE, first, re.IGNORECASE) else None) or 1


def is_percent(unit: str) -> bool:
    """Tell whether a unit is per cent."""
    return bool(re.fullmatch(_SHARE, unit.strip(), re.IGNORECASE))


def is_ambiguous(written: str) -> bool:
    """Tell whether the one comma or point of a number may part thousands as well as decimals: «51,467», «1.201»."""
    return bool(_AMBIGUOUS.fullmatch(written.lstrip("+-−").strip()))


def exact(written: str) -> Decimal | None:
    """Return a number whose signs leave no doubt, or None."""
    sign = -1 if written[:1] in {"-", "−"} else 1
    digits = written.lstrip("+-−").strip()
    if is_ambiguous(digits):
        return None
    if _THOUSANDS.fullmatch(digits):
        return sign * Decimal(_digits(digits))
    if _MIXED.fullmatch(digits):
        at = max(digits.rfind("."), digits.rfind(","))
        return sign * Decimal(f"{_digits(digits[:at])}.{digits[at + 1 :]}")
    if _SPACED.fullmatch(digits):
        return sign * Decimal(re.sub(f"[{_SPACES}]", "", digits).replace(",", "."))
    return sign * Decimal(digits.replace(",", ".")) if _PLAIN.fullmatch(digits) else None


def printed(text: str, unit: str = "") -> str:
    """Return a plain number as sheets print it (`1 501 980`, `82,2`), and anything else as written.

    Thousands are parted by a space that does not break, from five digits on; decimals by the official comma.
    """
    said = quantity(text, unit)
    if said.kind != "number" or said.number is None or said.scale or said.is_share or not _BARE.fullmatch(text.strip()):
        return text
    whole, _point, decimals = f"{abs(said.number):f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", "\u00a0") if len(whole) > LONGEST_UNGROUPED else whole
    shown = decimals.rstrip("0") if len(decimals) > LONGEST_DECIMALS else decimals
    sign = "-" if said.number < 0 else "+" if text.strip().startswith("+") else ""
    return f"{sign}{grouped}{',' if shown else ''}{shown}"


def _digits(written: str) -> str:
    return re.sub("[.,']", "", written)
