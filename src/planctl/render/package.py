"""Zip packages (.docx, .xlsx) whose bytes depend on their content alone, and the digest that names a content.

In: the members of a package, or a file's bytes. Out: bytes without clock, order or machine in them; a digest.
"""

from __future__ import annotations

import hashlib
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

from planctl.render.deflating import Deflated, deflated

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_FIRST = ("[Content_Types].xml", "_rels/.rels")
_LOCAL_HEADER = b"PK\x03\x04"


def unpacked(content: bytes) -> dict[str, bytes]:
    """Return the members of a zip package by name; raise what `zipfile` raises for a damaged or locked one."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        return {entry.filename: package.read(entry) for entry in package.infolist() if not entry.is_dir()}


def packed(members: Mapping[str, bytes | Deflated | Iterable[bytes]]) -> bytes:
    """Return a zip package in a fixed order, dated 1980-01-01, the same for the same members and zlib.

    A member may come in pieces; they are asked for when its turn comes (see `in_order`) and compressed as they come.
    """
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name in in_order(members):
            content = members[name]
            pieces = (content,) if isinstance(content, bytes) else content
            _add(package, _entry(name), pieces if isinstance(pieces, Deflated) else deflated(pieces))
    return target.getvalue()


def in_order(names: Iterable[str]) -> list[str]:
    """Return the names of members as they follow one another in a package."""
    return sorted(names, key=_rank)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.create_system = 3
    entry.external_attr = 0o600 << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _add(package: zipfile.ZipFile, entry: zipfile.ZipInfo, member: Deflated) -> None:
    """Add a member that is compressed already; `zipfile` (3.11 to 3.14) can only compress one itself."""
    entry.CRC, entry.file_size = member.checksum, member.size
    entry.compress_size = member.length
    file = package.fp
    assert file is not None  # noqa: S101 -- it is open for writing
    file.seek(package.start_dir)
    entry.header_offset = package.start_dir
    file.write(entry.FileHeader())
    file.writelines(member.pieces)
    package.start_dir = file.tell()
    package.filelist.append(entry)
    package.NameToInfo[entry.filename] = entry


def repacked(content: bytes) -> bytes:
    """Return the same package in fixed order and dates."""
    return packed(unpacked(content))


def content_digest(content: bytes) -> str:
    """Return the SHA-256 of what a file says: a package's members, or a text with its line ends as LF.

    Builds of zlib compress differently, and checkouts differ in line ends; the digest is the same for all of them.
    """
    digest = hashlib.sha256()
    if not content.startswith(_LOCAL_HEADER):
        digest.update(content.replace(b"\r\n", b"\n"))
        return digest.hexdigest()
    members = unpacked(content)
    for name in sorted(members):
        for piece in (name.encode(), members[name]):
            digest.update(len(piece).to_bytes(8, "big"))
            digest.update(piece)
    return digest.hexdigest()


def _rank(name: str) -> tuple[int, str]:
    # Readers of the format expect the list of content types at the very beginning.
    return (_FIRST.index(name) if name in _FIRST else len(_FIRST), name)
