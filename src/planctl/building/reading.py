"""What a reading tells of a few files. In: a loaded project of them. Out: `Reading`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.building.record import Reading, Topic
from planctl.making import Choice, subjects
from planctl.parcels.outcome import borne_out
from planctl.refusal import is_whole, part_of, refused
from planctl.report import PERIOD_REPORTS, PLAN_REPORTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from planctl.parcels.claims import Claims
    from planctl.pipeline import Project, Subject

WHOLE = Choice(formats=(), sheets=(*PLAN_REPORTS, *PERIOD_REPORTS))
"""All that sheets of plans and of plans and periods can be made of."""


def reading_of(project: Project, claims: Iterable[Claims], asked: Mapping[str, bool]) -> Reading:
    """Return what was read of a project, whatever is wanted of it."""
    left_out = refused(project)
    plans = {(plan, "") for plan in project.portfolio.plans}
    return Reading(
        findings=project.findings,
        refused=left_out,
        topics=tuple(_topics(subjects(project, left_out, WHOLE))),
        documents=tuple(actuals.files for actuals in project.portfolio.actuals),
        alive=frozenset(plans | {part_of(one.actuals) for one in project.scorecards} | left_out.keys()),
        asked=dict(asked),
        is_whole=is_whole(project),
        claims=borne_out(claims, project),
    )


def _topics(chosen: Iterable[Subject]) -> Iterator[Topic]:
    for one in chosen:
        by = {one.plan.document.path} if one.plan else one.scorecards[0].actuals.files
        yield Topic(one.document, one.period, tuple(sorted(by)))
