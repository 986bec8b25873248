"""What the rows of a paper say otherwise than those of the plan's own sheet, value by value.

In: the two sides with their rows matched. Out: edits of single values, of items, of the rows above them and of the top
of the plan; what stands in no cell that was changed is not touched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from planctl.authoring.drafted import ITEMS
from planctl.authoring.merging import is_nothing, same
from planctl.authoring.pairing import changed_cells
from planctl.authoring.patching import Remove, Set
from planctl.authoring.updating.edits import Edit, Listed, place_of
from planctl.authoring.updating.sides import at_place, is_container, origin
from planctl.forms.paper import Written, bare
from planctl.portfolio.settings import folded
from planctl.source.document import value_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planctl.authoring.patching import Change
    from planctl.authoring.updating.sides import Held, Matched
    from planctl.forms.form import Item, Loc
    from planctl.forms.paper import Line
    from planctl.source.document import Document

SHOWN_AS_NUMBERS = frozenset({"number"})
"""Keys that the form counts by itself where the plan does not state them."""

LASTING = frozenset({"id", "text", "title", "name", "number"})
"""Keys that no row goes without: an empty cell takes none of them away."""

_EVALUATED = frozenset({"self", "superior"})


class _Places(NamedTuple):
    """Where one value stands: in the draft of the paper, in that of the plan's own sheet, and in the file."""

    new: Loc
    base: Loc
    file: Loc

    def under(self, step: str | int) -> _Places:
        """Return where what is under a key or in a list stands."""
        return _Places((*self.new, step), (*self.base, step), (*self.file, step))


@dataclass(frozen=True, slots=True)
class _Asking:
    """Of which item values are compared, and in which columns its row says something else; None for no row."""

    address: str
    changed: frozenset[str] | None = None
    new: Line | None = None
    base: Line | None = None

    def is_asked(self, key: str, theirs: Written | None, ours: Written | None) -> bool:
        """Tell whether a value comes from a cell that says something else."""
        if self.changed is None or self.new is None or self.base is None:
            return True
        if key in _EVALUATED and key not in self.changed and key in {*self.new.cells, *self.base.cells}:
            return False
        columns = {column for column in (_column(self.new, theirs), _column(self.base, ours)) if column}
        return not columns or bool(columns & self.changed)


def item_edits(matched: Matched) -> Iterator[Edit]:
    """Yield what the items say otherwise in the cells that say something else."""
    for loc, other in matched.items.items():
        yield from _of_item(matched, loc, other)


def _of_item(matched: Matched, loc: Loc, other: Loc) -> Iterator[Edit]:
    new, base, held = matched.new, matched.base, matched.held
    address = matched.address[other]
    item = matched.item_of(address)
    lines = new.lines[new.line_of[loc]], base.lines[base.line_of[other]]
    changed = changed_cells(*lines, matched.columns)
    if item is None or not (changed or lines[0].extra):
        return
    comparing = _Comparing(matched, _Asking(address, changed, *lines))
    theirs, ours = at_place(new.draft.plan, loc), at_place(base.draft.plan, other)
    yield from comparing.mappings(theirs, ours, _Places(loc, other, item.loc), held.plan.document.path)
    if held.actuals is not None:
        said, shown = (_named_reached(one, item) for one in (new.draft.entries[loc], base.draft.entries[other]))
        places = _Places((ITEMS, *loc), (ITEMS, *other), (ITEMS, item.id))
        yield from comparing.mappings(said, shown, places, "")


def parent_edits(matched: Matched) -> Iterator[Edit | Listed]:
    """Yield what the rows above items say otherwise of themselves."""
    for loc, other in matched.nodes.items():
        if loc not in matched.items:
            yield from _of_parent(matched, loc, other)


def _of_parent(matched: Matched, loc: Loc, other: Loc) -> Iterator[Edit | Listed]:
    plan = matched.held.plan
    theirs, ours = at_place(matched.new.draft.plan, loc), at_place(matched.base.draft.plan, other)
    place = matched.place_in_plan(other)
    for key in dict.fromkeys((*theirs, *ours)):
        one, old = theirs.get(key), ours.get(key)
        if is_container(one, (*loc, key), matched.new.draft) or is_nothing(one) or _says_alike(one, old, (key,)):
            continue
        if place is None:
            where = place_of(origin(matched.new, (*loc, key)))
            yield Listed("elsewhere", plan.id, key, str(old or ""), str(one), where)
        else:
            places = _Places(loc, other, place).under(key)
            yield from _Comparing(matched, _Asking(plan.id)).values(one, old, places, plan.document.path)


def top_edits(matched: Matched) -> Iterator[Edit]:
    """Yield what the plan says otherwise of itself: what stands in no table."""
    draft, plan = matched.new.draft, matched.held.plan
    for key, value in draft.plan.items():
        if not is_container(value, (key,), draft) and (key,) in draft.origins:
            places = _Places((key,), (key,), (key,))
            ours = matched.base.draft.plan.get(key)
            yield from _Comparing(matched, _Asking(plan.id)).values(value, ours, places, plan.document.path)


@dataclass(frozen=True, slots=True)
class _Comparing:
    """The comparing of values of one item, or of the plan itself."""

    matched: Matched
    asks: _Asking

    def mappings(
        self, theirs: Mapping[str, Any], ours: Mapping[str, Any], places: _Places, path: str
    ) -> Iterator[Edit]:
        """Yield the edits of the values of a mapping that the paper gives otherwise than the sheet."""
        matched = self.matched
        for key in dict.fromkeys((*theirs, *ours)):
            if key == "id" or is_container(theirs.get(key), (*places.new, key), matched.new.draft):
                continue
            below = places.under(key)
            if self.asks.is_asked(key, origin(matched.new, below.new), origin(matched.base, below.base)):
                file = path or _entry_path(matched.held, places.file, key)
                yield from self.values(theirs.get(key), ours.get(key), below, file)

    def values(self, theirs: Any, ours: Any, places: _Places, path: str) -> Iterator[Edit]:
        """Yield the edits that one value comes to."""
        if same(ours, theirs, loc=places.file):
            return
        stands = self.matched.stands(path, places.file)
        if isinstance(theirs, dict) and isinstance(ours, dict) and isinstance(stands, dict):
            yield from self.mappings(theirs, ours, places, path)
        elif _are_alike(theirs, ours, stands):
            for number, one in enumerate(theirs):
                yield from self.mappings(one, ours[number], places.under(number), path)
        elif is_nothing(theirs):
            if places.file[-1] not in LASTING and stands is not None:
                yield self._edit(path, Remove(places.file), stands, None, origin(self.matched.base, places.base))
        else:
            yield from self._set(theirs, stands, places, path)

    def _set(self, theirs: Any, stands: Any, places: _Places, path: str) -> Iterator[Edit]:
        key = places.file[-1]
        value = held_value(key, theirs, self.matched.held, stands)
        if key not in LASTING and isinstance(value, str) and (item := self.matched.item_of(self.asks.address)):
            value = _without_unit(value, stands, item)
        if key in SHOWN_AS_NUMBERS and is_nothing(stands):
            return
        if not same(stands, value, loc=places.file):
            yield self._edit(path, Set(places.file, value), stands, value, origin(self.matched.new, places.new))

    def _edit(self, path: str, change: Change, old: Any, new: Any, told: Written | None) -> Edit:
        item = self.matched.item_of(self.asks.address)
        name = field_name(change.loc, item)
        return Edit(path, change, self.asks.address, name, old, new, place_of(told))


def field_name(loc: Loc, item: Item | None) -> str:
    """Return how the field at a place of a file is called: its keys, from its item on."""
    at = item.loc if item and loc[: len(item.loc)] == item.loc else (ITEMS, loc[1]) if loc[:1] == (ITEMS,) else ()
    return ".".join(map(str, loc[len(at) :]))


def held_value(key: object, value: Any, held: Held, stands: Any = None) -> Any:
    """Return a value of a paper as the plan writes it: units by their ids, a single reached value alone."""
    if key == "reached" and isinstance(value, dict) and isinstance(stands, str) and len(value) == 1:
        return next(iter(value.values()))
    if key == "units" and isinstance(value, list):
        return [held.units.get(folded(name), name) for name in value]
    return value


def _entry_path(held: Held, at: Loc, key: str) -> str:
    """Return the file in which a value of an entry stands, or else the entry, or that has the others."""
    documents = held.actuals.documents if held.actuals else ()
    if len(documents) > 1:
        gives = [one for one in documents if any(key in entry for entry in _entries(one))]
        for candidates, wanted in ((documents, (*at, key)), (gives, (ITEMS,)), (documents, at)):
            for one in candidates:
                if value_at(one, wanted) is not None:
                    return one.path
    return documents[0].path


def _entries(document: Document) -> Iterator[Mapping[str, Any]]:
    entries = document.data.get(ITEMS)
    if isinstance(entries, dict):
        yield from (one for one in entries.values() if isinstance(one, dict))


def _column(line: Line, written: Written | None) -> str:
    """Return the column of a line in which a text stands."""
    if written is None:
        return ""
    places = {place: key for key, one in line.cells.items() for place in (one.place, *one.also)}
    return places.get(written.place, "")


def _are_alike(*lists: Any) -> bool:
    """Tell whether these are lists of as many mappings."""
    if not all(isinstance(one, list) and one and all(isinstance(entry, dict) for entry in one) for one in lists):
        return False
    return len({len(one) for one in lists}) == 1


def _says_alike(one: Any, other: Any, loc: Loc) -> bool:
    """Tell whether two texts say the same but for capitals."""
    if isinstance(one, str) and isinstance(other, str) and bare(one).casefold() == bare(other).casefold():
        return True
    return same(one, other, loc=loc)


def _named_reached(entry: Mapping[str, Any], item: Item) -> dict[str, Any]:
    """Return an entry with its reached values under the ids that the item's indicators have."""
    reached = entry.get("reached")
    ids = [one.id or "" for one in item.indicators]
    if isinstance(reached, dict) and len(reached) <= len(ids):
        places = {str(number): id_ for number, id_ in enumerate(ids, start=1)}
        return dict(entry) | {"reached": {places.get(str(key), str(key)): value for key, value in reached.items()}}
    if isinstance(reached, str) and len(ids) == 1 and ids[0]:
        return dict(entry) | {"reached": {ids[0]: reached}}
    return dict(entry)


def _without_unit(value: str, stands: Any, item: Item) -> str:
    """Return a value as the plan writes it: without the unit beside it where a number stood alone."""
    for unit in (one.unit for one in item.indicators if one.unit):
        if value.endswith(f" {unit}") and isinstance(stands, str) and not stands.endswith(unit):
            bare_value = value.removesuffix(unit).strip()
            return bare_value if re.fullmatch(r"[-+]?[0-9][0-9 .,]*", bare_value) else value
    return value
