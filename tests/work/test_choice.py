from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from planctl.work import Executor, choice, processes
from planctl.work.choice import PAYS_FROM, documents_in_a_task, executor_for, processors
from planctl.work.cluster import Cluster
from planctl.work.in_turn import InTurn
from planctl.work.processes import Processes

if TYPE_CHECKING:
    from planctl.errors import PlanctlError


def nobody(_error: PlanctlError) -> None:
    pass


def chosen(documents: int, *, jobs: int | None = None, cost: float = 1) -> type[Executor]:
    return type(executor_for(documents, jobs=jobs, tell=nobody, cost=cost))


@pytest.mark.parametrize("way", PAYS_FROM)
def test_processes_are_begun_where_there_are_documents_enough_for_them(
    monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setattr(choice, "way_of_starting", lambda: way)
    monkeypatch.setattr(choice, "processors", lambda: 4)
    enough = PAYS_FROM[way]  # type: ignore[index]  # one of its keys

    assert (chosen(enough - 1), chosen(enough)) == (InTurn, Processes)
    assert chosen(enough // 5, cost=6) is Processes


def test_one_document_is_for_one_process_however_long_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choice, "processors", lambda: 4)

    assert chosen(1, cost=10_000) is InTurn


def test_one_processor_works_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choice, "processors", lambda: 1)

    assert chosen(3300) is InTurn


def test_what_the_user_asks_for_is_done() -> None:
    assert (chosen(3300, jobs=1), chosen(2, jobs=2)) == (InTurn, Processes)


def test_windows_gets_no_more_processes_than_it_can_wait_for(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(processes, "Processes", lambda workers, **_others: made.append(workers))

    executor_for(3300, jobs=96, tell=nobody)

    assert made == [60]


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="processors are given to processes on Linux alone")
def test_only_the_processors_that_this_process_may_use_are_counted() -> None:
    given = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(given)})
    try:
        assert processors() == 1
    finally:
        os.sched_setaffinity(0, given)


@pytest.mark.parametrize(
    ("documents", "jobs", "size"), [(0, 2, 1), (2, 2, 1), (10, 2, 2), (100, 2, 13), (3300, 2, 50), (3300, 64, 13)]
)
def test_tasks_are_so_large_that_every_process_has_some(documents: int, jobs: int, size: int) -> None:
    assert documents_in_a_task(documents, jobs=jobs) == size


@pytest.mark.parametrize(("documents", "size"), [(1, 20), (1000, 20), (3300, 33), (330_000, 50)])
def test_tasks_that_are_sent_far_are_worth_their_way(documents: int, size: int) -> None:
    assert documents_in_a_task(documents, jobs=None, scheduler="tls://10.0.0.5:8786") == size


def test_a_scheduler_is_used_for_however_few_documents() -> None:
    chosen = executor_for(1, jobs=None, tell=nobody, scheduler="tls://10.0.0.5:8786")

    assert type(chosen) is Cluster
