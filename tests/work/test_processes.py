from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import odd_jobs
import pytest
from odd_jobs import task

from planctl import words, work
from planctl.errors import PlanctlError
from planctl.work import Task
from planctl.work.in_turn import InTurn
from planctl.work.processes import Processes
from planctl.work.way import way_of_starting
from small_projects import reading_task

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="processes are copies on Linux alone"),
    # The tests' own distribution has a thread; nothing of it is used in the copies.
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
]


@pytest.fixture(autouse=True)
def _odd_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "JOBS", work.JOBS)
    odd_jobs.register()


@pytest.fixture
def told() -> list[str]:
    return []


def pool(told: list[str], workers: int = 2) -> Processes:
    return Processes(workers, tell=lambda error: told.append(str(error)), way="fork")


def nothing_done(_documents: int) -> None:
    pass


def results(executor: work.Executor, *tasks: Task) -> list[bytes]:
    """Return the results in the order of the tasks."""
    return [result for _place, result in sorted(executor.results(tasks, nothing_done))]


# The same as in turn


def test_processes_give_the_bytes_that_one_process_gives(told: list[str]) -> None:
    tasks = [reading_task(number) for number in range(5)]

    assert results(pool(told), *tasks) == results(InTurn(), *tasks)
    assert told == []


def test_processes_that_begin_anew_give_them_too(told: list[str]) -> None:
    tasks = [reading_task(1), reading_task(2)]
    anew = Processes(2, tell=lambda error: told.append(str(error)), way="spawn")

    assert results(anew, *tasks) == results(InTurn(), *tasks)
    assert told == []


def test_the_documents_of_each_task_are_told_when_it_is_through(told: list[str]) -> None:
    done: list[int] = []
    tasks = [Task("odd", b'["echo", 1]', documents=30), Task("odd", b'["echo", 2]', documents=7)]

    assert len(list(pool(told).results(tasks, done.append))) == 2
    assert sorted(done) == [7, 30]


def test_nothing_to_do_gives_nothing(told: list[str]) -> None:
    assert results(pool(told)) == []


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_language_in_use_is_in_use_in_all_of_them(told: list[str], language: words.Language) -> None:
    words.use(language)

    assert results(pool(told), task("language")) == [language.encode()]


def test_a_task_is_made_when_there_is_somebody_for_it(told: list[str]) -> None:
    made: list[int] = []

    def tasks() -> Iterator[Task]:
        for number in range(50):
            made.append(number)
            yield task("echo", "x" * 100_000)

    ahead = [len(made) - number for number, _result in enumerate(pool(told).results(tasks(), nothing_done))]

    assert len(ahead) == 50
    assert max(ahead) <= 4


def test_results_larger_than_a_pipe_holds_come_through_both_ways(told: list[str]) -> None:
    texts = ["x" * 3_000_000, "y" * 2_000_000, "z" * 1_000_000]

    assert results(pool(told), *(task("echo", text) for text in texts)) == [text.encode() for text in texts]


# Processes that die


def test_a_process_that_dies_is_told_of_and_its_work_is_done_again(tmp_path: Path, told: list[str]) -> None:
    tasks = [task("echo", "a"), task("die-once", str(tmp_path / "died"), name="plans/council.yaml"), task("echo", "b")]

    assert results(pool(told), *tasks) == [b"a", b"alive", b"b"]
    assert told == ["a process ended while it worked on plans/council.yaml (SIGKILL); that is done again"]


def test_a_task_that_ends_three_processes_is_named_and_not_tried_again(told: list[str]) -> None:
    with pytest.raises(PlanctlError) as refused:
        results(pool(told), task("echo", "a"), task("die", name="plans/council.yaml"))

    assert str(refused.value) == (
        "plans/council.yaml: 3 processes ended while they worked on it (SIGKILL); they may have run out of memory"
    )
    assert len(told) == 2


def test_a_task_without_a_name_is_named_by_its_job_and_place(told: list[str]) -> None:
    with pytest.raises(PlanctlError, match=r"^odd 2: 3 processes"):
        results(pool(told), task("echo"), task("die"))


# What a task raises


def test_what_is_wrong_around_the_plans_comes_through_with_its_values(told: list[str]) -> None:
    with pytest.raises(PlanctlError) as refused:
        results(pool(told), task("refuse", "загвар"))

    assert (refused.value.message, refused.value.values) == ("no {what} here", {"what": "загвар"})


def test_another_error_comes_through_with_the_lines_that_led_to_it(told: list[str]) -> None:
    with pytest.raises(OSError, match="No space left") as broken:
        results(pool(told), task("break", "sheet.xlsx"))

    assert broken.value.filename == "sheet.xlsx"
    assert "odd_jobs.py" in broken.value.__notes__[0]


def test_an_error_that_cannot_be_handed_on_is_told_in_words(told: list[str]) -> None:
    with pytest.raises(RuntimeError, match=r"^Unportable: this and more\n") as broken:
        results(pool(told), task("break-badly", "this"))

    assert "odd_jobs.py" in broken.value.__notes__[0]


# The end


def test_nobody_goes_on_when_the_results_are_no_longer_wanted(tmp_path: Path, told: list[str]) -> None:
    wanted = pool(told).results([task("echo"), task("wait", str(tmp_path / "begun"))], nothing_done)
    next(wanted)
    during = len(multiprocessing.active_children())
    assert isinstance(wanted, type(_ for _ in ()))
    wanted.close()

    assert (during, len(multiprocessing.active_children())) == (2, 0)


def test_nobody_goes_on_after_an_error(tmp_path: Path, told: list[str]) -> None:
    with pytest.raises(PlanctlError):
        results(pool(told), task("wait", str(tmp_path / "begun")), task("refuse"))

    assert multiprocessing.active_children() == []


WORKING = """
import sys
from pathlib import Path
import odd_jobs
from planctl.cli import program
from planctl.__main__ import run
from planctl.work.processes import Processes
odd_jobs.register()
def work(_arguments):
    tasks = [odd_jobs.task("wait", str(Path(sys.argv[1], name))) for name in "ab"]
    return len(list(Processes(2, tell=print).results(tasks, print)))
program.started = work
sys.exit(run([]))
"""


def at_work(folder: Path) -> subprocess.Popen[str]:
    """Return planctl with two processes that are at work. Its streams end when the last of the three has ended."""
    path = os.pathsep.join([str(Path(odd_jobs.__file__).parent), *sys.path])
    program = subprocess.Popen(
        [sys.executable, "-c", WORKING, str(folder)],
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    end = time.monotonic() + 60
    while len(list(folder.iterdir())) < 2:
        assert program.poll() is None, program.communicate()
        assert time.monotonic() < end
        time.sleep(0.02)
    return program


def test_control_c_ends_all_of_them_at_once_and_without_a_word(tmp_path: Path) -> None:
    program = at_work(tmp_path)

    os.killpg(program.pid, signal.SIGINT)

    assert (*program.communicate(timeout=30), program.returncode) == ("", "", 130)


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGKILL])
def test_no_process_outlives_the_one_that_began_it(tmp_path: Path, ending: signal.Signals) -> None:
    program = at_work(tmp_path)

    os.kill(program.pid, ending)

    assert (*program.communicate(timeout=30), program.returncode) == ("", "", -ending)


# How they begin


def test_nothing_is_copied_while_a_thread_runs() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert way_of_starting() == "spawn"
    finally:
        stop.set()
        thread.join()


def test_a_process_that_has_one_thread_is_copied() -> None:
    code = "from planctl.work.way import way_of_starting; print(way_of_starting())"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert ran.stdout == "fork\n"
