"""What counts as a character of a file's text: every sign that is seen, so that none can be lost unnoticed."""

from __future__ import annotations

import re

_UNSEEN = re.compile(
    "[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff\ufff9-\ufffb"  # soft hyphens, no width, marks of direction
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]"  # no plan may hold them
)
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")


def seen(text: str) -> str:
    """Return the text with plain line ends, and without characters that nobody sees."""
    if text.isprintable():
        return text
    return _LINE_ENDS.sub("\n", _UNSEEN.sub("", text))


def signs_of(text: str) -> int:
    """Return how many of the characters are neither spaces nor unseen."""
    return len("".join((text if text.isprintable() else _UNSEEN.sub("", text)).split()))
