"""What sheets are made of: a plan and period, a plan as approved, or the office in a period.

In: a loaded project. Out: `Subject`s, which compose the sheets that are wanted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planctl.portfolio.kinds import SETTINGS_PATH
from planctl.report import OFFICE_REPORTS, PERIOD_REPORTS, PLAN_REPORTS

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from planctl.facts import RunFacts
    from planctl.forms.period import Period
    from planctl.pipeline import Project
    from planctl.portfolio.plan import Plan
    from planctl.portfolio.portfolio import Portfolio
    from planctl.report.office import Office, Silent
    from planctl.report.sheet import Sheet
    from planctl.scoring.scorecard import Scorecard


@dataclass(frozen=True, slots=True)
class Subject:
    """What sheets are made of: a plan and period, a plan as approved (no period), or the office in a period.

    `files` are all that it was read from; `scorecards` those that it shows.
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


def of_office(project: Project, period: Period, cards: tuple[Scorecard, ...], left_out: tuple[str, ...]) -> Subject:
    """Return the office in a period, made from these scorecards of it; `left_out` names the documents left out."""
    from planctl.report.office import DOCUMENT, Office  # noqa: PLC0415  # most commands make no sheet

    reporting = {card.actuals.plan.id for card in cards} | set(left_out)
    silent = tuple(_silent(project, period, without=reporting))
    office = Office(period, cards, silent, left_out)
    files = frozenset({SETTINGS_PATH}).union(*map(_files, cards), {one.plan.document.path for one in silent})
    return Subject(DOCUMENT, str(period), files, cards, office=office)


def _silent(project: Project, period: Period, *, without: Container[str]) -> Iterator[Silent]:
    """Return the plans that were to report for a period and did not, with what had begun and was not over.

    A plan for a year reports on that year, a register from the first period on that it was reported for.
    """
    from planctl.report.office import Silent  # noqa: PLC0415  # likewise

    for plan in project.portfolio.plans.values():
        told = project.portfolio.of_plan(plan)
        before = [actuals for actuals in told if actuals.period.is_before(period)]
        rules = plan.model.rules
        has_begun = rules.covers(period.year) and (bool(rules.years) or bool(before) or not told)
        if plan.id in without or not has_begun or not plan.evaluated or plan.model.source is not None:
            continue
        over = {id_ for actuals in before for id_, one in actuals.reported.items() if one.state and one.state.is_final}
        items = (item for id_, item in plan.evaluated.items() if id_ not in over and item.is_due(period.last_day))
        yield Silent(plan, tuple(items))


def _files(card: Scorecard) -> frozenset[str]:
    return frozenset({SETTINGS_PATH, card.rubric.path}) | card.actuals.files
