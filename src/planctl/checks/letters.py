"""Words of two alphabets: Latin letters among Cyrillic ones look the same and are found by no search.

In: a text. Out: each such word with its foreign letters, and the word as it was meant where that can be told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_LATIN = "A-Za-zÀ-ÖØ-öø-ɏɐ-ʯ"
_CYRILLIC = "Ѐ-ԯ"
_RUN = re.compile(f"[{_LATIN}]+")
_CYRILLIC_LETTER = re.compile(f"[{_CYRILLIC}]")
LATIN_LETTER = re.compile(f"[{_LATIN}]")
"""Without one a text mixes nothing."""
_LETTERS = re.compile(f"[{_LATIN}{_CYRILLIC}]+")
_WORD_END = re.compile(r"\s|\Z")
_ADDRESS = re.compile(r"://|@|^\W*www\.", re.IGNORECASE)

_CYRILLIC_OF = dict(zip("AaBCcEeHhKkMOoPpTXxYyVvöÖøØɵƟüÜëË", "АаВСсЕеНнКкМОоРрТХхУуҮүөӨөӨөӨүҮёЁ", strict=True))
_LATIN_OF = dict(zip("АаВСсЕеНКкМОоРрТХхУу", "AaBCcEeHKkMOoPpTXxYy", strict=True))
_FRONT = dict(zip("OoYy", "ӨөҮү", strict=True))
"""What o and y stand for in words of front vowels: an old keyboard lacks ө and ү, not о and у."""


@dataclass(frozen=True, slots=True)
class MixedWord:
    """A part of a word with letters of two alphabets; `meant` is empty where a foreign letter looks like no other."""

    word: str
    foreign: tuple[str, ...]
    meant: str


def mixed_words(text: str) -> Iterator[MixedWord]:
    """Yield each part of a word that mixes Latin and Cyrillic letters, once.

    Hyphens, points, slashes and digits part a word: «ERP-ээр», «13А» and «e-mongolia.mn-оор» mix nothing.
    """
    told: set[str] = set()
    for run in _RUN.finditer(text):
        before, after = text[max(run.start() - 1, 0) : run.start()], text[run.end() : run.end() + 1]
        if not (_CYRILLIC_LETTER.match(before) or _CYRILLIC_LETTER.match(after)):
            continue
        word = _part_around(text, run.start())
        if word not in told and not _is_in_address(text, run.start()):
            told.add(word)
            yield _mixed(word)


def _part_around(text: str, at: int) -> str:
    start = at
    while start and _LETTERS.match(text[start - 1]):
        start -= 1
    match = _LETTERS.match(text, start)
    return match[0] if match else ""


def _is_in_address(text: str, at: int) -> bool:
    start = max((text.rfind(space, 0, at) for space in " \n\t"), default=-1) + 1
    end = _WORD_END.search(text, at)
    return bool(_ADDRESS.search(text[start : end.start() if end else None]))


def _mixed(word: str) -> MixedWord:
    """Take the alphabet with fewer letters for the foreign one, and Latin where there are as many."""
    latin, cyrillic = LATIN_LETTER.findall(word), _CYRILLIC_LETTER.findall(word)
    if len(latin) <= len(cyrillic):
        likes, foreign = _as_cyrillic(word), latin
    else:
        likes, foreign = _LATIN_OF, cyrillic
    is_clear = all(letter in likes for letter in foreign)
    meant = "".join(likes.get(letter, letter) for letter in word) if is_clear else ""
    return MixedWord(word, tuple(dict.fromkeys(foreign)), meant)


def _as_cyrillic(word: str) -> dict[str, str]:
    """Return the Cyrillic letters that Latin ones stand for in this word; vowel harmony tells ө from о, ү from у."""
    vowels = set(word.casefold())
    is_front = bool(vowels & set("өүэ")) and not vowels & set("аоуяё")
    return _CYRILLIC_OF | _FRONT if is_front else _CYRILLIC_OF
