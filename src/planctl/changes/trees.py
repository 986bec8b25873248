"""Two trees as authors wrote them, compared by meaning. In: values and how they are read. Out: where they differ.

Nothing here knows a form: what a model says of its fields decides what is the same, so that a new form costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from planctl.forms.meaning import Meaning
    from planctl.source.document import Loc, Node

Entries: TypeAlias = "list[dict[str, Node]]"

_NAMES = ("name", "title", "caption", "source", "file", "url", "item")
"""Keys by which an entry without an id is known again."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A value that is not what it was; None where there was or is nothing. `was` and `now` lead to it in the two."""

    was: Loc
    now: Loc
    before: Node
    after: Node

    @property
    def loc(self) -> Loc:
        """Where it stands now; of what is gone where it stood."""
        return self.now if self.after is not None else self.was

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys on the way to it, without the places in lists."""
        return tuple(step for step in self.loc if isinstance(step, str))


def differences(
    before: Mapping[str, Node], after: Mapping[str, Node], meaning: Meaning, *, was: Loc = (), now: Loc = ()
) -> Iterator[Difference]:
    """Yield where two mappings differ in what they mean, in the order of their keys."""
    for key in dict.fromkeys((*before, *after)):
        one, other = before.get(key), after.get(key)
        if one != other:
            yield from of_value(one, other, meaning.below(key), was=(*was, key), now=(*now, key))


def of_value(before: Node, after: Node, meaning: Meaning, *, was: Loc, now: Loc) -> Iterator[Difference]:
    """Yield where two values differ in what they mean, as far below as they can be held against each other."""
    if before == after or meaning.of(before) == meaning.of(after):
        return
    if _is_mapping(before, after):
        yield from differences(_mapping(before), _mapping(after), meaning, was=was, now=now)
    elif _are_entries(before) and _are_entries(after):
        yield from _of_entries(_entries(before), _entries(after), meaning, was=was, now=now)
    else:
        yield Difference(was, now, before, after)


def written(node: Node) -> str | None:
    """Return a value as one text, a list with commas, a mapping with its keys; None where there is nothing."""
    if isinstance(node, dict):
        return "; ".join(f"{key}: {written(value) or ''}".rstrip() for key, value in node.items()) or None
    if isinstance(node, list):
        return ", ".join(written(value) or "" for value in node) or None
    return node.strip() or None if node else None


def _is_mapping(before: Node, after: Node) -> bool:
    """Tell whether both are mappings, nothing at all being an empty one."""
    sides = [side for side in (before, after) if side is not None]
    return all(isinstance(side, dict) for side in sides)


def _are_entries(node: Node) -> bool:
    return node is None or (isinstance(node, list) and all(isinstance(one, dict) for one in node))


def _mapping(node: Node) -> dict[str, Node]:
    return node if isinstance(node, dict) else {}


def _entries(node: Node) -> Entries:
    return [one for one in node if isinstance(one, dict)] if isinstance(node, list) else []


def _of_entries(before: Entries, after: Entries, meaning: Meaning, *, was: Loc, now: Loc) -> Iterator[Difference]:
    pairs = dict(_paired(before, after))
    places = {here: there for there, here in pairs.items()}
    for here, one in enumerate(after):
        there = places.get(here)
        if there is None:
            yield Difference((*was, len(before)), (*now, here), None, one)
        elif before[there] != one:
            inner = meaning.below(here)
            yield from differences(before[there], one, inner, was=(*was, there), now=(*now, here))
    for there, one in enumerate(before):
        if there not in pairs:
            yield Difference((*was, there), (*now, len(after)), one, None)
    if len(before) == len(pairs) == len(after) and any(there != here for there, here in pairs.items()):
        yield Difference(was, now, list(before), list(after))


def _paired(before: Entries, after: Entries) -> Iterator[tuple[int, int]]:
    """Yield the places of entries that are the same: by id, by all they say, by a name, at last in their order."""
    left, right = dict(enumerate(before)), dict(enumerate(after))
    for sign_of in (_id_of, written, _name_of):
        mine, theirs = _unique(left, sign_of), _unique(right, sign_of)
        for sign in mine.keys() & theirs.keys():
            yield mine[sign], theirs[sign]
            del left[mine[sign]], right[theirs[sign]]
    if len(left) == len(right):
        yield from ((at, to) for at, to in zip(left, right, strict=True) if not _differ_by_id(left[at], right[to]))


def _unique(entries: Mapping[int, dict[str, Node]], sign_of: Callable[[dict[str, Node]], str | None]) -> dict[str, int]:
    """Return the places by their signs; a sign that two have tells nothing."""
    found: dict[str, list[int]] = {}
    for at, entry in entries.items():
        if (sign := sign_of(entry)) is not None:
            found.setdefault(sign, []).append(at)
    return {sign: places[0] for sign, places in found.items() if len(places) == 1}


def _id_of(entry: dict[str, Node]) -> str | None:
    return written(entry.get("id"))


def _name_of(entry: dict[str, Node]) -> str | None:
    return next((name for key in _NAMES if (name := written(entry.get(key)))), None)


def _differ_by_id(one: dict[str, Node], other: dict[str, Node]) -> bool:
    return bool(one.get("id") and other.get("id"))
