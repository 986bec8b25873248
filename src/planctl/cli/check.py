"""`planctl check`: every finding of the project, sorted by place."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from planctl.cli import console
from planctl.cli.options import Paths  # noqa: TC001  # typer reads it while the program runs
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
    format_: Annotated[CheckFormat, typer.Option("--format", help=_("How findings are written."))] = CheckFormat.TEXT,
) -> None:
    """Check the project; exit 1 where there is an error."""
    from planctl.pipeline import load  # noqa: PLC0415  # the help needs none of it

    scope = scope_of(paths or [])
    found = scope.findings(load(scope.root))
    names = console.PathNames(scope.root)
    if format_ is CheckFormat.JSON:
        console.data(as_json(found, names))
    else:
        console.findings(found, names)
    console.summary(found)
    raise typer.Exit(any(one.is_error for one in found))


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
