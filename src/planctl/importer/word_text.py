"""The text of a Word paragraph as it reads when all changes are accepted and all that is hidden is shown.

In: a paragraph's element. Out: `Inline`: its text and what stands beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planctl.importer import read_text
from planctl.importer.limits import count_in
from planctl.importer.signs import seen
from planctl.importer.word_styles import BOLD, is_on
from planctl.render.wordml.xml import (
    BOOKMARK_START,
    BR,
    CR,
    ID,
    NAME,
    NO_BREAK_HYPHEN,
    PPR,
    RPR,
    TAB,
    VAL,
    R,
    T,
    W,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planctl.importer.office_file import Note
    from planctl.importer.word_styles import Styles
    from planctl.render.wordml.xml import Element

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
ALTERNATE, CHOICE, FALLBACK = (f"{_COMPATIBILITY}{name}" for name in ("AlternateContent", "Choice", "Fallback"))
SDT, SDT_CONTENT, SDT_PROPERTIES = (f"{W}{name}" for name in ("sdt", "sdtContent", "sdtPr"))
TEXT_BOX = f"{W}txbxContent"
DELETED, ADDED = f"{W}del", f"{W}ins"
REMOVED = frozenset({DELETED, f"{W}moveFrom"})
KEPT = frozenset({ADDED, f"{W}moveTo"})
_PLACEHOLDER = f"{W}showingPlcHdr"
_WRAPPERS = frozenset(
    f"{W}{name}" for name in ("hyperlink", "smartTag", "customXml", "fldSimple", "dir", "bdo", "ruby", "rubyBase")
)
_MATHS = frozenset({f"{_MATH}oMath", f"{_MATH}oMathPara"})
MATH_TEXT = f"{_MATH}t"
_DRAWINGS = frozenset({f"{W}drawing", f"{W}pict", f"{W}object"})
_VANISH, _RUN_STYLE, SYMBOL = f"{W}vanish", f"{W}rStyle", f"{W}sym"
_FIELD_DATA = f"{W}ffData"
_SHOWN = {TAB: "\t", f"{W}ptab": "\t", CR: "\n", NO_BREAK_HYPHEN: "\N{NON-BREAKING HYPHEN}"}
_NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote", f"{W}commentReference": "comment"}
_BREAKS_LINE = frozenset({None, "textWrapping"})


@dataclass(slots=True)
class Changes:
    """How many pieces of text a document's tracked changes add and remove."""

    added: int = 0
    removed: int = 0


@dataclass(slots=True)
class Inline(read_text.Inline):
    """What was read of a paragraph so far, and what of it Word hides."""

    hidden: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its text, without unseen characters."""
        return seen("".join(self.pieces))


class Texts:
    """Reads paragraphs of one document; `notes` are its footnotes, endnotes and comments by kind and id."""

    def __init__(self, styles: Styles, notes: Mapping[tuple[str, str], Note], changes: Changes) -> None:
        self._styles = styles
        self._notes = notes
        self._changes = changes

    def read(self, paragraph: Element, into: Inline, *, is_bold: bool) -> None:
        """Add what a paragraph holds; `is_bold` is what its style says of its letters."""
        self._children(paragraph, into, is_bold)

    def _children(self, parent: Element, into: Inline, is_bold: bool) -> None:  # noqa: FBT001
        for child in parent:
            tag = child.tag
            if tag == R:
                self._run(child, into, is_bold)
            elif tag == BOOKMARK_START:
                into.bookmarks.append(child.get(NAME, ""))
            elif tag in REMOVED:
                self._changes.removed += 1
            elif tag in _MATHS:
                into.pieces.append("".join(one.text or "" for one in child.iter(MATH_TEXT)))
            elif tag != PPR:
                for inside in self._inside(child):
                    self._children(inside, into, is_bold)

    def _inside(self, child: Element) -> list[Element]:
        """Return what stands in a wrapper of runs as if the wrapper were not there; nothing for what is none."""
        tag = child.tag
        if tag in _WRAPPERS:
            return [child]
        if tag in KEPT:
            self._changes.added += 1
            return [child]
        if tag == SDT:
            return content_of(child)
        return list(child.iterchildren(CHOICE, FALLBACK))[:1] if tag == ALTERNATE else []

    def _run(self, run: Element, into: Inline, is_bold: bool) -> None:  # noqa: FBT001
        is_hidden = False
        start = len(into.pieces)
        for child in run:
            tag = child.tag
            if tag == T:
                into.pieces.append(child.text or "")
            elif tag == RPR:
                is_bold = self._boldness(child, is_bold)
                is_hidden = is_on(child.find(_VANISH))
            else:
                self._other(child, into)
        own = into.pieces[start:]
        if is_hidden and (text := "".join(own).strip()):
            into.hidden.append(text)
        if not is_bold and not into.plain and any(piece and not piece.isspace() for piece in own):
            into.plain = True

    def _other(self, child: Element, into: Inline) -> None:
        tag = child.tag
        if tag in _SHOWN:
            into.pieces.append(_SHOWN[tag])
        elif tag == BR:
            # A break of page or column is where the paragraph goes on elsewhere: nothing is seen in its place.
            into.pieces.append("\n" if child.get(f"{W}type") in _BREAKS_LINE else " ")
        elif tag == SYMBOL:
            into.pieces.append(symbol(child))
        elif tag in _NOTES:
            if note := self._notes.get((_NOTES[tag], child.get(ID, ""))):
                into.notes.append(note)
        elif tag in _DRAWINGS or tag == ALTERNATE:
            into.boxes.extend(text_boxes(child))
        elif tag in _WRAPPERS:
            self._children(child, into, is_bold=False)
        elif (data := child.find(_FIELD_DATA)) is not None:
            into.pieces.append(_chosen(data))

    def _boldness(self, properties: Element, is_bold: bool) -> bool:  # noqa: FBT001
        own = properties.find(BOLD)
        if own is not None:
            return is_on(own)
        named = properties.find(_RUN_STYLE)
        by_style = None if named is None else self._styles.bold_of(named.get(VAL, ""))
        return is_bold if by_style is None else by_style


def content_of(control: Element) -> list[Element]:
    """Return what a content control holds; nothing where it shows the text that asks to be replaced."""
    if is_on(control.find(f"{SDT_PROPERTIES}/{_PLACEHOLDER}")):
        return []
    return list(control.iterchildren(SDT_CONTENT))


def text_boxes(element: Element) -> list[Element]:
    """Return the contents of the text boxes in a drawing, each once: files hold them for new and for old programs."""
    found: list[Element] = []
    for child in element.iterchildren(CHOICE, FALLBACK) if element.tag == ALTERNATE else element:
        if child.tag == TEXT_BOX:
            found.append(child)
        elif isinstance(child.tag, str):
            found += text_boxes(child)
        if found and element.tag == ALTERNATE:
            break
    return found


def _chosen(data: Element) -> str:
    """Return what a field of an old form shows that has no text: a ticked box, or the chosen entry of a list."""
    box = data.find(f"{W}checkBox")
    if box is not None:
        ticked = box.find(f"{W}checked")
        return "☒" if is_on(ticked if ticked is not None else box.find(f"{W}default")) else "☐"
    entries = [one.get(VAL, "") for one in data.iterfind(f"{W}ddList/{W}listEntry")]
    chosen = data.find(f"{W}ddList/{W}result")
    at = (count_in(chosen.get(VAL)) or 0) if chosen is not None else 0
    return entries[at] if at < len(entries) else ""


_WINGDINGS = {
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x71: "❑",
    0x76: "❖",
    0x77: "◆",
    0x9F: "•",
    0xA7: "▪",
    0xA8: "☐",
    0xD8: "➢",
    0xE0: "→",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
}
_SYMBOL = {
    0xA3: "≤",
    0xB0: "°",
    0xB1: "±",
    0xB2: "″",
    0xB3: "≥",
    0xB4: "×",
    0xB7: "•",
    0xB8: "÷",
    0xB9: "≠",
    0xBB: "≈",
    0xAE: "→",
    0xD7: "⋅",
    0xE5: "∑",
    0xF0: "•",
}
_PRIVATE = 0xF000
_SPACE, _LAST_LETTER = 0x20, 0x7F


def symbol(element: Element) -> str:
    """Return the character that a symbol of a font of signs shows; the font's own number of it where none is known."""
    try:
        code = int(element.get(f"{W}char", ""), 16)
    except ValueError:
        return ""
    signs = _WINGDINGS if element.get(f"{W}font", "").startswith("Wingdings") else _SYMBOL
    plain = code - _PRIVATE if code >= _PRIVATE else code
    return signs.get(plain, chr(plain) if _SPACE < plain < _LAST_LETTER else "•")
