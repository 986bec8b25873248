"""`planctl correct`: what changed in an approved report, recorded with the act that allows it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planctl.cli import console
from planctl.cli.approvals import (  # typer reads the options while the program runs
    ActBody,
    ActDate,
    ActName,
    ActNumber,
    ActTitle,
    OfPeriod,
    Reason,
    act_of,
    add,
    approved_report,
    item_of,
    tell_written,
    words,
)
from planctl.words import _


def run(  # noqa: PLR0913, PLR0917  # each is a choice of the command line
    address: Annotated[
        str,
        typer.Argument(metavar="DOCUMENT#ITEM | DOCUMENT", help=_("An item's address; a document for all in it.")),
    ],
    period: OfPeriod,
    reason: Reason,
    act: ActName,
    by: ActBody = None,
    number: ActNumber = None,
    date: ActDate = None,
    title: ActTitle = None,
) -> None:
    """Record what differs from the approved report: what was approved, what stands there now, why and by which act."""
    from planctl.authoring.approving import Addition, correction, to_correct  # noqa: PLC0415  # the help needs none
    from planctl.cli.surroundings import today  # noqa: PLC0415
    from planctl.pipeline import load  # noqa: PLC0415
    from planctl.source.root import find_root  # noqa: PLC0415

    project = load(find_root(Path()), today=today())
    why, correcting = words(reason, "--reason"), act_of(act, by=by, number=number, day=date, title=title)
    document, _hash, item = address.partition("#")
    card, approval = approved_report(project, document, period)
    found = to_correct(card, approval, item_of(card.actuals.plan, approval, item))
    if not found:
        console.say(_("“{address}” is as it was approved; nothing was written"), address=address)
        return
    entries = tuple(correction(one, reason=why, act=correcting) for one in found)
    add(project.root, approval, Addition("corrections", entries))
    for one in found:
        shown = f"{document}#{one.item}" if one.item else document
        console.text(f"{shown}  {one.what.value}: {one.old or '-'} → {one.new or '-'}\n")
    tell_written(project.root, approval.document.path)
