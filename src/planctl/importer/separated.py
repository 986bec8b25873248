"""CSV files: one table, whatever its letters are encoded in and whatever parts its cells.

In: a file's bytes. Out: `OfficeFile`. Numbers stay the text that they are.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from io import StringIO
from itertools import islice

from planctl.errors import PlanctlError
from planctl.importer.grid import Sheet
from planctl.importer.limits import Limits
from planctl.importer.office_file import Cell, OfficeFile
from planctl.importer.remarks import Remarks
from planctl.importer.signs import seen, signs_of
from planctl.place import Place
from planctl.source.encoding import likely_code_page
from planctl.words import _

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OLD_LETTERS = str.maketrans("ЄєЇї", "ӨөҮү")
"""Fonts made before Unicode drew ө and ү in the places of these letters, which Mongolian has not."""

_UKRAINIAN = re.compile("[ІіҐґ]")
_LOST = re.compile(r"(?<=[А-Яа-яЁё])\?+(?=[А-Яа-яЁё])")
_LOST_LEAST = 3
_SIGNS = ";,\t|"
_LOOKED_AT = 200_000
_ROWS_LOOKED_AT = 200
_SAID = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_LINES_IN_A_CELL = 200


def read(content: bytes, name: str) -> OfficeFile:
    """Return what the file holds."""
    remarks = Remarks(name)
    text = _decoded(content, remarks)
    said = _SAID.match(text)
    if said:
        text = text[said.end() :]
    sheet = Sheet("", Limits(name), remarks)
    _fill(sheet, text, said[1] if said else _sign_between(text), name)
    if len(lost := _LOST.findall(text)) >= _LOST_LEAST:
        remarks.add("letters-lost-in-file", count=len(lost))
    table = sheet.table()
    signs = sum(cell.signs for cell in table.cells())
    return OfficeFile(name=name, kind="csv", blocks=(table,), remarks=remarks.all(), signs=signs)


def _decoded(content: bytes, remarks: Remarks) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        encoding = likely_code_page(content)
    text = content.decode(encoding, errors="replace")
    if encoding == "cp1251" and not _UKRAINIAN.search(text):
        text = text.translate(_OLD_LETTERS)
    remarks.add("encoding-guessed", encoding=encoding)
    return text


def _sign_between(text: str) -> str:
    """Return the sign that parts the first rows most evenly."""
    sample = text[:_LOOKED_AT]

    def evenness(sign: str) -> tuple[float, int]:
        try:
            rows = list(islice(csv.reader(StringIO(sample, newline=""), delimiter=sign), _ROWS_LOOKED_AT))
        except csv.Error:
            return 0.0, 0
        widths = Counter(len(row) for row in rows if row)
        width, rows_so_wide = max(widths.items(), key=lambda one: (one[0] > 1, one[1]), default=(1, 0))
        return (rows_so_wide / sum(widths.values()), width) if width > 1 else (0.0, 1)

    return max(_SIGNS, key=evenness)


def _fill(sheet: Sheet, text: str, sign: str, name: str) -> None:
    is_odd = text.count('"') % 2 == 1
    reader = csv.reader(StringIO(text, newline=""), delimiter=sign)
    number = 0
    try:
        for number, row in enumerate(reader, start=1):
            if is_odd and any(field.count("\n") > _LINES_IN_A_CELL for field in row):
                raise _open_quote(name, number)
            cells = [
                _cell(shown, number, column) for column, field in enumerate(row, start=1) if (shown := _shown(field))
            ]
            if cells:
                sheet.add(number, cells)
    except csv.Error as fault:
        raise (_open_quote if is_odd else _too_long)(name, number + 1) from fault


def _cell(text: str, row: int, column: int) -> Cell:
    return Cell(text, Place(row=row, column=column), row, column, signs=signs_of(text))


def _shown(field: str) -> str:
    text = seen(field).replace("\t", " ").strip()
    return "\n".join(map(str.rstrip, text.split("\n"))) if "\n" in text else text


def _open_quote(name: str, row: int) -> PlanctlError:
    return PlanctlError(
        _("{file}: a quotation mark that begins in row {row} does not end; save the file from Excel as .xlsx"),
        file=name,
        row=row,
    )


def _too_long(name: str, row: int) -> PlanctlError:
    return PlanctlError(
        _("{file}: row {row} is longer than any row of a table; is this a CSV file?"), file=name, row=row
    )
