"""A table that a sheet has not and its form may have, in the looks of one that it has.

In: the columns of the table, and another table with its XML. Out: new elements.
"""

from __future__ import annotations

from copy import deepcopy
from itertools import groupby
from typing import TYPE_CHECKING

from lxml import etree

from planctl.learning.item_cells import ANCHOR
from planctl.learning.wording import aligned, command, command_row, is_blank, like, paragraphs_of
from planctl.render.wordml.xml import TC, TCPR, TR, TRPR, VAL, P, W

if TYPE_CHECKING:
    from planctl.forms.form import Column, Layout
    from planctl.render.wordml.xml import Element

_DROPPED = ("tcW", "gridSpan", "vMerge", "hMerge", "textDirection")


def further_table(
    layout: Layout,
    columns: tuple[Column, ...],
    pattern: Element,
    cells: tuple[Element | None, Element | None],
    title: Element | None,
) -> list[Element]:
    """Return what is to stand below the table `pattern`: a loop, and in it the title and the table.

    `cells` are one of its headings and one of an item.
    """
    heading, body = cells
    words = None if body is None else _filled(body)
    total = sum(int(one.get(f"{W}w", 0)) for one in pattern.findall(f"{W}tblGrid/{W}gridCol")) or 14000
    widths = [round(total * column.width / sum(one.width for one in columns)) for column in columns]
    table = etree.Element(pattern.tag)
    if (properties := pattern.find(f"{W}tblPr")) is not None:
        table.append(deepcopy(properties))
    grid = etree.SubElement(table, f"{W}tblGrid")
    for width in widths:
        etree.SubElement(grid, f"{W}gridCol", {f"{W}w": str(width)})
    table.extend(_headings(columns, heading, widths))
    table.append(command_row("{%tr for band in table.bands %}", len(columns)))
    table.append(command_row("{%tr if band.rows is defined %}", len(columns)))
    table.append(command_row("{%tr for row in band.rows %}", len(columns)))
    row = etree.SubElement(table, TR)
    anchor = next((one for one in columns if not one.grouped), None)
    for column, width in zip(columns, widths, strict=True):
        holder = "band" if column.grouped else "row"
        value = f'{{{{ {holder}.cells.get("{column.key}", "") }}}}'
        before = (ANCHOR,) if column is anchor else ()
        paragraph = like(words, *before, value)
        if column.kind in {"ordinal", "score", "percent", "count"}:
            aligned(paragraph, "center")
        row.append(_cell(body, width, paragraph))
    table.append(command_row("{%tr endfor %}", len(columns)))
    table.append(command_row("{%tr else %}", len(columns)))
    section = etree.SubElement(table, TR)
    section.append(_cell(body, total, like(words, "{{ band.title }}"), span=len(columns)))
    table.append(command_row("{%tr endif %}", len(columns)))
    table.append(command_row("{%tr endfor %}", len(columns)))
    named = [like(title, "{{ table.title }}")] if layout.title else [etree.Element(P)]
    loop = command(f'{{%p for table in sheet.tables if table.name == "{layout.name}" %}}')
    return [loop, *named, table, command("{%p endfor %}")]


def _filled(cell: Element) -> Element:
    paragraphs = paragraphs_of(cell)
    return next((one for one in paragraphs if not is_blank(one)), paragraphs[0])


def _cell(like_: Element | None, width: int, paragraph: Element, *, span: int = 1, merge: str = "") -> Element:
    cell = etree.Element(TC)
    properties = etree.SubElement(cell, TCPR)
    etree.SubElement(properties, f"{W}tcW", {f"{W}w": str(width), f"{W}type": "dxa"})
    if span > 1:
        etree.SubElement(properties, f"{W}gridSpan", {VAL: str(span)})
    if merge:
        etree.SubElement(properties, f"{W}vMerge", {VAL: merge})
    if like_ is not None and (own := like_.find(TCPR)) is not None:
        properties.extend(deepcopy(one) for one in own if one.tag.removeprefix(W) not in _DROPPED)
    cell.append(paragraph)
    return cell


def _headings(columns: tuple[Column, ...], pattern: Element | None, widths: list[int]) -> list[Element]:
    """Return the one or two rows of the headings."""
    filled = _filled(pattern) if pattern is not None else None
    has_two = any(column.over for column in columns)
    upper, lower = _heading_row(), _heading_row()
    at = 0
    for over, members in groupby(columns, key=lambda column: column.over):
        inner = list(members)
        if over:
            upper.append(_cell(pattern, sum(widths[at : at + len(inner)]), like(filled, over), span=len(inner)))
        for column in inner:
            if not over:
                upper.append(
                    _cell(pattern, widths[at], like(filled, column.heading), merge="restart" if has_two else "")
                )
                lower.append(_cell(pattern, widths[at], like(filled), merge="continue"))
            else:
                lower.append(_cell(pattern, widths[at], like(filled, column.heading)))
            at += 1
    return [upper, lower] if has_two else [upper]


def _heading_row() -> Element:
    row = etree.Element(TR)
    properties = etree.SubElement(row, TRPR)
    etree.SubElement(properties, f"{W}tblHeader")
    return row
