"""What is written into a worksheet cell: a number where the cell says no more than its number, else its text.

In: cells of the view model. Out: text, or a number with the format that prints it as the text has it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from planctl.report.sheet import Block, Cell

_SIGNED = re.compile(r"(?P<sign>[+−])(?P<whole>[0-9]+)(?:,(?P<decimals>[0-9]+))?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SPELT = re.compile(r"-?[0-9]+(?:[.,](?P<decimals>[0-9]+))?(?P<percent>%)?")
_SHARE = re.compile(r"(?P<count>[0-9]+)(?P<whole>/[0-9]+)")
_DIGITS = 15
"""Excel keeps no more digits of a number."""

_MARKERS = {"paragraph": "", "bullet": "• "}
_DEEPER = "– "
_INDENT = "  "

DAY_FORMAT = "yyyy-mm-dd"
COUNT_FORMAT = '0;-0;"-"'
"""Shows no count as the official sheets print it."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as Excel keeps it (a percentage as a fraction of 1) and its number format."""

    value: float
    format: str


def text_of(cell: Cell) -> str:
    """Return the cell's text with markers before the items of lists."""
    return "\n".join([marked(block) for block in cell.blocks]) if cell.blocks else cell.text


def number_of(cell: Cell) -> Number | None:
    """Return the cell's number, or None where its text says something else ("Хугацаа болоогүй") or it has none."""
    return None if cell.number is None else _number(cell.text, cell.number)


@lru_cache(maxsize=1 << 10)
def _number(text: str, number: Decimal | int) -> Number | None:
    if text == "-" and number == 0:
        return Number(0, COUNT_FORMAT)
    if _DAY.fullmatch(text) and isinstance(number, int):
        return Number(number, DAY_FORMAT)
    if signed := _SIGNED.fullmatch(text):
        return _with_sign(signed, number)
    if (share := _SHARE.fullmatch(text)) and int(share["count"]) == number:
        # A count of so many remains one to be added up.
        return Number(float(number), f'0"{share["whole"]}"')
    spelt = _SPELT.fullmatch(text)
    if not spelt or len(text) > _DIGITS or not _is_spelt(number, text):
        return None
    decimals = f"0.{'0' * len(spelt['decimals'])}" if spelt["decimals"] else "0"
    return fraction(number, decimals) if spelt["percent"] else Number(float(number), decimals)


def _with_sign(signed: re.Match[str], number: Decimal | int) -> Number | None:
    """Return a difference, which shows its sign whatever it is: `+19,8`, `−1`."""
    text = f"{'-' if signed['sign'] == '−' else ''}{signed['whole']}.{signed['decimals'] or '0'}"
    if len(text) > _DIGITS or float(text) != float(number):
        return None
    shape = f"0.{'0' * len(signed['decimals'])}" if signed["decimals"] else "0"
    return Number(float(number), f"+{shape};−{shape};0")


def fraction(percentage: Decimal | int, decimals: str = "0") -> Number:
    """Return a percentage as Excel keeps it: 100 becomes 1, shown as 100%."""
    return Number(_hundredth(percentage), f"{decimals}%")


def _hundredth(percentage: Decimal | int) -> float:
    return float(percentage.scaleb(-2)) if not isinstance(percentage, int) else percentage / 100


def _is_spelt(number: Decimal | int, text: str) -> bool:
    return float(text.rstrip("%").replace(",", ".")) == float(number)


def marked(block: Block) -> str:
    """Return a block with its marker before it."""
    if block.kind == "number":
        return f"{_INDENT * (block.level - 1)}{block.ordinal}. {block.text}"
    if block.kind == "bullet" and block.level > 1:
        return f"{_INDENT * (block.level - 1)}{_DEEPER}{block.text}"
    return f"{_MARKERS[block.kind]}{block.text}"
