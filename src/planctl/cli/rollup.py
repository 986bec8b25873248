"""`planctl rollup`: what many organisations come to together, by province, form, sector, unit and period."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planctl.cli import again, console
from planctl.cli.options import PeriodOption, one_of_names, read_count
from planctl.errors import PlanctlError
from planctl.rollup.formats import ROLLUP_FORMATS
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from planctl.diagnostics import Diagnostic
    from planctl.forms.period import Period
    from planctl.rollup.account import Rollup
    from planctl.rollup.formats import Write
    from planctl.rollup.list import Listed
    from planctl.source.document import Document, SourceText

TABLE = "table"
_STATES_OF_FAILURE = ("invalid", "missing", "unreadable")

ListArgument = Annotated[Path, typer.Argument(metavar="LIST", help=_("The list of organisations, a YAML file."))]
EvaluationOption = Annotated[
    str,
    typer.Option(
        "--evaluation",
        parser=one_of_names(("self", "superior")),
        metavar="self|superior",
        help=_("Whose evaluation the terminal shows."),
    ),
]
FormatOption = Annotated[
    str,
    typer.Option(
        "--format",
        parser=one_of_names((TABLE, *(name for name, one in ROLLUP_FORMATS.items() if one.is_text))),
        metavar="FORMAT",
        help=_("How the result is shown: table, json or csv."),
    ),
]
OutOption = Annotated[
    list[Path] | None,
    typer.Option("--out", metavar="FILE", help=_("Write a file: .xlsx, .html, .json, .csv or .parquet; repeatable.")),
]
OfflineOption = Annotated[bool, typer.Option("--offline", help=_("Fetch nothing; take what was fetched before."))]
JobsOption = Annotated[
    int | None,
    typer.Option(
        "--jobs", parser=read_count, metavar="N", help=_("Processes that read at once; by default as many as pay.")
    ),
]
StrictOption = Annotated[
    bool, typer.Option("--strict", help=_("Exit 1 where a report is missing, has errors or cannot be read."))
]


def run(  # noqa: PLR0913, PLR0917  # each is a choice of the command line
    file: ListArgument,
    period: PeriodOption = None,
    evaluation: EvaluationOption = "self",
    format_: FormatOption = TABLE,
    out: OutOption = None,
    offline: OfflineOption = False,  # noqa: FBT002  # the command line's own kind of choice
    jobs: JobsOption = None,
    strict: StrictOption = False,  # noqa: FBT002  # likewise
) -> None:
    """Bring organisations together; exit 1 where the list has an error."""
    writers = {path: _writer_of(path) for path in out or ()}
    text, findings = _text_of(file)
    document, found = _read(text)
    findings += found
    listed, found = _listed(document, period) if document else (None, ())
    findings += found
    if not document or not listed:
        _tell_findings(findings, file)
        raise typer.Exit(_code(findings))
    from planctl.cli.bringing import Hands, brought_together  # noqa: PLC0415  # the help needs none of it

    rollup, found = brought_together(document, listed, file.absolute(), Hands(jobs, fetches=not offline))
    findings += found
    if _text_of(file)[0] != text:
        again.give_up()  # it was changed before anybody watched it
    show = _shown(rollup, format_, evaluation)

    def tell() -> None:
        # Before the tables, behind which nobody would see them.
        _tell_findings(findings, file)
        show()

    tell()
    if contents := _written(rollup, writers):
        _leave(contents, tell)
    failed = strict and any(rollup.states[state] for state in _STATES_OF_FAILURE)
    raise typer.Exit(_code(findings) or int(failed))


def _writer_of(path: Path) -> Write:
    """Return what writes a file of this ending; its library is looked for before the work begins."""
    name = path.suffix.removeprefix(".").lower()
    if name not in ROLLUP_FORMATS:
        known = ", ".join(f".{one}" for one in ROLLUP_FORMATS)
        raise PlanctlError(
            _("{path} says no format by its ending; known are {known}"), path=path.as_posix(), known=known
        )
    if not path.parent.is_dir():
        # Made without a word, a folder by a mistyped name would not be noticed.
        raise PlanctlError(_("there is no folder {folder}"), folder=path.parent.as_posix())
    return ROLLUP_FORMATS[name].load()


def _text_of(file: Path) -> tuple[SourceText | None, tuple[Diagnostic, ...]]:
    from planctl.source.discover import read_text  # noqa: PLC0415  # the help needs none of it

    if file.is_dir():
        raise PlanctlError(_("{path} is a folder; name the list of organisations, a YAML file"), path=file.as_posix())
    if not file.is_file():
        raise PlanctlError(_("{path} does not exist"), path=file.as_posix())
    return read_text(file.absolute().parent, file.name)


def _read(text: SourceText | None) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    from planctl.source.reader import read  # noqa: PLC0415  # likewise

    return read(text) if text else (None, ())


def _listed(document: Document, period: Period | None) -> tuple[Listed | None, tuple[Diagnostic, ...]]:
    from dataclasses import replace  # noqa: PLC0415  # likewise

    from planctl.rollup.list import listed  # noqa: PLC0415

    found, findings = listed(document)
    if found and period and period != found.file.period:
        # What was due is due for the list's own period.
        update = {"period": period, "compared_with": None, "due": None}
        found = replace(found, file=found.file.model_copy(update=update))
    return found, findings


# What comes of it


def _code(findings: Iterable[Diagnostic]) -> int:
    return int(any(one.is_error for one in findings))


def _tell_findings(findings: Sequence[Diagnostic], file: Path) -> None:
    console.findings(findings, console.PathNames(file.absolute().parent), to=console.stderr())


def _shown(rollup: Rollup, format_: str, evaluation: str) -> Callable[[], None]:
    """Return what shows the result."""
    if format_ == TABLE:
        from planctl.cli.rollup_table import show  # noqa: PLC0415  # only the table needs rich

        return partial(show, rollup, evaluation)
    return partial(console.data, ROLLUP_FORMATS[format_].load()(rollup).decode())


def _written(rollup: Rollup, writers: Mapping[Path, Write]) -> Mapping[Path, bytes]:
    """Write the files, tell of each, and return what they hold; those that hold it already are left as they are."""
    from planctl.output.files import replace_file  # noqa: PLC0415  # the help needs none of it

    contents: dict[Path, bytes] = {}
    unchanged = 0
    for path, write in writers.items():
        contents[path] = write(rollup)
        if replace_file(path, contents[path]):
            console.say(_("wrote {path}"), path=path.as_posix())
        else:
            unchanged += 1
    _tell_unchanged(unchanged)
    return contents


def _tell_unchanged(number: int) -> None:
    if number:
        console.say_counted(_("{n} file was already up to date"), _("{n} files were already up to date"), number)


def _leave(contents: Mapping[Path, bytes], tell: Callable[[], None]) -> None:
    """Note the files that the next answer rests on; where they are in several folders it does without one."""
    folder, *others = {path.absolute().parent for path in contents}
    if others:
        again.give_up()
        return

    def tell_next_time() -> None:
        tell()
        _tell_unchanged(len(contents))

    names = tuple(path.name for path in contents)
    again.leave(
        again.Left(str(folder), names, (), lambda: all(_holds(*one) for one in contents.items())), tell_next_time
    )


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() == content
    except OSError:
        return False
