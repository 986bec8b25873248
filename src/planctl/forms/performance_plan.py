"""The performance plan of an organisation and its report («гүйцэтгэлийн төлөвлөгөөний биелэлт»).

The form of order 100 of 2020 of the Cabinet Secretariat, annex 7: strategic goals over objectives over measures, whose
numbers run through the plan; and a second table of measures for knowledge and skills.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pydantic import Field

from planctl.forms.chain import CarriesOut
from planctl.forms.drafting import Drafting, lines_under_titles, parted_number
from planctl.forms.fields import Extra, ItemId, Strict, Text
from planctl.forms.form import Column, Form, Group, Layout, Section
from planctl.forms.measures import Measure, MeasureEntry, MeasuresPlan, Numbers, drafted, item
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.forms.form import Loc
    from planctl.forms.paper import Draft, Paper, PaperTable, SectionLine

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


# From a paper

UNNAMED = "Стратеги төлөвлөгөөний зорилт"
"""The goal or objective of measures above which the paper has no section row."""

_GOAL = re.compile(
    r"(?:стратеги\w*\s+(?:төлөвлөгөө\w*\s+)?)?зорил[гт]\w*\s+(?P<number>[0-9]+)"
    r"(?:\s*[.:]\s+|\s*[.:]?\s*(?=\D))(?P<title>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_OBJECTIVE = re.compile(r"зорилт\s+(?P<number>[0-9]+(?:\.[0-9]+)+)\s*[.:]?\s*(?P<title>.+)", re.IGNORECASE | re.DOTALL)


def draft(paper: Paper) -> Draft:
    """Return the plan that a paper holds: goals and objectives by its section rows; the second table is the skills'."""
    drafting = Drafting(paper)
    if paper.year:
        drafting.put(drafting.plan, (), "year", paper.year)
    goals: list[dict[str, Any]] = []
    skills: list[dict[str, Any]] = []
    drafting.plan |= {"goals": goals, "skills": skills}
    numbers, skill_numbers = Numbers(), Numbers()
    for table in paper.tables:
        if table.layout != SKILLS:
            _draft_goals(drafting, table, goals, numbers)
            continue
        for titles, lines in lines_under_titles(table):
            for one in titles:
                drafting.leave(one.title)
            begun = len(skills)
            skills += [drafted(drafting, line, ("skills", begun + at), skill_numbers) for at, line in enumerate(lines)]
    if not skills:
        del drafting.plan["skills"]
    return drafting.draft()


def _draft_goals(drafting: Drafting, table: PaperTable, goals: list[dict[str, Any]], numbers: Numbers) -> None:
    above: tuple[SectionLine | None, SectionLine | None] = (None, None)
    loc: Loc
    for titles, lines in lines_under_titles(table):
        goal, objective = _levels(titles, goes_on=above[0])
        if not goals or goal != above[0]:
            loc = ("goals", len(goals))
            goals.append(_begun(drafting, loc, goal, _GOAL, f"{len(goals) + 1}") | {"objectives": []})
            above = (goal, None)
        objectives = goals[-1]["objectives"]
        loc = ("goals", len(goals) - 1)
        if (lines and not objectives) or objective != above[1]:
            number = f"{goals[-1]['number']}.{len(objectives) + 1}"
            at = (*loc, "objectives", len(objectives))
            objectives.append(_begun(drafting, at, objective, _OBJECTIVE, number) | {"measures": []})
        above = (goal, objective)
        if lines:
            measures = objectives[-1]["measures"]
            within: Loc = (*loc, "objectives", len(objectives) - 1, "measures")
            begun = len(measures)
            measures += [drafted(drafting, line, (*within, begun + at), numbers) for at, line in enumerate(lines)]


def _levels(
    titles: tuple[SectionLine, ...], *, goes_on: SectionLine | None
) -> tuple[SectionLine | None, SectionLine | None]:
    """Return the rows of the goal and of the objective; one row alone is what its words say it is."""
    if len(titles) > 1:
        return titles[0], titles[-1]
    if titles and _OBJECTIVE.fullmatch(titles[0].title.text.strip()):
        return goes_on, titles[0]
    return (titles[0], None) if titles else (goes_on, None)


def _begun(
    drafting: Drafting, loc: Loc, row: SectionLine | None, pattern: re.Pattern[str], next_number: str
) -> dict[str, Any]:
    """Return the number and title of a goal or an objective as its row says them; one without takes the next number."""
    text = row.title.text.strip() if row else ""
    match = pattern.fullmatch(text)
    number, title = (match["number"], match["title"].strip()) if match else parted_number(text)
    if row:
        drafting.note((*loc, "title"), row.title)
    return {"number": number or next_number, "title": title or UNNAMED}


FORM = Form(
    name="performance-plan",
    plan=PerformancePlan,
    entry=MeasureEntry,
    tables=(
        Layout("measures", COLUMNS),
        Layout("skills", SKILL_COLUMNS, title="Мэдлэг, ур чадвараа дээшлүүлэх зорилт, арга хэмжээний биелэлт"),
    ),
    outline=outline,
    draft=draft,
    titles=r"гүйцэтгэлийн\s+төлөвлөгөө",
    rubric="percent",
    subtotal_level=2,
)
