"""`planctl check`: every finding of the project, sorted by place."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from planctl.cli import console
from planctl.cli.options import Paths, one_of
from planctl.cli.scope import scope_of
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planctl.cli.console import PathNames
    from planctl.diagnostics import Diagnostic


class CheckFormat(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"


def run(
    paths: Paths = None,
    format_: Annotated[
        CheckFormat,
        typer.Option(
            "--format", parser=one_of(CheckFormat), metavar="|".join(CheckFormat), help=_("How findings are written.")
        ),
    ] = CheckFormat.TEXT,
) -> None:
    """Check the project; exit 1 where there is an error."""
    from planctl.authoring.editors import SCHEMAS  # noqa: PLC0415  # the help needs none of it
    from planctl.cli.editors import schemas_differ  # noqa: PLC0415
    from planctl.cli.surroundings import today  # noqa: PLC0415  # the help needs none of it
    from planctl.pipeline import load  # noqa: PLC0415

    scope = scope_of(paths or [])
    project = load(scope.root, today=today())
    found = scope.findings(project)
    names = console.PathNames(scope.root)
    if format_ is CheckFormat.JSON:
        console.data(as_json(found, names))
    else:
        console.findings(found, names)
    if not found and not any(scope.names(source.path) for source in project.sources):
        console.say(_("there is nothing to check here: these are no files of a plan"))
    console.summary(found)
    if schemas_differ(scope.root, project.portfolio):
        console.say(
            _("the schemas of editors are of another version; `planctl schema --out {folder}` renews them"),
            folder=SCHEMAS,
        )
    raise typer.Exit(int(any(one.is_error for one in found)))


def as_json(found: Sequence[Diagnostic], names: PathNames) -> str:
    """Return the findings as JSON: `{"findings": [...], "total": n}`."""
    listed = [
        {
            "path": names.of(one.span.path),
            "line": one.span.line,
            "column": one.span.column,
            "severity": one.severity.value,
            "code": one.code,
            "message": console.message_of(one),
            "hint": console.hint_of(one),
        }
        for one in found
    ]
    return json.dumps({"findings": listed, "total": len(listed)}, ensure_ascii=False, indent=2) + "\n"
