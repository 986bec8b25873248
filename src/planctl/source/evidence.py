"""Whether a path that a plan names is a file of the project. In: the project's folder and paths. Out: yes or no."""

from __future__ import annotations

import os
import stat
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def is_project_file(root: Path, path: str) -> bool:
    """Tell whether a path with "/" names a file inside the project, links followed."""
    written = PurePosixPath(path)
    if written.is_absolute() or "\\" in path:
        return False
    try:
        found = Path(os.path.realpath(root / written))  # `resolve` raises on links in a circle before Python 3.13
        return found.is_file() and found.is_relative_to(root.resolve())
    except (OSError, ValueError):
        return False


def project_files(root: Path, paths: Iterable[str]) -> frozenset[str]:
    """Return those of the paths that `is_project_file` says yes to, at the cost of a look at each.

    Thousands of files lie in a few folders, and few of them are links: where a folder leads is found out once.
    """
    folders: dict[str, str | None] = {}
    return frozenset(path for path in paths if _is_file_in(folders, root, path))


def _is_file_in(folders: dict[str, str | None], root: Path, path: str) -> bool:
    folder, _slash, name = path.rpartition("/")
    if name in {"", ".", ".."} or "\\" in path or path.startswith("/"):
        return is_project_file(root, path)
    if folder not in folders:
        folders[folder] = _inside(root, folder)
    real = folders[folder]
    try:
        mode = os.lstat(f"{real}/{name}").st_mode if real else 0
    except (OSError, ValueError):
        return False
    return is_project_file(root, path) if stat.S_ISLNK(mode) or not real else stat.S_ISREG(mode)


def _inside(root: Path, folder: str) -> str | None:
    """Return where a folder of the project really is; None where that is not inside, or cannot be told."""
    try:
        real = Path(os.path.realpath(root / folder))
        return str(real) if real.is_relative_to(root.resolve()) else None
    except (OSError, ValueError):
        return None
