"""Tasks carried out on many machines by Dask: a scheduler, which this process calls, and workers, which call it.

In: tasks, of which no more are on their way than keep the workers busy. Out: the bytes that one process would have
made, as every worker has the same planctl, Python and libraries, which is looked at before a task is sent. Whoever
listens on the way could read the plans, and whoever reaches a scheduler can have its workers do anything: so nothing is
sent unless it stays on this machine or goes through TLS, whose certificates are those of Dask's own configuration.
Workers are trusted: Dask unpickles what they answer, so that whoever runs one can do anything here too.
"""

from __future__ import annotations

import ipaddress
import logging
import pkgutil
import threading
import warnings
from concurrent.futures import FIRST_COMPLETED, CancelledError, wait
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from planctl import __version__, words
from planctl.errors import PlanctlError
from planctl.render import FORMATS
from planctl.versions import OWN, OWN_FILES, of_format, of_reading, own_content
from planctl.words import _, said
from planctl.work import Task, carried_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from concurrent.futures import Future

    from planctl.words import Language

SECONDS_TO_CONNECT = 10
SECONDS_WITHOUT_WORKERS = 30
"""How long the scheduler may be without workers before the work is given up: one that restarts needs a few."""

TASKS_FOR_EACH = 2
"""One in hand, and one that is there when it is through."""

MOST_NAMED = 5
_SCHEMES = ("tcp", "tls")


class Cluster:
    """Carries tasks out on the workers of a Dask scheduler; `tell` is told of workers that are lost.

    `address` is `tls://HOST:PORT`, or `tcp://HOST:PORT` on this machine. With `insecure` an address that is neither is
    told of instead of refused.
    """

    def __init__(self, address: str, *, tell: Callable[[PlanctlError], None], insecure: bool = False) -> None:
        self._address = _scheduler_address(address)
        self._tell = tell
        self._insecure = insecure

    def results(self, tasks: Iterable[Task], done: Callable[[int], None]) -> Iterator[tuple[int, bytes]]:
        """Yield each result as it comes.

        PlanctlError where the scheduler is not there, is lost or has no workers, where a worker is not like this
        process, and for a task that Dask gives up because too many workers died over it.
        """
        self._refuse_open_ways([self._address])
        with _connected(self._address) as client:
            self._refuse_open_ways(_workers(client, self._address))
            _refuse_others(client)
            yield from self._results(_Sent(client), tasks, done)

    def _results(self, sent: _Sent, tasks: Iterable[Task], done: Callable[[int], None]) -> Iterator[tuple[int, bytes]]:
        waiting = enumerate(tasks)
        finished: list[tuple[int, Task, bytes]] = []
        while True:
            for lost in sent.lost_workers():
                self._tell(
                    PlanctlError(_("the worker {worker} is gone; what it had in hand is done again"), worker=lost)
                )
            while sent.has_room and (pair := next(waiting, None)):
                sent.send(*pair)
            for place, task, result in finished:
                yield place, result
                done(task.documents)
            if not sent.is_on_its_way:
                return
            finished = sent.finished()

    def _refuse_open_ways(self, addresses: Iterable[str]) -> None:
        """Refuse what goes over a network as anybody can read it, or tell of it where that was asked for."""
        exposed = [address for address in addresses if _is_open(address)]
        if exposed and not self._insecure:
            raise PlanctlError(
                _(
                    "{addresses}: not encrypted; plans are sent through tls://, or with `--insecure` in a network"
                    " of one's own"
                ),
                addresses=_named(exposed),
            )
        if exposed:
            self._tell(
                PlanctlError(
                    _("{addresses}: not encrypted; whoever is in that network can read the plans"),
                    addresses=_named(exposed),
                )
            )


# Addresses


def _scheduler_address(text: str) -> str:
    """Return the address of a scheduler, whose scheme may be left out; PlanctlError where it is none."""
    address = text if "://" in text else f"tcp://{text}"
    try:
        parts = urlsplit(address)
        is_one = parts.scheme in _SCHEMES and bool(parts.hostname) and parts.port is not None
    except ValueError:
        is_one = False
    if not is_one or parts.path or parts.query or parts.username is not None:
        raise PlanctlError(_("“{address}” is not a scheduler's address such as tls://host:8786"), address=text)
    return address


def _is_open(address: str) -> bool:
    """Tell whether what goes to an address can be read on its way."""
    parts = urlsplit(address)
    return parts.scheme != "tls" and not _is_here(parts.hostname or "")


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _named(names: Iterable[str]) -> str:
    """Return the first names of many."""
    told = sorted(names)
    return ", ".join(told[:MOST_NAMED]) + (" …" if len(told) > MOST_NAMED else "")


# The scheduler


@contextmanager
def _connected(address: str) -> Iterator[Any]:
    """Give a client of the scheduler, and end what it had asked for."""
    try:
        from distributed import Client, Security  # noqa: PLC0415  # only who wants a cluster waits for it
        from distributed.versions import VersionMismatchWarning  # noqa: PLC0415
    except ImportError as error:
        raise PlanctlError(
            _("a scheduler needs the library {library}, which is not here: install planctl with its extra “cluster”"),
            library=error.name or "distributed",
        ) from error
    for name in ("distributed", "distributed.client", "tornado", "tornado.application"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what there is to say is said in our words
    is_tls = address.startswith("tls:")
    try:
        security = Security(require_encryption=is_tls or None)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", VersionMismatchWarning)  # versions are looked at below
            client = Client(address, security=security, timeout=SECONDS_TO_CONNECT, set_as_default=False)
    except (OSError, TypeError, ValueError, RuntimeError) as error:
        raise _not_connected(address, error) from error
    try:
        yield client
    finally:
        client.close(timeout=SECONDS_TO_CONNECT)


def _not_connected(address: str, error: Exception) -> PlanctlError:
    if address.startswith("tls:") and (isinstance(error, TypeError) or "TLS" in str(error)):
        return PlanctlError(
            _("{address} needs certificates: name them under distributed.comm.tls in Dask's configuration"),
            address=address,
        )
    return PlanctlError(_("no scheduler answers at {address}: {problem}"), address=address, problem=_first_line(error))


def _first_line(error: BaseException) -> str:
    """Return what the first of the errors that led to this one says."""
    causes = [error]
    while cause := causes[-1].__cause__:
        causes.append(cause)
    told = (str(getattr(cause, "strerror", None) or cause).strip() for cause in reversed(causes))
    return next((text.split("\n", 1)[0] for text in told if text), type(error).__name__)


def _workers(client: Any, address: str) -> tuple[str, ...]:
    """Return the addresses of the workers; PlanctlError where none comes."""
    try:
        client.wait_for_workers(1, timeout=SECONDS_TO_CONNECT)
    except OSError as error:
        raise PlanctlError(_("the scheduler at {address} has no workers"), address=address) from error
    return tuple(client.nthreads())


# Versions


@cache
def versions() -> Mapping[str, str]:
    """Return what must be the same wherever a task is carried out, as it shapes the results."""
    of_formats = {name: told for one in FORMATS for name, told in of_format(one).items()}
    of_planctl = {OWN: __version__, OWN_FILES: own_content()}
    return {**of_reading(), **of_formats, **of_planctl, "distributed": version("distributed")}


def _refuse_others(client: Any) -> None:
    """Refuse workers, and a scheduler, that are not like this process; PlanctlError names them and what is different.

    The first question is one that also a process without planctl understands.
    """
    have = _answers(client, pkgutil.resolve_name, "planctl:__version__")
    try:
        have["scheduler"] = client.run_on_scheduler(pkgutil.resolve_name, "planctl:__version__")
    except ImportError as error:
        have["scheduler"] = error
    if lacking := [where for where, told in have.items() if isinstance(told, ImportError)]:
        raise PlanctlError(_("planctl is not installed where these run: {workers}"), workers=_named(lacking))
    ours = versions()
    if others := {where: told for where, told in have.items() if told != ours["planctl"]}:
        told_apart = {
            where: told if isinstance(told, Exception) else {"planctl": told} for where, told in others.items()
        }
        raise _other_versions(told_apart)
    theirs = _answers(client, versions)
    if others := {where: told for where, told in theirs.items() if told != ours}:
        raise _other_versions(others)


def _answers(client: Any, function: Callable[..., Any], *arguments: Any) -> dict[str, Any]:
    """Return what the workers answer, or the error that it came to; one that has just gone is left out."""
    answers = client.run(function, *arguments, on_error="return")
    return {where: told for where, told in answers.items() if not isinstance(told, OSError)}


def _other_versions(others: Mapping[str, Mapping[str, str] | Exception]) -> PlanctlError:
    told = [f"{where}: {_difference(versions(), theirs)}" for where, theirs in others.items()]
    return PlanctlError(_("other versions than here, which could give other results: {others}"), others=_named(told))


def _difference(ours: Mapping[str, str], theirs: Mapping[str, str] | Exception) -> str:
    """Return `lxml 5.3.0 (6.1.3)`: what is there, and what is here."""
    if isinstance(theirs, Exception):
        return _first_line(theirs)
    others = {name: told for name, told in theirs.items() if told != ours.get(name)}
    own_files = said(_("planctl's files"))
    names = {name: own_files if name == OWN_FILES else name for name in others}
    return ", ".join(f"{names[name]} {told} ({ours.get(name)})" for name, told in others.items())


# What is on its way


class _Sent:
    """The tasks that were sent and have not come back."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._executor = client.get_executor(pure=False)
        self._language: Language = "mn" if words.in_mongolian() else "en"
        self._tasks: dict[Future[bytes], tuple[int, Task]] = {}
        self._workers = frozenset(client.nthreads())
        self._seconds_alone = 0

    @property
    def has_room(self) -> bool:
        """Whether the workers could do with another one."""
        return len(self._tasks) < TASKS_FOR_EACH * max(1, len(self._workers))

    @property
    def is_on_its_way(self) -> bool:
        """Whether anything has not come back."""
        return bool(self._tasks)

    def lost_workers(self) -> tuple[str, ...]:
        """Look who is there now, and return those who have gone since."""
        before, self._workers = self._workers, frozenset(self._ask_for_workers())
        return tuple(sorted(before - self._workers))

    def send(self, place: int, task: Task) -> None:
        """Send a task."""
        with warnings.catch_warnings():
            # Dask would have large content laid on a worker first, which is lost when that worker dies.
            warnings.filterwarnings("ignore", message="Sending large graph")
            future = self._executor.submit(_carried_out_there, task, self._language, dict(versions()))
        self._tasks[future] = place, task

    def finished(self) -> list[tuple[int, Task, bytes]]:
        """Wait until something has come back or a second is over, and return what has."""
        done, _others = wait(self._tasks, timeout=1, return_when=FIRST_COMPLETED)
        self._seconds_alone = 0 if done or self._workers else self._seconds_alone + 1
        if self._seconds_alone == SECONDS_WITHOUT_WORKERS:
            raise PlanctlError(_("all workers of the scheduler are gone, and none has come back"))
        return [(place, task, self._result(future, place, task)) for future, place, task in map(self._taken, done)]

    def _taken(self, future: Future[bytes]) -> tuple[Future[bytes], int, Task]:
        return future, *self._tasks.pop(future)

    def _result(self, future: Future[bytes], place: int, task: Task) -> bytes:
        from distributed.scheduler import KilledWorker  # noqa: PLC0415  # as above

        try:
            return future.result()
        except CancelledError as error:
            raise self._lost() from error
        except KilledWorker as error:
            raise PlanctlError(
                _("{task}: workers ended while they worked on it; they may have run out of memory"),
                task=task.called(place),
            ) from error

    def _ask_for_workers(self) -> Iterable[str]:
        try:
            return tuple(self._client.nthreads())
        except OSError as error:
            raise self._lost() from error

    def _lost(self) -> PlanctlError:
        return PlanctlError(_("the scheduler is gone; what was not written yet is not made"))


# On the worker

_ONE_AT_A_TIME = threading.Lock()


def _carried_out_there(task: Task, language: Language, like: Mapping[str, str]) -> bytes:
    """Return what a task comes to, on a worker; one after the other, as Dask's workers have several threads.

    Workers that came later are looked at here.
    """
    with _ONE_AT_A_TIME:
        if versions() != like:
            raise PlanctlError(
                _("other versions than here, which could give other results: {others}"),
                others=_difference(like, versions()),
            )
        words.use(language)
        return carried_out(task)
