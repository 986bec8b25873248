"""What a build is asked for. In: nothing. Out: `Order`, and which sheets of which plans and periods it means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from planctl.forms.period import period_of
from planctl.report import OFFICE_REPORTS, PERIOD_REPORTS, PLAN_REPORTS
from planctl.report.office import DOCUMENT

if TYPE_CHECKING:
    from pathlib import Path

    from planctl.building.record import Record
    from planctl.facts import RunFacts
    from planctl.making import Choice
    from planctl.survey.reading import Topic
    from planctl.survey.survey import Survey


class Saving(Protocol):
    """What keeps the record for the next build; halfway it may leave it until later, as records can be long."""

    def __call__(self, record: Record, *, is_halfway: bool = False) -> None:
        """Keep a record, in the place of the one before."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be built, where, with which facts of this run; one that `is_anew` relies on no earlier build."""

    survey: Survey
    out: Path
    choice: Choice
    facts: RunFacts
    is_anew: bool = False

    @property
    def as_of(self) -> str | None:
        """The date on the sheets, where one was named."""
        return self.facts.as_of.isoformat() if self.facts.as_of else None

    def means(self, topic: Topic) -> bool:
        """Tell whether anything of a plan or period is to be built."""
        choice = self.choice
        if not self.sheets_of(topic) or not choice.within.has_any(topic.chosen_by):
            return False
        return choice.period is None or period_of(topic.period) == choice.period

    def sheets_of(self, topic: Topic) -> list[str]:
        """Return the names of the sheets that are wanted of a plan or period."""
        of_period = OFFICE_REPORTS if topic.document == DOCUMENT else PERIOD_REPORTS
        known = of_period if topic.period else PLAN_REPORTS
        return [name for name in self.choice.sheets if name in known]
