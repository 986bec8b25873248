"""Where the projects of organisations lie: folders, and revisions of repositories of git.

In: an organisation of the list. Out: an `Origin` that any process of this machine can read the project from, or what
keeps it from being read.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planctl.errors import PlanctlError
from planctl.source.discover import Folder
from planctl.source.git import opened
from planctl.source.revision import Revision
from planctl.source.root import PROJECT_FILE
from planctl.words import _

if TYPE_CHECKING:
    from planctl.source.tree import Tree

NO_FOLDER = _("there is no folder {folder}")
NO_PROJECT = _("{folder} is no project: it has no {file}")


@dataclass(frozen=True, slots=True)
class Origin:
    """A project's folder; where it has a `commit`, the folder as that commit of the repository at `top` holds it."""

    folder: str
    top: str = ""
    commit: str = ""

    def tree(self) -> Tree:
        """Return the state of the project's files; PlanctlError where there is no project."""
        folder = Path(self.folder)
        if not self.commit:
            if not folder.is_dir():
                raise PlanctlError(NO_FOLDER, folder=folder.as_posix())
            if not (folder / PROJECT_FILE).is_file():
                raise PlanctlError(NO_PROJECT, folder=folder.as_posix(), file=PROJECT_FILE)
            return Folder(folder)
        revision = Revision(opened(Path(self.top)), self.commit, folder)
        if revision.is_empty:
            raise PlanctlError(NO_PROJECT, folder=revision.prefix or ".", file=PROJECT_FILE)
        return revision
