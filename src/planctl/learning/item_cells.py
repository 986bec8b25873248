"""The cells of an item's row as tags. In: a table as it was read, a row of its XML. Out: that row, changed in place."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from planctl.excerpt import beginning
from planctl.forms.paper import Line
from planctl.forms.yearly import is_target
from planctl.importer.office_file import Cell
from planctl.learning.found import Found, row_of
from planctl.learning.narrative import narrative, plain_of
from planctl.learning.wording import (
    command,
    emptied,
    is_blank,
    like,
    paragraphs_of,
    put,
    set_cell,
    text_of,
    unmerged,
)
from planctl.place import Place
from planctl.render.wordml.tables import columns_of, span_of
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planctl.forms.form import Column
    from planctl.importer.office_file import Row
    from planctl.importer.word import Standing
    from planctl.learning.done import Account
    from planctl.learning.row_kinds import Rows
    from planctl.render.wordml.xml import Element

ANCHOR = "{{r anchor(row) }}"
_NO_NAME = re.compile(r"[\"'“”‘’{}%&<>\\]")
"""Signs that cannot stand in the name of a field in a tag."""

BESIDE = frozenset({"units", "reached", "achievement", "reason", "evidence"})
"""What the rows of sheets hold beside the columns of their form."""

Sharing = Literal["merged", "blank", "repeated"]
"""How the rows of a group share a cell: merged over them, in the first one only, or in each once more."""


class ItemCells:
    """Turns the cells of one row into tags that show an item."""

    def __init__(self, found: Found, standing: Standing, account: Account) -> None:
        self._found, self._standing, self._account = found, standing, account
        self._columns = {column.key: column for column in found.columns}

    def fill(self, item: Element, pattern: Row | None, rows: Rows) -> None:
        """Leave tags in the cells of an item's row, and the sheet's own years in the headings."""
        cells = [(self._slot(at + 1, cell), cell) for at, cell in columns_of(item)]
        shown: dict[int, str] = {}
        for slot, cell in cells:
            unmerged(cell)
            key = self._found.match.keys[slot]
            if slot in shown:
                emptied(cell)
                continue
            shown[slot] = key
        holder = self._holder_of_anchor(cells)
        filled = set()
        for slot, cell in cells:
            if slot in filled:
                continue
            filled.add(slot)
            self._fill_cell(cell, slot, rows, has_anchor=cell is holder)
        self._fill_years()
        if pattern is not None:
            self._account.tell(_("table {n}, row {row}: the row of an item"), n=self._found.number, row=pattern.number)

    def _slot(self, column: int, cell: Element) -> int:
        stub = Cell("", Place(), 1, column, column_span=span_of(cell))
        return self._found.grid.slot_of(stub)

    def _holder_of_anchor(self, cells: Sequence[tuple[int, Element]]) -> Element | None:
        """Return the cell that holds the row's bookmark: one that is no group's, best one of a single paragraph."""
        own = [
            (column, cell)
            for slot, cell in cells
            if (column := self._columns.get(self._found.match.keys[slot])) and not column.grouped
        ]
        short_ones = [cell for column, cell in own if column.kind != "prose"]
        return next(iter(short_ones), own[0][1] if own else None)

    def _fill_cell(self, cell: Element, slot: int, rows: Rows, *, has_anchor: bool) -> None:
        key = self._found.match.keys[slot]
        heading = self._found.grid.slots[slot].heading.whole
        column = self._columns.get(key)
        donors = self._donors(slot, cell, rows)
        before = (ANCHOR,) if has_anchor else ()
        value = self._value(key, column, heading)
        if not value:
            emptied(cell)
            self._account.tell(
                _("table {n}: the column “{heading}” is none of the form; it stays empty"),
                n=self._found.number,
                heading=beginning(heading),
            )
            return
        self._account.tell(
            _("table {n}: the column “{heading}” → {tag}"),
            n=self._found.number,
            heading=beginning(heading),
            tag=f"{{{{ {value} }}}}",
        )
        sharing = self._sharing(slot) if column and column.grouped else "repeated"
        if column and column.kind == "prose":
            inside = narrative(f"{value}.blocks", donors, self._standing.labels, before)
            plain = plain_of(donors, self._standing.labels)
            set_cell(cell, _shared_paragraphs(inside, plain, sharing))
            return
        plain = plain_of(donors, self._standing.labels)
        if self._goes_over_paragraphs(donors):
            inside = [
                command(f'{{%p for line in ({value}|string).split("\\n") %}}'),
                like(plain, *before, "{{ line }}"),
                command("{%p endfor %}"),
            ]
            set_cell(cell, _shared_paragraphs(inside, plain, sharing))
            return
        set_cell(cell, [like(plain, *before, _shared(f"{{{{ {value} }}}}", sharing))])

    @staticmethod
    def _goes_over_paragraphs(donors: Sequence[Element]) -> bool:
        """Tell whether the office sets the lines of a short text as paragraphs of their own."""
        homes = [one.getparent() for one in donors if not is_blank(one)]
        return any(one is other for one, other in pairwise(homes))

    def _value(self, key: str, column: Column | None, heading: str) -> str:
        """Return the tag's inside that shows a cell of the column; "" where the sheet has none."""
        if column is not None:
            holder = "band" if column.grouped else "row"
            return f"{holder}.{key}" if key.isidentifier() else f'{holder}.cells.get("{key}", "")'
        if is_target(key) and "target" in self._columns:
            at = self._place_of_year(key)
            return f'cell(band, row, table.columns[{at}]) if table.columns|length > {at} else ""'
        if key in BESIDE:
            return f'row.beside.get("{key}", "")'
        if not key and heading and not _NO_NAME.search(heading):
            return f'row.beside.get("extra:{heading}", "")'
        return ""

    def _place_of_year(self, key: str) -> int:
        """Return the place of a year's targets, or of the baseline, among the columns of a sheet."""
        keys = [column.key for column in self._found.columns]
        if not is_target(key):
            return keys.index(key)
        return keys.index("target") + sorted(filter(is_target, self._found.match.keys)).index(key)

    def _fill_years(self) -> None:
        """Put the sheet's own years into the headings that name some."""
        for slot, key in zip(self._found.grid.slots, self._found.match.keys, strict=True):
            year = key.partition(":")[2] if is_target(key) else self._found.match.baseline_year
            if (
                not year
                or not (is_target(key) or key == "baseline")
                or not {"baseline", "target"} <= set(self._columns)
            ):
                continue
            at = self._place_of_year(key)
            tag = f'{{{{ table.columns[{at}].heading if table.columns|length > {at} else "" }}}}'
            for row in self._found.grid.heading:
                cell = row.at(slot.first)
                element = self._standing.at(cell.place) if cell and cell.column == slot.first else None
                for paragraph in paragraphs_of(element) if element is not None else ():
                    begins = text_of(paragraph).find(year)
                    if begins >= 0:
                        put(paragraph, [(begins, begins + len(year), tag)])
                        self._account.tell(
                            _("table {n}: the year {year} in a heading → {tag}"),
                            n=self._found.number,
                            year=year,
                            tag=tag,
                        )

    def _donors(self, slot: int, cell: Element, rows: Rows) -> list[Element]:
        """Return the paragraphs of the column, those of the item's row first."""
        found = list(paragraphs_of(cell))
        for row in rows.items[:200]:
            other = row.at(self._found.grid.slots[slot].first)
            if other is None or other.row != row.number:
                continue
            element = self._standing.at(other.place)
            if element is not None and element is not cell:
                found += paragraphs_of(element)
        return found

    def _sharing(self, slot: int) -> Sharing:
        """Return how the rows of a group share the cell of a column, as the first group of several has it."""
        rows = {row.number: row for row in self._found.grid.body}
        groups: set[int] = set()
        for line in self._found.lines:
            if isinstance(line, Line) and self._found.holds(line.place):
                if line.group in groups:
                    row = rows.get(row_of(line))
                    cell = row.at(self._found.grid.slots[slot].first) if row else None
                    if row is None or cell is None or cell.row < row.number:
                        return "merged"
                    return "repeated" if cell.text.strip() else "blank"
                groups.add(line.group)
        return "merged"


def _shared(tag: str, sharing: Sharing) -> str:
    """Return the words of a cell that the rows of a group share."""
    if sharing == "repeated":
        return tag
    other = "{% else %}{{ above }}" if sharing == "merged" else ""
    return f"{{% if loop.first %}}{tag}{other}{{% endif %}}"


def _shared_paragraphs(inside: list[Element], plain: Element | None, sharing: Sharing) -> list[Element]:
    """Return the paragraphs of a cell that the rows of a group share."""
    if sharing == "repeated":
        return inside
    other = like(plain, "{{ above }}" if sharing == "merged" else "")
    return [command("{%p if loop.first %}"), *inside, command("{%p else %}"), other, command("{%p endif %}")]
