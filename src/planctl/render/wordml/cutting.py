"""Cut a body that is being filled in where its tables and their rows begin and end.

In: the pieces of a filled body, as they come. Out: what stands between its tables, and each table row by row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_TABLE = re.compile("<w:tbl[ >]")
_ROW_OR_END = re.compile("<w:tr[ >]|</w:tbl>")
_LONGEST_SIGN = len("</w:tbl>")
_PIECES = 1000
"""So many are joined at a time."""


class NotStreamableError(Exception):
    """This sheet and template have to go the plain way, for the reason that is given in plain words."""


@dataclass(frozen=True, slots=True)
class Between:
    """What stands in front of a table, or behind the last one."""

    xml: str
    is_last: bool


@dataclass(frozen=True, slots=True)
class CutTable:
    """A table of the body: what stands in front of its rows, and the rows, which are read once and to the end."""

    head: str
    rows: Iterator[str]


def cut(pieces: Iterator[str]) -> Iterator[str | Between | CutTable]:
    """Yield the body's own opening tag, then its parts in turn."""
    source = _Source(pieces)
    if not source.is_at("<w:body>", "<w:body "):
        raise NotStreamableError("there is no body")
    yield source.up_to(">")
    begun = ""
    while source.has(_TABLE):
        begun += source.before(_TABLE)
        if _depth(begun):
            begun += source.up_to("<w:tbl")
            continue
        head = source.before(_ROW_OR_END)
        if source.is_at("</w:tbl>"):
            begun += head + source.up_to("</w:tbl>")
            continue
        yield Between(begun, is_last=False)
        yield CutTable(head, _rows(source))
        begun = ""
    rest = source.rest()
    if not rest.endswith("</w:body>"):
        raise NotStreamableError("the body has no end")
    yield Between(begun + rest.removesuffix("</w:body>"), is_last=True)


def _rows(source: _Source) -> Iterator[str]:
    while source.is_at("<w:tr>", "<w:tr "):
        yield source.up_to("</w:tr>")
    if not source.is_at("</w:tbl>"):
        raise NotStreamableError("something stands between the rows of a table")
    source.up_to("</w:tbl>")


def _depth(xml: str) -> int:
    """Return how many elements are still open at the end."""
    if "<!" in xml or "<?" in xml:
        raise NotStreamableError("there are comments in the body")
    return xml.count("<") - 2 * xml.count("</") - xml.count("/>")


class _Source:
    """A text that comes in pieces, and how far it has been taken."""

    def __init__(self, pieces: Iterator[str]) -> None:
        self._pieces = pieces
        self._text = ""
        self._at = 0

    def is_at(self, *signs: str) -> bool:
        """Tell whether one of the signs comes next."""
        longest = max(map(len, signs))
        while len(self._text) - self._at < longest and self._read_on():
            pass
        return self._text.startswith(signs, self._at)

    def has(self, sign: re.Pattern[str]) -> bool:
        """Tell whether the sign comes at all."""
        return self._found(sign) is not None

    def before(self, sign: re.Pattern[str]) -> str:
        """Take what stands in front of the sign."""
        found = self._found(sign)
        if found is None:
            raise NotStreamableError("a table has no end")
        return self._taken(found)

    def up_to(self, sign: str) -> str:
        """Take what stands in front of the sign, and the sign."""
        while (found := self._text.find(sign, self._at)) < 0:
            if not self._read_on():
                raise NotStreamableError("an element has no end")
        return self._taken(found + len(sign))

    def rest(self) -> str:
        """Take all that is left."""
        while self._read_on():
            pass
        return self._taken(len(self._text))

    def _found(self, sign: re.Pattern[str]) -> int | None:
        start = self._at
        while (found := sign.search(self._text, start)) is None:
            known = len(self._text) - self._at
            if not self._read_on():
                return None
            start = max(self._at, self._at + known - _LONGEST_SIGN)
        return found.start()

    def _taken(self, end: int) -> str:
        taken, self._at = self._text[self._at : end], end
        return taken

    def _read_on(self) -> bool:
        more = "".join(islice(self._pieces, _PIECES))
        self._text, self._at = self._text[self._at :] + more, 0
        return bool(more)
