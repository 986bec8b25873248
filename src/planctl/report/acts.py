"""Kinds of act: how many acts and clauses of each kind are under control, and how their clauses were scored.

The sheet that ministries publish as acts over clauses («292 / 421»); rows are counts, columns are kinds.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planctl.forms.form import Column
from planctl.forms.number import rounded
from planctl.report.account import Acts
from planctl.report.mongolian import decimal_comma
from planctl.report.prose import line
from planctl.report.sheet import Row
from planctl.report.summary import printed, step_name
from planctl.report.tables import plain_table
from planctl.scoring.engine import tally_of
from planctl.scoring.scorecard import Counts, Outcome, count_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from planctl.facts import RunFacts
    from planctl.portfolio.portfolio import Portfolio
    from planctl.portfolio.rubric import Rubric
    from planctl.report.account import CardAccount
    from planctl.report.office import Office
    from planctl.report.sheet import Cell, Sheet, Table
    from planctl.scoring.scorecard import Tally

TITLE = "хяналтад авсан шийдвэр, заалтын хэрэгжилт"
ALL = "Нийт"


def compose(office: Office, portfolio: Portfolio, facts: RunFacts) -> Sheet | None:
    """Return the kinds of act side by side; None where no plan has acts."""
    tables = tuple(_tables(office, portfolio))
    if not tables:
        return None
    blank = office.sheet(portfolio, facts, name="acts", title=TITLE)
    return replace(blank, tables=tuple(tables), remarks=office.remarks())


def _tables(office: Office, portfolio: Portfolio) -> Iterator[Table]:
    """Return a table for each scale that acts were scored by."""
    for rubric, cards in office.by_rubric(portfolio):
        if kinds := _kinds(cards):
            whole = _added(kinds.values())
            columns = (
                Column("row", "Үзүүлэлт", 60),
                *(Column(f"kind:{kind}", kind, 40, "count") for kind in kinds),
                Column(f"kind:{ALL}", ALL, 24, "count"),
            )
            rows = _rows({**kinds, ALL: whole}, rubric, cards[0].decimals)
            yield plain_table(f"acts:{rubric.name}", columns, rows)


def _kinds(cards: Iterable[CardAccount]) -> Mapping[str, Acts]:
    """Return the acts of each kind in all reports."""
    found: dict[str, list[Acts]] = {}
    for card in cards:
        for kind, acts in card.acts.items():
            found.setdefault(kind, []).append(acts)
    return {kind: _added(acts) for kind, acts in found.items()}


def _added(acts: Iterable[Acts]) -> Acts:
    every = tuple(acts)
    return Acts(sum(one.number for one in every), sum((one.counts for one in every), Counts()))


def _rows(kinds: Mapping[str, Acts], rubric: Rubric, decimals: int) -> Iterator[Row]:
    counts = {kind: tally_of(acts.counts, rubric) for kind, acts in kinds.items()}
    yield _row("Шийдвэр, заалтын тоо", {kind: f"{acts.number} / {counts[kind].items}" for kind, acts in kinds.items()})
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
