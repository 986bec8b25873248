"""The order of the Mongolian alphabet. In: a name. Out: a key to sort it by."""

from __future__ import annotations

_ALPHABET = "абвгдеёжзийклмноөпрстуүфхцчшщъыьэюя"
_RANK = {letter: f"{rank:02}" for rank, letter in enumerate(_ALPHABET)}


def alphabetical(name: str) -> str:
    """Return a key that sorts by the Mongolian alphabet: ө after о, ү after у; other signs come before letters."""
    return "".join(_RANK.get(sign, f" {sign}") for sign in name.casefold())
