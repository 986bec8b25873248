"""Jobs that no program needs: they die, fail, wait and tell, as their content says. A job for each name of ODD_JOBS."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from planctl import words, work
from planctl.errors import PlanctlError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Unportable(Exception):  # noqa: N818  # a kind that cannot be handed to another process
    def __init__(self, one: object, other: object) -> None:
        super().__init__(f"{one} {other}")
        self.lock = threading.Lock()


def _die(_asked: Any) -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def _die_once(asked: Any) -> bytes:
    """Die where nobody has before, by a file that stays."""
    if not Path(asked).exists():
        Path(asked).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return b"alive"


def _refuse(asked: Any) -> bytes:
    raise PlanctlError("no {what} here", what=asked)


def _break(asked: Any) -> bytes:
    raise OSError(28, "No space left on device", asked)


def _break_badly(asked: Any) -> bytes:
    raise Unportable(asked, "and more")


def _wait(asked: Any) -> bytes:
    """Leave a file that tells of the work, and wait for a minute."""
    Path(asked).touch()
    time.sleep(60)
    return b""


def _language(_asked: Any) -> bytes:
    return b"mn" if words.in_mongolian() else b"en"


def _echo(asked: Any) -> bytes:
    return str(asked).encode()


_JOBS: Mapping[str, Callable[[Any], bytes]] = {
    "die": _die,
    "die-once": _die_once,
    "refuse": _refuse,
    "break": _break,
    "break-badly": _break_badly,
    "wait": _wait,
    "language": _language,
    "echo": _echo,
}

JOB = "odd"


def carried_out(content: bytes) -> bytes:
    job, asked = json.loads(content)
    return _JOBS[job](asked)


def task(job: str, asked: object = None, *, name: str = "") -> work.Task:
    """Return a task of an odd job."""
    return work.Task(JOB, json.dumps([job, asked]).encode(), name=name)


def register() -> None:
    """Put the job on the list of this process, and of those that will be forked from it."""
    setattr(work, "JOBS", MappingProxyType({**work.JOBS, JOB: __name__}))  # noqa: B010  # Final for all others


def dask_setup(_worker: object) -> None:
    """Put the job on the list of a worker of Dask, which calls this as it starts."""
    register()
