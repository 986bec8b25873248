"""The way back of an action plan by sector: from a paper to its sectors and their measures."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from planctl.forms.action_plan import Numbering
from planctl.forms.drafting import Drafting, bare_number, lines_under_titles, parted_number
from planctl.forms.drafts.measures import drafted
from planctl.forms.measures import Numbers

if TYPE_CHECKING:
    from planctl.forms.form import Loc
    from planctl.forms.paper import Draft, Paper, SectionLine

UNNAMED = "Арга хэмжээ"
"""The sector of measures above which the paper has no section row."""


def draft(paper: Paper) -> Draft:
    """Return the plan that a paper holds: a sector for each section row, and its measures."""
    drafting = Drafting(paper)
    if paper.year:
        drafting.put(drafting.plan, (), "year", paper.year)
    numbering = _numbering(paper)
    if numbering is Numbering.RUNNING:
        drafting.plan["numbering"] = numbering.value
    sectors: list[dict[str, Any]] = []
    drafting.plan["sections"] = sectors
    numbers, expected = Numbers(), Numbers()
    for table in paper.tables:
        for titles, lines in lines_under_titles(table):
            if titles or not sectors:
                sectors.append(_sector(drafting, titles, ("sections", len(sectors)), expected))
                if numbering is Numbering.RESTART:
                    numbers.restart()
            measures = sectors[-1]["measures"]
            for line in lines:
                loc: Loc = ("sections", len(sectors) - 1, "measures", len(measures))
                measures.append(drafted(drafting, line, loc, numbers))
    return drafting.draft()


def _numbering(paper: Paper) -> Numbering:
    """Return `running` where no section after the first begins again at 1, and one goes on with the number before."""
    numbers = [
        [bare_number(line.cells.get("number")) for line in lines]
        for table in paper.tables
        for _titles, lines in lines_under_titles(table)
        if lines
    ]
    firsts = [of_section[0] for of_section in numbers[1:]]
    goes_on = any(
        before[-1].isdecimal() and after[0] == str(int(before[-1]) + 1) for before, after in pairwise(numbers)
    )
    return Numbering.RUNNING if goes_on and "1" not in firsts else Numbering.RESTART


def _sector(drafting: Drafting, titles: tuple[SectionLine, ...], loc: Loc, expected: Numbers) -> dict[str, Any]:
    """Return a sector without measures; its number is kept where it is not the next one."""
    sector: dict[str, Any] = {}
    parts = [parted_number(one.title.text) for one in titles]
    number = parts[-1][0] if parts else ""
    if number and number != expected.peek():
        drafting.put(sector, loc, "number", titles[-1].title, number)
    expected.next(number or None)
    sector["title"] = " – ".join(text for _number, text in parts) or UNNAMED
    if titles:
        drafting.note((*loc, "title"), titles[-1].title)
    sector["measures"] = []
    return sector
