"""`planctl check`: every finding of the project, sorted by place, for people and for every CI."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

import typer

from planctl.cli import console
from planctl.cli.again import watched
from planctl.cli.choice import choice_of
from planctl.cli.options import JobsOption, Paths, one_of_names
from planctl.cli.scope import scope_of
from planctl.cli.surroundings import today
from planctl.errors import PlanctlError
from planctl.findings.formats import FINDINGS_FORMATS
from planctl.words import _

if TYPE_CHECKING:
    from planctl.checking.checked import Checked
    from planctl.cli.choice import Choice
    from planctl.cli.scope import Scope
    from planctl.diagnostics import Diagnostic
    from planctl.findings.accepting import AcceptedFinding
    from planctl.findings.told import Findings


def run(  # noqa: PLR0913, PLR0917  # the options of the command line
    paths: Paths = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            parser=one_of_names(FINDINGS_FORMATS),
            metavar="FORMAT",
            help=_("How findings are written: text, json, github, gitlab, sarif or junit."),
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
    jobs: JobsOption = None,
) -> None:
    """Check the project; exit 1 where there is an error."""
    looked = _looked_through(scope_of(paths or []), choice_of(select or [], ignore or []), changed_since, jobs)
    if not looked.asked:
        _refuse_nothing_checked(looked)
    shown = replace(looked.told(), shows_accepted=show_accepted, warnings_fail=strict)
    _write(format_, FINDINGS_FORMATS[format_].write(shown))
    _tell(looked, changed_since)
    fails = any(map(shown.fails, shown.findings))
    if not fails:
        _refuse_nothing_checked(looked)
    raise typer.Exit(int(fails))


@dataclass(frozen=True, slots=True)
class _Looked:
    """What was found: in the files that were `asked` for, what of that is `new`, and what of that was chosen."""

    scope: Scope
    checked: Checked
    asked: tuple[Diagnostic, ...]
    new: tuple[Diagnostic, ...]
    chosen: tuple[Diagnostic, ...]
    accepted: tuple[AcceptedFinding, ...]

    def told(self) -> Findings:
        """Return the findings in words."""
        from planctl.cli.findings_told import told  # noqa: PLC0415  # the help needs none of it

        return told(self.chosen, self.accepted, self.checked, self.scope)


def _looked_through(scope: Scope, choice: Choice, changed_since: str | None, jobs: int | None) -> _Looked:
    if changed_since is None:
        checked = _checked(scope, jobs)
        choice.refuse_nothing(checked.common.settings.severities)
        new = asked = scope.findings(checked)
    else:
        from planctl.checking.checked import checked_at_once  # noqa: PLC0415  # the help needs none of it
        from planctl.cli.since import brought_since  # noqa: PLC0415  # likewise
        from planctl.pipeline import load  # noqa: PLC0415  # likewise

        project = load(scope.root, today=today())
        checked = checked_at_once(project)
        choice.refuse_nothing(checked.common.settings.severities)
        asked = scope.findings(checked)
        new = _those_of(asked, brought_since(project, changed_since))
    accepted = tuple(one for one in checked.accepted if scope.has(one.found.span.path) and choice.has(one.found))
    return _Looked(scope, checked, asked, new, tuple(filter(choice.has, new)), accepted)


def _checked(scope: Scope, jobs: int | None) -> Checked:
    """Return what the project comes to: by parcels where that pays, or loaded at once."""
    from planctl.checking.checked import checked_at_once  # noqa: PLC0415  # the help needs none of it
    from planctl.cli.parcels import checked_in_parcels, parcels_pay  # noqa: PLC0415  # likewise
    from planctl.pipeline import load  # noqa: PLC0415  # likewise

    day = today()
    tree = watched(scope.root, day)
    if parcels_pay(scope.root, jobs):
        return checked_in_parcels(tree, day, jobs)
    return checked_at_once(load(tree, today=day))


def _those_of(asked: tuple[Diagnostic, ...], every: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    wanted = set(every)
    return tuple(one for one in asked if one in wanted)


def _write(format_: str, words: str) -> None:
    if FINDINGS_FORMATS[format_].is_for_people:
        console.text(words)
    else:
        console.data(words)


def _tell(looked: _Looked, changed_since: str | None) -> None:
    """Tell how many there were, and how many are not shown for which reason."""
    console.summary(looked.chosen)
    if count := len(looked.accepted):
        console.say_counted(_("{n} accepted finding"), _("{n} accepted findings"), count)
    if count := len(looked.new) - len(looked.chosen):
        console.say_counted(_("{n} finding was left out as asked"), _("{n} findings were left out as asked"), count)
    if changed_since is not None and (count := len(looked.asked) - len(looked.new)):
        console.say_counted(
            _("{n} finding was there before this change"), _("{n} findings were there before this change"), count
        )
    _tell_of_editors(looked)


def _refuse_nothing_checked(looked: _Looked) -> None:
    """Raise PlanctlError where no file of a plan was there to be checked: that is no success."""
    if not any(looked.scope.names(path) for path in looked.checked.files):
        raise PlanctlError(_("there is nothing to check here: these are no files of a plan"))
    if not looked.scope.within and not looked.checked.has_plans:
        raise PlanctlError(_("there is nothing to check here: the project has no plan"))


def _tell_of_editors(looked: _Looked) -> None:
    from planctl.authoring.editors import SCHEMAS  # noqa: PLC0415  # the help needs none of it
    from planctl.cli.editors import schemas_differ  # noqa: PLC0415

    if schemas_differ(looked.scope.root, looked.checked.common):
        console.say(
            _("the schemas of editors are of another version; `planctl schema --out {folder}` renews them"),
            folder=SCHEMAS,
        )
