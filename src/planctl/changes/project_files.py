"""What changed in the files of the whole project: planctl.yaml, scales, approvals, accepted findings.

In: two states of a project. Out: the changes, all of the document "".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.changes.change import Change, Kind
from planctl.changes.fields import kind_of
from planctl.changes.trees import differences, written
from planctl.changes.units import renamed_units
from planctl.changes.unread import OF_THE_PROJECT
from planctl.diagnostics import Span
from planctl.forms.approval import ApprovalFile
from planctl.forms.meaning import UNKNOWN, meaning_of
from planctl.portfolio.kinds import APPROVALS, SETTINGS_PATH
from planctl.portfolio.rubric import RubricFile
from planctl.portfolio.settings import Settings
from planctl.source.reader import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planctl.forms.meaning import Meaning
    from planctl.pipeline import Project
    from planctl.source.document import Document, Loc, Node, SourceText

_SCALES = "rubrics/"


def of_project_files(before: Project, after: Project) -> Iterator[Change]:
    """Yield the changes of files that belong to no plan, file by file; of one that cannot be read none."""
    earlier, later = _texts(before), _texts(after)
    for path in sorted({*earlier, *later}):
        one, other = earlier.get(path), later.get(path)
        if one and other and one.text != other.text:
            units = renamed_units(before.portfolio.settings.units, after.portfolio.settings.units)
            yield from _of_file(one, other, units if path == SETTINGS_PATH else {})
        elif one and not other:
            yield Change(_kind(path, Kind.REMOVED), "", field="file", before=path, was_at=Span(path))
        elif other and not one:
            yield Change(_kind(path, Kind.ADDED), "", field="file", after=path, is_at=Span(path))


def _texts(project: Project) -> Mapping[str, SourceText]:
    return {source.path: source for source in project.sources if source.path.startswith(OF_THE_PROJECT)}


def _of_file(before: SourceText, after: SourceText, units: Mapping[str, str]) -> Iterator[Change]:
    one, other = read(before)[0], read(after)[0]
    if one and other:
        yield from _of_units(one, other, units)
        yield from _of_document(one, other, units)


def _of_units(before: Document, after: Document, units: Mapping[str, str]) -> Iterator[Change]:
    """Yield the units that are called otherwise now."""
    for was, now in units.items():
        yield Change(
            Kind.RENAMED,
            "",
            field=f"units.{now}",
            before=was,
            after=now,
            was_at=before.span_of(("units", was)),
            is_at=after.span_of(("units", now)),
        )


def _of_document(before: Document, after: Document, units: Mapping[str, str]) -> Iterator[Change]:
    path = after.path
    earlier: dict[Loc, Loc] = {("units", now): ("units", was) for was, now in units.items()}
    for found in differences(_with_ids_of_now(before.data, units), after.data, _meaning(path)):
        unit, within = found.was[:2], found.was[2:]
        yield Change(
            _kind(path, kind_of(found.keys)),
            "",
            field=".".join(map(str, found.loc)),
            before=written(found.before),
            after=written(found.after),
            was_at=before.span_of((*earlier.get(unit, unit), *within)),
            is_at=after.span_of(found.now),
        )


def _with_ids_of_now(data: Mapping[str, Node], units: Mapping[str, str]) -> Mapping[str, Node]:
    held = data.get("units")
    return (
        {**data, "units": {units.get(id_, id_): unit for id_, unit in held.items()}} if isinstance(held, dict) else data
    )


def _meaning(path: str) -> Meaning:
    models = {SETTINGS_PATH: Settings, _SCALES: RubricFile, APPROVALS: ApprovalFile}
    return next((meaning_of(model) for start, model in models.items() if path.startswith(start)), UNKNOWN)


def _kind(path: str, kind: Kind) -> Kind:
    """Return what a change is called: of a scale it is one of the rules, of a record one of its fields."""
    if path.startswith(_SCALES):
        return Kind.RULES
    return kind if path == SETTINGS_PATH or kind in {Kind.ADDED, Kind.REMOVED} else Kind.FIELD
