"""Narratives held against each other and against a number. In: texts. Out: what they share, what they contradict."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from planctl.forms.quantity import exact
from planctl.portfolio.settings import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# The same narrative twice

LEAST_SHARE = Fraction(7, 10)
"""Of the shorter narrative, what must stand in the other one too."""

LEAST_LETTERS = 200
"""Signs that two narratives must share: short ones are alike by their nature."""

_LEAST_PIECE = 30
_BETWEEN_PIECES = re.compile("[,;.] ")
_RUN = 3


@dataclass(frozen=True, slots=True)
class Copy:
    """A narrative that says what an earlier one says; `share` is how much of the shorter stands in the other."""

    id: str
    first: str
    share: Fraction


def copies(narratives: Iterable[tuple[str, str]]) -> Iterator[Copy]:
    """Yield the narratives (id and text) that repeat an earlier one, however many there are.

    Those that have a piece of a sentence in common are held against each other, each with the one narrative alone with
    which it has most; so the time grows with the number of narratives and not with its square.
    """
    first_with: dict[str, str] = {}
    kept: dict[str, str] = {}
    for id_, text in narratives:
        if len(text) < LEAST_LETTERS:
            continue
        common: dict[str, int] = {}
        for piece in _pieces(text):
            if (first := first_with.setdefault(piece, id_)) != id_:
                common[first] = common.get(first, 0) + len(piece)
        kept[id_] = text
        if common:
            first = max(common, key=common.__getitem__)
            if share := _shared(kept[first], text):
                yield Copy(id_, first, share)


def _pieces(text: str) -> list[str]:
    """Return what stands between commas and full stops; one changed word changes one piece."""
    return [piece for piece in _BETWEEN_PIECES.split(_on_one_line(text)) if len(piece) >= _LEAST_PIECE]


def _on_one_line(text: str) -> str:
    """Return the text with single spaces; one that has nothing else between its words need not be taken apart."""
    line = text.replace("\n", " ")
    is_plain = "  " not in line and line.isprintable()
    return line.strip() if is_plain else " ".join(text.split())


def _shared(one: str, two: str) -> Fraction | None:
    """Return how much of the shorter text stands in the longer one, or None where that is too little to tell of.

    Counted in runs of three words: a date that was mended does not hide that the rest was pasted.
    """
    shorter, longer = sorted((one.split(), two.split()), key=len)
    runs = Counter(_runs(shorter))
    common = runs & Counter(_runs(longer))
    share = Fraction(common.total(), runs.total() or 1)
    letters = sum(map(len, shorter)) + len(shorter)
    return share if share >= LEAST_SHARE and share * letters >= LEAST_LETTERS else None


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[at:] for at in range(_RUN)), strict=False)


_SHORTEST_TO_COMPARE = 20


def is_unchanged(before: str, now: str) -> bool:
    """Tell whether a narrative says the same as in an earlier period; capitals, spaces, a last stop don't count."""
    return len(now) >= _SHORTEST_TO_COMPARE and folded(before).rstrip(". ") == folded(now).rstrip(". ")


# A number that contradicts the reached value

_COUNT = re.compile(r"(?<![\w.,/–-])(?P<number>\d{1,3}(?:[ \u00a0]\d{3})+(?:[.,]\d+)?|\d[\d.,]*\d|\d)\s*(?=[^\W\d_])")
_NUMBER = re.compile(r"\d[\d.,\u00a0 ]*\d|\d")
_WORD = re.compile(r"\w+")
_ROUGHLY = re.compile(r"(?:гаруй|орчим|илүү|шахам|хүрэхгүй|дээш)\b")
_MOST_COUNTS = 12


def contradicting(text: str, reached: Decimal, unit: str) -> tuple[Decimal, ...]:
    """Return the counts of a unit that a narrative names, if none of them and no sum of them is the reached value.

    Counts with the unit's own word beside them alone: «45 сургалт», «45 сургалтыг», never «45 хүн». Where the text
    counts roughly («500 гаруй») nothing can be said, nor where it names so many counts that a sum of some fits anyway,
    nor where the reached value stands in it in any other way («60 940 дуудлагын 57 318-д хариулав»).
    """
    counts = []
    stems = _stems(unit)
    if stems is None or any(exact(found) == reached for found in _NUMBER.findall(text)):
        return ()
    for match in _COUNT.finditer(text):
        number = exact(match["number"])
        if number is None:
            continue
        if _ROUGHLY.match(text, match.end()):
            return ()
        if stems.match(text, match.end()):
            counts.append(number)
    if not counts or len(counts) > _MOST_COUNTS or reached in _sums(counts):
        return ()
    return tuple(dict.fromkeys(counts))


@lru_cache(maxsize=1000)
def _stems(unit: str) -> re.Pattern[str] | None:
    """Return what finds all words of a unit in their cases: «аж ахуйн нэгж», and «ажил» as «ажлыг» too."""
    words = _WORD.findall(unit.casefold())
    stems = [f"(?:{re.escape(word)}|{re.escape(_shortened(word))})" for word in words]
    return re.compile(r"\w*\s+".join(stems), re.IGNORECASE) if stems else None


def _shortened(word: str) -> str:
    """Return a word without the vowel that its cases drop: «ажл» of «ажил», «байгууллаг» of «байгууллага»."""
    short = re.sub(r"[аэоөиуү](?=[^аэоөиуүяеёюй]$)|[аэоө]$", "", word)
    return short if len(short) > len("шт") else word


def _sums(counts: Iterable[Decimal]) -> set[Decimal]:
    sums = {Decimal(0)}
    for count in counts:
        sums |= {one + count for one in sums}
    return sums - {Decimal(0)}
