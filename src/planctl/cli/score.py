"""`planctl score`: what each plan and period comes to, as a table, JSON, CSV or Markdown."""

from __future__ import annotations

import csv
import io
import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planctl.cli import console
from planctl.cli.again import watched
from planctl.cli.evaluations import OUTCOMES
from planctl.cli.options import Paths, PeriodOption, one_of_option
from planctl.cli.scope import scope_of
from planctl.forms.number import plain, rounded
from planctl.scoring.scorecard import count_of
from planctl.separated import AS_UTF8, defused
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planctl.portfolio.rubric import Step
    from planctl.scoring.scorecard import EvaluationCard, Scorecard, Tally


class ScoreFormat(StrEnum):
    """How scores are written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "md"


def run(
    paths: Paths = None,
    period: PeriodOption = None,
    format_: Annotated[
        ScoreFormat,
        one_of_option("--format", ScoreFormat, _("How scores are written.")),
    ] = ScoreFormat.TABLE,
) -> None:
    """Score the project; documents with errors are named and left out, and the exit code is then 1."""
    from planctl.cli.surroundings import today  # noqa: PLC0415  # the help needs none of it
    from planctl.pipeline import load_for_errors  # noqa: PLC0415  # the help needs none of it
    from planctl.refusal import part_of, refused  # noqa: PLC0415

    scope = scope_of(paths or [])
    day = today()
    project = load_for_errors(watched(scope.root, day), today=day)
    without = refused(project)
    wanted = [
        card for card in project.scorecards if scope.has_actuals(card.actuals) and period in {None, card.actuals.period}
    ]
    good = [card for card in wanted if part_of(card.actuals) not in without]
    match format_:
        case ScoreFormat.JSON:
            console.data(as_json(good))
        case ScoreFormat.CSV:
            console.data(as_csv(good))
        case ScoreFormat.MARKDOWN:
            from planctl.cli.score_markdown import as_markdown  # noqa: PLC0415  # only this needs the renderer

            console.data(as_markdown(good))
        case ScoreFormat.TABLE:
            from planctl.cli.score_table import show  # noqa: PLC0415  # only the table needs rich

            show(good)
    errors = [found for found in scope.findings_of_documents(project, without) if found.is_error]
    if errors:
        for document, when in scope.refused(without, period):
            console.say(_("{document} {period} has errors and is left out"), document=document, period=when)
        console.say(_("`planctl check` shows them"))
    elif not wanted:
        console.say(_("there is nothing to score here: no plan has actuals for this period"))
    raise typer.Exit(int(bool(errors)))


# JSON


def as_json(scorecards: Sequence[Scorecard]) -> str:
    """Return one entry for each plan and period; `exact` is the mean as points over scored items."""
    documents = [_document(card) for card in scorecards]
    return json.dumps({"documents": documents}, ensure_ascii=False, indent=2) + "\n"


def _document(card: Scorecard) -> dict[str, Any]:
    from planctl.report.mongolian import filled_in  # noqa: PLC0415  # the table shows no titles

    actuals = card.actuals
    return {
        "id": actuals.plan.id,
        "form": actuals.plan.form.name,
        "title": filled_in(actuals.plan.model.title, actuals.period),
        "period": str(actuals.period),
        "items": card.own.total.items,
        "rubric": card.rubric.name,
        "draft": card.is_draft,
        "evaluations": {
            "self": _evaluation(card, card.own),
            "superior": _evaluation(card, card.superior) if card.superior else None,
        },
    }


def _evaluation(card: Scorecard, evaluation: EvaluationCard) -> dict[str, Any]:
    decimals = card.actuals.plan.decimals
    return {
        **_tally(evaluation.total, decimals),
        "sections": [{"title": part.key, **_tally(part.tally, decimals)} for part in evaluation.sections],
        "units": [{"unit": part.key, **_tally(part.tally, decimals)} for part in evaluation.units],
        "tables": [{"title": part.key, **_tally(part.tally, decimals)} for part in evaluation.tables],
    }


def _tally(tally: Tally, decimals: int) -> dict[str, Any]:
    return {
        "items": tally.items,
        "scored": tally.scored,
        "levels": {plain(value): count for value, count in tally.levels.items()},
        **{outcome.value: count for outcome, count in tally.outcomes.items() if outcome.value in OUTCOMES},
        "mean": None if tally.mean is None else float(rounded(tally.mean, decimals)),
        "exact": tally.exact,
    }


# CSV


def as_csv(scorecards: Sequence[Scorecard]) -> str:
    """Return one row for each plan, period and evaluation, with the mark by which Excel knows UTF-8."""
    steps = {step for card in scorecards for step in card.rubric.steps}
    levels = sorted(steps, key=lambda step: (step.high, step.low), reverse=True)
    head = ["document", "period", "form", "title", "evaluation", "items", "scored"]
    head += [f"level_{step}" for step in levels] + [*OUTCOMES, "mean", "exact"]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    for card in scorecards:
        writer.writerows(_csv_rows(card, levels))
    return AS_UTF8 + out.getvalue()


def _csv_rows(card: Scorecard, levels: Sequence[Step]) -> Iterator[list[object]]:
    from planctl.report.mongolian import filled_in  # noqa: PLC0415  # likewise

    actuals = card.actuals
    for evaluation in card.evaluations:
        tally = _tally(evaluation.total, actuals.plan.decimals)
        texts = (
            actuals.plan.id,
            str(actuals.period),
            actuals.plan.form.name,
            filled_in(actuals.plan.model.title, actuals.period),
        )
        known = set(card.rubric.steps)
        counts = [count_of(card.rubric, step, evaluation.total) if step in known else "" for step in levels]
        yield [
            *map(defused, texts),
            evaluation.evaluation,
            tally["items"],
            tally["scored"],
            *counts,
            *(tally[outcome] for outcome in OUTCOMES),
            "" if tally["mean"] is None else tally["mean"],
            _as_text(tally["exact"]),
        ]


def _as_text(exact: str | None) -> str:
    """Return the fraction with a space, as Excel would make a date of 7/30."""
    return (exact or "").replace("/", " / ")
