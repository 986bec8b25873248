"""`planctl approve`: what a report says on the day it is approved, recorded with the act."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planctl.cli import console
from planctl.cli.approvals import (  # typer reads the options while the program runs
    ActBody,
    ActDate,
    ActName,
    ActNumber,
    ActTitle,
    OfPeriod,
    act_of,
    faulty_files,
    report_of,
    tell_written,
)
from planctl.cli.evaluations import evaluation_name
from planctl.errors import PlanctlError
from planctl.words import _, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.forms.acts import Act
    from planctl.pipeline import Project
    from planctl.portfolio.approval import Approval
    from planctl.scoring.scorecard import EvaluationCard, Scorecard

NOT_BEGUN = "–"


def run(  # noqa: PLR0913, PLR0917  # each is a choice of the command line
    plan: Annotated[str, typer.Argument(help=_("The id of the plan."))],
    period: OfPeriod,
    act: ActName,
    by: ActBody = None,
    number: ActNumber = None,
    date: ActDate = None,
    title: ActTitle = None,
    dry_run: Annotated[  # noqa: FBT002  # a flag of the command line
        bool, typer.Option("--dry-run", help=_("Write nothing; show what would be recorded."))
    ] = False,
) -> None:
    """Record the scores and texts of a report with the act that approves it; `planctl check` holds it to them."""
    from planctl.authoring.approving import approval_of, approval_text  # noqa: PLC0415  # the help needs none of it
    from planctl.authoring.written import read_as  # noqa: PLC0415
    from planctl.cli.surroundings import today  # noqa: PLC0415
    from planctl.output.files import replace_file  # noqa: PLC0415
    from planctl.pipeline import load  # noqa: PLC0415
    from planctl.portfolio.kinds import APPROVALS  # noqa: PLC0415
    from planctl.source.root import find_root  # noqa: PLC0415

    project = load(find_root(Path()), today=today())
    approving = act_of(act, by=by, number=number, day=date, title=title)
    card = report_of(project, plan, period)
    path = f"{APPROVALS}{plan}.{period}.yaml"
    tree = approval_of(card, approving)
    if existing := card.actuals.approval:
        _same_or_refused(existing, read_as(tree))
        return
    _refuse_errors(project, card)
    if (project.root / path).exists():
        raise PlanctlError(_("{path} is there already; nothing was written"), path=path)
    console.text("".join(f"{line}\n" for line in _shown(card, approving)))
    if card.is_draft:
        missing = max(one.missing for one in card.evaluations)
        console.say_counted(_("{n} item has no score yet"), _("{n} items have no score yet"), missing)
    if dry_run:
        console.say(_("nothing was written"))
        return
    replace_file(project.root / path, approval_text(tree).encode())
    tell_written(project.root, path)


def _same_or_refused(existing: Approval, tree: dict[str, object]) -> None:
    """Say that the report is approved already, with the same act and words; PlanctlError where it is not the same."""
    kept = {key: value for key, value in existing.document.data.items() if key not in {"corrections", "waivers"}}
    path = existing.document.path
    if kept != tree or existing.model.corrections:
        raise PlanctlError(
            _("{path} approved this report and says something else; `planctl correct` records what changed since"),
            path=path,
        )
    console.say(_("{path} approved this report already; nothing was written"), path=path)


def _refuse_errors(project: Project, card: Scorecard) -> None:
    from planctl.refusal import part_of, refused  # noqa: PLC0415

    if faulty := refused(project).get(part_of(card.actuals)):
        found = {one.span.path for one in project.findings if one.is_error}
        raise faulty_files(card.actuals.plan.id, card.actuals.period, (faulty & found) or faulty)


def _shown(card: Scorecard, act: Act) -> Iterator[str]:
    """Return what is recorded, for a person."""
    from planctl.scoring.record import result_of  # noqa: PLC0415

    actuals = card.actuals
    yield f"{actuals.name}  {act}"
    for evaluation in card.evaluations:
        yield f"  {evaluation_name(evaluation.evaluation)}: {_sum(evaluation, actuals.plan.decimals)}"
    for id_ in actuals.plan.items:
        results = [result_of(one.marks[id_]) if id_ in one.marks else NOT_BEGUN for one in card.evaluations]
        yield f"  {id_}  {'  '.join(results)}"


def _sum(evaluation: EvaluationCard, decimals: int) -> str:
    from planctl.forms.number import rounded  # noqa: PLC0415
    from planctl.report.mongolian import decimal_comma  # noqa: PLC0415

    total = evaluation.total
    mean = NOT_BEGUN if total.mean is None else f"{total.sum} = {decimal_comma(rounded(total.mean, decimals))}"
    return said(
        _("{scored} of {items} items scored, mean {mean}"), {"scored": total.scored, "items": total.items, "mean": mean}
    )
