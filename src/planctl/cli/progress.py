"""How far a long command is, on a terminal: what is done of the whole, how quickly, and how long it will still take.

In a pipe nothing is shown. The bar has no thread of its own, as processes may be copied from this one while it stands
(`work/processes.py`): it is drawn anew when something has been done.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from planctl.cli import console
from planctl.words import _, said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.progress import Progress, Task

SECONDS_BETWEEN = 0.1
_SLOW = 10
"""Below so many documents a second a decimal is worth showing."""


@contextmanager
def shown_progress(doing: str = _("building")) -> Iterator[Callable[[int, int], None]]:
    """Give a function that is told how many of how many documents are done; `doing` says what is going on."""
    if not console.stderr().isatty():
        yield lambda _done, _whole: None
        return
    with _bar() as bar:
        task = bar.add_task(said(doing), total=None)
        last = time.monotonic() - SECONDS_BETWEEN

        def show(done: int, whole: int) -> None:
            nonlocal last
            now = time.monotonic()
            is_time = now - last >= SECONDS_BETWEEN or done == whole
            last = now if is_time else last
            bar.update(task, completed=done, total=whole, refresh=is_time)

        yield show


def _bar() -> Progress:
    from rich.console import Console  # noqa: PLC0415  # only what is long pays for it
    from rich.progress import BarColumn, Progress, ProgressColumn, TextColumn  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    class Told(ProgressColumn):
        """Words about how far it is."""

        def render(self, task: Task) -> Text:
            return Text(told(task.completed, task.total, speed=task.finished_speed or task.speed), no_wrap=True)

    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=12),
        Told(),
        console=Console(file=console.stderr()),
        auto_refresh=False,
        transient=True,
    )


def told(done: float, whole: float | None, *, speed: float | None) -> str:
    """Return `120 of 3300, 25 a second, 2:07 left`; what cannot be known yet is left out."""
    if not whole:
        return ""
    parts = [said(_("{done} of {whole}"), {"done": int(done), "whole": int(whole)})]
    if speed and done:
        parts.append(said(_("{rate} a second"), {"rate": _rate(speed)}))
        parts.append(said(_("{time} left"), {"time": _clock((whole - done) / speed)}))
    return ", ".join(parts)


def _rate(speed: float) -> str:
    return f"{speed:.1f}" if speed < _SLOW else f"{speed:.0f}"


def _clock(seconds: float) -> str:
    """Return minutes and seconds, with hours where there are any."""
    return str(timedelta(seconds=round(seconds))).removeprefix("0:").removeprefix("0")
