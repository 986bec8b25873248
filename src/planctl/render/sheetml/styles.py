"""The looks of cells: each combination becomes one format of the workbook, made once.

In: a look. Out: an XlsxWriter format.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

FONT = "Arial"
_SOFT = 0.28
"""How much of a level's colour a fill has; black on it stays readable, on a grey print too."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks. `sides` names the edges that have a line; `fill` is a level's colour, shown softly.

    A cell that `is_open` can be written in on a protected sheet.
    """

    size: float = 9
    bold: bool = False
    align: Literal["left", "center", "right"] = "left"
    valign: Literal["top", "vcenter", "bottom"] = "top"
    sides: frozenset[str] = frozenset()
    fill: str | None = None
    colour: str = "#000000"
    number: str = "General"
    wrap: bool = True
    indent: int = 0
    is_open: bool = False


ALL_SIDES = frozenset({"left", "right", "top", "bottom"})


class Styles:
    """The formats of one workbook, by their looks."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[Look, Format] = {}
        self._numbers: dict[Look, int] = {}

    def __getitem__(self, look: Look) -> Format:
        if look not in self._made:
            self._made[look] = self._workbook.add_format(_properties(look))
        return self._made[look]

    def number(self, look: Look) -> int:
        """Return the number by which the cells of a worksheet's part name a look."""
        if look not in self._numbers:
            # XlsxWriter gives a format its number when it is first asked for it, and has no other way of asking.
            self._numbers[look] = self[look]._get_xf_index()  # noqa: SLF001
        return self._numbers[look]


def soft(colour: str) -> str:
    """Return a tint of a colour of six hex digits that black text is readable on."""
    parts = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    return "#" + "".join(f"{round(255 - (255 - part) * _SOFT):02X}" for part in parts)


def _properties(look: Look) -> dict[str, object]:
    properties: dict[str, object] = {
        "font_name": FONT,
        "font_size": look.size,
        "font_color": look.colour,
        "align": look.align,
        "valign": look.valign,
        "num_format": look.number,
    }
    properties |= dict.fromkeys(sorted(look.sides), 1)
    if look.bold:
        properties["bold"] = True
    if look.wrap:
        properties["text_wrap"] = True
    if look.is_open:
        properties["locked"] = False
    if look.indent:
        properties["indent"] = look.indent
    if look.fill:
        properties["bg_color"] = soft(look.fill)
    return properties


def options() -> dict[str, object]:
    """Return fresh options of a workbook: XlsxWriter 3.3 writes into them, so that the next one would be another."""
    return {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        # Column widths count digits of this font: 8 pixels in Excel and, unlike Arial 10, nearly so in LibreOffice.
        "default_format_properties": {"font_name": FONT, "font_size": 11},
        "default_column_width": 72,
    }
