"""`planctl import`: Word, Excel, LibreOffice and CSV files of an office as plans and actuals in YAML."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planctl.cli import console, import_update
from planctl.cli.options import PeriodOption, one_of
from planctl.errors import PlanctlError
from planctl.forms import FORMS
from planctl.portfolio.kinds import SETTINGS_PATH
from planctl.words import _, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from planctl.diagnostics import Diagnostic
    from planctl.incoming import Arrival, Fate, Found, Incoming

ENDINGS = frozenset({".docx", ".docm", ".xlsx", ".xlsm", ".ods", ".odt", ".csv", ".doc", ".xls", ".xlsb", ".rtf"})
"""Of the files that are taken from a folder, those too that are refused with what to do; one that is named is read
whatever its ending."""
OWN_FIELD = "extra"
MOST_LEFT = 10
"""So many of the texts that are left over are shown in the terminal; JSON has all of them."""


class ImportFormat(StrEnum):
    """How the report is written."""

    TEXT = "text"
    JSON = "json"


def run(  # noqa: PLR0913, PLR0917  # the options of the command
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help=_("Office files, or folders of them."))],
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
        typer.Option(
            "--format",
            parser=one_of(ImportFormat),
            metavar="|".join(ImportFormat),
            help=_("How the report is written."),
        ),
    ] = ImportFormat.TEXT,
) -> None:
    """Write what the files hold as YAML; exit 1 where a file gave nothing or the check finds an error."""
    from planctl.importer.headings import Wanted  # noqa: PLC0415  # the help needs none of it
    from planctl.incoming import Order, arrive  # noqa: PLC0415

    if form and form not in FORMS:
        raise PlanctlError(_("there is no form “{form}”; there are: {known}"), form=form, known=", ".join(FORMS))
    named = tuple(_office_files(files))
    root, plan = _target(out, several=len(named) > 1)
    wanted = Wanted((form,) if form else tuple(FORMS), _columns(map_ or []))
    order = Order(wanted, str(period or ""), plan)
    if update or remove:
        import_update.change(named, root, order, removes=remove, is_written=not dry_run, as_json=format_ == "json")
    arrival = arrive(named, root, order)
    if not dry_run:
        _write(arrival)
    if format_ is ImportFormat.JSON:
        console.data(_as_json(arrival))
    _refuse_nothing(arrival)
    if format_ is ImportFormat.TEXT:
        _show(arrival, is_written=not dry_run)
    failed = any(one.refusal for one in arrival.incoming) or any(one.diagnostic.is_error for one in arrival.findings)
    raise typer.Exit(int(failed))


# What is read, and where to


def _office_files(paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    """Yield the files with their names; of a folder those with the endings of office files, by name."""
    for path in paths:
        if not path.is_dir():
            yield path, path.as_posix()
            continue
        inside = sorted(one for one in path.rglob("*") if one.suffix.lower() in ENDINGS and one.is_file())
        # Word and LibreOffice leave such beside a file that is open.
        readable = [one for one in inside if not one.name.startswith(("~$", ".~lock"))]
        if not readable:
            raise PlanctlError(_("{folder} has no Word, Excel, LibreOffice or CSV files"), folder=path.as_posix())
        yield from ((one, one.as_posix()) for one in readable)


def _target(out: Path | None, *, several: bool) -> tuple[Path, str]:
    """Return the project's folder, and the path of the plan in it where one was named."""
    from planctl.forms.fields import is_document_id  # noqa: PLC0415
    from planctl.source.discover import is_source  # noqa: PLC0415
    from planctl.source.root import find_root  # noqa: PLC0415

    start = (out or Path()).absolute()
    is_file = start.suffix.lower() in {".yaml", ".yml"}
    try:
        root = find_root(start.parent if is_file else start)
    except PlanctlError:
        root = _new_root(start) if is_file else start
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


def _columns(given: Sequence[str]) -> Mapping[str, str]:
    """Return the fields by headings as they are compared, from the command line and from files of pairs."""
    from planctl.importer.headings import FIELDS, squeezed  # noqa: PLC0415

    columns: dict[str, str] = {}
    for heading, name in _pairs(given):
        key = "" if name == OWN_FIELD else name
        if key and key not in FIELDS:
            known = ", ".join((*FIELDS, OWN_FIELD))
            raise PlanctlError(_("“{field}” is no field of a form; there are: {known}"), field=name, known=known)
        columns[squeezed(heading)] = key
    return columns


def _pairs(given: Sequence[str]) -> Iterator[tuple[str, str]]:
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


# The report


def _show(arrival: Arrival, *, is_written: bool) -> None:
    names = console.PathNames(arrival.root)
    for one in arrival.incoming:
        _show_file(one, names, arrival.standing, is_written=is_written)
    if arrival.new_units and SETTINGS_PATH not in arrival.standing:
        console.say_counted(
            _("planctl.yaml is new: {n} unit: {names}"),
            _("planctl.yaml is new: {n} units: {names}"),
            len(arrival.new_units),
            names=", ".join(arrival.new_units),
        )
    for found in arrival.findings:
        _show_finding(found, names)
    console.summary([found.diagnostic for found in arrival.findings])
    if len(arrival.incoming) > 1:
        done = [one for one in arrival.incoming if not one.refusal]
        console.say(
            _("{done} of {all} files were read: {items} items, {left} texts left over"),
            done=len(done),
            all=len(arrival.incoming),
            items=sum(one.items for one in done),
            left=sum(len(one.left) for one in done),
        )


def _show_file(one: Incoming, names: console.PathNames, standing: frozenset[str], *, is_written: bool) -> None:
    """Tell what a file is, what became of its texts, and what is left over."""
    if one.refusal or one.paper is None or one.reading is None:
        if one.refusal:
            console.problem(one.refusal)
        return
    written = _("  wrote {path}") if is_written else _("  would write {path}")
    kinds = {
        "report": _("{file}: a report of the form {form}, {period}"),
        "plan": _("{file}: a plan of the form {form}"),
    }
    console.say(kinds[one.paper.kind], file=one.name, form=one.paper.form, period=one.paper.period or "")
    for path in one.files:
        is_there = path in standing
        console.say(_("  {path} is there already and says the same") if is_there else written, path=names.of(path))
    for use, (single, many) in USES.items():
        if number := one.uses.get(use):
            console.say_counted(single, many, number)
    console.say(_("  {signs} characters in the file, {left} of them left over"), signs=one.signs, left=one.signs_left)
    for fate in one.left[:MOST_LEFT]:
        console.say(_("  left over: {place}: {text}"), place=fate.used.place, text=_short(fate.used.text))
    if len(one.left) > MOST_LEFT:
        console.say(_("  and {n} more; `--format json` lists them all"), n=len(one.left) - MOST_LEFT)
    console.findings(one.reading.remarks_of_file, console.PathNames(Path()))


USES = {
    "cell": (_("  {n} cell went into fields"), _("  {n} cells went into fields")),
    "section": (_("  {n} section row"), _("  {n} section rows")),
    "counted": (_("  {n} number that planctl counts itself"), _("  {n} numbers that planctl counts itself")),
    "notes": (_("  {n} text went into the notes of the plan"), _("  {n} texts went into the notes of the plan")),
    "total": (
        _("  {n} cell of totals, which planctl works out itself"),
        _("  {n} cells of totals, which planctl works out itself"),
    ),
    "records": (
        _("  {n} cell of the sheet of records, which says the same once more"),
        _("  {n} cells of the sheet of records, which says the same once more"),
    ),
}
"""What is told of texts by what became of them; of headings, titles and signatures nobody needs to be told."""


def _show_finding(found: Found, names: console.PathNames) -> None:
    console.findings([found.diagnostic], names)
    if found.place is not None:
        console.text(f"    {found.file}: {found.place}\n")


def _short(text: str, length: int = 60) -> str:
    words = " ".join(text.split())
    return words if len(words) <= length else f"{words[: length - 1]}…"


def _as_json(arrival: Arrival) -> str:
    """Return the report as JSON: for every file its cells with where each went, and the findings of the check."""
    report = {
        "files": [_file_as_json(one, arrival.standing) for one in arrival.incoming],
        "findings": [
            {
                "path": one.diagnostic.span.path,
                "line": one.diagnostic.span.line,
                "code": one.diagnostic.code,
                "severity": one.diagnostic.severity.value,
                "message": console.message_of(one.diagnostic),
                "file": one.file,
                "place": str(one.place or ""),
            }
            for one in arrival.findings
        ],
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _file_as_json(one: Incoming, standing: frozenset[str]) -> dict[str, object]:
    return {
        "file": one.name,
        "form": one.paper.form if one.paper else None,
        "kind": one.paper.kind if one.paper else None,
        "period": one.paper.period.text if one.paper and one.paper.period else None,
        "wrote": [path for path in one.files if path not in standing],
        "standing": [path for path in one.files if path in standing],
        "items": one.items,
        "characters": {"in": one.signs, "left": one.signs_left},
        "uses": dict(one.uses),
        "texts": list(_fates_as_json(one.fates)),
        "remarks": [_remark_as_json(found) for found in (one.reading.remarks_of_file if one.reading else ())],
        "refusal": _refusal_text(one.refusal),
    }


def _remark_as_json(found: Diagnostic) -> dict[str, str]:
    return {"code": found.code, "message": console.message_of(found), "place": str(found.span.within)}


def _fates_as_json(fates: Iterable[Fate]) -> Iterator[dict[str, object]]:
    for fate in fates:
        yield {"place": str(fate.used.place), "text": fate.used.text, "use": fate.use, "to": list(fate.to)}


def _refusal_text(refusal: PlanctlError | None) -> str | None:
    return said(refusal.message, refusal.values) if refusal else None
