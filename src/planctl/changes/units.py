"""Units that go by another id. In: the units of two states. Out: the ids of now by those of then."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from planctl.portfolio.settings import folded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planctl.portfolio.settings import Unit


def renamed_units(before: Mapping[str, Unit], after: Mapping[str, Unit]) -> dict[str, str]:
    """Return the new id of each unit whose id is gone and whose name one new unit alone has."""
    gone, new = _by_name(before, without=after), _by_name(after, without=before)
    return {id_: new[name] for name, id_ in gone.items() if name in new}


def _by_name(units: Mapping[str, Unit], *, without: Mapping[str, Unit]) -> dict[str, str]:
    """Return the ids that the other state lacks by names that no other unit has."""
    names = Counter(folded(unit.name) for unit in units.values())
    told = {folded(unit.name): id_ for id_, unit in units.items() if id_ not in without}
    return {name: id_ for name, id_ in told.items() if names[name] == 1}
