"""Interleaved timing: several ways of doing one thing, compared round by round on the same machine at the same moment.

In: named functions without arguments. Out: the seconds of each round, and the medians of the pairwise ratios, which
say more than seconds do on a machine that others use too.
"""

from __future__ import annotations

import gc
import os
import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class Timings:
    """Seconds of each way, one for each round."""

    seconds: dict[str, tuple[float, ...]]

    def median(self, name: str) -> float:
        """Return the median seconds of one way."""
        return statistics.median(self.seconds[name])

    def ratio(self, name: str, *, to: str) -> float:
        """Return the median of the ratios within the rounds."""
        pairs = zip(self.seconds[name], self.seconds[to], strict=True)
        return statistics.median(mine / other for mine, other in pairs)


def interleave(ways: Mapping[str, Callable[[], object]], *, rounds: int) -> Timings:
    """Run all ways in turn, A B C A B C, after a first round that does not count."""
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        for name, way in ways.items():
            elapsed = timed(way)
            if number:
                seconds[name].append(elapsed)
    return Timings({name: tuple(each) for name, each in seconds.items()})


def timed(way: Callable[[], object]) -> float:
    """Return the seconds of one run that the process itself took, beginning with nothing left to collect."""
    gc.collect()
    start = time.process_time()
    way()
    return time.process_time() - start


def as_installed() -> dict[str, str]:
    """Return the environment for a process in which Python keeps what it compiled, as it does of what is installed."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
