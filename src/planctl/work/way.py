"""How further processes of this machine begin: as copies of this one where that is safe, or anew."""

from __future__ import annotations

import os
import sys
from typing import Literal, TypeAlias

Way: TypeAlias = Literal["fork", "spawn"]
"""As a copy of this process, or as a new Python that imports everything anew."""


def way_of_starting() -> Way:
    """Return the quickest way that is safe: a copy where that works and nothing else runs in this process."""
    return "fork" if sys.platform == "linux" and _is_alone() else "spawn"


def _is_alone() -> bool:
    """Tell whether this process has one thread, those of libraries in C counted too."""
    try:
        return len(os.listdir("/proc/self/task")) == 1  # noqa: PTH208  # read at every start
    except OSError:
        return False
