"""Which way of carrying tasks out pays: in turn for a few documents, in processes from some number of them on.

In: how many documents there are, and what the user asked for. Out: an executor, and how many documents make a task.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from planctl.work.in_turn import InTurn
from planctl.work.processes import Processes, way_of_starting

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from planctl.errors import PlanctlError
    from planctl.work import Executor
    from planctl.work.processes import Way

PAYS_FROM: Mapping[Way, int] = {"fork": 10, "spawn": 100}
"""From how many documents of 60 rows on checking them is quicker in two processes, by the way in which those begin.

`benchmarks/pool.py`: copies take 0.8 times as long as one process for 10 documents, and 0.5 times for 100; processes
that import everything anew take 1.9 times as long for 30 documents, 0.9 times for 100 and 0.6 times for 300.
"""

MOST_ON_WINDOWS = 60
"""Windows lets nobody wait for more than 63 things at once, and Python needs some of them."""

MOST_IN_A_TASK = 50
TASKS_FOR_EACH = 4
"""So many tasks for each process, or one that got the long documents is waited for by all others."""


def executor_for(
    documents: int, *, jobs: int | None, tell: Callable[[PlanctlError], None], cost: float = 1
) -> Executor:
    """Return the quickest way for so many documents; `jobs` is the number of processes that the user asked for.

    `cost` is how many times as long as checking it the work on a document takes.
    """
    if jobs is None:
        pays = documents * cost >= PAYS_FROM[way_of_starting()]
        jobs = processors() if pays else 1
    workers = min(jobs, most_processes())
    return Processes(workers, tell=tell) if workers > 1 else InTurn()


def processors() -> int:
    """Return how many processors this process may use."""
    if sys.version_info >= (3, 13):
        return os.process_cpu_count() or 1
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def most_processes() -> int:
    """Return how many processes this system lets anybody wait for."""
    return MOST_ON_WINDOWS if sys.platform == "win32" else sys.maxsize


def documents_in_a_task(documents: int, *, jobs: int | None) -> int:
    """Return how many documents make a task: few enough that all processes have some, and not too many for memory."""
    tasks = (jobs or processors()) * TASKS_FOR_EACH
    return max(1, min(MOST_IN_A_TASK, -(-documents // tasks)))
