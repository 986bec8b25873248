"""A project checked by its parcels. In: its survey and hands. Out: `Checked`, as of the project loaded at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.checking.checked import Checked
from planctl.diagnostics import in_order
from planctl.findings.accepting import AcceptedFinding
from planctl.findings.addresses import Address, Noted
from planctl.parcels.joining import joined_accepted, joined_findings

if TYPE_CHECKING:
    from collections.abc import Callable

    from planctl.portfolio.accepted import Acceptance
    from planctl.survey.survey import Hands, Survey


def checked_in_parcels(survey: Survey, hands: Hands, progress: Callable[[int, int], None]) -> Checked:
    """Return what a project comes to by what its parcels give; `progress` is told how many of how many are read."""
    readings = [one.reading for one in survey.parcels(hands, progress)]
    common = survey.common
    unused = survey.unused(readings)
    addresses = {
        found: address
        for one in readings
        for found, address in zip((*one.findings, *one.accepted), one.addresses, strict=True)
    }
    addresses.update((found, Address(found.span.path)) for found in unused)
    entries: dict[tuple[str, str], Acceptance] = {}
    for one in common.portfolio.accepted:
        entries.setdefault((one.entry.code, one.entry.at), one.entry)
    files = {source.path for source in common.sources}.union(*(one.files for one in readings))
    return Checked(
        findings=in_order((*joined_findings([one.findings for one in readings]), *unused)),
        accepted=joined_accepted(
            [AcceptedFinding(found, entries[found.code, str(addresses[found])]) for found in one.accepted]
            for one in readings
        ),
        addresses=Noted(addresses),
        files=tuple(sorted(files)),
        common=common.portfolio,
        has_plans=any(one.has_plans for one in readings),
    )
