"""The official parts of a sheet that a template no longer shows, told by their names rather than by lost values.

In: a sheet whose values all differ, and the trial of a template on it. Out: findings; an error for what a build would
refuse as a lost value, a warning for a heading.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planctl.diagnostics import Span, finding
from planctl.render.headings import heading_rows
from planctl.render.presence import folded, lost
from planctl.report.sheet import Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planctl.diagnostics import Diagnostic
    from planctl.forms.form import Column
    from planctl.render import Trial
    from planctl.report.sheet import Cell, Sheet, Table, Tally


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a sheet and its values: `name` is one of `codes.rendering.PARTS`, "" for a `column` of a table.

    `tag` shows the part; `of` is the table that it belongs to, as findings name it.
    """

    name: str
    texts: tuple[str, ...]
    tag: str = ""
    of: str = ""
    column: str = ""


def hidden(sheet: Sheet, trial: Trial, path: str) -> tuple[Diagnostic, ...]:
    """Return a finding for each part of which not every value is shown, and for each heading that is not there.

    There are none where a fault hides what the template shows. A table of which nothing at all is shown is one finding.
    """
    if trial.lines is None:
        return ()
    parts = tuple(part for part in parts_of(sheet) if any(map(str.strip, part.texts)))
    missing = _missing(parts, trial)
    tables = {part.of for part in parts if part.of} - {part.of for part in parts if missing.get(part, "shown")}
    found = dict.fromkeys(_finding(part, path, example) for part, example in missing.items() if part.of not in tables)
    return (
        *(finding("template-hides-table", Span(path), table=table) for table in sorted(tables)),
        *found,
        *_headings(sheet, trial.lines, path, missing=missing),
    )


def _missing(parts: tuple[Part, ...], trial: Trial) -> dict[Part, str]:
    """Return the parts that are not shown, each with a line that is missing where others of it are there, else ""."""
    values = [(line, str(at)) for at, part in enumerate(parts) for line in _lines(part)]
    shown = [folded(line) for line in trial.lines or ()]
    gone = lost(values, shown, limit=len(values), besides=map(folded, trial.besides))
    of_part: dict[Part, list[str]] = {}
    for line, at in gone:
        of_part.setdefault(parts[int(at)], []).append(line)
    return {part: gone[0] if len(gone) < len(_lines(part)) else "" for part, gone in of_part.items()}


def _lines(part: Part) -> list[str]:
    lines = (folded(line) for text in part.texts for line in text.split("\n"))
    return [line for line in lines if line]


def _finding(part: Part, path: str, example: str) -> Diagnostic:
    if part.column:
        return finding(
            "template-hides-column", Span(path), column=part.column, table=part.of, tag=part.tag, example=example
        )
    return finding("template-hides-part", Span(path), part=part.name, tag=part.tag, example=example)


def _headings(sheet: Sheet, shown: tuple[str, ...], path: str, *, missing: Iterable[Part]) -> Iterator[Diagnostic]:
    """Yield a warning for each heading of a main table that stands nowhere; lines that are values do not count."""
    values = Counter(line for part in parts_of(sheet) for line in _lines(part))
    rest = " ".join((Counter(map(folded, shown)) - values).elements()).casefold()
    hidden_columns = {(part.of, part.column) for part in missing}
    for table in sheet.tables:
        of = _name(sheet, table)
        for heading in dict.fromkeys(head.text for heads in heading_rows(table) for head in heads):
            if folded(heading).casefold() not in rest and (of, heading) not in hidden_columns:
                yield finding("template-hides-heading", Span(path), heading=heading, table=of)


# The parts


def parts_of(sheet: Sheet) -> Iterator[Part]:
    """Yield every value that `presence.values_of` gives, by the part it belongs to."""
    heading = sheet.heading
    yield Part("draft", (heading.draft,), "{{ sheet.heading.draft }}")
    yield Part("reference", (heading.reference,), "{{ sheet.heading.reference }}")
    yield Part("title", heading.title, "{%p for line in sheet.heading.title %}")
    yield Part("note", (heading.note,), "{{ sheet.heading.note }}")
    yield Part("date", (heading.date,), "{{ sheet.heading.date }}")
    yield Part("place", (heading.place,), "{{ sheet.heading.place }}")
    passages = (text for one in sheet.passages for text in (one.title, *(block.text for block in one.blocks)))
    yield Part("passages", tuple(passages), "{%p for passage in sheet.passages %}")
    for table in sheet.tables:
        yield from _of_table(table, _name(sheet, table))
    if sheet.tally:
        yield from _of_tally(sheet.tally)
    yield Part("remarks", sheet.remarks, "{%p for remark in sheet.remarks %}")
    signed = (text for one in sheet.signatures for text in (one.caption, one.post, one.name))
    yield Part("signatures", tuple(signed), "{%tr for signature in sheet.signatures %}")
    yield Part("end-mark", (sheet.end_mark,), "{{ sheet.end_mark }}")
    for table in sheet.annexes:
        headings = (head.text for heads in heading_rows(table) for head in heads)
        yield Part("annex-headings", tuple(headings), "{%tr for heads in headings(table) %}", of=_name(sheet, table))
        yield from _of_table(table, _name(sheet, table))


def _name(sheet: Sheet, table: Table) -> str:
    return table.title or sheet.template


def _of_table(table: Table, of: str) -> Iterator[Part]:
    yield Part("table-title", (table.title,), "{{ table.title }}", of)
    sections = (band.title for band in table.bands if isinstance(band, Section))
    yield Part("sections", tuple(sections), "{{ band.title }}", of)
    for column in table.columns:
        texts = tuple(_text(cell) for cell in _cells(table, column))
        yield Part("", texts, _tag(column), of, column.heading)


def _cells(table: Table, column: Column) -> Iterator[Cell]:
    for band in table.bands:
        if not isinstance(band, Section):
            holders = (band.cells,) if column.grouped else tuple(row.cells for row in band.rows)
            yield from (cells[column.key] for cells in holders if column.key in cells)


def _text(cell: Cell) -> str:
    return "\n".join(block.text for block in cell.blocks) if cell.blocks else cell.text


def _tag(column: Column) -> str:
    """Return the tag that shows a cell of the column; "" for one whose key is made of the sheet's values."""
    holder = "band" if column.grouped else "row"
    return f"{{{{ {holder}.{column.key} }}}}" if column.key.isidentifier() else ""


def _of_tally(tally: Tally) -> Iterator[Part]:
    shares = [share for level in tally.levels for share in level.shares]
    of_which = tally.of_which if tally.levels or tally.states else ""
    states: Iterable[str] = (text for state in tally.states for text in (state.label, state.printed))
    yield Part("tally-title", (tally.title,), "{{ sheet.tally.title }}")
    yield Part("tally-total", (tally.total_label, str(tally.total), of_which), "{{ sheet.tally.total }}")
    yield Part("tally-levels", tuple(level.name for level in tally.levels), "{{ level.name }}")
    yield Part("tally-percents", tuple(share.percent for share in shares), "{{ share.percent }}")
    yield Part("tally-counts", tuple(share.printed for share in shares), "{{ share.printed }}")
    yield Part("tally-states", tuple(states), "{{ state.label }}, {{ state.printed }}")
    yield Part("closing", (tally.closing,), "{{ sheet.tally.closing }}")
