"""Totals: what documents come to together, pooled and as a mean of means, exact under every policy.

In: what each organisation brings into a group, one after the other; nothing but the sum is held. Out: a `Total` for
each policy. Pooled: every scored item counts as much, so weights within a plan do not matter. Mean of means: every
document counts with the mean that it prints itself, an organisation with the mean of its documents, a group with the
mean of its organisations.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, reduce
from math import lcm
from operator import add
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from planctl.rollup.documents import OUTCOMES, SCORED, UNSCORED
from planctl.rollup.policies import POLICIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from planctl.rollup.documents import Pair, Part

_NOTHING = (0, 1)

Kind: TypeAlias = "frozenset[str]"
"""The names of the policies that take a document: documents of one kind stand or fall together."""


class Member(NamedTuple):
    """An organisation's document in a group: its number, the policies that take it, and what it brings along.

    Of a document of which nothing is known there is no part.
    """

    document: int
    kind: Kind
    part: Part | None


@dataclass(frozen=True, slots=True)
class Total:
    """What a group comes to. Means are exact, in percentage points; None where nothing is scored.

    `counted` is how many items the pooled mean counts: the scored ones, and under a policy of zeros those without one.
    Of `unknown` documents not even the number of items is known.
    """

    organisations: int
    documents: int
    items: int
    counted: int
    levels: tuple[int, ...]
    outcomes: tuple[int, ...]
    points: Fraction
    pooled: Fraction | None
    means: Fraction | None
    unknown: int = 0


# What one organisation brings along


class Sums(NamedTuple):
    """What documents of one kind come to."""

    documents: int
    unknown: int
    counts: Sequence[int]
    points: Pair

    def plus(self, other: Sums) -> Sums:
        """Return what both come to; there may be no counts where nothing is known."""
        return Sums(
            self.documents + other.documents,
            self.unknown + other.unknown,
            list(map(add, self.counts, other.counts)) if self.counts and other.counts else self.counts or other.counts,
            _plus(self.points, other.points),
        )


_EMPTY = Sums(0, 0, (), _NOTHING)


class Share(NamedTuple):
    """What an organisation brings into a group.

    `sums` are those of its documents by their kinds, `means` its own mean (None: it has none, but documents) by the
    policies under which it is that.
    """

    sums: Mapping[Kind, Sums]
    means: Mapping[Kind, Pair | None]


def share_of(members: Sequence[Member]) -> Share:
    """Return what an organisation with these documents in a group brings into it."""
    kinds: defaultdict[Kind, list[Member]] = defaultdict(list)
    for one in members:
        kinds[one.kind].append(one)
    sums = {kind: _sums_of(of_kind) for kind, of_kind in kinds.items()}
    lacks_scores = any(one.unknown or one.counts[UNSCORED - OUTCOMES] for one in sums.values())
    means: dict[Kind, Pair | None] = {}
    for policies, taking, zeros in _ways(tuple(kinds), lacks_scores):
        taken = members if len(taking) == len(kinds) else [one for one in members if one.kind in taking]
        means[policies] = _mean_of(taken, zeros=zeros)
    return Share(sums, means)


def _sums_of(members: Sequence[Member]) -> Sums:
    parts = [one.part for one in members if one.part]
    return Sums(
        documents=len({one.document for one in members}),
        unknown=len(members) - len(parts),
        counts=[*map(sum, zip(*[part.counts for part in parts], strict=True))],
        points=exact_sum([part.points for part in parts]),
    )


@lru_cache(maxsize=256)
def _ways(kinds: tuple[Kind, ...], lacks_scores: bool) -> tuple[tuple[Kind, tuple[Kind, ...], bool], ...]:  # noqa: FBT001
    """Return the policies that take the same of these kinds together, the kinds, and whether they count zeros.

    Where no score is lacking there is nothing to count as zero.
    """
    ways: defaultdict[tuple[tuple[Kind, ...], bool], set[str]] = defaultdict(set)
    for policy in POLICIES.values():
        if taking := tuple(kind for kind in kinds if policy.name in kind):
            ways[taking, policy.counts_zeros and lacks_scores].add(policy.name)
    return tuple((frozenset(names), taking, zeros) for (taking, zeros), names in ways.items())


def _mean_of(members: Iterable[Member], *, zeros: bool) -> Pair | None:
    """Return the mean of the documents' own means; with `zeros` what has no score counts as 0."""
    if zeros:
        own = [one.part.with_zeros if one.part else _NOTHING for one in members]
    else:
        own = [one.part.mean if one.part else None for one in members]
    means = [mean for mean in own if mean is not None]
    if not means:
        return None
    numerator, denominator = exact_sum(means)
    return numerator, denominator * len(means)


# What they come to together


class Running:
    """A group on its way to its totals: the sums so far, to which organisations are added one by one."""

    __slots__ = ("_means", "_sums")

    def __init__(self) -> None:
        self._sums: dict[Kind, Sums] = {}
        self._means: dict[Kind, tuple[int, int, Pair]] = {}
        """By policies: how many organisations, how many with a mean, and the sum of their means."""

    def take(self, share: Share) -> None:
        """Add an organisation."""
        for kind, sums in share.sums.items():
            known = self._sums.get(kind)
            self._sums[kind] = known.plus(sums) if known else sums
        for policies, mean in share.means.items():
            organisations, counted, whole = self._means.get(policies, (0, 0, _NOTHING))
            more = (counted, whole) if mean is None else (counted + 1, _plus(whole, mean))
            self._means[policies] = (organisations + 1, *more)

    def totals(self, *, steps: int) -> Mapping[str, Total]:
        """Return the total under each policy; `steps` is how many values the scale has.

        Policies mostly take the same documents; their total is then made once.
        """
        made: dict[tuple[Kind, ...], Total] = {}
        found: dict[str, Total] = {}
        for policy in POLICIES.values():
            taking = tuple(kind for kind in self._sums if policy.name in kind)
            if policy.counts_zeros:
                found[policy.name] = self._total(policy.name, taking, steps, zeros=True)
            else:
                if taking not in made:
                    made[taking] = self._total(policy.name, taking, steps, zeros=False)
                found[policy.name] = made[taking]
        return found

    def pooled(self, policy: str) -> Fraction | None:
        """Return the pooled mean under a policy that counts no zeros."""
        sums = reduce(Sums.plus, (one for kind, one in self._sums.items() if policy in kind), _EMPTY)
        scored = sums.counts[SCORED - OUTCOMES] if sums.counts else 0
        return Fraction(*sums.points) / scored if scored else None

    def _total(self, policy: str, taking: Iterable[Kind], steps: int, *, zeros: bool) -> Total:
        sums = reduce(Sums.plus, (self._sums[kind] for kind in taking), _EMPTY)
        means = [one for policies, one in self._means.items() if policy in policies]
        counts = tuple(sums.counts) or (0,) * (steps + OUTCOMES)
        levels, outcomes = counts[:steps], counts[steps:]
        points = Fraction(*sums.points)
        counted = outcomes[SCORED] + (outcomes[UNSCORED] if zeros else 0)
        averaged = sum(one[1] for one in means)
        return Total(
            organisations=sum(one[0] for one in means),
            documents=sums.documents,
            items=sum(outcomes),
            counted=counted,
            levels=levels,
            outcomes=outcomes,
            points=points,
            pooled=points / counted if counted else None,
            means=Fraction(*exact_sum([one[2] for one in means])) / averaged if averaged else None,
            unknown=sums.unknown,
        )


# Exact numbers


def exact_sum(pairs: Sequence[Pair]) -> tuple[int, int]:
    """Return the sum of fractions, as they are given: as numerator and denominator, not reduced.

    Fractions of their own would be reduced at every step, of which there are hundreds of thousands.
    """
    denominators = {one[1] for one in pairs}
    if len(denominators) == 1:
        return sum([one[0] for one in pairs]), denominators.pop()
    denominator = lcm(*denominators)
    return sum([numerator * (denominator // below) for numerator, below in pairs]), denominator


def _plus(one: Pair, other: Pair) -> Pair:
    if one[1] == other[1]:
        return one[0] + other[0], one[1]
    return exact_sum((one, other))


def fraction_of(pair: Pair | None) -> Fraction | None:
    """Return a number that is kept as numerator and denominator."""
    return Fraction(*pair) if pair else None
