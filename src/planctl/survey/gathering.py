"""What a parcel gives, gathered. In: the parcel as loaded. Out: its `Reading`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.findings.accepting import gone
from planctl.findings.addresses import Addresses
from planctl.making import sound_plans
from planctl.parcels.claims import is_shared
from planctl.parcels.outcome import borne_out
from planctl.refusal import is_whole, part_of, refused
from planctl.survey.reading import Reading, Topic

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from planctl.parcels.claims import Claims
    from planctl.pipeline import Project
    from planctl.refusal import Part


def reading_of(project: Project, claims: Iterable[Claims], asked: Mapping[str, bool]) -> Reading:
    """Return what a loaded parcel gives, by what its files say they are, whatever is wanted of it."""
    addresses = Addresses(project.portfolio)
    unused = {gone(one): one.at for one in project.portfolio.accepted}
    findings = tuple(found for found in project.findings if found not in unused)
    accepted = tuple(one.found for one in project.accepted)
    left_out = refused(project)
    plans = {(plan, "") for plan in project.portfolio.plans}
    reports = {part_of(actuals) for actuals in project.portfolio.actuals}
    return Reading(
        findings=findings,
        accepted=accepted,
        addresses=tuple(map(addresses.of, (*findings, *accepted))),
        in_use=frozenset(unused.values()) - {unused[found] for found in project.findings if found in unused},
        files=tuple(source.path for source in project.sources if not is_shared(source.path)),
        has_plans=bool(plans),
        refused=left_out,
        topics=tuple(_topics(project, left_out)),
        documents=tuple(actuals.files for actuals in project.portfolio.actuals),
        alive=frozenset(plans | reports | left_out.keys()),
        is_whole=is_whole(project),
        asked=dict(asked),
        claims=borne_out(claims, project),
    )


def _topics(project: Project, left_out: Container[Part]) -> Iterator[Topic]:
    """Yield what sheets can be made of, without scoring it: what has no scale is left out too."""
    for plan in sound_plans(project):
        yield Topic(plan.id, "", (plan.document.path,))
    for actuals in project.portfolio.actuals:
        if (part := part_of(actuals)) not in left_out:
            yield Topic(*part, tuple(sorted(actuals.files)))
