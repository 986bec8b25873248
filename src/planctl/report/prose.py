"""An author's text as paragraphs, bullets and numbered items.

In: a text as written in a plan. Out: `Block`s. A blank line parts paragraphs; `- ` begins a bullet, two spaces deeper
one inside it; `1. ` begins a numbered list if its items run 1, 2, 3 and are more than one; all else is literal, so that
no sign of the author's is lost. A line with a number out of that order is a paragraph with its number.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from planctl.report.sheet import Block, Cell

if TYPE_CHECKING:
    from decimal import Decimal

DEEPEST = 3
"""Levels of lists that templates have a style for; what is deeper stands on the deepest."""

_LINE = re.compile(r"(?P<indent> *)(?:(?P<bullet>- +)|(?P<number>[0-9]{1,3})\. +)?(?P<text>.*)")

_OWN_SIGN = re.compile(r" *(?:[•·*–—▪○]|\w{1,3}[).] )")
"""How authors begin items in other ways: `1)`, `а)`, `•`, `–`; such a line keeps its sign and stands by itself."""


def blocks(text: str) -> tuple[Block, ...]:
    """Return the paragraphs of a text, in order."""
    return tuple(_Paragraphs().read(text))


@lru_cache(maxsize=1000)
def prose(text: str) -> Cell:
    """Return a text as a cell of several paragraphs.

    A narrative stands in the printed table, beside it and in the records: it is read once for all of them.
    """
    paragraphs = blocks(text)
    return Cell("\n".join(block.text for block in paragraphs), paragraphs)


def line(text: str, *, number: Decimal | int | None = None, colour: str | None = None) -> Cell:
    """Return a short text as a cell of one paragraph, its lines kept."""
    return Cell(text, (Block("paragraph", text),) if text else (), number, colour)


class _Paragraphs:
    """The paragraphs read so far; `_open` tells whether a plain line, indented as far, belongs to the last one."""

    def __init__(self) -> None:
        self._done: list[Block] = []
        self._open = False

    def read(self, text: str) -> list[Block]:
        for written in text.split("\n"):
            self._line(written.expandtabs(2))
        return [self._literal_if_alone(at) for at in range(len(self._done))]

    def _literal_if_alone(self, at: int) -> Block:
        """Return a paragraph in the place of a numbered item that no second one follows: `1. Хөтөлбөрийг …`."""
        block = self._done[at]
        if block.kind != "number" or block.ordinal > 1 or block.level > 1:
            return block
        after = next((one for one in self._done[at + 1 :] if one.level <= block.level), None)
        if after is not None and (after.kind, after.level) == ("number", block.level):
            return block
        return Block("paragraph", f"{block.ordinal}. {block.text}")

    def _line(self, written: str) -> None:
        bare = written.strip()
        match = _LINE.fullmatch(written.rstrip(" "))
        if match is None or not bare:
            self._open = False
            return
        level = min(len(match["indent"]) // 2 + 1, DEEPEST)
        if match["bullet"] and match["text"]:
            self._add(Block("bullet", match["text"], level, self._next(level, "bullet")))
        elif match["number"] and match["text"] and int(match["number"]) in {1, self._next(level, "number")}:
            self._add(Block("number", match["text"], level, int(match["number"])))
        elif self._open and not _OWN_SIGN.match(written) and len(match["indent"]) >= 2 * self._done[-1].level:
            last = self._done[-1]
            self._done[-1] = Block(last.kind, f"{last.text} {bare}", last.level, last.ordinal)
        else:
            self._add(Block("paragraph", bare))

    def _next(self, level: int, kind: str) -> int:
        """Return the ordinal that the next item of this kind and level would have."""
        for block in reversed(self._done):
            if block.level < level:
                return 1
            if block.level == level:
                return block.ordinal + 1 if block.kind == kind else 1
        return 1

    def _add(self, block: Block) -> None:
        self._done.append(block)
        self._open = True
