"""Zip packages of strangers (.docx, .xlsx, .ods, .odt), opened with their bytes counted while they are unpacked.

In: a file's bytes. Out: its parts as bytes, as trees, or element by element; `PlanctlError` where a part is damaged,
locked, too large or dressed up. What a package says of its own sizes is not believed.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote

from lxml import etree

from planctl.errors import PlanctlError
from planctl.words import _

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator

    from planctl.render.wordml.xml import Element

MEGABYTE = 1024 * 1024
MOST_ENTRIES = 10_000
MOST_UNPACKED = 600 * MEGABYTE
"""Of a whole package; more than a worksheet with a million rows of empty, formatted cells takes."""
MOST_AT_ONCE = 100 * MEGABYTE
MOST_NODES_AT_ONCE = 6_000_000
"""Tags and attributes of a part that is held as a tree: there they take far more room than in the file."""
MOST_IN_ELEMENT = 32 * MEGABYTE
MOST_TAGS_IN_ELEMENT = 1_000_000
"""Of an element of a part that is read one by one."""
MOST_TIMES = 500
_RATIO_COUNTS_FROM = 16 * MEGABYTE
_CHUNK = 256 * 1024
_LISTED = b"PK\x01\x02"
"""What begins each entry in a package's list of its parts."""
_DOCTYPE = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_STRICT = b"http://purl.oclc.org/ooxml/"
_PACKAGE_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)


class Package:
    """A package that is open for reading. `name` is the file's, for what is said of it."""

    def __init__(self, content: bytes, name: str) -> None:
        self.name = name
        self._unpacked = 0
        if (count := content.count(_LISTED)) > MOST_ENTRIES:
            raise PlanctlError(
                _("{file} is a package of {count} parts, which no office program writes; it is not read"),
                file=name,
                count=count,
            )
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
        except _FAULTS as fault:
            raise damaged(name) from fault
        # Some programs write the folders of Windows into the names.
        named = {entry.filename.replace("\\", "/").lstrip("/"): entry for entry in self._zip.infolist()}
        self.parts = {name: entry for name, entry in named.items() if not name.endswith("/")}

    def __contains__(self, part: str) -> bool:
        return part in self.parts

    def bytes_of(self, part: str, *, most: int = MOST_AT_ONCE) -> bytes:
        """Return a part whole, up to so many bytes."""
        pieces, size = [], 0
        for piece in self.chunks(part):
            size += len(piece)
            if size > most:
                raise self.too_large(part)
            pieces.append(piece)
        return b"".join(pieces)

    def chunks(self, part: str) -> Iterator[bytes]:
        """Yield a part piece by piece, as long as the package keeps within its limits."""
        entry = self.parts.get(part)
        if entry is None:
            raise damaged(self.name, part)
        if entry.flag_bits & 1:
            raise locked(self.name)
        size = 0
        try:
            with self._zip.open(entry) as unpacking:
                while piece := unpacking.read(_CHUNK):
                    size += len(piece)
                    self._unpacked += len(piece)
                    if self._unpacked > MOST_UNPACKED:
                        raise self.too_large(part)
                    if size > _RATIO_COUNTS_FROM and size > MOST_TIMES * max(entry.compress_size, 1):
                        raise self.too_large(part)
                    yield piece
        except _FAULTS as fault:
            raise damaged(self.name, part) from fault
        except RuntimeError as fault:
            raise locked(self.name) from fault

    def tree(self, part: str) -> Element:
        """Return the root of a part; nothing is repaired, and nothing outside of it is read."""
        content = _without_strictness(self.bytes_of(part))
        if any(doctype in content for doctype in _DOCTYPE):
            raise self._dressed_up(part)
        if content.count(b"<") + content.count(b"=") > MOST_NODES_AT_ONCE:
            raise self.too_large(part)
        try:
            root = etree.fromstring(content, _parser())
        except etree.XMLSyntaxError as fault:
            raise damaged(self.name, part) from fault
        if root.getroottree().docinfo.internalDTD is not None:
            raise self._dressed_up(part)
        return root

    def events(
        self,
        part: str,
        tags: Iterable[str],
        *,
        events: tuple[Literal["start", "end"], ...] = ("end",),
        leave_out: tuple[re.Pattern[bytes], ...] = (),
    ) -> Iterator[tuple[str, Element]]:
        """Yield the elements of these names as they end (or begin); the caller empties each when it is done with it.

        What matches `leave_out` is passed over before it is parsed; some of it may be met all the same.
        """
        parser = etree.XMLPullParser(
            events=events, tag=tuple(tags), resolve_entities=False, no_network=True, huge_tree=False
        )
        waiting = open_tags = 0
        try:
            for piece in self._trimmed(part, leave_out):
                waiting, open_tags = waiting + len(piece), open_tags + piece.count(b"<")
                parser.feed(piece)
                for event in parser.read_events():
                    waiting = open_tags = 0
                    yield event
                if waiting > MOST_IN_ELEMENT or open_tags > MOST_TAGS_IN_ELEMENT:
                    raise self.too_large(part)
            root = parser.close()
        except etree.XMLSyntaxError as fault:
            raise damaged(self.name, part) from fault
        if root is not None and root.getroottree().docinfo.internalDTD is not None:
            raise self._dressed_up(part)

    def _trimmed(self, part: str, leave_out: tuple[re.Pattern[bytes], ...]) -> Iterator[bytes]:
        is_first = True
        for piece in self.chunks(part):
            trimmed = piece
            if is_first:
                is_first = False
                trimmed = _without_strictness(piece)
                if any(doctype in piece for doctype in _DOCTYPE):
                    raise self._dressed_up(part)
            for pattern in leave_out:
                trimmed = pattern.sub(b"", trimmed)
            yield trimmed

    def relations(self, part: str) -> dict[str, tuple[str, str, bool]]:
        """Return what a part relates to: the last word of the kind, the target, and whether it lies outside."""
        folder, _slash, name = part.rpartition("/")
        listed = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
        if listed not in self:
            return {}
        found = {}
        for relation in self.tree(listed).iter(_PACKAGE_RELATIONS):
            kind = relation.get("Type", "").rpartition("/")[2]
            target, is_outside = relation.get("Target", ""), relation.get("TargetMode") == "External"
            if not is_outside:
                target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
            found[relation.get("Id", "")] = (kind, target, is_outside)
        return found

    def too_large(self, part: str) -> PlanctlError:
        """Return the line for a part that holds more than a document would."""
        return PlanctlError(
            _(
                "{file} takes up far more room when it is unpacked than planctl reads (its part {part}); "
                "copy what counts into a new file"
            ),
            file=self.name,
            part=part,
        )

    def _dressed_up(self, part: str) -> PlanctlError:
        return PlanctlError(
            _("{file} has a DOCTYPE in its part {part}, which no office program writes; it is not read"),
            file=self.name,
            part=part,
        )


def damaged(file: str, part: str = "") -> PlanctlError:
    """Return the line for a file that cannot be taken apart."""
    if not part:
        return PlanctlError(
            _("{file} is damaged and cannot be read; open it in its own program and save it anew"), file=file
        )
    return PlanctlError(
        _("{file} is damaged (its part {part}); open it in its own program and save it anew"), file=file, part=part
    )


def locked(file: str) -> PlanctlError:
    """Return the line for a file with a password."""
    return PlanctlError(
        _("{file} is locked with a password; open it, take the password off, and save it again"), file=file
    )


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )


def _without_strictness(content: bytes) -> bytes:
    """Return the part with the usual names of namespaces, where a file is saved as "Strict Open XML"."""
    if _STRICT not in content[:_CHUNK]:
        return content
    for strict, usual in _USUAL.items():
        content = content.replace(_STRICT + strict, b"http://schemas.openxmlformats.org/" + usual)
    return content


_USUAL = {
    b"wordprocessingml/main": b"wordprocessingml/2006/main",
    b"spreadsheetml/main": b"spreadsheetml/2006/main",
    b"drawingml/main": b"drawingml/2006/main",
    b"drawingml/spreadsheetDrawing": b"drawingml/2006/spreadsheetDrawing",
    b"drawingml/wordprocessingDrawing": b"drawingml/2006/wordprocessingDrawing",
    b"officeDocument/relationships": b"officeDocument/2006/relationships",
    b"officeDocument/math": b"officeDocument/2006/math",
}
