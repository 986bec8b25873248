"""What a run knows of its surroundings: git's revision and the user, for the manifest alone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from planctl.errors import PlanctlError

if TYPE_CHECKING:
    from pathlib import Path

    from planctl.facts import RunFacts


def run_facts(root: Path, *, as_of: date | None) -> RunFacts:
    """Return the facts of this run; what cannot be known is None."""
    from planctl.facts import RunFacts  # noqa: PLC0415  # the day alone is asked for at every start

    return RunFacts(as_of=as_of, revision=_revision(root), user=_user())


def _revision(root: Path) -> str | None:
    from planctl.source.git import repository_of  # noqa: PLC0415  # likewise

    try:
        told = repository_of(root).run("describe", "--always", "--dirty", "--abbrev=40")
    except PlanctlError:
        return None
    return told.decode(errors="replace").strip() or None


def _user() -> str | None:
    import getpass  # noqa: PLC0415  # likewise

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return None


def today() -> date:
    """Return the day of this run, by which waivers and what is accepted run out."""
    return date.today()  # noqa: DTZ011  # the day where the office is
