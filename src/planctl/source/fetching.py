"""Revisions of other machines' repositories, fetched without their history and with nothing of them run."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import tempfile
from typing import TYPE_CHECKING

from planctl.errors import PlanctlError, problem_of
from planctl.source.git import Repository
from planctl.source.git_program import environment, first_line, program
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import BinaryIO

PROTOCOLS = ("https", "ssh", "file")
"""What is fetched from; git knows others, some of which run programs that the address names."""

LONGEST_FETCH_SECONDS = 120


def fetched(address: str, revision: str, into: Path) -> Repository:
    """Return a repository that holds a revision of an address, as it is there now, without its history.

    It is kept bare in the folder `into`, under the reference `reference_of` the revision. Nobody is asked for a
    password, nothing of what was fetched is run. PlanctlError with git's words where it cannot be had.
    """
    if not (into / "HEAD").is_file():
        into.mkdir(parents=True, exist_ok=True)
        Repository(into, elsewhere=True).run("init", "--quiet", "--bare", "--template=")
    unattended = {
        "GIT_ALLOW_PROTOCOL": ":".join(PROTOCOLS),
        "GIT_ASKPASS": "",
        "SSH_ASKPASS_REQUIRE": "never",
        "GCM_INTERACTIVE": "never",
        "GIT_SSH_COMMAND": os.environ.get("GIT_SSH_COMMAND", "ssh -oBatchMode=yes -oConnectTimeout=20"),
    }
    options = (f"core.hooksPath={os.devnull}", "gc.auto=0", "maintenance.auto=false")
    with tempfile.TemporaryFile() as told:  # not a pipe, which git's own children would keep open
        code = _waited(
            [
                *(program(), *(part for option in options for part in ("-c", option))),
                *("fetch", "--quiet", "--force", "--no-tags", "--no-recurse-submodules", "--depth=1"),
                *("--", address, f"{revision}:{reference_of(revision)}"),
            ],
            folder=into,
            env={**environment(elsewhere=True), **unattended},
            told=told,
        )
        told.seek(0)
        problem = told.read()
    if code is None:
        raise PlanctlError(_("{address} did not answer within {n} seconds"), address=address, n=LONGEST_FETCH_SECONDS)
    if code:
        raise PlanctlError(
            _("{revision} of {address}: {problem}"), revision=revision, address=address, problem=first_line(problem)
        )
    return Repository(into.resolve(), elsewhere=True)


def reference_of(revision: str) -> str:
    """Return the reference under which a fetched revision is kept."""
    return f"refs/planctl/{hashlib.sha256(revision.encode()).hexdigest()[:16]}"


def _waited(command: list[str], *, folder: Path, env: Mapping[str, str], told: BinaryIO) -> int | None:
    """Return how a program ended; one that takes too long is ended with all that it started, and comes to None."""
    alone = os.name == "posix"
    try:
        process = subprocess.Popen(  # noqa: S603  # git as found on the path
            command,
            cwd=folder,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=told,
            start_new_session=alone,
        )
    except OSError as error:
        raise PlanctlError(_("git cannot be run: {problem}"), problem=problem_of(error)) from error
    try:
        return process.wait(LONGEST_FETCH_SECONDS)
    except subprocess.TimeoutExpired:
        return None
    finally:
        if process.poll() is None:
            if alone:
                os.killpg(process.pid, signal.SIGKILL)
            process.kill()
            process.wait()
