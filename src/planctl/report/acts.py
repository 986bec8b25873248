"""Kinds of act: how many acts and clauses of each kind are under control, and how their clauses were scored.

The sheet that ministries publish as acts over clauses («292 / 421»); rows are counts, columns are kinds.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planctl.forms.form import Column, Group
from planctl.forms.number import rounded
from planctl.report.mongolian import decimal_comma
from planctl.report.prose import line
from planctl.report.sheet import Row
from planctl.report.summary import printed, step_name
from planctl.report.tables import plain_table
from planctl.scoring.engine import tally
from planctl.scoring.scorecard import Outcome, count_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from planctl.facts import RunFacts
    from planctl.portfolio.portfolio import Portfolio
    from planctl.report.office import Office
    from planctl.report.sheet import Cell, Sheet, Table
    from planctl.scoring.scorecard import Mark, Scorecard, Tally

TITLE = "хяналтад авсан шийдвэр, заалтын хэрэгжилт"
ALL = "Нийт"


def compose(office: Office, portfolio: Portfolio, facts: RunFacts) -> Sheet | None:
    """Return the kinds of act side by side; None where no plan has acts."""
    tables = tuple(_tables(office.scorecards))
    if not tables:
        return None
    blank = office.sheet(portfolio, facts, name="acts", title=TITLE)
    return replace(blank, tables=tuple(tables), remarks=office.remarks())


def _tables(cards: Sequence[Scorecard]) -> Iterator[Table]:
    """Return a table for each scale that acts were scored by."""
    for name in dict.fromkeys(card.rubric.name for card in cards):
        scored = [card for card in cards if card.rubric.name == name]
        acts = list(_acts(scored))
        if acts:
            kinds = {kind: [act for act in acts if act[0] == kind] for kind in dict.fromkeys(kind for kind, _ in acts)}
            columns = (
                Column("row", "Үзүүлэлт", 60),
                *(Column(f"kind:{kind}", kind, 40, "count") for kind in kinds),
                Column(f"kind:{ALL}", ALL, 24, "count"),
            )
            yield plain_table(f"acts:{name}", columns, _rows({**kinds, ALL: acts}, scored[0]))


def _acts(cards: Iterable[Scorecard]) -> Iterator[tuple[str, list[Mark]]]:
    """Return each act that has a reported clause: its kind and the marks of its clauses."""
    for card in cards:
        plan = card.actuals.plan
        for band in plan.bands:
            if isinstance(band, Group) and band.kind:
                marks = [card.own.marks[item.id] for item in band.items if plan.evaluated.get(item.id) is item]
                if marks:
                    yield band.kind, marks


def _rows(kinds: Mapping[str, list[tuple[str, list[Mark]]]], card: Scorecard) -> Iterator[Row]:
    rubric, decimals = card.rubric, card.actuals.plan.decimals
    counts = {kind: tally([mark for _kind, marks in acts for mark in marks], rubric) for kind, acts in kinds.items()}
    yield _row("Шийдвэр, заалтын тоо", {kind: f"{len(acts)} / {counts[kind].items}" for kind, acts in kinds.items()})
    for step in rubric.steps:
        yield _row(step_name(rubric, step), {kind: count_of(rubric, step, one) for kind, one in counts.items()})
    for outcome, name in (
        (Outcome.NOT_DUE, "Хугацаа болоогүй"),
        (Outcome.NOT_EVALUATED, "Үнэлээгүй"),
        (Outcome.EXCLUDED, "Хасагдсан"),
        (Outcome.MISSING, "Үнэлгээ ирээгүй"),
    ):
        if counts[ALL].outcomes[outcome]:
            yield _row(name, {kind: one.outcomes[outcome] for kind, one in counts.items()})
    yield _row("Дундаж хувь", {kind: _mean(one, decimals) for kind, one in counts.items()})


def _mean(counts: Tally, decimals: int) -> str:
    return "-" if counts.mean is None else decimal_comma(rounded(counts.mean, decimals))


def _row(name: str, values: Mapping[str, str | int]) -> Row:
    return Row({"row": line(name)} | {f"kind:{kind}": _cell(value) for kind, value in values.items()})


def _cell(value: str | int) -> Cell:
    return line(value) if isinstance(value, str) else line(printed(value), number=value)
