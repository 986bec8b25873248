"""`planctl collect`: workbooks for the units go out, what they come back with goes into the YAML, who is missing."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planctl import __version__
from planctl.cli import console
from planctl.cli.office_files import office_files
from planctl.cli.options import PeriodOption, one_of_option, read_date, read_period
from planctl.errors import PlanctlError, problem_of
from planctl.excerpt import beginning
from planctl.forms.period import Period, period_of
from planctl.words import _, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from planctl.collect.asking import Booklet
    from planctl.collect.change import Change
    from planctl.collect.record import Record, Refusal, Return
    from planctl.collect.returned import Returned
    from planctl.collect.status import Standing
    from planctl.diagnostics import Diagnostic

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_LONGEST_NAME = 80
ENDINGS = frozenset({".xlsx", ".xlsm", ".ods"})
"""Of the files that are taken from a folder; a file that is named is read whatever its ending."""
_LONGEST_SHOWN = 56


class By(StrEnum):
    """What a workbook is made for."""

    UNIT = "unit"


class StatusFormat(StrEnum):
    """How the status is written."""

    TABLE = "table"
    JSON = "json"


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
        By, one_of_option("--by", By, _("What each workbook is for."))
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
    from planctl.collect.asking import booklets, faulty  # noqa: PLC0415  # the help needs none of it
    from planctl.collect.workbook import Request, rendered  # noqa: PLC0415
    from planctl.output.files import write_all  # noqa: PLC0415
    from planctl.pipeline import load  # noqa: PLC0415
    from planctl.source.root import find_root  # noqa: PLC0415

    root = find_root(Path())
    project = load(root)
    asked = booklets(project, period, plans or ())
    if unsure := faulty(project, asked):
        raise PlanctlError(_("{path} has errors; `planctl check` shows them"), path=", ".join(unsure))
    if not asked:
        raise PlanctlError(_("nothing is to be reported for {period}; nothing was written"), period=period)
    target = folder or root / "collect" / str(period)
    request = Request(until, to, __version__)
    made = {target / name: rendered(one, request) for name, one in zip(_file_names(asked), asked, strict=True)}
    new = _differing(made, may_replace=force)
    write_all(new)
    _tell_written(dict(zip(made, asked, strict=True)))
    console.say_counted(_("wrote {n} workbook"), _("wrote {n} workbooks"), len(new))


def _tell_written(booklets: Mapping[Path, Booklet]) -> None:
    """Tell of each workbook, and of items that no unit will see."""
    from planctl.collect.asking import NO_UNIT  # noqa: PLC0415

    for path, one in booklets.items():
        console.text(f"{path.as_posix()}\n")
        if one.unit == NO_UNIT:
            console.say_counted(
                _("{n} item has no unit; it is in {path}"),
                _("{n} items have no unit; they are in {path}"),
                len(one.addresses),
                path=path.name,
            )


def _differing(made: Mapping[Path, bytes], *, may_replace: bool) -> dict[Path, tuple[bytes | None, bytes]]:
    """Return the workbooks that are not there as made, with what is there; PlanctlError for one of other content."""
    there = {path: _content(path) for path in made}
    new = {path: (there[path], content) for path, content in made.items() if there[path] != content}
    if taken := [path.as_posix() for path in new if there[path] is not None and not may_replace]:
        raise PlanctlError(
            _("{path} is there already and says something else; --force writes over it; nothing was written"),
            path=", ".join(taken),
        )
    return new


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
            _("{path} cannot be read: {problem}"), path=path.as_posix(), problem=problem_of(error)
        ) from error


@app.command("in", help=_("Take what the workbooks came back with into the YAML."))
def in_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help=_("Workbooks, or folders of them."))],
    period: PeriodOption = None,
    dry_run: Annotated[  # noqa: FBT002  # a flag of the command line
        bool, typer.Option("--dry-run", help=_("Show what would change; write nothing."))
    ] = False,
) -> None:
    """Write what is new and fits, all files or none; exit 1 where something was not taken."""
    from planctl.collect.answers import judged  # noqa: PLC0415  # the help needs none of it
    from planctl.collect.applying import applied  # noqa: PLC0415
    from planctl.output.files import write_all  # noqa: PLC0415
    from planctl.pipeline import load  # noqa: PLC0415
    from planctl.source.root import find_root  # noqa: PLC0415

    root = find_root(Path())
    named = tuple(office_files(files, ENDINGS, none=_("{folder} has no workbooks (.xlsx, .ods)")))
    project = load(root)
    workbooks, unread = _read(named)
    verdict = judged(project, workbooks, period)
    made = applied(project, verdict.changes)
    findings = (*(found for one in workbooks for found in one.findings), *verdict.findings, *made.findings)
    _show(made.changes, findings, unread)
    if not dry_run:
        records = _records(root, _Run(workbooks, unread, findings, period))
        write_all({root / path: contents for path, contents in {**made.files, **records}.items()})
    _sum_up(made.changes, findings, tuple(made.files), is_written=not dry_run)
    raise typer.Exit(int(bool(unread) or any(found.is_error for found in findings)))


def _read(files: Iterable[tuple[Path, str]]) -> tuple[tuple[Returned, ...], dict[str, PlanctlError]]:
    """Return the workbooks, and what keeps others from being read."""
    from planctl.collect.returned import returned  # noqa: PLC0415
    from planctl.importer import read_file  # noqa: PLC0415

    workbooks: dict[str, Returned] = {}
    unread: dict[str, PlanctlError] = {}
    for path, name in files:
        try:
            workbooks.setdefault(name, returned(read_file(path, name)))
        except PlanctlError as error:
            unread[name] = error
    return tuple(workbooks.values()), unread


def _show(changes: Sequence[Change], findings: Sequence[Diagnostic], unread: Mapping[str, PlanctlError]) -> None:
    """Show what changes, a line each, and below it what was not taken."""
    for error in unread.values():
        console.problem(error)
    console.findings(findings, console.PathNames(Path()))
    for change in changes:
        console.text(f"{change.address} {change.name}: {_short(change.old)} → {_short(change.new)}\n")


def _short(text: str) -> str:
    words = beginning(text, _LONGEST_SHOWN)
    return f"«{words}»" if words else "-"


def _sum_up(
    changes: Sequence[Change], findings: Sequence[Diagnostic], files: Sequence[str], *, is_written: bool
) -> None:
    refused = sum(found.is_error for found in findings)
    if refused:
        console.say_counted(_("{n} thing was not taken"), _("{n} things were not taken"), refused)
    if not changes:
        console.say(_("nothing changes"))
    elif is_written:
        console.say_counted(
            _("changed {n} field in {paths}"), _("changed {n} fields in {paths}"), len(changes), paths=", ".join(files)
        )
    else:
        console.say_counted(
            _("{n} field would change in {paths}"),
            _("{n} fields would change in {paths}"),
            len(changes),
            paths=", ".join(files),
        )


# The record


@dataclass(frozen=True, slots=True)
class _Run:
    """What a run of `collect in` met."""

    workbooks: Sequence[Returned]
    unread: Mapping[str, PlanctlError]
    findings: Sequence[Diagnostic]
    period: Period | None


def _records(root: Path, run: _Run) -> dict[str, tuple[bytes | None, bytes]]:
    """Return the records of the periods with what this run met in them."""
    from planctl.collect.record import joined, path_of, record_of, return_of, text_of, with_returns  # noqa: PLC0415
    from planctl.collect.status import NO_UNIT_KEY  # noqa: PLC0415

    day = datetime.now(UTC).astimezone().date()
    returned: dict[Period, dict[str, Return]] = {}
    for one in run.workbooks:
        period = period_of(one.period)
        if period is not None and run.period in {None, period}:
            unit = one.unit or NO_UNIT_KEY
            made = return_of(one.name, day, one.filled, tuple(_refusals(one.name, run.findings)))
            units = returned.setdefault(period, {})
            units[unit] = joined(units[unit], made) if unit in units else made
    known = {name for units in returned.values() for made in units.values() for name in made.files}
    strangers = {one.name for one in run.workbooks} - known
    unread = {name: said(error.message, error.values) for name, error in run.unread.items()}
    unread |= {found.span.path: console.message_of(found) for found in run.findings if found.span.path in strangers}
    files: dict[str, tuple[bytes | None, bytes]] = {}
    for period in dict.fromkeys((*returned, *((run.period,) if run.period else ()))):
        old = _content(root / path_of(period))
        record = with_returns(record_of(old, period), returned.get(period, {}), unread)
        new = text_of(record).encode()
        if new != old:
            files[path_of(period)] = (old, new)
    return files


def _refusals(name: str, findings: Iterable[Diagnostic]) -> Iterator[Refusal]:
    from planctl.collect.record import Refusal  # noqa: PLC0415

    for found in findings:
        if found.span.path == name and found.is_error:
            place = str(found.span.within) or None
            yield Refusal(file=name, place=place, code=found.code, problem=console.message_of(found))


# Who has returned


@app.command(help=_("Show who has returned, who has not, and what was refused."))
def status(
    period: ThePeriod,
    format_: Annotated[
        StatusFormat,
        one_of_option("--format", StatusFormat, _("How the status is written.")),
    ] = StatusFormat.TABLE,
) -> None:
    """Show a line for each unit that is asked for the period."""
    from planctl.collect.record import path_of, record_of  # noqa: PLC0415  # the help needs none of it
    from planctl.collect.status import standings  # noqa: PLC0415
    from planctl.pipeline import load  # noqa: PLC0415
    from planctl.source.root import find_root  # noqa: PLC0415

    root = find_root(Path())
    record = record_of(_content(root / path_of(period)), period)
    units = standings(load(root), period, record)
    if format_ is StatusFormat.JSON:
        console.data(_as_json(period, units, record))
        return
    if not units:
        console.say(_("nothing is to be reported for {period}"), period=period)
        return
    _show_units(units)
    _show_refusals(units, record)
    missing = sum(one.returned is None for one in units)
    console.say_counted(
        _("{n} unit has not returned its workbook"), _("{n} units have not returned their workbooks"), missing
    )


def _show_units(units: Sequence[Standing]) -> None:
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column(said(_("unit")), overflow="fold")
    table.add_column(said(_("returned")), no_wrap=True)
    table.add_column(said(_("cells filled in")), justify="right", max_width=10)
    table.add_column(said(_("reported")), justify="right", max_width=12)
    table.add_column(said(_("refused")), justify="right", max_width=9)
    for one in units:
        back = one.returned
        table.add_row(
            Text(one.name),
            back.date.isoformat() if back else "-",
            str(back.cells) if back else "-",
            f"{one.told} / {one.items}",
            str(len(back.refused or ())) if back else "-",
        )
    console.rich_console().print(table)


def _show_refusals(units: Sequence[Standing], record: Record) -> None:
    for one in units:
        for refusal in (one.returned.refused or ()) if one.returned else ():
            where = ": ".join(part for part in (refusal.file, refusal.place) if part)
            console.text(f"{where}: {refusal.code}: {refusal.problem}\n")
    for name, problem in (record.unread or {}).items():
        console.text(f"{name}: {problem}\n")


def _as_json(period: Period, units: Sequence[Standing], record: Record) -> str:
    report = {
        "period": str(period),
        "units": [
            {
                "unit": one.unit,
                "name": one.name,
                "items": one.items,
                "reported": one.told,
                "returned": one.returned.model_dump(mode="json") if one.returned else None,
            }
            for one in units
        ],
        "unread": dict(record.unread or {}),
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"
