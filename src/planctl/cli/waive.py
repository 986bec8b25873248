"""`planctl waive`: leave to differ from an approved report for some time."""

from __future__ import annotations

from datetime import date  # noqa: TC003  # typer reads it while the program runs
from pathlib import Path
from typing import Annotated

import typer

from planctl.cli import console
from planctl.cli.approvals import (  # typer reads the options while the program runs
    OfPeriod,
    Reason,
    add,
    approved_report,
    item_of,
    tell_written,
    words,
)
from planctl.cli.options import read_date
from planctl.errors import PlanctlError
from planctl.words import _


def run(
    address: Annotated[
        str,
        typer.Argument(metavar="DOCUMENT#ITEM | DOCUMENT", help=_("An item's address; a document for all in it.")),
    ],
    period: OfPeriod,
    reason: Reason,
    until: Annotated[
        date, typer.Option("--until", parser=read_date, metavar="DATE", help=_("The last day on which it holds."))
    ],
    by: Annotated[str, typer.Option("--by", help=_("Who gives leave."))],
) -> None:
    """Let an item or a document differ from what was approved until a day; after it `planctl check` fails again."""
    from planctl.authoring.approving import Addition  # noqa: PLC0415  # the help needs none of it
    from planctl.cli.surroundings import today  # noqa: PLC0415
    from planctl.pipeline import load  # noqa: PLC0415
    from planctl.source.root import find_root  # noqa: PLC0415

    day = today()
    if until < day:
        raise PlanctlError(_("{until} has passed; a waiver ends today or later"), until=until)
    project = load(find_root(Path()), today=day)
    document, _hash, item = address.partition("#")
    card, approval = approved_report(project, document, period)
    told = {
        "item": item_of(card.actuals.plan, approval, item),
        "by": words(by, "--by"),
        "reason": words(reason, "--reason"),
        "until": until.isoformat(),
    }
    add(project.root, approval, Addition("waivers", ({key: text for key, text in told.items() if text},)))
    console.say(_("“{address}” may differ from what was approved until {until}"), address=address, until=until)
    tell_written(project.root, approval.document.path)
