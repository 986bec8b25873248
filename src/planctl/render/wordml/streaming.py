"""Fill and tidy a template while it is written: the rows of its tables come, are tidied and go, one after the other.

In: a sheet and a template. Out: the bytes that the plain way gives, or the reason why this sheet has to go that way.

Reason: in one tree, 10,000 rows take many times the memory of their text, and each of their 700,000 elements is looked
at by every step of the tidying. Rows of one table differ in little but their texts, so each paragraph and each row's
frame is tidied once, with places for the texts (`shapes`). What a step asks of a whole table (merged cells, the grid,
the last row) is known of a row when the next one has come, or of the table when its first rows have; a table that
asks for more later on is not streamable.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

from lxml import etree

from planctl.render.package import in_order, packed
from planctl.render.presence import Balance
from planctl.render.sandbox import StoppedError, in_pieces
from planctl.render.wordml.anchors import anchors_in_pieces, rows
from planctl.render.wordml.context import seen
from planctl.render.wordml.cutting import Between, CutTable, NotStreamableError, cut
from planctl.render.wordml.frames import laid_out
from planctl.render.wordml.lists import Counting, restart
from planctl.render.wordml.paging import SHORT_END, has_many_lines
from planctl.render.wordml.parting import texts_apart, unescaped
from planctl.render.wordml.pieces import put_together
from planctl.render.wordml.prepared import prepared
from planctl.render.wordml.shapes import RowLook
from planctl.render.wordml.text import column_numbers, lines
from planctl.render.wordml.tidying import Ids, end_in_a_paragraph, tidy, tidy_content
from planctl.render.wordml.xml import MERGED_UP, SHORT_ROWS_WHOLE, SIZE, WHOLE, WIDTHS, W

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from planctl.render.wordml.frames import CellFrame, Form, Layout
    from planctl.render.wordml.paragraphs import Shape
    from planctl.render.wordml.prepared import OtherPart, Prepared
    from planctl.render.wordml.shapes import RowShape
    from planctl.render.wordml.xml import Element
    from planctl.report.sheet import Sheet

_FIRST_ROWS = 8
"""So many rows tell what the tags of their table ask for."""

_ROWS_AT_A_TIME = 100
_DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"


def streamed(sheet: Sheet, template: bytes) -> tuple[bytes, frozenset[str]]:
    """Return the built file and its bookmarks' names; raise `NotStreamableError` where anything is out of the way.

    A fault of the template is out of the way too: the plain way tells it.
    """
    try:
        return _Writing(sheet, prepared(template)).written()
    except StoppedError as fault:
        raise NotStreamableError("a tag cannot be carried out") from fault
    except etree.XMLSyntaxError as fault:
        raise NotStreamableError("the filled template is not XML") from fault


@dataclass(slots=True)
class Row:
    """A row that came in: its shape, its texts as XML has them and as a reader sees them, its bookmarks' names.

    `merged` are the columns in which it goes on a merge from above.
    """

    shape: RowShape
    texts: list[str]
    seen: list[str]
    names: list[str]
    merged: frozenset[int] = frozenset()

    def shown(self) -> Iterator[int]:
        """Yield the runs of paragraphs that are not in a cell merged with the one above."""
        return (cell.run for cell in self.shape.frame.cells if cell.run is not None and cell.at not in self.merged)

    def asking(self) -> Iterator[Shape]:
        """Yield the shapes of the paragraphs that may ask for something."""
        return (one.shape for run in self.shown() for one in self.shape.runs[run])

    def raw(self, run: int) -> list[str]:
        """Return the texts of a cell's paragraphs as the steps of the tidying see them that measure a row."""
        return [put_together(raw, self.seen) for raw in self.shape.raws[run]]


class _Writing:
    """The writing of one file; what a document counts from its beginning to its end."""

    def __init__(self, sheet: Sheet, template: Prepared) -> None:
        self._sheet = sheet
        self._template = template
        self._context = seen(sheet)
        self._ids = Ids()
        self._begun: list[tuple[str, int]] = []
        self._numbering = template.lists.known() if template.lists else None
        self._balance = Balance(sheet)
        self._others: dict[str, bytes] = {}

    def written(self) -> tuple[bytes, frozenset[str]]:
        template = self._template
        expected = {row.anchor for _, row in rows(self._sheet) if row.anchor} if "anchor" in template.body else set()
        members: dict[str, bytes | Iterator[bytes]] = dict(template.anchored if expected else template.members)
        members[template.properties] = template.described(self._sheet)
        members[template.document] = self._body()
        for part in template.others:
            members[part.name] = self._other(part.name)
        if template.lists:
            members[template.lists.name] = self._lists(template.members[template.lists.name])
        if expected:
            members[template.anchors] = _encoded(anchors_in_pieces(self._sheet, expected))
        self._check_order(members)
        content = packed(members)
        if not expected <= self._ids.names:
            raise NotStreamableError("some rows have no bookmark")
        if not expected and any(row.anchor in self._ids.names for _, row in rows(self._sheet) if row.anchor):
            raise NotStreamableError("some rows have a bookmark of another's")
        if not self._balance.is_whole():
            raise NotStreamableError("a value is lost")
        return content, frozenset(self._ids.names)

    def _check_order(self, members: Iterable[str]) -> None:
        """Refuse a package in which a part that is filled in comes in front of the body, which counts first."""
        lists = [self._template.lists.name] if self._template.lists else []
        later = {*(part.name for part in self._template.others), *lists}
        first = next(name for name in in_order(members) if name == self._template.document or name in later)
        if first != self._template.document:
            raise NotStreamableError("the body is not the first of the parts that are filled in")

    # Parts

    def _lists(self, otherwise: bytes) -> Iterator[bytes]:
        self._fill_others()
        yield self._template.lists.with_lists(self._begun) if self._begun and self._template.lists else otherwise

    def _other(self, name: str) -> Iterator[bytes]:
        self._fill_others()
        yield self._others[name]

    def _fill_others(self) -> None:
        """Fill all other parts in the order in which their ids and lists are counted."""
        if not self._others:
            self._others = {part.name: self._filled(part) for part in self._template.others}

    def _filled(self, part: OtherPart) -> bytes:
        root = part.parsed("".join(in_pieces(part.source, self._context)))
        self._restart(root, Counting(self._begin))
        tidy(root)
        self._ids.number(root)
        self._balance.show(lines(root), column_numbers(root))
        return part.serialised(root)

    def _body(self) -> Iterator[bytes]:
        parts = cut(in_pieces(self._template.body, self._context))
        opening = next(parts)
        if not isinstance(opening, str):
            raise TypeError("a body begins with its tag")
        self._shapes = self._template.shapes_within(opening)
        self._counting = Counting(self._begin)
        before, behind = self._shapes.shell.around()
        yield f"{_DECLARATION}{before}".encode()
        is_behind_table = False
        for part in parts:
            if isinstance(part, CutTable):
                yield from _encoded(self._table(part))
                is_behind_table = True
            elif isinstance(part, Between):
                yield self._between(part, behind_table=is_behind_table).encode()
        yield behind.encode()

    def _between(self, part: Between, *, behind_table: bool) -> str:
        if not part.xml:
            return ""
        if part.xml.count('w:fldCharType="begin"') != part.xml.count('w:fldCharType="end"'):
            raise NotStreamableError("a field goes on over a table")
        root = self._shapes.shell.within(part.xml)
        self._restart(root, self._counting)
        tidy_content(root)
        if part.is_last:
            end_in_a_paragraph(root.find(f"{W}body"), behind_table=behind_table)
        if self._ids.number(root):
            raise NotStreamableError("a bookmark goes on over a table")
        self._balance.show(lines(root), column_numbers(root))
        return self._shapes.shell.cut_out(root)

    def _restart(self, root: Element, counting: Counting) -> None:
        if self._numbering is not None:
            restart(root, self._numbering, counting)

    def _begin(self, definition: str, level: int) -> str:
        if self._numbering is None:
            raise TypeError("a list without numbering")
        self._begun.append((definition, level))
        return str(self._numbering.first_free + len(self._begun) - 1)

    # Tables

    def _table(self, table: CutTable) -> Iterator[str]:
        grid = self._shapes.frames.grid(table.head)
        coming = _merged(self._read(row) for row in table.rows)
        first = list(islice(coming, _FIRST_ROWS))
        shown = [shape for row in first for shape in row.asking()]
        layout = laid_out(grid, max(row.shape.frame.width for row in first), shown)
        yield self._shapes.frames.tidy_head(table.head, layout)
        row, *others = first
        for following in chain(others, coming):
            _check(following, layout)
            yield self._row(row, following.merged, layout, is_kept=False)
            row = following
        yield self._row(row, frozenset(), layout, is_kept=_ends_short(row))
        yield "</w:tbl>"

    def _read(self, row: str) -> Row:
        key, texts, names = texts_apart(row)
        texts_seen = [unescaped(text) for text in texts] if "&" in row else texts
        return Row(self._shapes.row(key, row), texts, texts_seen, names)

    def _row(self, row: Row, below: frozenset[int], layout: Layout, *, is_kept: bool) -> str:
        """Return a row tidied; in the columns in which the row `below` goes on a merge, this one begins it."""
        shape = row.shape
        form = shape.frame.form(layout, row.merged, below)
        fresh = tuple(self._is_fresh(name) for name in row.names)
        if fresh and any(one.shape.names for run in form.emptied for one in shape.runs[run]):
            raise NotStreamableError("a cell that is merged with the one above holds a bookmark")
        look = RowLook(layout, form, _is_whole(row, form, layout), is_kept, fresh)
        tidied = self._shapes.tidied(shape, look)
        shown = [put_together(line, row.seen) for line in tidied.shown]
        besides = [line for line in shown if line] if shape.frame.is_heading else []
        self._balance.show(shown, besides if all(line.isdigit() for line in besides) else ())
        ids = [self._ids.next() for is_fresh in fresh if is_fresh]
        return put_together(tidied.xml, [*row.texts, *row.names, *ids, *self._numbers(shape)])

    def _is_fresh(self, name: str) -> bool:
        is_fresh = name not in self._ids.names
        self._ids.names.add(name)
        return is_fresh

    def _numbers(self, shape: RowShape) -> Iterator[str]:
        """Yield the numbers of the lists that a row's paragraphs count in."""
        cells = {at: object() for at, _ in shape.listed}
        for at, paragraph in shape.listed:
            self._counting.enter(cells[at])
            if paragraph.counted:
                yield self._counting.number(paragraph.mark, paragraph.counted, cells[at])


# Rows


def _merged(coming: Iterator[Row]) -> Iterator[Row]:
    """Yield the rows, each knowing in which columns it goes on a merge: where its properties or a mark have it so."""
    above: Mapping[int, int] = {}
    for row in coming:
        frame = row.shape.frame
        cells = [cell for cell in frame.cells if _continues(cell, row)] if row.shape.has_marks else frame.continuing
        if cells:
            row.merged = frozenset(cell.at for cell in cells if above.get(cell.at) == cell.span)
        above = frame.spans
        yield row


def _continues(cell: CellFrame, row: Row) -> bool:
    if cell.continues or cell.run is None:
        return cell.continues
    return any(MERGED_UP in one.shape.marks for one in row.shape.runs[cell.run])


def _check(row: Row, layout: Layout) -> None:
    """Refuse a row that asks more of its table than the first ones did."""
    if row.shape.frame.width > layout.columns:
        raise NotStreamableError("a row is wider than the first ones of its table")
    if not row.shape.has_marks:
        return
    for shape in row.asking():
        asks = (WIDTHS in shape.marks and shape.shares != layout.shares) or (
            SIZE in shape.marks and shape.points != layout.points
        )
        if asks or (SHORT_ROWS_WHOLE in shape.marks and not layout.short_rows_whole):
            raise NotStreamableError("a row asks for more than the first ones of its table")


def _is_whole(row: Row, form: Form, layout: Layout) -> bool:
    """Tell whether a row is to stay on one page, as `paging.keep_on_pages` does; its longest cell is asked first."""
    if row.shape.has_marks and any(WHOLE in shape.marks for shape in row.asking()):
        return True
    if not layout.short_rows_whole:
        return False
    cells = [(row.raw(run), width) for run, width in form.open_cells]
    cells.sort(key=_length, reverse=True)
    return not any(has_many_lines(paragraphs, width, layout.size) for paragraphs, width in cells)


def _length(cell: tuple[list[str], float]) -> int:
    return sum(map(len, cell[0]))


def _ends_short(row: Row) -> bool:
    """Tell whether a last row is tied to what follows, as `paging` does."""
    return bool(row.names) and sum(len(text) for run in row.shown() for text in row.raw(run)) <= SHORT_END


def _encoded(strings: Iterator[str]) -> Iterator[bytes]:
    while piece := "".join(islice(strings, _ROWS_AT_A_TIME)):
        yield piece.encode()
