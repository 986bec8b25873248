"""Which language a run speaks: --lang, PLANCTL_LANG, the project's own, or the system's, in this order."""

from __future__ import annotations

import locale
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from planctl.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planctl.words import Language

_IN_PROJECT = re.compile(r"^language:\s*[\"']?(\w+)", re.MULTILINE)
_LONG_NAMES = {"mongolian": "mn", "english": "en"}


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
    for wish in _wishes(arguments):
        short = wish.casefold().replace("-", "_").split("_")[0].split(".")[0]
        short = _LONG_NAMES.get(short, short)
        for language in LANGUAGES:
            if short == language:
                return language
    return "en"


def _wishes(arguments: Sequence[str]) -> Iterator[str]:
    for at, argument in enumerate(arguments):
        if argument == "--lang" and at + 1 < len(arguments):
            yield arguments[at + 1]
        elif argument.startswith("--lang="):
            yield argument.removeprefix("--lang=")
    yield os.environ.get("PLANCTL_LANG", "")
    yield _of_project()
    yield from (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    yield locale.getlocale()[0] or ""


def _of_project() -> str:
    here = Path.cwd()
    for folder in (here, *here.parents):
        path = folder / "planctl.yaml"
        if path.is_file():
            try:
                found = _IN_PROJECT.search(path.read_text(encoding="utf-8", errors="replace"))
            except OSError:
                return ""
            return found[1] if found else ""
    return ""
