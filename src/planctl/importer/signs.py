"""What counts as a character of a file's text: every sign that is seen, so that none can be lost unnoticed."""

from __future__ import annotations

import re

_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")
"""Soft hyphens, spaces of no width and marks of direction."""


def seen(text: str) -> str:
    """Return the text without characters that nobody sees."""
    return _UNSEEN.sub("", text)


def signs_of(text: str) -> int:
    """Return how many of the characters are neither spaces nor unseen."""
    return len("".join(seen(text).split()))
