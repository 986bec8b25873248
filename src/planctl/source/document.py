"""The plain tree of one file, with the place of every value.

In: what `reader.read` built. Out: `Document`, whose `span_of` leads from a path of keys and indexes back to the file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol, TypeAlias

from planctl.diagnostics import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Step: TypeAlias = str | int
Loc: TypeAlias = tuple[Step, ...]
Node: TypeAlias = "str | list[Node] | dict[str, Node] | None"
"""Scalars are the author's own text, or None where the author wrote nothing, `~` or `null`."""


class Mark(Protocol):
    """Where a parser saw something: line, column and offset, all from 0."""

    @property
    def line(self) -> int:
        """Lines before it."""

    @property
    def column(self) -> int:
        """Characters before it on its line."""

    @property
    def index(self) -> int:
        """Characters before it in the parsed text."""


Place: TypeAlias = "Mark | tuple[Mark, list[Place] | dict[str, Place]]"
"""The mark of a scalar, or a collection's mark with the places of its children."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """One file as text; `path` leads from the project's folder to it, with "/"."""

    path: str
    text: str


Move: TypeAlias = tuple[int, int]
"""From which column on a line was moved, and by how many columns to the right."""


@dataclass(frozen=True, slots=True)
class Page:
    """The text that was parsed, and how its places lead back to the author's file.

    `moved` tells for a line (from 0) from which column on (from 0) it was moved how many columns to the right.
    """

    path: str
    text: str
    moved: Mapping[int, tuple[Move, ...]] = field(default_factory=dict)

    def span(self, line: int, column: int) -> Span:
        """Return the place in the author's file; `line` and `column` count from 0."""
        for start, columns in reversed(self.moved.get(line, ())) if self.moved else ():
            column = column - columns if column >= start else min(column, start - columns)
        return Span(self.path, line + 1, column + 1)

    def span_at(self, offset: int) -> Span:
        """Return the place of the character with this offset in the parsed text."""
        starts = _line_starts(self.text)
        line = bisect_right(starts, offset) - 1
        return self.span(line, offset - starts[line])


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """One file's values as plain mappings, lists and text; the top is a mapping."""

    path: str
    text: str
    data: dict[str, Node]
    page: Page
    places: Place

    def span_of(self, loc: Sequence[Step]) -> Span:
        """Return the place of the value; of the nearest parent for a key that is absent.

        Steps that name no node are skipped: the paths of pydantic's errors contain the names of union members.
        """
        place = self.places
        for step in loc:
            child = _child(place, step)
            if child is not None:
                place = child
        mark = _mark(place)
        return self.page.span(mark.line, mark.column)

    def key_span_of(self, loc: Sequence[Step]) -> Span:
        """Return the place of the key under which the value stands; of the value itself for an item of a list."""
        trail = self._trail(loc)
        step, place = trail[-1]
        if isinstance(step, str):
            offset = key_offset(self.page.text, step, start=_mark(trail[-2][1]).index, end=_mark(place).index)
            if offset is not None:
                return self.page.span_at(offset)
        mark = _mark(place)
        return self.page.span(mark.line, mark.column)

    def loc_at(self, span: Span) -> Loc:
        """Return the path to the innermost value that a place lies in, or at whose key it lies; the way back of places.

        What follows a value, such as a remark, counts to it.
        """
        at = (span.line, span.column)
        loc: Loc = ()
        place = self.places
        while isinstance(place, tuple) and place[1]:
            steps, starts = _starts(self, loc)
            index = bisect_right(starts, at) - 1
            if index + 1 < len(steps) and self._key_stands_before(at, (*loc, steps[index + 1])):
                index += 1
            if index < 0:
                break
            loc = (*loc, steps[index])
            place = _child(place, steps[index]) or place
        return loc

    def _key_stands_before(self, at: tuple[int, int], loc: Loc) -> bool:
        if not isinstance(loc[-1], str):
            return False
        span = self.key_span_of(loc)
        return (span.line, span.column) <= at

    def _trail(self, loc: Sequence[Step]) -> list[tuple[Step | None, Place]]:
        """Return each step that names a node with its place, the document itself first."""
        place = self.places
        trail: list[tuple[Step | None, Place]] = [(None, place)]
        for step in loc:
            child = _child(place, step)
            if child is not None:
                place = child
                trail.append((step, place))
        return trail


@lru_cache(maxsize=64)
def _starts(document: Document, loc: Loc) -> tuple[tuple[Step, ...], tuple[tuple[int, int], ...]]:
    """Return what stands right below a path, with the line and column of each; remembered for long lists."""
    place = document.places
    for step in loc:
        place = _child(place, step) or place
    children = place[1] if isinstance(place, tuple) else []
    pairs = children.items() if isinstance(children, dict) else enumerate(children)
    steps: list[Step] = []
    starts: list[tuple[int, int]] = []
    for step, child in pairs:
        mark = _mark(child)
        span = document.page.span(mark.line, mark.column)
        steps.append(step)
        starts.append((span.line, span.column))
    return tuple(steps), tuple(starts)


@lru_cache(maxsize=4)
def _line_starts(text: str) -> tuple[int, ...]:
    """Return the offset of each line; remembered for the file in hand, as it may have thousands of findings."""
    return (0, *(match.end() for match in re.finditer("\n", text)))


def key_offset(text: str, key: str, *, start: int, end: int) -> int | None:
    """Return where the key of the value at `end` stands in its mapping, which begins at `start`.

    None when the key is written with escapes, so that it does not stand in the text as such.
    """
    between = re.compile(r"""["']?[ \t]*:(?:\s|#[^\n]*\n)*""")
    found = text.rfind(key, start, end)
    while found >= 0:
        rest = between.match(text, found + len(key), end)
        if rest is not None and rest.end() == end:
            return found - 1 if text[found - 1 : found] in {'"', "'"} else found
        found = text.rfind(key, start, found + len(key) - 1) if found > start else -1
    return None


def _mark(place: Place) -> Mark:
    return place[0] if isinstance(place, tuple) else place


def _child(place: Place, step: Step) -> Place | None:
    if not isinstance(place, tuple):
        return None
    children = place[1]
    if isinstance(children, dict):
        return children.get(step) if isinstance(step, str) else None
    return children[step] if isinstance(step, int) and 0 <= step < len(children) else None


def holds(document: Document, loc: tuple[str | int, ...]) -> bool:
    """Tell whether a file has a value at a path of keys."""
    return value_at(document, loc) is not None


def value_at(document: Document, loc: tuple[str | int, ...]) -> object:
    """Return what the author wrote at a path of keys and indexes, or None."""
    node: object = document.data
    for step in loc:
        if isinstance(node, dict):
            node = node.get(step)
        elif isinstance(node, list) and isinstance(step, int) and step < len(node):
            node = node[step]
        else:
            return None
    return node
