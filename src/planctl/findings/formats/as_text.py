"""Findings for people: a line each with its place, and the fix below."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planctl.findings.told import SEVERITIES
from planctl.words import _, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.findings.told import Findings, Told

_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
"""What would tear a line apart or act on a terminal, and may stand in the name of a file."""


def write(findings: Findings) -> str:
    """Return the lines; nothing where nothing was found."""
    return "".join(f"{line}\n" for one in findings.listed for line in _lines(one))


def _lines(one: Told) -> Iterator[str]:
    weight = said(_("accepted") if one.accepted else SEVERITIES[one.severity])
    path = _BREAKS.sub("?", one.path)
    yield f"{path}:{one.line}:{one.column}: {weight}: {one.code}: {_one_line(one.message)}"
    if one.accepted:
        yield f"    {_one_line(_reason(one))}"
    elif one.hint:
        yield f"    {_one_line(one.hint)}"


def _reason(one: Told) -> str:
    if one.accepted is None:
        return ""
    until, reason, by = one.accepted.until, one.accepted.reason, one.accepted.by
    if by:
        return said(_("until {until}: {reason} ({by})"), {"until": until, "reason": reason, "by": by})
    return said(_("until {until}: {reason}"), {"until": until, "reason": reason})


def _one_line(text: str) -> str:
    return " ".join(text.split())
