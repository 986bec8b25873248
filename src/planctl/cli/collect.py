"""`planctl collect`: a workbook for each unit goes out, what they come back with goes into the YAML, and who is missing."""

from __future__ import annotations

import re
from datetime import date  # noqa: TC003  # typer reads it while the program runs
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planctl import __version__
from planctl.cli import console
from planctl.cli.options import one_of, read_date, read_period
from planctl.errors import PlanctlError
from planctl.forms.period import Period  # noqa: TC001  # typer reads it while the program runs
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planctl.collect.asking import Booklet

app = typer.Typer(no_args_is_help=True)

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_LONGEST_NAME = 80


class By(StrEnum):
    """What a workbook is made for."""

    UNIT = "unit"


ThePeriod = Annotated[
    Period,
    typer.Option("--period", parser=read_period, metavar="PERIOD", help=_("The period: 2023, 2023-H1, 2023-Q3.")),
]


@app.command(help=_("Write a workbook for each unit, to be filled in."))
def out(  # noqa: PLR0913, PLR0917  # the options of the command
    period: ThePeriod,
    plans: Annotated[
        list[str] | None,
        typer.Argument(metavar="PLAN", help=_("Plans, by their ids; by default all of that time.")),
    ] = None,
    by: Annotated[  # noqa: ARG001  # units are what there is; others may come
        By, typer.Option("--by", parser=one_of(By), metavar="|".join(By), help=_("What each workbook is for."))
    ] = By.UNIT,
    folder: Annotated[
        Path | None, typer.Option("--out", help=_("The folder to write to; by default collect/PERIOD of the project."))
    ] = None,
    until: Annotated[
        date | None,
        typer.Option("--until", parser=read_date, metavar="DATE", help=_("The day until which it is to be returned.")),
    ] = None,
    to: Annotated[
        str, typer.Option("--to", metavar="WHO", help=_("Whom to return it to; by default the organisation."))
    ] = "",
    force: Annotated[  # noqa: FBT002  # a flag of the command line
        bool, typer.Option("--force", help=_("Write over workbooks that are there already."))
    ] = False,
) -> None:
    """Write the workbooks, all or none; one that is there already is only left alone where it is the same."""
    from planctl.collect.asking import NO_UNIT, booklets  # noqa: PLC0415  # the help needs none of it
    from planctl.collect.workbook import Request, rendered  # noqa: PLC0415
    from planctl.output.files import write_all  # noqa: PLC0415
    from planctl.pipeline import load  # noqa: PLC0415
    from planctl.source.discover import find_root  # noqa: PLC0415

    root = find_root(Path())
    project = load(root)
    asked = booklets(project, period, plans or ())
    if not asked:
        raise PlanctlError(_("nothing is to be reported for {period}; nothing was written"), period=period)
    target = folder or root / "collect" / str(period)
    request = Request(until, to, __version__)
    made = {target / name: rendered(one, request) for name, one in zip(_file_names(asked), asked, strict=True)}
    there = {path: _content(path) for path in made}
    new = {path: (there[path], content) for path, content in made.items() if there[path] != content}
    if taken := [path.as_posix() for path in new if there[path] is not None and not force]:
        raise PlanctlError(
            _("{path} is there already and says something else; --force writes over it; nothing was written"),
            path=", ".join(taken),
        )
    write_all(new)
    for path, one in zip(made, asked, strict=True):
        console.text(f"{path.as_posix()}\n")
        if one.unit == NO_UNIT:
            console.say_counted(
                _("{n} item has no unit; it is in {path}"),
                _("{n} items have no unit; they are in {path}"),
                len(one.addresses),
                path=path.name,
            )
    console.say_counted(_("wrote {n} workbook"), _("wrote {n} workbooks"), len(new))


def _file_names(asked: Iterable[Booklet]) -> list[str]:
    """Return the workbooks' names: the unit's and the period, such as every system takes them."""
    names: list[str] = []
    taken: set[str] = set()
    for one in asked:
        stem = " ".join(_NOT_IN_NAMES.sub(" ", one.name).split()).strip(". ")[:_LONGEST_NAME].rstrip(". ,") or "-"
        name, number = f"{stem} {one.period}.xlsx", 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem} {number} {one.period}.xlsx"
        taken.add(name.casefold())
        names.append(name)
    return names


def _content(path: Path) -> bytes | None:
    """Return what a file holds, None where there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise PlanctlError(
            _("{path} cannot be read: {problem}"), path=path.as_posix(), problem=error.strerror or error
        ) from error
