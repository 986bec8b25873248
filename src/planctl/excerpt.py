"""How a text is shown where there is room for its beginning alone. In: a text. Out: one line."""

from __future__ import annotations


def beginning(text: str, most: int = 60) -> str:
    """Return the beginning of a text on one line of at most so many characters, of which "…" is one where it is cut."""
    words = " ".join(text.split())
    return words if len(words) <= most else f"{words[: most - 1].rstrip(' ,')}…"
