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

FILES_OF_A_DOCUMENT = 2
"""Nearly every plan lies beside a report on it."""


def parcels_pay(root: Path, jobs: int | None) -> bool:
    """Tell whether to check by parcels: from the number of documents on from which several processes are quicker.

    Below it there is nothing to be won: a project that small is checked as soon as its files have been looked through.
    More than one process, asked for by the user, cannot be had without parcels.
    """
    from planctl.source.discover import paths_of  # noqa: PLC0415  # the help needs none of it
    from planctl.work.choice import PAYS_FROM  # noqa: PLC0415  # likewise
    from planctl.work.way import way_of_starting  # noqa: PLC0415  # likewise

    if jobs is not None and jobs > 1:
        return True
    paths, _findings = paths_of(root)
    return len(paths) >= FILES_OF_A_DOCUMENT * PAYS_FROM[way_of_starting()]


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
