"""What changed in one plan. In: the plan in two states. Out: its changes, in the order of the plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from planctl.changes import weakening
from planctl.changes.change import Change, Kind, Weakening
from planctl.changes.fields import kind_of
from planctl.changes.pairing import is_within_the_same, moved, pair_parts
from planctl.changes.parts import own_of_plan, parts_of, roles_of
from planctl.changes.trees import Difference, differences, written
from planctl.forms.meaning import meaning_of
from planctl.forms.quantity import printed
from planctl.portfolio.settings import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from planctl.changes.pairing import Pairs
    from planctl.changes.parts import Part
    from planctl.forms.meaning import Meaning
    from planctl.portfolio.plan import Plan
    from planctl.source.document import Node

_ENDS = {"deadline", "period", "until", "last"}
"""Keys of what a deadline, or a span of years, ends with."""

_MEASURED_BY = {"unit", "baseline", "direction"}
"""Keys that can lower a target without touching it."""

_INDICATORS = {"indicators", "parts"}


@dataclass(frozen=True)
class PlanPair:
    """A plan in two states, and the ways of writing the units in each."""

    before: Plan
    after: Plan
    units: tuple[Mapping[str, str], Mapping[str, str]]

    @cached_property
    def _sides(self) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
        roles = roles_of((self.before, self.after))
        return parts_of(self.before, roles), parts_of(self.after, roles)

    @cached_property
    def pairs(self) -> Pairs:
        """Which part is which."""
        return pair_parts(*self._sides)

    @property
    def is_untouched(self) -> bool:
        """Tell whether the file is the same, so that there is nothing to look at."""
        return self.before.document.text == self.after.document.text

    @property
    def renamed_items(self) -> Mapping[str, str]:
        """The new ids of items that are called otherwise now, by their old ones."""
        if self.is_untouched:
            return {}
        items = ((one, other) for one, other in self.pairs.items() if one.role == "item")
        return {one.id: other.id for one, other in items if one.id != other.id}

    def changes(self) -> Iterator[Change]:
        """Yield what changed: of the plan itself, of its parts in their order, and last what is gone."""
        yield from self._renamed()
        if self.is_untouched:
            return
        yield from self._of_itself()
        before, after = self._sides
        earlier = {other: one for one, other in self.pairs.items()}
        strays = moved(before, after, self.pairs)
        for part in after:
            if one := earlier.get(part):
                yield from self._of_part(one, part, is_stray=one in strays)
            else:
                yield self._added(part)
        yield from (self._removed(part) for part in before if part not in self.pairs)

    def _renamed(self) -> Iterator[Change]:
        for field, before, after in (
            ("id", self.before.id, self.after.id),
            ("file", self.before.document.path, self.after.document.path),
        ):
            if before != after:
                yield self._change(Kind.RENAMED, field=field, before=before, after=after)

    def _of_itself(self) -> Iterator[Change]:
        roles = roles_of((self.before, self.after))
        before, after = (_without_id(own_of_plan(plan, roles)) for plan in (self.before, self.after))
        for one in self._meant(differences(before, after, self._meaning())):
            yield self._of_difference(one, None)

    def _of_part(self, one: Part, other: Part, *, is_stray: bool) -> Iterator[Change]:
        if one.id and other.id and one.id != other.id:
            yield self._of(one, other, Kind.RENAMED, "id", (one.id, other.id))
        if not is_within_the_same(one, other, self.pairs):
            yield self._of(one, other, Kind.MOVED, "section", (_home(one), _home(other)))
        elif is_stray:
            yield self._of(one, other, Kind.MOVED, "order", (str(one.place), str(other.place)))
        if one.own == other.own:
            return
        meaning = self._meaning()
        for step in other.pattern:
            meaning = meaning.below(step or 0)
        sides = (one.own, other.own)
        before, after = map(_without_id, sides) if one.id and other.id else sides
        found = list(self._meant(differences(before, after, meaning, was=one.loc, now=other.loc)))
        changes = [self._of_difference(each, (one, other)) for each in found]
        yield from _with_targets(changes, found, one, other)

    def _meaning(self) -> Meaning:
        return meaning_of(self.after.form.plan)

    def _meant(self, found: Iterator[Difference]) -> Iterator[Difference]:
        """Leave out what reads alike on every sheet: another spelling of a unit, other spaces, `1 000` for `1000`."""
        return (one for one in found if not self._reads_alike(one))

    def _reads_alike(self, one: Difference) -> bool:
        if one.keys[-1:] == ("units",):
            before, after = (
                [ways.get(folded(name), name) for name in side] if (side := _texts(node)) is not None else None
                for node, ways in zip((one.before, one.after), self.units, strict=True)
            )
            return before == after
        if not isinstance(one.before, str) or not isinstance(one.after, str):
            return False
        if "\n" not in one.before.strip() and one.before.split() == one.after.split():
            return True
        kind = kind_of(one.keys)
        return kind in {Kind.TARGET, Kind.BASELINE} and printed(one.before.strip()) == printed(one.after.strip())

    # Changes

    def _change(self, kind: Kind, **said: str | None) -> Change:
        change = Change(kind, self.after.id, **said)  # type: ignore[arg-type]  # the fields of a change that are texts
        return replace(change, was_at=self.before.document.span_of(()), is_at=self.after.document.span_of(()))

    def _of(self, one: Part, other: Part, kind: Kind, field: str, values: tuple[str, str]) -> Change:
        return Change(
            kind,
            self.after.id,
            other.id,
            field=_path(other, field),
            before=values[0],
            after=values[1],
            was_at=self.before.document.span_of(one.loc),
            is_at=self.after.document.span_of(other.loc),
        )

    def _of_difference(self, one: Difference, parts: tuple[Part, Part] | None) -> Change:
        part = parts[1] if parts else None
        depth = len(part.loc) if part else 0
        within = one.loc[depth:]
        keys = [step for step in within if isinstance(step, str)]
        kind = kind_of(one.keys)
        if keys == ["number"] and part and part.role != "group":
            kind = Kind.MOVED
        before, after = written(one.before), written(one.after)
        return Change(
            kind,
            self.after.id,
            part.id if part else "",
            field=_path(part, *within),
            before=before,
            after=after,
            weakens=_weakens(kind, keys, before, after),
            was_at=self.before.document.span_of(one.was),
            is_at=self.after.document.span_of(one.now),
        )

    def _added(self, part: Part) -> Change:
        at = self.after.document.span_of(part.loc)
        return Change(Kind.ADDED, self.after.id, part.id, field=_path(part), after=part.text or part.id, is_at=at)

    def _removed(self, part: Part) -> Change:
        return removed(part, self.before, document=self.after.id)


def removed(part: Part, plan: Plan, *, document: str) -> Change:
    """Return that a part is gone; one that was reported, or had a target, weakens the plan."""
    return Change(
        Kind.REMOVED,
        document,
        part.id,
        field=_path(part),
        before=part.text or part.id,
        weakens=_loss(part, plan),
        was_at=plan.document.span_of(part.loc),
    )


def only_in_one(plan: Plan, kind: Kind) -> Iterator[Change]:
    """Yield that a whole plan was added or removed, and each of its parts."""
    is_new = kind is Kind.ADDED
    parts = parts_of(plan, roles_of((plan,)))
    at = plan.document.span_of(())
    if is_new:
        yield Change(kind, plan.id, after=plan.model.title, is_at=at)
        for part in parts:
            place = plan.document.span_of(part.loc)
            yield Change(kind, plan.id, part.id, field=_path(part), after=part.text or part.id, is_at=place)
        return
    gone = [removed(part, plan, document=plan.id) for part in parts]
    weakens = Weakening.MEASURE_REMOVED if any(one.weakens for one in gone) else None
    yield Change(kind, plan.id, before=plan.model.title, weakens=weakens, was_at=at)
    yield from gone


def _without_id(own: Mapping[str, Node]) -> Mapping[str, Node]:
    return {key: value for key, value in own.items() if key != "id"}


def _path(part: Part | None, *within: str | int) -> str:
    """Return the way to a value: from its item or section where that has an id, else from the top of the plan."""
    start = part.loc if part and not part.id else ()
    return ".".join(map(str, (*start, *within)))


def _home(part: Part) -> str:
    """Return where a part stands, as a person would look for it."""
    return part.holder.named if part.holder else ""


def _texts(node: Node) -> Sequence[str] | None:
    if node is None:
        return ()
    return [str(one) for one in node] if isinstance(node, list) else None


# What weakens


def _loss(part: Part, plan: Plan) -> Weakening | None:
    if part.role == "item":
        item = plan.all_items.get(part.id)
        if item and item.is_indicator:
            return Weakening.TARGET_REMOVED if weakening.has_target(dict(part.own)) else None
        return None if item and not item.reported else Weakening.MEASURE_REMOVED
    indicators = part.own.get("indicators")
    has_target = any(map(weakening.has_target, indicators if isinstance(indicators, list) else ()))
    return Weakening.TARGET_REMOVED if has_target else None


def _weakens(kind: Kind, keys: Sequence[str], before: str | None, after: str | None) -> Weakening | None:
    if kind is Kind.DEADLINE and keys[-1] in _ENDS:
        return weakening.of_deadline(before, after)
    if keys == ["reported"] and after == "false":
        return Weakening.TAKEN_OUT_OF_THE_MEAN
    return None


def _with_targets(changes: Sequence[Change], found: Sequence[Difference], one: Part, other: Part) -> Iterator[Change]:
    """Yield the changes of a part, those that lower a target saying so; first those of the target itself."""
    touched = {_indicator_at(each, other) for each in found if kind_of(each.keys) is Kind.TARGET}
    for change, each in zip(changes, found, strict=True):
        weakens = change.weakens
        if change.kind in {Kind.TARGET, Kind.BASELINE, Kind.INDICATOR}:
            weakens = _of_target(each, one, other, is_touched=_indicator_at(each, other) in touched)
        yield replace(change, weakens=weakens) if weakens else change


def _indicator_at(each: Difference, part: Part) -> tuple[str | int, ...]:
    """Return the way from a part to the indicator that a value belongs to; () where the part is one itself."""
    within = each.loc[len(part.loc) :]
    ends = [at + 2 for at, step in enumerate(within[:-1]) if step in _INDICATORS]
    return within[: ends[-1]] if ends else ()


def _of_target(each: Difference, one: Part, other: Part, *, is_touched: bool) -> Weakening | None:
    depth = len(_indicator_at(each, other))
    was, now = each.was[len(one.loc) :], each.now[len(other.loc) :]
    if depth and len(was) == depth:
        return Weakening.TARGET_REMOVED if each.after is None and weakening.has_target(each.before) else None
    before, after = _below(one.own, was[:depth]), _below(other.own, now[:depth])
    years = {key for side in (before, after) for key in _mapping(side.get("targets"))}
    if each.keys[-1] == "target_text":
        return None
    if kind_of(each.keys) is Kind.TARGET:
        year = each.keys[-1] if each.keys[-1] in years else ""
        return weakening.of_indicator(before, after, year=year, holder=_shared(one))
    if is_touched or each.keys[-1] not in _MEASURED_BY:
        return None
    found = (weakening.of_indicator(before, after, year=year, holder=_shared(one)) for year in ("", *sorted(years)))
    return next((weakens for weakens in found if weakens), None)


def _shared(part: Part) -> Mapping[str, Node]:
    """Return what an indicator of several values says of all of them."""
    return {"direction": part.own["direction"]} if "direction" in part.own else {}


def _below(own: Mapping[str, Node], loc: Sequence[str | int]) -> Mapping[str, Node]:
    node: object = own
    for step in loc:
        if isinstance(node, dict):
            node = node.get(str(step))
        elif isinstance(node, list) and isinstance(step, int) and step < len(node):
            node = node[step]
    return _mapping(node)


def _mapping(node: object) -> Mapping[str, Node]:
    return node if isinstance(node, dict) else {}
