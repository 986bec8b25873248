"""How far one plan covers another: which of its measures carry out which objective above, over any plans between them.

In: the chain and two plans. Out: the `Coverage`: a row for each objective, and the measures that reach none of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.portfolio.chain import Chain
    from planctl.portfolio.plan import Plan


@dataclass(frozen=True, slots=True)
class Row:
    """An objective above, by its place in the chain, and the measures below that carry it out.

    One is `covered` too where they carry out the goal that it belongs to.
    """

    node: int
    by: tuple[int, ...]
    covered: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """The objectives of the upper plan, and the `loose` measures of the lower one, which carry out none of them."""

    upper: Plan
    lower: Plan
    rows: tuple[Row, ...]
    loose: tuple[int, ...]

    @property
    def bare(self) -> tuple[Row, ...]:
        """The objectives that nothing carries out."""
        return tuple(row for row in self.rows if not row.covered)


def coverage(chain: Chain, upper: Plan, lower: Plan) -> Coverage:
    """Return how the lower plan covers the upper one."""
    ends = dict.fromkeys(chain.ends(lower.id))
    rows: dict[int, Row] = {}
    for at in _rows(chain, upper.id):
        below = _below(chain, at)
        by = tuple(one for one in sorted(below) if one in ends)
        covered = bool(by) or any(rows[one].covered for one in chain.around(at) if one in rows)
        rows[at] = Row(at, by, covered)
    reached = {one for row in rows.values() for one in row.by}
    return Coverage(upper, lower, tuple(rows.values()), tuple(one for one in ends if one not in reached))


def _rows(chain: Chain, upper: str) -> Iterator[int]:
    """Yield a plan's objectives, and the goals that plans below name themselves."""
    leaves = set(chain.leaves(upper))
    yield from (at for at in chain.of_plan[upper] if at in leaves or (chain.nodes[at].level and chain.below[at]))


def _below(chain: Chain, at: int) -> frozenset[int]:
    """Return what carries an objective out; of a goal what names it itself, as its objectives have their own rows."""
    if chain.is_leaf(at):
        return frozenset(step.node for step in chain.downward(at))
    named = chain.below[at]
    return frozenset(named) | {step.node for one in named for step in chain.downward(one)}
