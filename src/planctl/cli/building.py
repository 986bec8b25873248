"""A build in its surroundings: the record of the last one, the cache, and what the answer rests on.

In: a project's folder, what is asked for, and hands. Out: `Done`. What is printed of it stands in `building_told.py`.
"""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planctl.building import build as of_build
from planctl.building.leaving import files_of, lies_as_left
from planctl.building.order import Order
from planctl.building.record import Record
from planctl.cache.stamps import Stamps
from planctl.cache.store import Store
from planctl.cli import again
from planctl.cli.cache_folder import cache_folder
from planctl.cli.progress import shown_progress
from planctl.cli.surroundings import run_facts, today
from planctl.cli.surveying import survey_of
from planctl.garbage import collector_off
from planctl.output.files import begin_folder
from planctl.source.discover import Folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    from planctl.building.built import Built
    from planctl.making import Choice
    from planctl.survey.survey import Hands

KIND = "build"

SECONDS_BETWEEN = 60
"""So often the record, which is saved as a whole, is saved while a build goes on: a long one may lose its power."""


@dataclass(frozen=True, slots=True)
class Done:
    """A build that came to its end, what it was asked for, and the record that it left."""

    order: Order
    built: Built
    record: Record | None


def carried_out(  # noqa: PLR0913  # each is a choice of the command line
    root: Path, choice: Choice, hands: Hands, *, out: Path, as_of: date | None, is_anew: bool
) -> Done:
    """Build into a folder, going on from what the last build left there; `is_anew`: from nothing."""
    begin_folder(out)
    store, day = Store(cache_folder()), today()
    records, stamps = Records(store, root, out), Stamps(root, store)
    record = records.read()
    asked: dict[str, bool] = {}
    again.watch(root, day, asked=asked, besides=own_templates(record, root))
    survey = survey_of(Folder(root), day, store, stamps, is_anew=is_anew)
    order = Order(survey, out, choice, run_facts(root, as_of=as_of), is_anew)
    with shown_progress() as progress:
        built = of_build.build(order, record, hands, save=records.save, progress=progress)
    asked.update(built.asked)
    stamps.save()
    store.sweep()
    return Done(order, built, records.last)


def remember(done: Done, tell: Callable[[Built], None]) -> None:
    """Have the next answer be what this build would tell that came right after itself, as long as all lies as it is."""
    if done.built.problems:
        again.give_up()  # what the surroundings lack may be there the next time
    templates = tuple(map(str, own_templates(done.record, done.order.survey.root)))
    left = again.Left(
        str(done.order.out),
        files_of(done.built),
        templates,
        is_as_left=lambda: lies_as_left(done.built, done.record, done.order),
    )
    again.leave(left, lambda: tell(done.built.once_more()))


class Records:
    """The record of the last build of a project into a folder; `now` tells the seconds of a clock that only goes on."""

    def __init__(self, store: Store, root: Path, out: Path, now: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._now = now
        self._saved = now()
        self._key = json.dumps([os.path.realpath(root), os.path.realpath(out)])
        self.last: Record | None = None

    @collector_off()
    def read(self) -> Record | None:
        """Return the record; None where there is none."""
        found = self._store.get(KIND, self._key)
        return None if found is None else Record.of_plain(found)

    @collector_off()
    def save(self, record: Record, *, is_halfway: bool = False) -> None:
        """Keep a record in the place of the one before; halfway only now and then."""
        if is_halfway and self._now() - self._saved < SECONDS_BETWEEN:
            return
        self.last = record
        self._store.put(KIND, self._key, record.plain())
        self._saved = self._now()


def own_templates(record: Record | None, root: Path) -> Iterator[Path]:
    """Yield where the office's own templates lie that the last build worked from."""
    kept = record.kept.values() if record else ()
    own = {one.basis.template[0] for one in kept if one.basis.template}
    yield from (root / path for path in sorted(own) if not path.startswith("planctl:"))
