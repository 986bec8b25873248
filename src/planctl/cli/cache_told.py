"""The folder of kept results, told of: where it is and what lies there, or why nothing is kept."""

from __future__ import annotations

import math
import os
from typing import TYPE_CHECKING

from planctl.cache.store import distrust
from planctl.cli.cache_folder import NONE, cache_folder
from planctl.words import _, said

if TYPE_CHECKING:
    from pathlib import Path

_MEGABYTE = 1_000_000


def cache_told() -> str:
    """Return the folder and how large it is, or why it is not used."""
    if (found := cache_folder()) is None:
        return _why_none()
    folder = found.absolute()
    if problem := _problem(folder):
        return said(problem, {"folder": str(folder)})
    megabytes = math.ceil(_size(folder) / _MEGABYTE)
    if not megabytes:
        return said(_("{folder}; nothing is there yet"), {"folder": str(folder)})
    return said(_("{folder}; {size} MB"), {"folder": str(folder), "size": str(megabytes)})


def _why_none() -> str:
    if os.environ.get(NONE):
        return said(_("none are kept, as {variable} is set"), {"variable": NONE})
    return said(_("none are kept, as you have no home folder"))


def _problem(folder: Path) -> str | None:
    """Return why a folder is of no use, as a sentence to be translated."""
    match distrust(folder):
        case "another's":
            return _("none are kept: {folder} belongs to somebody else")
        case "open to others":
            return _("none are kept: others may write {folder}; `chmod 700` makes it yours alone")
        case None if _is_writable(folder):
            return None
        case _:
            return _("none are kept: {folder} cannot be written")


def _is_writable(folder: Path) -> bool:
    """Tell whether files can be put into a folder, which is made where it is not there yet."""
    there = next((path for path in (folder, *folder.parents) if path.exists()), None)
    return there is not None and there.is_dir() and os.access(there, os.W_OK | os.X_OK)


def _size(folder: Path) -> int:
    """Return the bytes of all files below a folder; one that goes while they are counted has none."""
    total = 0
    for place, _folders, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(os.path.join(place, name)).st_size  # noqa: PTH118  # thousands of paths
            except OSError:
                continue
    return total
