"""The register of decisions: council resolutions and governors' orders, and what was done about their clauses.

The form of «Тогтоолын хэрэгжилт» as county offices hand it in: seven columns, decisions over their clauses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from planctl.forms.actuals import Entry
from planctl.forms.chain import CarriesOut
from planctl.forms.fields import Date, Extra, Flag, ItemId, Strict, Text
from planctl.forms.form import Column, Form, Group, Item, Layout, Loc, PlanModel, Section
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Iterator


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


FORM = Form(
    name="resolutions",
    plan=Register,
    entry=Entry,
    tables=(Layout("resolutions", COLUMNS),),
    outline=outline,
    titles=r"(?:тогтоол|захирамж|шийдвэр)\w*\b.*(?:хэрэгжилт|биелэлт)",
)
