"""The rows of a filled-in table as those of a template: one for items, one for each level of sections, and their loops.

In: a table as it was read, and its XML. Out: the same XML, changed in place.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from lxml import etree

from planctl.forms.paper import Line, SectionLine
from planctl.forms.yearly import is_target
from planctl.importer.office_file import Cell
from planctl.importer.uses import Use
from planctl.learning.done import short
from planctl.learning.narrative import narrative, plain_of
from planctl.learning.wording import (
    aligned,
    command,
    command_row,
    emptied,
    is_blank,
    like,
    may_break,
    paragraphs_of,
    put,
    set_cell,
    set_words,
    text_of,
    unmerged,
    without_list,
)
from planctl.place import Place
from planctl.render.wordml.tables import cells_of, columns_of, span_of
from planctl.render.wordml.xml import RPR, TCPR, VAL, P, R, W, place_after, properties_of
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from planctl.forms.form import Column, Layout
    from planctl.importer.grids import Grid
    from planctl.importer.headings import Match
    from planctl.importer.office_file import Row
    from planctl.importer.uses import Used
    from planctl.importer.word import Standing
    from planctl.learning.done import Account
    from planctl.render.wordml.xml import Element

ANCHOR = "{{r anchor(row) }}"
_NO_NAME = re.compile(r"[\"'“”‘’{}%&<>\\]")
"""Signs that cannot stand in the name of a field in a tag."""

BESIDE = frozenset({"units", "reached", "achievement", "reason", "evidence"})
"""What the rows of sheets hold beside the columns of their form."""

Sharing = Literal["merged", "blank", "repeated"]
"""How the rows of a group share a cell: merged over them, in the first one only, or in each once more."""


@dataclass(frozen=True, slots=True)
class Found:
    """A table of the paper: how it was read, and what its columns are."""

    grid: Grid
    match: Match
    layout: Layout
    columns: tuple[Column, ...]
    lines: tuple[Line | SectionLine, ...]

    @property
    def number(self) -> int:
        """The number of the table in the file."""
        return self.grid.table.place.table


@dataclass(slots=True)
class _Rows:
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


def learn_rows(found: Found, bands: str, standing: Standing, used: Mapping[Place, Used], account: Account) -> None:
    """Leave one row of items and one for each level of sections in a table, with the loops that repeat them.

    `bands` is what a tag calls the table's section rows and groups.
    """
    _Rower(found, standing, used, account).learn(bands)


class _Rower:
    """Works on one table."""

    def __init__(self, found: Found, standing: Standing, used: Mapping[Place, Used], account: Account) -> None:
        self._found, self._standing, self._used, self._account = found, standing, used, account
        self._columns = {column.key: column for column in found.columns}
        self._width = max(found.grid.table.columns, 1)

    def learn(self, bands: str) -> None:
        rows = self._sorted()
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
        self._fill_item(item, pattern, rows)
        for level, row in rows.sections.items():
            self._fill_section(sections[level], row, level)
        if not sections:
            sections[1] = self._new_section(item)
            self._account.tell(_("table {n}: has no section row; one was made for sections"), n=self._found.number)
        for one in kept:
            may_break(one)
        for element in self._looped(bands, item, sections):
            place.addprevious(element)
        place.getparent().remove(place)
        self._tell_rest(rows)

    # What each row is

    def _sorted(self) -> _Rows:
        rows = _Rows()
        grid, found = self._found.grid, self._found
        levels = {
            one.title.place.row: one.level
            for one in found.lines
            if isinstance(one, SectionLine)
            if self._is_here(one.title.place)
        }
        first = next((row_of(one) for one in found.lines if isinstance(one, Line) and self._is_here(one.place)), 0)
        waiting: list[Row] = []
        for at, row in enumerate(grid.body):
            kinds = {self._used[cell.place].use for cell in row.cells if cell.text.strip() and cell.place in self._used}
            if kinds & {Use.SIGNATURE, Use.PASSAGE}:
                break
            if at == 0 and kinds == {Use.COLUMN_NUMBERS}:
                self._account.tell(
                    _("table {n}, row {row}: the numbers of the columns stay"), n=found.number, row=row.number
                )
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

    def _is_here(self, place: Place) -> bool:
        return place.table == self._found.number

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

    def _first(self, rows: _Rows, item: Element) -> Element:
        first = self._row(rows.data[0]) if rows.data else None
        return item if first is None else first

    # Items

    def _fill_item(self, item: Element, pattern: Row | None, rows: _Rows) -> None:
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

    def _fill_cell(self, cell: Element, slot: int, rows: _Rows, *, has_anchor: bool) -> None:
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
                heading=short(heading),
            )
            return
        self._account.tell(
            _("table {n}: the column “{heading}” → {tag}"),
            n=self._found.number,
            heading=short(heading),
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

    def _donors(self, slot: int, cell: Element, rows: _Rows) -> list[Element]:
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

    # Groups

    def _sharing(self, slot: int) -> Sharing:
        """Return how the rows of a group share the cell of a column, as the first group of several has it."""
        rows = {row.number: row for row in self._found.grid.body}
        groups: set[int] = set()
        for line in self._found.lines:
            if isinstance(line, Line) and self._is_here(line.place):
                if line.group in groups:
                    row = rows.get(row_of(line))
                    cell = row.at(self._found.grid.slots[slot].first) if row else None
                    if row is None or cell is None or cell.row < row.number:
                        return "merged"
                    return "repeated" if cell.text.strip() else "blank"
                groups.add(line.group)
        return "merged"

    # Section rows

    def _fill_section(self, element: Element | None, row: Row, level: int) -> None:
        if element is None:
            return
        filled = [cell for cell in row.cells if cell.text.strip()]
        title = filled[-1]
        for cell in filled:
            home = self._standing.at(cell.place)
            if home is None:
                continue
            if cell is not title:
                emptied(home)
                continue
            paragraph = next(
                one for one in (*[p for p in paragraphs_of(home) if not is_blank(p)], *paragraphs_of(home))
            )
            if paragraph in self._standing.labels:
                without_list(paragraph)
            set_words(paragraph, "{{ band.title }}", capitals=title.text.isupper())
            set_cell(home, [paragraph])
        self._account.tell(
            _("table {n}, row {row}: a section row of level {level} → {tag}"),
            n=self._found.number,
            row=row.number,
            level=level,
            tag="{{ band.title }}",
        )

    def _new_section(self, item: Element) -> Element:
        """Return a row over the full width that looks like that of an item, its letters bold."""
        row = etree.Element(item.tag)
        cells = list(cells_of(item))
        cell = etree.SubElement(row, cells[0].tag)
        if (properties := cells[0].find(TCPR)) is not None:
            cell.append(deepcopy(properties))
        spans = properties_of(cell, TCPR)
        for name in ("gridSpan", "vMerge", "tcW"):
            for found in spans.findall(f"{W}{name}"):
                spans.remove(found)
        place_after(spans, ("cnfStyle", "tcW"), etree.Element(f"{W}gridSpan", {VAL: str(sum(map(span_of, cells)))}))
        pattern = next(
            (one for one in item.iter(P) if one.find(R) is not None and one.find(f"{R}/{RPR}/{W}color") is None), None
        )
        paragraph = aligned(like(pattern, "{{ band.title }}"), "left")
        for run in paragraph.iter(R):
            look = properties_of(run, RPR)
            if look.find(f"{W}b") is None:
                place_after(look, ("rStyle", "rFonts"), etree.Element(f"{W}b"))
        cell.append(paragraph)
        return row

    # The whole

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

    def _tell_rest(self, rows: _Rows) -> None:
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
                text=short(" ".join(cell.text for cell in row.cells)),
            )
        for row in rows.left:
            self._account.tell(
                _("table {n}, row {row}: taken out, as nothing is known of it: {text}"),
                n=self._found.number,
                row=row.number,
                text=short(" ".join(cell.text for cell in row.cells)),
            )


def row_of(line: Line) -> int:
    """Return the row that a line begins in: the cells that it shares with lines above begin higher up."""
    return max((one.place.row for one in line.cells.values()), default=line.place.row)


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
