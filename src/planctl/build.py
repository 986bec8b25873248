"""Building: every sheet of every plan and period that has no error, in every format, and the manifest last.

In: a loaded project. Out: files in the build folder, and `Built`, which says what was written, refused and found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from importlib.metadata import version
from itertools import product
from typing import TYPE_CHECKING

from planctl import __version__
from planctl.diagnostics import weighed
from planctl.errors import PlanctlError
from planctl.output import manifest, pdf
from planctl.output.files import remove_file, replace_file, sweep
from planctl.output.manifest import Input, Manifest, Output
from planctl.output.template_store import fetch
from planctl.pipeline import of_office, of_period, of_plan
from planctl.portfolio.rubric import shipped
from planctl.refusal import Part, is_whole, part_of, refused, unclear
from planctl.render import FORMATS
from planctl.render.package import content_digest
from planctl.report import OFFICE_REPORTS, OFFICIAL, PLAN_REPORTS
from planctl.report.office import DOCUMENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

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

_SUFFIXES = (*(kind.suffix for kind in FORMATS.values()), pdf.SUFFIX)
_OWN_NAME = re.compile(rf"[^/\\:\x00-\x1f\ud800-\udfff]+(?:{'|'.join(map(re.escape, _SUFFIXES))})")
"""A file that a build may have made: in the folder itself, in one of the formats or as PDF."""


@dataclass(slots=True)
class Built:
    """What a build did, by the paths of outputs in the build folder.

    `subjects` counts what sheets were to be made of; `is_printed` tells that PDFs were asked for. `refused` are all
    documents of the project that have errors, with their files; `failed` are outputs whose template has errors;
    `problems` say what could not be read or written.
    """

    refused: Mapping[Part, frozenset[str]]
    subjects: int = 0
    is_printed: bool = False
    written: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    problems: list[PlanctlError] = field(default_factory=list)
    outputs: list[Output] = field(default_factory=list)


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


def build(
    project: Project, facts: RunFacts, *, out: Path, choice: Choice, progress: Callable[[int, int], None]
) -> Built:
    """Build what was chosen; `progress` is told how many of how many documents are done."""
    earlier = manifest.read_outputs(out)
    sweep(out)
    built = Built(refused(project))
    subjects = tuple(_subjects(project, built, choice))
    built.subjects = len(subjects)
    making = _Making(project, facts, out, built, choice)
    made: dict[Part, set[str]] = {}
    for done, subject in enumerate(subjects):
        progress(done, len(subjects))
        made[subject.document, subject.period] = making.make(subject)
    progress(len(subjects), len(subjects))
    built.is_printed = choice.as_pdf
    if choice.as_pdf:
        _print(earlier, out=out, built=built)
    _tidy(earlier, _keeps(project, built, made, wanted=choice.sheets), out=out, built=built)
    _write_manifest(facts, out=out, built=built)
    return built


# What is built


def _subjects(project: Project, built: Built, choice: Choice) -> Iterator[Subject]:
    """Return what was chosen and has no error: plans as approved, plans and periods, and the office in each period."""
    faulty = {found.span.path for found in project.findings if found.is_error}
    if choice.period is None and set(choice.sheets) & set(PLAN_REPORTS):
        plans = (of_plan(plan) for plan in project.portfolio.plans.values() if choice.has_plan(plan))
        yield from (subject for subject in plans if not subject.files & faulty)
    good = [card for card in project.scorecards if part_of(card.actuals) not in built.refused]
    wanted = (card for card in good if choice.period in {None, card.actuals.period})
    yield from (of_period(card) for card in wanted if choice.has_actuals(card.actuals))
    if choice.is_whole and set(choice.sheets) & set(OFFICE_REPORTS):
        yield from _offices(project, good, built, choice.period)


def _offices(project: Project, good: Sequence[Scorecard], built: Built, only: Period | None) -> Iterator[Subject]:
    for period in dict.fromkeys(card.actuals.period for card in good):
        if only in {None, period}:
            cards = tuple(card for card in good if card.actuals.period == period)
            left_out = tuple(document for document, when in built.refused if when == str(period))
            yield of_office(project, period, cards, left_out)


class _Making:
    """The making of outputs: each is rendered, written and put on the list."""

    def __init__(self, project: Project, facts: RunFacts, out: Path, built: Built, choice: Choice) -> None:
        self._project = project
        self._facts = facts
        self._out = out
        self._built = built
        self._choice = choice
        texts = {**dict(shipped()), **{source.path: source.text for source in project.sources}}
        self._digests = {path: content_digest(text.encode()) for path, text in texts.items()}

    def make(self, subject: Subject) -> set[str]:
        """Make every sheet of a subject in every format, and return the sheets' names."""
        sheets = tuple(subject.compose(self._project.portfolio, self._facts, self._choice.sheets))
        for sheet, name in product(sheets, self._choice.formats):
            self._make(subject, sheet, name)
        return {sheet.name for sheet in sheets}

    def _make(self, subject: Subject, sheet: Sheet, name: str) -> None:
        kind, settings = FORMATS[name], self._project.portfolio.settings
        path = sheet.stem + kind.suffix
        try:
            template = (
                fetch(self._project.root, settings.templates, sheet.template, kind.suffix)
                if kind.needs_template
                else None
            )
            rendered = kind.load()(sheet, template)
            findings = tuple(weighed(rendered.findings, settings.severities))
            self._built.findings.extend(findings)
            if rendered.content is None or any(found.is_error for found in findings):
                self._built.failed.append(path)
                return
            changed = replace_file(self._out / path, rendered.content)
        except PlanctlError as problem:
            self._built.problems.append(problem)
            return
        (self._built.written if changed else self._built.unchanged).append(path)
        made_from = (*self._inputs(subject), *_template_input(template))
        digest = content_digest(rendered.content)
        self._built.outputs.append(Output(path, subject.document, subject.period, sheet.name, name, digest, made_from))

    def _inputs(self, subject: Subject) -> Iterator[Input]:
        """Return the files that a subject was made from."""
        yield from (Input(path, self._digests[path]) for path in sorted(subject.files) if path in self._digests)


def _template_input(template: Template | None) -> tuple[Input, ...]:
    return (Input(template.path, content_digest(template.content)),) if template else ()


def _print(earlier: Iterable[Output], *, out: Path, built: Built) -> None:
    """Print the Word sheets as they now lie in the folder."""
    printed = pdf.print_sheets(tuple(built.outputs), earlier, folder=out)
    built.written.extend(printed.written)
    built.unchanged.extend(printed.unchanged)
    built.outputs.extend(printed.outputs)
    built.problems.extend(printed.problems)


# The folder


def _keeps(
    project: Project, built: Built, made: Mapping[Part, set[str]], *, wanted: Sequence[str]
) -> Callable[[Output], bool]:
    """Return what tells whether an earlier output still belongs to something; all do while a file cannot be read."""
    alive = {part_of(one.actuals) for one in project.scorecards} | set(built.refused)
    alive |= {(plan, "") for plan in project.portfolio.plans} | {(DOCUMENT, period) for _document, period in alive}
    kept, whole = unclear(built.refused), is_whole(project)

    def keep(one: Output) -> bool:
        part = one.document, one.period
        is_alive = part in alive and (one.sheet not in wanted or one.sheet in made.get(part, {one.sheet}))
        return is_alive or one.document in kept or not whole

    return keep


def _tidy(earlier: Iterable[Output], keep: Callable[[Output], bool], *, out: Path, built: Built) -> None:
    """Keep what an earlier build made and this one did not touch; remove what no longer belongs to anything."""
    made = {one.path: one.digest for one in built.outputs}
    for one in earlier:
        if one.path in made or not _OWN_NAME.fullmatch(one.path) or not (out / one.path).is_file():
            continue
        if keep(one) and (built.is_printed or not _is_outdated(one, made)):
            built.outputs.append(one)
        else:
            _remove(out / one.path, one, built)


def _is_outdated(one: Output, made: Mapping[str, str]) -> bool:
    """Tell whether a PDF was printed from a Word sheet that reads otherwise now."""
    return (
        one.path.endswith(pdf.SUFFIX)
        and made.get(f"{one.path.removesuffix(pdf.SUFFIX)}.docx", one.digest) != one.digest
    )


def _remove(path: Path, output: Output, built: Built) -> None:
    try:
        remove_file(path)
    except PlanctlError as problem:
        built.problems.append(problem)
        built.outputs.append(output)
    else:
        built.removed.append(output.path)


def _write_manifest(facts: RunFacts, *, out: Path, built: Built) -> None:
    whole = Manifest(
        planctl=__version__,
        libraries={name: version(name) for name in LIBRARIES},
        as_of=facts.as_of.isoformat() if facts.as_of else None,
        revision=facts.revision,
        user=facts.user,
        outputs=tuple(sorted(built.outputs, key=lambda one: one.path)),
        refused=tuple(" ".join(part) for part in built.refused),
    )
    try:
        replace_file(out / manifest.NAME, whole.to_json())
    except PlanctlError as problem:
        built.problems.append(problem)
