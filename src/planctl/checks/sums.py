"""Sums that a text gives itself and that do not add up.

In: a text. Out: each total with the numbers that should make it. Only what is plainly meant as a sum is looked at:
`14 + 36 = 50`; a list of labels and numbers that ends in «нийт» or «бүгд»; men and women out of a total; and counts by
level of the rubric, all of them or those of two levels named together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from planctl.forms.quantity import exact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_NUMBER = r"\d+(?:[.,\u00a0 ]\d{3})+(?!\d)|\d+(?:[.,]\d+)?"


@dataclass(frozen=True, slots=True)
class WrongSum:
    """A total as the text says it, and the parts that make another one."""

    said: str
    total: Decimal
    parts: tuple[Decimal, ...]

    @property
    def sum(self) -> Decimal:
        """What the parts make."""
        return sum(self.parts, Decimal(0))


def wrong_sums(text: str) -> Iterator[WrongSum]:
    """Yield each total of a text that its own parts do not make."""
    return (one for way in WAYS if any(sign in text for sign in way.signs) for one in way.sums(text))


@dataclass(frozen=True, slots=True)
class Way:
    """A way in which a text gives its sums: `sums` are the wrong ones; without any of the `signs` there is none."""

    signs: tuple[str, ...]
    sums: Callable[[str], Iterator[WrongSum]]


def _wrong(said: str, total: Decimal, parts: Sequence[Decimal]) -> Iterator[WrongSum]:
    """Yield a total that is not the sum, unless it is so far from it that something else must be meant."""
    made = sum(parts, Decimal(0))
    if made != total and max(parts) < total and made <= 2 * total <= 4 * made:
        yield WrongSum(" ".join(said.split()), total, tuple(parts))


# 14 + 36 = 50

_ADDITION = re.compile(rf"(?<![\d.,])(?:{_NUMBER})(?:\s*\+\s*(?:{_NUMBER}))+\s*=\s*(?P<total>{_NUMBER})(?![\d%])")


def _additions(text: str) -> Iterator[WrongSum]:
    for match in _ADDITION.finditer(text):
        numbers = [exact(number) for number in re.findall(_NUMBER, match[0])]
        known = [number for number in numbers if number is not None]
        if len(known) == len(numbers) and sum(known[:-1], Decimal(0)) != known[-1]:
            yield WrongSum(" ".join(match[0].split()), known[-1], tuple(known[:-1]))


# Удирдах албан тушаалтан-14, гүйцэтгэх албан тушаалтан-36, нийт-50

_TOTAL = re.compile(
    rf"(?<=[\d\w),;»”\"])[,;:]?\s+(?P<said>(?:бүгд|нийт)(?:\s+дүн)?\s*[-–:]?\s*(?P<total>{_NUMBER}))(?![\d.,/:]*\d)"
    r"(?P<unit>(?:\s+[^\W\d]+){0,2})"
)
_PART = re.compile(
    rf"(?s:.*?)[^\W\d][»”\")]*(?:\s*[-–:=]\s*|\s+)(?P<number>{_NUMBER})(?P<unit>(?:\s+[^\W\d]+){{0,2}})\s*"
)
_SENTENCE_END = re.compile(r"[.!?:]\s+(?=[«“\"А-ЯЁӨҮA-Z])|\n[ \t]*\n(?!\s*[а-яёөү])")
_FEWEST = 2
_FARTHEST = 600


def _lists(text: str) -> Iterator[WrongSum]:
    for match in _TOTAL.finditer(text):
        total = exact(match["total"])
        start = match.start("said")
        begin = max(0, start - _FARTHEST)
        ends = [end.end() for end in _SENTENCE_END.finditer(text, begin, start + 1)]
        listed = text[max([begin, *ends]) : start]
        parts = _labelled(listed.rstrip(" ,;\n"), match["unit"])
        if total is not None and len(parts) >= _FEWEST:
            yield from _wrong(f"{match['said']}{match['unit']}", total, parts)


def _labelled(listed: str, unit: str) -> list[Decimal]:
    """Return the numbers at the ends of a list's labels, all that stand in a row before the total.

    A piece without a number belongs to the label after it («А, Б тушаал-4»); a number with words behind it counts only
    if they are the total's own.
    """
    parts: list[Decimal] = []
    for piece in reversed(re.split(r"[,;](?!\d)\s*|\n\s*[-•·*]\s+", listed)):
        if not re.search(r"\d", piece):
            if not parts:
                return []
            continue
        match = _PART.fullmatch(piece)
        number = exact(match["number"]) if match else None
        if match is None or number is None or not _is_of(match["unit"].split(), unit.split()):
            break
        parts.append(number)
    return parts[::-1]


def _is_of(unit: Sequence[str], total: Sequence[str]) -> bool:
    """Tell whether a part is counted in the total's unit; one that names none is."""
    return len(unit) <= len(total) and all(whole.startswith(word) for word, whole in zip(unit, total, strict=False))


# нийт 43 хүн, үүнээс эмэгтэй 20, эрэгтэй 23

_WOMEN_AND_MEN = re.compile(
    rf"(?P<total>{_NUMBER})(?P<unit>\s+[^\W\d]+)[^.\d]*үүнээс[:\s]+(?:эмэгтэй|эрэгтэй)\s*[-–:]?\s*(?P<one>\d+)\s*,?\s*"
    r"(?:эмэгтэй|эрэгтэй)\s*[-–:]?\s*(?P<two>\d+)"
)


def _women_and_men(text: str) -> Iterator[WrongSum]:
    for match in _WOMEN_AND_MEN.finditer(text):
        if (total := exact(match["total"])) is not None:
            parts = [Decimal(match["one"]), Decimal(match["two"])]
            yield from _wrong(match["total"] + match["unit"], total, parts)


# 50 хувьтай - 1 заалт, 30 хувьтай - 1 заалт, Үр дүнгүй 2 заалт

_LEVEL = r"үр\s+дүнтэй|тодорхой\s+үр\s+дүнд\s+хүрсэн|эрчимжүүлэх\s+шаардлагатай|үр\s+дүнгүй"
_TOKEN = re.compile(
    rf"(?P<levels>(?:{_LEVEL})(?:(?:\s*,\s*|\s+(?:болон|ба|буюу)\s+)(?:{_LEVEL}))*)"
    r"|(?P<count>\d+)\s*(?P<unit>заалт|арга\s+хэмжээ|зорилт|ажил|ажл|шийдвэр|даалгавар|үүрэг|үүр)",
    re.IGNORECASE,
)
_IN_MOST_LEVELS = "р дүн"
"""Stands in the names of all levels but one."""
_ONE_LEVEL = re.compile(_LEVEL, re.IGNORECASE)
_FEWEST_LEVELS = 3
_NEAR = len("нийт: ")


@dataclass(slots=True)
class _Tally:
    """What has been counted of one level, or of several that are named together."""

    levels: tuple[str, ...]
    said: str
    counts: list[Decimal]


def _levels(text: str) -> Iterator[WrongSum]:
    """Hold counts by level against the total before them, and against what is said later of two levels together."""
    if text.count(_IN_MOST_LEVELS) < _FEWEST_LEVELS - 1:
        return
    tallies = _tallies(text)
    by_level: dict[str, _Tally] = {}
    for tally in tallies:
        if len(tally.levels) == 1 and tally.counts:
            by_level.setdefault(tally.levels[0], tally)
    if len(by_level) < _FEWEST_LEVELS:
        return
    for tally in tallies:
        if len(tally.counts) != 1 or len(tally.levels) == 1 or not by_level.keys() >= set(tally.levels):
            continue
        parts = [count for level in tally.levels or by_level for count in by_level[level].counts]
        if sum(parts, Decimal(0)) != tally.counts[0]:
            yield WrongSum(f"{tally.said} {tally.counts[0]}", tally.counts[0], tuple(parts))


def _tallies(text: str) -> list[_Tally]:
    """Return the counts under each naming of levels, within its sentence; the total of all has no level."""
    tallies = [_Tally((), "нийт", [])]
    last = 0
    for token in _TOKEN.finditer(text):
        is_total = len(tallies) == 1 and "нийт" in text[max(0, token.start() - _NEAR) : token.start()]
        if token["levels"]:
            said = " ".join(token["levels"].split())
            names = tuple(" ".join(name.casefold().split()) for name in _ONE_LEVEL.findall(token["levels"]))
            tallies.append(_Tally(names, said, []))
        elif is_total or (len(tallies) > 1 and not _SENTENCE_END.search(text, last, token.start())):
            tallies[-1].counts.append(Decimal(token["count"]))
        last = token.end()
    return tallies


WAYS = (
    Way(("+",), _additions),
    Way(("нийт", "бүгд"), _lists),
    Way(("үүнээс",), _women_and_men),
    Way((_IN_MOST_LEVELS,), _levels),
)
