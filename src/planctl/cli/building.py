"""What `planctl build` needs of its surroundings: the record of the last build, and how to say why."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from typing import TYPE_CHECKING

from planctl.building.record import Record
from planctl.cli import console
from planctl.words import _, counted, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from planctl.building.reasons import Reason
    from planctl.cache.store import Store

KIND = "build"
MOST_TOLD = 50
"""Of more files than this only the first of each reason are named."""

NAMED = 3


class Records:
    """The record of the last build of a project into a folder."""

    def __init__(self, store: Store, root: Path, out: Path) -> None:
        self._store = store
        self._key = json.dumps([os.path.realpath(root), os.path.realpath(out)])
        self.last: Record | None = None

    def read(self) -> Record | None:
        """Return the record; None where there is none."""
        found = self._store.get(KIND, self._key)
        return None if found is None else Record.of_plain(found)

    def save(self, record: Record) -> None:
        """Keep a record in the place of the one before."""
        self.last = record
        self._store.put(KIND, self._key, record.plain())


def own_templates(record: Record | None, root: Path) -> Iterator[Path]:
    """Yield where the office's own templates lie that the last build worked from."""
    kept = record.kept.values() if record else ()
    own = {one.basis.template[0] for one in kept if one.basis.template}
    yield from (root / path for path in sorted(own) if not path.startswith("planctl:"))


def tell_why(why: Mapping[str, Iterable[Reason]]) -> None:
    """Say of each file why it was built or not; of many, the reasons, each with how many files and the first ones."""
    by_reason: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted(why):
        by_reason["; ".join(said(one.message, dict(one.values)) for one in why[path])].append(path)
    if len(why) <= MOST_TOLD:
        lines = [f"{path}: {reason}" for reason, paths in by_reason.items() for path in paths]
        console.text("".join(f"{line}\n" for line in sorted(lines)))
        return
    for reason, paths in sorted(by_reason.items(), key=lambda pair: -len(pair[1])):
        number = counted(_("{n} file"), _("{n} files"), len(paths))
        rest = ", ..." if len(paths) > NAMED else ""
        console.text(f"{number}: {reason} ({', '.join(paths[:NAMED])}{rest})\n")
