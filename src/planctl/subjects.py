"""What sheets are made of: a plan and period, a plan as approved, or the office in a period.

In: a loaded project. Out: `Subject`s, which compose the sheets that are wanted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planctl.portfolio.kinds import SETTINGS_PATH
from planctl.report import OFFICE_REPORTS, PERIOD_REPORTS, PLAN_REPORTS

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Iterator

    from planctl.facts import RunFacts
    from planctl.forms.period import Period
    from planctl.pipeline import Project
    from planctl.portfolio.plan import Plan
    from planctl.portfolio.portfolio import Portfolio
    from planctl.report.account import Account, CardAccount, PlanAccount
    from planctl.report.office import Office, Silent
    from planctl.report.sheet import Sheet
    from planctl.scoring.scorecard import Scorecard


@dataclass(frozen=True, slots=True)
class Subject:
    """What sheets are made of: a plan and period, a plan as approved (no period), or the office in a period.

    `files` are all that it was read from; `scorecards` has the one of a plan and period.
    """

    document: str
    period: str
    files: frozenset[str]
    scorecards: tuple[Scorecard, ...] = ()
    plan: Plan | None = None
    office: Office | None = None

    def compose(self, portfolio: Portfolio, facts: RunFacts, wanted: Container[str]) -> Iterator[Sheet]:
        """Yield the sheets that are wanted and have something to show, in the order of the registers."""
        from planctl.report.records import with_records  # noqa: PLC0415  # most commands make no sheet

        made: Iterable[Sheet | None]
        if self.office:
            made = [OFFICE_REPORTS[name](self.office, portfolio, facts) for name in OFFICE_REPORTS if name in wanted]
        elif self.plan:
            made = [PLAN_REPORTS[name](self.plan, portfolio, facts) for name in PLAN_REPORTS if name in wanted]
        else:
            (card,) = self.scorecards
            bare = [PERIOD_REPORTS[name](card, portfolio, facts) for name in PERIOD_REPORTS if name in wanted]
            made = with_records(filter(None, bare), card, portfolio)
        yield from filter(None, made)


def of_plan(plan: Plan) -> Subject:
    """Return a plan as approved."""
    return Subject(plan.id, "", frozenset({SETTINGS_PATH, plan.document.path}), plan=plan)


def of_period(card: Scorecard) -> Subject:
    """Return a plan and period."""
    return Subject(card.actuals.plan.id, str(card.actuals.period), _files(card), (card,))


def account_of(project: Project) -> Account:
    """Return what a project, or a part of one, tells for the sheets over all plans, of reports with errors too.

    Which those are may rest on more than the files that were read.
    """
    from planctl.report import account  # noqa: PLC0415  # most commands make no sheet

    portfolio = project.portfolio
    plans = (account.of_plan(plan, portfolio.of_plan(plan)) for plan in portfolio.plans.values())
    return account.Account(tuple(map(account.of_card, project.scorecards)), tuple(filter(None, plans)))


def offices(account: Account, left_out: Collection[tuple[str, str]]) -> Iterator[Subject]:
    """Yield the office in each period that was reported, without the documents and periods that are `left_out`."""
    good = [card for card in account.cards if card.part not in left_out]
    for period in dict.fromkeys(card.period for card in good):
        cards = tuple(card for card in good if card.period == period)
        documents = tuple(document for document, when in left_out if when == str(period))
        yield of_office(account, period, cards, documents)


def of_office(account: Account, period: Period, cards: tuple[CardAccount, ...], left_out: tuple[str, ...]) -> Subject:
    """Return the office in a period, made from these reports of it; `left_out` names the documents left out."""
    from planctl.report.office import DOCUMENT, Office  # noqa: PLC0415  # most commands make no sheet

    reporting = {card.document for card in cards} | set(left_out)
    silent = tuple(silent_of(account.plans, period, without=reporting))
    office = Office(period, cards, silent, left_out)
    files = frozenset({SETTINGS_PATH, *(one.plan.path for one in silent)}).union(*(card.files for card in cards))
    return Subject(DOCUMENT, str(period), files, office=office)


def silent_of(plans: Iterable[PlanAccount], period: Period, *, without: Container[str]) -> Iterator[Silent]:
    """Return the plans that were to report for a period and did not, with what had begun and was not over."""
    from planctl.report.office import Silent  # noqa: PLC0415  # likewise

    for plan in plans:
        if plan.document not in without and plan.owes(period):
            yield Silent(plan, plan.due(period))


def _files(card: Scorecard) -> frozenset[str]:
    return frozenset({SETTINGS_PATH, card.rubric.path}) | card.actuals.files
