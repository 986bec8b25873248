"""The order of the stages, and nothing else. Each returns its value and what it found; none of them writes.

discover -> read -> link (validates) -> check (settles what is accepted) -> score -> compose
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from planctl.checks import check, codes_of_errors
from planctl.codes import CODES
from planctl.diagnostics import Diagnostic, in_order, weighed
from planctl.findings.accepting import settled
from planctl.forms import FORMS
from planctl.garbage import collector_off
from planctl.output.template_store import replaceable_names
from planctl.portfolio.kinds import SETTINGS_PATH
from planctl.portfolio.link import link
from planctl.portfolio.rubric import shipped
from planctl.report import OFFICE_REPORTS, PERIOD_REPORTS, PLAN_REPORTS, template_names
from planctl.scoring.engine import score
from planctl.source.discover import Folder
from planctl.source.document import SourceText
from planctl.source.reader import read

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator
    from datetime import date

    from planctl.facts import RunFacts
    from planctl.findings.accepting import AcceptedFinding
    from planctl.forms.period import Period
    from planctl.portfolio.portfolio import Plan, Portfolio
    from planctl.report.office import Office, Silent
    from planctl.report.sheet import Sheet
    from planctl.scoring.scorecard import Scorecard
    from planctl.source.document import Document
    from planctl.source.tree import Tree


@dataclass(frozen=True, slots=True)
class Project:
    """A project as far as it could be read: the portfolio, the scorecards, and all findings by place.

    `sources` are the texts that were read; `unread` those of them that gave no document. `root` is the project's
    folder, also of a state that was read from its history. `accepted` are the findings that are not reported, as
    accepted.yaml lets them be.
    """

    root: Path
    portfolio: Portfolio
    scorecards: tuple[Scorecard, ...]
    findings: tuple[Diagnostic, ...]
    sources: tuple[SourceText, ...]
    unread: tuple[SourceText, ...]
    accepted: tuple[AcceptedFinding, ...] = ()


def load(state: Path | Tree, *, today: date | None = None) -> Project:
    """Read, link, check and score a project: what its folder holds now, or another state of it.

    `today` is the day by which records run out; without one nothing has.
    """
    with collector_off():
        return _loaded(_tree(state), today, _every_code)


def load_for_errors(state: Path | Tree, *, today: date | None = None) -> Project:
    """Return a project as `load` does, with the same errors, but without the warnings that take time to find."""
    with collector_off():
        return _loaded(_tree(state), today, codes_of_errors)


def _tree(state: Path | Tree) -> Tree:
    return Folder(state) if isinstance(state, Path) else state


def _every_code(_portfolio: Portfolio) -> Container[str]:
    """Return all there are."""
    return CODES


def _loaded(tree: Tree, today: date | None, wanted: Callable[[Portfolio], Container[str]]) -> Project:
    sources, unread = tree.sources()
    documents, faults = _read_all(sources)
    known = {document.path for document in documents}
    unread_texts = tuple(source for source in sources if source.path not in known)
    portfolio, misfits = link(documents, shipped=_shipped_rubrics(), unread=unread_texts)
    templates = replaceable_names(template_names(FORMS))
    torn = {fault.span.path for fault in faults if fault.is_error}
    found = check(portfolio, is_file=tree.has_file, templates=templates, torn=torn, day=today, codes=wanted(portfolio))
    every = in_order(weighed((*unread, *faults, *misfits, *found), portfolio.settings.severities))
    left = settled(every, portfolio, today=today)
    return Project(tree.root, portfolio, score(portfolio), left.reported, sources, unread_texts, left.accepted)


def of_no_project() -> Portfolio:
    """Return what there is without a project: the scales that come with planctl."""
    return link((), shipped=_shipped_rubrics())[0]


@cache
def _shipped_rubrics() -> tuple[Document, ...]:
    """Return the scales that come with planctl, read once for all that a process loads."""
    return tuple(_read_all(SourceText(path, text) for path, text in shipped())[0])


def _read_all(sources: Iterable[SourceText]) -> tuple[list[Document], list[Diagnostic]]:
    documents: list[Document] = []
    findings: list[Diagnostic] = []
    for source in sources:
        document, found = read(source)
        findings.extend(found)
        if document:
            documents.append(document)
    return documents, findings


# What sheets are made of


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
