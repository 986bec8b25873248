"""Making: the sheets of every plan and period that has no error, in memory. Writing them is `build`'s, not ours.

In: a loaded project and what is asked for. Out: contents with their digests and what they were made from.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from planctl.diagnostics import weighed
from planctl.output.manifest import Input, Output
from planctl.output.template_store import fetch
from planctl.pipeline import of_office, of_period, of_plan
from planctl.portfolio.rubric import shipped
from planctl.refusal import Part, part_of
from planctl.render import FORMATS
from planctl.render.package import content_digest
from planctl.report import OFFICE_REPORTS, OFFICIAL, PLAN_REPORTS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Container, Iterator, Sequence

    from planctl.diagnostics import Diagnostic
    from planctl.facts import RunFacts
    from planctl.forms.period import Period
    from planctl.pipeline import Project, Subject
    from planctl.portfolio.portfolio import Actuals, Plan
    from planctl.render import Template
    from planctl.report.sheet import Sheet
    from planctl.scoring.scorecard import Scorecard


LIBRARIES = ("docxtpl", "Jinja2", "lxml", "python-docx", "XlsxWriter")
"""Those whose version can change the bytes of an output."""


def library_versions() -> dict[str, str]:
    """Return the versions of the libraries that shape the outputs."""
    return {name: version(name) for name in LIBRARIES}


@dataclass(frozen=True, slots=True)
class Choice:
    """What a build is asked for: formats and sheets by their names, plans by file, actuals, a period or all of them.

    `is_whole` tells that no file was named: then the sheets over all plans are made too. `as_pdf`: Word sheets are
    printed as PDF.
    """

    formats: tuple[str, ...]
    sheets: tuple[str, ...] = OFFICIAL
    has_plan: Callable[[Plan], bool] = lambda _plan: True
    has_actuals: Callable[[Actuals], bool] = lambda _actuals: True
    period: Period | None = None
    is_whole: bool = True
    as_pdf: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """One sheet in one format. `content` and `output` are None where its template has errors."""

    path: str
    findings: tuple[Diagnostic, ...]
    content: bytes | None = None
    output: Output | None = None


def subjects(project: Project, refused: Collection[Part], choice: Choice) -> Iterator[Subject]:
    """Return what was chosen and has no error: plans as approved, plans and periods, and the office in each period."""
    faulty = {found.span.path for found in project.findings if found.is_error}
    if choice.period is None and set(choice.sheets) & set(PLAN_REPORTS):
        plans = (of_plan(plan) for plan in project.portfolio.plans.values() if choice.has_plan(plan))
        yield from (subject for subject in plans if not subject.files & faulty)
    good = [card for card in project.scorecards if part_of(card.actuals) not in refused]
    wanted = (card for card in good if choice.period in {None, card.actuals.period})
    yield from (of_period(card) for card in wanted if choice.has_actuals(card.actuals))
    if choice.is_whole and set(choice.sheets) & set(OFFICE_REPORTS):
        yield from _offices(project, good, refused, choice.period)


def _offices(
    project: Project, good: Sequence[Scorecard], refused: Collection[Part], only: Period | None
) -> Iterator[Subject]:
    for period in dict.fromkeys(card.actuals.period for card in good):
        if only in {None, period}:
            cards = tuple(card for card in good if card.actuals.period == period)
            left_out = tuple(document for document, when in refused if when == str(period))
            yield of_office(project, period, cards, left_out)


class Making:
    """The making of outputs from one project and with the same facts."""

    def __init__(self, project: Project, facts: RunFacts) -> None:
        self._project = project
        self._facts = facts
        texts = {**dict(shipped()), **{source.path: source.text for source in project.sources}}
        self._digests = {path: content_digest(text.encode()) for path, text in texts.items()}

    def sheets(self, subject: Subject, wanted: Container[str]) -> tuple[Sheet, ...]:
        """Return the sheets of a subject that are wanted and have something to show."""
        return tuple(subject.compose(self._project.portfolio, self._facts, wanted))

    def make(self, subject: Subject, sheet: Sheet, format_: str) -> Made:
        """Return a sheet in a format; PlanctlError where its template cannot be had."""
        kind, settings = FORMATS[format_], self._project.portfolio.settings
        path = sheet.stem + kind.suffix
        template = (
            fetch(self._project.root, settings.templates, sheet.template, kind.suffix) if kind.needs_template else None
        )
        rendered = kind.load()(sheet, template)
        findings = tuple(weighed(rendered.findings, settings.severities))
        if rendered.content is None or any(found.is_error for found in findings):
            return Made(path, findings)
        as_of = self._facts.as_of
        output = Output(
            path=path,
            document=subject.document,
            period=subject.period,
            sheet=sheet.name,
            format=format_,
            digest=content_digest(rendered.content),
            made_from=(*self._inputs(subject), *_template_input(template)),
            as_of=as_of.isoformat() if as_of else None,
        )
        return Made(path, findings, rendered.content, output)

    def _inputs(self, subject: Subject) -> Iterator[Input]:
        """Return the files that a subject was made from."""
        yield from (Input(path, self._digests[path]) for path in sorted(subject.files) if path in self._digests)


def _template_input(template: Template | None) -> tuple[Input, ...]:
    return (Input(template.path, content_digest(template.content)),) if template else ()
