"""What a parcel gives to the check of its project. In: the parcel as loaded. Out: `Reading`, also as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planctl.findings import plain
from planctl.findings.accepting import gone
from planctl.findings.addresses import Address, Addresses
from planctl.parcels.claims import Claims, is_shared
from planctl.parcels.outcome import borne_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planctl.diagnostics import Diagnostic
    from planctl.pipeline import Project


@dataclass(frozen=True, slots=True)
class Reading:
    """The findings of a parcel, reported and accepted, and where each of them belongs, in that order.

    Of the entries of accepted.yaml that accept nothing nearly all parcels could tell the same; so it is told instead
    which of them are `in_use`, by their places in the list, or may be.

    `files` are those of its own that were read; `asked` are the files that it asked for, and whether they were there;
    `claims` are what its files turned out to be.
    """

    findings: tuple[Diagnostic, ...]
    accepted: tuple[Diagnostic, ...]
    addresses: tuple[Address, ...]
    in_use: frozenset[int]
    files: tuple[str, ...]
    has_plans: bool
    asked: Mapping[str, bool]
    claims: tuple[Claims, ...]

    def plain(self) -> list[Any]:
        """Return plain values, as far as JSON goes."""
        return [
            plain.plain(self.findings),
            plain.plain(self.accepted),
            [[one.document, one.item, one.period] for one in self.addresses],
            sorted(self.in_use),
            list(self.files),
            self.has_plans,
            dict(self.asked),
            [one.to_json() for one in self.claims],
        ]

    @staticmethod
    def of_plain(values: Any) -> Reading:
        """Return what gave these values; TypeError, KeyError or ValueError for what none gives."""
        findings, accepted, addresses, in_use, files, has_plans, asked, claims = values
        reported, let_be = plain.of_plain(findings), plain.of_plain(accepted)
        pairs = zip((*reported, *let_be), addresses, strict=True)
        return Reading(
            reported,
            let_be,
            tuple(Address(found.span.path, *address) for found, address in pairs),
            frozenset(in_use),
            tuple(files),
            bool(has_plans),
            dict(asked),
            tuple(map(Claims.of_json, claims)),
        )


def reading_of(project: Project, claims: Iterable[Claims], asked: Mapping[str, bool]) -> Reading:
    """Return what a loaded parcel gives, by what its files say they are."""
    addresses = Addresses(project.portfolio)
    unused = {gone(one): one.at for one in project.portfolio.accepted}
    findings = tuple(found for found in project.findings if found not in unused)
    accepted = tuple(one.found for one in project.accepted)
    return Reading(
        findings,
        accepted,
        tuple(map(addresses.of, (*findings, *accepted))),
        frozenset(unused.values()) - {unused[found] for found in project.findings if found in unused},
        tuple(source.path for source in project.sources if not is_shared(source.path)),
        bool(project.portfolio.plans),
        dict(asked),
        borne_out(claims, project),
    )
