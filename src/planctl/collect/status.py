"""Who has returned and who has not. In: a project, a period and its record. Out: a `Standing` for each unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planctl.collect.asking import actuals_of, booklets

if TYPE_CHECKING:
    from planctl.collect.record import Record, Return
    from planctl.forms.period import Period
    from planctl.pipeline import Project

NO_UNIT_KEY = "-"
"""What stands for "no unit" where a name is needed."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a unit is: of its `items` so many are `told` of in the project, and what it returned, if anything."""

    unit: str
    name: str
    items: int
    told: int
    returned: Return | None


def standings(project: Project, period: Period, record: Record) -> tuple[Standing, ...]:
    """Return how far each unit is that is asked for the period, and those that returned something all the same."""
    returned = dict(record.returned or {})
    said = frozenset(_addresses(project, period))
    asked = tuple(
        Standing(
            one.unit or NO_UNIT_KEY,
            one.name,
            len(one.addresses),
            len(said.intersection(one.addresses)),
            returned.pop(one.unit or NO_UNIT_KEY, None),
        )
        for one in booklets(project, period)
    )
    units = project.portfolio.settings.units
    names = {id_: units[id_].name if id_ in units else id_ for id_ in returned}
    return (*asked, *(Standing(id_, names[id_], 0, 0, one) for id_, one in returned.items()))


def _addresses(project: Project, period: Period) -> set[str]:
    """Return the addresses of the items of which something is said for a period."""
    told = set()
    for plan in project.portfolio.plans:
        actuals = actuals_of(project.portfolio, plan, period)
        told |= {f"{plan}#{id_}" for id_, one in actuals.reported.items() if not one.is_silent} if actuals else set()
    return told
