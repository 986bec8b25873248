"""The chain of plans: every section and item as a node, with what it carries out above and what is below it.

In: the plans by id. Out: the `Chain`, built once, linear in size; nothing here calls itself, so no chain is too deep.
"""

from __future__ import annotations

import hashlib
from collections import deque
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from planctl.forms.fields import PLACEHOLDER
from planctl.forms.form import Group

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from planctl.diagnostics import Span
    from planctl.forms.chain import Link
    from planctl.forms.form import Item, Loc, Section
    from planctl.forms.indicators import Indicator
    from planctl.portfolio.plan import Plan

FINGERPRINT_DIGITS = 12
"""Hexadecimal digits of a fingerprint: a change of words is to come up, nobody forges one."""


@dataclass(frozen=True, slots=True)
class Node:
    """A section or an item of a plan. `parent` is the place of the section that holds it among the chain's nodes.

    `level` is that of a section, from 1, and 0 for an item. `table` is the place of its table among the form's.
    """

    plan: Plan
    loc: Loc
    id: str
    number: str
    text: str
    level: int
    table: int
    parent: int | None
    links: tuple[Link, ...]
    indicators: tuple[Indicator, ...]
    item: Item | None = None

    @property
    def address(self) -> str:
        """`document#id`, or "" for a section without an id."""
        return f"{self.plan.id}#{self.id}" if self.id else ""

    @property
    def is_measure(self) -> bool:
        """Tell whether it is an item that is reported and counts in the mean."""
        return self.item is not None and self.item.reported and self.table == 0

    @property
    def place(self) -> Span:
        """Where it stands."""
        return self.plan.document.span_of(self.loc)

    @property
    def fingerprint(self) -> str:
        """The digest of its words."""
        return fingerprint(self.text)


def fingerprint(text: str) -> str:
    """Return a short digest of a text; capitals and spaces don't count."""
    folded = " ".join(text.casefold().split())
    return hashlib.sha256(folded.encode()).hexdigest()[:FINGERPRINT_DIGITS]


@dataclass(frozen=True, slots=True)
class Edge:
    """A link that leads somewhere: from a node to the node that it carries out. `loc` leads to the link in the plan."""

    node: int
    target: int
    link: Link
    loc: Loc


@dataclass(frozen=True, slots=True)
class Broken:
    """A name that leads nowhere: a link of a section or measure, or a plan named above."""

    plan: Plan
    loc: Loc
    named: str


@dataclass(frozen=True, slots=True)
class Step:
    """A node met on the way up or down, so many steps from the start; what is met `again` is not followed further."""

    node: int
    depth: int
    again: bool = False


@dataclass(frozen=True, eq=False)
class Chain:
    """The nodes of all plans, those of one plan side by side, and the links among them, by the nodes' places."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    broken: tuple[Broken, ...]
    by_address: Mapping[str, int]
    of_plan: Mapping[str, range]
    over: Mapping[str, tuple[str, ...]]
    """The plans that a plan names above it, of those there are."""

    @cached_property
    def above(self) -> Sequence[Sequence[int]]:
        """What each node carries out itself."""
        return self._grouped((edge.node, edge.target) for edge in self.edges)

    @cached_property
    def below(self) -> Sequence[Sequence[int]]:
        """What names each node above it."""
        return self._grouped((edge.target, edge.node) for edge in self.edges)

    @cached_property
    def children(self) -> Sequence[Sequence[int]]:
        """What stands directly in each section."""
        return self._grouped((node.parent, at) for at, node in enumerate(self.nodes) if node.parent is not None)

    @cached_property
    def under(self) -> Mapping[str, tuple[str, ...]]:
        """The plans that name each plan above them."""
        found: dict[str, list[str]] = {id_: [] for id_ in self.over}
        for id_, named in self.over.items():
            for one in named:
                found[one].append(id_)
        return {id_: tuple(named) for id_, named in found.items()}

    @cached_property
    def leads_up(self) -> Sequence[Sequence[int]]:
        """Where the way up goes from each node: what it carries out, and the nearest section around it that does."""
        nearest: list[int | None] = []
        for node in self.nodes:
            parent = node.parent
            nearest.append(parent if parent is None or self.above[parent] else nearest[parent])
        return [[*own, *(() if up is None else (up,))] for own, up in zip(self.above, nearest, strict=True)]

    @cached_property
    def leads_down(self) -> Sequence[Sequence[int]]:
        """Where the way down goes from each node: what stands in it, and what carries it out."""
        return [[*own, *linked] for own, linked in zip(self.children, self.below, strict=True)]

    def _grouped(self, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
        found: list[list[int]] = [[] for _node in self.nodes]
        for one, other in pairs:
            found[one].append(other)
        return found

    def upward(self, start: int) -> Iterator[Step]:
        """Yield what stands above a node, each before what is above it."""
        yield from _way(self.leads_up[start], self.leads_up, seen={start})

    def downward(self, start: int) -> Iterator[Step]:
        """Yield what stands in a node and below it, each before what is below it."""
        yield from _way(self.leads_down[start], self.leads_down, seen={start})

    def parts(self, id_: str) -> Iterator[Step]:
        """Yield what stands in a plan, each part before what stands in it and below it."""
        first = [at for at in self.of_plan[id_] if self.nodes[at].parent is None]
        yield from _way(first, self.leads_down, seen=set())

    def plans_above(self, id_: str) -> set[str]:
        """Return all plans above one, the next and the further ones."""
        return _reached(id_, self.over)

    def plans_below(self, id_: str) -> set[str]:
        """Return all plans below one, the next and the further ones."""
        return _reached(id_, self.under)

    def plans_upward(self, id_: str) -> Iterator[tuple[str, int]]:
        """Yield the plans above one with how many steps up they are, each once, before what is above it."""
        seen, waiting = {id_}, [(one, 1) for one in reversed(self.over[id_])]
        while waiting:
            one, depth = waiting.pop()
            if one not in seen:
                seen.add(one)
                yield one, depth
                waiting += [(after, depth + 1) for after in reversed(self.over[one])]

    def leaves(self, id_: str) -> Iterator[int]:
        """Yield a plan's objectives: the sections that hold no other section."""
        yield from (at for at in self.of_plan[id_] if self.nodes[at].level and self.is_leaf(at))

    def is_leaf(self, at: int) -> bool:
        """Tell whether no section stands in a node."""
        return not any(self.nodes[child].level for child in self.children[at])

    def is_bare(self, at: int) -> bool:
        """Tell whether a node is an objective that holds nothing, and that nothing names."""
        return bool(self.nodes[at].level) and not self.children[at] and not self.below[at]

    def ends(self, id_: str) -> Iterator[int]:
        """Yield what of a plan is to hang on something: its reported measures, or its objectives where it has none.

        Only the first table of a form counts, as in scores.
        """
        items = [at for at in self.of_plan[id_] if self.nodes[at].is_measure]
        yield from items or self.leaves(id_)

    def around(self, at: int) -> Iterator[int]:
        """Yield a node and the sections around it, the nearest first."""
        here: int | None = at
        while here is not None:
            yield here
            here = self.nodes[here].parent


def _way(first: Sequence[int], leads: Sequence[Sequence[int]], *, seen: set[int]) -> Iterator[Step]:
    waiting = [(at, 1) for at in reversed(first)]
    while waiting:
        at, depth = waiting.pop()
        yield Step(at, depth, again=at in seen)
        if at not in seen:
            seen.add(at)
            waiting += [(after, depth + 1) for after in reversed(leads[at])]


def _reached(start: str, leads: Mapping[str, tuple[str, ...]]) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        fresh = [one for one in leads.get(waiting.pop(), ()) if one not in found]
        found.update(fresh)
        waiting += fresh
    return found


# Building


@dataclass(slots=True)
class _Nodes:
    """The nodes met so far, and the sections around the place in hand, by their levels."""

    met: list[Node] = field(default_factory=list)
    _open: list[int] = field(default_factory=list)
    _table: int = 0

    def take(self, plan: Plan) -> None:
        self._open, self._table = [], 0
        for band in plan.bands:
            if band.table != self._table:
                self._open, self._table = [], band.table
            if isinstance(band, Group):
                self.met += (self._item(plan, item, band.table) for item in band.items)
            else:
                self._section(plan, band)

    def _section(self, plan: Plan, band: Section) -> None:
        while self._open and self.met[self._open[-1]].level >= band.level:
            self._open.pop()
        text = band.text or band.title
        node = Node(
            plan,
            band.loc,
            band.id,
            band.number,
            text,
            band.level,
            band.table,
            self._around,
            band.carries_out,
            band.indicators,
        )
        self._open.append(len(self.met))
        self.met.append(node)

    def _item(self, plan: Plan, item: Item, table: int) -> Node:
        text = item.text or max(item.texts.values(), key=len, default="")
        around, number = self._around, item.label or item.number
        return Node(
            plan, item.loc, item.id, number, text, 0, table, around, item.carries_out, item.indicators, item=item
        )

    @property
    def _around(self) -> int | None:
        return self._open[-1] if self._open else None


def chain_of(plans: Mapping[str, Plan]) -> Chain:
    """Return the chain of all plans."""
    nodes, of_plan = _Nodes(), dict[str, range]()
    for plan in plans.values():
        first = len(nodes.met)
        nodes.take(plan)
        of_plan[plan.id] = range(first, len(nodes.met))
    by_address: dict[str, int] = {}
    for at, node in enumerate(nodes.met):
        if node.id and not node.id.startswith(PLACEHOLDER):
            by_address.setdefault(node.address, at)
    over, broken = _over(plans)
    edges: list[Edge] = []
    for at, node in enumerate(nodes.met):
        for place, link in enumerate(node.links):
            loc: Loc = (*node.loc, "carries_out", place)
            if (target := by_address.get(link.item)) is not None:
                edges.append(Edge(at, target, link, loc))
            else:
                broken.append(Broken(node.plan, (*loc, "item"), link.item))
    return Chain(tuple(nodes.met), tuple(edges), tuple(broken), by_address, of_plan, over)


def _over(plans: Mapping[str, Plan]) -> tuple[dict[str, tuple[str, ...]], list[Broken]]:
    over: dict[str, tuple[str, ...]] = {}
    broken: list[Broken] = []
    for plan in plans.values():
        over[plan.id] = tuple(dict.fromkeys(named for named in plan.model.above if named in plans))
        broken += (
            Broken(plan, ("above", at), named) for at, named in enumerate(plan.model.above) if named not in plans
        )
    return over, broken


# Cycles


def cycles(leads: Sequence[Sequence[int]]) -> Iterator[tuple[int, ...]]:
    """Yield a cycle of each knot of a graph, in the order of its links; `leads` are the places that each leads to.

    What no cycle runs through is taken away first, then each cycle that is found, and so on until nothing is left.
    """
    comes: list[list[int]] = [[] for _node in leads]
    for at, targets in enumerate(leads):
        for target in targets:
            comes[target].append(at)
    left = dict.fromkeys(range(len(leads)))
    loose = _Loose(left, (leads, comes))
    loose.take_away(at for at in range(len(leads)) if not leads[at] or not comes[at])
    while left:
        cycle = _first_cycle(next(iter(left)), leads, left)
        yield cycle
        loose.take_away(cycle)


class _Loose:
    """The taking away of nodes, and with them of all that then leads nowhere or is led to by nothing."""

    def __init__(self, left: dict[int, None], ways: tuple[Sequence[Sequence[int]], Sequence[Sequence[int]]]) -> None:
        self._left = left
        self._ways = ways
        self._counts = [[len(after) for after in way] for way in ways]

    def take_away(self, nodes: Iterable[int]) -> None:
        waiting = deque(nodes)
        while waiting:
            at = waiting.popleft()
            if at not in self._left:
                continue
            del self._left[at]
            for way, counts in zip(self._ways, reversed(self._counts), strict=True):
                for neighbour in way[at]:
                    counts[neighbour] -= 1
                    if not counts[neighbour]:
                        waiting.append(neighbour)


def _first_cycle(start: int, leads: Sequence[Sequence[int]], left: Mapping[int, None]) -> tuple[int, ...]:
    """Return the cycle that the way from a node comes to; every node that is left leads to one that is."""
    path: dict[int, None] = {}
    at = start
    while at not in path:
        path[at] = None
        at = next(target for target in leads[at] if target in left)
    way = list(path)
    return tuple(way[way.index(at) :])
