"""The job of building: parcels of a project in, those of their sheets out that are not as they were.

A sheet that shows what it showed, from the same template, is not made again: that it is the same is all that is told.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from planctl.building.shown import digest_of
from planctl.errors import PlanctlError
from planctl.facts import RunFacts
from planctl.findings import plain
from planctl.forms import FORMS
from planctl.forms.period import period_of
from planctl.jobs.read import tree_of
from planctl.making import Choice, Making, path_of, subjects
from planctl.pipeline import load
from planctl.refusal import refused
from planctl.render import FORMATS
from planctl.work.packing import packed, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planctl.pipeline import Subject
    from planctl.render import Template
    from planctl.report.sheet import Sheet


def carried_out(content: bytes) -> bytes:
    """Return what came of each parcel as plain values, and beside them the contents of what was made, by path."""
    told, files = unpacked(content)
    contents: dict[str, bytes] = {}
    return packed([_built(parcel, told, files, contents) for parcel in told["parcels"]], contents)


def prepare(content: bytes) -> None:
    """Import the forms and the formats."""
    told, _files = unpacked(content)
    tuple(FORMS.values())
    for name in told["formats"]:
        FORMATS[name].load()


def _built(
    parcel: Mapping[str, Any], told: Mapping[str, Any], files: Mapping[str, bytes], contents: dict[str, bytes]
) -> dict[str, Any]:
    """Return the sheets of a parcel and what became of each in each format; `contents` grows by those that were made."""
    today = date.fromisoformat(told["today"]) if told["today"] else None
    as_of = date.fromisoformat(told["as_of"]) if told["as_of"] else None
    project = load(tree_of(parcel, told["shared"], files), today=today)
    making = Making(project, RunFacts(as_of=as_of), _Templates(told["templates"], files).read)
    choice = Choice(formats=tuple(told["formats"]), sheets=tuple(told["sheets"]), period=period_of(told["period"]))
    wanted = {tuple(part) for part in parcel["wanted"]}
    part = _Part(making, choice, parcel["standing"], contents)
    chosen = [one for one in subjects(project, refused(project), choice) if (one.document, one.period) in wanted]
    for subject in chosen:
        part.make(subject)
    return {"sheets": part.sheets, "made": part.made, "problems": part.problems}


class _Templates:
    """The office's own templates as the task brings them, or why one of them cannot be had."""

    def __init__(self, problems: Mapping[str, Any], files: Mapping[str, bytes]) -> None:
        self._problems = problems
        self._files = files

    def read(self, path: str) -> bytes:
        if problem := self._problems[path]:
            message, values = problem
            raise PlanctlError(message, **values)
        return self._files[path]


class _Part:
    """What is made of one parcel, as it grows."""

    def __init__(self, making: Making, choice: Choice, standing: Mapping[str, Any], contents: dict[str, bytes]) -> None:
        self.sheets: list[Any] = []
        self.made: list[Any] = []
        self.problems: list[Any] = []
        self._making = making
        self._choice = choice
        self._standing = standing
        self._contents = contents

    def make(self, subject: Subject) -> None:
        """Make what a subject shows that does not stand as it is."""
        for sheet in self._making.sheets(subject, self._choice.sheets):
            shown = digest_of(sheet)
            self.sheets.append([subject.document, subject.period, sheet.name, sheet.stem, shown])
            for format_ in self._choice.formats:
                try:
                    self.made.append(self._one(subject, sheet, format_, shown))
                except PlanctlError as problem:
                    self.problems.append(
                        [
                            subject.document,
                            subject.period,
                            path_of(sheet.stem, format_),
                            problem.message,
                            problem.values,
                        ]
                    )

    def _one(self, subject: Subject, sheet: Sheet, format_: str, shown: str) -> dict[str, Any]:
        path = path_of(sheet.stem, format_)
        template = self._making.template(sheet, format_)
        basis = [shown, _named(template)]
        known = self._standing.get(path)
        about = {"path": path, "format": format_, "part": [subject.document, subject.period], "basis": basis}
        if known and known["basis"] == basis:
            same = self._making.output(subject, sheet, format_, template=template, digest=known["digest"])
            return {**about, "is_same": True, "output": known["digest"] and asdict(same), "findings": None}
        made = self._making.make(subject, sheet, format_)
        if made.content is not None:
            self._contents[path] = made.content
        output = asdict(made.output) if made.output else None
        return {**about, "is_same": False, "output": output, "findings": plain.plain(made.findings)}


def _named(template: Template | None) -> list[str] | None:
    return [template.path, hashlib.sha256(template.content).hexdigest()] if template else None
