"""Where an output stands among all. In: its document, period, sheet and format. Out: a value to sort by."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from planctl.forms.period import period_of
from planctl.report import SHEETS
from planctl.report.office import DOCUMENT

if TYPE_CHECKING:
    from planctl.refusal import Part

Place: TypeAlias = tuple[int, str, tuple[int, int], int, str]


def place_of(part: Part, sheet: str, format_: str) -> Place:
    """Return the place of an output: plans as approved come first, then plans and periods, then all plans."""
    document, written = part
    period = period_of(written)
    kind = 2 if document == DOCUMENT else 1 if written else 0
    when = (period.last_day.toordinal(), period.months) if period else (0, 0)
    return kind, document, when, SHEETS.index(sheet), format_
