"""Texts that page breaks have cut, put together again: planctl's own workbook has them whole in its records.

In: the parts of a text as they are printed, and the texts of the records. Out: the text. The records say it in the
words of the plan, so that signs of lists and spaces differ: a text is found by its letters and digits alone.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_BESIDE = re.compile(r"[\W_]+")
_ENDED = re.compile(r"[.!?:;…»”\")]\s*\Z")
_SIGN = re.compile(r"^\s*(?:[•–]|[0-9]{1,3}\.)\s")
_TELLING = 30
"""So many characters on both sides of a cut tell where in a text it is."""


class WholeTexts:
    """The texts of the records; there are none where a file is not planctl's own workbook."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._texts = tuple(texts)

    def __bool__(self) -> bool:
        return bool(self._texts)

    def joined(self, parts: Sequence[str]) -> str:
        """Return the text of which these are the parts, one after the other."""
        gaps = tuple(self._gaps(parts)) or tuple(map(self._likely_gap, parts, parts[1:]))
        text = parts[0]
        for gap, part in zip(gaps, parts[1:], strict=True):
            text = f"{text.rstrip()}{gap}{part.lstrip()}".strip()
        return text

    def _gaps(self, parts: Sequence[str]) -> Iterator[str]:
        """Yield what stands between the parts where the records have the text; nothing where it was changed since."""
        bare = [_BESIDE.sub("", part) for part in parts]
        whole = self._by_letters.get("".join(bare))
        if whole is None or not all(bare):
            return
        places = [at for at, sign in enumerate(whole) if not _BESIDE.match(sign)]
        through = 0
        for part in bare[:-1]:
            through += len(part)
            between = whole[places[through - 1] + 1 : places[through]]
            yield "\n" if "\n" in between else " " if any(map(str.isspace, between)) else ""

    @cached_property
    def _by_letters(self) -> dict[str, str]:
        return {_BESIDE.sub("", text): text for text in self._texts}

    def _likely_gap(self, before: str, after: str) -> str:
        """Return what a page break has probably taken from between two parts of a text."""
        if not self._texts:
            is_ended = _ENDED.search(before) or after.lstrip().startswith("- ")
            return "\n\n" if is_ended else " "
        if _SIGN.match(after.lstrip()):
            return "\n"
        last, first = (_SIGN.sub("", text) for text in (before.rstrip().rpartition("\n")[2], after.lstrip()))
        end, start = last[-_TELLING:], first.partition("\n")[0][:_TELLING]
        return next((gap for gap in (" ", "") if f"{end}{gap}{start}" in self._together), "\n")

    @cached_property
    def _together(self) -> str:
        return "\0".join(self._texts)
