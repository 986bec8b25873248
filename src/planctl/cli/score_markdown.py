"""The scores as Markdown of the GitHub flavour: a table for a job's summary or a comment."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from planctl.cli.evaluations import OUTCOME_HEADS, OUTCOMES, evaluation_name, outcome_count
from planctl.forms.number import rounded
from planctl.render.markdown_text import inert, table_of
from planctl.report.mongolian import decimal_comma, filled_in
from planctl.scoring.scorecard import count_of
from planctl.words import _, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planctl.portfolio.rubric import Rubric
    from planctl.scoring.scorecard import EvaluationCard, Scorecard

DRAFT = "\\*"


def as_markdown(scorecards: Sequence[Scorecard]) -> str:
    """Return a row for each plan, period and evaluation, those of one scale in one table; "" where there are none."""
    together = (list(cards) for _steps, cards in groupby(scorecards, key=lambda card: card.rubric.steps))
    parts = [_table(cards) for cards in together]
    if any(card.is_draft for card in scorecards):
        parts.append(inert(said(_("* draft: scores are missing; they are not counted as zero"))))
    return "".join(f"{part}\n\n" for part in parts)[:-1]


def _table(scorecards: Sequence[Scorecard]) -> str:
    rubric = scorecards[0].rubric
    evaluations = [one for card in scorecards for one in card.evaluations]
    states = [name for name in OUTCOMES if any(outcome_count(one.total, name) for one in evaluations)]
    words = [said(_("plan")), said(_("period")), said(_("evaluation"))]
    numbers = [
        said(_("items")),
        *map(str, rubric.steps),
        *(said(OUTCOME_HEADS[name]) for name in states),
        said(_("mean")),
    ]
    rows = (row for card in scorecards for row in _rows(card, rubric, states))
    headings = [inert(heading) for heading in (*words, *numbers)]
    return table_of([headings, *rows], [*(False for _word in words), *(True for _number in numbers)])


def _rows(card: Scorecard, rubric: Rubric, states: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield a row for each evaluation; the plan and the period stand in the first."""
    actuals = card.actuals
    title = inert(filled_in(actuals.plan.model.title, actuals.period))
    plan = f"{title} ({inert(actuals.plan.id)}){f' {DRAFT}' if card.is_draft else ''}"
    for at, one in enumerate(card.evaluations):
        first = ["", ""] if at else [plan, inert(str(actuals.period))]
        yield [*first, inert(evaluation_name(one.evaluation)), *_numbers(one, card, rubric, states)]


def _numbers(one: EvaluationCard, card: Scorecard, rubric: Rubric, states: Sequence[str]) -> Iterator[str]:
    tally = one.total
    yield str(tally.items)
    for count in (
        *(count_of(rubric, step, tally) for step in rubric.steps),
        *(outcome_count(tally, name) for name in states),
    ):
        yield str(count or "-")
    mean = rounded(tally.mean, card.actuals.plan.decimals) if tally.mean is not None else None
    yield "-" if mean is None else f"**{decimal_comma(mean)}**"
