"""Where results are kept between runs: the user's own folder for such things, never the project's.

A project comes from others, who could bring results along that nobody computed.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

FOLDER, NONE = "PLANCTL_CACHE_DIR", "PLANCTL_NO_CACHE"
"""The names in the environment: of another folder, and of the wish (any text) to keep nothing."""


def cache_folder() -> Path | None:
    """Return the folder; None where nothing is to be kept, or nobody knows where the user's things lie."""
    if os.environ.get(NONE):
        return None
    if own := os.environ.get(FOLDER):
        return Path(own)
    try:
        return _users_folder() / "planctl"
    except RuntimeError:  # no home folder
        return None


def _users_folder() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
