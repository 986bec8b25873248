"""`planctl check --changed-since`: what a change brought, of all that is found now."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from planctl.errors import PlanctlError
from planctl.findings.addresses import Addresses
from planctl.findings.identity import brought
from planctl.pipeline import load
from planctl.source.git import repository_of
from planctl.source.revision import Revision
from planctl.words import _

if TYPE_CHECKING:
    from planctl.diagnostics import Diagnostic
    from planctl.pipeline import Project
    from planctl.source.git import Repository


def brought_since(project: Project, revision: str) -> tuple[Diagnostic, ...]:
    """Return the findings that were not there where the change parted from a revision.

    What was accepted there and has run out since counts as brought. PlanctlError where git cannot tell.
    """
    repository = repository_of(project.root)
    base = repository.merge_base(repository.commit_of(revision), repository.commit_of("HEAD"))
    if base is None:
        raise PlanctlError(_("{revision} and HEAD have no history in common"), revision=revision)
    before = load(Revision(repository, base, project.root), today=_day_of(repository, base))
    return brought(
        project.findings,
        Addresses(project.portfolio),
        before=before.findings,
        addresses_before=Addresses(before.portfolio),
    )


def _day_of(repository: Repository, commit: str) -> date:
    """Return the day on which a commit was made, where it was made."""
    told = repository.run("show", "--no-patch", "--format=%cI", commit).decode()
    return date.fromisoformat(told.strip()[: len("2024-01-15")])
