"""The text of Word and Excel files, as lines. In: the bytes of a file, from anywhere. Out: lines, or DamagedError."""

from __future__ import annotations

import warnings
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING
from xml.etree.ElementTree import iterparse
from zipfile import ZipFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_BYTES = 50_000_000
"""What the parts of a file may come to once unpacked."""

MOST_ROWS = 50_000
LONGEST_ROW = 120

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


class DamagedError(Exception):
    """The file is no Word or Excel file that can be read, or too large a one."""


def lines_of(data: bytes) -> Iterator[str]:
    """Yield the lines of a Word or Excel file; DamagedError at any point where it turns out to be none."""
    try:
        with ZipFile(BytesIO(data)) as package:
            names = set(package.namelist())
            if sum(part.file_size for part in package.infolist()) > MOST_BYTES:
                raise DamagedError  # noqa: TRY301  # told like all other faults
            if "word/document.xml" in names:
                yield from _of_word(package, names)
                return
        if "xl/workbook.xml" not in names:
            raise DamagedError  # noqa: TRY301  # likewise
        yield from _of_excel(data)
    except Exception as error:  # a foreign file breaks zipfile, expat and openpyxl in ways they do not list
        raise DamagedError from error


def _row(cells: Sequence[str]) -> Iterator[str]:
    """Yield a row of a table: in one line where it is short, a line for each cell otherwise."""
    told = [cell.strip() for cell in cells]
    while told and not told[-1]:
        told.pop()
    if not told:
        return
    whole = " | ".join(told)
    if "\n" not in whole and len(whole) <= LONGEST_ROW:
        yield whole
        return
    for cell in filter(None, told):
        first, *rest = cell.split("\n")
        yield f"| {first}"
        yield from (f"  {line}" for line in rest)


# Word


def _of_word(package: ZipFile, names: set[str]) -> Iterator[str]:
    """Yield the paragraphs and rows of the page, then those of headers, footers and notes."""
    others = sorted(name for name in names if name.startswith(("word/header", "word/footer", "word/footnotes")))
    for name in ("word/document.xml", *(name for name in others if name.endswith(".xml"))):
        yield from _Story().lines(package.read(name))


class _Story:
    """Goes through one part of a Word file; `_cells` are the rows that are open, tables within tables."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._cells: list[list[list[str]]] = []
        self._left_out = 0

    def lines(self, xml: bytes) -> Iterator[str]:
        if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
            raise DamagedError
        for event, element in iterparse(BytesIO(xml), ("start", "end")):  # noqa: S314  # without entities, in bounds
            if element.tag == _FALLBACK:
                self._left_out += 1 if event == "start" else -1
            elif self._left_out:
                continue
            elif event == "start":
                self._begin(element.tag)
            else:
                yield from self._end(element.tag, element.text or "")
                element.clear()

    def _begin(self, tag: str) -> None:
        if tag == f"{_W}tr":
            self._cells.append([])
        elif tag == f"{_W}tc" and self._cells:
            self._cells[-1].append([])

    def _end(self, tag: str, text: str) -> Iterator[str]:
        if tag == f"{_W}t":
            self._text.append(text)
        elif tag in _SIGNS:
            self._text.append(_SIGNS[tag])
        elif tag == f"{_W}p":
            yield from self._put("".join(self._text).split("\n"))
            self._text = []
        elif tag == f"{_W}tr" and self._cells:
            yield from self._put(list(_row(["\n".join(cell) for cell in self._cells.pop()])))

    def _put(self, lines: Sequence[str]) -> Iterator[str]:
        """Put lines into the open cell, or yield them where none is open."""
        told = [line.rstrip() for line in lines if line.strip()]
        if self._cells and self._cells[-1]:
            self._cells[-1][-1].extend(told)
        else:
            yield from told


# Excel


def _of_excel(data: bytes) -> Iterator[str]:
    from openpyxl import load_workbook  # noqa: PLC0415  # Word files need none of it

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it cannot keep, while nothing is written
        book = load_workbook(BytesIO(data), read_only=True, data_only=True)
        for sheet in book.worksheets:
            yield f"[{sheet.title}]"
            sheet.reset_dimensions()  # what a file says of its size need not be so
            for row in islice(sheet.iter_rows(values_only=True), MOST_ROWS):
                yield from _row(["" if value is None else str(value) for value in row])
