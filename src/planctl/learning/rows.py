"""The rows of a filled-in table as those of a template: one for items, one for each level of sections, and their loops.

In: a table as it was read, and its XML. Out: the same XML, changed in place.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from planctl.excerpt import beginning
from planctl.learning.item_cells import ItemCells
from planctl.learning.row_kinds import Rows, sorted_rows
from planctl.learning.section_rows import fill_section, new_section
from planctl.learning.wording import (
    command_row,
    emptied,
    may_break,
    unmerged,
)
from planctl.place import Place
from planctl.render.wordml.tables import cells_of
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planctl.importer.office_file import Row
    from planctl.importer.uses import Used
    from planctl.importer.word import Standing
    from planctl.learning.done import Account
    from planctl.learning.found import Found
    from planctl.render.wordml.xml import Element


def learn_rows(found: Found, bands: str, standing: Standing, used: Mapping[Place, Used], account: Account) -> None:
    """Leave one row of items and one for each level of sections in a table, with the loops that repeat them.

    `bands` is what a tag calls the table's section rows and groups.
    """
    _Rower(found, standing, used, account).learn(bands)


class _Rower:
    """Works on one table."""

    def __init__(self, found: Found, standing: Standing, used: Mapping[Place, Used], account: Account) -> None:
        self._found, self._standing, self._used, self._account = found, standing, used, account
        self._width = max(found.grid.table.columns, 1)

    def learn(self, bands: str) -> None:
        rows = sorted_rows(self._found, self._used, self._account)
        pattern = rows.item or (rows.data[0] if rows.data else None)
        item = self._row(pattern) if pattern else self._row_like_heading()
        if item is None:
            return
        first = self._first(rows, item)
        sections = {level: self._row(row) for level, row in rows.sections.items()}
        kept = [one for one in (item, *sections.values()) if one is not None]
        place: Element = etree.Element("place")
        first.addprevious(place)
        for row in rows.data:
            element = self._row(row)
            if element is not None and element.getparent() is not None:
                element.getparent().remove(element)
        if item.getparent() is not None:
            item.getparent().remove(item)
        ItemCells(self._found, self._standing, self._account).fill(item, pattern, rows)
        for level, row in rows.sections.items():
            self._fill_section(sections[level], row, level)
        if not sections:
            sections[1] = new_section(item)
            self._account.tell(_("table {n}: has no section row; one was made for sections"), n=self._found.number)
        for one in kept:
            may_break(one)
        for element in self._looped(bands, item, sections):
            place.addprevious(element)
        place.getparent().remove(place)
        self._tell_rest(rows)

    def _row(self, row: Row | None) -> Element | None:
        if row is None:
            return None
        return self._standing.at(Place(table=self._found.number, row=row.number))

    def _row_like_heading(self) -> Element | None:
        """Return a new row with a cell for each column, for a table that has nothing but headings."""
        heading = self._row(self._found.grid.heading[-1])
        if heading is None:
            return None
        new = deepcopy(heading)
        for cell in cells_of(new):
            emptied(cell)
            unmerged(cell)
        may_break(new)
        heading.addnext(new)
        return new

    def _first(self, rows: Rows, item: Element) -> Element:
        first = self._row(rows.data[0]) if rows.data else None
        return item if first is None else first

    def _fill_section(self, element: Element | None, row: Row, level: int) -> None:
        if element is None:
            return
        fill_section(row, self._standing)
        self._account.tell(
            _("table {n}, row {row}: a section row of level {level} → {tag}"),
            n=self._found.number,
            row=row.number,
            level=level,
            tag="{{ band.title }}",
        )

    def _looped(self, bands: str, item: Element, sections: Mapping[int, Element | None]) -> Iterator[Element]:
        """Yield the rows of the template."""

        def tag(text: str) -> Element:
            return command_row(text, self._width)

        yield tag(f"{{%tr for band in {bands} %}}")
        yield tag("{%tr if band.rows is defined %}")
        yield tag("{%tr for row in band.rows %}")
        yield item
        yield tag("{%tr endfor %}")
        levels = sorted(level for level, row in sections.items() if row is not None)
        for level in levels[:-1]:
            yield tag(f"{{%tr elif band.level <= {level} %}}")
            yield sections[level]
        yield tag("{%tr else %}")
        yield sections[levels[-1]]
        yield tag("{%tr endif %}")
        yield tag("{%tr endfor %}")

    def _tell_rest(self, rows: Rows) -> None:
        others = len(rows.items) - bool(rows.item)
        if others > 0:
            self._account.tell(
                _("table {n}: other rows of items that were taken out: {count}"), n=self._found.number, count=others
            )
        for row in rows.totals:
            self._account.tell(
                _("table {n}, row {row}: taken out, as planctl counts it itself: {text}"),
                n=self._found.number,
                row=row.number,
                text=beginning(" ".join(cell.text for cell in row.cells)),
            )
        for row in rows.left:
            self._account.tell(
                _("table {n}, row {row}: taken out, as nothing is known of it: {text}"),
                n=self._found.number,
                row=row.number,
                text=beginning(" ".join(cell.text for cell in row.cells)),
            )
