"""The options and arguments that several commands share."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Optional

import typer

from planctl.forms.period import Period, period_of
from planctl.words import _, said


def read_date(text: str) -> date:
    """Read an ISO date of the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(said(_("“{text}” is not a date such as 2023-12-25"), {"text": text})) from None


def read_period(text: str) -> Period:
    """Read a period of the command line."""
    if (period := period_of(text)) is None:
        raise typer.BadParameter(said(_("“{text}” is not a period such as 2023, 2023-H1 or 2023-Q3"), {"text": text}))
    return period


Paths = Annotated[
    Optional[list[Path]],  # noqa: UP045  # typer reads the annotation while the program runs
    typer.Argument(help=_("Files or folders of a project; by default the project found from here upwards.")),
]
PeriodOption = Annotated[
    Optional[Period],  # noqa: UP045
    typer.Option("--period", parser=read_period, metavar="PERIOD", help=_("Only this period: 2023, 2023-H1, 2023-Q3.")),
]
