"""What has to be done to a file so that it says what another account of it says.

In: the plain tree of a file, and the tree that it is to come to. Out: changes for `patching`. Only what differs in its
meaning is touched: 90 and 90.0 are one number, 2025.6.30 and 2025-06-30 one day, and a text is the same in other lines.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from planctl.authoring.patching import Change, Insert, Loc, Order, Remove, Set, Step
from planctl.authoring.written import read_as

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from planctl.authoring.written import Tree

Mode: TypeAlias = Literal["update", "replace"]
"""Whether what the new tree does not have stays (a sheet does not show all), or goes."""

NAMES = frozenset({"id", "number", "code"})
"""Keys whose values only look like numbers: clause 1.10 is not clause 1.1."""

OWN_FIELDS = "extra"

SUBJECTS = ("text", "title", "name", "caption", "number")
"""Keys that tell entries without an id apart, the first that is there."""

_NUMBER = re.compile(r"[-+\u2212]?(?:0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:[ \u00a0][0-9]{3})+)(?:[.,][0-9]+)?", re.ASCII)
_DAY = re.compile(r"([0-9]{4})[./-]([0-9]{1,2})[./-]([0-9]{1,2})\.?", re.ASCII)
_POINT = re.compile(r"[-*\u2022\u2013\u2014\u00b7\u25aa\u25cf\u27a2\u2713]|[0-9A-Za-z\u0400-\u04ff]{1,3}[.)](?:\s|$)")


def merged(old: Any, new: Tree, *, mode: Mode = "update", loc: Loc = ()) -> tuple[Change, ...]:
    """Return the changes that make what stands at `loc` say what `new` says; `old` is what is read there now.

    Entries of lists are the same by their `id`; without one by the ids below them, by their text, or by their place. To
    "replace" also takes out what `new` does not have, and puts lists in its order.
    """
    return tuple(_merged(old, new, loc, mode))


def same(old: Any, new: Any, *, loc: Loc = ()) -> bool:  # noqa: PLR0911  # an arm for each pair of kinds
    """Tell whether two values at a place mean the same; whichever is no text yet is taken as it would be written."""
    if is_nothing(old) or is_nothing(new):
        return is_nothing(old) and is_nothing(new)
    match old, new:
        case {"item": item}, str():
            return same(item, new)
        case str(), {"item": item} if len(new) == 1:
            return same(old, item)
        case dict(), dict():
            return old.keys() == new.keys() and all(same(old[key], new[key], loc=(*loc, key)) for key in old)
        case list() | tuple(), list() | tuple():
            return len(old) == len(new) and all(same(*pair, loc=loc) for pair in zip(old, new, strict=True))
        case list() | tuple(), _ if len(old) == 1:
            return same(old[0], new, loc=loc)
        case _, list() | tuple() if len(new) == 1:
            return same(old, new[0], loc=loc)
        case (dict() | list() | tuple(), _) | (_, dict() | list() | tuple()):
            return False
        case _:
            return _meaning(old, loc) == _meaning(new, loc)


def is_nothing(value: Any) -> bool:
    """Tell whether a value says nothing: none, an empty text, a list or mapping without entries."""
    return value is None or (isinstance(value, str) and not value.strip()) or value in ({}, [], ())


def _meaning(value: Any, loc: Loc) -> object:
    """Return what a scalar says, by which it is compared."""
    is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    text = read_as(value).strip()
    if match := _DAY.fullmatch(text):
        return tuple(map(int, match.groups()))
    is_name = OWN_FIELDS in loc or (loc and loc[-1] in NAMES)
    if _NUMBER.fullmatch(text) and (is_number or not is_name):
        return Decimal(re.sub("[ \u00a0]", "", text).replace(",", ".").replace("\u2212", "-"))
    return tuple(_lines(unicodedata.normalize("NFC", text)))


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a text that are more than its folding: those that begin with a sign or number of a list."""
    line = ""
    for one in text.splitlines():
        told = " ".join(one.split())
        if line and _POINT.match(told):
            yield line
            line = told
        else:
            line = f"{line} {told}".strip()
    yield line


# Trees


def _merged(old: Any, new: Any, loc: Loc, mode: Mode) -> Iterator[Change]:
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _keys(old, new, loc, mode)
    elif _has_entries(old) and (_has_entries(new) or new == []):
        yield from _entries(old, new, loc, mode)
    elif not same(old, new, loc=loc):
        yield Set(loc, None if is_nothing(new) and not isinstance(old, list | dict) else new)


def _has_entries(value: Any) -> bool:
    """Tell whether this is a list of mappings."""
    return isinstance(value, list) and value != [] and all(isinstance(one, dict) for one in value)


def _keys(old: Mapping[str, Any], new: Mapping[str, Any], loc: Loc, mode: Mode) -> Iterator[Change]:
    for key, value in new.items():
        if key in old:
            yield from _merged(old[key], value, (*loc, key), mode)
        elif not is_nothing(value):
            yield Set((*loc, key), value)
    if mode == "replace":
        yield from (Remove((*loc, key)) for key in old if key not in new)


def _entries(old: Sequence[Any], new: Sequence[Any], loc: Loc, mode: Mode) -> Iterator[Change]:
    pairs = _Pairs(old, new).found()
    steps = _steps(old)
    kept = [pairs[at] for at in range(len(new)) if at in pairs]
    if mode == "replace" and kept != sorted(kept):
        yield Order(loc, tuple(steps[at] for at in kept))
    after: Step | None = None
    for at, value in enumerate(new):
        if at in pairs:
            after = steps[pairs[at]]
            yield from _merged(old[pairs[at]], value, (*loc, after), mode)
        else:
            yield Insert(loc, value, after=after, before=steps[0] if after is None else None)
            after = _id(value) or after
    if mode == "replace":
        stay = set(kept)
        yield from (Remove((*loc, step)) for at, step in enumerate(steps) if at not in stay)


def _steps(entries: Sequence[Any]) -> list[Step]:
    """Return how the entries are named in a path: by their id, where no other has it, or by their number."""
    ids = [_id(entry) for entry in entries]
    counts = Counter(ids)
    return [at if id_ is None or counts[id_] > 1 else id_ for at, id_ in enumerate(ids)]


def _id(entry: Any) -> str | None:
    id_ = entry.get("id")
    if isinstance(id_, str):
        return id_.strip() or None
    return None if id_ is None else str(read_as(id_))


@dataclass(slots=True)
class _Pairs:
    """The entries of two lists, and which of the new ones (by number) is which of the old."""

    old: Sequence[Any]
    new: Sequence[Any]

    def found(self) -> dict[int, int]:
        """Return the pairs: by id, then by the ids below, by the subject, and by the place between those found."""
        pairs: dict[int, int] = {}
        for mark in (_id, _subject, _first_below):
            self._by(mark, pairs)
        self._by_place(pairs)
        return pairs

    def _by(self, mark: Callable[[Any], str | None], pairs: dict[int, int]) -> None:
        """Add the pairs whose mark is the same, and nobody else's."""
        taken = set(pairs.values())
        old, new = Counter(map(mark, self.old)), Counter(map(mark, self.new))
        places = {mark(entry): at for at, entry in enumerate(self.old)}
        for at, entry in enumerate(self.new):
            sign = mark(entry)
            if sign is None or at in pairs or old[sign] != 1 or new[sign] != 1 or places[sign] in taken:
                continue
            if self._may_be_one(at, places[sign]):
                pairs[at] = places[sign]

    def _may_be_one(self, new: int, old: int) -> bool:
        ids = {_id(self.new[new]), _id(self.old[old])} - {None}
        return len(ids) < 2  # noqa: PLR2004  # two ids are two things

    def _by_place(self, pairs: dict[int, int]) -> None:
        """Add the entries between two pairs one by one, where as many stand there in both lists."""
        taken = set(pairs.values())
        ends = [(-1, -1), *sorted(pairs.items()), (len(self.new), len(self.old))]
        for (new, old), (new_end, old_end) in pairwise(ends):
            if new_end - new == old_end - old:
                between = zip(range(new + 1, new_end), range(old + 1, old_end), strict=True)
                pairs.update(
                    (one, other) for one, other in between if other not in taken and self._may_be_one(one, other)
                )


def _subject(entry: Mapping[str, Any]) -> str | None:
    key = next((key for key in SUBJECTS if not is_nothing(entry.get(key))), None)
    return None if key is None else f"{key}: {' '.join(str(read_as(entry[key])).split()).casefold()}"


def _first_below(entry: Mapping[str, Any]) -> str | None:
    """Return the id of the first entry in the lists of an entry."""
    for value in entry.values():
        for one in value if isinstance(value, list | tuple) else ():
            if isinstance(one, dict) and (id_ := _id(one) or _first_below(one)):
                return id_
    return None
