"""The changes made in the files of actuals, and tried: what the check would refuse is reported at its cell instead.

In: a project and changes. Out: `Applied`: the new bytes of files beside the old ones, the changes that are in them, and
findings about the others.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planctl.authoring.patching import Remove, Set, patched
from planctl.authoring.skeleton import skeleton
from planctl.collect.asking import actuals_of
from planctl.collect.change import path_of_new
from planctl.collect.fields import REACHED
from planctl.diagnostics import Span
from planctl.errors import PlanctlError
from planctl.forms.actuals import actuals_model
from planctl.forms.shape import shape_of
from planctl.pipeline import load
from planctl.refusal import refused
from planctl.source.discover import Folder
from planctl.source.document import holds, value_at
from planctl.source.overlay import Overlay
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from planctl.authoring.patching import Change as Patch
    from planctl.collect.change import Change
    from planctl.diagnostics import Diagnostic
    from planctl.forms.period import Period
    from planctl.pipeline import Project
    from planctl.portfolio.actuals import Actuals
    from planctl.portfolio.portfolio import Portfolio
    from planctl.source.document import Document

_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Applied:
    """The files by their paths in the project, each with what it holds (None: it is not there) and is to hold."""

    files: Mapping[str, tuple[bytes | None, bytes]]
    changes: tuple[Change, ...]
    findings: tuple[Diagnostic, ...] = ()


def applied(project: Project, changes: Sequence[Change]) -> Applied:
    """Return the files with the changes made, but for those of items in which the check would then find an error.

    PlanctlError where a file that is to be changed has errors that keep it from being read.
    """
    made = Applied(_files(project, changes), tuple(changes))
    if not made.files:
        return made
    faults = _faults(project, made)
    if not faults:
        return made
    kept = tuple(one for one in changes if (one.address, one.period) not in faults)
    findings = tuple(found for of_item in faults.values() for found in of_item)
    return Applied(_files(project, kept), kept, findings)


def _files(project: Project, changes: Iterable[Change]) -> dict[str, tuple[bytes | None, bytes]]:
    """Return the files that the changes come to."""
    by_report: defaultdict[tuple[str, Period], list[Change]] = defaultdict(list)
    for change in changes:
        by_report[change.plan, change.period].append(change)
    files: dict[str, tuple[bytes | None, bytes]] = {}
    for (plan, period), together in by_report.items():
        actuals = actuals_of(project.portfolio, plan, period)
        _refuse_unread(project, plan, period, actuals)
        shape = shape_of(actuals_model(project.portfolio.plans[plan].form.entry))
        for path, patches in _patches(project, actuals, together).items():
            old = _content(project, path) if actuals else None
            begun = old if old is not None else _begun(project, plan, period, path)
            new = patched(begun, patches, path=path, shape=shape)
            if new != old:
                files[path] = (old, new)
    return files


def _refuse_unread(project: Project, plan: str, period: Period, actuals: Actuals | None) -> None:
    """Raise PlanctlError where a file of the report could not be read: what it says is not known."""
    known = {one.path for one in actuals.documents} if actuals else set()
    unread = {one.path for one in project.unread}
    claimed = refused(project).get((plan, str(period)), frozenset())
    if lost := sorted(path for path in claimed if path in unread and path not in known):
        raise PlanctlError(_("{path} has errors; `planctl check` shows them"), path=", ".join(lost))


def _patches(project: Project, actuals: Actuals | None, changes: Iterable[Change]) -> dict[str, list[Patch]]:
    patches: defaultdict[str, list[Patch]] = defaultdict(list)
    for change in changes:
        if actuals is None:
            several = len(project.portfolio.plans[change.plan].all_items[change.id].indicators) > 1
            patches[path_of_new(project, change.plan, change.period)].append(_patch(change, several=several))
        else:
            document = _home(actuals, change)
            node = value_at(document, ("items", change.id, REACHED))
            item = actuals.plan.all_items[change.id]
            several = isinstance(node, dict) or len(item.indicators) > 1
            patches[document.path].append(_patch(change, several=several))
    return dict(patches)


def _patch(change: Change, *, several: bool) -> Patch:
    """Return a change of the file; a reached value stands alone, or under its indicator where there are several."""
    loc = ("items", change.id, change.key)
    if change.key == REACHED and several and change.indicator:
        loc = (*loc, change.indicator)  # type: ignore[assignment]  # one step longer
    return Remove(loc) if change.value is None else Set(loc, change.value)  # type: ignore[arg-type]  # plain trees


def _home(actuals: Actuals, change: Change) -> Document:
    """Return the file in which a field stands; else that of the item, else the first of the period."""
    for loc in (("items", change.id, change.key), ("items", change.id)):
        for document in actuals.documents:
            if holds(document, loc):
                return document
    return actuals.documents[0]


def _content(project: Project, path: str) -> bytes:
    try:
        return (project.root / path).read_bytes()
    except OSError as error:
        raise PlanctlError(_("{path} cannot be read: {problem}"), path=path, problem=error.strerror or error) from error


def _begun(project: Project, plan: str, period: Period, path: str) -> bytes:
    """Return the file of a new period, ready to be filled in."""
    if (project.root / path).exists():
        raise PlanctlError(_("{path} is there already; nothing was written"), path=path)
    return skeleton(project.portfolio.plans[plan], period, project.portfolio.actuals).encode()


# Trying


def _faults(project: Project, made: Applied) -> dict[tuple[str, Period], list[Diagnostic]]:
    """Return the errors that a check would find in changed items and does not find now, at the cells they come from."""
    texts = {path: new.removeprefix(_MARK).decode() for path, (_old, new) in made.files.items()}
    tried = load(Overlay(Folder(project.root), texts))
    before = Counter(_of_items(project, texts))
    by_item: defaultdict[tuple[str, Period], list[Change]] = defaultdict(list)
    for change in made.changes:
        by_item[change.address, change.period].append(change)
    faults: defaultdict[tuple[str, Period], list[Diagnostic]] = defaultdict(list)
    documents = {path: document for path, _actuals, document in _documents(tried.portfolio, texts)}
    for at, found in _errors_of_items(tried, texts):
        key = (at, found.code, found.values)
        if before[key]:
            before[key] -= 1
        elif at in by_item:
            change = _cause(found, by_item[at], documents)
            faults[at].append(replace(found, span=Span(change.file, within=change.place)))
    return dict(faults)


def _cause(found: Diagnostic, changes: Sequence[Change], documents: Mapping[str, Document]) -> Change:
    """Return the change in whose line an error lies, else the first one of the item."""
    document = documents[found.span.path]
    lines = (document.key_span_of(("items", one.id, one.key)).line for one in changes)
    return next((one for one, line in zip(changes, lines, strict=True) if line == found.span.line), changes[0])


def _of_items(project: Project, paths: Iterable[str]) -> Iterator[tuple[object, ...]]:
    for at, found in _errors_of_items(project, paths):
        yield at, found.code, found.values


def _errors_of_items(project: Project, paths: Iterable[str]) -> Iterator[tuple[tuple[str, Period], Diagnostic]]:
    """Yield the errors in files of actuals with the address and period of the item that each is about."""
    wanted = set(paths)
    lines = {path: _Lines(actuals, document) for path, actuals, document in _documents(project.portfolio, wanted)}
    for found in project.findings:
        if found.is_error and found.span.path in lines and (at := lines[found.span.path].at(found.span.line)):
            yield at, found


def _documents(portfolio: Portfolio, paths: Iterable[str]) -> Iterator[tuple[str, Actuals, Document]]:
    for actuals in portfolio.actuals:
        for document in actuals.documents:
            if document.path in paths:
                yield document.path, actuals, document


class _Lines:
    """From a line of a file of actuals to the item whose entry it is in."""

    def __init__(self, actuals: Actuals, document: Document) -> None:
        items = document.data.get("items")
        ids = list(items) if isinstance(items, dict) else []
        pairs = sorted((document.key_span_of(("items", id_)).line, id_) for id_ in ids)
        self._starts = [line for line, _id in pairs]
        self._ids = [id_ for _line, id_ in pairs]
        self._actuals = actuals

    def at(self, line: int) -> tuple[str, Period] | None:
        """Return the address of the item whose entry a line is in, and the period."""
        index = bisect_right(self._starts, line) - 1
        return (f"{self._actuals.plan.id}#{self._ids[index]}", self._actuals.period) if index >= 0 else None
