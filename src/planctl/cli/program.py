"""The program: the command that is called among the names of all, its options parsed, its exit code.

In: the arguments. Out: the exit code; PlanctlError where the arguments make no sense.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.main import get_command

from planctl import __version__
from planctl.cli import COMMANDS, GROUPS, console, module_of
from planctl.cli.usage import USAGE_ERROR, help_instead, help_of, sentence
from planctl.errors import PlanctlError
from planctl.words import _, said

if TYPE_CHECKING:
    from collections.abc import Sequence

USAGE = 2
VERBATIM = "{told}"
"""A message that is worded already."""


def application(arguments: Sequence[str]) -> typer.Typer:
    """Return the program: the command that is called, and beside it the names and words of all others.

    Where the command stands first nobody sees those, so it stands alone.
    """
    called = _called(arguments)
    others = arguments[:1] != [called] or called not in {*dict(COMMANDS), *dict(GROUPS)}
    # The library's boxes would double the time that the help takes.
    app = typer.Typer(
        name="planctl",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback(help=_("Compile plans and their actuals into implementation reports."))(
        _root if others else _nothing_before
    )
    for name, words in COMMANDS:
        if name == called:
            app.command(name, help=words)(import_module(module_of(name)).run)
        elif others:
            app.command(name, help=words)(_not_called)
    for name, words in GROUPS:
        if name == called:
            app.add_typer(import_module(module_of(name)).app, name=name, help=words)
        elif others:
            app.command(name, help=words)(_not_called)
    return app


def _nothing_before() -> None:
    """Take no options: none stands before a command that stands first."""


def _not_called() -> None:
    """Stand for a command that was not called."""
    raise AssertionError


def _called(arguments: Sequence[str]) -> str:
    """Return the command's name: the first word that is no option, as none before a command takes a value."""
    return next((word for word in arguments if not word.startswith("-")), "")


def _show_version(wanted: bool) -> None:  # noqa: FBT001
    if wanted:
        console.text(f"planctl {__version__}\n")
        raise typer.Exit


def _show_help(context: typer.Context, _option: object, wanted: bool) -> None:  # noqa: FBT001
    if wanted:
        console.text(help_of(context))
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


def started(arguments: list[str]) -> int:
    """Run the program in the language in use and return its exit code."""
    # The search for other people's plugins, which may change what is valid, takes as long as a small command.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "1"
    command = get_command(application(arguments))
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
        console.text(help_instead(error))
        return USAGE
    return 0


def _translate(command: Any) -> None:
    """Put the help texts of a command and of all below it into the language in use, and have the console show them."""
    option = command.get_help_option(typer.Context(command))
    option.callback = _show_help  # the library's own takes no notice of what letters a terminal has
    for thing in (command, *command.params, option):
        if words := getattr(thing, "help", None):
            thing.help = said(words)
    for one in command.params:
        _hide_type(one)
    if command.options_metavar == "[OPTIONS]":
        command.options_metavar = said(_("[OPTIONS]"))
    command.short_help = command.help  # a list of commands would cut their own short
    for child in getattr(command, "commands", {}).values():
        _translate(child)


def _hide_type(parameter: Any) -> None:
    """Have the help call a value by a word, where typer 0.29 shows Python's type: `paths... <list[Path]>`."""
    if parameter.param_type_name == "argument":
        parameter.metavar = parameter.metavar or parameter.name.upper()
        parameter.display_type = _nothing
    elif not parameter.is_flag and parameter.metavar is None:
        is_path = parameter.name == "out" or parameter.name.endswith("folder")
        parameter.metavar = "PATH" if is_path else "TEXT"


def _nothing(_context: object) -> str:
    return ""
