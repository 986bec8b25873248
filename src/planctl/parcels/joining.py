"""What was found in all parcels as what is found in the whole. In: results of parcels. Out: those of the project."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from planctl.diagnostics import Diagnostic, in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from planctl.findings.accepting import AcceptedFinding
    from planctl.refusal import Part

_IF_NOWHERE = "accepted-is-gone"
"""What holds only where every parcel says so: each has some of the findings that accepted.yaml speaks of."""


def joined_findings(of_parcels: Sequence[Sequence[Diagnostic]]) -> tuple[Diagnostic, ...]:
    """Return the findings that are reported, by place, each once."""
    every = [one for found in of_parcels for one in found if one.code != _IF_NOWHERE]
    gone = [{one for one in found if one.code == _IF_NOWHERE} for found in of_parcels]
    return in_order((*every, *(set.intersection(*gone) if gone else ())))


def joined_accepted(of_parcels: Iterable[Sequence[AcceptedFinding]]) -> tuple[AcceptedFinding, ...]:
    """Return the findings that are accepted, by place, each once."""
    every = {one.found: one for accepted in of_parcels for one in accepted}
    return tuple(every[found] for found in in_order(every))


def joined_refused(of_parcels: Iterable[Mapping[Part, frozenset[str]]]) -> Mapping[Part, frozenset[str]]:
    """Return the documents and periods that are refused, each with all its files."""
    parts: defaultdict[Part, frozenset[str]] = defaultdict(frozenset)
    for refused in of_parcels:
        for part, files in refused.items():
            parts[part] |= files
    return {part: parts[part] for part in sorted(parts)}
