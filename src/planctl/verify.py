"""Verifying: whether the sources still make what a manifest lists, and whether that is what lies on the disk.

In: a loaded project and the manifest of a build. Out: for each output what was found. Nothing is written: the outputs
are made in memory, with the sheets, formats and dates of their own build, and compared by the digests of their content,
which are the same on every system.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from planctl import __version__
from planctl.errors import PlanctlError, problem_of
from planctl.facts import RunFacts
from planctl.making import Choice, Making, library_versions, subjects
from planctl.output import pdf
from planctl.refusal import refused
from planctl.render import FORMATS
from planctl.render.package import content_digest
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from planctl.output.manifest import Manifest, Output
    from planctl.pipeline import Project
    from planctl.refusal import Part


_DAMAGED = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)
"""What `zipfile` raises for a damaged or locked package."""


class State(StrEnum):
    """What verifying an output found; only the first is as it should be."""

    SAME = "same"
    DIFFERS = "differs"
    EDITED = "edited"
    MISSING = "missing"
    NOT_MADE = "not-made"


@dataclass(frozen=True, slots=True)
class Checked:
    """One output: what was found of it, and which of the files that it was made from are others now.

    `is_refused` tells that its document has errors, so that nothing is made of it.
    """

    output: Output
    states: tuple[State, ...]
    changed: tuple[str, ...] = ()
    is_refused: bool = False


@dataclass(frozen=True, slots=True)
class Verified:
    """All outputs of a manifest. `versions` are those of planctl and its libraries that differ: then, and now."""

    outputs: tuple[Checked, ...]
    versions: Mapping[str, tuple[str, str]]
    problems: tuple[PlanctlError, ...] = ()

    @property
    def is_same(self) -> bool:
        """Tell whether every output is what it was."""
        return all(one.states == (State.SAME,) for one in self.outputs)


def verify(project: Project, built: Manifest, *, folder: Path | None, progress: Callable[[int, int], None]) -> Verified:
    """Make the outputs of a manifest again and compare them; those on the disk too, unless `folder` is None."""
    left_out = refused(project)
    made: dict[str, str] = {}
    inputs: dict[str, str] = {}
    problems: list[PlanctlError] = []
    for as_of in dict.fromkeys(one.as_of for one in built.outputs):
        wanted = [one for one in built.outputs if one.as_of == as_of]
        for output in _made_again(project, wanted, left_out, _facts(as_of), progress, problems):
            made[output.path] = output.digest
            inputs.update({one.path: one.digest for one in output.made_from})
    checked = tuple(_checked(one, made, inputs, folder=folder, left_out=left_out) for one in built.outputs)
    return Verified(checked, _versions(built), tuple(problems))


def _facts(as_of: str | None) -> RunFacts:
    return RunFacts(as_of=date.fromisoformat(as_of) if as_of else None)


def _made_again(  # noqa: PLR0913, PLR0917  # what is made, of what, and who is told of it
    project: Project,
    wanted: Sequence[Output],
    left_out: Mapping[Part, frozenset[str]],
    facts: RunFacts,
    progress: Callable[[int, int], None],
    problems: list[PlanctlError],
) -> Iterator[Output]:
    """Yield what the sources make now of the sheets and formats that are wanted of each document and period."""
    parts: dict[Part, set[tuple[str, str]]] = {}
    for one in wanted:
        parts.setdefault((one.document, one.period), set()).add((one.sheet, _made_as(one)))
    choice = Choice(formats=(), sheets=tuple({one.sheet for one in wanted}))
    chosen = [one for one in subjects(project, left_out, choice) if (one.document, one.period) in parts]
    making = Making(project, facts)
    for done, subject in enumerate(chosen):
        progress(done, len(chosen))
        pairs = parts[subject.document, subject.period]
        for sheet in making.sheets(subject, {name for name, _as in pairs}):
            for format_ in sorted(format_ for name, format_ in pairs if name == sheet.name and format_ in FORMATS):
                try:
                    made = making.make(subject, sheet, format_)
                except PlanctlError as problem:
                    problems.append(problem)
                    continue
                if made.output:
                    yield made.output
    progress(len(chosen), len(chosen))


def _made_as(one: Output) -> str:
    """Return the format that an output is made as; a PDF is printed from the Word sheet, whose digest it has."""
    return pdf.FROM if one.format == pdf.NAME else one.format


def _checked(
    one: Output,
    made: Mapping[str, str],
    inputs: Mapping[str, str],
    *,
    folder: Path | None,
    left_out: Mapping[Part, frozenset[str]],
) -> Checked:
    path = one.path.removesuffix(pdf.SUFFIX) + f".{pdf.FROM}" if one.format == pdf.NAME else one.path
    if path not in made:
        return Checked(one, (State.NOT_MADE,), is_refused=(one.document, one.period) in left_out)
    states = [State.DIFFERS] if made[path] != one.digest else []
    if folder and (on_disk := _on_disk(one, folder)):
        states.append(on_disk)
    changed = (source.path for source in one.made_from if inputs.get(source.path, source.digest) != source.digest)
    return Checked(one, tuple(states) or (State.SAME,), tuple(changed) if State.DIFFERS in states else ())


def _on_disk(one: Output, folder: Path) -> State | None:
    """Return what is wrong with the file; of a PDF, which is never twice the same, only whether it is there."""
    path = folder / one.path
    if not path.is_file():
        return State.MISSING
    if one.format == pdf.NAME:
        return None
    return None if _digest(path) == one.digest else State.EDITED


def _digest(path: Path) -> str:
    """Return the digest of a file's content, "" where it is damaged; PlanctlError where it cannot be read."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise PlanctlError(
            _("{path} cannot be read: {problem}"), path=path.as_posix(), problem=problem_of(error)
        ) from error
    try:
        return content_digest(content)
    except _DAMAGED:
        return ""


def _versions(built: Manifest) -> dict[str, tuple[str, str]]:
    then = {"planctl": built.planctl, **built.libraries}
    now = {"planctl": __version__, **library_versions()}
    return {name: (then.get(name, "-"), number) for name, number in now.items() if then.get(name) != number}
