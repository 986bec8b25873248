"""The trend sheet: each item's scores of earlier periods beside this one, and how the mean moved."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planctl.forms.form import Column
from planctl.forms.number import rounded
from planctl.report import frame
from planctl.report.cells import ordinal_of, score_cell, subject
from planctl.report.mongolian import decimal_comma, period_name
from planctl.report.prose import line, prose
from planctl.report.sheet import EMPTY, Row
from planctl.report.tables import plain_table, signed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planctl.facts import RunFacts
    from planctl.forms.form import Item
    from planctl.portfolio.actuals import Evaluation
    from planctl.portfolio.portfolio import Portfolio
    from planctl.report.sheet import Cell, Sheet
    from planctl.scoring.scorecard import Scorecard

MOST_PERIODS = 4
"""Periods side by side, this one included, so that a page holds them."""

ROSE, FELL, SAME, NEW = "өссөн ↑", "буурсан ↓", "хэвээр →", "шинэ"
LEADING: Evaluation = "self"


def compose(scorecard: Scorecard, _portfolio: Portfolio, facts: RunFacts) -> Sheet | None:
    """Return the trend over the latest periods; None where there is no earlier one."""
    cards = (*scorecard.earlier, scorecard)[-MOST_PERIODS:]
    if len(cards) == 1:
        return None
    items = scorecard.actuals.plan.evaluated.values()
    rows = (*(_row(cards, item) for item in items), *_means(cards))
    blank = frame.for_leaders(scorecard, facts, name="trend", title_below="Өмнөх үетэй харьцуулсан байдал")
    return replace(blank, tables=(plain_table("trend", tuple(_columns(cards)), rows),), remarks=tuple(_remarks(cards)))


def _columns(cards: Sequence[Scorecard]) -> Iterator[Column]:
    yield Column("number", "№", 14, "ordinal")
    yield Column("item", "Арга хэмжээ, заалт", 110, "prose")
    for card in cards:
        yield Column(_key(card), period_name(card.actuals.period), 24, "score", over="Өөрийн үнэлгээ")
    yield Column("change", "Өөрчлөлт, пункт", 24, "count")
    yield Column("trend", "Хандлага", 24, "text")


def _key(card: Scorecard) -> str:
    return f"period:{card.actuals.period}"


def _row(cards: Sequence[Scorecard], item: Item) -> Row:
    plan = cards[-1].actuals.plan
    address = f"{plan.id}#{item.id}"
    cells = {"number": line(ordinal_of(plan, item)), "item": prose(subject(plan, item))}
    cells |= {_key(card): score_cell(card, item.id, LEADING) for card in cards}
    return Row(cells | _change(cards, item), address, frame.anchor(address))


def _change(cards: Sequence[Scorecard], item: Item) -> dict[str, Cell]:
    before, now = (card.own.marks[item.id].score for card in cards[-2:])
    if now is None:
        return {"change": EMPTY, "trend": EMPTY}
    if before is None:
        return {"change": EMPTY, "trend": line(NEW)}
    word = ROSE if now > before else FELL if now < before else SAME
    return {"change": line(signed(now - before), number=now - before), "trend": line(word)}


def _means(cards: Sequence[Scorecard]) -> Iterator[Row]:
    """Return the closing rows: the mean of each evaluation by period."""
    names: tuple[tuple[Evaluation, str], ...] = (("self", "өөрийн үнэлгээ"), ("superior", "дээд шатны үнэлгээ"))
    for evaluation, name in names:
        parts = [card.card(evaluation) for card in cards]
        decimals = cards[-1].actuals.plan.decimals
        means = [
            None if part is None or part.total.mean is None else rounded(part.total.mean, decimals) for part in parts
        ]
        if all(mean is None for mean in means):
            continue
        cells = {"number": EMPTY, "item": line(f"Дундаж хувь, {name}")}
        for card, mean in zip(cards, means, strict=True):
            cells[_key(card)] = line("-" if mean is None else decimal_comma(mean))
        before, now = means[-2:]
        change = None if before is None or now is None else now - before
        cells["change"] = EMPTY if change is None else line(signed(change))
        cells["trend"] = EMPTY if change is None else line(ROSE if change > 0 else FELL if change < 0 else SAME)
        yield Row(cells)


def _remarks(cards: Sequence[Scorecard]) -> Iterator[str]:
    counted = cards[-1].own.counted(cards[-1].actuals.plan)
    words = [_change(cards, mark.item)["trend"].text for mark in counted]
    counts = (("өссөн", ROSE), ("хэвээр", SAME), ("буурсан", FELL), ("шинээр үнэлэгдсэн", NEW))
    told = ", ".join(f"{name} {words.count(word)}" for name, word in counts)
    yield f"Өмнөх үе ({period_name(cards[-2].actuals.period)})-тэй харьцуулахад {told}."
