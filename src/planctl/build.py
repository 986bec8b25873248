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
from planctl.errors import PlanctlError
from planctl.output import manifest
from planctl.output.files import remove_file, replace_file, sweep
from planctl.output.manifest import Input, Manifest, Output
from planctl.output.template_store import fetch
from planctl.pipeline import compose
from planctl.portfolio.link import SETTINGS_PATH
from planctl.portfolio.rubric import shipped
from planctl.refusal import Part, is_whole, part_of, refused, unclear
from planctl.render import FORMATS
from planctl.render.package import content_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
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

_OWN_NAME = re.compile(
    rf"[^/\\:\x00-\x1f\ud800-\udfff]+(?:{'|'.join(re.escape(kind.suffix) for kind in FORMATS.values())})"
)
"""A file that a build may have made: in the folder itself, in one of the formats."""


@dataclass(slots=True)
class Built:
    """What a build did, by the paths of outputs in the build folder.

    `refused` are all documents of the project that have errors, with their files; `failed` are outputs whose template
    has errors; `problems` say what could not be read or written.
    """

    refused: Mapping[Part, frozenset[str]]
    written: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    problems: list[PlanctlError] = field(default_factory=list)
    outputs: list[Output] = field(default_factory=list)


def build(  # noqa: PLR0913  # each is a choice of the command line
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
    sweep(out)
    built = Built(refused(project))
    good = [one for one in project.scorecards if chosen(one.actuals) and part_of(one.actuals) not in built.refused]
    texts = {**dict(shipped()), **{source.path: source.text for source in project.sources}}
    sheets_now: dict[Part, set[str]] = {}
    for done, scorecard in enumerate(good):
        progress(done, len(good))
        sources = tuple(_sources(texts, scorecard))
        sheets = tuple(compose(project, scorecard, facts))
        for sheet, name in product(sheets, formats):
            _make(project, scorecard.actuals, sheet, name, sources=sources, out=out, built=built)
        sheets_now[part_of(scorecard.actuals)] = {sheet.name for sheet in sheets}
    progress(len(good), len(good))
    _tidy(earlier, _keeps(project, built, sheets_now), out=out, built=built)
    _write_manifest(facts, out=out, built=built)
    return built


# One document


def _make(  # noqa: PLR0913  # one output, and all that it is made from
    project: Project, actuals: Actuals, sheet: Sheet, name: str, *, sources: tuple[Input, ...], out: Path, built: Built
) -> None:
    kind = FORMATS[name]
    path = sheet.stem + kind.suffix
    try:
        template = (
            fetch(project.root, project.portfolio.settings.templates, sheet.template, kind.suffix)
            if kind.needs_template
            else None
        )
        rendered = kind.load()(sheet, template)
        built.findings.extend(rendered.findings)
        if rendered.content is None:
            built.failed.append(path)
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


def _sources(texts: Mapping[str, str], scorecard: Scorecard) -> Iterator[Input]:
    """Return the files that a document and period were made from."""
    actuals = scorecard.actuals
    for path in (
        SETTINGS_PATH,
        scorecard.rubric.path,
        actuals.plan.document.path,
        *(one.path for one in actuals.documents),
    ):
        if path in texts:
            yield Input(path, content_digest(texts[path].encode()))


def _template_input(template: Template | None) -> tuple[Input, ...]:
    return (Input(template.path, content_digest(template.content)),) if template else ()


# The folder


def _keeps(project: Project, built: Built, sheets_now: Mapping[Part, set[str]]) -> Callable[[Output], bool]:
    """Return what tells whether an earlier output still belongs to something; all do while a file cannot be read."""
    alive = {part_of(one.actuals) for one in project.scorecards} | set(built.refused)
    kept, whole = unclear(built.refused), is_whole(project)

    def keep(one: Output) -> bool:
        part = one.document, one.period
        is_alive = part in alive and one.sheet in sheets_now.get(part, {one.sheet})
        return is_alive or one.document in kept or not whole

    return keep


def _tidy(earlier: Iterable[Output], keep: Callable[[Output], bool], *, out: Path, built: Built) -> None:
    """Keep what an earlier build made and this one did not touch; remove what no longer belongs to anything."""
    made = {one.path for one in built.outputs}
    for one in earlier:
        if one.path in made or not _OWN_NAME.fullmatch(one.path) or not (out / one.path).is_file():
            continue
        if keep(one):
            built.outputs.append(one)
        else:
            _remove(out / one.path, one, built)


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
