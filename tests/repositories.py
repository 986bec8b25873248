"""Scratch repositories for tests, made by the real git, away from the settings of whoever runs the tests.

`Scratch.begin(folder)` makes one; `commit({"plans/a.yaml": "…", "plans/b.yaml": None})` writes and removes files and
commits all of it.
"""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from textwrap import dedent
from typing import TYPE_CHECKING

from projects import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PERSON = "Б. Сарнай"
DAY = "2024-01-15T09:00:00+08:00"


@dataclass(frozen=True, slots=True)
class Scratch:
    """A repository for one test."""

    folder: Path

    @classmethod
    def begin(cls, folder: Path) -> Scratch:
        """Make an empty repository with the branch `main`."""
        folder.mkdir(parents=True, exist_ok=True)
        scratch = cls(folder)
        scratch.git("init", "--quiet", "--initial-branch=main")
        return scratch

    def git(self, *arguments: str, person: str = PERSON, day: str = DAY) -> str:
        """Run git and return what it writes."""
        identity = {
            f"GIT_{role}_{what}": value
            for role in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", person), ("EMAIL", "office@example.mn"), ("DATE", day))
        }
        settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            env={**os.environ, **identity, **settings},
            capture_output=True,
            check=True,
        )
        return done.stdout.decode()

    def write(self, files: Mapping[str, str | bytes | None]) -> None:
        """Write files (their common indentation does not count), and remove those that are None."""
        for path, content in files.items():
            target = self.folder / path
            if content is None:
                target.unlink()
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content if isinstance(content, bytes) else dedent(content).encode())

    def commit(
        self, files: Mapping[str, str | bytes | None], message: str = "Change", *, person: str = PERSON, day: str = DAY
    ) -> str:
        """Write and remove files, commit everything, and return the commit's id."""
        self.write(files)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message, person=person, day=day)
        return self.git("rev-parse", "HEAD").strip()


def office(folder: Path, files: Mapping[str, str]) -> Scratch:
    """Make a repository whose first commit holds a project of these files."""
    scratch = Scratch.begin(folder)
    scratch.commit({"planctl.yaml": SETTINGS, **files}, "Begin")
    return scratch
