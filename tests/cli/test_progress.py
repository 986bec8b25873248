from __future__ import annotations

import io
import re
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from planctl import words
from planctl.cli import building, console, progress
from planctl.cli.progress import shown_progress, told
from running import GOVERNOR, OFFICE, Ran, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    screen = Terminal()
    monkeypatch.setattr(console, "stderr", lambda: screen)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(progress, "SECONDS_BETWEEN", 0)
    return screen


def plain(screen: Terminal) -> str:
    """Return what was drawn, without colours."""
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", screen.getvalue())


@pytest.mark.parametrize(
    ("done", "speed", "words_shown"),
    [
        (0, None, "0 of 3300"),
        (120, 25.04, "120 of 3300, 25 a second, 2:07 left"),
        (120, 0.5, "120 of 3300, 0.5 a second, 1:46:00 left"),
        (3299, 25.04, "3299 of 3300, 25 a second, 0:00 left"),
        (3300, 25.04, "3300 of 3300, 25 a second, 0:00 left"),
    ],
)
def test_what_is_done_how_quickly_and_how_long_it_takes(done: int, speed: float | None, words_shown: str) -> None:
    assert told(done, 3300, speed=speed) == words_shown


def test_nothing_is_told_before_the_whole_is_known() -> None:
    assert told(0, None, speed=None) == ""


def test_a_terminal_shows_it_without_a_thread(terminal: Terminal) -> None:
    threads = threading.active_count()

    with shown_progress() as show:
        show(0, 300)
        show(30, 300)
        during = threading.active_count()
        show(300, 300)

    assert during == threads
    assert "building" in plain(terminal)
    assert "30 of 300" in plain(terminal)
    assert max(map(len, re.split(r"[\r\n]", plain(terminal)))) <= 80


def test_it_is_told_in_mongolian_too(terminal: Terminal) -> None:
    words.use("mn")

    with shown_progress() as show:
        show(3_000, 330_000)

    assert "330" in plain(terminal)
    assert max(map(len, re.split(r"[\r\n]", plain(terminal)))) <= 80


def test_a_line_that_is_said_meanwhile_stands_above_the_bar(terminal: Terminal) -> None:
    with shown_progress() as show:
        show(30, 300)
        sys.stderr.write("a process ended\n")
        show(60, 300)

    assert "a process ended\n" in plain(terminal)


def test_a_pipe_is_shown_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = io.StringIO()
    monkeypatch.setattr(console, "stderr", lambda: pipe)

    with shown_progress() as show:
        show(300, 300)

    assert pipe.getvalue() == ""


def test_a_build_counts_plans_and_not_the_sets_of_files_that_hang_together(
    planctl: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    below = GOVERNOR["plans/governor.yaml"].replace("id: governor\n", "id: governor\nabove: council\n")
    write(tmp_path, OFFICE, GOVERNOR, {"plans/governor.yaml": below})
    shown: list[tuple[int, int]] = []

    @contextmanager
    def noted() -> Iterator[Callable[[int, int], None]]:
        yield lambda done, whole: shown.append((done, whole))

    monkeypatch.setattr(building, "shown_progress", noted)

    planctl("build", "--format", "html", "--jobs", "1", cwd=tmp_path)

    assert shown == [(2, 2), (0, 2), (2, 2)]
