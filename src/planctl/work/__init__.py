"""Work that can be carried out anywhere: in this process, in another one of this machine, or on another machine.

A task holds all that it needs as bytes and gives bytes back; what is done with them stands in the module of its job.
To add a job, write a module in `jobs/` with `carried_out(content: bytes) -> bytes` and add its line to JOBS. Where a
job imports libraries only as it needs them, the module may have `prepare(content: bytes) -> None`, which imports what
the content will need and does nothing else. To add a way of carrying tasks out, write an `Executor`.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

JOBS: Mapping[str, str] = MappingProxyType(
    {
        "build": "planctl.jobs.build",
        "numbers": "planctl.jobs.numbers",
        "read": "planctl.jobs.read",
    }
)
"""The jobs by name, each with the module that does it."""


@dataclass(frozen=True, slots=True)
class Task:
    """A piece of work that needs nothing but what it holds; `documents` is how much of the whole it is.

    `name` is what people know it by, such as the path of its first plan; it has no part in the result.
    """

    job: str
    content: bytes
    documents: int = 1
    name: str = ""

    def called(self, place: int) -> str:
        """Return what people know it by, if only that it is the so-and-so-many-th of its kind; `place` is from 0."""
        return self.name or f"{self.job} {place + 1}"


class Executor(Protocol):
    """A way of carrying tasks out: one after the other, in processes, or on other machines.

    All of them give the same bytes for the same task. What a task raises comes out of `results`.
    """

    def results(self, tasks: Iterable[Task], done: Callable[[int], None]) -> Iterator[tuple[int, bytes]]:
        """Yield each task's place and result as it comes; `done` is told the documents of each task that is through.

        A task is taken from `tasks` when somebody is free to carry it out, so that a generator of them keeps memory
        flat. When the iterator is closed or interrupted, nothing of the work goes on.
        """
        ...


def carried_out(task: Task) -> bytes:
    """Return what a task comes to; it may run in any process that has this version of planctl."""
    result: bytes = import_module(JOBS[task.job]).carried_out(task.content)
    return result


def prepared(task: Task) -> None:
    """Import what tasks like this one need, for the processes that are about to be forked from this one."""
    module = import_module(JOBS[task.job])
    if prepare := getattr(module, "prepare", None):
        prepare(task.content)
