"""Tasks of a few lines: small projects to read, each another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.parcels.claims import claims_of
from planctl.work import Task
from planctl.work.packing import packed
from projects import ACTUALS, ONE_CLAUSE, ONE_ENTRY, PLAN, SETTINGS

if TYPE_CHECKING:
    from collections.abc import Mapping


def content_of_reading(files: Mapping[str, str], *, known: Mapping[str, bool] | None = None) -> bytes:
    """Return the content of the task of reading a project as one parcel, with the files that are known to exist."""
    shared = [path for path in files if path == "planctl.yaml"]
    claims = [claims_of(path, text).to_json() for path, text in files.items() if path not in shared]
    parcel = {"paths": [claim["path"] for claim in claims], "claims": claims, "findings": [], "known": known or {}}
    value = {"parcels": [parcel], "shared": shared, "today": None}
    return packed(value, {path: text.encode() for path, text in files.items()})


def reading_task(number: int) -> Task:
    """Return the task of reading a project; the self-evaluation of its only clause has as many points too many."""
    files = {"planctl.yaml": SETTINGS, PLAN: ONE_CLAUSE, ACTUALS: ONE_ENTRY.replace("100", str(100 + number))}
    return Task("read", content_of_reading(files), name=f"plans/{number}")
