"""The sheets of a few plans and periods, made where they do not stand as they are.

A sheet that shows what it showed, from the same template, is not made again: only that it is the same is told.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from planctl.building.shown import digests_of
from planctl.errors import PlanctlError
from planctl.findings import plain
from planctl.garbage import collector_off
from planctl.making import path_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from planctl.diagnostics import Diagnostic
    from planctl.making import Making
    from planctl.output.manifest import Output
    from planctl.render import Template
    from planctl.report.sheet import Sheet
    from planctl.subjects import Subject


class Templates:
    """The office's own templates as a task brings them, or why one of them cannot be had."""

    def __init__(self, problems: Mapping[str, Any], files: Mapping[str, bytes]) -> None:
        self._problems = problems
        self._files = files

    def read(self, path: str) -> bytes:
        """Return the bytes of a template; PlanctlError where it cannot be had."""
        if problem := self._problems[path]:
            message, values = problem
            raise PlanctlError(message, **values)
        return self._files[path]


def made_of(
    subjects: Iterable[tuple[Subject, Mapping[str, str | None]]],
    making: Making,
    formats: Sequence[str],
    *,
    standing: Mapping[str, Any],
    contents: dict[str, bytes],
) -> dict[str, Any]:
    """Return the sheets of subjects and what became of each in each format, as plain values.

    With each subject stand the names of the sheets that are wanted of it, and the digests of what they show where those
    are known. `standing` are the outputs that lie in the folder as they were made, by path, with their basis and their
    digest; `contents` grows by what was made.
    """
    told: dict[str, Any] = {"sheets": [], "made": [], "problems": []}
    for subject, wanted in subjects:
        with collector_off():
            sheets = making.sheets(subject, wanted)
            unknown = [sheet for sheet in sheets if wanted[sheet.name] is None]
            digests = dict(zip((sheet.name for sheet in unknown), digests_of(unknown), strict=True))
        for sheet in sheets:
            shown = wanted[sheet.name] or digests[sheet.name]
            told["sheets"].append([subject.document, subject.period, sheet.name, sheet.stem, shown])
            for format_ in formats:
                path = path_of(sheet.stem, format_)
                about = {
                    "path": path,
                    "part": [subject.document, subject.period],
                    "sheet": sheet.name,
                    "format": format_,
                }
                try:
                    made, content = _made_one(making, subject, sheet, format_, shown=shown, known=standing.get(path))
                except PlanctlError as problem:
                    told["problems"].append({**about, "message": problem.message, "values": problem.values})
                    continue
                told["made"].append({**about, **made})
                if content is not None:
                    contents[path] = content
    return told


def _made_one(  # noqa: PLR0913  # a sheet, its format, and the two things that it is compared by
    making: Making, subject: Subject, sheet: Sheet, format_: str, *, shown: str, known: Mapping[str, Any] | None
) -> tuple[dict[str, Any], bytes | None]:
    """Return what became of a sheet in a format, and its content where it was made.

    PlanctlError where its template cannot be had. `known` is the output that lies in the folder, which is not
    made again if it shows the same.
    """
    template = making.template(sheet, format_)
    basis = [shown + making.weights(template), named(template)]
    if known and known["basis"] == basis:
        same = making.output(subject, sheet, format_, template=template, digest=known["digest"])
        return {"basis": basis, **_told(same, (), is_same=True)}, None
    # What drawing leaves behind is looked for after each file, so that it does not pile up.
    with collector_off():
        fresh = making.make(subject, sheet, format_)
    return {"basis": basis, **_told(fresh.output, fresh.findings, is_same=False)}, fresh.content


def _told(output: Output | None, findings: Iterable[Diagnostic], *, is_same: bool) -> dict[str, Any]:
    return {"is_same": is_same, "output": asdict(output) if output else None, "findings": plain.plain(findings)}


def named(template: Template | None) -> list[str] | None:
    """Return a template's path and the digest of its bytes."""
    return [template.path, hashlib.sha256(template.content).hexdigest()] if template else None
