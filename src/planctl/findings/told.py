"""What is told of findings, in words: the one view of every format.

In: what the command line composes. Out: plain frozen values. Paths are as they are shown, always with "/".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planctl.diagnostics import Severity
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planctl.words import Language

SEVERITIES: Mapping[Severity, str] = {Severity.ERROR: _("error"), Severity.WARNING: _("warning")}


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Why a finding is accepted, until when (an ISO date), and by whom ("" where nobody is named)."""

    reason: str
    until: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One finding: its place (line and column from 1), what is wrong, and how to mend it ("" where nothing is known).

    `address` is that of the item or document, or the path; `fingerprint` stays the same whatever line it moves to.
    """

    path: str
    line: int
    column: int
    severity: Severity
    code: str
    message: str
    hint: str = ""
    address: str = ""
    fingerprint: str = ""
    accepted: Acceptance | None = None

    @property
    def words(self) -> str:
        """The message, and the hint on a line of its own."""
        return f"{self.message}\n{self.hint}" if self.hint else self.message


@dataclass(frozen=True, slots=True)
class Findings:
    """All that was found in a run.

    `files` are those that were checked; `accepted` the findings that are let be, which are shown in lists where
    `shows_accepted`. `rules` explains each code that occurs. With `warnings_fail` a warning counts as much as an error.
    """

    findings: tuple[Told, ...]
    accepted: tuple[Told, ...] = ()
    files: tuple[str, ...] = ()
    rules: Mapping[str, str] = field(default_factory=dict)
    language: Language = "en"
    version: str = ""
    shows_accepted: bool = False
    warnings_fail: bool = False

    def fails(self, one: Told) -> bool:
        """Tell whether a finding makes the run fail."""
        return self.warnings_fail or one.severity is Severity.ERROR

    @property
    def listed(self) -> tuple[Told, ...]:
        """The findings, by place; with those accepted where they are to be shown."""
        if not self.shows_accepted:
            return self.findings
        every = (*self.findings, *self.accepted)
        return tuple(sorted(every, key=lambda one: (one.path, one.line, one.column, one.code)))
