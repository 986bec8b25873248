"""What planctl says of a plan: a place, a stable code, and the words of the author's own data.

In: what a stage saw. Out: `Diagnostic` values that are joined, sorted and shown once, by the command line.
The sentences belonging to a code stand in `codes/`; a diagnostic carries only what fills them in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from planctl.codes import CODES
from planctl.place import NOWHERE, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class Severity(StrEnum):
    """How much a finding weighs: an error keeps a document from being built, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


_SEVERITIES = {severity.value: severity for severity in Severity}


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a file of the project: path from the project's folder with "/", line and column from 1.

    In an office file, which has no lines, it is the place `within`.
    """

    path: str
    line: int = 1
    column: int = 1
    within: Place = NOWHERE

    @property
    def position(self) -> str:
        """What follows the path: `:6:11`, or `: table 2, row 5, column 3` in the language in use."""
        return f":{self.line}:{self.column}" if self.within == NOWHERE else f": {self.within}"

    def __str__(self) -> str:
        return f"{self.path}{self.position}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. `values` fill the message and the hints of the code (see `codes.Code`)."""

    code: str
    span: Span
    severity: Severity
    values: tuple[tuple[str, str], ...] = ()

    @property
    def is_error(self) -> bool:
        """Whether it keeps its document from being built."""
        return self.severity is Severity.ERROR


def finding(code: str, span: Span, **values: object) -> Diagnostic:
    """Return a finding with its code's weight and the blanks filled in; an unregistered code is our bug (KeyError)."""
    severity = _SEVERITIES[CODES[code].severity]
    return Diagnostic(code, span, severity, tuple([(name, str(value)) for name, value in values.items()]))


def weighed(findings: Iterable[Diagnostic], severities: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Yield the findings with the weights that a project gives their codes; those that are "off" are left out.

    What is an error by itself stays one: builds rest on it.
    """
    for found in findings:
        wanted = severities.get(found.code)
        if wanted is None or found.is_error:
            yield found
        elif wanted != "off":
            yield replace(found, severity=Severity(wanted))


def in_order(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the findings by place, each once."""
    placed: dict[tuple[Any, ...], Diagnostic] = {}
    for found in findings:
        span = found.span
        key = (span.path, span.line, span.column, span.within, found.code, found.values)
        placed.setdefault(key, found)
    return tuple(placed[key] for key in sorted(placed))
