"""The scores as a table for the terminal, readable at 80 columns, in pipes and without colour."""

from __future__ import annotations

from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from planctl.cli import console
from planctl.cli.score import OUTCOMES, evaluation_name
from planctl.forms.number import rounded
from planctl.report.mongolian import decimal_comma
from planctl.report.summary import count_of
from planctl.words import _, said

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from planctl.portfolio.rubric import Rubric
    from planctl.scoring.scorecard import EvaluationCard, Scorecard

BAR_CELLS = 10
OUTCOME_HEADS = {
    "not_due": _("not due"),
    "not_evaluated": _("not eval."),
    "excluded": _("excl."),
    "missing": _("miss."),
}


def show(scorecards: Sequence[Scorecard]) -> None:
    """Draw the scorecards, those of one scale in one table."""
    screen = console.rich_console()
    for _name, cards in groupby(scorecards, key=lambda card: card.rubric.steps):
        together = list(cards)
        screen.print(_table(together, ascii_only=screen.options.ascii_only))
    if any(card.is_draft for card in scorecards):
        console.say(_("* draft: scores are missing; they are not counted as zero"))


def _table(scorecards: Sequence[Scorecard], *, ascii_only: bool) -> Table:
    rubric = scorecards[0].rubric
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column(said(_("document")), overflow="fold", min_width=14)
    table.add_column(said(_("items")), justify="right")
    for step in rubric.steps:
        table.add_column(str(step), justify="right")
    states = [name for name in OUTCOMES if any(_count(card, name) for one in scorecards for card in one.evaluations)]
    for name in states:
        table.add_column(said(OUTCOME_HEADS[name]), justify="right", overflow="fold", max_width=9)
    table.add_column(said(_("mean")), justify="right")
    table.add_column("", no_wrap=True)
    for one in scorecards:
        table.add_row(Text(f"{one.actuals.name}{' *' if one.is_draft else ''}", style="bold"))
        for card in one.evaluations:
            table.add_row(*_cells(one, card, rubric, states, ascii_only=ascii_only))
    return table


def _count(card: EvaluationCard, outcome: str) -> int:
    return next(count for name, count in card.total.outcomes.items() if name.value == outcome)


def _cells(
    one: Scorecard, card: EvaluationCard, rubric: Rubric, states: Sequence[str], *, ascii_only: bool
) -> list[Text]:
    counted = ((step, count_of(rubric, step, card.total)) for step in rubric.steps)
    counts = [
        Text(str(count) if count else "-", style=_colour(rubric, step.high) if count else "dim")
        for step, count in counted
    ]
    mean = card.total.mean
    shown = "-" if mean is None else decimal_comma(rounded(mean, one.actuals.plan.decimals))
    top = Fraction(rubric.steps[0].high)
    filled = round(mean / top * BAR_CELLS) if mean and top else 0
    full, empty = ("#", ".") if ascii_only else ("█", "░")
    return [
        Text(f"  {evaluation_name(card.evaluation)}"),
        Text(str(card.total.items)),
        *counts,
        *(Text(str(_count(card, name) or "-")) for name in states),
        Text(shown, style="bold"),
        Text(full * filled, style=_bar_colour(rubric, filled)) + Text(empty * (BAR_CELLS - filled), style="dim"),
    ]


def _colour(rubric: Rubric, score: Decimal) -> str:
    level = rubric.level_of(score)
    return level.colour if level else "default"


def _bar_colour(rubric: Rubric, filled: int) -> str:
    """Return the colour of the lowest value that the bar reaches down from: a bar of 82 is coloured as 70 is."""
    height = Fraction(rubric.steps[0].high) * filled / BAR_CELLS
    reached = next((step for step in rubric.steps if step.low <= height), rubric.steps[-1])
    return _colour(rubric, reached.high)
