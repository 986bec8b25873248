"""Points: how much each item moved a mean. In: one evaluation in two states. Out: percentage points by item, exact.

A mean is m = S / W, with S = Σ wᵢsᵢ over the scored items of a part and W = Σ wᵢ. Let m̄ and W̄ be the arithmetic means
of what m and W were and are. An item's points are

    pᵢ = (Δ(wᵢsᵢ) - m̄ Δwᵢ) / W̄,

an item counting with w = s = 0 in a state in which it has no score or stands outside the part. They add up to the
movement exactly, as S = mW and therefore ΔS = m₁W₁ - m₀W₀ = m̄ΔW + W̄Δm (multiply it out: the mixed terms cancel):

    Σ pᵢ = (ΔS - m̄ ΔW) / W̄ = Δm.

An item whose score and weight stayed has Δ(ws) = Δw = 0 and moved nothing. The roles of before and after can be
exchanged in m̄ and W̄, and Δ then changes its sign: so do all points.

A mean of section means is such a mean again, of sections with w = 1 that have a mean. A section that has one in both
states hands its share, Δmₖ / K̄, on to its items by their own points within it. One that came brings (mₖ - M̄) / K̄ =
Σ wᵢ(sᵢ - M̄) / (WₖK̄), which is a sum over its items; one that went takes as much away. Its items are all new to the
scored ones of a section, or gone from them, so that here, too, what did not change has no points.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, TypeGuard

from planctl.forms.form import Mean
from planctl.scoring.engine import weight_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planctl.changes.effect import Level
    from planctl.forms.form import ScoringRules
    from planctl.scoring.scorecard import Mark, Tally

Points = dict[str, Fraction]
"""Percentage points by the item's id."""

_NONE = Fraction(0)
_OUTSIDE = (Decimal(0), Decimal(0))


@dataclass(frozen=True, slots=True)
class Part:
    """Items that have a mean together: those of the document, a section, a unit or a further table.

    A table after the first counts as a section of its own, which makes no part of the document's mean. `names` are
    what a section is known by.
    """

    level: Level
    key: str
    tally: Tally
    ids: frozenset[str]
    names: tuple[str, ...] = ()
    table: int = 0

    @property
    def mean(self) -> Fraction | None:
        """The mean, or None where nothing is scored."""
        return self.tally.mean


@dataclass(frozen=True)
class Side:
    """One evaluation in one state. Ids are those of now; the first part is the document's.

    `names` are those of all sections, also of those in which nothing counts.
    """

    marks: Mapping[str, Mark]
    parts: tuple[Part, ...]
    rules: ScoringRules
    names: frozenset[str]

    def term(self, id_: str) -> tuple[Decimal, Decimal]:
        """Return what an item adds to the weights and to the weighed scores."""
        mark = self.marks.get(id_)
        if mark is None or mark.score is None:
            return _OUTSIDE
        weight = weight_of(mark.item, weighted=self.rules.weighted)
        return weight, weight * mark.score

    def weight(self, part: Part) -> Fraction:
        """Return the weights of a part's scored items."""
        if not self.rules.weighted:
            return Fraction(part.tally.scored)
        marks = (self.marks[id_] for id_ in part.ids)
        return Fraction(sum(weight_of(mark.item, weighted=True) for mark in marks if mark.score is not None))


Pair = tuple[Part | None, Part | None]
"""What a part was and is; None where it was or is none."""


@dataclass(frozen=True)
class Step:
    """From one state to another under the same rules. `pairs` are the parts; the document's is the first."""

    before: Side
    after: Side
    pairs: tuple[Pair, ...]

    @cached_property
    def moved(self) -> frozenset[str]:
        """The items whose score or weight changed, or that have a score in one of the two states alone."""
        before, after = self.before.marks, self.after.marks
        weighted = self.before.rules.weighted
        ids = before.keys() | after.keys()
        return frozenset(
            id_
            for id_ in ids
            if _counts(before.get(id_), weighted=weighted) != _counts(after.get(id_), weighted=weighted)
        )

    @property
    def is_of_sections(self) -> bool:
        """Tell whether the document's mean is that of its sections' means."""
        return self.before.rules.mean is Mean.SECTIONS

    @cached_property
    def relocated(self) -> frozenset[str]:
        """The items that stand in another section than before."""
        was = {id_: at for at, (before, _now) in enumerate(self.pairs) if _is_section(before) for id_ in before.ids}
        now = {id_: at for at, (_was, after) in enumerate(self.pairs) if _is_section(after) for id_ in after.ids}
        return frozenset(id_ for id_ in was.keys() & now.keys() if was[id_] != now[id_])

    def points(self, pair: Pair) -> Points:
        """Return by how much each item moved the mean of a part that has one in both states."""
        before, after = pair
        if not before or not after or before.mean is None or after.mean is None:
            return {}
        if before.level == "item":
            return {before.key: after.mean - before.mean}
        if before.level == "document" and self.is_of_sections:
            points = self._of_sections(before.mean, after.mean)
        else:
            points = self._pooled(before, after)
        return {id_: part for id_, part in points.items() if part}

    def _pooled(self, before: Part, after: Part) -> Points:
        share = 2 / (self.before.weight(before) + self.after.weight(after))
        mean = share * ((before.mean or _NONE) + (after.mean or _NONE)) / 2
        points: Points = {}
        for id_ in (before.ids ^ after.ids) | (self.moved & (before.ids | after.ids)):
            was = self.before.term(id_) if id_ in before.ids else _OUTSIDE
            is_ = self.after.term(id_) if id_ in after.ids else _OUTSIDE
            weight, weighed = is_[0] - was[0], is_[1] - was[1]
            if weight:
                points[id_] = share * Fraction(weighed) - mean * Fraction(weight)
            elif weighed:
                points[id_] = share * Fraction(weighed)
        return points

    def _of_sections(self, was: Fraction, is_: Fraction) -> Points:
        sections = (pair for pair in self.pairs if any(map(_is_section, pair)))
        scored = [(_with_mean(before), _with_mean(after)) for before, after in sections]
        count = Fraction(sum(before is not None for before, _after in scored), 2)
        count += Fraction(sum(after is not None for _before, after in scored), 2)
        mean = (was + is_) / 2
        points: defaultdict[str, Fraction] = defaultdict(Fraction)
        for before, after in scored:
            for id_, part in self._of_section(before, after, mean):
                points[id_] += part / count
        return dict(points)

    def _of_section(self, before: Part | None, after: Part | None, mean: Fraction) -> Iterator[tuple[str, Fraction]]:
        if before and after:
            yield from self._pooled(before, after).items()
        elif after:
            yield from _whole(self.after, after, mean)
        elif before:
            yield from ((id_, -part) for id_, part in _whole(self.before, before, mean))


def _is_section(part: Part | None) -> TypeGuard[Part]:
    """Tell whether a part is a section whose mean counts in the document's."""
    return part is not None and part.level == "section" and not part.table


def _with_mean(part: Part | None) -> Part | None:
    return part if part and part.mean is not None else None


def _whole(side: Side, part: Part, mean: Fraction) -> Iterator[tuple[str, Fraction]]:
    """Yield what each item of a section adds to the distance of the section's mean from another mean."""
    weights = side.weight(part)
    for id_ in part.ids:
        weight, weighed = side.term(id_)
        if weight:
            yield id_, (Fraction(weighed) - Fraction(weight) * mean) / weights


def _counts(mark: Mark | None, *, weighted: bool) -> tuple[object, object] | None:
    """Return all of a mark that a mean depends on."""
    if mark is None or mark.score is None:
        return None
    return mark.score, weight_of(mark.item, weighted=weighted)
