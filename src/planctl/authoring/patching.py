"""Changes of a YAML file as values, and the file with them made: every other byte of it stays as its author wrote it.

In: a file's bytes, and what is to be set, put in, taken out or put in another order. Out: the new bytes, proven: they
are read back as what the changes come to, or there are none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from planctl.authoring.page import Page
from planctl.authoring.written import Entry, Value, data_of, entry_of, keyed, value_of
from planctl.errors import PlanctlError
from planctl.forms.shape import UNKNOWN
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planctl.authoring.written import Tree
    from planctl.forms.shape import Shape

Step: TypeAlias = str | int
Loc: TypeAlias = tuple[Step, ...]
"""Keys of mappings; an entry of a list by its `id`, or by its number (from 0) in the file as it was."""


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
    page = Page(content, path)
    for change in changes:
        _made(change, page, shape)
    return page.content()


# One change


def _made(change: Change, page: Page, shape: Shape) -> None:
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


def _holders(loc: Loc, page: Page) -> list[Value]:
    """Return the values on the way to a place, the top first."""
    holders = [page.top]
    for at in range(len(loc)):
        holders.append(_entry(holders[-1], loc[: at + 1], page).value)
    return holders


def _entry(holder: Value, loc: Loc, page: Page) -> Entry:
    """Return the entry that the last step of a path names in its holder."""
    entry = _find(holder, loc[-1])
    if entry is None:
        raise page.missing(loc[:-1], loc[-1])
    return entry


def _find(holder: Value, step: Step) -> Entry | None:
    if isinstance(step, int):
        entries = holder.entries if holder.kind == "list" else []
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


def _refuse_taken(holder: Value, change: Rename, page: Page) -> None:
    if holder.kind != "mapping" or change.key in _names(holder):
        raise PlanctlError(
            _("{place}: “{name}” stands there already; nothing was written"),
            place=page.place(change.loc),
            name=change.key,
        )


def _set(change: Set, page: Page, shape: Shape) -> None:
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
        _added(holders[-1], change.loc, keyed(str(last), change.value), page, shape, after=change.after)
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
    holder: Value, loc: Loc, entry: Entry, page: Page, shape: Shape, *, after: str | None = None
) -> Entry:
    """Put a new key into a mapping: behind another one, or where the shape has it, or at the end."""
    if holder.kind != "mapping" or not isinstance(loc[-1], str):
        raise page.missing(loc[:-1], loc[-1])
    if after is not None and (anchor := _find(holder, after)):
        anchor.follow(entry)
    elif loc[-1] in shape.keys:
        _put_by_shape(entry, holder, shape)
    else:
        holder.append(entry)
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
        above[-1].follow(entry, at=0)
    elif standing:
        standing[0].lead(entry)
    else:
        holder.append(entry)


def _insert(change: Insert, page: Page) -> None:
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
        _entry(holder, (*change.loc, change.after), page).follow(new)
    elif change.before is not None:
        _entry(holder, (*change.loc, change.before), page).lead(new)
    else:
        holder.append(new)
    if holder.names is not None:
        _name(holder, new)
    _mark(holders)


def _order(change: Order, page: Page) -> None:
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
        entry.before = entry.behind = entry.leads = None
    holder.order, holder.last = new, None
    _mark(holders)
