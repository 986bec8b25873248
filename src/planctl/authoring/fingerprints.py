"""Writing fingerprints into links: only those characters change, everything else stays byte for byte.

In: a file's content, the document read from it, and the links with their fingerprints. Out: the new content. A link is
found by its place in the file and changed only where it stands there as its value says.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planctl.portfolio.portfolio import value_at
from planctl.source.document import SourceText
from planctl.source.reader import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planctl.portfolio.chain import Edge
    from planctl.source.document import Document, Loc

_LINE_END = re.compile("\r\n|\r|\n")
_PLAIN_IN_BRACES = re.compile(r"[\w./-][\w./#-]*")
_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Accepted:
    """The new content of a file, and the links that could not be changed because of how they are written."""

    content: bytes
    written: int
    left: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class _Change:
    """What is put in the place of the characters from `start` to `end`."""

    start: int
    end: int
    text: str


def accepted(content: bytes, document: Document, links: Iterable[tuple[Edge, str]]) -> Accepted:
    """Return a file's content with a fingerprint in each of the links; those that have it already stay as they are."""
    whole = content.decode()
    text = whole.removeprefix(_MARK)
    page = _Page(text, document)
    changes: list[_Change] = []
    left: list[Edge] = []
    expected = deepcopy(document.data)
    for edge, digest in links:
        if edge.link.fingerprint == digest:
            continue
        change = page.change(edge, digest)
        if change is None:
            left.append(edge)
        else:
            changes.append(change)
            _set(expected, edge, digest)
    new = _changed(text, changes)
    again, _findings = read(SourceText(document.path, new))
    if again is None or again.data != expected:
        return Accepted(content, 0, tuple(edge for edge, _digest in links))
    return Accepted((whole[: len(whole) - len(text)] + new).encode(), len(changes), tuple(left))


def _changed(text: str, changes: Iterable[_Change]) -> str:
    for change in sorted(changes, key=lambda one: one.start, reverse=True):
        text = text[: change.start] + change.text + text[change.end :]
    return text


def _set(data: Any, edge: Edge, digest: str) -> None:
    """Put the fingerprint into the tree that the new text is to give."""
    holder, last = data, edge.loc[-1]
    for step in edge.loc[:-2]:
        holder = holder[step]
    links = holder["carries_out"]
    if isinstance(links, list):
        holder = links
    else:
        last = "carries_out"
    link = holder[last]
    holder[last] = {"item": link} if isinstance(link, str) else link
    holder[last]["fingerprint"] = digest


class _Page:
    """The author's own text with the offsets of its lines."""

    def __init__(self, text: str, document: Document) -> None:
        self._text = text
        self._document = document
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def change(self, edge: Edge, digest: str) -> _Change | None:
        """Return what is to change for one link, or None where it is not written as its value says."""
        link = self._loc(edge)
        given = value_at(self._document, link)
        if isinstance(given, str):
            return self._wrapped(link, given, digest)
        if not isinstance(given, dict):
            return None
        if isinstance(old := given.get("fingerprint"), str):
            span = self._written((*link, "fingerprint"), old)
            return span and _Change(*span, digest)
        return None if "fingerprint" in given else self._added(link, given["item"], digest)

    def _loc(self, edge: Edge) -> Loc:
        """Return the path to a link, which a section with a single one may hold without a list."""
        return edge.loc if isinstance(value_at(self._document, edge.loc[:-1]), list) else edge.loc[:-1]

    def _wrapped(self, link: Loc, item: str, digest: str) -> _Change | None:
        """Return `{item: …, fingerprint: …}` in the place of a text."""
        if (span := self._written(link, item)) is None:
            return None
        start, end = span
        written = self._text[start:end]
        is_plain = written == item and not _PLAIN_IN_BRACES.fullmatch(item)
        quoted = "'" + item.replace("'", "''") + "'" if is_plain else written
        return _Change(start, end, f"{{item: {quoted}, fingerprint: {digest}}}")

    def _added(self, link: Loc, item: str, digest: str) -> _Change | None:
        """Return the fingerprint behind the item: in the same braces, or on a line of its own as far in."""
        if (span := self._written((*link, "item"), item)) is None:
            return None
        holder, end = self._offset(link), span[1]
        if self._text[holder] == "{":
            return _Change(end, end, f", fingerprint: {digest}")
        line_end = _LINE_END.search(self._text, end)
        at = line_end.start() if line_end else len(self._text)
        column = holder - self._starts[bisect_right(self._starts, holder) - 1]
        sign = line_end[0] if line_end else "\n"
        return _Change(at, at, f"{sign}{' ' * column}fingerprint: {digest}")

    def _written(self, loc: Loc, value: str) -> tuple[int, int] | None:
        """Return where a value begins and ends, its quotation marks included."""
        start = self._offset(loc)
        for sign in ("", '"', "'"):
            written = f"{sign}{value}{sign}"
            if self._text.startswith(written, start):
                return start, start + len(written)
        return None

    def _offset(self, loc: Sequence[str | int]) -> int:
        span = self._document.span_of(loc)
        return self._starts[span.line - 1] + span.column - 1
