"""What checks and builds by parcels need of their surroundings: who carries tasks out, and what readings rest on."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from planctl.cli import console
from planctl.survey.record import Record
from planctl.survey.survey import Hands, Surroundings, Survey
from planctl.versions import of_reading
from planctl.words import in_mongolian
from planctl.work.choice import documents_in_a_task, executor_for

if TYPE_CHECKING:
    from datetime import date

    from planctl.cache.stamps import Stamps
    from planctl.cache.store import Store
    from planctl.source.tree import Tree


def survey_of(tree: Tree, day: date, store: Store, stamps: Stamps, *, is_anew: bool = False) -> Survey:
    """Return a project's folder as it is found, with what earlier runs know of it, unless all is wanted anew."""
    words = f"{'mn' if in_mongolian() else 'en'} {os.name}"
    surroundings = Surroundings(of_reading(), words, day, stamps.digests, tree.has_file)
    return Survey(tree.root, Record(store, tree.root, is_anew=is_anew), surroundings)


def hands_for(jobs: int | None, scheduler: str = "", *, insecure: bool = False) -> Hands:
    """Return who carries tasks out: processes of this machine where they pay, or the machines of a scheduler."""
    if scheduler:
        from planctl.work.cluster import Cluster  # noqa: PLC0415  # as long as all else takes to import

        cluster = Cluster(scheduler, tell=console.problem, insecure=insecure)
        return Hands(
            executor=lambda _documents, _cost: cluster,
            in_a_task=lambda documents: documents_in_a_task(documents, jobs=jobs, scheduler=scheduler),
        )
    return Hands(
        executor=lambda documents, cost: executor_for(documents, jobs=jobs, tell=console.problem, cost=cost),
        in_a_task=lambda documents: documents_in_a_task(documents, jobs=jobs),
    )
