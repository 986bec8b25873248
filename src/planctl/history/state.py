"""What the files of one commit say of plans and their items. In: the contents of files. Out: texts by item and period.

Only the tree of a file is looked at, as `plain.blocks` gives it, so that files of any age are read, valid or not.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from planctl.plain.blocks import blocks, id_of
from planctl.source.discover import text_of
from planctl.source.reader import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from planctl.plain.blocks import Block
    from planctl.source.document import Document
    from planctl.source.reader import Reading

Values: TypeAlias = "Mapping[tuple[str, str], str]"
"""Texts by period ("" for what the plan says) and path of keys."""

_KEPT = 400
"""How many files are held as they were read; a history goes from a commit to the next, so few are asked for again."""

_HALF_READ = {"unclosed-bracket", "conflict-marker", "nested-too-deep"}
"""Findings of files that are read so far as they can be; what is missing was not taken out by anybody."""

_NAMES = re.compile(rb"""^["']?(?:id|actuals)["']?[ \t]*:[ \t]*["']?([^\s"']+)""", re.MULTILINE)


def documents_named(content: bytes) -> frozenset[str]:
    """Return the ids of documents that a file may be of, by its looks and without reading it."""
    return frozenset(name.decode(errors="replace") for name in _NAMES.findall(content))


@dataclass(frozen=True, slots=True)
class Page:
    """What one content of a file says: the plan that it is, or reports on in a period, and its blocks by item."""

    document: str
    period: str
    items: Mapping[str, Block]
    is_plan: bool


@dataclass(slots=True)
class Pages:
    """Reads contents, each of them once; `unread` are those that cannot be."""

    content_of: Callable[[str], bytes]
    unread: set[str] = field(default_factory=set)
    _read: OrderedDict[tuple[str, str], Page | None] = field(default_factory=OrderedDict)

    def of(self, path: str, content: str, item: str = "") -> Page | None:
        """Return what a content says, or None where it is no plan, no actuals, or cannot be read.

        Of actuals only that of the one item is there, if it could be found without reading the rest. Without an item
        none are read: only plans tell which items there are.
        """
        key = content, item
        if key in self._read:
            self._read.move_to_end(key)
            return self._read[key]
        page = self._read[key] = self._page(path, content, item)
        if len(self._read) > _KEPT:
            self._read.popitem(last=False)
        return page

    def _page(self, path: str, content: str, item: str) -> Page | None:
        whole = self.content_of(content)
        if _REPORT.search(whole):
            if not item:
                return None
            part = _excerpt(whole, item)
            document, findings = _parsed(path, part) if part else (None, ())
            if document and not any(found.is_error for found in findings):
                return _page_of(document)
        document, findings = _parsed(path, whole)
        if document and not any(found.code in _HALF_READ for found in findings):
            return _page_of(document)
        self.unread.add(content)
        return None


def _parsed(path: str, content: bytes) -> Reading:
    source, findings = text_of(path, content)
    return read(source) if source else (None, findings)


def _page_of(document: Document) -> Page | None:
    if not (id_ := id_of(document)):
        return None
    made = blocks(document)
    items: dict[str, Block] = {}
    for block in made:
        if block.item:
            items.setdefault(block.item, block)
    return Page(id_, made[0].period, items, is_plan="form" in document.data)


_REPORT = re.compile(rb"""^["']?actuals["']?[ \t]*:""", re.MULTILINE)
_ITEMS = re.compile(
    rb"^items:[ \t]*(?:#[^\n]*)?\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*(?P<margin> +)(?=[^\s#])", re.MULTILINE
)
_NOT_PLAIN = re.compile(rb"^(?:<<<<<<<|=======|>>>>>>>|---|\.\.\.|%)|^ *\t", re.MULTILINE)
_KEY = rb"""^%b(["']?)%b\1[ \t]*:(?=\s)[^\n]*\n?(?:(?:%b +[^\n]*|[ \t]*#[^\n]*|[ \t\r]*)(?:\n|\Z))*"""
"""The margin, the item's id, and what is deeper than the margin; remarks and free lines may stand anywhere."""


def _excerpt(content: bytes, item: str) -> bytes | None:
    """Return a file of actuals with one of its items alone; None where that cannot be told by looking at its lines.

    All that is deeper than the keys of the items belongs to one of them, so that nothing else can look like the key.
    """
    found = list(_ITEMS.finditer(content))
    if len(found) != 1 or _NOT_PLAIN.search(content):
        return None
    margin, begin = found[0]["margin"], found[0].start("margin")
    rest = re.compile(rb"^[^\s#]", re.MULTILINE).search(content, begin)
    end = rest.start() if rest else len(content)
    name = item.encode(errors="replace")
    own = list(re.finditer(_KEY % (margin, re.escape(name), margin), content[begin:end], re.MULTILINE))
    if len(own) > 1 or (not own and name in content):
        return None
    return content[:begin] + (own[0].group() if own else b"") + b"\n" + content[end:]


Version: TypeAlias = "tuple[str, Version | None] | None"
"""The content of a file with the version before it: where a content cannot be read, the one before it stands."""


@dataclass(frozen=True)
class State:
    """The plans and actuals of one commit, by the paths of their files."""

    files: Mapping[str, Version]
    pages: Pages

    @cached_property
    def contents(self) -> Mapping[str, str]:
        """The content of each file, by path: what one state differs from another in."""
        return {path: version[0] for path, version in self.files.items() if version}

    def plan(self, document: str) -> Mapping[str, Block]:
        """Return the items of a plan; none where it is not there."""
        found = (page.items for _path, page in self._pages("") if page.document == document and page.is_plan)
        return next(found, {})

    def items(self) -> dict[tuple[str, str], Block]:
        """Return every item of the plans, by the ids of its plan and its own."""
        plans = [page for _path, page in self._pages("") if page.is_plan]
        return {(page.document, item): block for page in plans for item, block in page.items.items()}

    def values(self, document: str, item: str) -> Values:
        """Return all that is said of an item; nothing of one that is not there."""
        found: dict[tuple[str, str], str] = {}
        for _path, page in sorted(self._pages(item), key=lambda one: (one[1].period, one[0])):
            if page.document == document and item in page.items:
                for key, text in page.items[item].values.items():
                    found.setdefault((page.period, key), text)
        return found

    def _pages(self, item: str) -> Iterator[tuple[str, Page]]:
        for path, version in self.files.items():
            latest = version
            while latest is not None:
                if page := self.pages.of(path, latest[0], item):
                    yield path, page
                if latest[0] not in self.pages.unread:
                    break
                latest = latest[1]
