"""`planctl rollup`: what many organisations come to together, by province, form, sector, unit and period."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planctl.cli import console
from planctl.cli.options import PeriodOption, one_of_names, read_count
from planctl.errors import PlanctlError
from planctl.rollup.formats import ROLLUP_FORMATS
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from planctl.cache.store import Store
    from planctl.diagnostics import Diagnostic
    from planctl.forms.period import Period
    from planctl.rollup.account import Rollup
    from planctl.rollup.formats import Write
    from planctl.rollup.gathering import Digests
    from planctl.rollup.list import Listed
    from planctl.source.document import Document
    from planctl.work import Executor

TABLE = "table"
_STATES_OF_FAILURE = ("invalid", "missing", "unreadable")


def run(  # noqa: PLR0913, PLR0917  # the options of the command line
    file: Annotated[Path, typer.Argument(metavar="LIST", help=_("The list of organisations, a YAML file."))],
    period: PeriodOption = None,
    evaluation: Annotated[
        str,
        typer.Option(
            "--evaluation",
            parser=one_of_names(("self", "superior")),
            metavar="self|superior",
            help=_("Whose evaluation the terminal shows."),
        ),
    ] = "self",
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            parser=one_of_names((TABLE, *(name for name, one in ROLLUP_FORMATS.items() if one.is_text))),
            metavar="FORMAT",
            help=_("How the result is shown: table, json or csv."),
        ),
    ] = TABLE,
    out: Annotated[
        list[Path] | None,
        typer.Option(
            "--out", metavar="FILE", help=_("Write a file: .xlsx, .html, .json, .csv or .parquet; repeatable.")
        ),
    ] = None,
    offline: Annotated[  # noqa: FBT002  # a flag of the command line
        bool, typer.Option("--offline", help=_("Fetch nothing; take what was fetched before."))
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs", parser=read_count, metavar="N", help=_("Processes that read at once; by default as many as pay.")
        ),
    ] = None,
    strict: Annotated[  # noqa: FBT002  # likewise
        bool, typer.Option("--strict", help=_("Exit 1 where a report is missing, has errors or cannot be read."))
    ] = False,
) -> None:
    """Bring organisations together; exit 1 where the list has an error."""
    targets = [(_writer_of(path), path) for path in out or ()]
    document, findings = _read(file)
    listed, found = _listed(document, period) if document else (None, ())
    findings = (*findings, *found)
    rollup = None
    if listed and document:
        rollup, found = _rolled_up(document, listed, file.absolute().parent, fetches=not offline, jobs=jobs)
        findings = (*findings, *found)
    # Before the tables, behind which nobody would see them.
    console.findings(findings, console.PathNames(file.absolute().parent), to=console.stderr())
    if rollup:
        _show(rollup, format_, evaluation)
        for write, path in targets:
            _write_to(path, write(rollup))
    failed = rollup is not None and any(rollup.states[state] for state in _STATES_OF_FAILURE)
    raise typer.Exit(int(any(one.is_error for one in findings) or (strict and failed)))


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


def _read(file: Path) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    from planctl.source.discover import read_text  # noqa: PLC0415  # the help needs none of it
    from planctl.source.reader import read  # noqa: PLC0415

    if file.is_dir():
        raise PlanctlError(_("{path} is a folder; name the list of organisations, a YAML file"), path=file.as_posix())
    if not file.is_file():
        raise PlanctlError(_("{path} does not exist"), path=file.as_posix())
    text, found = read_text(file.absolute().parent, file.name)
    if text is None:
        return None, found
    document, faults = read(text)
    return document, (*found, *faults)


def _listed(document: Document, period: Period | None) -> tuple[Listed | None, tuple[Diagnostic, ...]]:
    from dataclasses import replace  # noqa: PLC0415  # likewise

    from planctl.rollup.list import listed  # noqa: PLC0415

    found, findings = listed(document)
    if found and period and period != found.file.period:
        # What was due is due for the list's own period.
        update = {"period": period, "compared_with": None, "due": None}
        found = replace(found, file=found.file.model_copy(update=update))
    return found, findings


def _rolled_up(
    document: Document, listed: Listed, root: Path, *, fetches: bool, jobs: int | None
) -> tuple[Rollup, tuple[Diagnostic, ...]]:
    from planctl.cache.store import Store  # noqa: PLC0415  # likewise
    from planctl.cli.cache_folder import cache_folder  # noqa: PLC0415
    from planctl.cli.progress import shown_progress  # noqa: PLC0415
    from planctl.cli.surroundings import today  # noqa: PLC0415
    from planctl.garbage import collector_off  # noqa: PLC0415
    from planctl.rollup.account import period_before, rolled_up  # noqa: PLC0415
    from planctl.rollup.gathering import Gathered, Means, gather, located  # noqa: PLC0415
    from planctl.rollup.list import expected_of_nobody, same_twice  # noqa: PLC0415
    from planctl.work.choice import documents_in_a_task, executor_for  # noqa: PLC0415

    def executor(documents: int) -> tuple[Executor, int]:
        way = executor_for(documents, jobs=jobs, tell=console.problem)
        return way, documents_in_a_task(documents, jobs=jobs)

    day, folder = today(), cache_folder()
    periods = (listed.file.period, listed.file.compared_with or period_before(listed.file.period))
    gathered = Gathered()
    with _repositories(folder) as repositories, shown_progress(_("reading")) as done, collector_off():
        store = Store(folder)
        means = Means(root, store, _digests(root, store), executor, repositories, fetches=fetches, done=done)
        found = located(listed.entries, means, gathered)
        again, findings = same_twice(document, ((one.entry, one.place) for one in found))
        listed = listed.without(again, document)
        wanted = (one for one in found if one.entry not in again)
        gather(wanted, periods, means, gathered, today=day)
        store.sweep()
        rollup = rolled_up(listed, gathered, today=day)
    ids = {one.id for of_one in gathered.documents.values() for one in of_one}
    return rollup, (*findings, *expected_of_nobody(document, listed, ids))


@contextmanager
def _repositories(folder: Path | None) -> Iterator[Path]:
    """Give the folder for fetched repositories: in the user's cache, or one that is gone afterwards."""
    if folder:
        _forget_unused(folder / "repositories")
        yield folder / "repositories"
    else:
        with tempfile.TemporaryDirectory(prefix="planctl-") as passing:
            yield Path(passing)


def _forget_unused(repositories: Path) -> None:
    """Remove the repositories that nothing was fetched into for a long time, each as a whole."""
    from planctl.cache.store import UNUSED_DAYS  # noqa: PLC0415  # the help needs none of it

    with suppress(OSError):
        for one in repositories.iterdir():
            if time.time() - (one / "FETCH_HEAD").stat().st_mtime > UNUSED_DAYS * 86_400:
                shutil.rmtree(one, ignore_errors=True)


def _digests(root: Path, store: Store) -> Digests:
    """Return what gives the digests of files in folders, of which only those are read that may have changed."""
    from planctl.cache.stamps import Stamps  # noqa: PLC0415  # the help needs none of it

    def digests(folders: Mapping[str, Sequence[str]]) -> Mapping[str, Mapping[str, str]]:
        stamps = Stamps(root, store)
        inside = {folder: _relative(folder, root) for folder in folders}
        every = stamps.digests(f"{inside[folder]}/{name}" for folder, names in folders.items() for name in names)
        stamps.save()
        return {
            folder: {name: every.get(f"{inside[folder]}/{name}", "") for name in names}
            for folder, names in folders.items()
        }

    return digests


def _relative(folder: str, root: Path) -> str:
    """Return a path from the list's folder; on Windows another drive has none, and its files no digest."""
    try:
        return os.path.relpath(folder, os.path.realpath(root))
    except ValueError:
        return "\0"


def _show(rollup: Rollup, format_: str, evaluation: str) -> None:
    if format_ == TABLE:
        from planctl.cli.rollup_table import show  # noqa: PLC0415  # only the table needs rich

        show(rollup, evaluation)
    else:
        console.data(ROLLUP_FORMATS[format_].load()(rollup).decode())


def _write_to(path: Path, content: bytes) -> None:
    from planctl.output.files import replace_file  # noqa: PLC0415  # the help needs none of it

    replace_file(path, content)
    console.say(_("wrote {path}"), path=path.as_posix())
