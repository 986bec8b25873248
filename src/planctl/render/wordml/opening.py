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
_COMPOUND_FILE = bytes.fromhex("D0CF11E0A1B11AE1")
_LARGEST = 100 * 1024 * 1024
_DOCTYPE = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_XML = (".xml", ".rels", ".vml")


class UnreadableError(Exception):
    """The template cannot serve; the message says why, as the end of a sentence."""


def opened(content: bytes) -> dict[str, bytes]:
    """Return the template's members; raise `UnreadableError` for what is not a plain .docx."""
    if content.startswith(_COMPOUND_FILE):
        raise UnreadableError("it is locked with a password, or saved in the old .doc format")
    if not content.startswith(b"PK"):
        raise UnreadableError("it is not a Word file")
    try:
        _refuse_too_large(content)
        members = unpacked(content)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as fault:
        raise UnreadableError("the file is damaged") from fault
    except (RuntimeError, NotImplementedError) as fault:
        raise UnreadableError("the file is locked or packed in an unusual way") from fault
    for name, member in members.items():
        _check_part(name, member)
    _check_kind(members)
    return members


def _refuse_too_large(content: bytes) -> None:
    with zipfile.ZipFile(BytesIO(content)) as package:
        if sum(entry.file_size for entry in package.infolist()) > _LARGEST:
            raise UnreadableError(f"unpacked it is larger than {_LARGEST // 1024 // 1024} MB")


def _check_part(name: str, content: bytes) -> None:
    if name.lower().endswith("vbaproject.bin"):
        raise UnreadableError("it holds macros")
    if not name.lower().endswith(_XML):
        return
    if any(doctype in content for doctype in _DOCTYPE):
        raise UnreadableError(f"its part {name} has a DOCTYPE, which Word never writes")
    try:
        parsed(content)
    except XMLSyntaxError as fault:
        raise UnreadableError(f"its part {name} is damaged") from fault


def _check_kind(members: dict[str, bytes]) -> None:
    types = members.get("[Content_Types].xml", b"").decode("utf-8", "replace")
    if "macroEnabled" in types:
        raise UnreadableError("it is saved as a file with macros")
    if f"{_WORD}template.main+xml" in types:
        raise UnreadableError("it is saved as .dotx")
    if _MAIN not in types:
        raise UnreadableError("it is not a Word document")
