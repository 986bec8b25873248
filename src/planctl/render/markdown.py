"""Markdown sheets: text of the GitHub flavour, which shows a sheet where it is reviewed.

In: a sheet. Out: UTF-8 text with every value of the sheet. Nothing that an author wrote is taken for Markdown: its
signs are escaped, and so are addresses on the web, as GitHub shows the escapes within those that it makes links of.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from planctl.render import Rendered
from planctl.render.markdown_text import BREAK, literal, paragraph, table_of
from planctl.report.sheet import Block, Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planctl.forms.form import Column
    from planctl.render import Template
    from planctl.report.sheet import Cell, Group, Heading, Sheet, Signature, Table, Tally

_DEEPER = "&emsp;"
_LIST_INDENT = "    "
_TO_SIGN = r"\_" * 12
_TEXTS = frozenset({"text", "prose"})


def render(sheet: Sheet, template: Template | None = None) -> Rendered:  # noqa: ARG001 -- the contract of a format
    """Return the sheet as Markdown; nothing of it can fail on what an author wrote."""
    return Rendered(("\n\n".join(part for part in _parts(sheet) if part) + "\n").encode())


def _parts(sheet: Sheet) -> Iterator[str]:
    """Yield what blank lines part: headings, paragraphs and tables, in the order of the sheet."""
    yield from _heading(sheet.heading)
    for passage in sheet.passages:
        yield f"## {literal(passage.title)}"
        yield from _paragraphs(passage.blocks)
    for table in sheet.tables:
        yield from _titled(table)
    if sheet.tally:
        yield table_of(_tally_lines(sheet.tally), (False, True, True))
        yield _bold(sheet.tally.closing)
    yield from map(paragraph, sheet.remarks)
    yield from map(_signature, sheet.signatures)
    yield paragraph(sheet.end_mark)
    for table in sheet.annexes:
        yield from _titled(table)


def _heading(heading: Heading) -> Iterator[str]:
    yield _bold(heading.draft)
    yield paragraph(heading.reference)
    yield "# " + BREAK.join(map(literal, heading.title))
    yield paragraph(heading.note)
    yield paragraph(" · ".join(part for part in (heading.date, heading.place) if part))


def _signature(signature: Signature) -> str:
    line = f"{literal(signature.post)} {_TO_SIGN} {literal(signature.name)}"
    return BREAK.join((paragraph(signature.caption), line))


# Tables


def _titled(table: Table) -> Iterator[str]:
    yield f"## {literal(table.title)}" if table.title else ""
    yield table_of(_lines(table), tuple(column.kind not in _TEXTS for column in table.columns))


def _lines(table: Table) -> Iterator[Sequence[str]]:
    columns = table.columns
    yield [_column_heading(column) for column in columns]
    if table.numbered:
        yield [str(at) for at in range(1, len(columns) + 1)]
    for band in table.bands:
        if isinstance(band, Section):
            yield _section(band, columns)
        else:
            yield from _group(band, columns)


def _column_heading(column: Column) -> str:
    return literal(f"{column.over}: {column.heading}" if column.over else column.heading)


def _section(section: Section, columns: Sequence[Column]) -> Sequence[str]:
    """Return a section's row; its title stands in the first column that is wide enough for words."""
    place = next((at for at, column in enumerate(columns) if column.kind in _TEXTS), 0)
    return [_bold(section.title) if at == place else "" for at in range(len(columns))]


def _group(group: Group, columns: Sequence[Column]) -> Iterator[Sequence[str]]:
    for at, row in enumerate(group.rows):
        own = [_cell(row[column.key]) if not column.grouped else "" for column in columns]
        shared = [_cell(group[column.key]) if column.grouped and at == 0 else "" for column in columns]
        first, *others = (f"{mine}{ours}" for mine, ours in zip(own, shared, strict=True))
        yield [f'<a id="{row.anchor}"></a>{first}' if row.anchor else first, *others]


def _tally_lines(tally: Tally) -> Iterator[Sequence[str]]:
    yield literal(tally.title), "", ""
    yield _bold(tally.total_label), "", _bold(str(tally.total))
    if tally.levels or tally.states:
        yield _bold(tally.of_which), "", ""
    for level in tally.levels:
        for at, share in enumerate(level.shares):
            yield literal(level.name) if at == 0 else "", literal(share.percent), literal(share.printed)
    for state in tally.states:
        yield literal(state.label), "", literal(state.printed)


# Texts


def _cell(cell: Cell) -> str:
    blocks = cell.blocks or (Block("paragraph", cell.text),)
    return BREAK.join(map(_block, blocks))


def _block(block: Block) -> str:
    """Return a block as a line of a cell, where lists are drawn: a cell can hold none."""
    text, indent = literal(block.text), _DEEPER * (block.level - 1)
    match block.kind:
        case "paragraph":
            return text
        case "bullet":
            return f"{indent}{'•' if block.level == 1 else '–'} {text}"
        case "number":
            return f"{indent}{block.ordinal}. {text}"


def _paragraphs(blocks: Iterable[Block]) -> Iterator[str]:
    """Return blocks as paragraphs and lists; the items of one list stand without blank lines between them."""
    for is_list, members in groupby(blocks, key=lambda block: block.kind != "paragraph"):
        yield ("\n" if is_list else "\n\n").join(map(_item, members))


def _item(block: Block) -> str:
    if block.kind == "paragraph":
        return paragraph(block.text)
    indent = _LIST_INDENT * (block.level - 1)
    sign = "-" if block.kind == "bullet" else f"{block.ordinal}."
    return f"{indent}{sign} {paragraph(block.text)}"


def _bold(text: str) -> str:
    words = literal(text)
    return f"**{words}**" if words else ""
