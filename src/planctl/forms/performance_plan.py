"""The performance plan of an organisation and its report («гүйцэтгэлийн төлөвлөгөөний биелэлт»).

The form of order 100 of 2020 of the Cabinet Secretariat, annex 7: strategic goals over objectives over measures, whose
numbers run through the plan; and a second table of measures for knowledge and skills.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from planctl.forms.chain import CarriesOut
from planctl.forms.fields import Extra, ItemId, Strict, Text
from planctl.forms.form import Column, Form, Group, Layout, Section
from planctl.forms.measures import Measure, MeasureEntry, MeasuresPlan, Numbers, item
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.forms.form import Loc

MEASURES, SKILLS = 0, 1
"""The places of the two tables."""


class Objective(Strict):
    """An objective («зорилт») and its measures."""

    id: ItemId | None = Field(None, description=_("The objective's id, where other plans name it."))
    number: Text = Field(description=_("The official number, such as `1.1`."))
    title: Text = Field(description=_("The objective."))
    carries_out: CarriesOut
    extra: Extra
    measures: tuple[Measure, ...] = Field(description=_("Its measures, in the order of the sheet."))


class Goal(Strict):
    """A goal of the strategy plan and its objectives."""

    id: ItemId | None = Field(None, description=_("The goal's id, where other plans name it."))
    number: Text = Field(description=_("The official number, such as `1`."))
    title: Text = Field(description=_("The goal, in sentence case; the sheet prints it in capitals."))
    carries_out: CarriesOut
    extra: Extra
    objectives: tuple[Objective, ...] = Field(description=_("Its objectives, in the order of the sheet."))


class PerformancePlan(MeasuresPlan):
    """An organisation's plan of measures for a year, by the goals of its strategy plan."""

    goals: tuple[Goal, ...] = Field(description=_("The goals of the strategy plan, in the order of the sheet."))
    skills: tuple[Measure, ...] = Field(
        (), description=_("The measures of the second table, for knowledge and skills.")
    )


COLUMNS = (
    Column("number", "Д/А", 11, "ordinal"),
    Column(
        "measure",
        "Стратеги төлөвлөгөө болон үндэслэж байгаа бусад бодлогын баримт бичиг, хууль тогтоомж",
        52,
        "prose",
    ),
    Column("budget", "Төсөв", 20, "text"),
    Column("indicator", "Шалгуур үзүүлэлт", 26, "prose"),
    Column("baseline", "Суурь түвшин", 19, "prose"),
    Column("target", "Зорилтот түвшин", 20, "prose"),
    Column("reached_progress", "Хүрсэн түвшин буюу хэрэгжилт /хүрээгүй бол тайлбар/", 88, "prose"),
    Column("self", "Гүйцэтгэлийн хувь", 24, "percent"),
)
_LEVELS = "Гүйцэтгэлийн түвшин"
SKILL_COLUMNS = (
    Column("number", "Д/д", 11, "ordinal"),
    Column("measure", "Зорилтыг хэрэгжүүлэх арга хэмжээ", 54, "prose"),
    Column("indicator", "Шалгуур үзүүлэлт", 28, "prose"),
    Column("baseline", "Суурь түвшин", 19, "prose", over=_LEVELS),
    Column("target", "Хүрэх түвшин", 20, "prose", over=_LEVELS),
    Column("reached_progress", "Хүрсэн түвшин (биелэлт)", 80, "prose", over=_LEVELS),
    Column("period", "Эхэлсэн, дууссан хугацаа", 24, "text"),
    Column("self", "Биелэлтийн хувь", 24, "percent"),
)


def outline(plan: PerformancePlan) -> tuple[Section | Group, ...]:
    """Return the plan's rows: goals and objectives over their measures, then the measures for skills."""
    return tuple(_bands(plan))


def _bands(plan: PerformancePlan) -> Iterator[Section | Group]:
    numbers = Numbers()
    for at, goal in enumerate(plan.goals):
        loc: Loc = ("goals", at)
        title = f"Стратеги төлөвлөгөөний зорилт {goal.number}: {goal.title}"
        yield Section(
            title.upper(),
            number=goal.number,
            loc=loc,
            id=goal.id or "",
            text=goal.title,
            carries_out=goal.carries_out,
        )
        for place, objective in enumerate(goal.objectives):
            within: Loc = (*loc, "objectives", place)
            yield Section(
                f"Зорилт {objective.number}. {objective.title}",
                2,
                number=objective.number,
                loc=within,
                id=objective.id or "",
                text=objective.title,
                carries_out=objective.carries_out,
            )
            yield from _measures(objective.measures, (*within, "measures"), numbers, plan.year, MEASURES)
    yield from _measures(plan.skills, ("skills",), Numbers(), plan.year, SKILLS)


def _measures(
    measures: tuple[Measure, ...], loc: Loc, numbers: Numbers, year: int, table: int
) -> Iterator[Section | Group]:
    for at, measure in enumerate(measures):
        number = numbers.of(measure)
        label = f"МУЧ-{number}" if table == SKILLS else ""
        one = item(measure, loc=(*loc, at), number=number, year=year, label=label)
        yield Group((*loc, at), {}, (one,), table=table)


FORM = Form(
    name="performance-plan",
    plan=PerformancePlan,
    entry=MeasureEntry,
    tables=(
        Layout("measures", COLUMNS),
        Layout("skills", SKILL_COLUMNS, title="Мэдлэг, ур чадвараа дээшлүүлэх зорилт, арга хэмжээний биелэлт"),
    ),
    outline=outline,
    titles=r"гүйцэтгэлийн\s+төлөвлөгөө",
    rubric="percent",
    subtotal_level=2,
)
