"""The way back of a register of decisions: from a paper to its decisions and their clauses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from planctl.forms.citing import Citation, citation_of, day_in, only_day
from planctl.forms.drafting import LABELS, Cells, Drafting, bare_number, lines_under_titles, units_of

if TYPE_CHECKING:
    from planctl.forms.form import Loc
    from planctl.forms.paper import Draft, Line, Paper, SectionLine

UNNAMED = "Шийдвэр"
"""The issuing body of decisions above which the paper has no section row."""

_BOUND = re.compile(r"\n+\s*Үүрэг хүлээсэн\s*:\s*(?P<bound>.+)\Z", re.DOTALL)
_CLAUSE_NUMBER = re.compile(
    r"(?P<number>[0-9]+(?:\.[0-9]+)*)(?:[.)]|(?<=\.[0-9])(?=\s)|(?<=\.[0-9]{2})(?=\s)"
    r"|\s*-?\s*(?:р|дахь|дэх|дугаар|дүгээр)\s+заалт\w*\s*[:.]?)\s*(?P<text>\D.*)",
    re.DOTALL,
)


def draft(paper: Paper) -> Draft:
    """Return the register that a paper holds: decisions by their grouped cells, and the clauses below each."""
    drafting = Drafting(paper)
    sections: list[dict[str, Any]] = []
    drafting.plan["sections"] = sections
    decisions = clauses = 0
    for at, table in enumerate(paper.tables):
        for titles, lines in lines_under_titles(table):
            section, loc = _section(drafting, sections, titles)
            group = None
            for line in lines:
                cells = Cells(line)
                if (at, line.group) != group:
                    group, decisions = (at, line.group), decisions + 1
                    _decision(drafting, section, loc, cells, {str(decisions), str(clauses + 1)})
                else:
                    _repeated(drafting, cells, (*loc, "decisions", len(section["decisions"]) - 1, "title"))
                clauses += 1
                made = section["decisions"][-1]
                within: Loc = (*loc, "decisions", len(section["decisions"]) - 1, "clauses", len(made["clauses"]))
                made["clauses"].append(
                    _clause(drafting, line, cells, within, {str(clauses), str(decisions)}, whole=made["title"])
                )
    return drafting.draft()


def _section(
    drafting: Drafting, sections: list[dict[str, Any]], titles: tuple[SectionLine, ...]
) -> tuple[dict[str, Any], Loc]:
    """Return the section of these titles, a new one where the last is another; two levels become one title."""
    title = " – ".join(one.title.text.strip() for one in titles) or UNNAMED
    if not sections or sections[-1]["title"] != title:
        sections.append({"title": title, "decisions": []})
        if titles:
            drafting.note(("sections", len(sections) - 1, "title"), titles[-1].title)
    return sections[-1], ("sections", len(sections) - 1)


def _repeated(drafting: Drafting, cells: Cells, loc: Loc) -> None:
    """Note that the cells of a decision say it once more, beside a further clause."""
    for key in ("decision_number", "decision", "decision_date"):
        again = cells.take(key)
        if again and not drafting.has_counted(again):
            drafting.repeat(loc, again)


def _decision(drafting: Drafting, section: dict[str, Any], loc: Loc, cells: Cells, counted: set[str]) -> None:
    """Add a decision; a number that is `counted` is none of its own. Its day may stand in a cell of its own."""
    within: Loc = (*loc, "decisions", len(section["decisions"]))
    decision: dict[str, Any] = {}
    section["decisions"].append(decision)
    number, written, day = cells.take("decision_number"), cells.take("decision"), cells.take("decision_date")
    act = citation_of(written.text) if written else Citation("")
    dated = citation_of(number.text) if number else Citation("")
    if dated.date:
        drafting.put(decision, within, "number", number, dated.number or dated.title)
        drafting.put(decision, within, "date", number, dated.date)
    elif bare_number(number) in counted and (act.number or not day):
        drafting.count(number)
    elif number and not act.number:
        drafting.put(decision, within, "number", number, bare_number(number))
    elif number:
        drafting.put(decision, within, "extra", number, {LABELS["number"]: number.text.strip()})
    for key, value in (("number", act.number), ("date", act.date), ("title", act.title)):
        if value:
            drafting.put(decision, within, key, written, value)
    if day and not act.date:
        drafting.put(decision, within, "date", day, day_in(day.text) or day.text.strip())
    elif day and day_in(day.text) == act.date:
        drafting.repeat((*within, "date"), day)
    elif day:
        drafting.put(decision, within, "extra", day, {LABELS["decision_date"]: day.text.strip()})
    decision.setdefault("title", UNNAMED)
    decision["clauses"] = []


def _is_list(text: str) -> bool:
    """Tell whether a text begins with a numbered list and not with a number of its own."""
    first, *rest = text.strip().split("\n")
    return first.startswith("1. ") and any(line.startswith("2. ") for line in rest)


def _clause(  # noqa: PLR0913  # the line, its place, and what counts it
    drafting: Drafting, line: Line, cells: Cells, loc: Loc, running: set[str], *, whole: str
) -> dict[str, Any]:
    """Return a clause; where the paper has none, the decision is carried out as a `whole`."""
    clause: dict[str, Any] = {}
    number, written = cells.take("clause_number"), cells.take("clause", "measure")
    text = written.text.strip() if written else whole
    bound = _BOUND.search(text)
    text = text[: bound.start()] if bound else text
    own = _CLAUSE_NUMBER.fullmatch(text) if written and not _is_list(text) else None
    if own:
        drafting.put(clause, loc, "number", written, own["number"])
        text = own["text"]
    if bare_number(number) in running or (own and bare_number(number) == own["number"]):
        drafting.count(number)
    elif number and not own:
        drafting.put(clause, loc, "number", number, bare_number(number))
    elif number:
        drafting.put(clause, loc, "extra", number, {LABELS["number"]: number.text.strip()})
    clause["text"] = text.strip()
    if written:
        drafting.note((*loc, "text"), written)
        if bound:
            drafting.put(clause, loc, "bound", written, bound["bound"].strip())
    drafting.put(clause, loc, "units", units := cells.take("units"), units_of(units))
    if (until := cells.seen("period")) and (day := only_day(until.text)):
        drafting.put(clause, loc, "deadline", cells.take("period"), day)
    drafting.report(loc, cells)
    drafting.keep_the_rest(clause, loc, line, cells)
    return clause
