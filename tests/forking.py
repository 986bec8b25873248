"""Processes of planctl without the time that starting Python takes: forks of one that has imported everything.

A fork is a process of its own: it can run out of memory, crash or be ended without harm to the tests, and has its own
folder, environment, streams and language. What Python itself reads of the environment as it starts is not read anew,
but for PYTHONIOENCODING. Run as a program, it reads an order (JSON) from each line of its input, and writes the exit
code of the process in a line for each.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

import planctl
from planctl.__main__ import run

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SECONDS = 120
NEVER_BEGAN = 99
CAN_FORK = hasattr(os, "fork")
LIBRARIES = ("docxtpl", "jinja2", "lxml.etree", "rich.console", "rich.table", "xlsxwriter", "ruamel.yaml")


def forked(
    arguments: Sequence[str], *, cwd: Path, env: Mapping[str, str], memory: int | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run planctl in a fork, with its output in files and nothing to read; `memory` bounds it, in bytes."""
    server, folder = _server(os.getpid())
    streams = [folder / "out", folder / "err"]
    order = {
        "arguments": list(arguments),
        "cwd": str(cwd),
        "env": dict(env),
        "streams": [str(path) for path in streams],
        "memory": memory,
    }
    assert server.stdin is not None
    assert server.stdout is not None
    server.stdin.write(json.dumps(order).encode() + b"\n")
    server.stdin.flush()
    code = int(server.stdout.readline())
    if code == -signal.SIGALRM:
        raise subprocess.TimeoutExpired(list(arguments), SECONDS)
    return subprocess.CompletedProcess(list(arguments), code, *(path.read_bytes() for path in streams))


@cache
def _server(_owner: int) -> tuple[subprocess.Popen[bytes], Path]:
    """Start the one that is forked; it ends with its input, that is with the tests."""
    command = [sys.executable, __file__]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE), Path(mkdtemp(prefix="planctl-"))


def _serve() -> None:
    for library in LIBRARIES:
        import_module(library)
    for module in walk_packages(planctl.__path__, "planctl."):
        import_module(module.name)
    gc.freeze()  # what is never collected need not be copied for a fork
    for line in sys.stdin.buffer:
        order = json.loads(line)
        if not (child := os.fork()):
            try:
                _carry_out(order)
            finally:
                os._exit(NEVER_BEGAN)
        _child, status = os.waitpid(child, 0)
        os.write(1, b"%d\n" % os.waitstatus_to_exitcode(status))


def _carry_out(order: Mapping[str, Any]) -> None:
    """Become the process that was ordered, and end with its exit code."""
    import resource  # noqa: PLC0415  # not on every system

    signal.alarm(SECONDS)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for at, path in enumerate(order["streams"], start=1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), at)
    os.chdir(order["cwd"])
    os.environ.clear()
    os.environ.update(order["env"])
    if encoding := order["env"].get("PYTHONIOENCODING"):
        sys.stdout.reconfigure(encoding=encoding)  # type: ignore[union-attr]  # a file, not a stand-in
        sys.stderr.reconfigure(encoding=encoding, errors="backslashreplace")  # type: ignore[union-attr]
    if order["memory"]:
        resource.setrlimit(resource.RLIMIT_AS, (order["memory"], order["memory"]))
    sys.argv[:] = ["planctl", *order["arguments"]]
    code = run(order["arguments"])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    _serve()
