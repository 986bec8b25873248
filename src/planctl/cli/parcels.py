"""The check of a project by its parcels, with what it needs of its surroundings; and when that pays."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from planctl.words import _, in_mongolian

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from planctl.checking.checked import Checked
    from planctl.source.tree import Tree

FEWEST_FILES = 150
"""From so many files on, those of 75 plans with a report each, a project is checked by its parcels.

`benchmarks/checking_parcels.py`: in one process that takes a third as long again as a check at once, in two processes
0.7 times as long, and after one change a quarter, most of which goes into telling what was found. Smaller projects are
checked at once in less than a second or two, of which nobody would notice what is saved.
"""


def parcels_pay(root: Path, jobs: int | None) -> bool:
    """Tell whether to check by parcels: where there are many files, or where several processes are asked for."""
    from planctl.source.discover import paths_of  # noqa: PLC0415  # the help needs none of it

    return (jobs is not None and jobs > 1) or len(paths_of(root)[0]) >= FEWEST_FILES


def checked_in_parcels(tree: Tree, day: date, jobs: int | None) -> Checked:
    """Return what a project's folder comes to; what its parcels gave is kept for the next run."""
    from planctl.cache.stamps import Stamps  # noqa: PLC0415  # a small project waits for none of it
    from planctl.cache.store import Store  # noqa: PLC0415  # likewise
    from planctl.checking import survey  # noqa: PLC0415  # likewise
    from planctl.checking.record import Record  # noqa: PLC0415  # likewise
    from planctl.cli import console  # noqa: PLC0415  # likewise
    from planctl.cli.cache_folder import cache_folder  # noqa: PLC0415  # likewise
    from planctl.cli.hearing import unheard  # noqa: PLC0415  # likewise
    from planctl.cli.progress import shown_progress  # noqa: PLC0415  # likewise
    from planctl.work.choice import documents_in_a_task, executor_for  # noqa: PLC0415  # likewise

    store = Store(cache_folder())
    stamps, record = Stamps(tree.root, store), Record(store, tree.root)
    surroundings = survey.Surroundings(_tools(), day, stamps.digests, tree.has_file)
    with unheard(), shown_progress(_("checking")) as done:
        hands = survey.Hands(
            executor=lambda documents: executor_for(documents, jobs=jobs, tell=console.problem),
            in_a_task=lambda documents: documents_in_a_task(documents, jobs=jobs),
            done=done,
        )
        checked = survey.checked_in_parcels(tree.root, record, surroundings, hands)
    stamps.save()
    record.save()
    return checked


def _tools() -> str:
    """Return what changes with anything that finds: planctl itself, Python and libraries, the language in use."""
    from planctl.building.tools import of_reading  # noqa: PLC0415  # likewise

    return json.dumps([dict(of_reading()), in_mongolian(), os.name])
