"""What a file really is, by what it holds: the name only decides between kinds of text.

In: a file's bytes and name. Out: the kind of its reader, or `PlanctlError` with one line that says what to do.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planctl.errors import PlanctlError
from planctl.importer.package import Package, damaged, locked
from planctl.words import _

if TYPE_CHECKING:
    from planctl.importer.office_file import Kind

ENDINGS: dict[Kind, frozenset[str]] = {
    "docx": frozenset({".docx", ".docm", ".dotx", ".dotm"}),
    "xlsx": frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"}),
    "ods": frozenset({".ods", ".ots"}),
    "odt": frozenset({".odt", ".ott"}),
    "csv": frozenset({".csv", ".tsv", ".txt"}),
}
"""The endings that fit each kind."""

_COMPOUND_FILE = bytes.fromhex("D0CF11E0A1B11AE1")
_SAVE_AS_WORD = _("{file} is an old Word file (.doc); open it in Word and save it as “Word Document (.docx)”")
_SAVE_AS_EXCEL = _("{file} is an old Excel file (.xls); open it in Excel and save it as “Excel Workbook (.xlsx)”")
_BINARY_EXCEL = _("{file} is a binary Excel file (.xlsb); open it in Excel and save it as “Excel Workbook (.xlsx)”")
_PDF = _("{file} is a PDF, which keeps no tables; ask for its Word file, or open it in Word and save it as .docx")
_RTF = _("{file} is an RTF file; open it in Word and save it as “Word Document (.docx)”")
_WEB_PAGE = _("{file} is a web page, whatever its name says; open it in Excel or Word and save it as .xlsx or .docx")
_FLAT_XML = _("{file} is an XML file; open it in the program that made it and save it as .xlsx or .docx")
_SLIDES = _("{file} is a presentation; copy its tables into Word and save them as .docx")
_PICTURE = _("{file} is a picture, in which planctl cannot read; ask for the Word or Excel file")
_ARCHIVE = _("{file} is an archive; unpack it, and name the files in it")
_UNKNOWN = _("{file} is neither a Word, Excel or LibreOffice file nor a CSV file")
_EMPTY = _("{file} is empty")

_STREAMS = (
    ("EncryptedPackage", ""),
    ("WordDocument", _SAVE_AS_WORD),
    ("Workbook", _SAVE_AS_EXCEL),
    ("Book", _SAVE_AS_EXCEL),
    ("PowerPoint Document", _SLIDES),
)
"""What stands in the directory of a compound file, by what makes it known."""

_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", _RTF),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"BM", ""),
    (b"II*\x00", _PICTURE),
    (b"MM\x00*", _PICTURE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"Rar!", _ARCHIVE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"BZh", _ARCHIVE),
)
_CONTENT_TYPES: tuple[tuple[bytes, Kind | None, str], ...] = (
    (b"sheet.binary", None, _BINARY_EXCEL),
    (b"presentationml", None, _SLIDES),
    (b"wordprocessingml.document.main", "docx", ""),
    (b"wordprocessingml.template.main", "docx", ""),
    (b"ms-word.document.macroEnabled", "docx", ""),
    (b"ms-word.template.macroEnabled", "docx", ""),
    (b"spreadsheetml.sheet.main", "xlsx", ""),
    (b"spreadsheetml.template.main", "xlsx", ""),
    (b"ms-excel.sheet.macroEnabled", "xlsx", ""),
    (b"ms-excel.template.macroEnabled", "xlsx", ""),
)
_OPEN_DOCUMENT: dict[bytes, Kind] = {
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.text": "odt",
}
_BOMS = (b"\xff\xfe", b"\xfe\xff")
_LOOKED_AT = 4096
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f]")
_SMALL = 4 * 1024 * 1024


def kind_of(content: bytes, name: str) -> Kind:
    """Return the kind of reader that the content asks for; PlanctlError for what planctl does not read."""
    start = content[:_LOOKED_AT]
    if not start.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise PlanctlError(_EMPTY, file=name)
    if start.startswith(_COMPOUND_FILE):
        raise _compound(content, name)
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _packaged(content, name)
    if b"%PDF-" in start[:1024]:
        raise PlanctlError(_PDF, file=name)
    for beginning, line in _BEGINNINGS:
        if line and start.startswith(beginning):
            raise PlanctlError(line, file=name)
    return _text(start, name)


def _compound(content: bytes, name: str) -> PlanctlError:
    for stream, line in _STREAMS:
        if f"{stream}\0".encode("utf-16-le") in content:
            return PlanctlError(line, file=name) if line else locked(name)
    return PlanctlError(_UNKNOWN, file=name)


def _packaged(content: bytes, name: str) -> Kind:
    package = Package(content, name)
    if "[Content_Types].xml" in package:
        types = package.bytes_of("[Content_Types].xml", most=_SMALL)
        for sign, kind, line in _CONTENT_TYPES:
            if sign in types and line:
                raise PlanctlError(line, file=name)
            if sign in types and kind:
                return kind
        raise PlanctlError(_UNKNOWN, file=name)
    if "mimetype" in package and "content.xml" in package:
        said = package.bytes_of("mimetype", most=_SMALL).strip()
        if b"encryption-data" in package.bytes_of("META-INF/manifest.xml", most=_SMALL):
            raise locked(name)
        for sign, kind in _OPEN_DOCUMENT.items():
            if said in {sign, sign + b"-template"}:
                return kind
        raise PlanctlError(_SLIDES if b"presentation" in said else _UNKNOWN, file=name)
    if any(part.startswith(("word/", "xl/")) for part in package.parts):
        raise damaged(name, "[Content_Types].xml")
    raise PlanctlError(_ARCHIVE, file=name)


def _text(start: bytes, name: str) -> Kind:
    plain = start.decode("utf-16", errors="ignore").encode() if start.startswith(_BOMS) else start
    if _CONTROLS.search(plain):
        raise PlanctlError(_UNKNOWN, file=name)
    lowered = plain.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if lowered.startswith((b"<!doctype html", b"<html", b"<table", b"mime-version:")):
        raise PlanctlError(_WEB_PAGE, file=name)
    if lowered.startswith(b"<?xml"):
        raise PlanctlError(_WEB_PAGE if b"<html" in lowered else _FLAT_XML, file=name)
    return "csv"
