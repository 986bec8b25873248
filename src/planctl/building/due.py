"""What is due. In: the parcels of a project, and what lies in the folder. Out: what stands, and what is to be made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planctl.garbage import collector_off

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planctl.building.lying import Lying, Standing
    from planctl.building.order import Order
    from planctl.survey.reading import Topic
    from planctl.survey.survey import Surveyed


@dataclass(frozen=True, slots=True)
class Due:
    """A parcel of which something does not stand: those of its plans and periods, with the sheets to be looked at."""

    surveyed: Surveyed
    topics: tuple[tuple[Topic, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Look:
    """What an order comes to: so many plans and periods, what stands of them, and what is due."""

    subjects: int
    standing: tuple[Standing, ...]
    due: tuple[Due, ...]


@collector_off()
def look(parcels: Iterable[Surveyed], order: Order, lying: Lying) -> Look:
    """Return what stands as an earlier build left it, and what is due."""
    subjects = 0
    standing: list[Standing] = []
    due: list[Due] = []
    for surveyed in parcels:
        found = [lying.standing(surveyed.key, topic) for topic in filter(order.means, surveyed.reading.topics)]
        subjects += len(found)
        standing += found
        if left := tuple((one.topic, one.left) for one in found if one.left):
            due.append(Due(surveyed, left))
    return Look(subjects, tuple(standing), tuple(due))
