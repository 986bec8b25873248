"""What a paper says otherwise than the plan's own sheet, as changes of the plan's files.

In: the sheet that the plan gives now and the paper that came back, both as drafts of the form, and which row is which.
Out: edits of single values, new rows and rows in another order; what is not certain is listed. What the sheet does not
show is not touched.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

from planctl.authoring.drafted import ITEMS, signatory, title_of
from planctl.authoring.ids import ids_of
from planctl.authoring.merging import is_nothing, same
from planctl.authoring.pairing import changed_cells, lines_of
from planctl.authoring.patching import Insert, Order, Remove, Set
from planctl.forms.paper import Written, bare
from planctl.portfolio.portfolio import value_at
from planctl.portfolio.settings import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from planctl.authoring.pairing import Pairs
    from planctl.authoring.patching import Change
    from planctl.forms.form import Item, Loc
    from planctl.forms.paper import Draft, Line, Paper
    from planctl.place import Place
    from planctl.portfolio.portfolio import Actuals, Plan
    from planctl.source.document import Document

SHOWN_AS_NUMBERS = frozenset({"number"})
"""Keys that the form counts by itself where the plan does not state them."""
LASTING = frozenset({"id", "text", "title", "name", "number"})
"""Keys that no row goes without: an empty cell takes none of them away."""
_EVALUATED = frozenset({"self", "superior"})

Why = Literal["both-changed", "unclear", "unknown", "new-row", "gone", "moved", "order", "elsewhere"]


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of a file; what it changes of which item, from what to what, and where the paper says so.

    `address` is `document#item`, or that of the document alone. `old` is None where nothing stood there, `new` where a
    value goes.
    """

    path: str
    change: Change
    address: str
    field: str
    old: Any
    new: Any
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """What is told and not done: a conflict with both texts, a row that is gone, moved or in another order."""

    why: Why
    address: str
    field: str = ""
    ours: str = ""
    theirs: str = ""
    place: Place | None = None


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


@dataclass(slots=True)
class Outcome:
    """What an update comes to."""

    edits: list[Edit] = field(default_factory=list)
    listed: list[Listed] = field(default_factory=list)


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


def updated(new: Side, base: Side, pairs: Pairs, held: Held, *, only_items: bool = False) -> Outcome:
    """Return the edits that make the plan say what the paper says, and what is told only.

    With `only_items` the paper is a flat list, and says nothing of what stands above the items.
    """
    updating = _Updating(new, base, pairs, held)
    return updating.of_items() if only_items else updating.outcome()


class _Updating:
    """Goes through the items, the rows above them, and the head."""

    def __init__(self, new: Side, base: Side, pairs: Pairs, held: Held) -> None:
        self._new, self._base, self._pairs, self._held = new, base, pairs, held
        self._columns = frozenset(key for table in new.paper.tables for key in table.columns)
        self._done = Outcome()
        new_locs, base_locs = new.loc_of, base.loc_of
        self._items = {
            new_locs[at]: base_locs[other] for at, other in pairs.same.items() if at in new_locs and other in base_locs
        }
        self._address = {base_locs[at]: line.address for at, line in enumerate(base.lines) if at in base_locs}
        self._nodes = dict(self._items)
        self._pair_parents()
        self._taken = {*held.plan.parts, *held.plan.all_items}
        self._counts = not any(
            value_at(held.plan.document, (*one.loc, "number")) for one in held.plan.all_items.values()
        )

    def of_items(self) -> Outcome:
        """Return what the items come to."""
        for loc, other in self._items.items():
            self._item(loc, other)
        return self._done

    def outcome(self) -> Outcome:
        """Return what everything comes to."""
        self.of_items()
        for loc, other in self._nodes.items():
            if loc not in self._items:
                self._parent(loc, other)
        self._top()
        self._new_rows()
        self._rows_gone()
        self._order()
        return self._done

    # Which rows above are which

    def _pair_parents(self) -> None:
        """Pair the rows above items by the items below them, the innermost first."""
        depth = max((len(loc) for loc in self._items), default=0)
        for size in range(depth - 1, 0, -1):
            votes: dict[Loc, Counter[Loc]] = {}
            for loc, other in self._items.items():
                if len(loc) > size and len(other) > size and isinstance(loc[size - 1], int):
                    votes.setdefault(loc[:size], Counter())[other[:size]] += 1
            taken: set[Loc] = set()
            for loc, counter in sorted(votes.items(), key=lambda one: -one[1].most_common(1)[0][1]):
                best = next((other for other, _count in counter.most_common() if other not in taken), None)
                if best is not None:
                    taken.add(best)
                    self._nodes[loc] = best

    def _place_in_plan(self, other: Loc) -> Loc | None:
        """Return where a node of the plan's own sheet stands in the file of the plan."""
        for loc, address in self._address.items():
            if loc[: len(other)] == other and (item := self._item_of(address)):
                place = item.loc[: len(other)]
                steps = [(isinstance(one, int), one if isinstance(one, str) else 0) for one in other]
                ours = [(isinstance(one, int), one if isinstance(one, str) else 0) for one in place]
                return place if steps == ours else None
        return None

    def _item_of(self, address: str) -> Item | None:
        return self._held.plan.all_items.get(address.partition("#")[2])

    # Values

    def _item(self, loc: Loc, other: Loc) -> None:
        """Change what one item says in the cells that say something else."""
        address = self._address[other]
        item = self._item_of(address)
        new_line, base_line = (one.lines[one.line_of[at]] for one, at in ((self._new, loc), (self._base, other)))
        changed = changed_cells(new_line, base_line, self._columns)
        if item is None or not (changed or new_line.extra):
            return
        asks = _Asking(address, changed, new_line, base_line)
        place = item.loc
        theirs, ours = _at(self._new.draft.plan, loc), _at(self._base.draft.plan, other)
        self._values(theirs, ours, (loc, other, place), asks, self._held.plan.document.path)
        if self._held.actuals is not None:
            entry = self._new.draft.entries[loc], self._base.draft.entries[other]
            at = (ITEMS, item.id)
            said, shown = (_named_reached(one, item) for one in entry)
            self._values(said, shown, ((ITEMS, *loc), (ITEMS, *other), at), asks, "")

    def _values(
        self,
        theirs: Mapping[str, Any],
        ours: Mapping[str, Any],
        places: tuple[Loc, Loc, Loc],
        asks: _Asking,
        path: str,
    ) -> None:
        """Change the values of a mapping that the paper gives otherwise than the sheet."""
        loc, other, at = places
        for key in dict.fromkeys((*theirs, *ours)):
            if key == "id" or _is_container(theirs.get(key), (*loc, key), self._new.draft):
                continue
            steps = (*loc, key), (*other, key), (*at, key)
            if asks.is_asked(key, self._origin(self._new, steps[0]), self._origin(self._base, steps[1])):
                self._value(theirs.get(key), ours.get(key), steps, asks, path or self._entry_path(at, key))

    def _value(self, theirs: Any, ours: Any, places: tuple[Loc, Loc, Loc], asks: _Asking, path: str) -> None:
        loc, other, at = places
        if same(ours, theirs, loc=at):
            return
        stands = self._stands(path, at)
        if isinstance(theirs, dict) and isinstance(ours, dict) and isinstance(stands, dict):
            self._values(theirs, ours, places, asks, path)
        elif _are_alike(theirs, ours, stands):
            for number, one in enumerate(theirs):
                steps = (*loc, number), (*other, number), (*at, number)
                self._values(one, ours[number], steps, asks, path)
        elif is_nothing(theirs):
            if at[-1] not in LASTING and stands is not None:
                self._edit(path, Remove(at), asks.address, stands, None, self._origin(self._base, other))
        else:
            value = self._held_value(at[-1], theirs, stands)
            if at[-1] not in LASTING and isinstance(value, str) and (item := self._item_of(asks.address)):
                value = _without_unit(value, stands, item)
            if at[-1] in SHOWN_AS_NUMBERS and is_nothing(stands):
                return
            if not same(stands, value, loc=at):
                self._edit(path, Set(at, value), asks.address, stands, value, self._origin(self._new, loc))

    def _held_value(self, key: object, value: Any, stands: Any = None) -> Any:
        if key == "reached" and isinstance(value, dict) and isinstance(stands, str) and len(value) == 1:
            return next(iter(value.values()))
        if key == "units" and isinstance(value, list):
            return [self._held.units.get(folded(name), name) for name in value]
        return value

    def _stands(self, path: str, at: Loc) -> Any:
        held = self._held
        documents = (held.plan.document, *(held.actuals.documents if held.actuals else ()))
        return next((value_at(one, at) for one in documents if one.path == path), None)

    def _entry_path(self, at: Loc, key: str) -> str:
        """Return the file in which a value of an entry stands, or else the entry, or that has the others."""
        documents = self._held.actuals.documents if self._held.actuals else ()
        if len(documents) > 1:
            gives = [one for one in documents if any(key in entry for entry in _entries(one))]
            for candidates, wanted in ((documents, (*at, key)), (gives, (ITEMS,)), (documents, at)):
                for one in candidates:
                    if value_at(one, wanted) is not None:
                        return one.path
        return documents[0].path

    def _origin(self, of: Side, loc: Loc) -> Written | None:
        origins = of.draft.origins
        return next((origins[loc[:end]] for end in range(len(loc), 0, -1) if loc[:end] in origins), None)

    def _edit(  # noqa: PLR0913, PLR0917  # what an edit tells
        self, path: str, change: Change, address: str, old: Any, new: Any, origin: Written | None
    ) -> None:
        loc = change.loc
        item = self._item_of(address)
        at = item.loc if item and loc[: len(item.loc)] == item.loc else (ITEMS, loc[1]) if loc[:1] == (ITEMS,) else ()
        name = ".".join(map(str, loc[len(at) :]))
        self._done.edits.append(Edit(path, change, address, name, old, new, origin.place if origin else None))

    # Rows above items, and the top of the plan

    def _parent(self, loc: Loc, other: Loc) -> None:
        """Change what a row above items says of itself."""
        theirs, ours = _at(self._new.draft.plan, loc), _at(self._base.draft.plan, other)
        place = self._place_in_plan(other)
        for key in dict.fromkeys((*theirs, *ours)):
            if _is_container(theirs.get(key), (*loc, key), self._new.draft):
                continue
            one, old = theirs.get(key), ours.get(key)
            if is_nothing(one) or _says_alike(one, old, (key,)):
                continue
            origin = self._origin(self._new, (*loc, key))
            if place is None:
                self._list("elsewhere", self._held.plan.id, key, str(old or ""), str(one), origin)
            else:
                steps = (*loc, key), (*other, key), (*place, key)
                asks = _Asking(self._held.plan.id)
                self._value(one, old, steps, asks, self._held.plan.document.path)

    def _top(self) -> None:
        """Change what the plan says of itself: what stands in no table."""
        theirs, ours = self._new.draft.plan, self._base.draft.plan
        path, asks = self._held.plan.document.path, _Asking(self._held.plan.id)
        for key in theirs:
            is_list = _is_container(theirs[key], (key,), self._new.draft)
            if not is_list and key in self._new.draft.plan and (key,) in self._new.draft.origins:
                self._value(theirs[key], ours.get(key), ((key,), (key,), (key,)), asks, path)

    # Rows

    def _new_rows(self) -> None:
        """Put in the rows that the plan does not have; those that may be others, or were taken out, are listed."""
        locs = self._new.loc_of
        new = {locs[at] for at in self._pairs.new if at in locs}
        for at, addresses in self._pairs.unclear.items():
            self._list_line("unclear", ", ".join(addresses), at)
        for at in self._pairs.unknown:
            self._list_line("unknown", self._new.lines[at].address, at)
        done: set[Loc] = set()
        for loc in (loc for loc in self._new.draft.entries if loc in new):
            top = next(loc[:end] for end in range(1, len(loc) + 1) if self._is_all_new(loc[:end], new))
            if top not in done:
                done.add(top)
                self._insert(top, new)

    def _is_all_new(self, loc: Loc, new: set[Loc]) -> bool:
        if not isinstance(loc[-1], int) or loc in self._nodes:
            return False
        return all(one in new for one in self._new.draft.entries if one[: len(loc)] == loc)

    def _insert(self, loc: Loc, new: set[Loc]) -> None:
        """Put in a row that is new, or a row above items with all that is below it."""
        within, parent = self._list_of(loc)
        below = [one for one in self._new.draft.entries if one in new and one[: len(loc)] == loc]
        origin = self._origin(self._new, (*below[0], "text"))
        if within is None:
            self._list("new-row", self._held.plan.id, "", "", _name(_at(self._new.draft.plan, below[0])), origin)
            return
        names = [_name(_at(self._new.draft.plan, one)) for one in below]
        ids = dict(zip(below, ids_of(names, self._taken), strict=True))
        self._taken.update(ids.values())
        value = self._with_ids(_at(self._new.draft.plan, loc), loc, ids)
        path, address = self._held.plan.document.path, f"{self._held.plan.id}#{ids[below[0]]}"
        field_ = str(loc[-2])
        if value_at(self._held.plan.document, within) is None:
            change: Change = Set(within, [value])
        else:
            after = self._before(loc, parent)
            change = Insert(within, value, after=after, before=0 if after is None and loc[-1] == 0 else None)
        place = origin.place if origin else None
        self._done.edits.append(Edit(path, change, address, field_, None, value, place))
        if self._held.actuals is not None:
            for one, id_ in ids.items():
                if entry := self._new.draft.entries[one]:
                    at = (ITEMS, id_)
                    edit = Set(at, dict(entry))
                    where = self._held.actuals.documents[0].path
                    self._done.edits.append(Edit(where, edit, f"{self._held.plan.id}#{id_}", "", None, entry, place))

    def _list_of(self, loc: Loc) -> tuple[Loc | None, Loc]:
        """Return the list of the plan that a new row belongs in, and the node of the paper that holds it."""
        parent = loc[:-2]
        if not parent:
            return (loc[-2],), parent
        other = self._nodes.get(parent)
        place = self._place_in_plan(other) if other is not None else None
        return (None if place is None else (*place, loc[-2])), parent

    def _before(self, loc: Loc, parent: Loc) -> str | int | None:
        """Return the entry of the plan behind which a new row stands."""
        for at in range(int(loc[-1]) - 1, -1, -1):
            other = self._nodes.get((*loc[:-1], at))
            if other is not None and other[:-2] == self._nodes.get(parent, ()):
                place = self._place_in_plan(other)
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
            made["units"] = self._held_value("units", made["units"])
        return {"id": ids[loc], **made} if loc in ids else made

    def _rows_gone(self) -> None:
        """Tell which rows are gone; take them out of the plan and this report where that is wanted."""
        addresses = [self._base.lines[at].address for at in self._pairs.gone]
        gone = [item for address in addresses if (item := self._item_of(address))]
        for item in gone:
            address = f"{self._held.plan.id}#{item.id}"
            if not self._held.removes:
                self._done.listed.append(Listed("gone", address, ours=item.text))
                continue
            self._edit(self._held.plan.document.path, Remove(item.loc), address, item.text, None, None)
            for document in self._held.actuals.documents if self._held.actuals else ():
                at = (ITEMS, item.id)
                entries = document.data.get(ITEMS)
                if isinstance(entries, dict) and item.id in entries:
                    self._edit(document.path, Remove(at), address, "", None, None)

    def _order(self) -> None:
        """Tell which lists stand in another order, and put those of a plan as approved into it."""
        lists: dict[Loc, list[tuple[int, Loc]]] = {}
        for loc, other in sorted(self._nodes.items(), key=lambda one: _sortable(one[0])):
            if self._nodes.get(loc[:-2], ()) != other[:-2] and loc[:-2]:
                if loc in self._items:
                    line = self._new.line_of[loc]
                    self._list_line("moved", self._address[other], line)
            else:
                lists.setdefault(other[:-1], []).append((int(other[-1]), other))
        for within, found in lists.items():
            numbers = [number for number, _other in found]
            if all(one < after for one, after in pairwise(numbers)):
                continue
            places = [place for _number, other in found if (place := self._place_in_plan(other))]
            names = ", ".join(_name(_at(self._base.draft.plan, other)) for _number, other in found)
            if self._held.orders and len(places) == len(found):
                change = Order(places[0][:-1], tuple(place[-1] for place in places))
                path = self._held.plan.document.path
                self._done.edits.append(Edit(path, change, self._held.plan.id, str(within[-1]), None, names))
            else:
                self._list("order", self._held.plan.id, str(within[-1]), "", names, None)

    def _list(self, why: Why, address: str, key: str, ours: str, theirs: str, origin: Written | None) -> None:  # noqa: PLR0913, PLR0917
        self._done.listed.append(Listed(why, address, key, ours, theirs, origin.place if origin else None))

    def _list_line(self, why: Why, address: str, at: int) -> None:
        line = self._new.lines[at]
        loc = self._new.loc_of.get(at)
        text = _name(_at(self._new.draft.plan, loc)) if loc else ""
        self._done.listed.append(Listed(why, address, theirs=text, place=line.place))


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


def _at(tree: Any, loc: Loc) -> Any:
    for step in loc:
        tree = tree[step]
    return tree


def _sortable(loc: Loc) -> tuple[tuple[bool, int, str], ...]:
    return tuple((isinstance(step, int), step if isinstance(step, int) else 0, str(step)) for step in loc)


def _is_container(value: Any, loc: Loc, draft: Draft) -> bool:
    """Tell whether a value is a list whose entries are items, or stand above some."""
    return isinstance(value, list) and any(one[: len(loc)] == loc and len(one) > len(loc) for one in draft.entries)


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


def _name(node: Mapping[str, Any]) -> str:
    return str(next((node[key] for key in ("text", "name", "title") if node.get(key)), ""))


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


def head_edits(new: Paper, base: Paper, held: Held, *, is_ours: bool) -> Iterator[Edit]:
    """Yield what the head and the signatures of a paper change; its title only where planctl built the paper."""
    plan = held.plan.document
    into = held.actuals.documents[0] if held.actuals else plan
    told: list[tuple[Document, str, Any, Any, Written | None]] = []
    if is_ours and new.title and base.title and _letters(str(new.title)) != _letters(str(base.title)):
        told.append((plan, "title", title_of(base), title_of(new), new.title))
    if new.reference:
        told.append((plan, "reference", str(base.reference or ""), new.reference.text, new.reference))
    for key, one, ours in (("date", new.date, base.date), ("place", new.place, base.place)):
        if one and held.actuals:
            told.append((into, key, str(ours or ""), one.text, one))
    if new.signatories:
        signed, before = ([signatory(one) for one in paper.signatories] for paper in (new, base))
        told.append((into, "signatories", before, signed, new.signatories[0].name))
    for document, key, old, value, written in told:
        stands = value_at(document, (key,))
        if not _is_said(old, value) and not same(stands, value):
            place = written.place if written else None
            yield Edit(document.path, Set((key,), value), held.plan.id, key, stands, value, place)


def _is_said(old: Any, new: Any) -> bool:
    """Tell whether two texts, or lists of those who sign, differ in nothing but capitals and signs."""
    return _letters(old) == _letters(new)


def _letters(value: Any) -> str:
    if isinstance(value, list):
        return "/".join(_letters(text) for one in value for text in one.values())
    return re.sub(r"[\W_]+", "", str(value)).casefold()


def edits_of(edits: Iterable[Edit], path: str) -> Sequence[Change]:
    """Return the changes of one file."""
    return [edit.change for edit in edits if edit.path == path]


def paths_of(edits: Iterable[Edit]) -> Iterator[str]:
    """Yield the files that edits change, each once."""
    yield from dict.fromkeys(edit.path for edit in edits)
