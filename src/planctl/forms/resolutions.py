"""The register of decisions: council resolutions and governors' orders, and what was done about their clauses.

The form of «Тогтоолын хэрэгжилт» as county offices hand it in: seven columns, decisions over their clauses.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pydantic import Field

from planctl.forms.actuals import Entry
from planctl.forms.chain import CarriesOut
from planctl.forms.citing import Citation, citation_of, day_in, only_day
from planctl.forms.drafting import LABELS, Cells, Drafting, bare_number, lines_under_titles, units_of
from planctl.forms.fields import Date, Extra, Flag, ItemId, Strict, Text
from planctl.forms.form import Column, Form, Group, Item, Layout, Loc, PlanModel, Section
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.forms.paper import Draft, Line, Paper, SectionLine


class Clause(Strict):
    """One duty laid down by a decision. `bound` is who it binds; `units` report on it; not every one is `reported`."""

    id: ItemId = Field(description=_("The clause's id, unique in the document."))
    number: Text | None = Field(None, description=_("The official number of the clause, as written."))
    text: Text = Field(description=_("What the clause lays down."))
    bound: Text | None = Field(None, description=_("Who is bound by the clause."))
    units: tuple[Text, ...] = Field((), description=_("The units that report on it: ids, names or other spellings."))
    deadline: Date | None = Field(None, description=_("The last day for it."))
    reported: Flag = Field(True, description=_("`false` for clauses outside all sheets and counts («баталсугай»)."))
    carries_out: CarriesOut
    extra: Extra


class Decision(Strict):
    """A resolution or order: its official number, date and title."""

    number: Text | None = Field(None, description=_("The official number of the decision, as written."))
    date: Date | None = Field(None, description=_("The day of the decision."))
    title: Text = Field(description=_("The title of the decision."))
    kind: Text | None = Field(None, description=_("The kind of act, where it is not the section's title."))
    extra: Extra
    clauses: tuple[Clause, ...] = Field(description=_("Its clauses."))


class DecisionSection(Strict):
    """The decisions of one issuing body."""

    id: ItemId | None = Field(None, description=_("The section's id, where other plans name it."))
    title: Text = Field(description=_("The issuing body, as the section row shows it."))
    carries_out: CarriesOut
    extra: Extra
    decisions: tuple[Decision, ...] = Field(description=_("Its decisions, in the order of the sheet."))


class Register(PlanModel):
    """A register of decisions under control. It has no period of its own."""

    sections: tuple[DecisionSection, ...] = Field(description=_("The issuing bodies, in the order of the sheet."))


COLUMNS = (
    Column("decision_number", "Шийдвэр Д/д", 18, "ordinal", grouped=True),
    Column("clause_number", "Заалт Д/д", 14, "ordinal"),
    Column("decision", "Шийдвэрийн нэр, огноо, дугаар", 38, "text", grouped=True),
    Column("clause", "Холбогдох заалтын агуулга", 50, "prose"),
    Column("progress", "Хэрэгжилтийн явц", 84, "prose"),
    Column("self", "Өөрийн үнэлгээ", 21, "score"),
    Column("superior", "Дээд шатны байгууллагын үнэлгээ", 27, "score"),
)


def _clause_text(clause: Clause) -> str:
    numbered = f"{clause.number}. {clause.text}" if clause.number else clause.text
    return f"{numbered}\n\nҮүрэг хүлээсэн: {clause.bound}" if clause.bound else numbered


def _decision_text(decision: Decision) -> str:
    written = (
        decision.title,
        decision.date.isoformat() if decision.date else None,
        f"Дугаар {decision.number}" if decision.number else None,
    )
    return "\n".join(line for line in written if line)


def _item(clause: Clause, *, loc: Loc, running: int | None) -> Item:
    return Item(
        id=clause.id,
        loc=loc,
        texts={"clause_number": str(running or ""), "clause": _clause_text(clause)},
        number=clause.number or "",
        units=clause.units,
        deadline=clause.deadline,
        reported=clause.reported,
        text=clause.text,
        carries_out=clause.carries_out,
        extra=clause.extra,
    )


def outline(register: Register) -> tuple[Section | Group, ...]:
    """Return the register's rows.

    Decision and clause numbers each run on through the sections, over the clauses that are reported.
    """
    return tuple(_bands(register))


def _bands(register: Register) -> Iterator[Section | Group]:
    decisions = clauses = 0
    for at, section in enumerate(register.sections):
        yield Section(section.title, loc=("sections", at), id=section.id or "", carries_out=section.carries_out)
        for index, decision in enumerate(section.decisions):
            loc: Loc = ("sections", at, "decisions", index)
            items = []
            for place, clause in enumerate(decision.clauses):
                clauses += clause.reported
                running = clauses if clause.reported else None
                items.append(_item(clause, loc=(*loc, "clauses", place), running=running))
            decisions += any(item.reported for item in items)
            texts = {"decision_number": str(decisions), "decision": _decision_text(decision)}
            yield Group(loc, texts, tuple(items), number=decision.number or "", kind=decision.kind or section.title)


# From a paper

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


FORM = Form(
    name="resolutions",
    plan=Register,
    entry=Entry,
    tables=(Layout("resolutions", COLUMNS),),
    outline=outline,
    draft=draft,
    titles=r"(?:тогтоол|захирамж|шийдвэр)\w*\b.*(?:хэрэгжилт|биелэлт)",
)
