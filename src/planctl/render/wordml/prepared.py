"""What a template gives to every sheet: its sources, what is known of its shapes, and the parts that no sheet changes.

In: a template's bytes. Out: the same for the same bytes, kept while a build goes on: a template fills many sheets.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.parts.coreprops import CorePropertiesPart
from docx.oxml import parse_xml
from lxml import etree

from planctl.render.package import unpacked
from planctl.render.wordml.anchors import add_anchors
from planctl.render.wordml.cutting import NotStreamableError
from planctl.render.wordml.describing import describe
from planctl.render.wordml.filling import sources
from planctl.render.wordml.lists import Numbering
from planctl.render.wordml.opening import UnreadableError, opened
from planctl.render.wordml.shapes import Shapes
from planctl.render.wordml.xml import parsed
from planctl.report.sheet import Heading, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planctl.render.wordml.xml import Element

_SELF_CLOSED = re.compile(r"<w:p( [^<>]*)?/>")
"""A paragraph without text; with two tags it is cut like all others."""

_NOBODY = Sheet("", "", "", "", Heading((), "", ""))


@dataclass(frozen=True, slots=True)
class OtherPart:
    """A header, a footer or the notes: its name and its source, and whether python-docx keeps it as bytes."""

    name: str
    source: str
    is_note: bool

    def parsed(self, xml: str) -> Element:
        """Return the tree of the filled part as python-docx would have read it."""
        return parsed(xml.encode()) if self.is_note else parse_xml(xml.encode())

    def serialised(self, root: Element) -> bytes:
        """Return the part as python-docx would have saved it."""
        if self.is_note:
            return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
        return bytes(serialize_part_xml(root))


@dataclass(frozen=True, slots=True)
class Lists:
    """The template's styles and numbering, and the name of the part that every new list is added to."""

    name: str
    styles: Element
    numbering: Element

    def known(self) -> Numbering:
        """Return what the template's paragraphs count by."""
        return Numbering(self.styles, self.numbering)

    def with_lists(self, begun: Iterable[tuple[str, int]]) -> bytes:
        """Return the part with new lists in this order."""
        numbering = deepcopy(self.numbering)
        lists = Numbering(self.styles, numbering)
        for definition, level in begun:
            lists.begin(definition, level)
        return bytes(serialize_part_xml(numbering))


@dataclass(frozen=True, slots=True)
class Prepared:
    """A template without faults: its sources, and its members as they are saved with no body and nobody's properties.

    `anchored` are those members where the file leads from bookmarks back to items, in the part named `anchors`.
    """

    body: str
    shell: tuple[str, str]
    others: tuple[OtherPart, ...]
    lists: Lists | None
    document: str
    anchors: str
    properties: str
    members: dict[str, bytes]
    anchored: dict[str, bytes]
    shapes: dict[str, Shapes] = field(default_factory=dict)

    def shapes_within(self, opening: str) -> Shapes:
        """Return what is known of the shapes in a body with that opening tag; it grows with every sheet."""
        if opening not in self.shapes:
            before, behind = self.shell
            known = self.lists.known() if self.lists else None
            self.shapes[opening] = Shapes(f"{before}{opening}", f"</w:body>{behind}", known)
        return self.shapes[opening]

    def described(self, sheet: Sheet) -> bytes:
        """Return the part of the file's properties."""
        part: Any = CorePropertiesPart.load(self.properties, "", self.members[self.properties], None)
        describe(sheet, part.core_properties)
        return bytes(part.blob)


@lru_cache(maxsize=8)
def prepared(content: bytes) -> Prepared:
    """Return a template made ready; raise `NotStreamableError` where it has faults: the plain way tells them."""
    try:
        opened(content)
        found = sources(content)
    except UnreadableError as fault:
        raise NotStreamableError("the template is no plain Word file") from fault
    if found is None:
        raise NotStreamableError("the template has faults, or parts that are not its own")
    if any("docPr" in side or "bookmark" in side for side in found.shell):
        raise NotStreamableError("the template holds ids outside its body")
    document = found.document
    lists = _lists(document)
    describe(_NOBODY, document.core_properties)
    members = _saved(document)
    anchors = add_anchors(document, b"")
    return Prepared(
        body=_SELF_CLOSED.sub(r"<w:p\1></w:p>", found.body),
        shell=found.shell,
        others=tuple(
            OtherPart(str(part.partname)[1:], source, not hasattr(part, "element")) for part, source in found.others
        ),
        lists=lists,
        document=str(document.part.partname)[1:],
        anchors=anchors,
        properties=str(document.part.package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES).partname)[1:],
        members=members,
        anchored=_saved(document),
    )


def _lists(document: Any) -> Lists | None:
    try:
        part = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
    except KeyError:
        return None
    return Lists(str(part.partname)[1:], document.styles.element, deepcopy(part.element))


def _saved(document: Any) -> dict[str, bytes]:
    target = BytesIO()
    document.save(target)
    return unpacked(target.getvalue())
