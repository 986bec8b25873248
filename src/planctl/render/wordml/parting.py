"""Part a filled row or paragraph into what it shares with others and what is its own: its texts and bookmarks.

In: the XML of a row or of a paragraph. Out: the key of its shape, its texts and names; and a paragraph made of its key.
"""

from __future__ import annotations

import re
from itertools import count

from planctl.render.wordml.cutting import NotStreamableError
from planctl.render.wordml.pieces import OPEN, place
from planctl.render.wordml.xml import LIST_ITEM, LIST_START, MARKS

TEXT = OPEN
"""The class of a text of letters alone, in a key."""

_NAME = "\ufdda"
"""The place of a bookmark in a key."""

_BOOKMARK, _BOOKMARK_END = '<w:bookmarkStart w:id="-1" w:name="', '"/><w:bookmarkEnd w:id="-1"/>'
_WORD = re.compile(r"\w+")
_PRESERVING = ' xml:space="preserve"'
_LIST_MARKS = f"{LIST_START}{LIST_ITEM}"
_OPENINGS = ("<w:t", f"<w:t{_PRESERVING}")
_SPECIAL = re.compile("[\n\t&\ufdd0-\ufdef\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
_NOT_XML = re.compile("[>\ufdd7-\ufdef\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]|&(?!(?:amp|lt|gt|#34|#39);)")
_BREAKS = re.compile("([\n\t])")
_PARAGRAPH = re.compile("<w:p[ >]")

Key = tuple[str, ...]
"""What is the same in paragraphs or rows of one shape: constant strings, and between them the classes of texts."""


def texts_apart(xml: str) -> tuple[Key, list[str], list[str]]:
    """Return a row, or a paragraph without its closing tag, parted into its shape's key, its texts and its names."""
    *pieces, last = xml.split("</w:t>")
    names: list[str] = []
    if _BOOKMARK in xml:
        pieces = [_names_apart(piece, names) for piece in pieces]
        last = _names_apart(last, names)
    key: list[str] = []
    texts: list[str] = []
    for piece in pieces:
        constant, _, text = piece.rpartition(">")
        if not constant.endswith(_OPENINGS):
            _check_opening(constant)
        if not text:
            class_ = ""
        elif (text.isprintable() and "&" not in text) or _SPECIAL.search(text) is None:
            if text != text.strip():
                constant = _preserving(constant)
            class_ = TEXT
            texts.append(text)
        else:
            class_ = _apart(text, texts)
            if _outer_space(text) and not _BREAKS.search(class_):
                constant = _preserving(constant)
        key += (constant, class_)
    key.append(last)
    return tuple(key), texts, names


def _names_apart(piece: str, names: list[str]) -> str:
    """Return a piece with places for the names of its items' bookmarks, and add the names to the others."""
    if _BOOKMARK not in piece:
        return piece
    before, *others = piece.split(_BOOKMARK)
    for other in others:
        name, _, behind = other.partition(_BOOKMARK_END)
        if not _WORD.fullmatch(name):
            raise NotStreamableError("a bookmark of an item holds something")
        names.append(name)
        before += _NAME + behind
    return before


def _apart(text: str, texts: list[str]) -> str:
    """Return the class of a text that holds more than letters: breaks and marks belong to the shape."""
    if _NOT_XML.search(text):
        raise NotStreamableError("a text is not a text of XML")
    mark = text[0] if text[0] in {LIST_START, LIST_ITEM} else ""
    value = text[len(mark) :].replace("&#34;", '"').replace("&#39;", "'")
    if not MARKS.isdisjoint(value):
        return text
    pieces = _BREAKS.split(value)
    texts.extend(piece for piece in pieces[::2] if piece)
    pieces[::2] = [TEXT if piece else "" for piece in pieces[::2]]
    return mark + "".join(pieces)


def _preserving(opening: str) -> str:
    """Return what stands in front of a text with the tag's sign that the text's outer spaces count."""
    tag = _check_opening(opening)
    if _PRESERVING in tag:
        return opening
    if "xml:space" in tag:
        raise NotStreamableError("a text does not keep its spaces")
    return opening + _PRESERVING


def _check_opening(opening: str) -> str:
    """Return the tag that opens a text."""
    tag = opening[opening.rfind("<") :]
    if tag != "<w:t" and not tag.startswith("<w:t "):
        raise NotStreamableError("a text holds more than letters")
    return tag


def _outer_space(text: str) -> bool:
    value = text.lstrip(_LIST_MARKS)
    return value[:1].isspace() or value[-1:].isspace()


def unescaped(text: str) -> str:
    """Return a text as a reader sees it."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def split_row(row: str) -> tuple[tuple[str, ...], list[list[str]]]:
    """Return what stands around the paragraphs of a row, and the paragraphs of each cell without their closing tags."""
    constants: list[str] = []
    runs: list[list[str]] = []
    *pieces, last = row.split("</w:p>")
    for piece in pieces:
        if runs and piece.startswith(("<w:p>", "<w:p ")):
            runs[-1].append(piece)
            continue
        found = _PARAGRAPH.search(piece)
        if found is None:
            raise NotStreamableError("a paragraph has no beginning")
        constants.append(piece[: found.start()])
        runs.append([piece[found.start() :]])
    return (*constants, last), runs


def paragraph_of(key: Key) -> tuple[str, int, int]:
    """Return a paragraph with places for texts and then for names, and how many there are of each."""
    xml = "".join(f">{piece}</w:t>" if at % 2 else piece for at, piece in enumerate(key)) + "</w:p>"
    texts, names = sum(class_.count(TEXT) for class_ in key[1::2]), xml.count(_NAME)
    texts_at, names_at = count(), count(texts)
    xml = re.sub(TEXT, lambda _: place(next(texts_at)), xml)
    xml = re.sub(_NAME, lambda _: f"{_BOOKMARK}{place(next(names_at))}{_BOOKMARK_END}", xml)
    return xml, texts, names
