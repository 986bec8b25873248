"""The two sides of an update, as drafts of the form, and which part of the paper is which part of the plan.

In: the paper that came back, the sheet that the plan gives now, and which row is which. Out: `Matched`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from planctl.authoring.drafted import ITEMS
from planctl.authoring.pairing import lines_of
from planctl.source.document import value_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planctl.authoring.pairing import Pairs
    from planctl.forms.form import Item, Loc
    from planctl.forms.paper import Draft, Line, Paper, Written
    from planctl.place import Place
    from planctl.portfolio.actuals import Actuals
    from planctl.portfolio.plan import Plan


@dataclass(frozen=True, slots=True)
class Side:
    """A paper, its draft, and the number of the line behind each item of the draft."""

    paper: Paper
    draft: Draft
    lines: tuple[Line, ...]
    line_of: Mapping[Loc, int]

    @property
    def loc_of(self) -> Mapping[int, Loc]:
        """Return the item of each line."""
        return {line: loc for loc, line in self.line_of.items()}


@dataclass(frozen=True, slots=True)
class Held:
    """What is changed: a plan, the actuals of the period (None for the plan as approved), and the units by spelling."""

    plan: Plan
    actuals: Actuals | None
    units: Mapping[str, str]
    removes: bool = False
    orders: bool = False


def side(paper: Paper, draft: Draft) -> Side:
    """Return a paper with its draft, the line of each item found by the places of its texts."""
    lines = lines_of(paper)
    by_place: dict[Place, set[int]] = {}
    for at, line in enumerate(lines):
        for written in (*line.cells.values(), *line.extra.values()):
            for place in (written.place, *written.also):
                by_place.setdefault(place, set()).add(at)
    votes: dict[Loc, Counter[int]] = {loc: Counter() for loc in draft.entries}
    for loc, written in draft.origins.items():
        bare_loc = loc[1:] if loc[:1] == (ITEMS,) else loc
        item = next((bare_loc[:end] for end in range(len(bare_loc), 0, -1) if bare_loc[:end] in votes), None)
        own = by_place.get(written.place, set())
        if item is not None and len(own) == 1:
            votes[item].update(own)
    found = {loc: counter.most_common(1)[0][0] for loc, counter in votes.items() if counter}
    if len(draft.entries) == len(lines) and len(set(found.values())) < len(lines):
        found = {loc: at for at, loc in enumerate(draft.entries)}
    return Side(paper, draft, lines, found)


@dataclass(frozen=True)
class Matched:
    """A paper beside the plan's own sheet: `new` and `base`, their rows in `pairs`, and what is `held` of the plan."""

    new: Side
    base: Side
    pairs: Pairs
    held: Held

    @cached_property
    def columns(self) -> frozenset[str]:
        """The columns that the paper has."""
        return frozenset(key for table in self.new.paper.tables for key in table.columns)

    @cached_property
    def items(self) -> Mapping[Loc, Loc]:
        """The items of the sheet by those of the paper."""
        new, base = self.new.loc_of, self.base.loc_of
        return {new[at]: base[other] for at, other in self.pairs.same.items() if at in new and other in base}

    @cached_property
    def nodes(self) -> Mapping[Loc, Loc]:
        """The items, and the rows above them, of the sheet by those of the paper."""
        return {**self.items, **dict(self._parents())}

    @cached_property
    def address(self) -> Mapping[Loc, str]:
        """The address of each item of the sheet."""
        locs = self.base.loc_of
        return {locs[at]: line.address for at, line in enumerate(self.base.lines) if at in locs}

    def _parents(self) -> Iterator[tuple[Loc, Loc]]:
        """Pair the rows above items by the items below them, the innermost first."""
        depth = max((len(loc) for loc in self.items), default=0)
        for size in range(depth - 1, 0, -1):
            votes: dict[Loc, Counter[Loc]] = {}
            for loc, other in self.items.items():
                if len(loc) > size and len(other) > size and isinstance(loc[size - 1], int):
                    votes.setdefault(loc[:size], Counter())[other[:size]] += 1
            taken: set[Loc] = set()
            for loc, counter in sorted(votes.items(), key=lambda one: -one[1].most_common(1)[0][1]):
                best = next((other for other, _count in counter.most_common() if other not in taken), None)
                if best is not None:
                    taken.add(best)
                    yield loc, best

    def item_of(self, address: str) -> Item | None:
        """Return the plan's item of an address."""
        return self.held.plan.all_items.get(address.partition("#")[2])

    def place_in_plan(self, other: Loc) -> Loc | None:
        """Return where a node of the plan's own sheet stands in the file of the plan."""
        for loc, address in self.address.items():
            if loc[: len(other)] == other and (item := self.item_of(address)):
                place = item.loc[: len(other)]
                return place if _shape(other) == _shape(place) else None
        return None

    def stands(self, path: str, at: Loc) -> Any:
        """Return what a file of the plan or the report says at a place."""
        held = self.held
        documents = (held.plan.document, *(held.actuals.documents if held.actuals else ()))
        return next((value_at(one, at) for one in documents if one.path == path), None)


def _shape(loc: Loc) -> list[tuple[bool, str]]:
    """Return the keys of a place, and where it goes into a list."""
    return [(isinstance(step, int), step if isinstance(step, str) else "") for step in loc]


def origin(of: Side, loc: Loc) -> Written | None:
    """Return where a side says what its draft has at a place, or says what holds it."""
    origins = of.draft.origins
    return next((origins[loc[:end]] for end in range(len(loc), 0, -1) if loc[:end] in origins), None)


def at_place(tree: Any, loc: Loc) -> Any:
    """Return what a draft has at a place that it has."""
    for step in loc:
        tree = tree[step]
    return tree


def is_container(value: Any, loc: Loc, draft: Draft) -> bool:
    """Tell whether a value is a list whose entries are items, or stand above some."""
    return isinstance(value, list) and any(one[: len(loc)] == loc and len(one) > len(loc) for one in draft.entries)


def name_of(node: Mapping[str, Any]) -> str:
    """Return the words by which people know an item or a row above items."""
    return str(next((node[key] for key in ("text", "name", "title") if node.get(key)), ""))
