"""Which way of carrying tasks out pays: in turn for a few documents, in processes from some number of them on.

In: how many documents there are, and what the user asked for. Out: an executor, and how many documents make a task.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from planctl.work.in_turn import InTurn
from planctl.work.way import way_of_starting

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from planctl.errors import PlanctlError
    from planctl.work import Executor
    from planctl.work.way import Way

PAYS_FROM: Mapping[Way, int] = {"fork": 10, "spawn": 150}
"""From how many documents of 60 rows on checking them is quicker in two processes, by the way in which those begin.

`benchmarks/pool.py`: copies take 0.9 times as long as one process for 10 documents, and 0.6 times for 100; processes
that import everything anew take 1.9 times as long for 30 documents, as long for 100 and 0.9 times for 150.
"""

MOST_ON_WINDOWS = 60
"""Windows lets nobody wait for more than 63 things at once, and Python needs some of them."""

MOST_IN_A_TASK = 50
FEWEST_TO_SEND, TASKS_TO_SEND = 20, 100
TASKS_FOR_EACH = 4
"""So many tasks for each process, or one that got the long documents is waited for by all others."""


def executor_for(  # noqa: PLR0913  # each is a choice of the command line
    documents: int,
    *,
    jobs: int | None,
    tell: Callable[[PlanctlError], None],
    cost: float = 1,
    scheduler: str = "",
    insecure: bool = False,
) -> Executor:
    """Return the quickest way for so many documents, or what the user asked for: a scheduler, a number of processes.

    `cost` is how many times as long as checking it the work on a document takes.
    """
    if scheduler:
        from planctl.work.cluster import Cluster  # noqa: PLC0415  # a build of one document waits for none of it

        return Cluster(scheduler, tell=tell, insecure=insecure)
    if jobs is None:
        pays = documents > 1 and documents * cost >= PAYS_FROM[way_of_starting()]
        jobs = processors() if pays else 1
    if jobs == 1:
        return InTurn()
    from planctl.work.processes import Processes  # noqa: PLC0415  # likewise

    return Processes(min(jobs, most_processes()), tell=tell)


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


def documents_in_a_task(documents: int, *, jobs: int | None, scheduler: str = "") -> int:
    """Return how many documents make a task: few enough that all processes have some, and not too many for memory.

    How many workers a scheduler has may change at any time; it is given tasks that are worth their way.
    """
    if scheduler:
        return max(FEWEST_TO_SEND, min(MOST_IN_A_TASK, documents // TASKS_TO_SEND))
    tasks = (jobs or processors()) * TASKS_FOR_EACH
    return max(1, min(MOST_IN_A_TASK, -(-documents // tasks)))
