"""How many examples a property is tried on: few in each run, all of them where PLANCTL_ALL_EXAMPLES is set."""

from __future__ import annotations

import os

FEWER = 3


def examples(number: int) -> int:
    """Return the number of examples to try where `number` is all."""
    return number if os.environ.get("PLANCTL_ALL_EXAMPLES") else number // FEWER
