"""Making: the sheets of every plan and period that has no error, in memory. Writing them is `build`'s, not ours.

In: a loaded project and what is asked for. Out: contents with their digests and what they were made from.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING

from planctl.diagnostics import weighed
from planctl.output.manifest import Input, Output
from planctl.output.template_store import fetch_from, own_content
from planctl.portfolio.rubric import shipped
from planctl.refusal import Part, part_of
from planctl.render import FORMATS
from planctl.render.package import content_digest
from planctl.report import OFFICE_REPORTS, OFFICIAL, PLAN_REPORTS
from planctl.source.within import EVERYTHING, Within
from planctl.subjects import account_of, of_period, of_plan, offices

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Container, Iterator, Mapping

    from planctl.diagnostics import Diagnostic
    from planctl.facts import RunFacts
    from planctl.forms.period import Period
    from planctl.pipeline import Project
    from planctl.portfolio.plan import Plan
    from planctl.render import Template
    from planctl.report.account import Account
    from planctl.report.sheet import Sheet
    from planctl.subjects import Subject


LIBRARIES = tuple(sorted({name for kind in FORMATS.values() for name in kind.libraries}, key=str.casefold))
"""Those whose version can change the bytes of an output."""


_OF_TEMPLATES = "template-"
"""Begins the codes of what is found where a template is filled in."""


def library_versions() -> dict[str, str]:
    """Return the versions of the libraries that shape the outputs."""
    return {name: version(name) for name in LIBRARIES}


@dataclass(frozen=True, slots=True)
class Choice:
    """What a build is asked for: formats and sheets by their names, within which paths, a period or all of them.

    Where no path is named, the sheets over all plans are made too. `as_pdf`: Word sheets are printed as PDF.
    """

    formats: tuple[str, ...]
    sheets: tuple[str, ...] = OFFICIAL
    within: Within = EVERYTHING
    period: Period | None = None
    as_pdf: bool = False

    @property
    def is_whole(self) -> bool:
        """Tell that no path was named."""
        return not self.within.paths


@dataclass(frozen=True, slots=True)
class Made:
    """One sheet in one format, and the template it starts from; without content and output where that has errors."""

    path: str
    template: Template | None
    findings: tuple[Diagnostic, ...]
    content: bytes | None = None
    output: Output | None = None


def subjects(project: Project, refused: Collection[Part], choice: Choice) -> Iterator[Subject]:
    """Return what was chosen and has no error: plans as approved, plans and periods, and the office in each period."""
    if choice.period is None and set(choice.sheets) & set(PLAN_REPORTS):
        yield from map(of_plan, sound_plans(project, choice.within))
    good = [card for card in project.scorecards if part_of(card.actuals) not in refused]
    wanted = (card for card in good if choice.period in {None, card.actuals.period})
    yield from (of_period(card) for card in wanted if choice.within.has_any(card.actuals.files))
    if choice.is_whole and set(choice.sheets) & set(OFFICE_REPORTS):
        every = offices(account_of(project), refused)
        yield from (one for one in every if choice.period is None or one.period == str(choice.period))


def sound_plans(project: Project, within: Within = EVERYTHING) -> Iterator[Plan]:
    """Yield the plans that have no error, so that they can be shown as approved."""
    faulty = {found.span.path for found in project.findings if found.is_error}
    plans = (plan for plan in project.portfolio.plans.values() if within.has(plan.document.path))
    yield from (plan for plan in plans if not of_plan(plan).files & faulty)


class Making:
    """The making of outputs from one project and with the same facts; `read` reads the office's own templates.

    `digests` are those of files that are not in the project, of which accounts tell.
    """

    def __init__(
        self,
        project: Project,
        facts: RunFacts,
        read: Callable[[str], bytes] | None = None,
        digests: Mapping[str, str] | None = None,
    ) -> None:
        self._project = project
        self._facts = facts
        self._read = read or partial(own_content, project.root)
        texts = {**dict(shipped()), **{source.path: source.text for source in project.sources}}
        own = {path: content_digest(text.encode()) for path, text in texts.items()}
        self._digests = {**(digests or {}), **own}

    def account(self) -> Account:
        """Return what the project tells for the sheets over all plans, with the digests of the files behind it."""
        account = account_of(self._project)
        paths = sorted(account.files & self._digests.keys())
        return replace(account, digests={path: self._digests[path] for path in paths})

    def sheets(self, subject: Subject, wanted: Container[str]) -> tuple[Sheet, ...]:
        """Return the sheets of a subject that are wanted and have something to show."""
        return tuple(subject.compose(self._project.portfolio, self._facts, wanted))

    def template(self, sheet: Sheet, format_: str) -> Template | None:
        """Return what a sheet starts from in a format, if it does; PlanctlError where it cannot be had."""
        kind, own = FORMATS[format_], self._project.portfolio.settings.templates
        return fetch_from(self._read, own, sheet.template, kind.suffix) if kind.needs_template else None

    def weights(self, template: Template | None) -> str:
        """Return what the settings say of the weight of findings in a template; empty where they say nothing."""
        severities = self._project.portfolio.settings.severities if template else {}
        named = sorted(pair for pair in severities.items() if pair[0].startswith(_OF_TEMPLATES))
        return "".join(f" {code}={weight}" for code, weight in named)

    def make(self, subject: Subject, sheet: Sheet, format_: str) -> Made:
        """Return a sheet in a format; PlanctlError where its template cannot be had."""
        template = self.template(sheet, format_)
        rendered = FORMATS[format_].load()(sheet, template)
        findings = tuple(weighed(rendered.findings, self._project.portfolio.settings.severities))
        path = path_of(sheet.stem, format_)
        if rendered.content is None or any(found.is_error for found in findings):
            return Made(path, template, findings)
        output = self.output(subject, sheet, format_, template=template, digest=content_digest(rendered.content))
        return Made(path, template, findings, rendered.content, output)

    def output(self, subject: Subject, sheet: Sheet, format_: str, *, template: Template | None, digest: str) -> Output:
        """Return what the manifest says of a sheet in a format whose content has this digest."""
        as_of = self._facts.as_of
        return Output(
            path=path_of(sheet.stem, format_),
            document=subject.document,
            period=subject.period,
            sheet=sheet.name,
            format=format_,
            digest=digest,
            made_from=(*self._inputs(subject), *_template_input(template)),
            as_of=as_of.isoformat() if as_of else None,
        )

    def _inputs(self, subject: Subject) -> Iterator[Input]:
        """Return the files that a subject was made from."""
        yield from (Input(path, self._digests[path]) for path in sorted(subject.files) if path in self._digests)


def path_of(stem: str, format_: str) -> str:
    """Return the name of the file of a sheet in a format."""
    return stem + FORMATS[format_].suffix


def _template_input(template: Template | None) -> tuple[Input, ...]:
    return (Input(template.path, content_digest(template.content)),) if template else ()
