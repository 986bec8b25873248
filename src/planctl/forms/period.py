"""The reported period: a year, a half-year or a quarter, written `2023`, `2023-H1`, `2023-Q3`."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_WRITTEN = re.compile(r"(?P<year>(?:19|20)[0-9]{2})(?:-(?:H(?P<half>[12])|Q(?P<quarter>[1-4])))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Period:
    """A span of whole months: `first_month` and `months` (12, 6 or 3) of one year."""

    year: int
    first_month: int = 1
    months: int = 12

    @property
    def first_day(self) -> date:
        """The first day of the first month."""
        return date(self.year, self.first_month, 1)

    @property
    def last_day(self) -> date:
        """The last day of the last month."""
        month = self.first_month + self.months - 1
        return date(self.year, month, monthrange(self.year, month)[1])

    def is_before(self, other: Period) -> bool:
        """Tell whether this period ends before the other one does: the first half-year comes before its year."""
        return self.last_day < other.last_day

    def __str__(self) -> str:
        match self.months:
            case 6:
                return f"{self.year}-H{(self.first_month + 5) // 6}"
            case 3:
                return f"{self.year}-Q{(self.first_month + 2) // 3}"
            case _:
                return str(self.year)


def period_of(text: str) -> Period | None:
    """Read a period as written in a file or on the command line; None where it is none."""
    if not (match := _WRITTEN.fullmatch(text)):
        return None
    year = int(match["year"])
    if match["half"]:
        return Period(year, int(match["half"]) * 6 - 5, 6)
    if match["quarter"]:
        return Period(year, int(match["quarter"]) * 3 - 2, 3)
    return Period(year)
