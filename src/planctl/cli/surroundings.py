"""What a run knows of its surroundings: git's revision and the user, for the manifest alone."""

from __future__ import annotations

import getpass
from datetime import date
from typing import TYPE_CHECKING

from planctl.errors import PlanctlError
from planctl.facts import RunFacts
from planctl.source.git import repository_of

if TYPE_CHECKING:
    from pathlib import Path


def run_facts(root: Path, *, as_of: date | None) -> RunFacts:
    """Return the facts of this run; what cannot be known is None."""
    return RunFacts(as_of=as_of, revision=_revision(root), user=_user())


def _revision(root: Path) -> str | None:
    try:
        told = repository_of(root).run("describe", "--always", "--dirty", "--abbrev=40")
    except PlanctlError:
        return None
    return told.decode(errors="replace").strip() or None


def _user() -> str | None:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return None


def today() -> date:
    """Return the day of this run, by which waivers and what is accepted run out."""
    return date.today()  # noqa: DTZ011  # the day where the office is
