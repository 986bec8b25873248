"""`planctl build`: the sheets in every format, and what came of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planctl.cli import console
from planctl.cli.options import JobsOption, Paths, PeriodOption, read_date  # typer reads them while the program runs
from planctl.cli.scope import scope_of
from planctl.diagnostics import in_order
from planctl.words import _, said

if TYPE_CHECKING:
    from collections.abc import Collection

    from planctl.building.built import Built

SURROUNDINGS = 2


OutOption = Annotated[
    Path | None, typer.Option("--out", help=_("Folder for the built files; by default build/ in the project."))
]
AsOfOption = Annotated[
    date | None,
    typer.Option(
        "--as-of", parser=read_date, metavar="DATE", help=_("Date on the sheets, in the place of the actuals' own.")
    ),
]
SheetsOption = Annotated[
    str,
    typer.Option(
        "--sheets", help=_("`official`, `all`, or names of sheets, parted by commas; `all` adds those for leaders.")
    ),
]
PdfOption = Annotated[bool, typer.Option("--pdf", help=_("Print the Word sheets as PDF too; LibreOffice does it."))]

WhyOption = Annotated[bool, typer.Option("--why", help=_("Say of each file why it was built or not."))]
SchedulerOption = Annotated[
    str, typer.Option("--scheduler", metavar="ADDRESS", help=_("Build on the machines of this Dask scheduler."))
]
InsecureOption = Annotated[
    bool, typer.Option("--insecure", help=_("Let plans go to a scheduler unencrypted, in a network of one's own."))
]
NoCacheOption = Annotated[
    bool, typer.Option("--no-cache", help=_("Build everything anew, whatever earlier builds left."))
]


def run(  # noqa: PLR0913, PLR0917  # each is a choice of the command line
    paths: Paths = None,
    period: PeriodOption = None,
    out: OutOption = None,
    format_: Annotated[str, typer.Option("--format", help=_("Formats, parted by commas."))] = "docx,xlsx,html",
    as_of: AsOfOption = None,
    sheets: SheetsOption = "official",
    pdf: PdfOption = False,  # noqa: FBT002  # the command line's own kind of choice
    why: WhyOption = False,  # noqa: FBT002  # likewise
    jobs: JobsOption = None,
    scheduler: SchedulerOption = "",
    insecure: InsecureOption = False,  # noqa: FBT002  # likewise
    no_cache: NoCacheOption = False,  # noqa: FBT002  # likewise
) -> None:
    """Build the sheets; documents with errors are refused by name, all others are built."""
    from planctl.cli.building import carried_out, remember  # noqa: PLC0415  # the help needs none of it
    from planctl.cli.building_told import tell_built, tell_refused, tell_why  # noqa: PLC0415
    from planctl.cli.surveying import hands_for  # noqa: PLC0415
    from planctl.making import Choice  # noqa: PLC0415
    from planctl.source.within import Within  # noqa: PLC0415

    formats = _formats(format_)
    if pdf and "docx" not in formats:
        raise typer.BadParameter(said(_("a PDF is made from the Word sheet: add docx to --format")), param_hint="--pdf")
    scope = scope_of(paths or [])
    choice = Choice(formats, _sheets(sheets), Within(scope.within), period=period, as_pdf=pdf)
    hands = hands_for(jobs, scheduler, insecure=insecure)
    done = carried_out(scope.root, choice, hands, out=out or scope.root / "build", as_of=as_of, is_anew=no_cache)
    built = done.built
    files = (*built.documents, *built.refused.values())
    found = in_order((*scope.findings_in(built.of_files, files), *built.of_templates))
    refused = scope.refused(built.refused, period)

    def tell(what: Built) -> None:
        console.findings(found, console.PathNames(scope.root), to=console.stderr())
        tell_refused(refused)
        tell_built(what, done.order.out)
        if why:
            tell_why(what.why)

    tell(built)
    remember(done, tell)
    if any(one.is_error for one in found):
        raise typer.Exit(1)
    if built.problems:
        raise typer.Exit(SURROUNDINGS)


def _formats(text: str) -> tuple[str, ...]:
    from planctl.render import FORMATS  # noqa: PLC0415

    return _named(text, FORMATS, "--format", _("“{text}” is not a format; the formats are {known}"))


def _sheets(text: str) -> tuple[str, ...]:
    from planctl.report import OFFICIAL, SHEETS  # noqa: PLC0415

    groups = {"official": OFFICIAL, "all": SHEETS}
    if text.strip() in groups:
        return groups[text.strip()]
    known = (*groups, *SHEETS)
    return _named(text, known, "--sheets", _("“{text}” is not a sheet; they are {known}"))


def _named(text: str, known: Collection[str], option: str, message: str) -> tuple[str, ...]:
    """Return the names in a list parted by commas; refuse one that nobody knows."""
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        words = said(message, {"text": ", ".join(unknown), "known": ", ".join(known)})
        raise typer.BadParameter(words, param_hint=option)
    return names
