"""What a run knows of its surroundings: git's revision and the user, for the manifest alone."""

from __future__ import annotations

import getpass
from datetime import datetime
from typing import TYPE_CHECKING

from planctl.errors import PlanctlError
from planctl.facts import RunFacts
from planctl.source.git import repository_of

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


def run_facts(root: Path, *, as_of: date | None) -> RunFacts:
    """Return the facts of this run; what cannot be known is None."""
    return RunFacts(as_of=as_of, revision=_revision(root), user=_user())


def today() -> date:
    """Return the day by the clock of this machine: the only look at it."""
    return datetime.now().astimezone().date()


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
