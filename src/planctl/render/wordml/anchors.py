"""The table that leads from a bookmark of a built file back to its item: a custom part, which Word keeps when it saves.

In: a sheet and the names of the bookmarks that are in its file. Out: the part, with the digests of each row's cells,
which tell later what somebody has changed in the file.
"""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from planctl.forms.paper import digest
from planctl.report.notation import written_text
from planctl.report.sheet import Group

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from planctl.report.sheet import Cell, Row, Sheet

ANCHORS = "urn:planctl:anchors"
"""The namespace of the part."""

_PLAIN = re.compile(r"[\w =#.:/-]*")
_STORE_ID = "{6D3A1C52-8B0E-4F57-9A64-2F1B7C90D5E3}"
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def rows(sheet: Sheet) -> Iterator[tuple[Group, Row]]:
    """Yield all rows of the sheet's tables, each with its group."""
    for table in (*sheet.tables, *sheet.annexes):
        for band in table.bands:
            if isinstance(band, Group):
                yield from ((band, row) for row in band.rows)


def anchors_in_pieces(sheet: Sheet, names: Container[str]) -> Iterator[str]:
    """Yield the text of the part; of rows with the same bookmark the last one counts, in the place of the first."""
    yield f'{_DECLARATION}<anchors xmlns="{ANCHORS}" sheet={quoteattr(sheet.stem)}>'
    shared: tuple[Group | None, Mapping[str, str]] = (None, {})
    marked = {row.anchor: (group, row) for group, row in rows(sheet) if row.anchor in names}
    for group, row in marked.values():
        if group is not shared[0]:
            shared = (group, _digests(group.cells))
        cells = " ".join([f"{key}={found}" for key, found in {**shared[1], **_digests(row.cells)}.items()])
        if _PLAIN.fullmatch(f"{row.anchor}{row.address}{cells}"):
            yield f'<item bookmark="{row.anchor}" address="{row.address}" cells="{cells}"/>'
        else:
            quoted = map(quoteattr, (row.anchor, row.address, cells))
            yield "<item bookmark={} address={} cells={}/>".format(*quoted)
    yield "</anchors>"


def _digests(cells: Mapping[str, Cell]) -> dict[str, str]:
    """Return the digests of cells: `progress=1f0c55aa self=`."""
    return {key: digest(written_text(cell)) for key, cell in cells.items()}


def add_anchors(document: Any, content: bytes) -> str:
    """Put the part into a document, beside the parts that are there, and return its name."""
    package = document.part.package
    taken = {str(part.partname) for part in package.iter_parts()}
    number = next(number for number in count(1) if f"/customXml/item{number}.xml" not in taken)
    properties = (
        f'{_DECLARATION}<ds:datastoreItem ds:itemID="{_STORE_ID}" xmlns:ds="{_STORE}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{ANCHORS}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    item = Part(PackURI(f"/customXml/item{number}.xml"), CONTENT_TYPE.XML, content, package)
    about = Part(
        PackURI(f"/customXml/itemProps{number}.xml"),
        CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES,
        properties.encode(),
        package,
    )
    item.relate_to(about, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
    document.part.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)
    return f"customXml/item{number}.xml"
