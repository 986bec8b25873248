"""Processes of planctl without the time that starting Python takes: forks of one that has imported everything.

A fork is a process of its own: it can run out of memory, crash or be ended without harm to the tests, and has its own
folder, environment, streams and language. What Python itself reads of the environment as it starts is not read anew,
but for PYTHONIOENCODING. Run as a program it waits for orders in JSON, a line of its input each, or through a socket.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import socket
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


def program(folder: Path) -> Path:
    """Write a program `planctl` into a folder, which runs planctl in a fork, for those who look for it on their path.

    It hands over its arguments, its environment and its streams, and ends as the fork does.
    """
    path = folder / "planctl"
    if not CAN_FORK:
        path.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m planctl "$@"\n', encoding="utf-8")
    else:
        path.write_text(_CLIENT.format(python=sys.executable, socket=_socket(os.getpid())), encoding="utf-8")
    path.chmod(0o755)
    return path


_CLIENT = """\
#!{python} -ISE
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as server:
    server.connect({socket!r})
    order = {{"arguments": sys.argv[1:], "cwd": os.getcwd(), "env": dict(os.environ), "memory": None}}
    socket.send_fds(server, [b"!"], [0, 1, 2])
    server.sendall(json.dumps(order).encode())
    server.shutdown(socket.SHUT_WR)
    sys.exit(int(server.recv(16) or {never}))
""".replace("{never}", str(NEVER_BEGAN))


@cache
def _socket(_owner: int) -> str:
    """Start the one that is forked for programs, and return where it listens."""
    place = str(Path(mkdtemp(prefix="planctl-")) / "socket")
    server = subprocess.Popen([sys.executable, __file__, place], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    _listening.append(server)
    assert server.stdout is not None
    server.stdout.readline()
    return place


_listening: list[subprocess.Popen[bytes]] = []
"""Kept, as a server ends when its input does."""


@cache
def _server(_owner: int) -> tuple[subprocess.Popen[bytes], Path]:
    """Start the one that is forked; it ends with its input, that is with the tests."""
    command = [sys.executable, __file__]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE), Path(mkdtemp(prefix="planctl-"))


def _prepare() -> None:
    """Import everything that a command may need."""
    for library in LIBRARIES:
        import_module(library)
    for module in walk_packages(planctl.__path__, "planctl."):
        import_module(module.name)
    gc.freeze()  # what is never collected need not be copied for a fork


def _serve() -> None:
    """Carry out the orders of the input, each with its output in the files that it names."""
    for line in sys.stdin.buffer:
        order = json.loads(line)
        files = [os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC) for path in order["streams"]]
        streams = [os.open(os.devnull, os.O_RDONLY), *files]
        os.write(1, b"%d\n" % _exit_code(order, streams))


def _listen(place: str) -> None:
    """Carry out the orders that come with streams of their own through a socket, until the input ends."""
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(place)
        listening.listen()
        os.write(1, b"\n")
        while listening in select.select([listening, sys.stdin], [], [])[0]:
            asking, _address = listening.accept()
            with asking:
                _sign, streams, *_rest = socket.recv_fds(asking, 1, 3)
                order = json.loads(b"".join(iter(lambda: asking.recv(65536), b"")))  # noqa: B023  # read at once
                asking.sendall(b"%d" % (_exit_code(order, streams) % 256))


def _exit_code(order: Mapping[str, Any], streams: Sequence[int]) -> int:
    """Fork, wait for the fork, and close its streams here."""
    if not (child := os.fork()):
        try:
            _carry_out(order, streams)
        finally:
            os._exit(NEVER_BEGAN)
    for stream in streams:
        os.close(stream)
    _child, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _carry_out(order: Mapping[str, Any], streams: Sequence[int]) -> None:
    """Become the process that was ordered, and end with its exit code."""
    import resource  # noqa: PLC0415  # not on every system

    signal.alarm(SECONDS)
    for at, stream in enumerate(streams):
        os.dup2(stream, at)
    os.chdir(order["cwd"])
    os.environ.clear()
    os.environ.update(order["env"])
    encoding = order["env"].get("PYTHONIOENCODING") or sys.stdout.encoding
    sys.stdout = os.fdopen(1, "w", encoding=encoding)
    sys.stderr = os.fdopen(2, "w", encoding=encoding, errors="backslashreplace", buffering=1)
    if order["memory"]:
        resource.setrlimit(resource.RLIMIT_AS, (order["memory"], order["memory"]))
    sys.argv[:] = ["planctl", *order["arguments"]]
    code = run(order["arguments"])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    _prepare()
    if len(sys.argv) > 1:
        _listen(sys.argv[1])
    else:
        _serve()
