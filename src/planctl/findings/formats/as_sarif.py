"""Findings as SARIF 2.1.0, the standard of tools that check sources (OASIS), which code scanning takes in.

Accepted findings stand in it as suppressed results, so that a viewer knows that they are still there.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planctl.findings.told import Findings, Told

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
"""The name of the format, by which programs know it."""

_LANGUAGES = {"mn": "mn-MN", "en": "en-US"}
_TOP = "%SRCROOT%"
"""The folder that paths lead from, by the name that is customary."""

_FINGERPRINT = "planctl/v1"


def write(findings: Findings) -> str:
    """Return the log of one run."""
    every = (*findings.findings, *findings.accepted)
    codes = sorted({one.code for one in every})
    at = {code: number for number, code in enumerate(codes)}
    results = [_result(one, at, are_some_accepted=bool(findings.accepted)) for one in every]
    language = _LANGUAGES[findings.language]
    driver = {
        "name": "planctl",
        "version": findings.version,
        "language": language,
        "rules": [_rule(code, findings) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "language": language,
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True}],
        "results": results,
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _rule(code: str, findings: Findings) -> dict[str, object]:
    words = findings.rules.get(code) or code
    return {"id": code, "fullDescription": {"text": words}, "help": {"text": words}}


def _result(one: Told, at: Mapping[str, int], *, are_some_accepted: bool) -> dict[str, object]:
    """Return a result; once one of them tells whether it is suppressed, all have to."""
    result: dict[str, object] = {
        "ruleId": one.code,
        "ruleIndex": at[one.code],
        "level": one.severity.value,
        "message": {"text": one.words},
        "locations": [_location(one)],
        "partialFingerprints": {_FINGERPRINT: one.fingerprint},
    }
    if one.accepted:
        given = one.accepted
        why = f"{given.reason} ({', '.join(filter(None, (given.by, given.until)))})"
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": why}]
    elif are_some_accepted:
        result["suppressions"] = []
    return result


def _location(one: Told) -> dict[str, object]:
    uri = quote(one.path, safe="/", errors="surrogateescape")
    location: dict[str, object] = {
        "physicalLocation": {
            "artifactLocation": {"uri": uri, "uriBaseId": _TOP},
            "region": {"startLine": one.line, "startColumn": one.column},
        }
    }
    if one.address:
        location["logicalLocations"] = [{"fullyQualifiedName": one.address}]
    return location
