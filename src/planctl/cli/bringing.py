"""What a roll-up needs of its surroundings: the organisations gathered from folders, repositories and what is kept.

In: a list of organisations and choices of the command line. Out: what they come to, and the findings about the list.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from planctl.cache.stamps import Stamps
from planctl.cache.store import UNUSED_DAYS, Store
from planctl.cli import again, console
from planctl.cli.cache_folder import cache_folder
from planctl.cli.hearing import unheard
from planctl.cli.progress import shown_progress
from planctl.cli.surroundings import today
from planctl.garbage import collector_off
from planctl.rollup.account import period_before, rolled_up
from planctl.rollup.gathering import Gathered, Means, gather, located
from planctl.rollup.list import expected_of_nobody, same_twice
from planctl.rollup.told import not_read
from planctl.words import _
from planctl.work.choice import documents_in_a_task, executor_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from planctl.diagnostics import Diagnostic
    from planctl.errors import PlanctlError
    from planctl.forms.period import Period
    from planctl.rollup.account import Rollup
    from planctl.rollup.gathering import Digests
    from planctl.rollup.list import Listed
    from planctl.source.document import Document
    from planctl.work import Executor


_OF_ANOTHER_SHAPE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What comes of counting with values that are none of ours."""


class Hands(NamedTuple):
    """How many processes read (None: as many as pay), and whether anything is fetched."""

    jobs: int | None
    fetches: bool

    def executor(self, documents: int) -> tuple[Executor, int]:
        """Return who reads so many documents, and how many make a task."""
        return executor_for(documents, jobs=self.jobs, tell=_tell), documents_in_a_task(documents, jobs=self.jobs)


def brought_together(
    document: Document, listed: Listed, file: Path, hands: Hands
) -> tuple[Rollup, tuple[Diagnostic, ...]]:
    """Return what the organisations of a list come to, and the findings that only show when they are looked at."""
    day, folder = today(), cache_folder()
    periods = (listed.file.period, listed.file.compared_with or period_before(listed.file.period))
    _watch(listed, file, day)
    with _repositories(folder) as repositories, unheard(), shown_progress(_("reading")) as done, collector_off():
        store = Store(folder)
        digests = _digests(file.parent, store)
        means = Means(file.parent, store, digests, hands.executor, repositories, fetches=hands.fetches, done=done)
        try:
            rollup, gathered, findings = _brought(document, listed, means, periods, day)
        except _OF_ANOTHER_SHAPE:
            # Numbers that were kept are not what they should be; a fault of ours comes up again without them.
            rollup, gathered, findings = _brought(document, listed, replace(means, is_anew=True), periods, day)
        store.sweep()
    if gathered.problems or gathered.rests_on_more:
        again.give_up()  # what is looked at beside the files of projects may be another the next time
    return rollup, findings


def _brought(
    document: Document, listed: Listed, means: Means, periods: Sequence[Period], day: date
) -> tuple[Rollup, Gathered, tuple[Diagnostic, ...]]:
    """Return what the organisations come to, what that was counted from, and the findings."""
    gathered = Gathered()
    found = located(listed.entries, means, gathered)
    twice, findings = same_twice(document, ((one.entry, one.place) for one in found))
    listed = listed.without(twice, document)
    gather((one for one in found if one.entry not in twice), periods, means, gathered, today=day)
    ids = {one.id for of_one in gathered.documents.values() for one in of_one}
    found_later = (*not_read(document, listed, gathered.problems), *expected_of_nobody(document, listed, ids))
    return rolled_up(listed, gathered, today=day), gathered, (*findings, *found_later)


def _watch(listed: Listed, file: Path, day: date) -> None:
    """Note what the answer rests on, where that is folders alone: in git, branches move."""
    paths = [entry.organisation.path for entry in listed.entries]
    if all(paths):
        again.watch_all(file, (os.path.join(file.parent, path) for path in paths if path), day)  # noqa: PTH118  # hundreds


def _tell(problem: PlanctlError) -> None:
    console.problem(problem)
    again.give_up()  # that a process ended is told when it does


# Fetched repositories


@contextmanager
def _repositories(folder: Path | None) -> Iterator[Path]:
    """Give the folder for fetched repositories: in the user's cache, or one that is gone afterwards."""
    if folder:
        _forget_unused(folder / "repositories")
        yield folder / "repositories"
    else:
        with tempfile.TemporaryDirectory(prefix="planctl-") as passing:
            yield Path(passing)


def _forget_unused(repositories: Path) -> None:
    """Remove the repositories that nothing was fetched into for a long time, each as a whole."""
    with suppress(OSError):
        for one in repositories.iterdir():
            if time.time() - (one / "FETCH_HEAD").stat().st_mtime > UNUSED_DAYS * 86_400:
                shutil.rmtree(one, ignore_errors=True)


# Files that may have changed


def _digests(root: Path, store: Store) -> Digests:
    """Return what gives the digests of files in folders, of which only those are read that may have changed."""

    def digests(folders: Mapping[str, Sequence[str]]) -> Mapping[str, Mapping[str, str]]:
        stamps = Stamps(root, store)
        inside = {folder: _relative(folder, root) for folder in folders}
        every = stamps.digests(f"{inside[folder]}/{name}" for folder, names in folders.items() for name in names)
        stamps.save()
        return {
            folder: {name: every.get(f"{inside[folder]}/{name}", "") for name in names}
            for folder, names in folders.items()
        }

    return digests


def _relative(folder: str, root: Path) -> str:
    """Return a path from the list's folder; on Windows another drive has none, and its files no digest."""
    try:
        return os.path.relpath(folder, os.path.realpath(root))
    except ValueError:
        return "\0"
