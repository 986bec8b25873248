"""The office in one period: what the sheets over all plans are made of. In: accounts. Out: `Office`, its head."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planctl.report.mongolian import heading_date, period_genitive
from planctl.report.sheet import Heading, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planctl.facts import RunFacts
    from planctl.forms.period import Period
    from planctl.portfolio.portfolio import Portfolio
    from planctl.portfolio.rubric import Rubric
    from planctl.report.account import CardAccount, ItemAccount, PlanAccount

DOCUMENT = "office"
"""Stands for all plans in the names of files; no plan may have it as its id."""


def unit_name(unit: str, portfolio: Portfolio) -> str:
    """Return the name of a unit; its id, where the settings have it no more since a report was read."""
    known = portfolio.settings.units.get(unit)
    return known.name if known else unit


@dataclass(frozen=True, slots=True)
class Silent:
    """A plan without actuals for the period, and its items that were to be reported."""

    plan: PlanAccount
    items: tuple[ItemAccount, ...]


@dataclass(frozen=True, slots=True)
class Office:
    """All that is reported for one period. `silent` are plans that were to be reported and have no actuals at all.

    `left_out` names documents that have errors; what the sheets count is without them.
    """

    period: Period
    cards: tuple[CardAccount, ...]
    silent: tuple[Silent, ...] = ()
    left_out: tuple[str, ...] = ()

    def by_rubric(self, portfolio: Portfolio) -> Iterator[tuple[Rubric, Sequence[CardAccount]]]:
        """Yield each scale by which anything was scored, as it is in force, with the reports."""
        for name in dict.fromkeys(card.rubric for card in self.cards):
            if rubric := portfolio.rubric_in(name, self.period):
                yield rubric, [card for card in self.cards if card.rubric == name]

    def sheet(self, portfolio: Portfolio, facts: RunFacts, *, name: str, title: str) -> Sheet:
        """Return a sheet over all plans, `office.2025-H1.units`, still without tables."""
        return Sheet(
            stem=f"{DOCUMENT}.{self.period}.{name}",
            name=name,
            template=name,
            organisation=portfolio.settings.organisation,
            heading=Heading(
                title=tuple(filter(None, (portfolio.settings.organisation, f"{period_genitive(self.period)} {title}"))),
                date=heading_date(facts.as_of) if facts.as_of else "",
                place=portfolio.settings.place,
            ),
        )

    def remarks(self) -> tuple[str, ...]:
        """Name what is left out because of errors."""
        return (f"Алдаатай тул ороогүй: {', '.join(self.left_out)}.",) if self.left_out else ()
