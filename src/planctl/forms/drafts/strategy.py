"""The way back of a policy document: from a paper to its goals and objectives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planctl.forms.drafting import Cells, Drafting, bare_number, indicators_of, lines_under_titles, parted_number

if TYPE_CHECKING:
    from planctl.forms.form import Loc
    from planctl.forms.paper import Draft, Line, Paper


def draft(paper: Paper) -> Draft:
    """Return the policy document that a paper holds: goals from its section rows, and an objective for each line."""
    drafting = Drafting(paper)
    goals: list[dict[str, Any]] = []
    if paper.year:
        drafting.put(drafting.plan, (), "year", paper.year)
    drafting.plan["goals"] = goals
    for table in paper.tables:
        for titles, lines in lines_under_titles(table):
            number, title = parted_number(titles[-1].title.text) if titles else ("", "")
            goals.append({**({"number": number} if number else {}), "title": title or "-", "objectives": []})
            if titles:
                drafting.note(("goals", len(goals) - 1, "title"), titles[-1].title)
            for at, line in enumerate(lines):
                loc: Loc = ("goals", len(goals) - 1, "objectives", at)
                goals[-1]["objectives"].append(_objective(drafting, line, loc))
    return drafting.draft()


def _objective(drafting: Drafting, line: Line, loc: Loc) -> dict[str, Any]:
    cells, objective = Cells(line), dict[str, Any]()
    number, written = cells.take("number"), cells.take("objective", "measure")
    drafting.put(objective, loc, "number", number, bare_number(number))
    objective["title"] = written.text.strip() if written else "-"
    if written:
        drafting.note((*loc, "title"), written)
    indicators, origins = indicators_of(cells)
    if indicators:
        objective["indicators"] = indicators
        drafting.note((*loc, "indicators"), next(iter(origins.values())))
    drafting.report(loc, cells)
    drafting.keep_the_rest(objective, loc, line, cells)
    return objective
