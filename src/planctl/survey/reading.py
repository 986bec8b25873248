"""What a parcel gives to checks and builds: `Reading`, also as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planctl.findings import plain
from planctl.findings.addresses import Address
from planctl.parcels.claims import Claims

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planctl.diagnostics import Diagnostic
    from planctl.refusal import Part


@dataclass(frozen=True, slots=True)
class Topic:
    """What sheets can be made of, as it has no error: a plan (no period), or a plan and period.

    It is chosen by the paths `chosen_by`.
    """

    document: str
    period: str
    chosen_by: tuple[str, ...]

    @property
    def part(self) -> Part:
        """Its document and period."""
        return self.document, self.period


@dataclass(frozen=True, slots=True)
class Reading:
    """What a parcel gives: the findings, reported and accepted, where each of them belongs, and what can be built.

    Of the entries of accepted.yaml that accept nothing nearly all parcels could tell the same; so it is told instead
    which of them are `in_use`, by their places in the list, or may be.

    `files` are those of its own that were read. `documents` are the files of each plan and period, `alive` what outputs
    of earlier builds may belong to; `is_whole`: every file said what it belongs to. `asked` are the files that it asked
    for, and whether they were there; `claims` are what its files turned out to be.
    """

    findings: tuple[Diagnostic, ...]
    accepted: tuple[Diagnostic, ...]
    addresses: tuple[Address, ...]
    in_use: frozenset[int]
    files: tuple[str, ...]
    has_plans: bool
    refused: Mapping[Part, frozenset[str]]
    topics: tuple[Topic, ...]
    documents: tuple[frozenset[str], ...]
    alive: frozenset[Part]
    is_whole: bool
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
            [[*part, sorted(files)] for part, files in self.refused.items()],
            [[one.document, one.period, list(one.chosen_by)] for one in self.topics],
            [sorted(files) for files in self.documents],
            sorted(self.alive),
            self.is_whole,
            dict(self.asked),
            [one.to_json() for one in self.claims],
        ]

    @staticmethod
    def of_plain(values: Any) -> Reading:
        """Return what gave these values; TypeError, KeyError or ValueError for what none gives."""
        findings, accepted, addresses, in_use, files, has_plans, *of_build, asked, claims = values
        left_out, topics, documents, alive, whole = of_build
        reported, let_be = plain.of_plain(findings), plain.of_plain(accepted)
        pairs = zip((*reported, *let_be), addresses, strict=True)
        return Reading(
            reported,
            let_be,
            tuple(Address(found.span.path, *address) for found, address in pairs),
            frozenset(in_use),
            tuple(files),
            bool(has_plans),
            {(document, period): frozenset(files) for document, period, files in left_out},
            tuple(Topic(document, period, tuple(by)) for document, period, by in topics),
            tuple(map(frozenset, documents)),
            frozenset((document, period) for document, period in alive),
            bool(whole),
            dict(asked),
            tuple(map(Claims.of_json, claims)),
        )
