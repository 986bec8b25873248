"""What changes did to the scores: an evaluation's counts and mean before and after, and which changes moved it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from fractions import Fraction

    from planctl.changes.change import Change
    from planctl.portfolio.actuals import Evaluation
    from planctl.scoring.scorecard import Tally

Level = Literal["item", "section", "unit", "document"]


@dataclass(frozen=True, slots=True)
class Because:
    """Changes that together moved a mean by so many percentage points, exactly; rarely more than one."""

    changes: tuple[Change, ...]
    points: Fraction


@dataclass(frozen=True, slots=True)
class Effect:
    """One evaluation of a document, section, unit or item in a period, before and after.

    `key` is the id of the item, the title of the section, the id of the unit ("" for items without one), or "" for the
    document. A tally is None where there was or is none. Where both means exist, the points of `because` add up to
    their difference exactly.
    """

    level: Level
    document: str
    period: str
    key: str
    evaluation: Evaluation
    before: Tally | None
    after: Tally | None
    because: tuple[Because, ...] = ()

    @property
    def movement(self) -> Fraction | None:
        """By how many percentage points the mean moved, or None where one of the two has no mean."""
        means = (self.before.mean if self.before else None, self.after.mean if self.after else None)
        return means[1] - means[0] if means[0] is not None and means[1] is not None else None
