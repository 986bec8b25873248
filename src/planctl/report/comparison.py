"""The comparison of the two evaluations: how often each gave each level, and every item on which they differ."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planctl.forms.form import Column
from planctl.forms.number import rounded
from planctl.report import frame
from planctl.report.cells import ordinal_of, score_cell, subject
from planctl.report.mongolian import decimal_comma
from planctl.report.prose import line, prose
from planctl.report.sheet import Row
from planctl.report.summary import printed, step_name
from planctl.report.tables import plain_table, signed
from planctl.scoring.scorecard import count_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.facts import RunFacts
    from planctl.portfolio.portfolio import Portfolio
    from planctl.report.sheet import Cell, Sheet
    from planctl.scoring.scorecard import EvaluationCard, Mark, Scorecard

_LEVELS = (
    Column("level", "Түвшин", 40),
    Column("self", "Өөрийн үнэлгээ", 24, "count"),
    Column("superior", "Дээд шатны байгууллагын үнэлгээ", 30, "count"),
    Column("change", "Зөрүү", 20, "count"),
)
_ITEMS = (
    Column("number", "№", 14, "ordinal"),
    Column("item", "Арга хэмжээ, заалт", 92, "prose"),
    Column("self", "Өөрийн үнэлгээ", 22, "score"),
    Column("superior", "Дээд шатны байгууллагын үнэлгээ", 28, "score"),
    Column("change", "Зөрүү, пункт", 20, "count"),
    Column("reason", "Үндэслэл", 80, "prose"),
)


def compose(scorecard: Scorecard, _portfolio: Portfolio, facts: RunFacts) -> Sheet | None:
    """Return the comparison; None while the superior body has not begun."""
    superior = scorecard.superior
    if superior is None:
        return None
    rows = tuple(_rows(scorecard, superior))
    tables = [plain_table("levels", _LEVELS, _level_rows(scorecard, superior))]
    if rows:
        tables.append(plain_table("differences", _ITEMS, rows, title="Зөрүүтэй үнэлгээ"))
    blank = frame.for_leaders(scorecard, facts, name="comparison", title_below="Үнэлгээний харьцуулалт")
    return replace(blank, tables=tuple(tables), remarks=tuple(_remarks(scorecard, superior)))


def _level_rows(scorecard: Scorecard, superior: EvaluationCard) -> Iterator[Row]:
    rubric = scorecard.rubric
    for step in rubric.steps:
        own, theirs = count_of(rubric, step, scorecard.own.total), count_of(rubric, step, superior.total)
        yield Row(_counts(step_name(rubric, step), own, theirs))
    yield Row(_counts("Үнэлэгдсэн", scorecard.own.total.scored, superior.total.scored))
    decimals = scorecard.actuals.plan.decimals
    means = [
        None if card.total.mean is None else rounded(card.total.mean, decimals) for card in (scorecard.own, superior)
    ]
    own_mean, their_mean = means
    yield Row(
        {
            "level": line("Дундаж хувь"),
            "self": line("-" if own_mean is None else decimal_comma(own_mean), number=own_mean),
            "superior": line("-" if their_mean is None else decimal_comma(their_mean), number=their_mean),
            "change": line("-" if own_mean is None or their_mean is None else signed(their_mean - own_mean)),
        }
    )


def _counts(name: str, own: int, theirs: int) -> dict[str, Cell]:
    return {
        "level": line(name),
        "self": line(printed(own), number=own),
        "superior": line(printed(theirs), number=theirs),
        "change": line(signed(theirs - own), number=theirs - own),
    }


def _differing(scorecard: Scorecard, superior: EvaluationCard) -> Iterator[tuple[Mark, Mark]]:
    for id_, own in scorecard.own.marks.items():
        theirs = superior.marks[id_]
        if own.score is not None and theirs.score is not None and own.score != theirs.score:
            yield own, theirs


def _rows(scorecard: Scorecard, superior: EvaluationCard) -> Iterator[Row]:
    plan, reported = scorecard.actuals.plan, scorecard.actuals.reported
    for own, theirs in _differing(scorecard, superior):
        item = own.item
        difference = (theirs.score or 0) - (own.score or 0)
        address = f"{plan.id}#{item.id}"
        yield Row(
            {
                "number": line(ordinal_of(plan, item)),
                "item": prose(subject(plan, item)),
                "self": score_cell(scorecard, item.id, "self"),
                "superior": score_cell(scorecard, item.id, "superior"),
                "change": line(signed(difference), number=difference),
                "reason": prose(reported[item.id].entry.reason or "-"),
            },
            address,
            frame.anchor(address),
        )


def _remarks(scorecard: Scorecard, superior: EvaluationCard) -> Iterator[str]:
    first = set(scorecard.actuals.plan.ids_by_table[0])
    differing = [pair for pair in _differing(scorecard, superior) if pair[0].item.id in first]
    lower = sum((theirs.score or 0) < (own.score or 0) for own, theirs in differing)
    both = sum(
        own.score is not None and superior.marks[own.item.id].score is not None
        for own in scorecard.own.counted(scorecard.actuals.plan)
    )
    yield (
        f"Хоёр үнэлгээ {both} арга хэмжээнд байгаагаас {both - len(differing)} нь ижил, {lower} нь буурсан, "
        f"{len(differing) - lower} нь өссөн."
    )
