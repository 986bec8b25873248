"""Grounds: which changes moved an item's part of a mean. In: all changes. Out: those that explain one item's points.

What the scoring engine looks at is asked first: a score given by that body, a state, what a score is computed from, a
weight, where the item stands. Where none of it is named, it is what else is said of the item, then of its section, then
of its document.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planctl.changes.change import Kind
from planctl.scoring.engine import weight_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from planctl.changes.change import Change
    from planctl.changes.effect import Level
    from planctl.portfolio.actuals import Evaluation
    from planctl.scoring.scorecard import Mark

_WITHOUT_EFFECT = frozenset(
    {Kind.FORMATTING, Kind.REWORDED, Kind.PROGRESS, Kind.EVIDENCE, Kind.PEOPLE, Kind.DEADLINE, Kind.RULES}
)
"""What no mark is ever made of; rules are a step of their own."""

_STANDING = frozenset({Kind.ADDED, Kind.REMOVED, Kind.MOVED, Kind.UNITS})
"""Where an item stands, which is told before its score."""

_OWN_RULES = frozenset({"mean", "weighted", "scoring", "several_indicators"})
"""The keys of a plan that say how its scores come about and are brought together."""


@dataclass(frozen=True, slots=True)
class Happened:
    """What happened to an item in a part of a plan: its mark there before and after, None where it was or is outside.

    It `comes_or_goes` where the whole plan had or has no such item to score, and has `changed_place` where it stands in
    another section.
    """

    level: Level
    period: str
    evaluation: Evaluation
    was: Mark | None
    now: Mark | None
    comes_or_goes: bool = False
    changed_place: bool = False
    weighted: bool = False

    def explained_by(self, change: Change) -> bool:  # noqa: PLR0911  # an arm for each kind
        """Tell whether scoring looks at what the change is about, and that is what differs."""
        if change.period not in {"", self.period} and change.kind is not Kind.STATE:
            return False
        match change.kind:
            case Kind.ADDED | Kind.REMOVED:
                return self.comes_or_goes
            case Kind.MOVED if change.field == "document":
                return self.comes_or_goes
            case Kind.MOVED:
                is_elsewhere = self.changed_place or (self._enters_or_leaves and self.level != "unit")
                return is_elsewhere and _last_key(change) != "order"
            case Kind.UNITS:
                return self._enters_or_leaves and self.level == "unit"
            case Kind.SCORE:
                return self._is_marked_otherwise and change.evaluation in {None, self.evaluation}
            case Kind.STATE:
                return self._has_other_outcome
            case Kind.REACHED | Kind.TARGET | Kind.BASELINE | Kind.INDICATOR:
                return self._is_marked_otherwise and self._is_computed
            case Kind.FIELD | Kind.RULES:
                return self._is_explained_by_field(_last_key(change))
            case _:
                return False

    def may_be_explained_by(self, change: Change) -> bool:
        """Tell whether the change is of this period and evaluation, and of something that may count."""
        is_of_this = change.period in {"", self.period} and change.evaluation in {None, self.evaluation}
        return is_of_this and change.kind not in _WITHOUT_EFFECT

    def _is_explained_by_field(self, key: str) -> bool:
        if key == "weight":
            return self._is_weighed_otherwise or (self._is_marked_otherwise and self._is_computed)
        return key == "reported" and self.comes_or_goes

    @property
    def _enters_or_leaves(self) -> bool:
        return (self.was is None) != (self.now is None)

    @property
    def _has_other_outcome(self) -> bool:
        """Tell whether it counts otherwise; of one that left it is enough to say that."""
        return self.now is not None and _outcome(self.was) != _outcome(self.now)

    @property
    def _is_marked_otherwise(self) -> bool:
        return self._has_other_outcome or (self.now is not None and _score(self.was) != self.now.score)

    @property
    def _is_weighed_otherwise(self) -> bool:
        if not self.weighted or self.was is None or self.now is None:
            return False
        return weight_of(self.was.item, weighted=True) != weight_of(self.now.item, weighted=True)

    @property
    def _is_computed(self) -> bool:
        return any(mark is not None and mark.is_computed for mark in (self.was, self.now))


def _outcome(mark: Mark | None) -> object:
    return mark.outcome if mark else None


def _score(mark: Mark | None) -> object:
    return mark.score if mark else None


class Grounds:
    """All changes between two states, by document and item."""

    def __init__(self, changes: Iterable[Change]) -> None:
        self._by_place: defaultdict[tuple[str, str], list[Change]] = defaultdict(list)
        for change in changes:
            for place in dict.fromkeys(_places(change)):
                self._by_place[place].append(change)

    def of_item(
        self, document: str, id_: str, happened: Happened, *, around: Callable[[], Sequence[str]]
    ) -> tuple[Change, ...]:
        """Return what explains what happened to an item; `around` are the ids of the sections that it stands in."""
        own = self._at(document, (id_,))
        return (
            tuple(sorted(filter(happened.explained_by, own), key=lambda one: one.kind not in _STANDING))
            or tuple(filter(happened.may_be_explained_by, own))
            or tuple(filter(happened.may_be_explained_by, self._at(document, around())))
            or tuple(filter(happened.may_be_explained_by, self._at(document, ("",))))
            or tuple(filter(happened.may_be_explained_by, self._at("", ("",))))
        )

    def of_rules(self, document: str, *, scales: AbstractSet[str]) -> tuple[Change, ...]:
        """Return what changed in how a document's scores come about and are brought together.

        `scales` are the files of the scales by which it was and is scored: two, where another one was chosen.
        """
        everywhere = self._at("", ("",))
        own = (one for one in self._at(document, ("",)) if _is_own_rule(one, chosen=len(scales) > 1))
        chosen = (one for one in everywhere if len(scales) > 1 and one.kind is Kind.RULES and one.field == "rubric")
        changed = (one for one in everywhere if one.kind is Kind.RULES and not scales.isdisjoint(_files(one)))
        return (*own, *chosen, *changed)

    def _at(self, document: str, ids: Iterable[str]) -> list[Change]:
        return [change for id_ in ids for change in self._by_place.get((document, id_), ())]


def _places(change: Change) -> Iterator[tuple[str, str]]:
    """Yield where a change tells: at its address, and at the one that an item was moved from."""
    yield change.document, change.item
    if change.kind is Kind.MOVED and change.before and "#" in change.before:
        document, _hash, item = change.before.partition("#")
        yield document, item


def _is_own_rule(change: Change, *, chosen: bool) -> bool:
    key = change.field.split(".", 1)[0]
    return key in _OWN_RULES or (chosen and key == "rubric")


def _files(change: Change) -> set[str]:
    return {at.path for at in (change.was_at, change.is_at) if at}


def _last_key(change: Change) -> str:
    return change.field.rsplit(".", 1)[-1]
