"""What a run knows of its surroundings: git's revision and the user, for the manifest alone."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
from typing import TYPE_CHECKING

from planctl.facts import RunFacts

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

GIT_SECONDS = 10


def run_facts(root: Path, *, as_of: date | None) -> RunFacts:
    """Return the facts of this run; what cannot be known is None."""
    return RunFacts(as_of=as_of, revision=_revision(root), user=_user())


def _revision(root: Path) -> str | None:
    if not (git := shutil.which("git")):
        return None
    try:
        told = subprocess.run(  # noqa: S603  # git as found on the path, with fixed arguments
            [git, "describe", "--always", "--dirty", "--abbrev=40"],
            cwd=root,
            env={**os.environ, "GIT_OPTIONAL_LOCKS": "0"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=GIT_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return told.stdout.strip() or None


def _user() -> str | None:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return None
