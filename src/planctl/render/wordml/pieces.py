"""Strings with numbered places between them, into which texts come.

In: a string with signs where texts belong, as the tidying leaves it. Out: its pieces, and the string with texts in it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# More noncharacters: the place of a text in what was tidied.
OPEN, CLOSE = "\ufdd8", "\ufdd9"
_PLACE = re.compile(f"{OPEN}(\\d+){CLOSE}")

Pieces = tuple[tuple[str, ...], tuple[int, ...]]
"""Constant strings, and the numbers of the texts between them."""

EMPTY: Pieces = (("",), ())


def place(number: int) -> str:
    """Return the sign for the text of that number."""
    return f"{OPEN}{number}{CLOSE}"


def places_in(text: str) -> list[int]:
    """Return the numbers of the places in a text."""
    return [int(number) for number in _PLACE.findall(text)]


def parted(text: str) -> Pieces:
    """Return a text's pieces."""
    parts = _PLACE.split(text)
    return tuple(parts[::2]), tuple(map(int, parts[1::2]))


def shifted(pieces: Pieces, by: int) -> Pieces:
    """Return pieces whose places have higher numbers."""
    constants, places = pieces
    return constants, tuple(place + by for place in places)


def put_together(pieces: Pieces, texts: Sequence[str]) -> str:
    """Return constant strings with texts between them."""
    constants, places = pieces
    if not places:
        return constants[0]
    if len(places) == 1:
        return f"{constants[0]}{texts[places[0]]}{constants[1]}"
    found = [""] * (len(constants) + len(places))
    found[::2] = constants
    found[1::2] = [texts[place] for place in places]
    return "".join(found)
