"""From how many documents on processes are quicker than one: the same tasks of checking in turn and in a pool.

    python benchmarks/pool.py [--documents 2 10 30 100 300] [--rounds 7] [--processes 2] [--ways fork spawn]

A document is a plan of 60 rows with its actuals. Each way is a process of its own that has imported everything before
it is measured. What counts is how long one waits. On a machine that others use too the clock does not tell that, so the
ratios are of processor time: that of the first process, and the share of each of the others. `--clock` takes the clock.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import plans

from planctl.jobs import read
from planctl.parcels.claims import claims_of
from planctl.work import Task
from planctl.work.choice import documents_in_a_task, processors
from planctl.work.in_turn import InTurn
from planctl.work.packing import packed
from planctl.work.processes import Processes

if TYPE_CHECKING:
    from collections.abc import Iterable

ROWS = 60


def files_of(document: int) -> dict[str, str]:
    """Return the files of one document."""
    items = plans.clauses_of(document, ROWS)
    return {
        f"plans/{document:04d}.yaml": plans.plan_yaml(document, items),
        f"plans/{document:04d}.2023.yaml": plans.actuals_yaml(document, items),
    }


def content_of(documents: Iterable[int]) -> bytes:
    """Return what a task of reading documents holds, each of them a parcel."""
    parcels = [files_of(document) for document in documents]
    told = [
        {
            "paths": [*files],
            "claims": [claims_of(path, text).to_json() for path, text in files.items()],
            "findings": [],
            "known": {},
        }
        for files in parcels
    ]
    texts = {"planctl.yaml": plans.PROJECT, **{path: text for files in parcels for path, text in files.items()}}
    value = {"parcels": told, "shared": ["planctl.yaml"], "today": None}
    return packed(value, {path: text.encode() for path, text in texts.items()})


def tasks_of(documents: int, *, processes: int) -> list[Task]:
    """Return the tasks of checking so many documents."""
    size = documents_in_a_task(documents, jobs=processes)
    tasks: list[Task] = []
    for start in range(0, documents, size):
        numbers = range(start, min(documents, start + size))
        tasks.append(Task("read", content_of(numbers), len(numbers)))
    return tasks


def seconds(way: str, documents: int, *, processes: int, clock: bool) -> float:
    """Return how long one waits for the results where every process has a processor of its own."""
    tasks = tasks_of(documents, processes=processes)
    read.carried_out(content_of([0]))
    executor = (
        InTurn() if way == "in turn" else Processes(processes, tell=print, way="fork" if way == "fork" else "spawn")
    )
    start, own, others = time.perf_counter(), spent(resource.RUSAGE_SELF), spent(resource.RUSAGE_CHILDREN)
    for _place, _result in executor.results(tasks, lambda _documents: None):
        pass
    if clock:
        return time.perf_counter() - start
    own, others = spent(resource.RUSAGE_SELF) - own, spent(resource.RUSAGE_CHILDREN) - others
    return own + others / min(processes, len(tasks))


def spent(whose: int) -> float:
    """Return the processor time that this process, or those that it has ended, took so far."""
    usage = resource.getrusage(whose)
    return usage.ru_utime + usage.ru_stime


def in_a_process(way: str, documents: int, processes: int, *, clock: bool) -> float:
    """Return the seconds of one way, in a process of its own."""
    command = [sys.executable, __file__, "--only", way, "--documents", str(documents), "--processes", str(processes)]
    command += ["--clock"] * clock
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--documents", type=int, nargs="+", default=[2, 10, 30, 100, 300])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--processes", type=int, default=processors())
    parser.add_argument("--ways", nargs="+", choices=["fork", "spawn"], default=["fork", "spawn"])
    parser.add_argument("--clock", action="store_true")
    parser.add_argument("--only", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.only:
        print(seconds(arguments.only, arguments.documents[0], processes=arguments.processes, clock=arguments.clock))
        return
    ways = ["in turn", *arguments.ways]
    print(f"{arguments.processes} processes, {ROWS} rows in a document")
    for documents in arguments.documents:
        taken: dict[str, list[float]] = {way: [] for way in ways}
        for _round in range(arguments.rounds):
            for way in ways:
                taken[way].append(in_a_process(way, documents, arguments.processes, clock=arguments.clock))
        told = f"{documents:>5} documents   in turn {statistics.median(taken['in turn']) * 1000:7.0f} ms"
        for way in arguments.ways:
            pairs = zip(taken[way], taken["in turn"], strict=True)
            told += f"   {way} {statistics.median(mine / other for mine, other in pairs):5.2f} x"
        print(told, flush=True)


if __name__ == "__main__":
    main()
