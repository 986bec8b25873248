"""The parts of a plan as its author wrote them: sections, decisions and items, each with its own fields alone.

In: a plan. Out: its `Part`s in the order of the file. Which lists hold parts is told by the outlines of the form, so
that every form is known here as soon as it is in its register.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from planctl.changes.trees import written
from planctl.forms.form import Group

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from planctl.portfolio.plan import Plan
    from planctl.source.document import Loc, Node

Role = Literal["item", "section", "group"]
Pattern: TypeAlias = "tuple[str | None, ...]"
"""A path whose places in lists are left open."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """An item, a section or a group (a decision) of a plan. `holder` is the part that it stands in.

    `own` are its fields without the lists that hold other parts. `place` counts from 1 in the list it stands in.
    """

    role: Role
    loc: Loc
    pattern: Pattern
    own: Mapping[str, Node]
    holder: Part | None = None

    @property
    def id(self) -> str:
        """Its id, or "" for a section or group without one."""
        return written(self.own.get("id")) or ""

    @property
    def text(self) -> str:
        """Its own words."""
        return next((words for key in ("text", "title", "name") if (words := written(self.own.get(key)))), "")

    @property
    def number(self) -> str:
        """The official number as written."""
        return written(self.own.get("number")) or ""

    @property
    def named(self) -> str:
        """Its number and words, as a person would look for it."""
        return " ".join(part for part in (self.number, self.text) if part) or self.id

    @property
    def place(self) -> int:
        """Which of its list it is, from 1."""
        at = self.loc[-1]
        return at + 1 if isinstance(at, int) else 1


def roles_of(plans: Iterable[Plan]) -> Mapping[Pattern, Role]:
    """Return what stands in which lists; where an item alone makes a group, it is the item."""
    roles: dict[Pattern, Role] = {}
    for plan in plans:
        for band in plan.bands:
            if isinstance(band, Group):
                roles.update((_pattern(item.loc), "item") for item in band.items)
                roles.setdefault(_pattern(band.loc), "group")
            elif band.loc:
                roles[_pattern(band.loc)] = "section"
    return roles


def parts_of(plan: Plan, roles: Mapping[Pattern, Role]) -> tuple[Part, ...]:
    """Return the parts of a plan in the order of its file."""
    return tuple(_Outline(roles).parts(plan.document.data))


def own_of_plan(plan: Plan, roles: Mapping[Pattern, Role]) -> Mapping[str, Node]:
    """Return the fields of the plan itself, without the lists that hold its parts."""
    firsts = {pattern[:1] for pattern in roles}
    return {key: value for key, value in plan.document.data.items() if (key,) not in firsts}


class _Outline:
    """What stands in which lists, and which lists lead there."""

    def __init__(self, roles: Mapping[Pattern, Role]) -> None:
        self._roles = roles
        self._leading = {pattern[:length] for pattern in roles for length in range(1, len(pattern) + 1)}

    def parts(
        self, node: Mapping[str, Node], *, loc: Loc = (), pattern: Pattern = (), holder: Part | None = None
    ) -> Iterator[Part]:
        for key, value in node.items():
            inner: Pattern = (*pattern, key, None)
            if inner not in self._leading or not isinstance(value, list):
                continue
            for at, entry in enumerate(value):
                if isinstance(entry, dict):
                    place: Loc = (*loc, key, at)
                    role = self._roles.get(inner)
                    part = Part(role, place, inner, self._own(entry, inner), holder) if role else None
                    if part:
                        yield part
                    yield from self.parts(entry, loc=place, pattern=inner, holder=part or holder)

    def _own(self, entry: Mapping[str, Node], pattern: Pattern) -> dict[str, Node]:
        return {key: value for key, value in entry.items() if (*pattern, key, None) not in self._leading}


def _pattern(loc: Loc) -> Pattern:
    return tuple(step if isinstance(step, str) else None for step in loc)
