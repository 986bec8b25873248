"""Changes of a YAML file as values, and the file with them made: every other byte of it stays as its author wrote it.

In: a file's bytes, and what is to be set, put in, taken out or put in another order. Out: the new bytes, proven: they
are read back as what the changes come to, or there are none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from planctl.authoring.rewriting import rewritten
from planctl.authoring.written import Entry, Value, data_of, entry_of, value_of, values_in
from planctl.errors import PlanctlError
from planctl.forms.shape import UNKNOWN
from planctl.source.document import SourceText
from planctl.source.reader import events, read
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planctl.authoring.rewriting import Piece
    from planctl.authoring.written import Tree
    from planctl.forms.shape import Shape
    from planctl.source.document import Document

Step: TypeAlias = str | int
Loc: TypeAlias = tuple[Step, ...]
"""Keys of mappings; an entry of a list by its `id`, or by its number (from 0) in the file as it was."""

_MARK = "\ufeff"
_BREAK = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Set:
    """A value under a key, or in the place of an entry. Keys on the way to it that are not there yet are put in.

    A new key stands behind the key `after`; else where the shape of the file has it, or at the end.
    """

    loc: Loc
    value: Tree
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Insert:
    """A new entry of the list at `loc`, behind or before another one or at the end.

    Several that are put in at one place stand in the order in which they come.
    """

    loc: Loc
    value: Tree
    after: Step | None = None
    before: Step | None = None


@dataclass(frozen=True, slots=True)
class Remove:
    """An entry or a key taken out, with the remarks right above it and behind it."""

    loc: Loc


@dataclass(frozen=True, slots=True)
class Order:
    """The named entries of the list at `loc` stand in this order; each other one stays behind its neighbour."""

    loc: Loc
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Rename:
    """The key at `loc` is called otherwise."""

    loc: Loc
    key: str


Change: TypeAlias = Set | Insert | Remove | Order | Rename


def patched(content: bytes, changes: Iterable[Change], *, path: str, shape: Shape = UNKNOWN) -> bytes:
    """Return a file's bytes with the changes made one after the other; the same bytes where they say nothing new.

    `path` is what messages call the file; `shape` tells where its new keys stand. PlanctlError where the file has
    errors, where a change names what is not there, and where the new bytes would not be read as they have to be.
    """
    page = _Page(content, path)
    for change in changes:
        _made(change, page, shape)
    return page.content()


class _Page:
    """A file that is being changed."""

    def __init__(self, content: bytes, path: str) -> None:
        self.path = path
        self._content = content
        whole = _decoded(content, path)
        self._text = whole.removeprefix(_MARK)
        self._mark = whole[: len(whole) - len(self._text)]
        self.document = _document(self._text, path)
        self._page = self.document.page.text if self.document else _BREAK.sub("\n", self._text)
        found = values_in(self._page, events) if self.document else None
        self.top = found or Value("mapping")

    def content(self) -> bytes:
        """Return the new bytes of the file."""
        if not self.top.is_changed:
            return self._content
        pieces = self._pieces()
        text = self._mark + self._joined(pieces)
        try:
            content = text.encode()
        except UnicodeEncodeError as error:
            raise PlanctlError(
                _("{path}: a text holds half a character; nothing was written"), path=self.path
            ) from error
        self._prove(text.removeprefix(_MARK))
        return content

    def _pieces(self) -> list[Piece]:
        """Return the new text in pieces, with a line end behind the last line where that one is new."""
        pieces = self._written()
        size = len(self._page)
        if not size or self._page.endswith("\n") or pieces[-1][-1] == size:
            return pieces
        if (last := _last_entry(self.top)) and last.was is None and last.value.style in {"|", ">"}:
            # What follows would give this text a line end that it does not have.
            last.was, last.value = last.value, value_of(last.value.text)
            pieces = self._written()
        return [*pieces, "\n"]

    def _written(self) -> list[Piece]:
        pieces = rewritten(self._page, self.top)
        return [piece for piece in pieces if (piece if isinstance(piece, str) else piece[0] < piece[1])]

    def _joined(self, pieces: Iterable[Piece]) -> str:
        """Return the pieces as one text; line ends of the old text stay, and new ones are like its first."""
        ends = [match.end() for match in re.finditer("\r\n", self._text)]
        shrunk = [end - 1 - at for at, end in enumerate(ends)]
        found = _BREAK.search(self._text)
        ending = found[0] if found else "\n"

        def written() -> Iterator[str]:
            for piece in pieces:
                if isinstance(piece, str):
                    yield piece.replace("\n", ending)
                else:
                    start, end = piece
                    yield self._text[start + bisect_right(shrunk, start) : end + bisect_right(shrunk, end)]

        return "".join(written())

    def _prove(self, text: str) -> None:
        """Raise PlanctlError unless the new text is read as what it has to say, without an error."""
        again, findings = read(SourceText(self.path, text))
        expected = data_of(self.top)
        if again is None or any(found.is_error for found in findings):
            raise self.unwritten(())
        if again.data != expected:
            raise self.unwritten(_difference(expected, again.data))

    def unwritten(self, loc: Sequence[Step]) -> PlanctlError:
        """Return the refusal to change what stands at a place."""
        return PlanctlError(
            _("{place}: this cannot be changed by itself as it is written; change it by hand; nothing was written"),
            place=self.place(loc),
        )

    def missing(self, loc: Sequence[Step], step: Step) -> PlanctlError:
        """Return the refusal to go on from a place by a step that does not lead to one thing."""
        return PlanctlError(
            _("{place}: there is no “{name}” here, or several; nothing was written"), place=self.place(loc), name=step
        )

    def place(self, loc: Sequence[Step]) -> str:
        """Return where something stands, or the nearest thing around it that stands in the file."""
        return str(self.document.span_of(_numbered(self.document.data, loc))) if self.document else self.path


def _decoded(content: bytes, path: str) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise PlanctlError(_("{path} is not written in UTF-8; nothing was written"), path=path) from error


def _document(text: str, path: str) -> Document | None:
    """Return the document of a text that can be changed; None for one without any entry."""
    document, findings = read(SourceText(path, text))
    errors = [found for found in findings if found.is_error and found.code != "file-empty"]
    if errors or (document and document.page.moved):
        raise PlanctlError(
            _("{path} has errors; `planctl check` shows them; nothing was written"),
            path=errors[0].span if errors else path,
        )
    return document


def _numbered(data: Any, loc: Sequence[Step]) -> Iterator[Step]:
    """Yield the steps with numbers for ids, as far as they lead."""
    for step in loc:
        number: Step | None = step
        if isinstance(data, list) and isinstance(step, str):
            number = next((at for at, one in enumerate(data) if isinstance(one, dict) and one.get("id") == step), None)
        try:
            data = data[number]
        except (LookupError, TypeError):
            return
        yield number if number is not None else step


def _difference(expected: Any, found: Any) -> Loc:
    """Return the place of the first difference of two trees."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key, value in expected.items():
            if value != found.get(key):
                return (key, *_difference(value, found.get(key)))
    if isinstance(expected, list) and isinstance(found, list):
        for at, (value, other) in enumerate(zip(expected, found, strict=False)):
            if value != other:
                return (at, *_difference(value, other))
    return ()


def _last_entry(value: Value) -> Entry | None:
    """Return the innermost last entry that stands in the text, where it stays."""
    entry = None
    while value.entries:
        entry = value.entries[-1]
        if entry.is_removed or entry.was is not None:
            return None
        value = entry.value
    return entry


# One change


def _made(change: Change, page: _Page, shape: Shape) -> None:
    """Make a change in the tree, and mark what holds it."""
    match change:
        case Set():
            _set(change, page, shape)
        case Insert():
            _insert(change, page)
        case Remove():
            holders = _holders(change.loc[:-1], page)
            entry = _entry(holders[-1], change.loc, page)
            entry.is_removed = True
            _forget(holders[-1], entry)
            _mark(holders)
        case Order():
            _order(change, page)
        case Rename():
            holders = _holders(change.loc[:-1], page)
            entry = _entry(holders[-1], change.loc, page)
            if entry.name != change.key:
                _refuse_taken(holders[-1], change, page)
                entry.new_key = change.key
                holders[-1].names = None
                _mark(holders)


def _mark(holders: Iterable[Value]) -> None:
    for holder in holders:
        holder.is_changed = True


def _holders(loc: Loc, page: _Page) -> list[Value]:
    """Return the values on the way to a place, the top first."""
    holders = [page.top]
    for at in range(len(loc)):
        holders.append(_entry(holders[-1], loc[: at + 1], page).value)
    return holders


def _entry(holder: Value, loc: Loc, page: _Page) -> Entry:
    """Return the entry that the last step of a path names in its holder."""
    entry = _find(holder, loc[-1])
    if entry is None:
        raise page.missing(loc[:-1], loc[-1])
    return entry


def _find(holder: Value, step: Step) -> Entry | None:
    if isinstance(step, int):
        entries = (holder.entries or holder.order) if holder.kind == "list" else []
        return entries[step] if 0 <= step < len(entries) and not entries[step].is_removed else None
    return _names(holder).get(step)


def _names(holder: Value) -> dict[str, Entry | None]:
    if holder.names is None:
        holder.names = {}
        for entry in holder.standing():
            _name(holder, entry)
    return holder.names


def _name(holder: Value, entry: Entry) -> None:
    """Make an entry known by its key or id."""
    name = _name_of(holder, entry)
    if name is not None and holder.names is not None:
        holder.names[name] = None if name in holder.names else entry


def _forget(holder: Value, entry: Entry) -> None:
    """Take an entry's name out of those that are known."""
    name = _name_of(holder, entry)
    if name is None or holder.names is None:
        return
    if holder.names.get(name) is entry:
        del holder.names[name]
    else:
        holder.names = None


def _name_of(holder: Value, entry: Entry) -> str | None:
    """Return an entry's key, or its id."""
    return entry.name if holder.kind == "mapping" else _id(entry.value)


def _id(value: Value) -> str | None:
    entry = _find(value, "id") if value.kind == "mapping" else None
    return entry.value.text.strip() if entry and entry.value.text else None


def _refuse_taken(holder: Value, change: Rename, page: _Page) -> None:
    if holder.kind != "mapping" or change.key in _names(holder):
        raise PlanctlError(
            _("{place}: “{name}” stands there already; nothing was written"),
            place=page.place(change.loc),
            name=change.key,
        )


def _set(change: Set, page: _Page, shape: Shape) -> None:
    holders = [page.top]
    for at, step in enumerate(change.loc[:-1]):
        entry = _find(holders[-1], step)
        if entry is None:
            entry = _added(holders[-1], change.loc[: at + 1], Entry(str(step), Value("mapping")), page, shape)
        elif entry.value.kind == "scalar" and entry.value.text is None:
            _put(entry, Value("mapping"))
        holders.append(entry.value)
        shape = shape.below(step)
    value, last = value_of(change.value), change.loc[-1]
    entry = _find(holders[-1], last)
    if entry is None:
        _added(holders[-1], change.loc, Entry(str(last), value), page, shape, after=change.after)
    elif data_of(entry.value) == data_of(value):
        return
    else:
        _put(entry, value)
        if last == "id" and len(holders) > 1:
            holders[-2].names = None
    _mark(holders)


def _put(entry: Entry, value: Value) -> None:
    """Put a value in the place of another; what stands in the text is kept in mind."""
    if not entry.value.is_new:
        entry.was = entry.value
    entry.value = value


def _added(  # noqa: PLR0913  # what a refusal and the place need
    holder: Value, loc: Loc, entry: Entry, page: _Page, shape: Shape, *, after: str | None = None
) -> Entry:
    """Put a new key into a mapping: behind another one, or where the shape has it, or at the end."""
    if holder.kind != "mapping" or not isinstance(loc[-1], str):
        raise page.missing(loc[:-1], loc[-1])
    if after is not None and (anchor := _find(holder, after)):
        anchor.behind.append(entry)
    elif loc[-1] in shape.keys:
        _put_by_shape(entry, holder, shape)
    else:
        holder.last.append(entry)
    if holder.names is not None:
        _name(holder, entry)
    return entry


def _put_by_shape(entry: Entry, holder: Value, shape: Shape) -> None:
    """Put a new key behind the last one that the shape has before it, or before them all."""
    ranks = {key: at for at, key in enumerate(shape.keys)}
    rank = ranks[entry.name or ""]
    standing = list(holder.standing())
    above = [one for one in standing if ranks.get(one.name or "", len(ranks)) < rank]
    if above:
        above[-1].behind.insert(0, entry)
    elif standing:
        entry.leads = standing[0]
        standing[0].before.append(entry)
    else:
        holder.last.append(entry)


def _insert(change: Insert, page: _Page) -> None:
    holders = _holders(change.loc, page) if change.loc else [page.top]
    holder = holders[-1]
    if holder.kind == "scalar" and holder.text is None:
        entry = _entry(holders[-2], change.loc, page)
        _put(entry, holder := Value("list"))
        holders[-1] = holder
    if holder.kind != "list":
        raise page.missing(change.loc, "-")
    new = entry_of(change.value)
    if change.after is not None:
        _entry(holder, (*change.loc, change.after), page).behind.append(new)
    elif change.before is not None:
        anchor = _entry(holder, (*change.loc, change.before), page)
        anchor.before.append(new)
        new.leads = anchor
    else:
        holder.last.append(new)
    if holder.names is not None:
        _name(holder, new)
    _mark(holders)


def _order(change: Order, page: _Page) -> None:
    holders = _holders(change.loc, page)
    holder = holders[-1]
    named = [_entry(holder, (*change.loc, step), page) for step in change.steps]
    heads = {id(entry) for entry in named}
    if holder.kind != "list" or len(heads) < len(named):
        raise page.unwritten(change.loc)
    standing = list(holder.standing())
    first: list[Entry] = []
    followers: dict[int, list[Entry]] = {}
    group = first
    for entry in standing:
        if id(entry) in heads:
            group = followers[id(entry)] = []
        group.append(entry)
    new = [*first, *(one for entry in named for one in followers[id(entry)])]
    if new == standing:
        return
    for entry in standing:
        entry.before, entry.behind, entry.leads = [], [], None
    holder.order, holder.last = new, []
    _mark(holders)
