"""Ids made of words: short, readable, the same whenever the words are the same.

In: Mongolian texts. Out: ids in Latin letters, as the national standard MNS 5217:2012 writes Cyrillic.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LATIN = str.maketrans(
    {
        **dict(zip("абвгдзийклмноөпрстуүфыэ", "abvgdziiklmnooprstuufye", strict=True)),
        "е": "ye",
        "ё": "yo",
        "ж": "j",
        "х": "kh",
        "ц": "ts",
        "ч": "ch",
        "ш": "sh",
        "щ": "sh",
        "ъ": "",
        "ь": "",
        "ю": "yu",
        "я": "ya",
    }
)
_WORD = re.compile(r"[a-z0-9]+")
_TELL_NOTHING = frozenset(
    {
        "ба",
        "болон",
        "буюу",
        "нь",
        "энэ",
        "тухай",
        "бүх",
        "нийт",
        "хийх",
        "авах",
        "өгөх",
        "ажлыг",
        "ажил",
        "арга",
        "хэмжээ",
        "хэмжээг",
        "зохион",
        "байгуулах",
        "байгуулж",
        "хэрэгжүүлэх",
        "хэрэгжүүлж",
        "сумын",
        "аймгийн",
        "оны",
        "он",
        "тус",
        "тухайн",
    }
)
MOST_WORDS, LONGEST_ID = 3, 32


def latin(text: str) -> str:
    """Return a text in small Latin letters."""
    return text.casefold().translate(_LATIN)


def id_of(text: str, fallback: str = "item") -> str:
    """Return an id of the first words that tell something: `hog-khayagdal-tseverlekh`."""
    words = [word for word in re.findall(r"\w+", text.casefold()) if word not in _TELL_NOTHING]
    spelt = [part for word in words for part in _WORD.findall(word.translate(_LATIN))]
    telling = [word for word in spelt if not word.isdecimal()] or spelt
    id_ = "-".join(telling[:MOST_WORDS])
    while len(id_) > LONGEST_ID and "-" in id_:
        id_ = id_.rpartition("-")[0]
    return id_[:LONGEST_ID] or fallback


def ids_of(texts: Iterable[str], taken: Iterable[str] = ()) -> Iterator[str]:
    """Yield an id for each text; of those that would be the same the later ones are numbered."""
    used = set(taken)
    numbers: dict[str, int] = {}
    for text in texts:
        wanted = id_ = id_of(text)
        while id_ in used:
            numbers[wanted] = numbers.get(wanted, 1) + 1
            id_ = f"{wanted}-{numbers[wanted]}"
        used.add(id_)
        yield id_
