"""Policy documents over the yearly plans: a vision, guidelines of five years, a programme, a development plan.

In the chain of plans they stand above what an office reports on: goals over objectives, which may have targets for a
year. Nothing is reported of them here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from planctl.forms.actuals import Entry
from planctl.forms.chain import CarriesOut
from planctl.forms.fields import Extra, ItemId, Strict, Text, Year
from planctl.forms.form import Column, Form, Group, Layout, PlanModel, ScoringRules, Section
from planctl.forms.indicators import Indicator
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.forms.form import Loc


class YearlyIndicator(Indicator):
    """An indicator of an objective, with the year that its target is for."""

    year: Year | None = Field(None, description=_("The year of the target."))

    @property
    def target_year(self) -> int | None:
        """The year of the target."""
        return self.year


class StrategicObjective(Strict):
    """An objective («зорилт») of a policy document; plans below carry it out."""

    id: ItemId = Field(description=_("The objective's id, unique in the document; plans below name it."))
    number: Text | None = Field(None, description=_("The official number as written."))
    title: Text = Field(description=_("The objective."))
    carries_out: CarriesOut
    indicators: tuple[YearlyIndicator, ...] = Field((), description=_("Its indicators, each with a target for a year."))
    extra: Extra


class StrategicGoal(Strict):
    """A goal («зорилго») of a policy document and its objectives."""

    id: ItemId | None = Field(None, description=_("The goal's id, where plans below name it."))
    number: Text | None = Field(None, description=_("The official number as written."))
    title: Text = Field(description=_("The goal."))
    carries_out: CarriesOut
    objectives: tuple[StrategicObjective, ...] = Field(description=_("Its objectives, in the order of the document."))
    extra: Extra


class Strategy(PlanModel):
    """A policy document of one year or several."""

    year: Year | None = Field(None, description=_("The year of the document, or its first one."))
    until: Year | None = Field(None, description=_("Its last year, where it is for several."))
    goals: tuple[StrategicGoal, ...] = Field(description=_("Its goals, in the order of the document."))

    @property
    def rules(self) -> ScoringRules:
        """How scores come about; the years are those of the document."""
        years = tuple(range(self.year, (self.until or self.year) + 1)) if self.year else ()
        return ScoringRules(mean=self.mean, years=years)


COLUMNS = (
    Column("number", "№", 12, "ordinal"),
    Column("objective", "Зорилт", 60, "prose"),
)


def outline(plan: Strategy) -> tuple[Section | Group, ...]:
    """Return the goals and objectives; there are no items."""
    return tuple(_bands(plan))


def _bands(plan: Strategy) -> Iterator[Section]:
    for at, goal in enumerate(plan.goals):
        loc: Loc = ("goals", at)
        yield Section(
            _numbered(goal.number, goal.title),
            number=goal.number or "",
            loc=loc,
            id=goal.id or "",
            text=goal.title,
            carries_out=goal.carries_out,
        )
        for place, objective in enumerate(goal.objectives):
            yield Section(
                _numbered(objective.number, objective.title),
                level=2,
                number=objective.number or "",
                loc=(*loc, "objectives", place),
                id=objective.id,
                text=objective.title,
                carries_out=objective.carries_out,
                indicators=objective.indicators,
            )


def _numbered(number: str | None, title: str) -> str:
    return f"{number}. {title}" if number else title


FORM = Form(name="strategy", plan=Strategy, entry=Entry, tables=(Layout("objectives", COLUMNS),), outline=outline)
