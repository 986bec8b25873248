"""The text of OpenDocument paragraphs, and what styles say of them: shared by spreadsheets and texts.

In: elements of `content.xml` and `styles.xml`. Out: text, notes, and looks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planctl.importer import read_text
from planctl.importer.limits import count_in
from planctl.importer.office_file import Note
from planctl.importer.read_text import ALIGNMENTS
from planctl.importer.signs import seen, signs_of

if TYPE_CHECKING:
    from planctl.importer.office_file import Alignment
    from planctl.render.wordml.xml import Element

_URN = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TEXT, TABLE, STYLE, NUMBER, DRAW = (
    f"{{{_URN}{name}:1.0}}" for name in ("office", "text", "table", "style", "datastyle", "drawing")
)
FO = f"{{{_URN}xsl-fo-compatible:1.0}}"
_META = f"{{{_URN}meta:1.0}}"
_DC_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
P, H, LIST, NOTE, ANNOTATION = f"{TEXT}p", f"{TEXT}h", f"{TEXT}list", f"{TEXT}note", f"{OFFICE}annotation"
TRACKED = f"{TEXT}tracked-changes"
TEXT_BOX = f"{DRAW}text-box"
_SPACES = f"{TEXT}s"
_SHOWN = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
_BOOKMARKS = frozenset({f"{TEXT}bookmark", f"{TEXT}bookmark-start"})
UNREAD = (
    _DC_CREATOR,
    "{http://purl.org/dc/elements/1.1/}date",
    f"{_META}date-string",
    f"{TEXT}note-citation",
    f"{TEXT}ruby-text",
)
"""What stands in a paragraph without being read as its text."""

_RUBY_READING = f"{TEXT}ruby-text"
_WHITE = re.compile(r" *[\t\r\n][ \t\r\n]*")
_MOST_SPACES = 1000


@dataclass(frozen=True, slots=True)
class Look:
    """What a style says, with what it takes from its parent. `data` is the name of its number format."""

    name: str = ""
    is_bold: bool | None = None
    alignment: Alignment = ""
    data: str = ""
    is_hidden: bool = False
    list_style: str = ""
    outline: int = 0
    left: int | None = None


_PLAIN = Look()
_DEEPEST = 50


class Looks:
    """The styles of a file, by family and name."""

    def __init__(self) -> None:
        self._elements: dict[tuple[str, str], Element] = {}
        self._known: dict[tuple[str, str], Look] = {}

    def take(self, root: Element) -> None:
        """Keep the styles in a part."""
        for style in root.iter(f"{STYLE}style"):
            self._elements[style.get(f"{STYLE}family", ""), style.get(f"{STYLE}name", "")] = style

    def of(self, family: str, name: str | None) -> Look:
        """Return what a style says; nothing where there is none of that name."""
        key = (family, name or "")
        if key not in self._known:
            self._known[key] = self._resolved(*key)
        return self._known[key]

    def _resolved(self, family: str, name: str) -> Look:
        line: list[Element] = []
        while (family, name) in self._elements and len(line) < _DEEPEST:
            line.append(self._elements[family, name])
            name = line[-1].get(f"{STYLE}parent-style-name", "")
        look = _PLAIN
        for style in reversed(line):
            look = _with(look, style)
        return look


def _with(look: Look, style: Element) -> Look:
    letters, lines, table = (style.find(f"{STYLE}{name}-properties") for name in ("text", "paragraph", "table"))
    weight = None if letters is None else letters.get(f"{FO}font-weight")
    align = None if lines is None else lines.get(f"{FO}text-align")
    outline = count_in(style.get(f"{STYLE}default-outline-level"))
    return Look(
        name=style.get(f"{STYLE}display-name", style.get(f"{STYLE}name", "")),
        is_bold=look.is_bold if weight is None else weight == "bold" or (count_in(weight) or 0) > 500,  # noqa: PLR2004
        alignment=look.alignment if align is None else ALIGNMENTS.get(align, ""),
        data=style.get(f"{STYLE}data-style-name", look.data),
        is_hidden=table is not None and table.get(f"{TABLE}display") == "false",
        list_style=style.get(f"{STYLE}list-style-name", look.list_style),
        outline=look.outline if outline is None else min(outline, 9),
        left=look.left if lines is None else twips_of(lines.get(f"{FO}margin-left", "")) or look.left,
    )


class Inline(read_text.Inline):
    """What was read of a paragraph so far."""

    __slots__ = ()

    @property
    def text(self) -> str:
        """Its text, the spaces around its lines left out."""
        return "\n".join(line.strip() for line in seen("".join(self.pieces)).strip().split("\n"))

    @property
    def indented(self) -> str:
        """Its text with the spaces that its lines begin with: in a spreadsheet they show what lies inside what."""
        return "\n".join(line.rstrip() for line in seen("".join(self.pieces)).split("\n"))


def read_inline(element: Element, looks: Looks, into: Inline, *, is_bold: bool) -> None:
    """Add what a paragraph or a part of it holds."""
    _add(element.text, into, is_bold)
    for child in element:
        _read_child(child, looks, into, is_bold)
        _add(child.tail, into, is_bold)


def _read_child(child: Element, looks: Looks, into: Inline, is_bold: bool) -> None:  # noqa: FBT001
    tag = child.tag
    if tag == f"{TEXT}span":
        own = looks.of("text", child.get(f"{TEXT}style-name")).is_bold
        read_inline(child, looks, into, is_bold=is_bold if own is None else own)
    elif tag == _SPACES:
        into.pieces.append(" " * min(count_in(child.get(f"{TEXT}c")) or 1, _MOST_SPACES))
    elif tag in _SHOWN:
        into.pieces.append(_SHOWN[tag])
    elif tag in _BOOKMARKS:
        into.bookmarks.append(child.get(f"{TEXT}name", ""))
    elif tag == NOTE:
        into.notes.append(_note(child, looks))
    elif tag == ANNOTATION:
        into.notes.append(annotation(child, looks))
    elif tag == TEXT_BOX:
        into.boxes.append(child)
    elif tag.startswith(DRAW):
        into.boxes += child.iter(TEXT_BOX)
    elif tag != _RUBY_READING:
        read_inline(child, looks, into, is_bold=is_bold)


def _add(text: str | None, into: Inline, is_bold: bool) -> None:  # noqa: FBT001
    if text:
        # White space is one space here; but LibreOffice means the spaces that it writes in the cells of spreadsheets.
        into.pieces.append(_WHITE.sub(" ", text))
        if not is_bold and not text.isspace():
            into.plain = True


def _note(element: Element, looks: Looks) -> Note:
    text = "\n\n".join(_texts(element, looks))
    is_at_end = element.get(f"{TEXT}note-class") == "endnote"
    return Note("endnote" if is_at_end else "footnote", text, signs=signs_of(text))


def annotation(element: Element, looks: Looks) -> Note:
    """Return a comment."""
    text = "\n\n".join(_texts(element, looks))
    creator = element.find(_DC_CREATOR)
    return Note("comment", text, "" if creator is None else creator.text or "", signs_of(text))


def _texts(element: Element, looks: Looks) -> list[str]:
    found = []
    for paragraph in element.iter(P):
        inline = Inline()
        read_inline(paragraph, looks, inline, is_bold=False)
        if inline.text:
            found.append(inline.text)
    return found


def changes_in(root: Element) -> tuple[int, int]:
    """Return how many pieces the tracked changes add and remove."""
    added = sum(1 for _one in root.iter(f"{TEXT}insertion", f"{TABLE}insertion"))
    removed = sum(1 for _one in root.iter(f"{TEXT}deletion", f"{TABLE}deletion"))
    return added + sum(1 for _one in root.iter(f"{TABLE}cell-content-change")), removed


def whole(element: Element, name: str, default: int, most: int) -> int:
    """Return a whole number that an attribute holds, between 1 and `most`."""
    given = count_in(element.get(name))
    return default if given is None else max(1, min(given, most))


_LENGTH = re.compile(r"(-?[0-9]{1,6}(?:\.[0-9]*)?)(in|cm|mm|pt)")
_TWIPS = {"in": 1440, "cm": 567, "mm": 56.7, "pt": 20}


def twips_of(length: str) -> int | None:
    """Return a length in twentieths of a point; None for what is none."""
    found = _LENGTH.fullmatch(length)
    return None if found is None else round(float(found[1]) * _TWIPS[found[2]])
