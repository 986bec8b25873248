"""Schedulers and workers of Dask on this machine, each a process of its own that ends with the test that started it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SECONDS = 60
HERE = Path(__file__).parent


@dataclass(slots=True)
class Machines:
    """A scheduler and its workers; `folder` is for what they write, `options` are of all of them."""

    folder: Path
    stack: ExitStack
    protocol: str = "tcp"
    options: tuple[str, ...] = ()
    address: str = ""
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    _scheduler: subprocess.Popen[bytes] | None = None

    def have(self, workers: int) -> None:
        """See to it that the scheduler and so many workers have begun, whatever has become of them."""
        if self._scheduler is None or self._scheduler.poll() is not None:
            self._end_workers(len(self.workers))
            self._begin()
        self.workers = [worker for worker in self.workers if worker.poll() is None]
        self._end_workers(len(self.workers) - workers)
        for _missing in range(workers - len(self.workers)):
            self.add_worker()

    def end_scheduler(self) -> None:
        """Kill the scheduler."""
        assert self._scheduler is not None
        _end(self._scheduler)

    def add_worker(self, preload: str = "odd_jobs") -> subprocess.Popen[bytes]:
        """Start a worker, with nobody that would start it again."""
        worker = self._started(
            "dask_worker",
            self.address,
            *("--host", "127.0.0.1", "--nthreads", "2", "--no-nanny", "--no-dashboard"),
            *("--local-directory", str(self.folder), "--preload", preload),
        )
        self.workers.append(worker)
        return worker

    def _end_workers(self, number: int) -> None:
        for _one in range(number):
            _end(self.workers.pop())

    def _begin(self) -> None:
        told = self.folder / "scheduler.json"
        told.unlink(missing_ok=True)
        self._scheduler = self._started(
            "dask_scheduler",
            *("--protocol", self.protocol, "--host", "127.0.0.1", "--port", "0"),
            *("--no-dashboard", "--dashboard-address", ":0", "--scheduler-file", str(told)),
        )
        wait_until(lambda: told.exists() and told.read_bytes().rstrip().endswith(b"}"), "no scheduler")
        self.address = json.loads(told.read_bytes())["address"]

    def _started(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        log = self.stack.enter_context((self.folder / f"{program}.log").open("ab"))
        path = os.pathsep.join([str(HERE), str(HERE.parent), *sys.path])
        allowed = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
        process = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{program}", *arguments, *self.options],
            env={**os.environ, "PYTHONPATH": path, "DASK_CONFIG": str(self.folder), **allowed},
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        self.stack.callback(_end, process)
        return process


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()


@contextmanager
def machines(folder: Path, *, workers: int, protocol: str = "tcp", options: tuple[str, ...] = ()) -> Iterator[Machines]:
    """Give a scheduler, and workers that have begun to start."""
    with ExitStack() as stack:
        these = Machines(folder, stack, protocol, options)
        these.have(workers)
        yield these


def wait_until(is_so: Callable[[], bool], why: str) -> None:
    """Wait until something is so; fail after a minute."""
    end = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < end, why
        time.sleep(0.05)
