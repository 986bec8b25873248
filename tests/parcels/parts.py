"""A project loaded in parcels, for tests: joined it is to be what the whole is. In: a root. Out: comparable values."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planctl.cli.score import as_json
from planctl.facts import RunFacts
from planctl.making import Choice, Making, subjects
from planctl.parcels.claims import Claims, claims_of, is_shared
from planctl.parcels.joining import joined_accepted, joined_findings, joined_refused
from planctl.parcels.outcome import borne_out
from planctl.parcels.parting import Parcel, parted_for_good
from planctl.parcels.tree import ParcelTree
from planctl.pipeline import Project, load
from planctl.refusal import is_whole, refused
from planctl.report import OFFICE_REPORTS, PERIOD_REPORTS, PLAN_REPORTS
from planctl.report.account import Account, joined
from planctl.source.discover import Folder
from planctl.subjects import offices

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from planctl.diagnostics import Diagnostic
    from planctl.findings.accepting import AcceptedFinding
    from planctl.output.manifest import Output
    from planctl.refusal import Part
    from planctl.scoring.scorecard import Scorecard

FACTS = RunFacts()
SHEETS = Choice(("md",), (*PERIOD_REPORTS, *PLAN_REPORTS))


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that is to be the same."""

    findings: tuple[Diagnostic, ...]
    accepted: tuple[AcceptedFinding, ...]
    refused: Mapping[Part, frozenset[str]]
    is_whole: bool
    scores: str
    sheets: Mapping[str, bytes | None]
    over_all: Mapping[str, tuple[bytes | None, Output | None]]


@dataclass(frozen=True, slots=True)
class InParcels:
    """A project's last parcels with their projects."""

    parcels: tuple[Parcel, ...]
    projects: tuple[Project, ...]

    @property
    def paths(self) -> list[tuple[str, ...]]:
        """The files of each parcel."""
        return [parcel.paths for parcel in self.parcels]


def load_in_parcels(root: Path, *, today: date | None = None) -> InParcels:
    """Load a folder in parcels, as often as it takes until they hold together."""
    folder = Folder(root)
    sources, found = folder.sources()
    texts = {source.path: source.text for source in sources}
    silent = {one.span.path: None for one in found}
    claims = {path: claims_of(path, text) for path, text in {**silent, **texts}.items()}
    projects: dict[Parcel, Project] = {}

    def turned_out(parcels: Sequence[Parcel]) -> Iterator[Claims]:
        for parcel in parcels:
            projects[parcel] = _loaded(parcel)
            yield from borne_out([claims[path] for path in parcel.paths], projects[parcel])

    def _loaded(parcel: Parcel) -> Project:
        tree = tree_of(parcel, known={})
        project = load(tree, today=today)
        there = {path: folder.has_file(path) for path in tree.asked}
        return load(tree_of(parcel, known=there), today=today) if any(there.values()) else project

    def tree_of(parcel: Parcel, *, known: Mapping[str, bool]) -> ParcelTree:
        is_its_own = {path: path in parcel.paths or is_shared(path) for path in claims}
        own = tuple(source for source in sources if is_its_own[source.path])
        return ParcelTree(root, own, tuple(one for one in found if is_its_own[one.span.path]), known)

    parcels = parted_for_good(claims.values(), turned_out, texts.get)
    return InParcels(parcels, tuple(projects[parcel] if parcel in projects else _loaded(parcel) for parcel in parcels))


def outcome_of_whole(root: Path, *, today: date | None = None) -> Outcome:
    """Return what the project comes to when it is loaded at once."""
    project = load(root, today=today)
    return Outcome(
        project.findings,
        project.accepted,
        refused(project),
        is_whole(project),
        as_json(project.scorecards),
        dict(_sheets(project)),
        dict(_sheets_over_all(project, Making(project, FACTS).account(), refused(project))),
    )


def outcome_of_parcels(root: Path, *, today: date | None = None) -> Outcome:
    """Return what its parcels come to together."""
    projects = load_in_parcels(root, today=today).projects
    sheets = [pair for project in projects for pair in _sheets(project)]
    assert len(dict(sheets)) == len(sheets)
    left_out = joined_refused([refused(project) for project in projects])
    return Outcome(
        joined_findings([project.findings for project in projects]),
        joined_accepted([project.accepted for project in projects]),
        left_out,
        all(map(is_whole, projects)),
        as_json(sorted((card for project in projects for card in project.scorecards), key=_place)),
        dict(sorted(sheets)),
        dict(_sheets_over_all(projects[0], joined(map(_told, projects)), left_out)),
    )


def _told(project: Project) -> Account:
    """Return what a parcel tells for the sheets over all plans, as it is kept."""
    return Account.of_plain(json.loads(json.dumps(Making(project, FACTS).account().plain())))


def _place(card: Scorecard) -> tuple[object, ...]:
    period = card.actuals.period
    return card.actuals.plan.id, period.last_day, period.months


def _sheets_over_all(
    project: Project, account: Account, left_out: Mapping[Part, frozenset[str]]
) -> Iterator[tuple[str, tuple[bytes | None, Output | None]]]:
    """Yield the sheets over all plans that are made of an account, with what the manifest says of them."""
    making = Making(project, FACTS, digests=account.digests)
    for subject in offices(account, left_out):
        for sheet in making.sheets(subject, OFFICE_REPORTS):
            made = making.make(subject, sheet, "md")
            yield made.path, (made.content, made.output)


def _sheets(project: Project) -> Iterator[tuple[str, bytes | None]]:
    making = Making(project, FACTS)
    made = [
        making.make(subject, sheet, "md")
        for subject in subjects(project, refused(project), SHEETS)
        for sheet in making.sheets(subject, SHEETS.sheets)
    ]
    yield from sorted((one.path, one.content) for one in made)
