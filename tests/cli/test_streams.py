"""Readers that go away, disks that are full, and Ctrl-C: one line at most, and never a traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from planctl import pipeline
from planctl.jobs import read
from running import OFFICE, Ran, surroundings, write

if TYPE_CHECKING:
    from collections.abc import Callable

FULL = Path("/dev/full")


WRONG = {"plans/council.2023.yaml": OFFICE["plans/council.2023.yaml"].replace("self: 70", "self: 71")}


def unread(*command: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    """Run planctl with both streams going into a pipe whose reader has left."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        return subprocess.run(
            [sys.executable, "-m", "planctl", *command],
            cwd=cwd,
            env=surroundings(),
            stdout=writer,
            stderr=writer,
            check=False,
        )
    finally:
        os.close(writer)


@pytest.mark.parametrize("command", ["score", "score --format json", "explain council", "doctor", "check", "--version"])
def test_a_reader_that_has_left_is_no_failure(tmp_path: Path, command: str) -> None:
    write(tmp_path, OFFICE)
    reader, writer = os.pipe()
    os.close(reader)
    try:
        told = subprocess.run(
            [sys.executable, "-m", "planctl", *command.split()],
            cwd=tmp_path,
            env=surroundings(),
            stdout=writer,
            stderr=subprocess.PIPE,
            check=False,
        )
    finally:
        os.close(writer)

    assert told.returncode == 0
    assert b"Traceback" not in told.stderr
    assert b"Broken pipe" not in told.stderr


@pytest.mark.parametrize(
    ("command", "code"), [("check", 1), ("score", 0), ("build", 1), ("build --out planctl.yaml", 2)]
)
def test_the_exit_code_is_the_true_one_when_all_readers_have_left(tmp_path: Path, command: str, code: int) -> None:
    write(tmp_path, OFFICE, WRONG if code == 1 else {})

    assert unread(*command.split(), cwd=tmp_path).returncode == code


def test_a_build_goes_on_when_its_reader_has_left(tmp_path: Path) -> None:
    write(tmp_path, OFFICE)

    unread("build", cwd=tmp_path)

    assert (tmp_path / "build/manifest.json").is_file()


def test_a_text_for_git_that_nobody_takes_is_no_success(tmp_path: Path) -> None:
    write(tmp_path, OFFICE)

    assert unread("git-text", "planctl.yaml", cwd=tmp_path).returncode == 141


@pytest.mark.skipif(not FULL.exists(), reason="/dev/full is missing")
@pytest.mark.parametrize(
    "command", ["score", "score --format csv", "check --format json", "doctor", "explain council", "--version"]
)
def test_results_that_cannot_be_written_are_no_success(tmp_path: Path, command: str) -> None:
    write(tmp_path, OFFICE)
    with FULL.open("wb") as full:
        told = subprocess.run(
            [sys.executable, "-m", "planctl", *command.split()],
            cwd=tmp_path,
            env=surroundings(),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )

    assert told.returncode == 2
    assert told.stderr.decode().splitlines()[-1] == "planctl: No space left on device"
    assert b"Traceback" not in told.stderr


@pytest.mark.parametrize("command", ["check", "score", "build", "actuals new council --period 2024"])
def test_ctrl_c_ends_with_130_and_no_traceback(
    planctl: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    write(tmp_path, OFFICE)

    def interrupted(_root: Path, *, today: object = None) -> None:  # noqa: ARG001  # the name is the pipeline's
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "load", interrupted)
    monkeypatch.setattr(pipeline, "load_for_errors", interrupted)
    monkeypatch.setattr(read, "load", interrupted)

    assert planctl(*command.split(), cwd=tmp_path) == Ran(130, "", "")


SLOW_BUILD = """
import signal, sys, time
from planctl import __main__, pipeline
signal.signal(signal.SIGINT, signal.default_int_handler)
def load(root, *, today=None):
    print("loading", file=sys.stderr, flush=True)
    time.sleep(60)
pipeline.load = load
sys.exit(__main__.run(["build"]))
"""


def test_the_signal_of_ctrl_c_ends_a_running_build_with_130(tmp_path: Path) -> None:
    write(tmp_path, OFFICE)
    command = [sys.executable, "-c", SLOW_BUILD]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as build:
        assert build.stderr
        assert build.stderr.readline().decode().strip() == "loading"
        build.send_signal(signal.SIGINT)
        out, err = build.communicate(timeout=60)

    assert (build.returncode, out, err) == (130, b"", b"")


def test_a_mistake_of_planctl_itself_is_told_as_such(
    planctl: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, OFFICE)

    def broken(_root: Path) -> None:
        raise AssertionError("not as we thought")

    monkeypatch.setattr(pipeline, "load", broken)

    told = planctl("check", cwd=tmp_path)

    assert (told.code, told.out) == (3, "")
    assert told.err.splitlines()[0] == "Traceback (most recent call last):"
    assert told.err.splitlines()[-1].startswith("planctl: this is a mistake in planctl itself")
