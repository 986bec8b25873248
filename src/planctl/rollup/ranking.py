"""The ranking: who stands where, and how that changed since the period before.

In: what was reached in two periods, by name. Out: `Rank` values, the best first. Those whose printed means are the same
share a rank, and the next one is counted on past them; nobody is set above another by what nobody sees.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from planctl.forms.number import rounded

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal
    from fractions import Fraction

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Rank(Generic[Key]):
    """A place in the ranking. `mean` is as printed; `moved` places up, `change` of the mean in points.

    Both are None for those who were not ranked before.
    """

    rank: int
    key: Key
    mean: Decimal
    before: int | None = None
    mean_before: Decimal | None = None

    @property
    def moved(self) -> int | None:
        """How many places further up it stands than before."""
        return None if self.before is None else self.before - self.rank

    @property
    def change(self) -> Decimal | None:
        """By how much the printed mean grew."""
        return None if self.mean_before is None else self.mean - self.mean_before


def ranking(
    now: Mapping[Key, Fraction | None], before: Mapping[Key, Fraction | None], *, decimals: int
) -> tuple[Rank[Key], ...]:
    """Return the ranking of all that have a mean; those who share a rank stand in the order in which they came."""
    then = {key: (rank, mean) for rank, key, mean in _ranked(before, decimals)}
    return tuple(Rank(rank, key, mean, *then.get(key, (None, None))) for rank, key, mean in _ranked(now, decimals))


def _ranked(means: Mapping[Key, Fraction | None], decimals: int) -> list[tuple[int, Key, Decimal]]:
    printed = [(key, rounded(mean, decimals)) for key, mean in means.items() if mean is not None]
    printed.sort(key=lambda pair: pair[1], reverse=True)
    ranked: list[tuple[int, Key, Decimal]] = []
    for place, (key, mean) in enumerate(printed, start=1):
        shared = ranked and ranked[-1][2] == mean
        ranked.append((ranked[-1][0] if shared else place, key, mean))
    return ranked
