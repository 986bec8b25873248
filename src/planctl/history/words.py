"""What changed in a text, by words. In: two texts. Out: one line in which people see what left and what came."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

AROUND = 4
"""Words that are kept on either side of a change."""

_WORD = re.compile(r"\S+")


def by_words(before: str, after: str, *, around: int = AROUND) -> str:
    """Return the second text with `[-what left-]` and `{+what came+}`, far from these shortened to `…`."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    told: list[str] = []
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for at, (kind, start, end, begin, stop) in enumerate(steps):
        if kind == "equal":
            told += _shortened(new[begin:stop], 0 if at == 0 else around, 0 if at == len(steps) - 1 else around)
        else:
            told += [f"[-{' '.join(old[start:end])}-]"] if end > start else []
            told += [f"{{+{' '.join(new[begin:stop])}+}}"] if stop > begin else []
    return " ".join(told)


def _shortened(words: list[str], first: int, last: int) -> list[str]:
    """Return the first and the last of some words, with one sign for those between."""
    if len(words) <= first + last + 1:
        return words
    return [*words[:first], "…", *(words[-last:] if last else [])]
