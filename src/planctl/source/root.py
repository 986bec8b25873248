"""Where a project is: the way from a folder up to planctl.yaml. Apart from the reading, as every start asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.errors import PlanctlError
from planctl.words import _

if TYPE_CHECKING:
    from pathlib import Path

PROJECT_FILE = "planctl.yaml"


def find_root(start: Path) -> Path:
    """Return the nearest folder, from `start` upwards, that holds planctl.yaml; PlanctlError when none does."""
    folder = start.absolute()
    for candidate in (folder, *folder.parents):
        if (candidate / PROJECT_FILE).is_file():
            return candidate
    for path in (candidate / PROJECT_FILE for candidate in (folder, *folder.parents)):
        if path.is_dir():
            raise PlanctlError(_("{path} is a folder, where the file of a project belongs"), path=path.as_posix())
    raise PlanctlError(_("no planctl.yaml in {folder} or above it"), folder=folder)
