"""What all sheets of a plan and period share: the head, the signatures, the flat records, the names of rows.

In: a scorecard and the portfolio. Out: parts of a `Sheet`.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from planctl.forms.actuals import State
from planctl.forms.form import Column, Group
from planctl.report.mongolian import decimal_comma, heading_date, with_period
from planctl.report.prose import line, prose
from planctl.report.sheet import EMPTY, Cell, Heading, Records, Row, Signature
from planctl.scoring.engine import outcome_of
from planctl.scoring.scorecard import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from planctl.facts import RunFacts
    from planctl.forms.actuals import Entry
    from planctl.forms.form import Item
    from planctl.portfolio.portfolio import Actuals, Evaluation, Portfolio, Reported
    from planctl.scoring.scorecard import Scorecard

DRAFT = "ТӨСӨЛ"
NO_DATE = "____ оны ___ дугаар сарын ___"

STATE_LABELS = {
    State.NOT_DUE: "Хугацаа болоогүй",
    State.NOT_EVALUATED: "Үнэлээгүй",
    State.POSTPONED: "Хойшлогдсон",
    State.REPEALED: "Хүчингүй болсон",
    State.MERGED: "Нэгтгэсэн",
    State.CLOSED: "Хяналтаас хассан",
}


def title(actuals: Actuals) -> str:
    """Return the sheet's title as one sentence: with the period, in sentence case."""
    return with_period(actuals.plan.model.title, actuals.period)


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
        draft=DRAFT if is_draft else "",
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


def percent(score: Decimal) -> str:
    """Return a score as sheets print it: `100%`, `82,5%`."""
    return f"{decimal_comma(score.normalize())}%"


def score_cell(scorecard: Scorecard, reported: Reported | None, evaluation: Evaluation) -> Cell:
    """Return the score, or the words of the state that stands in its place; empty where it is missing."""
    if outcome_of(reported, evaluation) is Outcome.SCORED and reported:
        score = reported.score(evaluation)
        if score is not None:
            level = scorecard.rubric.level_of(score)
            return line(percent(score), number=score, colour=level.colour.removeprefix("#") if level else None)
    return (
        line(STATE_LABELS[reported.state])
        if reported and reported.state and reported.score(evaluation) is None
        else EMPTY
    )


def progress_text(entry: Entry) -> str:
    """Return the narrative with what belongs to the item's state below it."""
    parts = (
        entry.progress,
        _state_line(entry),
        f"Тайлбар: {entry.reason}" if entry.reason else None,
    )
    return "\n\n".join(part for part in parts if part)


def _state_line(entry: Entry) -> str:
    """Return the state's date and act; of a closed item at least the word, as a score may stand in its cell."""
    if entry.state is None:
        return ""
    told = ", ".join(part for part in (entry.date and entry.date.isoformat(), entry.act) if part)
    label = STATE_LABELS[entry.state]
    if told:
        return f"{label}: {told}"
    return label if entry.state is State.CLOSED else ""


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


def records(scorecard: Scorecard, portfolio: Portfolio) -> Records:
    """Return one record for each reported item, with the office's own fields as columns of their own."""
    actuals = scorecard.actuals
    names = dict.fromkeys(name for id_, item in actuals.plan.items.items() for name in _extra(actuals, id_, item))
    known = {column.key for column in (*_FIRST, *_LAST)}
    plan_columns = tuple(column for column in actuals.plan.form.columns if column.key not in known)
    columns = (*_FIRST, *plan_columns, *_LAST, *(Column(f"extra:{name}", name, 20) for name in names))
    return Records(columns, tuple(_records(scorecard, portfolio)))


def _records(scorecard: Scorecard, portfolio: Portfolio) -> Iterator[Row]:
    actuals, section = scorecard.actuals, ""
    for band in actuals.plan.bands:
        if not isinstance(band, Group):
            section = band.title
            continue
        for item in band.items:
            if not item.reported:
                continue
            address = f"{actuals.plan.id}#{item.id}"
            texts = {key: line(text) for key, text in {**band.texts, **item.texts}.items()}
            cells = {"address": line(address), "section": line(section)} | texts
            cells |= _actual_cells(scorecard, portfolio, item)
            yield Row(
                cells | {f"extra:{name}": line(text) for name, text in _extra(actuals, item.id, item).items()}, address
            )


def _actual_cells(scorecard: Scorecard, portfolio: Portfolio, item: Item) -> dict[str, Cell]:
    reported = scorecard.actuals.reported.get(item.id)
    entry = reported.entry if reported else None
    return {
        "units": line(", ".join(portfolio.settings.units[unit].name for unit in item.units)),
        "deadline": line(item.deadline.isoformat() if item.deadline else ""),
        "state": line(STATE_LABELS[entry.state] if entry and entry.state else ""),
        "progress": prose(entry.progress if entry and entry.progress else ""),
        "self": _number(scorecard, reported, "self"),
        "superior": _number(scorecard, reported, "superior"),
        "reason": prose(entry.reason if entry and entry.reason else ""),
        "evidence": line("\n".join(_proofs(entry)) if entry else ""),
    }


def _number(scorecard: Scorecard, reported: Reported | None, evaluation: Evaluation) -> Cell:
    cell = score_cell(scorecard, reported, evaluation)
    return EMPTY if cell.number is None else cell


def _proofs(entry: Entry) -> Iterator[str]:
    for proof in entry.evidence or ():
        paper = proof.document
        written = (
            (paper.title, paper.number, paper.date and paper.date.isoformat()) if paper else (proof.file or proof.url,)
        )
        yield ", ".join(part for part in (proof.title, *written) if part)


def _extra(actuals: Actuals, id_: str, item: Item) -> Mapping[str, str]:
    """Return the office's own fields of an item, those of the plan before those of the actuals."""
    reported = actuals.reported.get(id_)
    fields = {**item.extra, **(reported.entry.extra if reported else {})}
    return {name: text for name, text in fields.items() if text}
