"""The scores as a table for the terminal, readable at 80 columns, in pipes and without colour."""

from __future__ import annotations

from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from planctl.cli import console
from planctl.cli.evaluations import OUTCOME_HEADS, OUTCOMES, evaluation_name, outcome_count
from planctl.excerpt import beginning
from planctl.forms.number import rounded
from planctl.report.mongolian import decimal_comma
from planctl.scoring.scorecard import count_of
from planctl.words import _, said

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from planctl.portfolio.rubric import Rubric
    from planctl.scoring.scorecard import Scorecard, Tally

BAR_CELLS = 10
LONGEST_NAME = 18


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
    states = [
        name
        for name in OUTCOMES
        if any(outcome_count(card.total, name) for one in scorecards for card in one.evaluations)
    ]
    for name in states:
        table.add_column(said(OUTCOME_HEADS[name]), justify="right", overflow="fold", max_width=9)
    table.add_column(said(_("mean")), justify="right")
    table.add_column("", no_wrap=True)
    full, empty = ("#", ".") if ascii_only else ("█", "░")
    for one in scorecards:
        table.add_row(Text(f"{one.actuals.name}{' *' if one.is_draft else ''}", style="bold"))
        for card in one.evaluations:
            name = f"  {evaluation_name(card.evaluation)}"
            parts = [(name, card.total), *((f"    {_short(share.key)}", share.tally) for share in card.tables)]
            for words, tally in parts:
                counts = _counts(tally, rubric, states)
                table.add_row(Text(words), *counts, *_mean(tally, rubric, one.actuals.plan.decimals, full, empty))
    return table


def _short(title: str | None) -> str:
    """Return the beginning of a table's title."""
    return beginning(title or "", LONGEST_NAME)


def _counts(tally: Tally, rubric: Rubric, states: Sequence[str]) -> list[Text]:
    counted = ((step, count_of(rubric, step, tally)) for step in rubric.steps)
    return [
        Text(str(tally.items)),
        *(
            Text(str(count) if count else "-", style=_colour(rubric, step.high) if count else "dim")
            for step, count in counted
        ),
        *(Text(str(outcome_count(tally, state) or "-")) for state in states),
    ]


def _mean(tally: Tally, rubric: Rubric, decimals: int, full: str, empty: str) -> list[Text]:
    """Return the mean and its bar, drawn with a full and an empty sign."""
    top = Fraction(rubric.steps[0].high)
    filled = round(tally.mean / top * BAR_CELLS) if tally.mean and top else 0
    shown = "-" if tally.mean is None else decimal_comma(rounded(tally.mean, decimals))
    bar = Text(full * filled, style=_bar_colour(rubric, filled)) + Text(empty * (BAR_CELLS - filled), style="dim")
    return [Text(shown, style="bold"), bar]


def _colour(rubric: Rubric, score: Decimal) -> str:
    level = rubric.level_of(score)
    return level.colour if level else "default"


def _bar_colour(rubric: Rubric, filled: int) -> str:
    """Return the colour of the lowest value that the bar reaches down from: a bar of 82 is coloured as 70 is."""
    height = Fraction(rubric.steps[0].high) * filled / BAR_CELLS
    reached = next((step for step in rubric.steps if step.low <= height), rubric.steps[-1])
    return _colour(rubric, reached.high)
