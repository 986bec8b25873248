"""Which rows of a paper are new, gone or in another order, beside those of the plan's own sheet.

In: the two sides with their rows matched. Out: new rows with all that is below them; rows taken out, and lists put into
another order, where that is wanted; what is not certain is listed.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from planctl.authoring.drafted import ITEMS
from planctl.authoring.ids import ids_of
from planctl.authoring.patching import Insert, Order, Remove, Set
from planctl.authoring.updating.edits import Edit, Listed, place_of
from planctl.authoring.updating.sides import at_place, name_of, origin
from planctl.authoring.updating.values import held_value
from planctl.source.document import value_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planctl.authoring.patching import Change
    from planctl.authoring.updating.edits import Why
    from planctl.authoring.updating.sides import Matched
    from planctl.forms.form import Item, Loc


def new_rows(matched: Matched) -> Iterator[Edit | Listed]:
    """Put in the rows that the plan does not have; those that may be others, or were taken out, are listed."""
    pairs, new = matched.pairs, matched.new
    for at, addresses in pairs.unclear.items():
        yield _line(matched, "unclear", ", ".join(addresses), at)
    for at in pairs.unknown:
        yield _line(matched, "unknown", new.lines[at].address, at)
    locs = new.loc_of
    inserting = _Inserting(matched, frozenset(locs[at] for at in pairs.new if at in locs))
    for loc in inserting.tops():
        yield from inserting.row(loc)


class _Inserting:
    """The putting in of rows: `_taken` are the ids that there are, those of the rows before among them."""

    def __init__(self, matched: Matched, new: frozenset[Loc]) -> None:
        self._matched, self._new = matched, new
        plan = matched.held.plan
        self._taken = {*plan.parts, *plan.all_items}
        self._counts = not any(value_at(plan.document, (*one.loc, "number")) for one in plan.all_items.values())

    def tops(self) -> Iterator[Loc]:
        """Yield what is put in as one: each new item, or the row above items of which all are new."""
        every = (loc for loc in self._matched.new.draft.entries if loc in self._new)
        wholes = (next(loc[:end] for end in range(1, len(loc) + 1) if self._is_all_new(loc[:end])) for loc in every)
        yield from dict.fromkeys(wholes)

    def _is_all_new(self, loc: Loc) -> bool:
        if not isinstance(loc[-1], int) or loc in self._matched.nodes:
            return False
        return all(one in self._new for one in self._matched.new.draft.entries if one[: len(loc)] == loc)

    def row(self, loc: Loc) -> Iterator[Edit | Listed]:
        """Put in a row that is new, or a row above items with all that is below it."""
        held, draft = self._matched.held, self._matched.new.draft
        within = self._list_of(loc)
        below = [one for one in draft.entries if one in self._new and one[: len(loc)] == loc]
        place = place_of(origin(self._matched.new, (*below[0], "text")))
        if within is None:
            yield Listed("new-row", held.plan.id, "", "", name_of(at_place(draft.plan, below[0])), place)
            return
        names = [name_of(at_place(draft.plan, one)) for one in below]
        ids = dict(zip(below, ids_of(names, self._taken), strict=True))
        self._taken.update(ids.values())
        value = self._with_ids(at_place(draft.plan, loc), loc, ids)
        change, address = self._change(loc, within, value), f"{held.plan.id}#{ids[below[0]]}"
        yield Edit(held.plan.document.path, change, address, str(loc[-2]), None, value, place)
        for one, id_ in ids.items() if held.actuals else ():
            if held.actuals and (entry := draft.entries[one]):
                where, edit = held.actuals.documents[0].path, Set((ITEMS, id_), dict(entry))
                yield Edit(where, edit, f"{held.plan.id}#{id_}", "", None, entry, place)

    def _change(self, loc: Loc, within: Loc, value: Any) -> Change:
        if value_at(self._matched.held.plan.document, within) is None:
            return Set(within, [value])
        after = self._before(loc)
        return Insert(within, value, after=after, before=0 if after is None and loc[-1] == 0 else None)

    def _list_of(self, loc: Loc) -> Loc | None:
        """Return the list of the plan that a new row belongs in."""
        parent = loc[:-2]
        if not parent:
            return (loc[-2],)
        other = self._matched.nodes.get(parent)
        place = self._matched.place_in_plan(other) if other is not None else None
        return None if place is None else (*place, loc[-2])

    def _before(self, loc: Loc) -> str | int | None:
        """Return the entry of the plan behind which a new row stands."""
        nodes = self._matched.nodes
        for at in range(int(loc[-1]) - 1, -1, -1):
            other = nodes.get((*loc[:-1], at))
            if other is not None and other[:-2] == nodes.get(loc[:-2], ()):
                place = self._matched.place_in_plan(other)
                return place[-1] if place else None
        return None

    def _with_ids(self, value: Any, loc: Loc, ids: Mapping[Loc, str]) -> Any:
        """Return a part of the draft with ids for its items and the units by theirs."""
        if isinstance(value, list):
            return [self._with_ids(one, (*loc, at), ids) for at, one in enumerate(value)]
        if not isinstance(value, dict):
            return value
        left_out = {"id", "number"} if self._counts else {"id"}
        keys = (key for key in value if loc not in ids or key not in left_out)
        made = {key: self._with_ids(value[key], (*loc, key), ids) for key in keys}
        if "units" in made:
            made["units"] = held_value("units", made["units"], self._matched.held)
        return {"id": ids[loc], **made} if loc in ids else made


def rows_gone(matched: Matched) -> Iterator[Edit | Listed]:
    """Tell which rows are gone; take them out of the plan and this report where that is wanted."""
    addresses = [matched.base.lines[at].address for at in matched.pairs.gone]
    for item in [item for address in addresses if (item := matched.item_of(address))]:
        if matched.held.removes:
            yield from _taken_out(matched, item)
        else:
            yield Listed("gone", f"{matched.held.plan.id}#{item.id}", ours=item.text)


def _taken_out(matched: Matched, item: Item) -> Iterator[Edit]:
    held, address = matched.held, f"{matched.held.plan.id}#{item.id}"
    yield Edit(held.plan.document.path, Remove(item.loc), address, "", item.text, None)
    for document in held.actuals.documents if held.actuals else ():
        entries = document.data.get(ITEMS)
        if isinstance(entries, dict) and item.id in entries:
            yield Edit(document.path, Remove((ITEMS, item.id)), address, "", "", None)


def other_order(matched: Matched) -> Iterator[Edit | Listed]:
    """Tell which lists stand in another order, and put those of a plan as approved into it."""
    lists: dict[Loc, list[Loc]] = {}
    for loc, other in sorted(matched.nodes.items(), key=lambda one: _sortable(one[0])):
        if matched.nodes.get(loc[:-2], ()) != other[:-2] and loc[:-2]:
            if loc in matched.items:
                yield _line(matched, "moved", matched.address[other], matched.new.line_of[loc])
        else:
            lists.setdefault(other[:-1], []).append(other)
    for within, found in lists.items():
        if any(int(one[-1]) >= int(after[-1]) for one, after in pairwise(found)):
            yield _in_order(matched, within, found)


def _in_order(matched: Matched, within: Loc, found: list[Loc]) -> Edit | Listed:
    plan = matched.held.plan
    places = [place for other in found if (place := matched.place_in_plan(other))]
    names = ", ".join(name_of(at_place(matched.base.draft.plan, other)) for other in found)
    if matched.held.orders and len(places) == len(found):
        change = Order(places[0][:-1], tuple(place[-1] for place in places))
        return Edit(plan.document.path, change, plan.id, str(within[-1]), None, names)
    return Listed("order", plan.id, str(within[-1]), "", names)


def _line(matched: Matched, why: Why, address: str, at: int) -> Listed:
    """Return a row of the paper that is told and not done."""
    new = matched.new
    loc = new.loc_of.get(at)
    text = name_of(at_place(new.draft.plan, loc)) if loc else ""
    return Listed(why, address, theirs=text, place=new.lines[at].place)


def _sortable(loc: Loc) -> tuple[tuple[bool, int, str], ...]:
    return tuple((isinstance(step, int), step if isinstance(step, int) else 0, str(step)) for step in loc)
