"""What a check of a project comes to, however it was carried out. In: a loaded project. Out: `Checked`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planctl.findings.addresses import Addresses

if TYPE_CHECKING:
    from planctl.diagnostics import Diagnostic
    from planctl.findings.accepting import AcceptedFinding
    from planctl.findings.addresses import AddressBook
    from planctl.pipeline import Project
    from planctl.portfolio.portfolio import Portfolio


@dataclass(frozen=True, slots=True)
class Checked:
    """The findings of a project, reported and accepted, by place, and where each of them belongs.

    `files` are those that were read, by path. `common` is a portfolio with the project's settings and scales; whether
    there is any plan is told by `has_plans` alone.
    """

    findings: tuple[Diagnostic, ...]
    accepted: tuple[AcceptedFinding, ...]
    addresses: AddressBook
    files: tuple[str, ...]
    common: Portfolio
    has_plans: bool


def checked_at_once(project: Project) -> Checked:
    """Return what a project comes to that was loaded as a whole."""
    return Checked(
        project.findings,
        project.accepted,
        Addresses(project.portfolio),
        tuple(source.path for source in project.sources),
        project.portfolio,
        bool(project.portfolio.plans),
    )
