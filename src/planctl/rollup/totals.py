"""Totals: what documents come to together, pooled and as a mean of means, exact under every policy.

In: members of a group, each a document's part. Out: a `Total` for each policy. Pooled: every scored item counts as
much, so weights within a plan do not matter. Mean of means: every document counts with the mean that it prints itself,
an organisation with the mean of its documents, a group with the mean of its organisations.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, NamedTuple

from planctl.rollup.documents import SCORED, UNSCORED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from planctl.rollup.documents import Part
    from planctl.rollup.policies import Policy

_OUTCOMES = 5
_NOTHING = (0, 1)


class Member(NamedTuple):
    """A document in a group: its number and its organisation's, the policies that take it, and what it brings along.

    Of a document of which nothing is known there is no part.
    """

    document: int
    entry: int
    policies: frozenset[str]
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

    @property
    def lacks_scores(self) -> bool:
        """Tell whether anything is missing that could count as 0."""
        return bool(self.unknown or self.outcomes[UNSCORED])


def totals(members: Sequence[Member], policies: Iterable[Policy], *, steps: int) -> Mapping[str, Total]:
    """Return the total of a group under each policy; `steps` is how many values the scale has.

    Policies mostly take the same documents; their total is then worked out once.
    """
    made: dict[tuple[frozenset[frozenset[str]], bool], Total] = {}
    found: dict[str, Total] = {}
    kinds = frozenset({one.policies for one in members})
    for policy in policies:
        # Documents that the same policies take stand or fall together.
        taking = frozenset(kind for kind in kinds if policy.name in kind)
        taken = members if taking == kinds else [one for one in members if one.policies in taking]
        if (taking, False) not in made:
            made[taking, False] = total(taken, steps=steps)
        found[policy.name] = made[taking, False]
        if policy.counts_zeros and found[policy.name].lacks_scores:
            found[policy.name] = total(taken, steps=steps, zeros=True)
    return found


def total(taken: Sequence[Member], *, steps: int, zeros: bool = False) -> Total:
    """Return what members come to; with `zeros` what has no score counts as 0."""
    parts = [one.part for one in taken if one.part]
    levels = _added([part.levels for part in parts], steps)
    outcomes = _added([part.outcomes for part in parts], _OUTCOMES)
    points = Fraction(*exact_sum([part.points for part in parts]))
    counted = outcomes[SCORED] + (outcomes[UNSCORED] if zeros else 0)
    return Total(
        organisations=len({one.entry for one in taken}),
        documents=len({one.document for one in taken}),
        items=sum(outcomes),
        counted=counted,
        levels=levels,
        outcomes=outcomes,
        points=points,
        pooled=points / counted if counted else None,
        means=_mean_of_means(taken, zeros=zeros),
        unknown=len(taken) - len(parts),
    )


def exact_sum(pairs: Sequence[Sequence[int]]) -> tuple[int, int]:
    """Return the sum of fractions, as they are given: as numerator and denominator, not reduced.

    Fractions of their own would be reduced at every step, of which there are hundreds of thousands.
    """
    denominators = {one[1] for one in pairs}
    if len(denominators) == 1:
        return sum([one[0] for one in pairs]), denominators.pop()
    denominator = lcm(*denominators)
    return sum([numerator * (denominator // below) for numerator, below in pairs]), denominator


def fraction_of(pair: Sequence[int] | None) -> Fraction | None:
    """Return a number that is kept as numerator and denominator."""
    return Fraction(*pair) if pair else None


def _added(counts: Sequence[Sequence[int]], width: int) -> tuple[int, ...]:
    return tuple(map(sum, zip(*counts, strict=True))) if counts else (0,) * width


def _mean_of_means(members: Iterable[Member], *, zeros: bool) -> Fraction | None:
    """Return the mean of the organisations' means, each that of its documents' own means."""
    own: defaultdict[int, list[Sequence[int]]] = defaultdict(list)
    for one in members:
        part = one.part
        mean = (part.with_zeros if zeros else part.mean) if part else _NOTHING if zeros else None
        if mean is not None:
            own[one.entry].append(mean)
    return Fraction(*_mean([_mean(pairs) for pairs in own.values()])) if own else None


def _mean(pairs: Sequence[Sequence[int]]) -> Sequence[int]:
    if len(pairs) == 1:
        return pairs[0]
    numerator, denominator = exact_sum(pairs)
    return numerator, denominator * len(pairs)
