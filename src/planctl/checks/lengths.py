"""What one cell of Excel can hold. In: a text. Out: its length, where that is too much."""

from __future__ import annotations

LONGEST_TEXT = 32_767
"""Characters that one cell of Excel can hold."""


def too_long(text: str) -> int | None:
    """Return the length of a text that Excel would cut, or None; it counts UTF-16 units, a tab is up to two spaces."""
    if 2 * len(text) <= LONGEST_TEXT:
        return None
    length = len(text.expandtabs(2).encode("utf-16-le")) // 2
    return length if length > LONGEST_TEXT else None
