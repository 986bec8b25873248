"""A file of a project as blocks of named values, keyed by ids: one for each document, section and item.

In: a document, valid or not: only the tree is looked at, so files of any age and with any fault can be read. Out:
blocks in the order of the file, whose values are text under paths of keys (`indicators.times.target`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planctl.source.document import Document, Node

WITHIN = "within"
"""The key under which a block says in which section it stands."""

_LISTS = ("sections", "goals", "objectives", "decisions", "clauses", "measures", "skills")
_LISTS_AT_THE_TOP = (*_LISTS, "indicators")
"""The keys under which a plan keeps its sections and items; the indicators of a measure are a part of it."""

_NAMES = ("id", "file", "url", "item", "number", "name", "title", "caption", "source", "to")
"""What an entry of a list is known by, rather than by its place: the first of these that it has."""

_LONGEST_NAME = 40

_FIRST = [
    "form",
    "actuals",
    "approval",
    "accepted",
    "rubric",
    "planctl",
    "number",
    "date",
    "kind",
    "period",
    "title",
    "text",
    "basis",
    "name",
    "bound",
    "self",
    "superior",
    "state",
    "reason",
    "progress",
    "reached",
    "unit",
    "baseline",
    "target",
    "units",
    "deadline",
]
_RANKS = {key: at for at, key in enumerate(_FIRST)}


_KINDS = ("planctl", "rubric", "approval", "accepted")
"""What else a file of a project may be, by its first key."""


@dataclass(frozen=True)
class Block:
    """What a file says of one thing: of an item, a section, or (without both) of the document itself.

    `item` is the id; a section without one has a `name` instead, the key and what it is called by. `period` is that of
    actuals, "" in plans; `within` names the section around it. The `document` of a file that is none is "".
    """

    document: str
    item: str
    period: str
    node: Node
    name: str = ""
    within: str = ""

    @cached_property
    def values(self) -> Mapping[str, str]:
        """Its texts by the path of keys to each, in an order that does not hang on the author's."""
        told = dict(_values(self.node, "")) if self.node else {}
        return {WITHIN: self.within, **told} if self.within else told

    @property
    def heading(self) -> str:
        """`council#waste-1 2023`, as a line of its own."""
        told = f"{self.document}#{self.item}" if self.item else f"{self.document} {self.name}".strip()
        return f"{told} {self.period}".strip()


def blocks(document: Document) -> tuple[Block, ...]:
    """Return the blocks of a file; one that is neither a plan nor actuals is a single block."""
    data = document.data
    if "form" in data:
        return tuple(_of_plan(data, id_of(document)))
    if "actuals" in data:
        return tuple(_of_actuals(data, id_of(document)))
    return (Block("", "", "", data, next((kind for kind in _KINDS if kind in data), "")),)


def id_of(document: Document) -> str:
    """Return the id of the plan that the file is, or reports on; "" for any other file."""
    key = "id" if "form" in document.data else "actuals"
    return _text(document.data.get(key))


def _of_plan(data: dict[str, Node], id_: str) -> Iterator[Block]:
    yield Block(id_, "", "", {key: value for key, value in data.items() if not _is_list(key, value, top=True)})
    yield from _below(data, id_, "", top=True)


def _below(node: dict[str, Node], document: str, within: str, *, top: bool = False) -> Iterator[Block]:
    """Yield the blocks of all sections and items below a part of a plan."""
    for key, entries in node.items():
        if not _is_list(key, entries, top=top) or not isinstance(entries, list):
            continue
        for at, entry in enumerate(entries):
            if not isinstance(entry, dict):
                continue
            own = {one: value for one, value in entry.items() if one != "id" and not _is_list(one, value)}
            item, called = _text(entry.get("id")), _name(entry, at)[1]
            yield Block(document, item, "", own, "" if item else f"{key}: {called}", within)
            yield from _below(entry, document, called)


def _is_list(key: str, value: Node, *, top: bool = False) -> bool:
    return key in (_LISTS_AT_THE_TOP if top else _LISTS) and isinstance(value, list)


def _of_actuals(data: dict[str, Node], id_: str) -> Iterator[Block]:
    period = _text(data.get("period"))
    items = data.get("items")
    head = {key: value for key, value in data.items() if key != "items" or not isinstance(items, dict)}
    yield Block(id_, "", period, head)
    for item, entry in items.items() if isinstance(items, dict) else ():
        yield Block(id_, item, period, entry)


def _values(node: Node, path: str) -> Iterator[tuple[str, str]]:
    match node:
        case dict() if node:
            for key in sorted(node, key=lambda key: (_RANKS.get(key, len(_RANKS)), key)):
                yield from _values(node[key], f"{path}.{key}" if path else key)
        case list() if any(isinstance(entry, dict | list) for entry in node):
            seen: set[str] = set()
            for at, entry in enumerate(node):
                key, called = _name(entry, at) if isinstance(entry, dict) else ("", str(at + 1))
                # What an entry is known by stands in the path, and need not be told again.
                rest = {one: value for one, value in entry.items() if one != key} if isinstance(entry, dict) else entry
                yield from _values(rest or entry, f"{path}.{called}" if called not in seen else f"{path}.{at + 1}")
                seen.add(called)
        case list():
            yield path, ", ".join(_text(entry) for entry in node)
        case _:
            yield path, _text(node)


def _name(entry: dict[str, Node], at: int) -> tuple[str, str]:
    """Return what an entry of a list is known by, with the key of it: its id or name, or else its place from 1."""
    named = ((key, " ".join(_text(entry.get(key)).split())) for key in _NAMES)
    return next(((key, name) for key, name in named if 0 < len(name) <= _LONGEST_NAME), ("", str(at + 1)))


def _text(node: Node) -> str:
    return node.strip() if isinstance(node, str) else ""
