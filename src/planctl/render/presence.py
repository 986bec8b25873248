"""Which texts of a sheet a built document must show.

In: a sheet. Out: its values, each with the address of its item, in reading order. The headings of a main table are left
out: they are the form's, and an office's template may word them itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.report.sheet import Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.report.sheet import Cell, Group, Sheet, Table, Tally


def values_of(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Yield the text and the address of every value; what belongs to no item has the sheet's name for its address."""
    heading = sheet.heading
    for text in (heading.draft, heading.reference, *heading.title, heading.note, heading.date, heading.place):
        yield text, sheet.name
    for table in sheet.tables:
        yield from _of_table(table, sheet.name)
    if sheet.tally:
        yield from ((text, sheet.name) for text in _of_tally(sheet.tally))
    yield from ((remark, sheet.name) for remark in sheet.remarks)
    for signature in sheet.signatures:
        yield from ((text, sheet.name) for text in (signature.caption, signature.post, signature.name))
    yield sheet.end_mark, sheet.name
    for table in sheet.annexes:
        yield from ((column.heading, table.title) for column in table.columns)
        yield from _of_table(table, table.title)


def _of_table(table: Table, name: str) -> Iterator[tuple[str, str]]:
    yield table.title, name
    for band in table.bands:
        if isinstance(band, Section):
            yield band.title, name
        else:
            yield from _of_group(band, table, name)


def _of_group(group: Group, table: Table, name: str) -> Iterator[tuple[str, str]]:
    for at, row in enumerate(group.rows):
        for column in table.columns:
            cells = group.cells if column.grouped else row.cells
            if column.key in cells and (at == 0 or not column.grouped):
                yield _text(cells[column.key]), row.address or name


def _text(cell: Cell) -> str:
    return "\n".join(block.text for block in cell.blocks) if cell.blocks else cell.text


def _of_tally(tally: Tally) -> Iterator[str]:
    yield from (tally.title, tally.total_label, str(tally.total))
    if tally.levels or tally.states:
        yield tally.of_which
    for level in tally.levels:
        yield level.name
        for share in level.shares:
            yield from (share.percent, share.printed)
    for state in tally.states:
        yield from (state.label, state.printed)
    yield tally.closing
