"""`planctl trace`: what stands above and below a part of a plan, how one plan covers another, and accepted links."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path  # noqa: TC003  # typer reads it while the program runs
from typing import TYPE_CHECKING, Annotated

import typer

from planctl.cli import console
from planctl.cli.options import one_of_option
from planctl.cli.scope import scope_of
from planctl.cli.traced import Traced
from planctl.errors import PlanctlError
from planctl.words import _, said

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planctl.pipeline import Project
    from planctl.portfolio.plan import Plan
    from planctl.report.sheet import Sheet

FINDINGS = 1


class TraceFormat(StrEnum):
    """How a chain is written."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    XLSX = "xlsx"
    DOCX = "docx"
    MD = "md"


def run(
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="DOCUMENT#ID | DOCUMENT | UPPER LOWER", help=_("An address, a document, or two of them.")
        ),
    ] = None,
    matrix: Annotated[  # noqa: FBT002  # a flag of the command line
        bool, typer.Option("--matrix", help=_("Show how far the second document covers the first."))
    ] = False,
    accept: Annotated[  # noqa: FBT002
        bool, typer.Option("--accept", help=_("Write into links that the words above have been read as they are now."))
    ] = False,
    format_: Annotated[
        TraceFormat,
        one_of_option("--format", TraceFormat, _("How the chain is written.")),
    ] = TraceFormat.TEXT,
    out: Annotated[
        Path | None, typer.Option("--out", help=_("The file to write; by default a sheet in build/ of the project."))
    ] = None,
) -> None:
    """Trace a part of a plan in both directions, cover one plan by another, or accept links."""
    from planctl.pipeline import load  # noqa: PLC0415  # the help needs none of it
    from planctl.report.chain import latest  # noqa: PLC0415

    named = what or []
    _refuse(named, matrix=matrix, accept=accept, to_file=out is not None and format_ is TraceFormat.TEXT)
    scope = scope_of([])
    project = load(scope.root)
    if accept:
        from planctl.cli.trace_accept import accept_links  # noqa: PLC0415

        raise typer.Exit(accept_links(project, [_place(project, one) for one in named]))
    plan, at = _place(project, named[0])
    lower = _place(project, named[1])[0] if matrix else None
    traced = Traced(project, latest(project.scorecards), plan, at, lower)
    _warn(traced)
    _write(traced, format_, out)


def _refuse(named: list[str], *, matrix: bool, accept: bool, to_file: bool) -> None:
    """Refuse a command line that makes no sense."""
    if matrix and accept:
        raise typer.BadParameter(said(_("it does not go together with --matrix")), param_hint="--accept")
    if matrix and (len(named) != 2 or any("#" in one for one in named)):  # noqa: PLR2004  # the upper and the lower
        raise typer.BadParameter(said(_("it takes two documents: the upper and the lower")), param_hint="--matrix")
    if not matrix and not accept and len(named) != 1:
        raise typer.BadParameter(said(_("name one document, or one part of it")), param_hint="DOCUMENT#ID")
    if to_file:
        raise typer.BadParameter(said(_("text goes to the terminal; add --format")), param_hint="--out")


def _place(project: Project, what: str) -> tuple[Plan, int | None]:
    """Return the plan, and the place of the part in the chain; PlanctlError where there is none."""
    document, _hash, item = what.partition("#")
    chain, plans = project.portfolio.chain, project.portfolio.plans
    plan = plans.get(document)
    if plan and (not item or what in chain.by_address):
        return plan, chain.by_address.get(what)
    if plan is None:
        known: Iterable[str] = [*plans, *chain.by_address]
        alone = next((one for one in chain.by_address if one.partition("#")[2] == document), "")
        nearest = "".join(get_close_matches(document, plans, n=1))
        found = alone or (f"{nearest}#{item}" if nearest and f"{nearest}#{item}" in chain.by_address else nearest)
        found = found or "".join(get_close_matches(what, known, n=1))
    else:
        ids = [chain.nodes[at].id for at in chain.of_plan[plan.id] if chain.nodes[at].id]
        found = "".join(f"{document}#{one}" for one in get_close_matches(item, ids, n=1))
    suggestion = said(_("; did you mean “{suggestion}”?"), {"suggestion": found}) if found else ""
    raise PlanctlError(
        _("there is no document, section or item “{what}”{suggestion}"), what=what, suggestion=suggestion
    )


def _warn(traced: Traced) -> None:
    """Tell which plans of the chain have errors: what they hold may not be whole."""
    chain, plans = traced.chain, traced.project.portfolio.plans
    near = {traced.plan.id, *chain.plans_above(traced.plan.id), *chain.plans_below(traced.plan.id)}
    faulty = {found.span.path for found in traced.project.findings if found.is_error}
    for id_ in sorted(near):
        if plans[id_].document.path in faulty:
            console.say(_("{document} has errors, so this may be wrong"), document=id_)
    if traced.project.unread:
        paths = ", ".join(source.path for source in traced.project.unread)
        console.say(_("{paths} could not be read, so something may be missing"), paths=paths)


def _write(traced: Traced, format_: TraceFormat, out: Path | None) -> None:
    match format_:
        case TraceFormat.TEXT:
            from planctl.cli import trace_tree  # noqa: PLC0415  # only the tree needs rich

            trace_tree.show(traced)
        case TraceFormat.JSON:
            from planctl.cli.trace_json import as_json  # noqa: PLC0415

            _write_data(as_json(traced), out)
        case _:
            _write_sheet(_sheet(traced), traced, format_.value, out)


def _write_data(text: str, out: Path | None) -> None:
    from planctl.output.files import replace_file  # noqa: PLC0415

    if out is None:
        console.data(text)
    else:
        replace_file(out, text.encode(errors="backslashreplace"))
        console.say(_("wrote {path}"), path=out.as_posix())


def _sheet(traced: Traced) -> Sheet:
    from planctl.portfolio.coverage import coverage  # noqa: PLC0415
    from planctl.report import chain  # noqa: PLC0415

    portfolio, cards = traced.project.portfolio, traced.cards
    if traced.lower:
        return chain.matrix(coverage(traced.chain, traced.plan, traced.lower), traced.chain, portfolio, cards)
    if traced.at is None:
        return chain.trail_of_plan(traced.chain, traced.plan, portfolio, cards)
    return chain.trail(traced.chain, traced.at, portfolio, cards)


def _write_sheet(sheet: Sheet, traced: Traced, kind: str, out: Path | None) -> None:
    """Write a sheet by the templates of the project; exit 1 where the template has an error."""
    from planctl.output.files import replace_file  # noqa: PLC0415
    from planctl.output.template_store import fetch  # noqa: PLC0415
    from planctl.render import FORMATS  # noqa: PLC0415

    format_, root = FORMATS[kind], traced.project.root
    own = traced.project.portfolio.settings.templates
    template = fetch(root, own, sheet.template, format_.suffix) if format_.needs_template else None
    rendered = format_.load()(sheet, template)
    console.findings(rendered.findings, console.PathNames(root), to=sys.stderr)
    if rendered.content is None:
        raise typer.Exit(FINDINGS)
    target = out or root / "build" / f"{sheet.stem}{format_.suffix}"
    if target.is_dir():
        target /= f"{sheet.stem}{format_.suffix}"
    replace_file(target, rendered.content)
    console.say(_("wrote {path}"), path=target.as_posix())
