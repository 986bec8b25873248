"""A sheet in which no value stands twice, so that one that a template leaves out is not found in another's place.

In: a sheet. Out: the same sheet, its numbers replaced and its repeated lines numbered. Only for trying a template: what
the numbers say is no longer true.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING

from planctl.report.sheet import Block, Section

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planctl.report.sheet import Cell, Group, LevelShare, Sheet, StateShare, Table, Tally

_NUMBER = re.compile("[0-9]+(?:[.,][0-9]+)?")
_FIRST = 301
"""Numbers from here on stand nowhere else in a sample."""


def distinct(sheet: Sheet) -> Sheet:
    """Return the sheet with values that all differ; titles and the closing sentence stay in accord."""
    return _Values().sheet(sheet)


class _Values:
    """What has been given out so far: numbers, and lines of text."""

    def __init__(self) -> None:
        self._numbers = count(_FIRST)
        self._lines: set[str] = set()

    def sheet(self, sheet: Sheet) -> Sheet:
        heading = sheet.heading
        return replace(
            sheet,
            tally=self._tally(sheet.tally) if sheet.tally else None,
            heading=replace(
                heading,
                title=tuple(map(self._text, heading.title)),
                date=self._text(heading.date),
                place=self._text(heading.place),
                note=self._text(heading.note),
                reference=self._text(heading.reference),
                draft=self._text(heading.draft),
            ),
            tables=tuple(map(self._table, sheet.tables)),
            remarks=tuple(map(self._text, sheet.remarks)),
            signatures=tuple(
                replace(one, caption=self._text(one.caption), post=self._text(one.post), name=self._text(one.name))
                for one in sheet.signatures
            ),
            end_mark=self._text(sheet.end_mark),
            annexes=tuple(self._annex(table) for table in sheet.annexes),
        )

    def _tally(self, tally: Tally) -> Tally:
        return replace(
            tally,
            title=self._text(tally.title),
            total=next(self._numbers),
            levels=tuple(map(self._level, tally.levels)),
            states=tuple(map(self._state, tally.states)),
            closing=self._text(tally.closing),
        )

    def _level(self, level: LevelShare) -> LevelShare:
        shares = []
        for share in level.shares:
            percents, counted = next(self._numbers), next(self._numbers)
            shares.append(
                replace(
                    share,
                    percent=_with(share.percent, percents),
                    number=Decimal(percents),
                    count=counted,
                    printed=str(counted),
                )
            )
        return replace(level, name=self._text(level.name), shares=tuple(shares))

    def _state(self, state: StateShare) -> StateShare:
        number = next(self._numbers)
        return replace(state, label=self._text(state.label), count=number, printed=str(number))

    def _annex(self, table: Table) -> Table:
        columns = (replace(column, heading=self._text(column.heading)) for column in table.columns)
        return self._table(replace(table, columns=tuple(columns)))

    def _table(self, table: Table) -> Table:
        return replace(table, title=self._text(table.title), bands=tuple(map(self._band, table.bands)))

    def _band(self, band: Section | Group) -> Section | Group:
        if isinstance(band, Section):
            return replace(band, title=self._text(band.title))
        rows = tuple(replace(row, cells=self._cells(row.cells)) for row in band.rows)
        return replace(band, cells=self._cells(band.cells), rows=rows)

    def _cells(self, cells: Mapping[str, Cell]) -> Mapping[str, Cell]:
        return {key: self._cell(cell) for key, cell in cells.items()}

    def _cell(self, cell: Cell) -> Cell:
        if cell.number is not None:
            number = next(self._numbers)
            text = _with(cell.text, number)
            return replace(cell, text=text, blocks=(Block("paragraph", text),), number=number)
        blocks = tuple(replace(block, text=self._text(block.text)) for block in cell.blocks)
        text = "\n".join(block.text for block in blocks) if blocks else self._text(cell.text)
        return replace(cell, text=text, blocks=blocks)

    def _text(self, text: str) -> str:
        return "\n".join(map(self._line, text.split("\n")))

    def _line(self, line: str) -> str:
        """Return the line, with a number behind it where it has been given out before."""
        new = f"{line} №{next(self._numbers)}" if line in self._lines and line.strip() else line
        self._lines.add(new)
        return new


def _with(text: str, number: int) -> str:
    """Return a printed number with another in its place: `301%` for `100%`, `301` for `-`."""
    return _NUMBER.sub(str(number), text) if _NUMBER.search(text) else str(number)
