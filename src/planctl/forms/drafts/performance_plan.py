"""The way back of a performance plan: from a paper to its goals, objectives and measures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from planctl.forms.drafting import Drafting, lines_under_titles, parted_number
from planctl.forms.drafts.measures import drafted
from planctl.forms.measures import Numbers
from planctl.forms.performance_plan import SKILLS

if TYPE_CHECKING:
    from planctl.forms.form import Loc
    from planctl.forms.paper import Draft, Paper, PaperTable, SectionLine

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
