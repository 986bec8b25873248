"""Findings for programs of one's own: `{"findings": [...], "total": n}`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planctl.findings.told import Findings, Told


def write(findings: Findings) -> str:
    """Return the findings, and under `accepted` those that are let be, where they are to be shown."""
    found: dict[str, object] = {
        "findings": [_listed(one) for one in findings.findings],
        "total": len(findings.findings),
    }
    if findings.shows_accepted:
        found["accepted"] = [{**_listed(one), **_acceptance(one)} for one in findings.accepted]
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _listed(one: Told) -> dict[str, object]:
    return {
        "path": one.path,
        "line": one.line,
        "column": one.column,
        "severity": one.severity.value,
        "code": one.code,
        "message": one.message,
        "hint": one.hint,
        "address": one.address,
    }


def _acceptance(one: Told) -> dict[str, object]:
    given = one.accepted
    return {"reason": given.reason, "until": given.until, "by": given.by} if given else {}
