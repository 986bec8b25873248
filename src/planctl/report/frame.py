"""What all sheets of a plan and period share: the head, the signatures, the flat records, the names of rows.

In: a scorecard and the portfolio. Out: parts of a `Sheet`.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from planctl.forms.actuals import STATE_LABELS
from planctl.forms.form import Column, Group
from planctl.report.cells import achievement_cell, reached_text, score_cell, unit_names
from planctl.report.mongolian import PERIOD_BLANK, YEAR_BLANK, heading_date, report_title
from planctl.report.prose import line, prose
from planctl.report.sheet import EMPTY, Cell, Heading, Records, Row, Sheet, Signature

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planctl.facts import RunFacts
    from planctl.forms.actuals import Entry
    from planctl.forms.form import Item
    from planctl.portfolio.portfolio import Actuals, Evaluation, Plan, Portfolio
    from planctl.scoring.scorecard import Scorecard

DRAFT = "ТӨСӨЛ"
NO_DATE = "____ оны ___ дугаар сарын ___"


def title(actuals: Actuals) -> str:
    """Return the sheet's title as one sentence: with the period, in sentence case."""
    return report_title(actuals.plan.model.title, actuals.period)


def bare_title(plan: Plan) -> str:
    """Return a plan's title without its blanks for a period and a year."""
    return " ".join(plan.model.title.replace(PERIOD_BLANK, "").replace(YEAR_BLANK, "").split())


def heading(
    scorecard: Scorecard, facts: RunFacts, *, lines: tuple[str, ...], note: str = "", is_draft: bool = False
) -> Heading:
    """Return the head of a sheet; the date is the actuals' own unless the run names another."""
    actuals = scorecard.actuals
    day = facts.as_of or actuals.date
    return Heading(
        title=lines,
        date=heading_date(day) if day else NO_DATE,
        place=actuals.place,
        note=note,
        reference=actuals.plan.model.reference or "",
        draft=DRAFT if is_draft else "",
    )


def for_leaders(scorecard: Scorecard, facts: RunFacts, *, name: str, title_below: str) -> Sheet:
    """Return a sheet that nobody signs, still without tables: the report's title with its own below it."""
    actuals = scorecard.actuals
    return Sheet(
        stem=stem(actuals, name),
        name=name,
        template=name,
        organisation=actuals.organisation,
        heading=heading(scorecard, facts, lines=(title(actuals), title_below), is_draft=scorecard.is_draft),
    )


def signatures(actuals: Actuals) -> tuple[Signature, ...]:
    """Return who signs the sheets of a period."""
    return tuple(Signature(one.caption, one.post, one.name) for one in actuals.signatories)


def stem(actuals: Actuals, sheet: str) -> str:
    """Return the name of a sheet's files, without the ending: `council.2023.table`."""
    return f"{actuals.plan.id}.{actuals.period}.{sheet}"


def anchor(address: str) -> str:
    """Return the bookmark name of an address: a readable part and 16 digits that make it unique, up to 40 signs.

    Eight digits would meet twice among 100,000 addresses in Cyrillic, of which nothing readable is left.
    """
    readable = re.sub(r"[^A-Za-z0-9]+", "_", address).strip("_")[:20]
    return f"i_{readable}_{hashlib.sha256(address.encode()).hexdigest()[:16]}"


# The records


_FIRST = (
    Column("address", "Хаяг", 20),
    Column("section", "Бүлэг", 30),
)
_LAST = (
    Column("units", "Хариуцагч", 30),
    Column("deadline", "Хугацаа", 12),
    Column("state", "Төлөв", 16),
    Column("progress", "Хэрэгжилтийн явц", 60, "prose"),
    Column("self", "Өөрийн үнэлгээ", 12, "score"),
    Column("superior", "Дээд шатны байгууллагын үнэлгээ", 12, "score"),
    Column("reason", "Тайлбар", 30, "prose"),
    Column("evidence", "Нотлох баримт", 30, "prose"),
)
_REACHED = Column("reached", "Хүрсэн түвшин", 16)
_ACHIEVED = Column("achievement", "Гүйцэтгэл", 12, "score")


def records(scorecard: Scorecard, portfolio: Portfolio, *, table: int | None = None) -> Records:
    """Return one record for each reported item of a table of the form, or of all of them.

    The office's own fields are columns of their own.
    """
    actuals = scorecard.actuals
    items = tuple(_items(actuals, table))
    names = dict.fromkeys(name for _section, _band, item in items for name in own_fields(actuals, item))
    known = {column.key for column in (*_FIRST, *_LAST)}
    every = actuals.plan.tables(actuals.period.year)
    layouts = every if table is None else (every[table],)
    own: dict[str, Column] = {}
    for column in (column for layout in layouts for column in layout.columns if column.key not in known):
        own.setdefault(column.key, column)
    measured = (_REACHED, _ACHIEVED) if any(item.indicators for _section, _band, item in items) else ()
    hidden = {"reached", "reached_progress", "achievement"}
    plan_columns = tuple(column for key, column in own.items() if key not in hidden)
    columns = (*_FIRST, *plan_columns, *_LAST, *measured, *(Column(f"extra:{name}", name, 20) for name in names))
    return Records(columns, tuple(_record(scorecard, portfolio, *one) for one in items))


def _items(actuals: Actuals, table: int | None) -> Iterator[tuple[str, Group, Item]]:
    """Return the reported items, each with the title of its innermost section and its group."""
    section = ""
    for band in actuals.plan.bands:
        if not isinstance(band, Group):
            section = band.title
        elif table in {None, band.table}:
            title = actuals.plan.form.tables[band.table].title if band.table else section
            yield from ((title, band, item.in_year(actuals.period.year)) for item in band.items if item.reported)


def _record(scorecard: Scorecard, portfolio: Portfolio, section: str, band: Group, item: Item) -> Row:
    actuals = scorecard.actuals
    address = f"{actuals.plan.id}#{item.id}"
    cells = {key: line(text) for key, text in {**band.texts, **item.texts}.items()}
    cells |= {"address": line(address), "section": line(section)} | _actual_cells(scorecard, portfolio, item)
    return Row(cells | {f"extra:{name}": line(text) for name, text in own_fields(actuals, item).items()}, address)


def _actual_cells(scorecard: Scorecard, portfolio: Portfolio, item: Item) -> dict[str, Cell]:
    reported = scorecard.actuals.reported.get(item.id)
    entry = reported.entry if reported else None
    return {
        "units": line(unit_names(item, portfolio)),
        "deadline": line(item.deadline.isoformat() if item.deadline else ""),
        "state": line(STATE_LABELS[entry.state] if entry and entry.state else ""),
        "progress": prose(entry.progress if entry and entry.progress else ""),
        "self": _number(scorecard, item, "self"),
        "superior": _number(scorecard, item, "superior"),
        "reason": prose(entry.reason if entry and entry.reason else ""),
        "evidence": line("\n".join(_proofs(entry)) if entry else ""),
        "reached": line(reached_text(item, entry.reached_values) if entry else ""),
        "achievement": achievement_cell(scorecard, item),
    }


def beside(scorecard: Scorecard, item: Item) -> dict[str, Cell]:
    """Return what an office's own template may show of an item beside its columns: reasons, proofs, own fields."""
    reported = scorecard.actuals.reported.get(item.id)
    entry = reported.entry if reported else None
    own = own_fields(scorecard.actuals, item)
    return {
        "reason": prose(entry.reason if entry and entry.reason else ""),
        "evidence": line("\n".join(_proofs(entry)) if entry else ""),
        **{f"extra:{name}": prose(text) for name, text in own.items()},
    }


def _number(scorecard: Scorecard, item: Item, evaluation: Evaluation) -> Cell:
    cell = score_cell(scorecard, item.id, evaluation)
    return EMPTY if cell.number is None else cell


def _proofs(entry: Entry) -> Iterator[str]:
    for proof in entry.evidence or ():
        paper = proof.document
        written = (
            (paper.title, paper.number, paper.date and paper.date.isoformat()) if paper else (proof.file or proof.url,)
        )
        yield ", ".join(part for part in (proof.title, *written) if part)


def own_fields(actuals: Actuals, item: Item) -> Mapping[str, str]:
    """Return the office's own fields of an item, those of the plan before those of the actuals."""
    reported = actuals.reported.get(item.id)
    fields = {**item.extra, **(reported.entry.extra if reported else {})}
    return {name: text for name, text in fields.items() if text}
