"""Text that a "#" cuts short without a word from YAML: from the parsed tree back to the lines it came from."""

from __future__ import annotations

import re
from bisect import bisect
from typing import TYPE_CHECKING

from planctl.diagnostics import Diagnostic, finding
from planctl.source.shown import quoted, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.source.document import Node, Page, Place

MOST_IN_A_LINE = 5
_WORD = re.compile(r"[^\W\d_]{2,}")
_CYRILLIC = re.compile("[Ѐ-ӿ]")


def check_comments(page: Page, data: Node, places: Place) -> tuple[Diagnostic, ...]:
    """Return a finding for each comment that seems to be the rest of a text.

    Where a "#" is directly followed by a sign (“Зам #5”), the text was certainly meant to go on; where prose is
    followed by "# ", it may have been. Comments after numbers, dates and single words are left alone.
    """
    hashes = [offset for offset in _hashes(page.text) if _is_prose(*_around(page.text, offset))]
    texts = sorted(_texts(data, places)) if hashes else []
    if not texts:
        return ()
    return tuple(found for offset in hashes if (found := _cut(page, offset, texts)) is not None)


def _hashes(text: str) -> Iterator[int]:
    """Yield the offset of each "#" that stands after a blank; of one line only the first ones can end a text."""
    offset, line_end, in_line = text.find("#"), -1, 0
    while offset >= 0:
        if offset > line_end:
            line_end, in_line = text.find("\n", offset) % (len(text) + 1), 0
        if text[offset - 1 : offset] in {" ", "\t"}:
            in_line += 1
            yield offset
        offset = text.find("#", offset + 1 if in_line < MOST_IN_A_LINE else line_end)


def _around(text: str, offset: int) -> tuple[str, str]:
    """Return what stands before the "#" in its line, without the key, and what stands behind it."""
    before = text[text.rfind("\n", 0, offset) + 1 : offset]
    end = text.find("\n", offset)
    return before.split(": ", 1)[-1], text[offset + 1 : end if end >= 0 else len(text)]


def _is_prose(text: str, lost: str) -> bool:
    """Return whether a comment after such a text is worth asking about."""
    words = len(_WORD.findall(text))
    if lost[:1].strip():
        return words > 1 or _CYRILLIC.search(text) is not None
    return words > 1


def _texts(data: Node, place: Place) -> Iterator[tuple[int, str]]:
    """Yield the offset and the value of every text in the tree."""
    if not isinstance(place, tuple):
        if isinstance(data, str):
            yield place.index, data
    elif isinstance(data, dict) and isinstance(place[1], dict):
        for key, value in data.items():
            yield from _texts(value, place[1][key])
    elif isinstance(data, list) and isinstance(place[1], list):
        for value, child in zip(data, place[1], strict=True):
            yield from _texts(value, child)


def _cut(page: Page, offset: int, texts: list[tuple[int, str]]) -> Diagnostic | None:
    """Return the finding if a plain text of the tree ends just before the "#" at this offset."""
    start, value = texts[max(0, bisect(texts, (offset,)) - 1)]
    written = page.text[start:offset]
    if written.split() != value.split():
        return None
    lost = _around(page.text, offset)[1]
    line_start = page.text.rfind("\n", 0, start) + 1
    whole = " ".join(f"{written}#{lost}".split())
    corrected = shortened(page.text[line_start:start] + quoted(whole))
    code = "text-cut-by-hash" if lost[:1].strip() else "comment-after-text"
    return finding(code, page.span_at(offset), lost=shortened(f"#{lost}"), corrected=corrected)
