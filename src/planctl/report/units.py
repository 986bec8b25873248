"""Units with their rank: what each department or officer has under control, by level, over all plans of a period."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planctl.alphabet import alphabetical
from planctl.forms.form import Column
from planctl.forms.number import rounded
from planctl.report.mongolian import decimal_comma
from planctl.report.office import unit_name
from planctl.report.prose import line
from planctl.report.sheet import Row
from planctl.report.summary import printed, step_name
from planctl.report.tables import plain_table
from planctl.scoring.engine import tally_of
from planctl.scoring.scorecard import Counts, Outcome, count_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from planctl.facts import RunFacts
    from planctl.portfolio.portfolio import Portfolio
    from planctl.portfolio.rubric import Rubric
    from planctl.report.account import CardAccount
    from planctl.report.office import Office
    from planctl.report.sheet import Cell, Sheet, Table
    from planctl.scoring.scorecard import Tally

TITLE = "нэгж, албан тушаалтны гүйцэтгэлийн эрэмбэ"
SHARED = "Хэд хэдэн нэгж хариуцсан арга хэмжээ нэгж бүрд орсон, нийт дүнд нэг удаа тоологдсон."

UNWEIGHTED = "Арга хэмжээний жинг энэ эрэмбэд тооцоогүй."


def compose(office: Office, portfolio: Portfolio, facts: RunFacts) -> Sheet | None:
    """Return the units by rank, those of one scale together; None where no item names a unit."""
    tables = tuple(_tables(office, portfolio))
    if not tables:
        return None
    shared = any(card.is_shared for card in office.cards)
    weighted = any(card.is_weighted for card in office.cards)
    blank = office.sheet(portfolio, facts, name="units", title=TITLE)
    return replace(
        blank, tables=tuple(tables), remarks=(*_said({SHARED: shared, UNWEIGHTED: weighted}), *office.remarks())
    )


def _said(sentences: dict[str, bool]) -> Iterator[str]:
    return (sentence for sentence, holds in sentences.items() if holds)


def _tables(office: Office, portfolio: Portfolio) -> Iterator[Table]:
    scored = tuple(office.by_rubric(portfolio))
    for rubric, cards in scored:
        if any(card.units for card in cards):
            title = rubric.title.mn if len(scored) > 1 else ""
            decimals = max(card.decimals for card in cards)
            units = tuple(_units(cards, rubric, portfolio, decimals))
            whole = tally_of(sum((card.named for card in cards), Counts()), rubric)
            rows = (*_ranked(units), _row("", "Дүн", _counts(whole, rubric, _mean(whole, decimals))))
            yield plain_table(f"units:{rubric.name}", tuple(_columns(rubric)), rows, title=title)


def _columns(rubric: Rubric) -> Iterator[Column]:
    yield Column("rank", "Байр", 14, "ordinal")
    yield Column("unit", "Нэгж, албан тушаалтан", 80)
    yield Column("items", "Нийт", 16, "count")
    yield from (Column(f"level:{step}", step_name(rubric, step), 16, "count") for step in rubric.steps)
    yield Column(Outcome.NOT_DUE, "ХБ", 14, "count")
    yield Column(Outcome.NOT_EVALUATED, "Үнэлээгүй", 20, "count")
    yield Column(Outcome.EXCLUDED, "Хасагдсан", 20, "count")
    yield Column(Outcome.MISSING, "Ирээгүй", 18, "count")
    yield Column("mean", "Биелэлтийн хувь", 24, "count")


Counted = tuple[str, "Decimal | None", dict[str, "Cell"]]
"""A unit's name, its mean as printed, and its counts."""


def _units(cards: Sequence[CardAccount], rubric: Rubric, portfolio: Portfolio, decimals: int) -> Iterator[Counted]:
    by_unit: dict[str, Counts] = {}
    for card in cards:
        for unit, own in card.units.items():
            by_unit[unit] = by_unit.get(unit, Counts()) + own
    for unit, every in by_unit.items():
        counts = tally_of(every, rubric)
        mean = _mean(counts, decimals)
        yield unit_name(unit, portfolio), mean, _counts(counts, rubric, mean)


def _ranked(units: Iterable[Counted]) -> Iterator[Row]:
    """Return the rows by rank; those whose printed means are equal share one."""
    rank, last = 0, None
    ordered = sorted(units, key=lambda unit: (unit[1] is None, -(unit[1] or 0), alphabetical(unit[0])))
    for place, (name, mean, cells) in enumerate(ordered, start=1):
        rank = rank if place > 1 and mean == last else place
        last = mean
        yield _row("" if mean is None else str(rank), name, cells)


def _mean(counts: Tally, decimals: int) -> Decimal | None:
    return None if counts.mean is None else rounded(counts.mean, decimals)


def _row(rank: str, name: str, cells: dict[str, Cell]) -> Row:
    return Row({"rank": line(rank), "unit": line(name)} | cells)


def _counts(counts: Tally, rubric: Rubric, mean: Decimal | None) -> dict[str, Cell]:
    cells = {"items": line(str(counts.items), number=counts.items)}
    for step in rubric.steps:
        number = count_of(rubric, step, counts)
        cells[f"level:{step}"] = line(printed(number), number=number)
    for outcome in (Outcome.NOT_DUE, Outcome.NOT_EVALUATED, Outcome.EXCLUDED, Outcome.MISSING):
        cells[outcome.value] = line(printed(counts.outcomes[outcome]), number=counts.outcomes[outcome])
    return cells | {"mean": line("-" if mean is None else decimal_comma(mean), number=mean)}
