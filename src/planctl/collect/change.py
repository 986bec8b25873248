"""A change that an answer makes, and the file of a report that it may begin."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from planctl.forms.period import Period
    from planctl.pipeline import Project
    from planctl.place import Place

Written: TypeAlias = "str | list[dict[str, object]] | None"
"""What is written into the YAML; None takes the key out."""


@dataclass(frozen=True, slots=True)
class Change:
    """A field of an item that is to say something else. `old` and `new` are as cells show them."""

    plan: str
    period: Period
    id: str
    key: str
    indicator: str
    old: str
    new: str
    value: Written
    file: str
    place: Place

    @property
    def address(self) -> str:
        """The item's address, `document#item`."""
        return f"{self.plan}#{self.id}"

    @property
    def name(self) -> str:
        """The field, as findings and lists name it: `reached.people`."""
        return f"{self.key}.{self.indicator}" if self.indicator else self.key


def path_of_new(project: Project, plan: str, period: Period) -> str:
    """Return the path of the file of a period that is not there yet: beside the plan."""
    folder = PurePosixPath(project.portfolio.plans[plan].document.path).parent
    return (folder / f"{plan}.{period}.yaml").as_posix()
