"""What a run knows of its surroundings: read once, in the command line, and handed in. The core has no clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class RunFacts:
    """`as_of` takes the place of the actuals' dates on the sheets; revision and user stand in the manifest only."""

    as_of: date | None = None
    revision: str | None = None
    user: str | None = None
