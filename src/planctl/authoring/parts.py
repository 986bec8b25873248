"""A YAML file taken apart without losing a remark: entries with what stands before, behind, in and after them.

In: a text that its reader takes as it stands. Out: `File`, for `formatting` to write again. The parser's own events say
where values begin and end; whatever stands between them beside signs is a remark. ruamel.yaml's round trip is not used:
it keeps a remark with the value above it, so that sorting keys gives remarks to the wrong ones, and it drops those that
stand in brackets (0.19).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from ruamel.yaml.events import (
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from planctl.source.reader import Events

NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
"""What YAML takes for no value at all where it stands without quotes."""

_SIGN = re.compile(r"\n|#[^\n]*|[^\s#]")


@dataclass(slots=True)
class Remark:
    """One remark with its `#`, and whether a line is free before it; `column` is where it stands (from 0)."""

    text: str
    column: int
    is_after_gap: bool = False


@dataclass(slots=True)
class Scalar:
    """A value: its text, or None for nothing. `escaped` is the author's own quoting, where that is kept as it is.

    One that `is_quoted` ends by a sign or in a line of its own, so that no remark behind it can be taken for its end.
    """

    text: str | None
    is_quoted: bool = False
    escaped: str = ""


@dataclass(slots=True)
class Collection:
    """A mapping or a list, and the remarks after its last entry."""

    is_mapping: bool
    is_in_row: bool
    parts: list[Part] = field(default_factory=list)
    tail: list[Remark] = field(default_factory=list)


Node: TypeAlias = Scalar | Collection


@dataclass(slots=True)
class Part:
    """An entry: of a mapping under its key, or of a list.

    Remarks stand `before` it on lines of their own, `behind` it on its line, or `inside` it where it has no value.
    """

    key: Scalar | None
    node: Node = field(default_factory=lambda: Scalar(None))
    before: list[Remark] = field(default_factory=list)
    behind: str = ""
    inside: list[Remark] = field(default_factory=list)
    is_after_gap: bool = False


@dataclass(slots=True)
class File:
    """A whole file: the remarks at its top, whether a line is free below them, and the mapping that it is."""

    head: list[Remark]
    has_gap_below_head: bool
    top: Collection


def taken_apart(text: str, events: Callable[[str], Events]) -> File:
    """Return the parts of a text; its top must be a mapping."""
    return _Builder(text, events(text)).file()


def remarks_in(file: File) -> list[str]:
    """Return every remark of a file, sorted."""
    return sorted([*(remark.text for remark in file.head), *_remarks_of(file.top)])


def _remarks_of(node: Node) -> Iterator[str]:
    if isinstance(node, Scalar):
        return
    yield from (remark.text for remark in node.tail)
    for part in node.parts:
        yield from (remark.text for remark in (*part.before, *part.inside))
        if part.behind:
            yield part.behind
        yield from _remarks_of(part.node)


class _Builder:
    """Goes through the events, and looks at what stands between them."""

    def __init__(self, text: str, get: Events) -> None:
        self._text = text
        self._get = get
        self._at = 0
        self._pending: list[Remark] = []
        self._last: Part | None = None
        """Whose line the last value or key stands on: a remark on the same line is behind it."""
        self._is_line_open = False
        """Whether that line goes on where the gap begins."""
        self._has_gap = False
        """Whether a line is free before what comes next."""

    def file(self) -> File:
        event = self._get()
        while event.__class__ is not MappingStartEvent:
            event = self._get()
        top = self._mapping(event, None)
        self._look(len(self._text))
        top.tail += self._taken()
        return File(*self._head(top.parts[0]), top) if top.parts else File([], False, top)

    def _head(self, first: Part) -> tuple[list[Remark], bool]:
        """Take the remarks at the top of the file from its first entry, but for those right above it after a gap."""
        gaps = [at for at, remark in enumerate(first.before) if at and remark.is_after_gap]
        split = len(first.before) if first.is_after_gap or not gaps else gaps[-1]
        head, first.before = first.before[:split], first.before[split:]
        has_gap_below = first.is_after_gap or bool(first.before)
        first.is_after_gap = False
        for remark in first.before[:1]:
            remark.is_after_gap = False
        return head, has_gap_below

    # What stands between values

    def _look(self, to: int) -> None:
        """Collect the remarks of the gap up to an offset."""
        is_on_line, breaks = self._is_line_open, 0 if self._is_line_open else 1
        for match in _SIGN.finditer(self._text, self._at, to):
            sign = match.group()
            if sign == "\n":
                is_on_line = False
                breaks += 1
            elif sign[0] == "#":
                self._remark(sign.rstrip(), match.start(), is_on_line=is_on_line, is_after_gap=breaks > 1)
                breaks = 0
            elif sign in "-?":
                is_on_line = False
                self._has_gap = breaks > 1
                breaks = 0
        self._has_gap = self._has_gap or breaks > 1
        self._at = to
        self._is_line_open = True

    def _remark(self, text: str, offset: int, *, is_on_line: bool, is_after_gap: bool) -> None:
        column = offset - self._text.rfind("\n", 0, offset) - 1
        if not is_on_line or self._last is None:
            self._pending.append(Remark(text, column, is_after_gap))
            return
        if self._last.behind:
            self._last.before.append(Remark(self._last.behind, column))
        self._last.behind = text

    def _taken(self, count: int | None = None) -> list[Remark]:
        taken = self._pending[:count]
        self._pending = [] if count is None else self._pending[count:]
        return taken

    def _taken_from(self, column: int) -> list[Remark]:
        """Take the remarks that stand at a column or right of it, up to the first one that does not."""
        count = next((at for at, remark in enumerate(self._pending) if remark.column < column), len(self._pending))
        return self._taken(count)

    def _gap(self) -> bool:
        has_gap, self._has_gap = self._has_gap, False
        return has_gap

    # Values

    def _node(self, event: Any, part: Part, column: int) -> None:
        """Put the value that begins with this event into its part; `column` is that of the part's own collection."""
        kind = event.__class__
        if kind is ScalarEvent:
            part.node = self._scalar(event, part)
            return
        is_mapping = kind is MappingStartEvent
        if event.flow_style or part.key is None:
            self._begin_value(part, event.start_mark.index)
        part.node = self._mapping(event, part) if is_mapping else self._sequence(event, part, outer=column)

    def _begin_value(self, part: Part, at: int) -> None:
        """Bring the remarks between a key or dash and its value above both."""
        self._look(at)
        if part.key is None and part.behind:
            part.before.append(Remark(part.behind, 0))
            part.behind = ""
        part.before += self._taken()
        self._gap()

    def _scalar(self, event: Any, part: Part) -> Scalar:
        start, end, style = event.start_mark.index, event.end_mark.index, event.style or ""
        if event.value in NOTHING and event.implicit[0] and start == end:
            return Scalar(None)
        self._begin_value(part, start)
        self._last = part
        written = self._text[start:end]
        if style and style in "|>":
            return self._block(event, part, written)
        self._at = end
        if event.value in NOTHING and event.implicit[0]:
            return Scalar(None)
        is_kept = style == '"' and "\n" not in written and re.search(r'\\[^"\\n/ ]', written.replace("\\\\", ""))
        return Scalar(event.value, is_quoted=bool(style), escaped=written if is_kept else "")

    def _block(self, event: Any, part: Part, written: str) -> Scalar:
        """Return a text that stands in lines of its own; free lines after it are its own only where it keeps them."""
        header, *lines = written.split("\n")
        if "#" in header:
            part.behind = header[header.index("#") :].rstrip()
        if "+" in header.split("#")[0]:
            self._at = event.end_mark.index
        else:
            count = (
                len(event.value.removesuffix("\n").split("\n")) if event.style == "|" and event.value else len(lines)
            )
            own = "\n".join((header, *lines[:count]))
            self._at = event.start_mark.index + len(own if event.style == "|" else own.rstrip())
        self._is_line_open = self._text[self._at - 1 : self._at] != "\n"
        return Scalar(event.value, is_quoted=True)

    def _mapping(self, start: Any, holder: Part | None) -> Collection:
        node = Collection(is_mapping=True, is_in_row=bool(start.flow_style))
        column = self._begun(start)
        while (event := self._get()).__class__ is not MappingEndEvent:
            part = Part(None)
            self._begin(part, event.start_mark.index, node, column)
            self._last = part
            self._at = event.end_mark.index
            part.key = Scalar(event.value)
            self._node(self._get(), part, column)
        self._ended(node, event, holder, column=column, floor=column)
        return node

    def _sequence(self, start: Any, holder: Part, *, outer: int) -> Collection:
        node = Collection(is_mapping=False, is_in_row=bool(start.flow_style))
        column = self._begun(start)
        while (event := self._get()).__class__ is not SequenceEndEvent:
            part = Part(None)
            begin = event.start_mark.index if node.is_in_row else self._text.index("-", self._dash())
            self._begin(part, begin, node, column)
            if not node.is_in_row:
                self._at = begin + 1
                self._last = part
            self._node(event, part, column)
        # A list whose dashes stand right below its key shares its column with the next key.
        floor = max(column, outer + 1) if holder.key else column
        self._ended(node, event, holder, column=column, floor=floor)
        return node

    def _dash(self) -> int:
        """Return an offset from which the next dash is the next entry's: behind the remarks of the gap."""
        at = self._at
        for match in _SIGN.finditer(self._text, self._at):
            if match.group()[0] not in "\n#":
                return match.start()
            at = match.end()
        return at

    def _begun(self, start: Any) -> int:
        """Step over an opening bracket, and return the column of the entries."""
        self._look(start.start_mark.index)
        if start.flow_style:
            self._at = start.end_mark.index
        return int(start.start_mark.column)

    def _begin(self, part: Part, at: int, node: Collection, column: int) -> None:
        """Give an entry its remarks, and those that stand in the empty entry above it to that one."""
        self._look(at)
        self._give_inside(node, column)
        part.before = self._taken()
        part.is_after_gap = self._gap() and bool(node.parts or part.before)
        node.parts.append(part)

    def _give_inside(self, node: Collection, column: int) -> None:
        last = node.parts[-1] if node.parts else None
        if last and not node.is_in_row and last.node == Scalar(None):
            last.inside += self._taken_from(column + 1)

    def _ended(self, node: Collection, event: Any, holder: Part | None, *, column: int, floor: int) -> None:
        """Close a collection: remarks from the column `floor` on, deeper than what follows, are its own."""
        self._look(event.start_mark.index)
        if node.is_in_row:
            node.tail = self._taken()
            self._at = event.end_mark.index
            self._last = holder
            self._gap()
            return
        self._give_inside(node, column)
        node.tail = self._taken_from(floor)
