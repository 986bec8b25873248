"""What a command line that makes no sense is told: one line, where the library would draw a box.

In: the library's exception. Out: a sentence in the language in use.
"""

from __future__ import annotations

import re
from typing import Any

import typer

from planctl.words import _, said

USAGE_ERROR: type[Exception] = typer.BadParameter.__mro__[1]
"""The library's class of usage errors; it moved from one module to another between versions of typer."""

_EXTRA = re.compile(r"unexpected extra argument.* \((.+)\)")

_USAGE = "Usage:"

HELP_SHOWS = _("`{command} --help` shows how")


def sentence(error: Any) -> str:
    """Return what is wrong; empty where nothing was asked for, so that the help is the answer."""
    told = _told(error)
    if not told:
        return ""
    command = error.ctx.command_path if error.ctx else "planctl"
    return f"{told.rstrip('.')}; {said(HELP_SHOWS, {'command': command})}"


def help_instead(error: Any) -> str:
    """Return the help of the command that was called without anything to do."""
    return help_of(error.ctx)


def help_of(context: Any) -> str:
    """Return the help of a command, its first word in the language in use, which the library has in English alone."""
    told: str = context.get_help()
    if told.startswith(_USAGE):
        told = told.replace(_USAGE, said(_("Usage:")), 1)
    return f"{told}\n"


def _told(error: Any) -> str:
    match type(error).__name__:
        case "NoSuchOption":
            return said(_("there is no option {name}"), {"name": error.option_name})
        case "BadOptionUsage":
            return said(_("{name} takes a value"), {"name": error.option_name})
        case "MissingParameter":
            return said(_("{name} is missing"), {"name": _name(error)})
        case "BadParameter":
            return f"{_name(error)}: {error.message}"
        case "NoArgsIsHelpError":
            return ""
        case _:
            return _in_our_words(str(error.format_message()))


def _in_our_words(message: str) -> str:
    """Return what the library says, in the language in use also where the library has it in English alone."""
    if extra := _EXTRA.search(message):
        return said(_("{arguments}: more than the command takes"), {"arguments": extra[1]})
    told, _mark, meant = message.partition(". Did you mean ")
    if meant:
        return said(_("{told}; the nearest: {names}"), {"told": told, "names": meant.rstrip("?").replace("'", "")})
    return message


def _name(error: Any) -> str:
    """Return the option as it is typed, or what the help calls the argument."""
    parameter = error.param
    if parameter is None:
        return str(error.param_hint)
    option: str = parameter.opts[0]
    return option if option.startswith("-") else str(parameter.metavar or option.upper())
