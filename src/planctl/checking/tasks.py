"""What tasks of checking parcels hold. In: parcels and their files. Out: the bytes that the job of it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planctl.findings import plain
from planctl.work.packing import packed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from planctl.diagnostics import Diagnostic
    from planctl.parcels.claims import Claims
    from planctl.parcels.parting import Parcel


def asked_of(
    parcel: Parcel, claims: Iterable[Claims], findings: Iterable[Diagnostic], known: Mapping[str, bool]
) -> dict[str, Any]:
    """Return what a task is told of a parcel, as plain values.

    That is what its files say they are, what was found in reading them, and of which paths it is known whether they are
    files.
    """
    return {
        "paths": list(parcel.paths),
        "claims": [one.to_json() for one in claims],
        "findings": plain.plain(findings),
        "known": dict(known),
    }


def content_of(
    parcels: Iterable[Mapping[str, Any]], files: Mapping[str, bytes], *, shared: Iterable[str], today: date | None
) -> bytes:
    """Return the content of a task: parcels as `asked_of` gives them, all their files, and which of these they share.

    `today` is the day of the run.
    """
    told = {"parcels": list(parcels), "shared": list(shared), "today": today.isoformat() if today else None}
    return packed(told, files)
