"""What becomes of the outputs of earlier builds, and the manifest, which is written last."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from planctl import __version__
from planctl.building.outputs import is_own_name
from planctl.errors import PlanctlError
from planctl.making import library_versions
from planctl.output import manifest, pdf
from planctl.output.files import remove_file, replace_file
from planctl.output.manifest import Manifest
from planctl.refusal import unclear
from planctl.report.office import DOCUMENT

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from planctl.building.built import Built
    from planctl.facts import RunFacts
    from planctl.output.manifest import Output
    from planctl.refusal import Part
    from planctl.survey.reading import Reading


def belonging(
    readings: Sequence[Reading],
    refused: Mapping[Part, object],
    made: Mapping[Part, Collection[str]],
    wanted: Sequence[str],
) -> Callable[[Output], bool]:
    """Return what tells whether an earlier output still belongs to something; all do while a file cannot be read."""
    alive = frozenset().union(*(one.alive for one in readings))
    alive |= {(DOCUMENT, period) for _document, period in alive}
    kept, whole = unclear(refused), all(one.is_whole for one in readings)

    def belongs(one: Output) -> bool:
        part = one.document, one.period
        is_alive = part in alive and (one.sheet not in wanted or one.sheet in made.get(part, {one.sheet}))
        return is_alive or one.document in kept or not whole

    return belongs


def tidy(earlier: Iterable[Output], belongs: Callable[[Output], bool], *, out: Path, built: Built) -> None:
    """Keep what an earlier build made and this one did not touch; remove what no longer belongs to anything."""
    made = {one.path: one.digest for one in built.outputs}
    for one in earlier:
        if one.path in made or not is_own_name(one.path) or not (out / one.path).is_file():
            continue
        if belongs(one) and (built.is_printed or not _is_outdated(one, made)):
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


def write_manifest(facts: RunFacts, *, out: Path, built: Built) -> None:
    """Write the manifest of a build, or put on its list what keeps it from being written."""
    whole = Manifest(
        planctl=__version__,
        libraries=library_versions(),
        as_of=facts.as_of.isoformat() if facts.as_of else None,
        revision=facts.revision,
        user=facts.user,
        outputs=tuple(sorted(built.outputs, key=lambda one: one.path)),
        refused=tuple(" ".join(part) for part in built.refused),
    )
    content = whole.to_json()
    built.manifest = hashlib.sha256(content).hexdigest()
    try:
        replace_file(out / manifest.NAME, content)
    except PlanctlError as problem:
        built.problems.append(problem)
