"""Which files belong together. In: the claims of all files. Out: the parcels, in the order of their first files.

Together belong a plan, what was reported of it and approved, the plans that its links name, and plans whose ids differ
in case alone. What names a document that nobody has goes into one loose parcel, with all that may be why it is missed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING

from planctl.parcels.claims import Claims, is_shared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

__all__ = ["Parcel", "is_shared", "parted", "parted_for_good"]

MOST_ROUNDS = 8
"""So often files are parted anew by how their parcels turned out; nearly always the first parting holds."""

_CUTOFF = 0.5
"""How near a word has to be to be suggested, as in linking."""

_LOOSE = ("loose", "")
_Knot = tuple[str, str]

_ID = re.compile(r"^id: *[\"']?(?!(?:null|Null|NULL)\b)\w", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Parcel:
    """Files that can be loaded without any others but the shared ones, which are not among its `paths` (sorted)."""

    paths: tuple[str, ...]


def _untold(_path: str) -> None:
    """Give no text, as if nobody had it."""


def parted(claims: Iterable[Claims], text_of: Callable[[str], str | None] = _untold) -> tuple[Parcel, ...]:
    """Return the parcels of a project by the claims of all its files, the shared ones among them.

    A project without plans is one empty parcel. `text_of` gives the text of a file with faults, where somebody has it:
    then only those go with what is missed in which it may stand.
    """
    every = sorted(claims, key=lambda one: one.path)
    own = [one for one in every if not is_shared(one.path)]
    if any(is_shared(one.path) and one.kind != "shared" for one in every):
        return (Parcel(tuple(one.path for one in own)),)
    knots = _Knots()
    _tie(own, knots, text_of)
    groups: defaultdict[_Knot, list[str]] = defaultdict(list)
    for one in own:
        groups[knots.root(_file(one))].append(one.path)
    return tuple(Parcel(tuple(paths)) for paths in groups.values()) or (Parcel(()),)


def _tie(claims: Sequence[Claims], knots: _Knots, text_of: Callable[[str], str | None]) -> None:
    """Tie each file to the documents that it belongs to or names, and to the loose ones what nobody can place."""
    known = {one.document.casefold() for one in claims if one.kind == "plan" and one.document}
    ids = {one.document for one in claims if one.kind == "plan" and not one.is_void}
    sought: set[str] = set()
    for one in claims:
        if one.document:
            knots.tie(_file(one), _document(one.document))
        for name in (*one.names, *one.missing):
            if name.casefold() in known:
                knots.tie(_file(one), _document(name))
        is_astray = one.kind in {"actuals", "approval"} and one.document not in ids
        if is_astray or one.missing or one.kind == "other":
            knots.tie(_file(one), _LOOSE)
        sought.update(one.missing, (one.document,) if is_astray else ())
    for near in _nearest(sought - ids, ids):
        knots.tie(_document(near), _LOOSE)
    for one in claims if sought else ():
        if one.is_suspect and may_hold(one, text_of(one.path), sought):
            knots.tie(_file(one), _LOOSE)


def may_hold(one: Claims, text: str | None, names: Iterable[str]) -> bool:
    """Tell whether a file with faults may be why one of the names is missed: it holds the name, or has none itself."""
    if text is None or "\\" in text or not one.document or (one.kind == "plan" and not _ID.search(text)):
        return True
    folded = text.casefold()
    return any("'" in name or all(part in folded for part in name.casefold().split()) for name in names)


def _file(one: Claims) -> _Knot:
    return "file", one.path


def _document(id_: str) -> _Knot:
    return "document", id_.casefold()


def _nearest(words: Iterable[str], ids: Iterable[str]) -> Iterator[str]:
    """Yield the id that is suggested for each word, where one is near enough."""
    known = tuple(sorted(ids))
    for word in words:
        yield from _near(word, known)


@lru_cache(maxsize=1000)
def _near(word: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """Return the nearest word; every round of parting asks for the same ones."""
    return tuple(get_close_matches(word, known, n=1, cutoff=_CUTOFF))


class _Knots:
    """What is tied together, directly or over others."""

    def __init__(self) -> None:
        self._above: dict[_Knot, _Knot] = {}

    def tie(self, one: _Knot, other: _Knot) -> None:
        first, second = self.root(one), self.root(other)
        if first != second:
            self._above[second] = first

    def root(self, one: _Knot) -> _Knot:
        """Return the one knot that stands for all that are tied to one; the ways to it are made shorter."""
        above = self._above
        while (up := above.get(one, one)) != one:
            above[one] = above.get(up, up)
            one = up
        return one


def parted_for_good(
    claims: Iterable[Claims],
    turned_out: Callable[[Sequence[Parcel]], Iterable[Claims]],
    text_of: Callable[[str], str | None] = _untold,
) -> tuple[Parcel, ...]:
    """Return parcels that hold together also after their files were read.

    `turned_out` loads parcels, each of which it is asked for once, and returns the claims of their files as
    `outcome.borne_out` gives them. `text_of` is as in `parted`.
    """
    known = {one.path: one for one in claims}
    asked: set[Parcel] = set()
    for _round in range(MOST_ROUNDS):
        parcels = parted(known.values(), text_of)
        fresh = [parcel for parcel in parcels if parcel not in asked]
        if not fresh:
            return parcels
        asked.update(fresh)
        for one in turned_out(fresh):
            known[one.path] = _grown(known[one.path], one)
    return (Parcel(tuple(sorted(path for path in known if not is_shared(path)))),)


def _grown(before: Claims, now: Claims) -> Claims:
    """Return newer claims with all that was missed and suspected before, so that no two rounds undo each other."""
    missing = tuple(sorted({*before.missing, *now.missing}))
    names = tuple(sorted({*before.names, *now.names}))
    return replace(now, names=names, missing=missing, is_suspect=before.is_suspect or now.is_suspect)
