"""The command line: one module for each command, from options through the pipeline to an exit code.

To add a command, write its module and add its line to COMMANDS or GROUPS.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from typer.main import get_command

from planctl import __version__
from planctl.cli import (
    accept,
    actuals,
    approve,
    build,
    carry_over,
    check,
    collect,
    console,
    correct,
    diff,
    doctor,
    explain,
    fmt,
    git_setup,
    import_,
    init,
    log,
    new,
    rename,
    schema,
    score,
    template,
    trace,
    verify,
    waive,
)
from planctl.cli.usage import USAGE_ERROR, sentence
from planctl.errors import PlanctlError
from planctl.words import _, said

if TYPE_CHECKING:
    from collections.abc import Callable

COMMANDS: tuple[tuple[str, Callable[..., None], str], ...] = (
    ("init", init.run, _("Make a new project in a folder.")),
    ("new", new.run, _("Begin a plan of any form, or a scale.")),
    ("import", import_.run, _("Make plans of Word, Excel and CSV files.")),
    ("check", check.run, _("Find everything that is wrong in plans and actuals.")),
    ("accept", accept.run, _("Let a finding be, with a reason and until a day.")),
    ("score", score.run, _("Show the scores of every plan and period.")),
    ("fmt", fmt.run, _("Write the YAML files in one form, with all their remarks.")),
    ("rename", rename.run, _("Change the id of an item or a document everywhere.")),
    ("explain", explain.run, _("Say how a score came about, or what a finding's code means.")),
    ("trace", trace.run, _("Show what stands above and below in the chain of plans.")),
    ("build", build.run, _("Build the sheets in Word, Excel and HTML.")),
    ("diff", diff.run, _("Show what changed, and what that did to the scores.")),
    ("verify", verify.run, _("Make the sheets of a build again and compare them.")),
    ("approve", approve.run, _("Record a report as it was approved, with the act.")),
    ("correct", correct.run, _("Record what was corrected in an approved report.")),
    ("waive", waive.run, _("Let something differ from what was approved, for some time.")),
    ("carry-over", carry_over.run, _("Put what a plan left undone into the next plan.")),
    ("log", log.run, _("Show one item's history in git, score by score.")),
    ("git-setup", git_setup.run, _("Let git show plans and office files as people read them.")),
    ("schema", schema.run, _("Show what a file takes as JSON Schema, for editors.")),
    ("doctor", doctor.run, _("Show the versions and the surroundings that planctl works with.")),
)
GROUPS: tuple[tuple[str, typer.Typer, str], ...] = (
    ("actuals", actuals.app, _("Begin the report of a period.")),
    ("collect", collect.app, _("Collect from the units what they did.")),
    ("template", template.app, _("See, copy and check the templates of the sheets.")),
)

USAGE = 2
VERBATIM = "{told}"
"""A message that is worded already."""


def application() -> typer.Typer:
    """Return the program with all its commands."""
    app = typer.Typer(name="planctl", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
    app.callback(help=_("Compile plans and their actuals into implementation reports."))(_root)
    for name, command, words in COMMANDS:
        app.command(name, help=words)(command)
    for name, group, words in GROUPS:
        app.add_typer(group, name=name, help=words)
    return app


def _show_version(wanted: bool) -> None:  # noqa: FBT001
    if wanted:
        console.text(f"planctl {__version__}\n")
        raise typer.Exit


def _root(
    lang: Annotated[str, typer.Option("--lang", metavar="mn|en", help=_("Language of messages."))] = "",
    version: Annotated[  # noqa: FBT002  # a flag of the command line
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, metavar="", help=_("Show the version and stop.")
        ),
    ] = False,
) -> None:
    """Take the options that stand before a command; the language was acted on before the arguments were parsed."""


def run(arguments: list[str]) -> int:
    """Run the program in the language in use and return its exit code."""
    command = get_command(application())
    _translate(command)
    try:
        # Not command.main, which turns Ctrl-C and a closed pipe into exit codes of its own.
        with command.make_context("planctl", list(arguments)) as context:
            command.invoke(context)
    except typer.Exit as leaving:
        return leaving.exit_code
    except USAGE_ERROR as error:
        if told := sentence(error):
            raise PlanctlError(VERBATIM, told=told) from error
        return USAGE
    return 0


def _translate(command: object) -> None:
    """Put the help texts of a command and of all below it into the language in use."""
    for thing in (command, *getattr(command, "params", ())):
        if words := getattr(thing, "help", None):
            thing.help = said(words)
    for child in getattr(command, "commands", {}).values():
        _translate(child)
