"""Whether a path that a plan names is a file of the project. In: the project's folder and the path. Out: yes or no."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath


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
