"""The collector rests while a project is made, and nothing leaks by it."""

from __future__ import annotations

import gc
import weakref
from datetime import date
from typing import TYPE_CHECKING

import pytest

from chains import CHAIN
from planctl.forms.period import Period
from planctl.garbage import collector_off, set_aside
from planctl.jobs.numbers import carried_out
from planctl.rollup.origins import Origin
from planctl.rollup.tasks import task_of
from projects import ACTUALS, ONE_CLAUSE, ONE_ENTRY, PLAN, actuals, load, register, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def nothing_set_aside() -> Iterator[None]:
    """Begin as a process that has not loaded anything, and end with what these tests found."""
    aside = gc.get_freeze_count()
    gc.collect()
    gc.unfreeze()
    set_aside.cache_clear()
    yield
    gc.unfreeze()
    if aside:
        gc.freeze()


IDS = [f"clause-{number}" for number in range(30)]
SOUND = {PLAN: register(IDS), ACTUALS: actuals(dict.fromkeys(IDS, "self: 90"))}
FAULTY = {
    PLAN: ONE_CLAUSE + "            units: [nobody]\n            deadline: 2023-02-31\n            colour: red\n",
    ACTUALS: ONE_ENTRY + "    self: 90\n  stranger: &a\n    progress: |\n      xүн\n  other: *a\n",
}


@pytest.mark.parametrize("files", [SOUND, FAULTY], ids=["sound", "faulty"])
def test_a_project_leaves_no_garbage_neither_when_it_is_made_nor_when_it_goes(
    files: dict[str, str], tmp_path: Path
) -> None:
    load(tmp_path, files)  # what is remembered for good is made by the first
    gc.unfreeze()
    gc.collect()
    gc.disable()
    try:
        project = load(tmp_path, files)
        made = gc.collect()
        del project
        left = gc.collect()
    finally:
        gc.enable()

    assert (made, left) == (0, 0)


def test_only_what_was_made_first_is_set_aside() -> None:
    with collector_off():
        first: list[list[int]] = [[] for _number in range(1000)]
    aside = gc.get_freeze_count()
    with collector_off():
        second: list[list[int]] = [[] for _number in range(1000)]

    assert aside >= len(first)
    assert gc.get_freeze_count() <= aside < aside + len(second)


def test_the_collector_is_left_as_it_was_found() -> None:
    gc.disable()
    try:
        with collector_off():
            within = gc.isenabled()
        after_off = gc.isenabled()
    finally:
        gc.enable()
    with pytest.raises(ZeroDivisionError), collector_off():
        1 / 0  # noqa: B018

    assert (within, after_off, gc.isenabled()) == (False, False, True)


@pytest.mark.parametrize("files", [SOUND, FAULTY, CHAIN], ids=["sound", "faulty", "chain"])
def test_projects_loaded_one_after_the_other_take_no_more_and_more_room(files: dict[str, str], tmp_path: Path) -> None:
    load(tmp_path, files)
    counts = []
    for _number in range(20):
        load(tmp_path, files)
        gc.collect()
        counts.append(len(gc.get_objects()) + gc.get_freeze_count())

    assert max(counts[1:]) - min(counts[1:]) < 100


@pytest.mark.parametrize("files", [SOUND, FAULTY, CHAIN], ids=["sound", "faulty", "chain"])
def test_nothing_keeps_a_project_that_is_let_go(files: dict[str, str], tmp_path: Path) -> None:
    portfolio = load(tmp_path, files).portfolio
    kept = [weakref.ref(one) for one in (portfolio, portfolio.chain, *portfolio.plans.values(), *portfolio.actuals)]
    del portfolio

    assert [one() for one in kept] == [None] * len(kept)


def test_the_numbers_of_an_organisation_leave_no_garbage(tmp_path: Path) -> None:
    root = write(tmp_path, SOUND)
    task = task_of([Origin(str(root))], [Period(2023), Period(2022)], date(2024, 1, 1))
    carried_out(task.content)
    gc.unfreeze()
    gc.collect()
    gc.disable()
    try:
        carried_out(task.content)
        left = gc.collect()
    finally:
        gc.enable()

    assert left == 0
