"""`planctl carry-over`: what a plan left undone in a period, put into the next plan."""

from __future__ import annotations

from decimal import Decimal  # noqa: TC003  # typer reads it while the program runs
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planctl.cli import console
from planctl.cli.evaluations import evaluation_name
from planctl.cli.options import read_period
from planctl.cli.scope import card_of
from planctl.errors import PlanctlError
from planctl.forms.fields import PLACEHOLDER, as_score
from planctl.forms.form import PlanModel
from planctl.forms.measures import MeasuresPlan
from planctl.forms.number import plain
from planctl.forms.period import Period  # noqa: TC001  # typer reads it while the program runs
from planctl.words import _, said

if TYPE_CHECKING:
    from planctl.authoring.carry_over import NextPlan, Undone
    from planctl.pipeline import Project
    from planctl.portfolio.plan import Plan
    from planctl.scoring.scorecard import Scorecard

DEFAULT_LEVEL = "50"
FULL = 100
NO_SCORE = _("no score")


def _read_level(written: object) -> Decimal:
    text = str(written)
    try:
        level = as_score(text)
    except ValueError:
        level = None
    if level is None or level > FULL:
        raise typer.BadParameter(said(_("“{text}” is not a score from 0 to 100"), {"text": text}))
    return level


def _read_id(text: str) -> str:
    try:
        id_ = PlanModel.model_validate({"form": "-", "id": text, "title": "-"}).id
    except ValueError:
        id_ = PLACEHOLDER
    if id_.startswith(PLACEHOLDER):
        words = _(
            "“{text}” cannot be the id of a document: use letters, digits, `_`, `-` and `.`, up to 60, beginning with "
            "a letter or digit"
        )
        raise typer.BadParameter(said(words, {"text": text}))
    return id_


def run(
    plan: Annotated[str, typer.Argument(help=_("The id of the plan."))],
    period: Annotated[
        Period,
        typer.Option("--period", parser=read_period, metavar="PERIOD", help=_("The period: 2023, 2023-H1, 2023-Q3.")),
    ],
    to: Annotated[
        str,
        typer.Option("--to", parser=_read_id, metavar="NEWPLAN", help=_("The id of the next plan, there or not yet.")),
    ],
    at_or_below: Annotated[
        Decimal,
        typer.Option(
            "--at-or-below", parser=_read_level, metavar="SCORE", help=_("The highest score that is carried over.")
        ),
    ] = DEFAULT_LEVEL,  # type: ignore[assignment]  # click reads it like what is typed
    out: Annotated[
        Path | None, typer.Option("--out", help=_("The file of a new plan; by default plans/NEWPLAN.yaml."))
    ] = None,
) -> None:
    """Put what the plan left undone into the next plan, whose file is begun or added to; this plan stays as it is.

    The superior body's score decides where it has given one, else the office's own.
    """
    from planctl.authoring.carry_over import begun, undone  # noqa: PLC0415  # the help needs none of it
    from planctl.pipeline import load  # noqa: PLC0415
    from planctl.source.root import find_root  # noqa: PLC0415

    project = load(find_root(Path()))
    card = _card(project, plan, period)
    existing = _existing(project, card.actuals.plan, to)
    items = undone(card, at_or_below)
    if not items:
        console.say(_("{plan} {period} left nothing undone; nothing was written"), plan=plan, period=period)
        return
    target = _target(project, existing, to, out)
    made = _extended(card, items, existing, target) if existing else begun(card, items, id_=to, at_or_below=at_or_below)
    _write(made, target)


def _card(project: Project, id_: str, period: Period) -> Scorecard:
    """Return the scored period of a plan of measures; PlanctlError where there is none, or it has errors."""
    from planctl.refusal import refused  # noqa: PLC0415

    plans = project.portfolio.plans
    plan = plans.get(id_)
    if plan is None:
        raise PlanctlError(_("there is no plan “{id}”; the plans are: {known}"), id=id_, known=", ".join(plans) or "-")
    if not plan.items:
        raise PlanctlError(_("nothing is reported of “{id}”: it has no measures or clauses"), id=id_)
    if not isinstance(plan.model, MeasuresPlan):
        raise PlanctlError(
            _("“{id}” goes on in the same file: what is left undone is carried by leaving it open"), id=id_
        )
    if faulty := refused(project).get((id_, str(period))):
        raise PlanctlError(
            _("{plan} {period} has errors in {path}; `planctl check` shows them"),
            plan=id_,
            period=period,
            path=", ".join(sorted(faulty)),
        )
    return card_of(project, plan, period)


def _existing(project: Project, plan: Plan, to: str) -> Plan | None:
    """Return the next plan where it is there; PlanctlError where it cannot take in anything."""
    from planctl.authoring.carry_over import year_of  # noqa: PLC0415

    if to.casefold() == plan.id.casefold():
        raise PlanctlError(_("“{id}” cannot be carried over into itself; --to names the next plan"), id=plan.id)
    found = next((one for one in project.portfolio.plans.values() if one.id.casefold() == to.casefold()), None)
    if found is None:
        return None
    path = found.document.path
    _refuse_errors(project, path)
    if found.form is not plan.form:
        raise PlanctlError(
            _("“{id}” in {path} is of the form {form}; “{plan}” is of the form {other}"),
            id=found.id,
            path=path,
            form=found.form.name,
            plan=plan.id,
            other=plan.form.name,
        )
    if year_of(found) < year_of(plan):
        raise PlanctlError(
            _("“{id}” is the plan of {year}, before “{plan}” of {other}"),
            id=found.id,
            year=year_of(found),
            plan=plan.id,
            other=year_of(plan),
        )
    return found


def _refuse_errors(project: Project, path: str) -> None:
    if any(found.is_error and found.span.path == path for found in project.findings):
        raise PlanctlError(_("{path} has errors; `planctl check` shows them"), path=path)


def _target(project: Project, existing: Plan | None, to: str, out: Path | None) -> Path:
    """Return the file that is written; PlanctlError where it is there and is not the next plan's own."""
    if existing and out:
        path = existing.document.path
        raise PlanctlError(_("“{id}” is there already, in {path}; leave out --out to add to it"), id=to, path=path)
    if existing:
        return project.root / existing.document.path
    target = out or project.root / "plans" / f"{to}.yaml"
    if not target.exists():
        return target
    if target.resolve().is_relative_to(project.root.resolve()):
        _refuse_errors(project, target.resolve().relative_to(project.root.resolve()).as_posix())
    raise PlanctlError(_("{path} is there already; nothing was written"), path=target.as_posix())


def _extended(card: Scorecard, items: tuple[Undone, ...], to: Plan, target: Path) -> NextPlan:
    """Return the plan's file with the items; its bytes are read again, as planctl looks at lines without their ends."""
    from planctl.authoring.carry_over import extended  # noqa: PLC0415

    try:
        text = target.read_bytes().decode()
    except OSError as error:
        raise PlanctlError(
            _("{path} cannot be read: {problem}"), path=target.as_posix(), problem=error.strerror or error
        ) from error
    return extended(card, items, to=to, text=text)


def _write(made: NextPlan, target: Path) -> None:
    """Write the file once it is sure to be read as what was meant, and tell what was done."""
    from planctl.output.files import replace_file  # noqa: PLC0415
    from planctl.source.document import SourceText  # noqa: PLC0415
    from planctl.source.reader import read  # noqa: PLC0415

    document, _found = read(SourceText(target.as_posix(), made.text))
    if document is None or document.data != made.tree:
        raise PlanctlError(
            _("{path} is written in a way that nothing can be added to; nothing was written"), path=target.as_posix()
        )
    if made.there:
        console.say_counted(
            _("{n} item is there already: {ids}"),
            _("{n} items are there already: {ids}"),
            len(made.there),
            ids=", ".join(one.item.id for one in made.there),
        )
    if not made.moved:
        console.say(_("nothing is to be added to {path}; it stays as it is"), path=target.as_posix())
        return
    replace_file(target, made.text.encode())
    console.text("".join(f"{_line(one, id_)}\n" for one, id_ in made.moved))
    console.say(_("the superior body's score decided where there is one, else the office's own"))
    console.say_counted(
        _("wrote {path}; {n} item was carried over"),
        _("wrote {path}; {n} items were carried over"),
        len(made.moved),
        path=target.as_posix(),
    )


def _line(one: Undone, id_: str) -> str:
    name = one.item.id if one.item.id == id_ else f"{one.item.id} → {id_}"
    if one.score is not None and one.evaluation:
        return f"{name}  {evaluation_name(one.evaluation)}: {plain(one.score)}"
    return f"{name}  {one.state.value if one.state else said(NO_SCORE)}"
