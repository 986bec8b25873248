"""The check of a project by its parcels, with what it needs of its surroundings; and when that pays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.words import _

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
    from planctl.checking import by_parcels  # noqa: PLC0415  # likewise
    from planctl.cli.cache_folder import cache_folder  # noqa: PLC0415  # likewise
    from planctl.cli.hearing import unheard  # noqa: PLC0415  # likewise
    from planctl.cli.progress import shown_progress  # noqa: PLC0415  # likewise
    from planctl.cli.surveying import hands_for, survey_of  # noqa: PLC0415  # likewise

    store = Store(cache_folder())
    stamps = Stamps(tree.root, store)
    with unheard(), shown_progress(_("checking")) as progress:
        checked = by_parcels.checked_in_parcels(survey_of(tree, day, store, stamps), hands_for(jobs), progress)
    stamps.save()
    return checked
