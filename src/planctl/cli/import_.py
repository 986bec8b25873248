"""`planctl import`: Word, Excel, LibreOffice and CSV files of an office as plans and actuals in YAML."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planctl.cli import console, import_report, import_update
from planctl.cli.office_files import office_files
from planctl.cli.options import PeriodOption, one_of_option
from planctl.errors import PlanctlError
from planctl.forms import FORMS
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from planctl.incoming.arrival import Arrival

ENDINGS = frozenset({".docx", ".docm", ".xlsx", ".xlsm", ".ods", ".odt", ".csv", ".doc", ".xls", ".xlsb", ".rtf"})
"""Of the files that are taken from a folder, those too that are refused with what to do; one that is named is read
whatever its ending."""
OWN_FIELD = "extra"


class ImportFormat(StrEnum):
    """How the report is written."""

    TEXT = "text"
    JSON = "json"


def run(  # noqa: PLR0913, PLR0917  # the options of the command
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help=_("Office files, or folders of them."))],
    form: Annotated[
        str, typer.Option("--form", metavar="FORM", help=_("The form of the papers, where it is not recognised."))
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option("--out", help=_("The folder of the project, or for one file the plan to write, plans/ID.yaml.")),
    ] = None,
    period: PeriodOption = None,
    map_: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="HEADING=FIELD", help=_("What a heading means; or a YAML file of such pairs.")),
    ] = None,
    update: Annotated[  # noqa: FBT002  # a flag of the command line
        bool, typer.Option("--update", help=_("Change the plan and actuals that are there by what the files say."))
    ] = False,
    remove: Annotated[  # noqa: FBT002  # as above
        bool, typer.Option("--remove", help=_("With --update: take out the rows that the files no longer have."))
    ] = False,
    dry_run: Annotated[  # noqa: FBT002  # as above
        bool, typer.Option("--dry-run", help=_("Show what would come of the files; write nothing."))
    ] = False,
    format_: Annotated[
        ImportFormat,
        one_of_option("--format", ImportFormat, _("How the report is written.")),
    ] = ImportFormat.TEXT,
) -> None:
    """Write what the files hold as YAML; exit 1 where a file gave nothing or the check finds an error."""
    from planctl.importer.headings import Wanted  # noqa: PLC0415  # the help needs none of it
    from planctl.incoming.arrival import Order  # noqa: PLC0415
    from planctl.incoming.arriving import arrive  # noqa: PLC0415

    if form and form not in FORMS:
        raise PlanctlError(_("there is no form “{form}”; there are: {known}"), form=form, known=", ".join(FORMS))
    named = tuple(office_files(files, ENDINGS, none=_("{folder} has no Word, Excel, LibreOffice or CSV files")))
    root, plan = _target(out, several=len(named) > 1)
    pairs = tuple(_pairs(map_ or []))
    wanted = Wanted((form,) if form else tuple(FORMS), _columns(pairs))
    order = Order(wanted, str(period or ""), plan)
    if update or remove:
        import_update.change(named, root, order, removes=remove, is_written=not dry_run, as_json=format_ == "json")
    arrival = arrive(named, root, order)
    if not dry_run:
        _write(arrival)
    _tell(arrival, pairs, format_, is_written=not dry_run)
    failed = any(one.refusal for one in arrival.incoming) or any(one.diagnostic.is_error for one in arrival.findings)
    raise typer.Exit(int(failed))


def _tell(arrival: Arrival, pairs: Sequence[tuple[str, str]], format_: ImportFormat, *, is_written: bool) -> None:
    if format_ is ImportFormat.JSON:
        console.data(import_report.as_json(arrival))
    _refuse_nothing(arrival)
    _tell_of_unused(pairs, arrival)
    if format_ is ImportFormat.TEXT:
        import_report.show(arrival, is_written=is_written)


def _tell_of_unused(pairs: Iterable[tuple[str, str]], arrival: Arrival) -> None:
    """Tell of headings that --map names and no file has."""
    from planctl.importer.headings import squeezed  # noqa: PLC0415
    from planctl.importer.uses import Use  # noqa: PLC0415

    fates = (fate for one in arrival.incoming for fate in one.fates)
    there = {squeezed(fate.used.text) for fate in fates if fate.used.use is Use.HEADING}
    for heading, _name in pairs:
        # What stands over a heading may be named with it.
        if not any(text and text in squeezed(heading) for text in there):
            console.say(_("no file has the heading “{heading}” of --map"), heading=heading)


# What is read, and where to


def _target(out: Path | None, *, several: bool) -> tuple[Path, str]:
    """Return the project's folder, and the path of the plan in it where one was named."""
    from planctl.forms.fields import is_document_id  # noqa: PLC0415
    from planctl.source.discover import PLANS, is_source  # noqa: PLC0415
    from planctl.source.root import find_root  # noqa: PLC0415

    start = (out or Path()).absolute()
    is_file = start.suffix.lower() in {".yaml", ".yml"}
    try:
        root = find_root(start.parent if is_file else start)
    except PlanctlError:
        root = _new_root(start) if is_file else start
    if out and not is_file and PLANS not in start.relative_to(root).parts:
        root = start  # a folder that was named is the project's own
    if not is_file:
        return root, ""
    if several:
        raise PlanctlError(_("--out names one plan, and there are several files; name a folder"))
    path = start.relative_to(root).as_posix()
    if not is_source(path) or not is_document_id(start.stem):
        raise PlanctlError(_("{path} is no place of a plan; name one such as plans/ID.yaml"), path=path)
    return root, path


def _new_root(plan: Path) -> Path:
    """Return the folder of a project that is not there yet, by the place of its plan."""
    return next((folder.parent for folder in plan.parents if folder.name == "plans"), plan.parent)


def _columns(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Return the fields by headings as they are compared."""
    from planctl.importer.headings import FIELDS, squeezed  # noqa: PLC0415

    columns: dict[str, str] = {}
    for heading, name in pairs:
        key = "" if name == OWN_FIELD else name
        if key and key not in FIELDS:
            known = ", ".join((*FIELDS, OWN_FIELD))
            raise PlanctlError(_("“{field}” is no field of a form; there are: {known}"), field=name, known=known)
        columns[squeezed(heading)] = key
    return columns


def _pairs(given: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield headings and the fields that they mean, from the command line and from files of such pairs."""
    for one in given:
        heading, sign, name = one.rpartition("=")
        if sign and heading.strip():
            yield heading.strip(), name.strip()
        elif one.lower().endswith((".yaml", ".yml")):
            yield from _pairs_of_file(Path(one))
        else:
            raise PlanctlError(_("“{given}” is no pair such as HEADING=FIELD, and no YAML file of them"), given=one)


def _pairs_of_file(path: Path) -> Iterator[tuple[str, str]]:
    from planctl.source.discover import read_text  # noqa: PLC0415
    from planctl.source.reader import read  # noqa: PLC0415

    source, faults = read_text(path.absolute().parent, path.name)
    document, found = read(source) if source else (None, list(faults))
    if document is None or found:
        first = console.message_of(found[0]) if found else _("it cannot be read")
        raise PlanctlError(_("{path}: {problem}"), path=path.as_posix(), problem=first)
    for heading, name in document.data.items():
        if not isinstance(name, str):
            raise PlanctlError(_("{path}: “{heading}” needs a field behind it"), path=path.as_posix(), heading=heading)
        yield heading, name.strip()


def _write(arrival: Arrival) -> None:
    """Write the new files, all or none."""
    from planctl.output.files import write_all  # noqa: PLC0415

    new = {path: text for path, text in arrival.files.items() if path not in arrival.standing}
    write_all({arrival.root / path: (None, text.encode()) for path, text in new.items()})


def _refuse_nothing(arrival: Arrival) -> None:
    """End with the reason where the only file gave nothing."""
    if len(arrival.incoming) == 1 and (refusal := arrival.incoming[0].refusal):
        raise refusal
