"""The register of reports: one file here for each; to add one, write it and add its line to REPORTS.

A report makes a `Sheet` of a plan and period, or None where it has nothing to show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from planctl.report import summary, table

if TYPE_CHECKING:
    from planctl.facts import RunFacts
    from planctl.portfolio.portfolio import Portfolio
    from planctl.report.sheet import Sheet
    from planctl.scoring.scorecard import Scorecard


class Compose(Protocol):
    """The contract of a report: `portfolio` is for names of units; the scorecard has all else."""

    def __call__(self, scorecard: Scorecard, portfolio: Portfolio, facts: RunFacts) -> Sheet | None:
        """Return the sheet, or None where there is nothing to show."""


REPORTS: tuple[Compose, ...] = (table.compose, summary.compose_self, summary.compose_superior)
