"""The section rows of a template: the office's own with a tag for the title, or one made out of an item's row."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from planctl.learning.wording import (
    aligned,
    emptied,
    is_blank,
    like,
    paragraphs_of,
    set_cell,
    set_words,
    without_list,
)
from planctl.render.wordml.tables import cells_of, span_of
from planctl.render.wordml.xml import RPR, TCPR, VAL, P, R, W, place_after, properties_of

if TYPE_CHECKING:
    from planctl.importer.office_file import Row
    from planctl.importer.word import Standing
    from planctl.render.wordml.xml import Element


def fill_section(row: Row, standing: Standing) -> None:
    """Leave the tag of a section's title in a section row, where its title stood."""
    filled = [cell for cell in row.cells if cell.text.strip()]
    title = filled[-1]
    for cell in filled:
        home = standing.at(cell.place)
        if home is None:
            continue
        if cell is not title:
            emptied(home)
            continue
        paragraph = next(one for one in (*[p for p in paragraphs_of(home) if not is_blank(p)], *paragraphs_of(home)))
        if paragraph in standing.labels:
            without_list(paragraph)
        set_words(paragraph, "{{ band.title }}", capitals=title.text.isupper())
        set_cell(home, [paragraph])


def new_section(item: Element) -> Element:
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
