"""The options and arguments that several commands share."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from planctl.forms.period import Period, period_of
from planctl.words import _, said

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

Choice = TypeVar("Choice", bound=StrEnum)

_COUNT = re.compile(r"0*[1-9][0-9]{0,5}", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
"""The one spelling that plans take too; `date.fromisoformat` alone also takes 20231225 and 2023-W52-1."""


def one_of(kind: type[Choice]) -> Callable[[str], Choice]:
    """Return what reads one of a few words of the command line."""

    def read(text: str) -> Choice:
        try:
            return kind(text)
        except ValueError:
            words = said(_("“{text}” is none of {known}"), {"text": text, "known": ", ".join(kind)})
            raise typer.BadParameter(words) from None

    return read


def one_of_names(known: Collection[str]) -> Callable[[str], str]:
    """Return what reads one of the names of a register."""

    def read(text: str) -> str:
        if text in known:
            return text
        words = said(_("“{text}” is none of {known}"), {"text": text, "known": ", ".join(known)})
        raise typer.BadParameter(words)

    return read


def one_of_option(name: str, kind: type[StrEnum], help_: str) -> Any:
    """Return an option that takes one of a few words, which its help shows."""
    return typer.Option(name, parser=one_of(kind), metavar="|".join(kind), help=help_)


def read_date(text: str) -> date:
    """Read a date of the command line."""
    with suppress(ValueError):
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    raise typer.BadParameter(said(_("“{text}” is not a date such as 2023-12-25"), {"text": text}))


def read_count(text: str) -> int:
    """Read a whole number from 1 on of the command line."""
    if _COUNT.fullmatch(text):
        return int(text)
    raise typer.BadParameter(said(_("“{text}” is not a whole number from 1 on"), {"text": text}))


def read_period(text: str) -> Period:
    """Read a period of the command line."""
    if (period := period_of(text)) is None:
        raise typer.BadParameter(said(_("“{text}” is not a period such as 2023, 2023-H1 or 2023-Q3"), {"text": text}))
    return period


Paths = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="PATH", help=_("Files or folders of a project; by default the project found from here upwards.")
    ),
]
PeriodOption = Annotated[
    Period | None,
    typer.Option("--period", parser=read_period, metavar="PERIOD", help=_("Only this period: 2023, 2023-H1, 2023-Q3.")),
]
JobsOption = Annotated[
    int | None,
    typer.Option(
        "--jobs", parser=read_count, metavar="N", help=_("Processes that work at once; by default as many as pay.")
    ),
]
