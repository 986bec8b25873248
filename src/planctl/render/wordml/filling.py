"""Fill the office's template with the values of a sheet, and lead every fault of a tag back to its paragraph.

In: the template's bytes and the context. Out: a python-docx document whose XML still carries the marks for the tidying.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from typing import TYPE_CHECKING, Any

from docx.exceptions import PythonDocxError
from docxtpl import DocxTemplate
from lxml import etree

from planctl.render.sandbox import TagFault, carried_out_as_far
from planctl.render.wordml.opening import UnreadableError
from planctl.render.wordml.text import lines
from planctl.render.wordml.xml import TEXT_PARTS, P, parsed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jinja2 import Environment

    from planctl.render.wordml.xml import Element

_RAW = r"\{%-?\s*raw\b.*?endraw\s*-?%\}"
_TAG = re.compile(_RAW + r"|(?P<open>\{[{%][-+]?)(?P<inside>.*?)[-+]?[%}]\}", re.DOTALL)
_NOTES = ("footnotes+xml", "endnotes+xml")
_TEXTS = ("document.main+xml", *TEXT_PARTS)
_STRAIGHT_QUOTES = str.maketrans("“”‘’", "\"\"''")
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_BODY = re.compile(r"<w:body[^>]*/>|<w:body[^>]*>\s*</w:body>")


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph of the template: its number from 1 within its part, and its text."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Filled:
    """The filled document without the values whose tags are at fault, and those faults.

    The document is None where a fault hides the rest. The line of a fault is the number of a paragraph in its part.
    """

    document: Any
    faults: tuple[TagFault, ...] = ()


@dataclass(frozen=True, slots=True)
class Sources:
    """What a template without faults is filled from: Jinja's sources of the body and of other parts that hold text.

    `shell` is what stands in front of the body and behind it; the `document` has lost its body.
    """

    document: Any
    shell: tuple[str, str]
    body: str
    others: tuple[tuple[Any, str], ...]


def sources(content: bytes) -> Sources | None:
    """Return the sources of a template, or None where something is odd; raise `UnreadableError` as `filled` does."""
    filling = _begun(content)
    if filling.open_tags():
        return None
    body = _one_tag_a_line(filling.patch_xml(filling.get_xml()))
    headed = [part for uri in (filling.HEADER_URI, filling.FOOTER_URI) for _, part in filling.get_headers_footers(uri)]
    others = []
    for part in filling.docx.part.package.iter_parts():
        if not part.content_type.endswith(TEXT_PARTS):
            continue
        is_note = part.content_type.endswith(_NOTES)
        if not is_note and sum(one is part for one in headed) != 1:
            return None
        xml = filling.xml_to_string(parsed(part.blob)) if is_note else filling.get_part_xml(part)
        others.append((part, _one_tag_a_line(filling.patch_xml(xml))))
    return Sources(filling.docx, filling.emptied(), body, tuple(others))


def filled(content: bytes, context: Mapping[str, object]) -> Filled:
    """Return the filled document; raise `UnreadableError` for a package python-docx cannot walk."""
    filling = _begun(content)
    if open_tags := filling.open_tags():
        return Filled(None, open_tags)
    try:
        filling.render(dict(context))
    except TagFault as fault:
        return Filled(None, (*filling.faults, fault))
    return Filled(filling.docx, tuple(filling.faults))


def _begun(content: bytes) -> _Filling:
    filling = _Filling(BytesIO(content))
    try:
        filling.init_docx()
    except (PythonDocxError, KeyError, ValueError, TypeError, AttributeError, IndexError) as fault:
        raise UnreadableError("template-unreadable") from fault
    return filling


class _Filling(DocxTemplate):  # type: ignore[misc]  # docxtpl brings no types
    """DocxTemplate that never repairs or swallows XML, tells the place of a fault, and leaves the rest to the tidying.

    docxtpl 0.20 parses what it filled in with `recover=True`, which silently drops text around a broken tag; renders
    properties escaped for XML a second time; and renders footnotes once for every section.
    """

    def init_docx(self, reload: bool = True) -> None:  # noqa: FBT001, FBT002 -- docxtpl's signature
        super().init_docx(reload)
        texts = (part for part in self.docx.part.package.iter_parts() if part.content_type.endswith(_TEXTS))
        self._places = {part: tuple(_places(part.blob)) for part in texts}
        self.faults: list[TagFault] = []

    def open_tags(self) -> tuple[TagFault, ...]:
        """Return the faults of tags that are not closed in their paragraph: docxtpl swallows all up to the next end."""
        return tuple(
            _fault("template-unfinished-tag", place)
            for place in chain.from_iterable(self._places.values())
            if re.search(r"\{[{%#]|[}%#]\}", _COMMENT.sub("", _TAG.sub("", place.text)))
        )

    def render_xml_part(
        self,
        src_xml: str,
        part: Any,
        context: dict[str, Any],
        jinja_env: Environment | None = None,  # noqa: ARG002 -- docxtpl's; the sandbox brings its own
    ) -> str:
        source = _one_tag_a_line(src_xml)
        places = self._places.get(part, ())
        xml, met = carried_out_as_far(source, context)
        faults = [_fault(fault.code, _place_of_line(fault.line, source, places), **fault.values) for fault in met]
        if xml is None:
            self.faults += faults[:-1]
            raise faults[-1]
        self.faults += faults
        if part is not self.docx.part:
            self._parsed(xml, part)
        return xml

    def fix_tables(self, xml: str) -> str:
        """Leave the grids to the tidying, and the parsing to `map_tree`."""
        return xml

    def map_tree(self, body: str) -> None:
        """Put the filled body into the document by parsing both as one.

        lxml 6.1 takes time quadratic in the size of a tree that moves from one document to another.
        """
        before, behind = self.emptied()
        self.docx._element = self.docx.part._element = self._parsed(before + body + behind, self.docx.part)  # noqa: SLF001

    def emptied(self) -> tuple[str, str]:
        """Return what stands in front of the body and behind it; the body is empty afterwards."""
        root = self.docx.element
        root.body[:] = []
        before, behind = _BODY.split(etree.tostring(root, encoding="unicode"), maxsplit=1)
        return before, behind

    def _parsed(self, xml: str, part: Any) -> Element:
        try:
            return parsed(xml.encode())
        except etree.XMLSyntaxError as fault:
            place = _first_tag(self._places.get(part, ()))
            raise _fault("template-crossing-tags", place) from fault

    def fix_docpr_ids(self, tree: Element) -> None:
        """Leave the ids to the tidying, which sees all parts."""

    def render_properties(self, context: dict[str, Any], jinja_env: Environment | None = None) -> None:
        """Leave the properties to the caller."""

    def render_footnotes(self, context: dict[str, Any], jinja_env: Environment | None = None) -> None:
        for part in self.docx.part.package.iter_parts():
            if part.content_type.endswith(_NOTES):
                source = self.patch_xml(self.xml_to_string(parsed(part.blob)))
                part._blob = self.render_xml_part(source, part, context, jinja_env).encode()  # noqa: SLF001 -- as docxtpl


def _places(blob: bytes) -> Iterator[Place]:
    root = parsed(blob)
    for number, paragraph in enumerate(root.iter(P), start=1):
        yield Place(number, " ".join(lines(paragraph)).strip())


def _one_tag_a_line(source: str) -> str:
    """Return the source with each tag on a line of its own, so that a line number of Jinja's names a tag.

    The break stands inside the tag, where it means nothing; Word itself takes a line break in a text for a space.
    """
    return _TAG.sub(
        lambda tag: f"{tag['open']}\n{tag[0][len(tag['open']) :]}" if tag["open"] else tag[0], source.replace("\n", " ")
    )


def _fault(code: str, place: Place, **values: str) -> TagFault:
    return TagFault(code, place.number, paragraph=place.text, **values)


def _tags(text: str) -> list[str]:
    """Return the insides of a text's tags as they can be compared before and after docxtpl's rewriting."""
    insides = (tag["inside"] for tag in _TAG.finditer(text) if tag["open"])
    return [
        re.sub(r"\s+", " ", re.sub(r"^\s*((tr|tc|p|r|colspan|cellbg)\s)?", "", inside))
        .strip()
        .translate(_STRAIGHT_QUOTES)
        for inside in insides
    ]


def _place_of_line(line: int, source: str, places: tuple[Place, ...]) -> Place:
    """Return the paragraph of the tag that stands on a line of `_one_tag_a_line`: the same tag, as often before it."""
    tags = _tags(_unescaped(source))
    return _place_of_tag(min(max(line - 2, 0), len(tags) - 1), tags, places)


def _place_of_tag(at: int, tags: list[str], places: tuple[Place, ...]) -> Place:
    wanted, before = tags[at], tags[:at].count(tags[at])
    holders = [place for place in places for tag in _tags(place.text) if tag == wanted]
    return holders[min(before, len(holders) - 1)] if holders else Place(1, wanted)


def _unescaped(source: str) -> str:
    return source.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _first_tag(places: tuple[Place, ...]) -> Place:
    return next((place for place in places if _tags(place.text)), Place(1, ""))
