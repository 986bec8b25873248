"""Values of typed files in words: what a spreadsheet keeps as a number, a percentage or a date, as a plan has it.

In: a cell and what its column holds. Out: a text, and whether Excel had made a date of something else.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from planctl.forms.number import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planctl.importer.office_file import Cell

SCORES = frozenset({"self", "superior", "achievement"})
NUMBERS = frozenset({"number", "decision_number", "clause_number"})
_BARE = re.compile(r"[01](?:[.,][0-9]+)?")
HUNDRED = 100


def worded(cell: Cell, key: str, *, of_one: bool = False) -> str:
    """Return what a cell says in a column; scores `of_one` are parts of 1."""
    value = cell.value
    if value is None:
        text = cell.text.strip()
        return _percent(Decimal(text.replace(",", "."))) if of_one and _BARE.fullmatch(text) else text
    if value.kind == "percent" and isinstance(value.value, Decimal):
        return _percent(value.value) if key in SCORES else f"{_percent(value.value)}%"
    if value.kind == "number" and isinstance(value.value, Decimal):
        return _percent(value.value) if of_one else plain(value.value)
    if isinstance(value.value, date):
        return _day(value.value, key, value.format)
    return cell.text.strip()


def is_date_for_number(cell: Cell, key: str) -> bool:
    """Tell whether Excel made a date of a number such as 3/2: a date without its year where numbers stand."""
    return cell.value is not None and cell.value.kind == "date" and key in NUMBERS


def are_of_one(cells: Iterable[Cell]) -> bool:
    """Tell whether the scores of a column are parts of 1: none is above it. A 1 among them is all, not one per cent."""
    amounts = [amount for cell in cells if (amount := _amount(cell)) is not None]
    return bool(amounts) and 0 < max(amounts) <= 1


def _amount(cell: Cell) -> Decimal | None:
    if cell.value is not None:
        number = cell.value.value
        return number if cell.value.kind == "number" and isinstance(number, Decimal) else None
    text = cell.text.strip()
    if re.fullmatch(r"[0-9]+(?:[.,][0-9]+)?", text):
        return Decimal(text.replace(",", "."))
    return None


def _percent(part: Decimal) -> str:
    return plain((part * HUNDRED).normalize())


def _day(day: date, key: str, format_: str) -> str:
    """Return a date as plans write it; one that Excel made of 3/2 as 3/2 again, in the order of the cell's format."""
    if key in NUMBERS:
        starts_with_day = format_.casefold().lstrip("[$-0123456789]").startswith("d")
        return f"{day.day}/{day.month}" if starts_with_day else f"{day.month}/{day.day}"
    return (day.date() if isinstance(day, datetime) else day).isoformat()
