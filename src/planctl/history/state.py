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

    @property
    def is_plan(self) -> bool:
        """Tell whether it is the plan itself."""
        return not self.period


@dataclass(slots=True)
class Pages:
    """Reads contents, each of them once; `unread` are those that cannot be."""

    content_of: Callable[[str], bytes]
    unread: set[str] = field(default_factory=set)
    _read: OrderedDict[str, Page | None] = field(default_factory=OrderedDict)

    def of(self, path: str, content: str) -> Page | None:
        """Return what a content says, or None where it is no plan, no actuals, or cannot be read."""
        if content in self._read:
            self._read.move_to_end(content)
            return self._read[content]
        page = self._read[content] = self._page(path, content)
        if len(self._read) > _KEPT:
            self._read.popitem(last=False)
        return page

    def _page(self, path: str, content: str) -> Page | None:
        source, _findings = text_of(path, self.content_of(content))
        document, findings = read(source) if source else (None, ())
        if document is None or any(found.code in _HALF_READ for found in findings):
            self.unread.add(content)
            return None
        if not (id_ := id_of(document)):
            return None
        made = blocks(document)
        items: dict[str, Block] = {}
        for block in made:
            if block.item:
                items.setdefault(block.item, block)
        return Page(id_, made[0].period, items)


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
        found = (page.items for _path, page in self._pages() if page.document == document and page.is_plan)
        return next(found, {})

    def items(self) -> dict[tuple[str, str], Block]:
        """Return every item of the plans, by the ids of its plan and its own."""
        plans = [page for _path, page in self._pages() if page.is_plan]
        return {(page.document, item): block for page in plans for item, block in page.items.items()}

    def values(self, document: str, item: str) -> Values:
        """Return all that is said of an item; nothing of one that is not there."""
        found: dict[tuple[str, str], str] = {}
        for _path, page in sorted(self._pages(), key=lambda one: (one[1].period, one[0])):
            if page.document == document and item in page.items:
                for key, text in page.items[item].values.items():
                    found.setdefault((page.period, key), text)
        return found

    def _pages(self) -> Iterator[tuple[str, Page]]:
        for path, version in self.files.items():
            latest = version
            while latest is not None:
                if page := self.pages.of(path, latest[0]):
                    yield path, page
                if latest[0] not in self.pages.unread:
                    break
                latest = latest[1]
