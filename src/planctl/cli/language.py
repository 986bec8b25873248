"""Which language a run speaks: --lang, PLANCTL_LANG, the project's own, or the system's, in this order."""

from __future__ import annotations

import locale
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from planctl.errors import PlanctlError
from planctl.source.root import PROJECT_FILE, find_root
from planctl.words import LANGUAGES, _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planctl.words import Language

_IN_PROJECT = re.compile(r"^language:\s*[\"']?(\w+)", re.MULTILINE)
_HEAD_BYTES = 100_000
_LONG_NAMES = {"mongolian": "mn", "english": "en"}


def check(arguments: Sequence[str]) -> None:
    """Return if --lang names a language that planctl speaks or is not there; PlanctlError otherwise."""
    for wish in _named(arguments):
        if spoken(wish) is None:
            raise PlanctlError(_("--lang: “{text}” is none of {known}"), text=wish, known=", ".join(LANGUAGES))


def without(arguments: Sequence[str]) -> list[str]:
    """Return the arguments without --lang, which may stand before or after the command."""
    kept: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        if argument == "--lang":
            next(rest, None)
        elif not argument.startswith("--lang="):
            kept.append(argument)
    return kept


def chosen(arguments: Sequence[str]) -> Language:
    """Return the language for these command-line arguments; English where nothing names one that we speak.

    It is wanted before the arguments are parsed, as the help texts are translated too.
    """
    return next((language for wish in _wishes(arguments) if (language := spoken(wish))), "en")


def spoken(wish: str) -> Language | None:
    """Return the language that a name such as `mn`, `mn_MN.UTF-8` or `Mongolian_Mongolia` means, if we speak it."""
    short = wish.casefold().replace("-", "_").split("_")[0].split(".")[0]
    short = _LONG_NAMES.get(short, short)
    return next((language for language in LANGUAGES if language == short), None)


def _wishes(arguments: Sequence[str]) -> Iterator[str]:
    yield from reversed(list(_named(arguments)))  # of several the last one holds
    yield os.environ.get("PLANCTL_LANG", "")
    yield _of_project()
    yield from (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    yield locale.getlocale()[0] or ""


def _named(arguments: Sequence[str]) -> Iterator[str]:
    for at, argument in enumerate(arguments):
        if argument == "--lang":
            yield arguments[at + 1] if at + 1 < len(arguments) else ""
        elif argument.startswith("--lang="):
            yield argument.removeprefix("--lang=")


def _of_project() -> str:
    try:
        with (find_root(Path()) / PROJECT_FILE).open("rb") as file:
            head = file.read(_HEAD_BYTES).decode(errors="replace")
    except (OSError, PlanctlError):
        return ""
    found = _IN_PROJECT.search(head)
    return found[1] if found else ""
