"""The tasks of reading organisations: several small ones together, each by where it lies.

In: origins, periods and the day. Out: tasks, and the way back from what they come to. A task holds no files, so that
memory does not grow with them: it is for processes of this machine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planctl.work import Task
from planctl.work.packing import packed, unpacked

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from planctl.forms.period import Period
    from planctl.rollup.origins import Origin

JOB = "numbers"


def task_of(origins: Sequence[Origin], periods: Sequence[Period], today: date) -> Task:
    """Return the task of reading these organisations."""
    value = {
        "origins": [[one.folder, one.top, one.commit] for one in origins],
        "periods": [str(period) for period in periods],
        "today": today.isoformat(),
    }
    return Task(JOB, packed(value), documents=len(origins))


def results_in(content: bytes) -> list[dict[str, Any]]:
    """Return the results that a task came to, in the order of its organisations."""
    results: list[dict[str, Any]] = unpacked(content)[0]
    return results
