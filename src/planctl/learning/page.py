"""A Word file taken apart to be changed: its parts, what was read of it, and where its XML has that.

In: the bytes of a file. Out: `Page`, and its bytes again. Tracked changes are accepted and content controls opened
first, so that what was read and what is changed is the same; people's comments and planctl's own anchors are left out.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from planctl.importer.package import Package
from planctl.importer.word import read_standing
from planctl.importer.word_text import ADDED, DELETED, KEPT, REMOVED, SDT, content_of
from planctl.render.package import packed
from planctl.render.wordml.opening import opened
from planctl.render.wordml.xml import PPR, RPR, TR, TRPR, P, R, W

if TYPE_CHECKING:
    from planctl.importer.office_file import OfficeFile
    from planctl.importer.word import Standing
    from planctl.render.wordml.xml import Element

_ANCHORS = b"urn:planctl:anchors"
_COMMENTS = ("comments", "commentsExtended", "commentsIds", "commentsExtensible", "people")
_NOISE = tuple(
    f"{W}{name}"
    for name in (
        "proofErr", "lastRenderedPageBreak", "commentRangeStart", "commentRangeEnd", "commentReference", "permStart",
        "permEnd", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "rPrChange",
        "pPrChange", "tcPrChange", "trPrChange", "tblPrChange", "tblGridChange", "sectPrChange", "tblPrExChange",
        "numberingChange",
    )
)  # fmt: skip
_WRAPPERS = (*KEPT, f"{W}customXml", f"{W}smartTag")


@dataclass(frozen=True, slots=True)
class Page:
    """A file, what it holds, and where. Its tree is changed in place."""

    file: OfficeFile
    standing: Standing
    members: dict[str, bytes]

    def content(self) -> bytes:
        """Return the bytes of the file as it is now."""
        members = {**self.members, self.standing.part: _written(self.standing.root)}
        return packed(members)


def page_of(content: bytes, name: str) -> Page:
    """Return a Word file taken apart; `UnreadableError` for one that no template can be, such as one with macros."""
    members = opened(content)
    package = Package(content, name)
    main = next((target for kind, target, _ in package.relations("").values() if kind == "officeDocument"), "")
    root = package.tree(main if main in members else "word/document.xml")
    _accept(root)
    members[main] = _written(root)
    _drop(members, main, [target for kind, target, _ in package.relations(main).values() if kind in _COMMENTS])
    _drop(members, main, [path for path, held in members.items() if _is_of_anchors(path, held)])
    file, standing = read_standing(packed(members), name)
    return Page(file, standing, members)


def _written(root: Element) -> bytes:
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


# Changes accepted


def _accept(root: Element) -> None:  # noqa: C901  # one loop for each kind of mark
    """Leave of a part what is read of it."""
    for row in list(root.iter(TR)):
        if row.find(f"{TRPR}/{DELETED}") is not None:
            row.getparent().remove(row)
    for mark in list(root.iter(f"{W}rPr")):
        if mark.getparent().tag == PPR and mark.find(DELETED) is not None:
            _join_with_next(mark.getparent().getparent())
    for element in list(root.iter(*REMOVED, *_NOISE)):
        _cut(element)
    for mark in list(root.iter(ADDED)):
        if mark.getparent().tag in {RPR, TRPR}:
            mark.getparent().remove(mark)
    for element in list(root.iter(*_WRAPPERS)):
        _unwrap(element, list(element))
    for element in list(root.iter(SDT)):
        _unwrap(element, [child for content in content_of(element) for child in content])
    for run in list(root.iter(R)):
        if all(child.tag == RPR for child in run):
            run.getparent().remove(run)


def _join_with_next(paragraph: Element) -> None:
    """Put the words of a paragraph, the mark of which was deleted, in front of those of the next one."""
    after = paragraph.getnext()
    if after is None or after.tag != P:
        return
    at = 1 if after.find(PPR) is not None else 0
    after[at:at] = [child for child in paragraph if child.tag != PPR]
    paragraph.getparent().remove(paragraph)


def _cut(element: Element) -> None:
    """Take an element out, and leave what stands behind it."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: Element, children: list[Element]) -> None:
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    parent[at : at + 1] = [child for child in children if not child.tag.endswith("Pr") or child.tag == PPR]


# Parts


def _is_of_anchors(path: str, content: bytes) -> bool:
    return path.startswith("customXml/") and _ANCHORS in content


def _drop(members: dict[str, bytes], main: str, paths: list[str]) -> None:
    """Take parts out of a package, with what tells of them."""
    folder, _slash, name = main.rpartition("/")
    listed = f"{folder}/_rels/{name}.rels"
    for path in paths:
        if members.pop(path, None) is None:
            continue
        own = f"{posixpath.dirname(path)}/_rels/{posixpath.basename(path)}.rels"
        members.pop(own, None)
        members["[Content_Types].xml"] = _without(members["[Content_Types].xml"], "PartName", f"/{path}")
        if listed in members:
            relative = posixpath.relpath(path, folder)
            for target in (relative, f"/{path}", path):
                members[listed] = _without(members[listed], "Target", target)


def _without(content: bytes, attribute: str, value: str) -> bytes:
    """Return a list of parts without the one that has this value."""
    pattern = rf'<\w+\b[^<>]*\b{attribute}="{re.escape(value)}"[^<>]*/>'
    return re.sub(pattern.encode(), b"", content)
