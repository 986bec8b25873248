"""How papers cite an act: its title, day and number in one text, in any order and spelling.

In: «Хог хаягдлын тухай 2021-12-14 Дугаар 131», «2021 оны 12 дугаар сарын 14-ний өдрийн 131 дүгээр тогтоол “…”».
Out: a `Citation`; what is neither day nor number is the title.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

_ISO = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*[-./]\s*(?P<month>\d{1,2})\s*[-./]\s*(?P<day>\d{1,2})(?!\d)\.?"
    r"(?:\s*-?\s*(?:ны|ний)\b)?(?:\s*өд(?:өр|рийн)\b)?",
    re.IGNORECASE,
)
_WORDED = re.compile(
    r"(?P<year>(?:19|20)\d\d)\s*оны?\s+(?P<month>\d{1,2})\s*(?:-?\s*р|дугаар|дүгээр)?\s*сарын\s+(?P<day>\d{1,2})"
    r"(?:\s*-?\s*(?:ны|ний|н[ыi]й|ий|ы))?(?:\s*өд(?:өр|рийн|ри?йн))?",
    re.IGNORECASE,
)
_SIGN = r"[\w_]*\d[\w_]*(?:[/.-]\w+)*|[А-ЯӨҮЁA-Z]{1,4}\s*[/-]\s*\d+(?:/\d+)*"
_NUMBERS = (
    re.compile(rf"(?:\bДугаар\b|№|\bNo\.?|\bд[уү]г(?:аа|ээ)р\s*:)\s*:?\s*(?P<number>{_SIGN})", re.IGNORECASE),
    re.compile(
        rf"(?P<number>{_SIGN})\s*(?:-?\s*р\b|дугаар|дүгээр|тоот)\s*(?=(?:тогтоол|захирамж|тушаал|шийдвэр))",
        re.IGNORECASE,
    ),
    re.compile(rf"(?P<number>{_SIGN})\s*(?:дугаар|дүгээр|тоот)\s*$", re.IGNORECASE | re.MULTILINE),
    re.compile(rf"(?P<number>{_SIGN})\s*(?:дугаар|дүгээр|тоот)\b(?=\s*[“«\"])", re.IGNORECASE),
    re.compile(r"(?<![\w/])(?P<number>[А-ЯӨҮЁ]{1,2}\s?/\s?\d+)(?![\w/])"),
)
_LABELS = re.compile(r"\b(?:огноо|дугаар|нэр)\s*:", re.IGNORECASE)
_EDGES = " \t\n\u00a0,;:.–—-"


@dataclass(frozen=True, slots=True)
class Citation:
    """What a text says of an act; `date` is worded `2021-12-14`, `number` as written; "" where it says none."""

    title: str
    date: str = ""
    number: str = ""


def citation_of(text: str) -> Citation:
    """Read a citation. A day that the calendar has not stays in the title."""
    rest, day = _without_day(text.strip())
    number = ""
    for pattern in _NUMBERS:
        if match := pattern.search(rest):
            number, rest = " ".join(match["number"].split()), _cut(rest, match)
            break
    title = _LABELS.sub("", rest) if day or number else rest
    title = "\n".join(line.strip(_EDGES) for line in title.split("\n") if line.strip(_EDGES))
    title = re.sub(r"[(/\[][\s,;]*[)/\]]", " ", " ".join(title.split()))
    return Citation(" ".join(title.split()).strip(_EDGES), day, number)


def day_in(text: str) -> str:
    """Return the first day that a text names, worded `2021-12-14`; "" where it names none."""
    return _without_day(text)[1]


def only_day(text: str) -> str:
    """Return the day that is all that a text says; "" where it says more or something else."""
    rest, day = _without_day(text)
    return "" if re.search(r"\w", re.sub(r"\b(?:он|дотор|хүртэл)\b", "", rest)) else day


def day_span(text: str) -> tuple[int, int] | None:
    """Return where in a text its first day stands, its endings included; None where it names none."""
    for pattern in (_WORDED, _ISO):
        for match in pattern.finditer(text):
            with suppress(ValueError):
                date(int(match["year"]), int(match["month"]), int(match["day"]))
                return match.span()
    return None


def _without_day(text: str) -> tuple[str, str]:
    for pattern in (_WORDED, _ISO):
        for match in pattern.finditer(text):
            with suppress(ValueError):
                day = date(int(match["year"]), int(match["month"]), int(match["day"]))
                return _cut(text, match), day.isoformat()
    return text, ""


def _cut(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()].rstrip()}\n{text[match.end() :].lstrip()}"
