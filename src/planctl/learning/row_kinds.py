"""The rows of a filled-in table by what they are. In: a table as it was read. Out: patterns, data, and the rest."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planctl.forms.paper import Line, SectionLine
from planctl.importer.uses import Use
from planctl.learning.found import Found, row_of
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planctl.importer.office_file import Row
    from planctl.importer.uses import Used
    from planctl.learning.done import Account
    from planctl.place import Place


@dataclass(slots=True)
class Rows:
    """The rows of a table by what they are: those to keep as patterns, and those that are data."""

    item: Row | None = None
    sections: dict[int, Row] = field(default_factory=dict)
    data: list[Row] = field(default_factory=list)
    items: list[Row] = field(default_factory=list)
    totals: list[Row] = field(default_factory=list)
    left: list[Row] = field(default_factory=list)

    def take(self, row: Row, kinds: set[Use], level: int) -> None:
        """Take a row for what its texts are."""
        if Use.CELL in kinds:
            self.items.append(row)
        elif Use.SECTION in kinds:
            self.sections.setdefault(level, row)
        elif Use.TOTAL in kinds:
            self.totals.append(row)
        elif Use.LEFT in kinds:
            self.left.append(row)


def sorted_rows(found: Found, used: Mapping[Place, Used], account: Account) -> Rows:
    """Return the rows of a table, sorted; the numbers of its columns stay where they are."""
    rows = Rows()
    grid = found.grid
    levels = {
        one.title.place.row: one.level
        for one in found.lines
        if isinstance(one, SectionLine)
        if found.holds(one.title.place)
    }
    first = next((row_of(one) for one in found.lines if isinstance(one, Line) and found.holds(one.place)), 0)
    waiting: list[Row] = []
    for at, row in enumerate(grid.body):
        kinds = {used[cell.place].use for cell in row.cells if cell.text.strip() and cell.place in used}
        if kinds & {Use.SIGNATURE, Use.PASSAGE}:
            break
        if at == 0 and kinds == {Use.COLUMN_NUMBERS}:
            account.tell(_("table {n}, row {row}: the numbers of the columns stay"), n=found.number, row=row.number)
            continue
        waiting.append(row)
        if not kinds and not row.above:
            continue
        rows.take(row, kinds, levels.get(row.number, 1))
        rows.data += waiting
        waiting = []
    if not rows.items:
        rows.data += waiting
    rows.item = next((row for row in rows.items if row.number == first), next(iter(rows.items), None))
    return rows
