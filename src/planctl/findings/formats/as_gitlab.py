"""Findings as a Code Quality report of GitLab, which shows what a merge request brings and mends."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from planctl.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planctl.findings.told import Findings, Told

_SEVERITIES: Mapping[Severity, str] = {Severity.ERROR: "major", Severity.WARNING: "minor"}


def write(findings: Findings) -> str:
    """Return the list of findings; those that are let be weigh no more than a piece of information."""
    return json.dumps([_listed(one) for one in findings.listed], ensure_ascii=False, indent=2) + "\n"


def _listed(one: Told) -> dict[str, object]:
    return {
        "description": one.words,
        "check_name": one.code,
        "fingerprint": one.fingerprint,
        "severity": "info" if one.accepted else _SEVERITIES[one.severity],
        "location": {"path": one.path, "lines": {"begin": one.line}},
    }
