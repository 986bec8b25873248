"""Whether a built document shows every value of its sheet.

In: a sheet, and the lines of text that a reader of the document sees. Out: a finding for each value that
is not among them. The headings of a main table are left out: they are the form's, and an office's template may word
them itself.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING

from planctl.diagnostics import Span, finding
from planctl.render.headings import heading_rows
from planctl.report.sheet import Section

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from planctl.diagnostics import Diagnostic
    from planctl.report.sheet import Cell, Group, Sheet, Table, Tally


Value = tuple[str, str]
"""A text of the sheet, and the address of its item."""

_SHOWN_LOSSES = 20


def losses(
    sheet: Sheet, shown: Iterable[str], path: str, *, besides: Iterable[str] = (), shown_as: Callable[[str], str] = str
) -> tuple[Diagnostic, ...]:
    """Return a finding at the template for each of the first values that the document does not show.

    Lines `besides` stand for no value, such as a row of column numbers; `shown_as` is how the format shows a line.
    """
    values = ((shown_as(line), address) for line, address in _single_lines(values_of(sheet)))
    missing = lost(values, shown, limit=_SHOWN_LOSSES, besides=besides)
    return tuple(
        finding("template-loses-value", Span(path), value=value, address=address) for value, address in missing
    )


def values_of(sheet: Sheet) -> Iterator[Value]:
    """Yield the text and the address of every value; what belongs to no item has the sheet's name for its address."""
    heading = sheet.heading
    for text in (heading.draft, heading.reference, *heading.title, heading.note, heading.date, heading.place):
        yield text, sheet.name
    for passage in sheet.passages:
        yield passage.title, sheet.name
        yield from ((block.text, sheet.name) for block in passage.blocks)
    for table in sheet.tables:
        yield from _of_table(table, sheet.name)
    if sheet.tally:
        yield from ((text, sheet.name) for text in _of_tally(sheet.tally))
    yield from ((remark, sheet.name) for remark in sheet.remarks)
    for signature in sheet.signatures:
        yield from ((text, sheet.name) for text in (signature.caption, signature.post, signature.name))
    yield sheet.end_mark, sheet.name
    for table in sheet.annexes:
        yield from ((head.text, table.title) for heads in heading_rows(table) for head in heads)
        yield from _of_table(table, table.title)


def _of_table(table: Table, name: str) -> Iterator[Value]:
    yield table.title, name
    for band in table.bands:
        if isinstance(band, Section):
            yield band.title, name
        else:
            yield from _of_group(band, table, name)


def _of_group(group: Group, table: Table, name: str) -> Iterator[Value]:
    for at, row in enumerate(group.rows):
        for column in table.columns:
            cells = group.cells if column.grouped else row.cells
            if column.key in cells and (at == 0 or not column.grouped):
                yield _text(cells[column.key]), row.address or name


def _text(cell: Cell) -> str:
    if len(cell.blocks) == 1:
        return cell.blocks[0].text
    return "\n".join([block.text for block in cell.blocks]) if cell.blocks else cell.text


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


def lost(
    values: Iterable[Value], shown: Iterable[str], *, limit: int, besides: Iterable[str] = ()
) -> tuple[Value, ...]:
    """Return the first values of which a line is nowhere to be seen; linear in both.

    Each shown line, but for those `besides`, stands for one value only: a score left out of one column must not be
    found in the next. What is no whole line is looked for inside those that are left over (see `_lost_inside`).
    """
    lines = list(_single_lines(values))
    stock = Counter(shown := list(shown))
    stock.subtract(besides)
    wanted = Counter(line for line, _ in lines)
    scarce = {line for line, times in wanted.items() if times > stock[line]}
    stock.subtract({line: times for line, times in wanted.items() if line not in scarce})
    inner = [value for value in lines if value[0] in scarce and not _taken(value[0], stock)]
    rest = "\n".join(line for line in shown if _taken(line, stock)) if inner else ""
    return tuple(islice(_lost_inside(rest, inner), limit))


class Balance:
    """Whether no value is lost, told while the lines of a long document come in; `shown_as` as in `losses`.

    Values and lines are held against one another as they come, and what is found is forgotten: where a document shows
    its values in their order, next to nothing is kept.
    """

    def __init__(self, sheet: Sheet, *, shown_as: Callable[[str], str] | None = None) -> None:
        values = _single_lines(values_of(sheet))
        self._values = ((shown_as(line), address) for line, address in values) if shown_as else values
        self._next: Value | None = next(self._values, None)
        self._wanted: dict[str, list[str]] = {}
        self._spare: dict[str, int] = {}

    def show(self, shown: Sequence[str], besides: Iterable[str] = ()) -> None:
        """Take in lines that the document shows; those `besides` stand for no value."""
        coming = self._next
        for line in shown:
            if coming is not None and line == coming[0]:
                coming = next(self._values, None)
            elif line:
                self._add(line)
        for line in filter(None, besides):
            self._take(line, "")
        if shown and coming is self._next:
            self._next = self._take_next(len(shown))
        else:
            self._next = coming

    def is_whole(self) -> bool:
        """Tell, after the last line, whether `lost` would find nothing."""
        while self._next is not None:
            self._next = self._take_next(_SHOWN_LOSSES)
        rest = "\n".join(self._spare)
        inner = [(line, address) for line, addresses in self._wanted.items() for address in addresses]
        return next(_lost_inside(rest, inner), None) is None

    def _take_next(self, count: int) -> Value | None:
        """Hold the next values back until their lines come, and return the one after them."""
        coming = self._next
        while coming is not None and count > 0:
            self._take(*coming)
            coming, count = next(self._values, None), count - 1
        return coming

    def _add(self, line: str) -> None:
        wanted = self._wanted.get(line)
        if wanted is None:
            self._spare[line] = self._spare.get(line, 0) + 1
        elif len(wanted) == 1:
            del self._wanted[line]
        else:
            wanted.pop()

    def _take(self, line: str, address: str) -> None:
        spare = self._spare.get(line)
        if spare is None:
            self._wanted.setdefault(line, []).append(address)
        elif spare == 1:
            del self._spare[line]
        else:
            self._spare[line] = spare - 1


def _lost_inside(rest: str, inner: Iterable[Value]) -> Iterator[Value]:
    """Yield the values that are not inside the text, looking from where the item before was found, then anywhere.

    An item's longest line tells where it stands: a short one ("7") may also be found far ahead.
    """
    start = 0
    for _, item in groupby(inner, key=itemgetter(1)):
        longest, place = 0, start
        for line, address in item:
            found = _find(line, rest, start)
            found = _find(line, rest, 0) if found < 0 else found
            if found < 0:
                yield line, address
            elif len(line) > longest:
                longest, place = len(line), found
        start = place


def _find(line: str, text: str, start: int) -> int:
    """Return where the line stands in the text; a "1" does not stand in "12"."""
    found = text.find(line, start)
    while found >= 0 and (
        (line[0].isdigit() and text[found - 1 : found].isdigit())
        or (line[-1].isdigit() and text[found + len(line) : found + len(line) + 1].isdigit())
    ):
        found = text.find(line, found + 1)
    return found


def _taken(line: str, stock: Counter[str]) -> bool:
    if stock[line] <= 0:
        return False
    stock[line] -= 1
    return True


def folded(line: str) -> str:
    """Return a line with one space for any run of them, as a page shows it."""
    # Nearly every line is so already; of spaces only " " is printable.
    if line.isprintable() and "  " not in line and line[:1] != " " != line[-1:]:
        return line
    return " ".join(line.split())


def _single_lines(values: Iterable[Value]) -> Iterator[Value]:
    for text, address in values:
        if "\r" not in text and "\n" not in text:
            if text and not text.isspace():
                yield text, address
            continue
        for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
            if line and not line.isspace():
                yield line, address
