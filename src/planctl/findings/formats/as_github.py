"""Findings as workflow commands of GitHub Actions, which shows them beside the lines of a pull request.

A command is a line `::error file=…,line=…,col=…,title=…::message`; what would end it or one of its parts is escaped as
the runner reads it back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planctl.findings.told import Findings, Told

_IN_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def write(findings: Findings) -> str:
    """Return a command for each finding; those that are let be are notices, where they are to be shown."""
    return "".join(f"{_command(one)}\n" for one in findings.listed)


def _command(one: Told) -> str:
    name = "notice" if one.accepted else one.severity.value
    words = f"{one.words}\n({one.accepted.reason})" if one.accepted else one.words
    properties = {"file": one.path, "line": one.line, "col": one.column, "title": one.code}
    written = ",".join(f"{key}={str(value).translate(_IN_PROPERTY)}" for key, value in properties.items())
    return f"::{name} {written}::{words.translate(_IN_MESSAGE)}"
