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
    options: tuple[str, ...] = ()
    address: str = ""
    scheduler: subprocess.Popen[bytes] | None = None
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def begin(self, protocol: str) -> None:
        """Start the scheduler and wait until it says where it listens."""
        told = self.folder / "scheduler.json"
        self.scheduler = self._started(
            "dask_scheduler",
            *("--protocol", protocol, "--host", "127.0.0.1", "--port", "0"),
            *("--no-dashboard", "--dashboard-address", ":0", "--scheduler-file", str(told)),
        )
        wait_until(lambda: told.exists() and told.read_bytes().rstrip().endswith(b"}"), "no scheduler")
        self.address = json.loads(told.read_bytes())["address"]

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
        these = Machines(folder, stack, options)
        these.begin(protocol)
        for _number in range(workers):
            these.add_worker()
        yield these


def wait_until(is_so: Callable[[], bool], why: str) -> None:
    """Wait until something is so; fail after a minute."""
    end = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < end, why
        time.sleep(0.05)
