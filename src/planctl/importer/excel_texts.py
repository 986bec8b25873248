"""The texts of a workbook: runs joined, escapes resolved, line ends plain, as a person sees them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planctl.importer.excel_xml import ITEM, RUN, TEXT, forget
from planctl.importer.package import MOST_AT_ONCE, Package
from planctl.importer.signs import seen, signs_of

if TYPE_CHECKING:
    from planctl.render.wordml.xml import Element

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MOST_STRINGS = 2_000_000


def unescaped(text: str) -> str:
    """Return a text with the signs that stand in it as their numbers, without those that nobody can see."""
    if "_x" not in text:
        return text
    decoded = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    plain = "".join(letter for letter in decoded if letter >= " " or letter in "\t\n\r")
    return plain.encode(errors="ignore").decode()


def plain_lines(text: str) -> str:
    """Return a cell's text with plain line ends, without what is unseen or stands around the lines."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = seen(text).replace("\t", " ").strip()
    return "\n".join(map(str.rstrip, text.split("\n"))) if "\n" in text else text


def string_of(item: Element) -> str:
    """Return the text of a shared or inline string, its runs joined, without the reading aids for sounds."""
    pieces = []
    for child in item:
        if child.tag == TEXT:
            pieces.append(child.text or "")
        elif child.tag == RUN:
            pieces += [one.text or "" for one in child.iterchildren(TEXT)]
    return unescaped("".join(pieces))


def shared_strings(package: Package, part: str) -> tuple[tuple[str, int], ...]:
    """Return the texts that cells share, with the characters of each."""
    if not part:
        return ()
    strings = []
    length = 0
    for _event, item in package.events(part, (ITEM,)):
        text = plain_lines(string_of(item))
        strings.append((text, signs_of(text)))
        length += len(text)
        if len(strings) > _MOST_STRINGS or length > MOST_AT_ONCE:
            raise package.too_large(part)
        forget(item)
    return tuple(strings)
