"""The document around a body's content, in which parts of that content become trees and strings again.

In: a template's document without its body's content, and the XML of a part. Out: the part's tree, or its XML.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from planctl.render.wordml.cutting import NotStreamableError
from planctl.render.wordml.xml import W, parsed

if TYPE_CHECKING:
    from planctl.render.wordml.xml import Element

_CUT = "<w:cut/>"
_ODD = re.compile(
    r"<!|<\?|<w:(?:tbl[ >]|sdt|customXml|smartTag|bookmark|instrText|fldChar|fldSimple|drawing|pict|object|txbxContent)"
    "|docPr|AlternateContent|[\ufdd8\ufdd9\ufddb-\ufdef]"
)


def holds_more_than_text(xml: str) -> bool:
    """Tell whether there is in a part of a table what cannot be tidied by itself, or what looks like a place."""
    return _ODD.search(xml) is not None


class Shell:
    """A document with an empty body."""

    def __init__(self, before: str, behind: str) -> None:
        self._before, self._behind = before, behind

    def around(self) -> tuple[str, str]:
        """Return what stands in front of the body's content and behind it."""
        root = parsed(f"{self._before}{_CUT}{self._behind}".encode())
        before, behind = etree.tostring(root, encoding="unicode").split(_CUT)
        return before, behind

    def within(self, xml: str) -> Element:
        """Return the tree of the document with nothing but that in its body."""
        return parsed(f"{self._before}{xml}{self._behind}".encode())

    def cut_out(self, root: Element) -> str:
        """Return what stands in the body of such a tree."""
        body = root.find(f"{W}body")
        body.append(etree.Element(f"{W}cut"))
        body.insert(0, etree.Element(f"{W}cut"))
        return str(etree.tostring(root, encoding="unicode").split(_CUT)[1])

    def only(self, root: Element, tag: str) -> Element:
        """Return the one element of that kind in the body of such a tree."""
        body = root.find(f"{W}body")
        if len(body) != 1 or body[0].tag != tag:
            raise NotStreamableError("a paragraph is not whole")
        return body[0]
