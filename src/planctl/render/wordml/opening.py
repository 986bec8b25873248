"""Open the office's .docx template, or say in a finding why it cannot serve.

In: the template's bytes. Out: its members, known to be a plain Word document without macros, password or damage.
"""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

from lxml.etree import XMLSyntaxError

from planctl.render.package import unpacked
from planctl.render.wordml.xml import parsed

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_MAIN = f"{_WORD}document.main+xml"
_KINDS = {
    "ms-word.template.macroEnabledTemplate.": ".dotm",
    "macroEnabled": ".docm",
    f"{_WORD}template.main+xml": ".dotx",
}
"""What stands in the list of content types of a file that is saved as another kind."""

_COMPOUND_FILE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LARGEST = 100
"""Megabytes, unpacked."""

_MEGABYTE = 1024 * 1024
_DOCTYPE = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_XML = (".xml", ".rels", ".vml")


class UnreadableError(Exception):
    """The template cannot serve: the code of the finding, and what fills it in."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def opened(content: bytes) -> dict[str, bytes]:
    """Return the template's members; raise `UnreadableError` for what is not a plain .docx."""
    if content.startswith(_COMPOUND_FILE):
        raise UnreadableError("template-locked") if _ENCRYPTED in content else _saved_as(".doc")
    if not content.startswith(b"PK"):
        raise UnreadableError("template-unreadable")
    try:
        _refuse_too_large(content)
        members = unpacked(content)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as fault:
        raise UnreadableError("template-unreadable") from fault
    except RuntimeError as fault:
        raise UnreadableError("template-locked") from fault
    _check_kind(members)
    for name, member in members.items():
        _check_part(name, member)
    return members


def _refuse_too_large(content: bytes) -> None:
    with zipfile.ZipFile(BytesIO(content)) as package:
        if sum(entry.file_size for entry in package.infolist()) > _LARGEST * _MEGABYTE:
            raise UnreadableError("template-too-large", most=_LARGEST)


def _check_part(name: str, content: bytes) -> None:
    if name.lower().endswith("vbaproject.bin"):
        raise _saved_as(".docm")
    if not name.lower().endswith(_XML):
        return
    if any(doctype in content for doctype in _DOCTYPE):
        # Word never writes one, and it can hold a bomb.
        raise UnreadableError("template-unreadable", part=name)
    try:
        parsed(content)
    except XMLSyntaxError as fault:
        raise UnreadableError("template-unreadable", part=name) from fault


def _check_kind(members: dict[str, bytes]) -> None:
    types = members.get("[Content_Types].xml", b"").decode("utf-8", "replace")
    for sign, kind in _KINDS.items():
        if sign in types:
            raise _saved_as(kind)
    if _MAIN not in types:
        raise UnreadableError("template-unreadable")


def _saved_as(kind: str) -> UnreadableError:
    return UnreadableError("template-not-docx", kind=kind)
