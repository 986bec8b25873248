"""`planctl check`: every finding of the project, sorted by place, for people and for every CI."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from planctl.cli import console
from planctl.cli.choice import choice_of
from planctl.cli.options import Paths, one_of_names
from planctl.cli.scope import scope_of
from planctl.cli.surroundings import today
from planctl.errors import PlanctlError
from planctl.findings.formats import FINDINGS_FORMATS
from planctl.words import _

if TYPE_CHECKING:
    from planctl.cli.scope import Scope
    from planctl.diagnostics import Diagnostic
    from planctl.pipeline import Project


def run(  # noqa: PLR0913, PLR0917  # the options of the command line
    paths: Paths = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            parser=one_of_names(FINDINGS_FORMATS),
            metavar="|".join(FINDINGS_FORMATS),
            help=_("How findings are written."),
        ),
    ] = "text",
    strict: Annotated[bool, typer.Option("--strict", help=_("Exit 1 for warnings too."))] = False,  # noqa: FBT002  # a flag of the command line
    select: Annotated[
        list[str] | None,
        typer.Option("--select", metavar="CODE,…", help=_("Only these codes, or `error` or `warning`.")),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option("--ignore", metavar="CODE,…", help=_("Not these codes, or `error` or `warning`.")),
    ] = None,
    changed_since: Annotated[
        str | None,
        typer.Option(
            "--changed-since", metavar="REVISION", help=_("Check everything; show only what was not found there.")
        ),
    ] = None,
    show_accepted: Annotated[  # noqa: FBT002  # likewise
        bool, typer.Option("--show-accepted", help=_("Show also what accepted.yaml accepts."))
    ] = False,
) -> None:
    """Check the project; exit 1 where there is an error."""
    from planctl.cli.findings_told import told  # noqa: PLC0415  # the help needs none of it
    from planctl.cli.since import brought_since  # noqa: PLC0415
    from planctl.pipeline import load  # noqa: PLC0415

    choice = choice_of(select or [], ignore or [])
    scope = scope_of(paths or [])
    project = load(scope.root, today=today())
    choice.refuse_nothing(project.portfolio.settings.severities)
    asked = scope.findings(project)
    new = asked if changed_since is None else _those_of(asked, brought_since(project, changed_since))
    found = tuple(filter(choice.has, new))
    accepted = [one for one in project.accepted if scope.has(one.found.span.path) and choice.has(one.found)]
    shown = replace(told(found, accepted, project, scope), shows_accepted=show_accepted, warnings_fail=strict)
    if not asked:
        _refuse_nothing_checked(scope, project)
    _write(format_, FINDINGS_FORMATS[format_].write(shown))
    console.summary(found)
    if accepted:
        console.say_counted(_("{n} accepted finding"), _("{n} accepted findings"), len(accepted))
    if hidden := len(new) - len(found):
        console.say_counted(_("{n} finding was left out as asked"), _("{n} findings were left out as asked"), hidden)
    if changed_since is not None and (known := len(asked) - len(new)):
        console.say_counted(
            _("{n} finding was there before {revision} was left"),
            _("{n} findings were there before {revision} was left"),
            known,
            revision=changed_since,
        )
    _tell_of_editors(scope, project)
    fails = any(map(shown.fails, shown.findings))
    if not fails:
        _refuse_nothing_checked(scope, project)
    raise typer.Exit(int(fails))


def _those_of(asked: tuple[Diagnostic, ...], every: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    wanted = set(every)
    return tuple(one for one in asked if one in wanted)


def _write(format_: str, words: str) -> None:
    if FINDINGS_FORMATS[format_].is_for_people:
        console.text(words)
    else:
        console.data(words)


def _refuse_nothing_checked(scope: Scope, project: Project) -> None:
    """Raise PlanctlError where no file of a plan was there to be checked: that is no success."""
    if not any(scope.names(source.path) for source in project.sources):
        raise PlanctlError(_("there is nothing to check here: these are no files of a plan"))
    if not scope.within and not project.portfolio.plans:
        raise PlanctlError(_("there is nothing to check here: the project has no plan"))


def _tell_of_editors(scope: Scope, project: Project) -> None:
    from planctl.authoring.editors import SCHEMAS  # noqa: PLC0415  # the help needs none of it
    from planctl.cli.editors import schemas_differ  # noqa: PLC0415

    if schemas_differ(scope.root, project.portfolio):
        console.say(
            _("the schemas of editors are of another version; `planctl schema --out {folder}` renews them"),
            folder=SCHEMAS,
        )
