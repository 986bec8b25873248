"""Building: every sheet of every plan and period that has no error, in every format, and the manifest last.

In: a loaded project. Out: files in the build folder, and `Built`, which says what was written, refused and found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

from planctl import __version__
from planctl.errors import PlanctlError
from planctl.making import Making, library_versions, subjects
from planctl.output import manifest, pdf
from planctl.output.files import remove_file, replace_file, sweep
from planctl.output.manifest import Manifest, Output
from planctl.refusal import Part, is_whole, part_of, refused, unclear
from planctl.render import FORMATS
from planctl.report.office import DOCUMENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from planctl.diagnostics import Diagnostic
    from planctl.facts import RunFacts
    from planctl.making import Choice, Made
    from planctl.pipeline import Project

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


def build(
    project: Project, facts: RunFacts, *, out: Path, choice: Choice, progress: Callable[[int, int], None]
) -> Built:
    """Build what was chosen; `progress` is told how many of how many documents are done."""
    earlier = manifest.read_outputs(out)
    sweep(out)
    built = Built(refused(project))
    chosen = tuple(subjects(project, built.refused, choice))
    built.subjects = len(chosen)
    making = Making(project, facts)
    made: dict[Part, set[str]] = {}
    for done, subject in enumerate(chosen):
        progress(done, len(chosen))
        sheets = making.sheets(subject, choice.sheets)
        for sheet, name in product(sheets, choice.formats):
            try:
                _write(making.make(subject, sheet, name), out, built)
            except PlanctlError as problem:
                built.problems.append(problem)
        made[subject.document, subject.period] = {sheet.name for sheet in sheets}
    progress(len(chosen), len(chosen))
    built.is_printed = choice.as_pdf
    if choice.as_pdf:
        _print(earlier, out=out, built=built)
    _tidy(earlier, _keeps(project, built, made, wanted=choice.sheets), out=out, built=built)
    _write_manifest(facts, out=out, built=built)
    return built


def _write(made: Made, out: Path, built: Built) -> None:
    """Write what was made, and put it on the list."""
    built.findings.extend(made.findings)
    if made.content is None or made.output is None:
        built.failed.append(made.path)
        return
    changed = replace_file(out / made.path, made.content)
    (built.written if changed else built.unchanged).append(made.path)
    built.outputs.append(made.output)


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
        libraries=library_versions(),
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
