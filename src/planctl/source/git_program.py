"""The program git, the only place that runs it: in English, without locks, questions and pagers.

In: arguments. Out: what git writes. `fetching.py` alone starts it by itself, as it may have to end it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

from planctl.errors import PlanctlError, problem_of
from planctl.words import _

if TYPE_CHECKING:
    from pathlib import Path


def program() -> str:
    """Return the path of git; PlanctlError where there is none."""
    if not (git := shutil.which("git")):
        raise PlanctlError(_("git is not installed, or not on the path"))
    return git


def environment(*, elsewhere: bool = False) -> dict[str, str]:
    """Return what git is run with: English, as its words are looked at; no locks, questions or pagers.

    For a repository that is `elsewhere`, without what a hook of this one tells git, and nothing missed is fetched.
    """
    told = {"LC_ALL": "C", "LANGUAGE": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
    if not elsewhere:
        return {**os.environ, **told}
    kept = {name: value for name, value in os.environ.items() if name not in _OF_THIS_REPOSITORY}
    return {**kept, **told, "GIT_NO_LAZY_FETCH": "1"}


_OF_THIS_REPOSITORY = frozenset(
    {
        *("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR", "GIT_NAMESPACE"),
        *("GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_PREFIX", "GIT_SHALLOW_FILE", "GIT_IMPLICIT_WORK_TREE"),
    }
)
"""What git tells the programs that it starts, such as hooks, about the repository that it works on."""


def ran(
    folder: Path, *arguments: str, given: bytes = b"", elsewhere: bool = False
) -> subprocess.CompletedProcess[bytes]:
    """Return how git ended in a folder, with what it wrote."""
    git = program()
    try:
        return subprocess.run(  # noqa: S603  # git as found on the path
            [git, *arguments],
            cwd=folder,
            env=environment(elsewhere=elsewhere),
            input=given,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise PlanctlError(_("git cannot be run: {problem}"), problem=problem_of(error)) from error


def first_line(told: bytes) -> str:
    """Return the first line of what git wrote, which says what is wrong."""
    return next(iter(told.decode(errors="replace").strip().splitlines()), "?")
