"""What is due. In: the parcels of a project, and what lies in the folder. Out: what stands, and what is to be made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planctl.garbage import collector_off

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from planctl.building.lying import Lying, Standing
    from planctl.building.order import Order
    from planctl.survey.reading import Topic
    from planctl.survey.survey import Surveyed


@dataclass(frozen=True, slots=True)
class Due:
    """A parcel of which something does not stand: those of its plans and periods, with the sheets to be looked at.

    It `is_accounted` where its account is wanted for the sheets over all plans, and not known.
    """

    surveyed: Surveyed
    topics: tuple[tuple[Topic, tuple[str, ...]], ...]
    is_accounted: bool


@dataclass(frozen=True, slots=True)
class Look:
    """What an order comes to: so many plans and periods, what stands of them, and what is due."""

    subjects: int
    standing: tuple[Standing, ...]
    due: tuple[Due, ...]


@collector_off()
def look(parcels: Iterable[Surveyed], order: Order, lying: Lying, unaccounted: Container[str]) -> Look:
    """Return what stands as an earlier build left it, and what is due: also parcels whose keys are `unaccounted`."""
    subjects = 0
    standing: list[Standing] = []
    due: list[Due] = []
    for surveyed in parcels:
        found = [lying.standing(surveyed.key, topic) for topic in filter(order.means, surveyed.reading.topics)]
        subjects += len(found)
        standing += found
        left = tuple((one.topic, one.left) for one in found if one.left)
        if left or surveyed.key in unaccounted:
            due.append(Due(surveyed, left, is_accounted=surveyed.key in unaccounted))
    return Look(subjects, tuple(standing), tuple(due))
