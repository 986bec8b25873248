"""What the commands about approved reports share: the act of the command line, the report, and writing its approval."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, Any

import typer

from planctl.cli import console
from planctl.cli.options import read_date, read_period
from planctl.cli.scope import card_of
from planctl.errors import PlanctlError
from planctl.forms.acts import Act
from planctl.forms.period import Period
from planctl.words import _, said

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from planctl.authoring.approving import Addition
    from planctl.pipeline import Project
    from planctl.portfolio.approval import Approval
    from planctl.portfolio.plan import Plan
    from planctl.scoring.scorecard import Scorecard

OfPeriod = Annotated[
    Period,
    typer.Option("--period", parser=read_period, metavar="PERIOD", help=_("The period: 2023, 2023-H1, 2023-Q3.")),
]
ActName = Annotated[str, typer.Option("--act", help=_("The act: its kind, or how it is cited as a whole."))]
ActBody = Annotated[str | None, typer.Option("--by", help=_("The body that issued it."))]
ActNumber = Annotated[str | None, typer.Option("--number", help=_("Its number, as written."))]
ActDate = Annotated[
    date | None, typer.Option("--date", parser=read_date, metavar="DATE", help=_("Its date, such as 2024-01-15."))
]
ActTitle = Annotated[str | None, typer.Option("--title", help=_("Its title."))]
Reason = Annotated[str, typer.Option("--reason", help=_("Why, as it is to be read later."))]


def act_of(name: str, *, by: str | None, number: str | None, day: date | None, title: str | None) -> Act:
    """Return the act that the command line names; refuse what no file could hold."""
    for option, text in (("--act", name), ("--by", by), ("--number", number), ("--title", title)):
        if text is not None:
            words(text, option)
    return Act.model_validate({"body": by, "act": name, "number": number, "date": day, "title": title})


def words(text: str, option: str) -> str:
    """Return what was typed for an option, without spaces around it; refuse nothing and control characters."""
    try:
        return Act.model_validate({"act": text}).act
    except ValueError:
        told = said(_("“{text}” is no text that can be kept"), {"text": text.strip()})
        raise typer.BadParameter(told, param_hint=option) from None


def report_of(project: Project, id_: str, period: Period) -> Scorecard:
    """Return the scored report of a plan and period; PlanctlError where there is none."""
    if (plan := project.portfolio.plans.get(id_)) is None:
        raise PlanctlError(
            _("there is no plan “{id}”{suggestion}"), id=id_, suggestion=did_you_mean(id_, project.portfolio.plans)
        )
    return card_of(project, plan, period)


def approved_report(project: Project, id_: str, period: Period) -> tuple[Scorecard, Approval]:
    """Return a report that can be corrected, and its approval.

    PlanctlError where it was not approved, or where its files have errors other than those that corrections mend.
    """
    from planctl.codes.approvals import CODES  # noqa: PLC0415  # the help needs none of it

    card = report_of(project, id_, period)
    approval = card.actuals.approval
    if approval is None:
        raise PlanctlError(_("{plan} {period} was not approved; `planctl approve` does that"), plan=id_, period=period)
    mendable = {code.name for code in CODES} - {"approval-edited", "correction-mismatch", "duplicate-approval"}
    files = card.actuals.files
    faulty = {found.span.path for found in project.findings if found.is_error and found.code not in mendable} & files
    if faulty:
        raise faulty_files(id_, period, faulty)
    return card, approval


def faulty_files(id_: str, period: Period, paths: Iterable[str]) -> PlanctlError:
    """Return what is said where a report cannot be worked with because of its files."""
    return PlanctlError(
        _("{plan} {period} has errors in {path}; `planctl check` shows them"),
        plan=id_,
        period=period,
        path=", ".join(sorted(paths)),
    )


def item_of(plan: Plan, approval: Approval, item: str) -> str:
    """Return an item that is in the plan or was approved; PlanctlError for any other."""
    from planctl.portfolio.approval import items_in  # noqa: PLC0415

    known = {*plan.items, *items_in(approval.standing)}
    if item and item not in known:
        raise PlanctlError(
            _("“{document}” has no item “{item}”{suggestion}"),
            document=plan.id,
            item=item,
            suggestion=did_you_mean(item, known),
        )
    return item


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return what may be meant, as the end of a sentence."""
    near = get_close_matches(word, tuple(known), n=1)
    return said(_("; did you mean “{suggestion}”?"), {"suggestion": near[0]}) if near else ""


def add(root: Path, approval: Approval, addition: Addition) -> None:
    """Write entries into an approval's file, once it is sure to be read as what was meant."""
    from planctl.authoring.approving import added  # noqa: PLC0415
    from planctl.output.files import replace_file  # noqa: PLC0415

    path = (root / approval.document.path).resolve()  # a link stays one
    try:
        content = path.read_bytes()
    except OSError as error:
        raise PlanctlError(
            _("{path} cannot be read: {problem}"), path=path.as_posix(), problem=error.strerror or error
        ) from error
    mark = "\ufeff" if content.startswith("\ufeff".encode()) else ""
    text, tree = added(content.decode().removeprefix(mark), approval, addition)
    if _tree(approval.document.path, text) != tree:
        raise PlanctlError(
            _("{path} is written in a way that nothing can be added to; nothing was written"),
            path=approval.document.path,
        )
    replace_file(path, (mark + text).encode())


def _tree(path: str, text: str) -> Any:
    from planctl.source.document import SourceText  # noqa: PLC0415
    from planctl.source.reader import read  # noqa: PLC0415

    document, _found = read(SourceText(path, text))
    return document and document.data


def tell_written(root: Path, path: str) -> None:
    """Say which file was written."""
    console.say(_("wrote {path}"), path=console.PathNames(root).of(path))
