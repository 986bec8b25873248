"""The plainest way of carrying tasks out: one after the other, in this process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.work import Task, carried_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


class InTurn:
    """Carries each task out when its result is asked for."""

    def results(self, tasks: Iterable[Task], done: Callable[[int], None]) -> Iterator[tuple[int, bytes]]:
        """Yield the results in the order of the tasks."""
        for place, task in enumerate(tasks):
            yield place, carried_out(task)
            done(task.documents)
