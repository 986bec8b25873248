"""Building: every sheet of every plan and period that has no error, in every format, and the manifest last.

In: a loaded project. Out: files in the build folder, and `Built`, which says what was written, refused and found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING

from planctl import __version__
from planctl.errors import PlanctlError
from planctl.output import manifest
from planctl.output.files import remove_file, replace_file
from planctl.output.manifest import Input, Manifest, Output
from planctl.output.template_store import fetch
from planctl.pipeline import compose
from planctl.portfolio.link import SETTINGS_PATH
from planctl.render import FORMATS
from planctl.render.package import content_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from planctl.diagnostics import Diagnostic
    from planctl.facts import RunFacts
    from planctl.pipeline import Project
    from planctl.portfolio.portfolio import Actuals
    from planctl.render import Template
    from planctl.report.sheet import Sheet
    from planctl.scoring.scorecard import Scorecard

LIBRARIES = ("docxtpl", "Jinja2", "lxml", "python-docx", "XlsxWriter")
"""Those whose version can change the bytes of an output."""

_ACTUALS_OF = re.compile(r"^actuals:[ \t]*(\S+)", re.MULTILINE)
_PERIOD_OF = re.compile(r"^period:[ \t]*(\S+)", re.MULTILINE)

Part = tuple[str, str]
"""A document's id and a period, as written."""


@dataclass(slots=True)
class Built:
    """What a build did. `problems` are files that could not be written; `refused` are documents with errors."""

    written: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    refused: tuple[Part, ...] = ()
    findings: list[Diagnostic] = field(default_factory=list)
    problems: list[PlanctlError] = field(default_factory=list)
    outputs: list[Output] = field(default_factory=list)


def build(
    project: Project,
    facts: RunFacts,
    *,
    out: Path,
    formats: tuple[str, ...],
    chosen: Callable[[Actuals], bool],
    progress: Callable[[int, int], None],
) -> Built:
    """Build the chosen documents; `progress` is told how many of how many documents are done."""
    earlier = manifest.read_outputs(out)
    built = Built(refused=tuple(sorted(refused(project))))
    good = [one for one in project.scorecards if chosen(one.actuals) and part_of(one.actuals) not in built.refused]
    sheets_now: dict[Part, set[str]] = {}
    for done, scorecard in enumerate(good):
        progress(done, len(good))
        sheets = compose(project, scorecard, facts)
        sheets_now[part_of(scorecard.actuals)] = set(_make_all(project, scorecard, sheets, formats, out=out, built=built))
    progress(len(good), len(good))
    alive = {part_of(one.actuals) for one in project.scorecards} | set(built.refused)
    _tidy(earlier, alive, sheets_now, out=out, built=built)
    _write_manifest(facts, out=out, built=built)
    return built


def part_of(actuals: Actuals) -> Part:
    return actuals.plan.id, str(actuals.period)


def refused(project: Project) -> set[Part]:
    """Return the documents and periods that have an error in any of their files, or a file that nobody can read."""
    faulty = {found.span.path for found in project.findings if found.is_error}
    names: set[Part] = set()
    for actuals in project.portfolio.actuals:
        rubric = project.portfolio.rubric_of(actuals)
        files = {SETTINGS_PATH, actuals.plan.document.path, *(one.path for one in actuals.documents)}
        if rubric is None or faulty & (files | {rubric.path}):
            names.add(part_of(actuals))
    for source in project.unread:
        claims = _ACTUALS_OF.search(source.text), _PERIOD_OF.search(source.text)
        if claims[0] and claims[1]:
            names.add((claims[0][1], claims[1][1]))
    return names


# One document


def _make_all(
    project: Project, scorecard: Scorecard, sheets: Iterable[Sheet], formats: tuple[str, ...], *, out: Path, built: Built
) -> Iterator[str]:
    """Make every format of every sheet; return the sheets' names."""
    sources = tuple(_sources(project, scorecard))
    for sheet in sheets:
        for name in formats:
            _make(project, scorecard.actuals, sheet, name, sources=sources, out=out, built=built)
        yield sheet.name


def _make(
    project: Project, actuals: Actuals, sheet: Sheet, name: str, *, sources: tuple[Input, ...], out: Path, built: Built
) -> None:
    kind = FORMATS[name]
    path = sheet.stem + kind.suffix
    try:
        template = fetch(project.root, project.portfolio.settings.templates, sheet.template, kind.suffix) if kind.needs_template else None
        rendered = kind.load()(sheet, template)
        built.findings.extend(rendered.findings)
        if rendered.content is None:
            return
        changed = replace_file(out / path, rendered.content)
    except PlanctlError as problem:
        built.problems.append(problem)
        return
    (built.written if changed else built.unchanged).append(path)
    document, period = part_of(actuals)
    made_from = (*sources, *_template_input(template))
    digest = content_digest(rendered.content)
    built.outputs.append(Output(path, document, period, sheet.name, name, digest, made_from))


def _sources(project: Project, scorecard: Scorecard) -> Iterator[Input]:
    actuals = scorecard.actuals
    texts = {source.path: source.text for source in project.sources}
    for path in (SETTINGS_PATH, scorecard.rubric.path, actuals.plan.document.path, *(one.path for one in actuals.documents)):
        text = texts.get(path)
        if text is not None:
            yield Input(path, content_digest(text.encode()))


def _template_input(template: Template | None) -> tuple[Input, ...]:
    return (Input(template.path, content_digest(template.content)),) if template else ()


# The folder


def _tidy(
    earlier: Iterable[Output], alive: set[Part], sheets_now: dict[Part, set[str]], *, out: Path, built: Built
) -> None:
    """Keep what an earlier build made and this one did not touch; remove what no longer belongs to anything."""
    made = {one.path for one in built.outputs}
    for one in earlier:
        part = (one.document, one.period)
        if one.path in made:
            continue
        if part in alive and one.sheet in sheets_now.get(part, {one.sheet}):
            built.outputs.append(one)
        elif _is_plain(one.path):
            _remove(out / one.path, one, built)


def _is_plain(path: str) -> bool:
    return "/" not in path and "\\" not in path and path not in {"", ".", "..", manifest.NAME}


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
