"""A YAML text as a tree of values that know where they stand in it, and that others can be put into.

In: a text that its reader takes as it stands, or plain data. Out: `Value`s, for `patching` to alter and `rewriting` to
write. An entry's own text goes from the remarks right above it to the deeper ones below it; what stands between two
entries is neither's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from ruamel.yaml.events import MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, StreamEndEvent

from planctl.authoring.parts import NOTHING, Collection, Part, Remark, Scalar
from planctl.authoring.scalars import quoted
from planctl.forms.number import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from planctl.authoring.parts import Node
    from planctl.source.reader import Events

Tree: TypeAlias = "str | int | Decimal | date | bool | Sequence[Tree] | Mapping[str, Tree] | Block | Row | None"
"""What is to stand in a file. Every scalar is text to its reader: `100`, `2025-06-30`, `true`."""

_COLON = re.compile(r"[ \t]*:")
_DASH = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*[ \t]*-")
_REMARK_LINE = re.compile(r"[ \t]*(#[^\n]*)?(?:\n|$)")


@dataclass(frozen=True, slots=True)
class Block:
    """An entry of a list that stands by itself: with a line left free before it, and its remarks above it."""

    value: Mapping[str, Tree]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A small mapping in one row: `{from: a#b, times: 1}`."""

    value: Mapping[str, Tree]


@dataclass(slots=True, eq=False)
class Value:
    """A scalar, a mapping or a list. One that stands in the text has a `start`; new ones have none.

    `entries` are those that it had at first; `order` is how they are to stand, with `last` behind them.
    """

    kind: Literal["scalar", "mapping", "list"]
    text: str | None = None
    style: str = ""
    is_in_row: bool = False
    start: int = -1
    end: int = -1
    column: int = 0
    entries: Sequence[Entry] = ()
    order: Sequence[Entry] = ()
    last: list[Entry] | None = None
    is_changed: bool = False
    names: dict[str, Entry | None] | None = None
    """The entries by key or id, once somebody has asked for one; None for an id that several have."""

    @property
    def is_new(self) -> bool:
        """Tell whether it does not stand in the text."""
        return self.start < 0

    def standing(self) -> Iterator[Entry]:
        """Return the entries that are to stand, in their order."""
        return _standing((*self.order, *(self.last or ())))

    def append(self, entry: Entry) -> None:
        """Put an entry behind all others."""
        self.last = self.last or []
        self.last.append(entry)


@dataclass(slots=True, eq=False)
class Entry:
    """A value under its key, or in a list. `first` and `end` bound its own text, `head_end` is behind colon or dash."""

    key: str | None
    value: Value
    start: int = -1
    key_end: int = -1
    head_end: int = -1
    first: int = -1
    end: int = -1
    was: Value | None = None
    """The value that stands in the text, where another is to take its place."""
    new_key: str | None = None
    remarks: tuple[str, ...] = ()
    is_apart: bool = False
    """Whether a line is left free before it."""
    is_removed: bool = False
    leads: Entry | None = None
    """The entry that it was put in before."""
    before: list[Entry] | None = None
    behind: list[Entry] | None = None

    @property
    def is_new(self) -> bool:
        """Tell whether it does not stand in the text."""
        return self.start < 0

    @property
    def name(self) -> str | None:
        """The key as it is to be."""
        return self.key if self.new_key is None else self.new_key

    def lead(self, entry: Entry) -> None:
        """Put an entry before this one, and behind those that are there already."""
        self.before = self.before or []
        self.before.append(entry)
        entry.leads = self

    def follow(self, entry: Entry, *, at: int | None = None) -> None:
        """Put an entry behind this one, as the last or at a place among those that are there already."""
        self.behind = self.behind or []
        self.behind.insert(len(self.behind) if at is None else at, entry)


def _standing(entries: Sequence[Entry]) -> Iterator[Entry]:
    for entry in entries:
        if entry.before:
            yield from _standing(entry.before)
        if not entry.is_removed:
            yield entry
        if entry.behind:
            yield from _standing(entry.behind)


# Plain data


def data_of(value: Value) -> Any:
    """Return the plain tree, as reading it must give it."""
    match value.kind:
        case "mapping":
            return {entry.name: data_of(entry.value) for entry in value.standing()}
        case "list":
            return [data_of(entry.value) for entry in value.standing()]
        case _:
            return value.text


def read_as(tree: Any) -> Any:
    """Return a tree as reading it back must give it."""
    return data_of(value_of(tree))


def value_of(tree: Any) -> Value:
    """Return plain data as a value that is to be written."""
    match tree:
        case Block() | Row():
            value = value_of(tree.value)
            value.is_in_row = isinstance(tree, Row)
            return value
        case dict():
            return Value("mapping", order=[Entry(str(key), value_of(below)) for key, below in tree.items()])
        case list() | tuple():
            entries = [entry_of(below, is_apart=at > 0) for at, below in enumerate(tree)]
            return Value("list", entries=entries, order=entries)
        case _:
            return Value("scalar", _text_of(tree))


def entry_of(tree: Any, key: str | None = None, *, is_apart: bool = True) -> Entry:
    """Return an entry that is to be written; only a `Block` has remarks, and a free line before it."""
    if isinstance(tree, Block):
        return Entry(key, value_of(tree), remarks=tree.remarks, is_apart=is_apart)
    return Entry(key, value_of(tree))


def keyed(key: str, tree: Any) -> Entry:
    """Return an entry of a mapping that is to be written; a list of blocks stands apart."""
    is_apart = isinstance(tree, list) and any(isinstance(one, Block) for one in tree)
    return Entry(key, value_of(tree), is_apart=is_apart)


def _text_of(value: Any) -> str | None:
    match value:
        case None:
            return None
        case str():
            return str(value)
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case Decimal():
            return plain(value)
        case date():
            return value.isoformat()[:10]
        case _:
            raise TypeError(type(value))


def part_of(entry: Entry) -> Part:
    """Return an entry that is to be written as a part of a file."""
    key = None if entry.name is None else Scalar(entry.name)
    before = [Remark(f"# {remark}".rstrip(), 0) for remark in entry.remarks]
    if before:
        before[0].is_after_gap = entry.is_apart
    return Part(key, node_of(entry.value), before=before, is_after_gap=entry.is_apart and not before)


def node_of(value: Value) -> Node:
    """Return a value as parts of a file know it."""
    if value.kind == "scalar":
        # A block that ends with free lines would take those below it for its own.
        is_open = value.text is not None and value.text.endswith("\n\n")
        return Scalar(value.text, escaped=quoted(value.text) if is_open and value.text else "")
    parts = [part_of(entry) for entry in value.standing()]
    return Collection(is_mapping=value.kind == "mapping", is_in_row=value.is_in_row, parts=parts)


# A text


def values_in(text: str, events: Callable[[str], Events]) -> Value | None:
    """Return the value that a text is, or None where there is nothing but remarks."""
    get = events(text)
    get()
    if isinstance(get(), StreamEndEvent):
        return None
    return _Builder(text, get).top()


class _Builder:
    """Goes through the parser's events once."""

    def __init__(self, text: str, get: Events) -> None:
        self._text = text
        self._get = get
        self._at = 0
        """Behind the last value or head."""

    def top(self) -> Value:
        """Return the whole; what stands above its first entry is said of the file."""
        top = self._value(self._get(), 0)
        if top.entries and not top.is_in_row:
            top.start = top.entries[0].first = top.entries[0].start
        return top

    def _value(self, event: Any, at: int) -> Value:
        """Return the value that begins with the event; one that stands nowhere is put to `at`."""
        kind = event.__class__
        if kind is ScalarEvent:
            return self._scalar(event, at)
        start, is_in_row, column = event.start_mark.index, bool(event.flow_style), event.start_mark.column
        is_mapping = kind is MappingStartEvent
        value = Value("mapping" if is_mapping else "list", is_in_row=is_in_row, start=start, end=start, column=column)
        self._at = start + 1 if is_in_row else start
        end_kind = MappingEndEvent if is_mapping else SequenceEndEvent
        entries: list[Entry] = []
        while (event := self._get()).__class__ is not end_kind:
            entry = self._entry(event, is_in_row=is_in_row) if is_mapping else self._item(event, is_in_row=is_in_row)
            if not is_in_row:
                self._bound(entry, column, entries[-1].end if entries else None)
            entries.append(entry)
        value.entries = value.order = entries
        if is_in_row:
            value.end = event.end_mark.index
        elif value.entries:
            value.start, value.end = value.entries[0].first, value.entries[-1].end
        self._at = value.end
        return value

    def _scalar(self, event: Any, at: int) -> Value:
        start, end, style = event.start_mark.index, event.end_mark.index, event.style or ""
        text = None if event.value in NOTHING and event.implicit[0] else event.value
        if start == end:
            start = end = at
        elif style in {"|", ">"}:
            end = self._block_end(event, start, end)
        self._at = end
        return Value("scalar", text, style=style, start=start, end=end, column=event.start_mark.column)

    def _block_end(self, event: Any, start: int, end: int) -> int:
        """Return the end of the last line of a text that stands in lines of its own."""
        written = self._text[start:end]
        header, *lines = written.split("\n")
        if "+" in header.split("#")[0]:
            return end - written.endswith("\n")
        if event.style == ">" or not event.value:
            return start + len(written.rstrip())
        count = len(event.value.removesuffix("\n").split("\n"))
        return start + len("\n".join((header, *lines[:count])))

    def _entry(self, event: Any, *, is_in_row: bool) -> Entry:
        start, key_end = event.start_mark.index, event.end_mark.index
        colon = _COLON.match(self._text, key_end)
        head_end = colon.end() if colon else key_end
        value = self._value(self._get(), head_end)
        end = max(value.end, head_end) if not is_in_row else max(value.end, key_end)
        return Entry(event.value, value, start=start, key_end=key_end, head_end=head_end, first=start, end=end)

    def _item(self, event: Any, *, is_in_row: bool) -> Entry:
        if is_in_row:
            value = self._value(event, event.start_mark.index)
            return Entry(None, value, start=value.start, head_end=value.start, first=value.start, end=value.end)
        dash = _DASH.match(self._text, self._at)
        head_end = dash.end() if dash else event.start_mark.index
        value = self._value(event, head_end)
        start = head_end - 1
        return Entry(None, value, start=start, head_end=head_end, first=start, end=max(value.end, head_end))

    def _bound(self, entry: Entry, column: int, before: int | None) -> None:
        """Give an entry the remarks right above it, those behind it, and those below it that stand deeper.

        `column` is where the entry stands, `before` the end of the entry above.
        """
        entry.first = self._first(entry.start, before, column)
        self._at = entry.end = self._end(entry.end, column)

    def _first(self, start: int, before: int | None, column: int) -> int:
        """Return where the remarks right above an entry begin, as deep as it is, or the entry itself."""
        line = self._text.rfind("\n", 0, start) + 1
        first = start
        while line > 0 and not self._text[line : start if first == start else line].strip(" "):
            above = self._text.rfind("\n", 0, line - 1) + 1
            told = self._text[above : line - 1]
            if told[column : column + 1] != "#" or told[:column].strip(" ") or (before is not None and above <= before):
                break
            line = above
            first = above + column
        return first

    def _end(self, at: int, column: int) -> int:
        """Return the end of the line on which a value ends, or of the remarks below it that stand right of a column."""
        text = self._text
        if text[at - 1 : at] == "\n":
            return at
        end = text.find("\n", at)
        if end < 0:
            return len(text)
        line = end + 1
        while line < len(text) and (match := _REMARK_LINE.match(text, line)):
            if match[1]:
                if match.start(1) - line <= column:
                    break
                end = match.end(1)
            if match.end() == line:
                break
            line = match.end()
        return end
