"""`planctl fmt`: the YAML files of a project in one hand, with every value and remark that was in them."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import unified_diff
from typing import TYPE_CHECKING, Annotated

import typer

from planctl.cli import console
from planctl.cli.options import Paths  # noqa: TC001  # typer reads it while the program runs
from planctl.cli.scope import scope_of
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from planctl.cli.scope import Scope
    from planctl.diagnostics import Diagnostic
    from planctl.source.document import Document


@dataclass(frozen=True, slots=True)
class _File:
    """A file whose text would change. `path` leads to it from the project's folder, `target` is the file itself."""

    path: str
    target: Path
    old: bytes
    new: str


@dataclass(slots=True)
class _Looked:
    """What looking through the files came to; `changed` are paths, and so are `unproven`, which are our mistakes."""

    changed: list[_File]
    findings: list[Diagnostic]
    unproven: list[str]
    count: int = 0


class UnprovenError(Exception):
    """The new text of a file would not say what the old one says."""


def run(
    paths: Paths = None,
    check: Annotated[  # noqa: FBT002  # a flag of the command line
        bool, typer.Option("--check", help=_("Write nothing; list the files that would change, and exit 1."))
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help=_("Write nothing; show what would change."))] = False,  # noqa: FBT002  # likewise
) -> None:
    """Write the files canonically; a file with errors in its YAML is left alone, and so is one we cannot vouch for."""
    from planctl.output.files import replace_file  # noqa: PLC0415  # the help needs none of it

    scope = scope_of(paths or [])
    names = console.PathNames(scope.root)
    looked = _looked_through(scope)
    console.findings(looked.findings, names, to=console.stderr())
    for file in looked.changed:
        if diff:
            _show_diff(file, names.of(file.path))
        elif check:
            console.text(f"{names.of(file.path)}\n")
        else:
            replace_file(file.target, file.new.encode())
            console.text(f"{names.of(file.path)}\n")
    _tell(looked, is_written=not (check or diff))
    if looked.unproven:
        raise UnprovenError(", ".join(map(names.of, looked.unproven)))
    raise typer.Exit(int(bool(looked.findings) or (check and bool(looked.changed))))


def _looked_through(scope: Scope) -> _Looked:
    """Format every file that was asked for, in memory; all of the project are read, as plans tell of their actuals.

    A copy of another body's plan stays as that body wrote it, byte for byte: its digest says so.
    """
    from planctl.authoring.formatting import formatted, says_the_same  # noqa: PLC0415
    from planctl.portfolio.kinds import is_copy  # noqa: PLC0415
    from planctl.portfolio.shapes import shapes  # noqa: PLC0415
    from planctl.source.discover import discover  # noqa: PLC0415
    from planctl.source.reader import read  # noqa: PLC0415

    sources, unread = discover(scope.root)
    looked = _Looked([], [found for found in unread if found.is_error and scope.names(found.span.path)], [])
    damaged = {found.span.path for found in looked.findings}
    every = [(source.path, *read(source)) for source in sources]
    orders = shapes(document for _path, document, _found in every if document)
    for path, document, found in every:
        if not scope.names(path) or (document and is_copy(document)):
            continue
        looked.count += 1
        reasons = _reasons(document, found) if document else found
        if document is None or path in damaged or reasons:
            looked.findings += reasons
            continue
        new = formatted(document.text, orders[path])
        if not says_the_same(document, new):
            looked.unproven.append(path)
            continue
        target = (scope.root / path).resolve()  # a link stays one
        if (old := target.read_bytes()) != new.encode():
            looked.changed.append(_File(path, target, old, new))
    return looked


def _reasons(document: Document, findings: Sequence[Diagnostic]) -> Sequence[Diagnostic]:
    """Return why a file is left alone: its errors, or whatever keeps it from being read as it is written."""
    return findings if document.page.text != document.text else [found for found in findings if found.is_error]


def _show_diff(file: _File, name: str) -> None:
    """Show the lines that change as a unified diff."""
    old = file.old.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").splitlines(keepends=True)
    lines = list(unified_diff(old, file.new.splitlines(keepends=True), name, name))
    for line in lines:
        console.text(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n")
    if not lines:
        console.say(_("{path}: only the ends of its lines change"), path=name)


def _tell(looked: _Looked, *, is_written: bool) -> None:
    changed = len(looked.changed)
    if not looked.count and not looked.findings:
        console.say(_("there is nothing to format here: these are no files of a plan"))
    elif is_written:
        console.say_counted(_("{n} file was formatted"), _("{n} files were formatted"), changed)
    else:
        console.say_counted(_("{n} file would be formatted"), _("{n} files would be formatted"), changed)
    if left := len({found.span.path for found in looked.findings}):
        console.say_counted(
            _("{n} file has errors and stays as it is"), _("{n} files have errors and stay as they are"), left
        )
