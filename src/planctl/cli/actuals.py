"""`planctl actuals new`: the file of a new period, with every item to report and what stood there last time."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planctl.cli import console
from planctl.cli.options import read_period
from planctl.errors import PlanctlError
from planctl.forms.period import Period  # noqa: TC001  # typer reads it while the program runs
from planctl.words import _

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def _group() -> None:
    """Make room for further commands beside `new`."""


@app.command(help=_("Write the file of a new period, ready to fill in."))
def new(
    plan: Annotated[str, typer.Argument(help=_("The id of the plan."))],
    period: Annotated[
        Period,
        typer.Option("--period", parser=read_period, metavar="PERIOD", help=_("The period: 2023, 2023-H1, 2023-Q3.")),
    ],
    out: Annotated[Path | None, typer.Option("--out", help=_("The file to write; by default beside the plan."))] = None,
) -> None:
    """Write the skeleton; nothing is overwritten, and a period that is reported already is refused."""
    from planctl.authoring.skeleton import skeleton  # noqa: PLC0415  # the help needs none of it
    from planctl.output.files import replace_file  # noqa: PLC0415
    from planctl.pipeline import load  # noqa: PLC0415
    from planctl.refusal import refused  # noqa: PLC0415
    from planctl.source.root import find_root  # noqa: PLC0415

    root = find_root(Path())
    project = load(root)
    portfolio = project.portfolio
    found = portfolio.plans.get(plan)
    if found is None:
        known = ", ".join(portfolio.plans) or "-"
        raise PlanctlError(_("there is no plan “{id}”; the plans are: {known}"), id=plan, known=known)
    if not found.items:
        raise PlanctlError(_("nothing is reported of “{id}”: it has no measures or clauses"), id=plan)
    for actuals in portfolio.actuals:
        if actuals.plan is found and actuals.period == period:
            raise PlanctlError(
                _("{plan} {period} is already reported in {path}"),
                plan=plan,
                period=period,
                path=actuals.documents[0].path,
            )
    if faulty := refused(project).get((plan, str(period))):
        raise PlanctlError(
            _("{plan} {period} has errors in {path}; `planctl check` shows them"),
            plan=plan,
            period=period,
            path=", ".join(sorted(faulty)),
        )
    target = out or (root / found.document.path).parent / f"{plan}.{period}.yaml"
    if target.exists():
        raise PlanctlError(_("{path} is there already; nothing was written"), path=target.as_posix())
    replace_file(target, skeleton(found, period, portfolio.actuals).encode())
    console.say(_("wrote {path}; fill in what was done and the scores"), path=target.as_posix())
