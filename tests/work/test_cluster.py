from __future__ import annotations

import builtins
import errno
import os
import platform
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dask
import odd_jobs
import pytest
from clusters import Machines, machines, wait_until
from distributed import Client, Security
from distributed.comm import CommClosedError
from odd_jobs import task

import planctl
from planctl import __version__, words, work
from planctl.errors import PlanctlError
from planctl.versions import of_format, own_content
from planctl.work import cluster
from planctl.work.cluster import Cluster, versions
from planctl.work.in_turn import InTurn
from small_projects import reading_task

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.work import Task

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="workers are ended by signals of other systems")


@pytest.fixture(scope="module")
def machines_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    with machines(tmp_path_factory.mktemp("machines"), workers=2) as these:
        yield these


@pytest.fixture
def two(machines_of_the_tests: Machines) -> Machines:
    """Give a scheduler with two workers; tests that end any of them stand last, as new ones take a while."""
    machines_of_the_tests.have(workers=2)
    return machines_of_the_tests


@pytest.fixture
def one(machines_of_the_tests: Machines) -> Machines:
    machines_of_the_tests.have(workers=1)
    return machines_of_the_tests


@pytest.fixture
def none(machines_of_the_tests: Machines) -> Machines:
    machines_of_the_tests.have(workers=0)
    return machines_of_the_tests


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture(autouse=True)
def _own_odd_jobs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(work, "JOBS", work.JOBS)
    odd_jobs.register()
    yield
    versions.cache_clear()


def of(address: str, told: list[str], *, insecure: bool = False) -> Cluster:
    return Cluster(address, tell=lambda error: told.append(str(error)), insecure=insecure)


def nothing_done(_documents: int) -> None:
    pass


def results(executor: work.Executor, *tasks: Task) -> list[bytes]:
    """Return the results in the order of the tasks."""
    return [result for _place, result in sorted(executor.results(tasks, nothing_done))]


def refused_or_not(executor: work.Executor, *tasks: Task) -> str:
    """Return the line that the user is told, "" where the results came."""
    try:
        results(executor, *tasks)
    except PlanctlError as error:
        return str(error)
    return ""


def refused(executor: work.Executor, *tasks: Task) -> str:
    """Return the line that the user is told instead of results."""
    with pytest.raises(PlanctlError) as error:
        results(executor, *tasks)
    return str(error.value)


# The same as in turn


def test_workers_give_the_bytes_that_one_process_gives(two: Machines, told: list[str]) -> None:
    tasks = [reading_task(number) for number in range(5)]
    done: list[int] = []

    found = sorted(of(two.address, told).results(tasks, done.append))

    assert [result for _place, result in found] == results(InTurn(), *tasks)
    assert (done, told) == ([1] * 5, [])


def test_no_more_tasks_are_on_their_way_than_keep_the_workers_busy(two: Machines, told: list[str]) -> None:
    made: list[int] = []

    def tasks() -> Iterator[Task]:
        for number in range(40):
            made.append(number)
            yield task("echo", "x")

    ahead = [len(made) - number for number, _ in enumerate(of(two.address, told).results(tasks(), nothing_done))]

    assert len(ahead) == 40
    assert max(ahead) <= 2 * 2 * 2


def test_the_language_in_use_is_in_use_on_them(two: Machines, told: list[str]) -> None:
    words.use("mn")

    assert results(of(two.address, told), task("language")) == [b"mn"]


def test_large_tasks_come_through_without_a_warning(two: Machines, told: list[str]) -> None:
    text = "x" * 11_000_000

    assert results(of(two.address, told), task("echo", text)) == [text.encode()]


def test_what_a_task_raises_comes_through(two: Machines, told: list[str]) -> None:
    assert refused(of(two.address, told), task("refuse", "загвар")) == "no загвар here"
    with pytest.raises(OSError, match="No space left"):
        results(of(two.address, told), task("break", "sheet.xlsx"))


# Workers that are not like this process


def test_workers_with_another_version_of_planctl_are_named(
    two: Machines, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    results(of(two.address, told), task("echo"))
    ours = __version__
    versions.cache_clear()
    monkeypatch.setattr(cluster, "__version__", "0.0.1")

    line = refused(of(two.address, told), task("echo"))

    assert line.startswith("other versions than here, which could give other results: scheduler: planctl ")
    assert line.count(f"planctl {ours} (0.0.1)") == 3


def test_workers_with_another_library_are_named(
    two: Machines, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = of_format("docx")
    versions.cache_clear()
    monkeypatch.setattr(cluster, "of_format", lambda _name: {**ours, "lxml": "4.0"})

    line = refused(of(two.address, told), task("echo"))

    assert line.count("tcp://127.0.0.1:") == 2
    assert line.count(f": lxml {ours['lxml']} (4.0)") == 2


def test_all_that_shapes_results_is_compared_and_planctl_by_what_its_files_hold(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    copy = tmp_path / "elsewhere" / "planctl"
    shutil.copytree(Path(planctl.__file__).parent, copy, copy_function=shutil.copyfile)
    here = dict(versions())

    def of_the_copy() -> dict[str, str]:
        versions.cache_clear()
        own_content.cache_clear()
        return dict(versions())

    monkeypatch.setattr(planctl, "__file__", str(copy / "__init__.py"))
    there = of_the_copy()
    (copy / "making.py").write_bytes(b"")
    edited = of_the_copy()
    own_content.cache_clear()

    assert there == here
    assert {name for name in edited if edited[name] != here[name]} == {"planctl's files"}
    assert {"zlib", "pydantic", "ruamel.yaml", "lxml", "Jinja2", "XlsxWriter", "distributed"} < {*here}
    assert here["Python"] == platform.python_version()


def test_a_worker_that_comes_later_is_looked_at_too() -> None:
    with pytest.raises(PlanctlError, match="lxml"):
        cluster._carried_out_there(task("echo"), "en", {**versions(), "lxml": "4.0"})


def test_nothing_goes_on_when_the_results_are_no_longer_wanted(two: Machines, told: list[str]) -> None:
    coming = of(two.address, told).results([task("echo")] * 20, nothing_done)
    next(coming)
    assert isinstance(coming, type(_ for _ in ()))
    coming.close()

    assert results(of(two.address, told), task("echo", "still here")) == [b"still here"]


# Who may listen


def test_tls_with_the_certificates_of_dasks_configuration(tmp_path: Path, told: list[str]) -> None:
    made = Security.temporary()
    names = {"ca-file": "tls_ca_file", "cert": "tls_worker_cert", "key": "tls_worker_key"}
    for option, name in names.items():
        (tmp_path / option).write_text(getattr(made, name), encoding="utf-8")
    options = [part for option in names for part in (f"--tls-{option}", str(tmp_path / option))]
    client = {f"client.{name}": str(tmp_path / name) for name in ("cert", "key")}
    configured = {"ca-file": str(tmp_path / "ca-file"), **client}

    with machines(tmp_path, workers=1, protocol="tls", options=tuple(options)) as these:
        without = refused(of(these.address, told), reading_task(1))
        with dask.config.set({f"distributed.comm.tls.{name}": path for name, path in configured.items()}):
            found = results(of(these.address, told), reading_task(1))

    assert without.startswith(f"{these.address} needs certificates: name them under distributed.comm.tls")
    assert (found, told) == (results(InTurn(), reading_task(1)), [])


@pytest.mark.parametrize("address", ["tcp://10.0.0.5:8786", "10.0.0.5:8786", "tcp://scheduler.example:8786"])
def test_nothing_is_sent_where_others_could_read_it(address: str, told: list[str]) -> None:
    line = refused(of(address, told), task("echo"))

    assert line.endswith("not encrypted; plans are sent through tls://, or with `--insecure` in a network of one's own")


def test_who_asks_for_an_open_way_is_told_what_that_means(told: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "SECONDS_TO_CONNECT", 0.1)

    refused(of("tcp://192.0.2.1:9", told, insecure=True), task("echo"))

    assert told == ["tcp://192.0.2.1:9: not encrypted; whoever is in that network can read the plans"]


# Addresses


def test_where_no_scheduler_is_one_line_says_so(told: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "SECONDS_TO_CONNECT", 1)

    line = refused(of("tcp://127.0.0.1:9", told), task("echo"))

    # The library asks again until its time is over, which may be in the middle of an attempt.
    reasons = os.strerror(errno.ECONNREFUSED), "Timed out trying to connect to tcp://127.0.0.1:9 after 1 s"
    assert line in {f"no scheduler answers at tcp://127.0.0.1:9: {reason}" for reason in reasons}


@pytest.mark.parametrize(
    "address",
    ["", "scheduler", "tls://", "tcp://host", "ucx://host:8786", "http://host:1/x", "tcp://host:x", "tcp://[:1"],
)
def test_what_is_no_address_is_told_so(address: str, told: list[str]) -> None:
    with pytest.raises(PlanctlError, match="is not a scheduler's address such as"):
        of(address, told)


def test_what_is_missing_without_dask_is_told(told: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without_dask(name: str, *rest: Any) -> Any:
        if name.partition(".")[0] == "distributed":
            raise ModuleNotFoundError(f"No module named '{name}'", name=name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without_dask)

    line = refused(of("tcp://127.0.0.1:8786", told), task("echo"))

    assert line == (
        "a scheduler needs the library distributed, which is not here: install planctl with its extra “cluster”"
    )


# Workers and schedulers that are gone


def test_a_worker_that_is_killed_is_told_of_and_its_work_is_done_again(two: Machines, told: list[str]) -> None:
    tasks = [reading_task(number) for number in range(30)]
    found: list[tuple[int, bytes]] = []

    for one in of(two.address, told).results(tasks, nothing_done):
        found.append(one)
        if len(found) == 5:
            two.workers[0].kill()

    assert [result for _place, result in sorted(found)] == results(InTurn(), *tasks)
    assert all(line.startswith("the worker tcp://127.0.0.1:") for line in told)


def test_a_worker_that_has_just_gone_is_no_worker_of_another_version(
    one: Machines, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Client.run

    def with_one_that_has_gone(client: Client, *arguments: Any, **options: Any) -> dict[str, Any]:
        return {**asked(client, *arguments, **options), "tcp://127.0.0.1:1": CommClosedError("in <TCP>: closed")}

    monkeypatch.setattr(Client, "run", with_one_that_has_gone)

    assert results(of(one.address, told), task("echo")) == results(InTurn(), task("echo"))


def test_a_worker_without_planctl_is_named(one: Machines, told: list[str]) -> None:
    stranger = one.add_worker(preload="without_planctl")
    wait_until(lambda: "planctl" in refused_or_not(of(one.address, told), task("echo")), "the stranger never came")

    line = refused(of(one.address, told), task("echo"))
    stranger.kill()
    stranger.wait()

    assert line.startswith("planctl is not installed where these run: tcp://127.0.0.1:")
    assert line.count("tcp://") == 1


def test_a_task_that_ends_its_workers_is_named(two: Machines, told: list[str]) -> None:
    line = refused(of(two.address, told), task("die", name="plans/council.yaml"))

    assert line == "plans/council.yaml: workers ended while they worked on it; they may have run out of memory"


def test_a_scheduler_without_workers_is_not_waited_for_for_ever(
    none: Machines, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "SECONDS_TO_CONNECT", 1)

    assert refused(of(none.address, told), task("echo")) == f"the scheduler at {none.address} has no workers"


def at_work(these: Machines, told: list[str], begun: Path) -> Iterator[tuple[int, bytes]]:
    """Return the results that are still to come, while a worker is busy with the only one."""
    coming = of(these.address, told).results([task("echo"), task("wait", str(begun))], nothing_done)
    next(coming)
    wait_until(begun.exists, "nobody works")
    return coming


def test_work_is_given_up_when_all_workers_are_gone(
    one: Machines, told: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "SECONDS_WITHOUT_WORKERS", 2)
    coming = at_work(one, told, tmp_path / "begun")

    one.workers[0].kill()

    with pytest.raises(PlanctlError, match=r"^all workers of the scheduler are gone"):
        next(coming)


def test_a_scheduler_that_is_gone_ends_the_work(one: Machines, told: list[str], tmp_path: Path) -> None:
    coming = at_work(one, told, tmp_path / "begun")

    one.end_scheduler()

    with pytest.raises(PlanctlError, match=r"^the scheduler is gone"):
        next(coming)
