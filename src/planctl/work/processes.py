"""Tasks carried out in several processes of this machine at once.

In: tasks, each taken when a process is free for it. Out: the bytes that one process would have made.

The standard library's own pool breaks as a whole when one of its processes dies, and nobody learns over which task. So
this is made of its pieces: a process and a pipe for each worker, and one task at a time in the hands of each, which is
done again when its worker is gone. No thread runs here, as a process that has several cannot be forked safely.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import traceback
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from multiprocessing import connection
from typing import TYPE_CHECKING, TypeAlias

from planctl import words
from planctl.errors import PlanctlError, problem_of
from planctl.words import _
from planctl.work import Task, carried_out, prepared
from planctl.work.way import way_of_starting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkContext, SpawnContext
    from multiprocessing.process import BaseProcess

    from planctl.words import Language
    from planctl.work.way import Way

TRIES = 3
"""How many workers may die over one task; what ends three of them would end every other one too."""


class Processes:
    """Carries tasks out in so many processes; `tell` is told of each that died and of what is done again for it."""

    def __init__(self, workers: int, *, tell: Callable[[PlanctlError], None], way: Way | None = None) -> None:
        self._workers = workers
        self._tell = tell
        self._way: Way | None = way

    def results(self, tasks: Iterable[Task], done: Callable[[int], None]) -> Iterator[tuple[int, bytes]]:
        """Yield each result as it comes. PlanctlError for a task over which three workers died."""
        waiting = _Waiting(tasks)
        crew = _Crew(self._workers, self._way)
        finished: list[tuple[_Order, bytes]] = []
        try:
            while True:
                # Before anything is handed out of here, so that nobody waits while it is written.
                while crew.has_room and (order := waiting.next()):
                    crew.begin(order)
                for order, result in finished:
                    yield order.place, result
                    done(order.task.documents)
                if not crew.is_busy:
                    return
                finished = list(self._finished(crew, waiting))
        finally:
            crew.end()

    def _finished(self, crew: _Crew, waiting: _Waiting) -> Iterator[tuple[_Order, bytes]]:
        for order, outcome in crew.outcomes():
            match outcome:
                case _Done():
                    yield order, outcome.result
                case _Failed():
                    raise outcome.error
                case _Lost():
                    self._tell(waiting.again(order, outcome))


# Who has what to do


@dataclass(frozen=True, slots=True)
class _Order:
    """A task with its place, and how many workers have died over it."""

    place: int
    task: Task
    lost: int = 0

    @property
    def name(self) -> str:
        """What people know it by."""
        return self.task.called(self.place)


@dataclass(frozen=True, slots=True)
class _Done:
    result: bytes


@dataclass(frozen=True, slots=True)
class _Failed:
    error: Exception


@dataclass(frozen=True, slots=True)
class _Lost:
    """A worker died; `why` is the signal or the code that it ended with."""

    why: str


_Outcome: TypeAlias = _Done | _Failed | _Lost


class _Waiting:
    """What nobody has in hand yet: first what is to be done again, then the tasks that have not been looked at."""

    def __init__(self, tasks: Iterable[Task]) -> None:
        self._orders = (_Order(place, task) for place, task in enumerate(tasks))
        self._again: list[_Order] = []

    def next(self) -> _Order | None:
        """Return the next, or None where nothing is left."""
        return self._again.pop() if self._again else next(self._orders, None)

    def again(self, order: _Order, lost: _Lost) -> PlanctlError:
        """Put an order back and return what there is to tell; PlanctlError where it has been tried often enough."""
        lost_before = order.lost + 1
        if lost_before == TRIES:
            raise PlanctlError(
                _("{task}: {times} processes ended while they worked on it ({why}); they may have run out of memory"),
                task=order.name,
                times=TRIES,
                why=lost.why,
            )
        self._again.append(replace(order, lost=lost_before))
        return PlanctlError(
            _("a process ended while it worked on {task} ({why}); that is done again"), task=order.name, why=lost.why
        )


@dataclass(frozen=True, slots=True)
class _Worker:
    process: BaseProcess
    end: Connection

    def dismissed(self) -> str:
        """End the process, if it has not ended by itself, and return what it ended with."""
        self.end.close()
        self.process.kill()
        self.process.join()
        code = self.process.exitcode or 0
        self.process.close()
        return _ended_with(code)


def _ended_with(code: int) -> str:
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"exit {code}"


class _Crew:
    """The workers: at most so many, each begun when there is something for it to do."""

    def __init__(self, size: int, way: Way | None) -> None:
        self._size = size
        self._way = way
        self._idle: list[_Worker] = []
        self._busy: dict[Connection, tuple[_Worker, _Order]] = {}

    @property
    def has_room(self) -> bool:
        """Whether another order can be begun."""
        return len(self._busy) < self._size

    @property
    def is_busy(self) -> bool:
        """Whether anything is being worked on."""
        return bool(self._busy)

    def begin(self, order: _Order) -> None:
        """Give an order to somebody who has nothing to do."""
        worker = self._idle.pop() if self._idle else self._hired(order.task)
        self._busy[worker.end] = worker, order
        try:
            worker.end.send(order.task)
        except OSError:
            return  # it has died in the meantime, which is seen when its outcome is asked for

    def outcomes(self) -> Iterator[tuple[_Order, _Outcome]]:
        """Wait until somebody is through, and yield what came of it."""
        ready = connection.wait(list(self._busy))
        for end in [end for end in self._busy if end in ready]:
            worker, order = self._busy.pop(end)
            try:
                outcome: _Outcome = end.recv()
            except (EOFError, OSError):
                outcome = _Lost(worker.dismissed())
            else:
                self._idle.append(worker)
            yield order, outcome

    def end(self) -> None:
        """End all at once: they only compute, so that nothing is left half-done."""
        everyone = [*self._idle, *(worker for worker, _order in self._busy.values())]
        self._idle.clear()
        self._busy.clear()
        for worker in everyone:
            worker.process.kill()
        for worker in everyone:
            worker.dismissed()

    def _hired(self, task: Task) -> _Worker:
        """Begin a process; all that it will need is imported first, where it begins as a copy."""
        way = self._way or way_of_starting()
        if way == "fork":
            prepared(task)
        context: ForkContext | SpawnContext
        context = multiprocessing.get_context("fork") if way == "fork" else multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, "mn" if words.in_mongolian() else "en", way), daemon=True)
        try:
            with _interrupts_held():
                process.start()
        except OSError as error:
            ours.close()
            raise PlanctlError(
                _("no further process can be started: {problem}; `--jobs 1` does without"),
                problem=problem_of(error),
            ) from error
        finally:
            theirs.close()
        return _Worker(process, ours)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Keep Ctrl-C waiting, so that a process that begins meanwhile can decide first what it does about that."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# In the other process


def _work(end: Connection, language: Language, way: Way) -> None:
    """Carry out what comes, until nothing more can come."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it reaches the parent too, which ends us
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    threading.Thread(target=_end_with_parent, daemon=True).start()
    words.use(language)
    if way == "fork":
        gc.freeze()  # what is never looked through need not be copied
    with suppress(EOFError, OSError):
        while True:
            end.send(_outcome(end.recv()))


def _end_with_parent() -> None:
    """End as soon as the process that began this one has ended, however it ended and whatever is being done here."""
    if parent := multiprocessing.parent_process():
        connection.wait([parent.sentinel])
        os._exit(1)


def _outcome(task: Task) -> _Done | _Failed:
    try:
        return _Done(carried_out(task))
    except PlanctlError as error:
        return _Failed(error)
    except Exception as error:  # noqa: BLE001  # it is raised again where the result is asked for
        return _Failed(_portable(error))


def _portable(error: Exception) -> Exception:
    """Return the error as it can be handed to another process, with the lines of the program that led to it."""
    lines = "".join(traceback.format_exception(error))
    try:
        copy: object = pickle.loads(pickle.dumps(error))  # noqa: S301  # what was just written
    except Exception:  # noqa: BLE001  # whatever a library's own exception does
        copy = None
    portable = copy if isinstance(copy, Exception) else RuntimeError(f"{type(error).__qualname__}: {error}")
    portable.add_note(f"in another process:\n{lines}")
    return portable
