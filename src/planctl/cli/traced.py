"""What a trace is about, as the command hands it to the ways of showing it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planctl.pipeline import Project
    from planctl.portfolio.chain import Chain
    from planctl.portfolio.plan import Plan
    from planctl.scoring.scorecard import Scorecard


@dataclass(frozen=True, slots=True)
class Traced:
    """What was asked for: a part of a plan by its place in the chain, a whole plan (no place), or one by another."""

    project: Project
    cards: Mapping[str, Scorecard]
    plan: Plan
    at: int | None = None
    lower: Plan | None = None

    @property
    def chain(self) -> Chain:
        """The chain of all plans."""
        return self.project.portfolio.chain
