"""One item's history, the newest change first. In: commits and the contents of their files. Out: what each changed.

An item keeps its history when it, its plan or its file got another name: what left in a commit and what came in it are
one where they say the same. A merge shows only what is as in none of its sides; a side that left no trace is left out.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from planctl.history.state import Pages, State, documents_named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from planctl.history.state import Values, Version
    from planctl.plain.blocks import Block
    from planctl.source.git_log import Commit

UNCOMMITTED = ""
"""Stands in the place of a commit's id for what is in the folder and not committed."""

ALIKE = 0.6
"""From this share of common words on an item with another id is the same item, ..."""

CLEARLY = 0.15
"""... where no other one comes as near."""

_WORD = re.compile(r"\w+")

_TEXTS = ("text", "name", "title")


@dataclass(frozen=True, slots=True)
class Known:
    """An item by the ids of its plan and its own."""

    document: str
    item: str

    def __str__(self) -> str:
        return f"{self.document}#{self.item}"


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One text before and after, None where there was or is none. `period` is "" for what the plan says."""

    period: str
    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """What one commit did to the item, which it leaves under `known`; None if it takes the item away.

    `is_begin` where the item was not there before. `is_cut` where the history of a shallow repository begins: these
    texts were there, and nobody can tell since when.
    """

    commit: Commit
    known: Known | None
    was: Known | None
    changes: tuple[ItemChange, ...]
    is_begin: bool = False
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class History:
    """An item's history; `text` is how the item read at last, and `unread` so many contents could not be read."""

    known: Known
    text: str
    entries: tuple[Entry, ...]
    unread: int = 0


def history_of(
    known: Known,
    commits: Sequence[Commit],
    contents: Callable[[Iterable[str]], Mapping[str, bytes]],
    boundary: frozenset[str] = frozenset(),
) -> History | None:
    """Return the history of an item under its latest ids, or None where no commit holds it.

    `commits` come the oldest first, the last one holding the state to begin from.
    """
    held = _Held(contents)
    paths = _relevant_paths(known.document, commits, held)
    states = _states(commits, paths, Pages(held.known.__getitem__))
    followed = _followed(known, commits, states)
    entries = tuple(_entries(commits, states, followed, boundary))
    if not entries:
        return None
    if (later := entries[0].known) and later != known:
        return history_of(later, commits, contents, boundary)
    unread = next(iter(states.values())).pages.unread
    return History(known, _last_text(commits, states, followed), entries, len(unread))


# Which files


@dataclass(frozen=True, slots=True)
class _Held:
    """The contents that were asked for so far."""

    contents: Callable[[Iterable[str]], Mapping[str, bytes]]
    known: dict[str, bytes] = field(default_factory=dict)

    def names(self, wanted: Iterable[str]) -> frozenset[str]:
        """Return the ids of documents that some contents name."""
        return frozenset[str]().union(*(documents_named(self.known[one]) for one in wanted))

    def fetch(self, wanted: Iterable[str]) -> None:
        """Ask for contents, all at once, unless they are there."""
        self.known.update(self.contents([one for one in wanted if one not in self.known]))


def _relevant_paths(document: str, commits: Sequence[Commit], held: _Held) -> frozenset[str]:
    """Return the paths at which the document, under any of its ids, ever stood; `held` gets all their contents.

    The newest content of each path tells whose file it is. Only where none is of the document, all are looked at.
    """
    versions: defaultdict[str, list[str]] = defaultdict(list)
    others: defaultdict[str, set[str]] = defaultdict(set)
    for commit in commits:
        for one in commit.touched:
            others[one.path].add(one.was)
            others[one.was].add(one.path)
            versions[one.path].extend([one.content] if one.content else [])
    for most in (1, None):
        looked_at = {path: every[::-1][:most] for path, every in versions.items()}
        held.fetch(one for every in looked_at.values() for one in every)
        named = {path: held.names(every) for path, every in looked_at.items()}
        paths = {path for path, names in named.items() if document in names}
        while paths:
            held.fetch(one for path in paths for one in versions[path])
            names = held.names(one for path in paths for one in versions[path])
            more = {other for path in paths for other in others[path]}
            more |= {path for path, own in named.items() if own & names}
            if more <= paths:
                return frozenset(paths)
            paths |= more
    return frozenset()


# What they held


def _states(commits: Sequence[Commit], paths: frozenset[str], pages: Pages) -> dict[str, State]:
    """Return the state of each commit: that of its first parent with what the commit changed."""
    states: dict[str, State] = {}
    for commit in commits:
        parent = states.get(commit.parents[0]) if commit.parents else None
        files: Mapping[str, Version] = parent.files if parent else {}
        touched = [one for one in commit.touched if one.path in paths or one.was in paths]
        if touched:
            changed = dict(files)
            for one in touched:
                last = changed.pop(one.was, None)
                if one.content:
                    changed[one.path] = (one.content, last)
            files = changed
        states[commit.id] = State(files, pages)
    return states


# Under which names


def _followed(known: Known, commits: Sequence[Commit], states: Mapping[str, State]) -> dict[str, Known]:
    """Return under which ids the item stands in each commit that made it what it is, from the last one back.

    Where a merge leaves the item as one of its sides had it, the other sides are not followed.
    """
    followed = {commits[-1].id: known} if commits else {}
    for commit in reversed(commits):
        if (here := followed.get(commit.id)) is None:
            continue
        now = states[commit.id]
        sides = {one: _earlier(here, now, states[one]) for one in commit.parents if one in states}
        if len(sides) > 1:
            told = _said(here, now)
            alike = {one: known for one, known in sides.items() if _said(known, states[one]) == told}
            sides = dict([*alike.items()][:1]) or sides
        for parent, there in sides.items():
            followed.setdefault(parent, there)
    return followed


def _said(known: Known, state: State) -> Values:
    return state.values(known.document, known.item)


def _earlier(known: Known, now: State, then: State) -> Known:
    """Return the ids of an item in the state before; the same ones where nothing says otherwise."""
    if now.files is then.files or known.item in then.plan(known.document):
        return known
    block = now.plan(known.document).get(known.item)
    return (_match(block, now, then) if block else None) or known


def _later(known: Known, then: State, now: State) -> Known | None:
    """Return under which other ids an item stands that the state before still has under these."""
    block = then.plan(known.document).get(known.item)
    return _match(block, then, now) if block else None


def _match(block: Block, here: State, there: State) -> Known | None:
    """Return the item of another state that this one is there, under an id that this state lacks.

    Both must be clearly nearest to each other: where two are about as good, nothing is guessed.
    """
    ours, theirs = here.items(), there.items()
    gone = [other for known, other in theirs.items() if known not in ours and _may_be(other, ours, block)]
    found = _nearest(block, gone)
    if found is None:
        return None
    new = [other for known, other in ours.items() if known not in theirs and _may_be(other, theirs, found)]
    return Known(found.document, found.item) if _nearest(found, new) is block else None


def _may_be(one: Block, lacking: Mapping[tuple[str, str], Block], other: Block) -> bool:
    """Tell whether an item can be the other one: it is of the same plan, or of one that the other state lacks."""
    return one.document == other.document or all(document != one.document for document, _item in lacking)


def _nearest(block: Block, others: Iterable[Block]) -> Block | None:
    """Return the one that is most like this one, and clearly more than any other."""
    scored = sorted(((_likeness(block, other), at, other) for at, other in enumerate(others)), key=lambda one: -one[0])
    if not scored or scored[0][0] < ALIKE or (len(scored) > 1 and scored[0][0] - scored[1][0] < CLEARLY):
        return None
    return scored[0][2]


def _likeness(one: Block, other: Block) -> float:
    """Return how like two items are: the same id before the same values before the same words before common words."""
    mine, its = _words_of(one), _words_of(other)
    if one.item == other.item:
        return 4.0
    if one.values == other.values:
        return 3.0
    if mine == its and mine:
        return 2.0
    both = (Counter(mine) & Counter(its)).total()
    return 2 * both / (len(mine) + len(its)) if both else 0.0


def _words_of(block: Block) -> list[str]:
    return _WORD.findall(_text_of(block).casefold())


def _text_of(block: Block) -> str:
    return next((block.values[key] for key in _TEXTS if block.values.get(key)), "")


# What changed


def _entries(
    commits: Sequence[Commit],
    states: Mapping[str, State],
    followed: Mapping[str, Known],
    boundary: frozenset[str],
) -> Iterator[Entry]:
    """Yield the commits that changed something of the item, the newest first."""
    for commit in reversed(commits):
        known = followed.get(commit.id)
        if known is None:
            continue
        now = states[commit.id]
        parents = [(states[id_], followed[id_]) for id_ in commit.parents if id_ in followed]
        if any(parent.contents == now.contents for parent, _known in parents):
            continue
        if entry := _entry(commit, known, now, parents):
            yield replace(entry, is_cut=commit.id in boundary)


def _entry(commit: Commit, known: Known, now: State, parents: Sequence[tuple[State, Known]]) -> Entry | None:
    after = _said(known, now)
    befores = [_said(one, parent) for parent, one in parents] or [{}]
    changes = tuple(_changes(befores, after))
    was = parents[0][1] if parents else known
    moved = _later(known, parents[0][0], now) if befores[0] and not after and parents else None
    if moved:
        return Entry(commit, moved, was, ())
    is_renamed = bool(after) and bool(befores[0]) and was != known
    if not changes and not is_renamed:
        return None
    return Entry(
        commit,
        known if after else None,
        was if befores[0] else None,
        changes,
        is_begin=not any(befores),
    )


def _changes(befores: Sequence[Values], after: Values) -> Iterator[ItemChange]:
    """Yield the texts that are as in none of the states before, against the first of these."""
    for period, key in dict.fromkeys((*after, *befores[0])):
        now = after.get((period, key))
        if all(before.get((period, key)) != now for before in befores):
            yield ItemChange(period, key, befores[0].get((period, key)), now)


def _last_text(commits: Sequence[Commit], states: Mapping[str, State], followed: Mapping[str, Known]) -> str:
    for commit in reversed(commits):
        known = followed.get(commit.id)
        if known and (block := states[commit.id].plan(known.document).get(known.item)):
            return _text_of(block)
    return ""
