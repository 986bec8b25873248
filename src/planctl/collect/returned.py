"""What a workbook came back with: its rows by address, each open cell as it is now and as it was made.

In: an office file. Out: `Returned`: rows whose locked cells are unchanged, and findings about all others.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from planctl.collect.digests import digest, read
from planctl.collect.marks import (
    ADDRESS,
    FIXED_DIGESTS,
    FORMAT,
    HIDDEN,
    INDICATOR,
    KEYS_MARK,
    MARK,
    MEANING,
    NO_ROW,
    OPEN_DIGESTS,
)
from planctl.diagnostics import Span, finding
from planctl.place import NOWHERE, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planctl.diagnostics import Diagnostic
    from planctl.importer.office_file import Cell, OfficeFile, Row, Table, Typed

_AS_MADE = frozenset({"hidden-rows-read", "hidden-columns-read", "hidden-sheet-read"})
"""Remarks on what the workbook had hidden from the first."""

_WITHOUT_VALUE = frozenset({"formula-without-value", "error-in-cell"})


@dataclass(frozen=True, slots=True)
class Answer:
    """An open cell: what it says, and the digest of what it said when it was made."""

    key: str
    text: str
    place: Place
    made: str
    value: Typed | None = None


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """A row of an item, or of one of its indicators. `meaning` is the digest of what the plan said of it then."""

    address: str
    indicator: str
    meaning: str
    place: Place
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Returned:
    """A workbook that came back. `unit` and `period` are as it was made for; "" where it is none of ours."""

    name: str
    unit: str = ""
    period: str = ""
    rows: tuple[ReturnedRow, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    is_ours: bool = False

    @property
    def filled(self) -> int:
        """How many open cells say something else than when the workbook was made."""
        return sum(digest(answer.text) != answer.made for row in self.rows for answer in row.answers)


def returned(file: OfficeFile) -> Returned:
    """Return what a workbook came back with."""
    told = _told(file)
    if told is None:
        return Returned(file.name, findings=(finding("no-collect-workbook", Span(file.name)),))
    remarks = [one for one in file.remarks if one.code not in _AS_MADE | _WITHOUT_VALUE]
    made = Returned(file.name, told.get("unit", ""), told.get("period", ""), is_ours=True)
    if any(one.code == "more-of-the-same" and dict(one.values).get("kind") in _WITHOUT_VALUE for one in remarks):
        return replace(made, findings=(finding("collected-too-many-remarks", Span(file.name)),))
    reading = _Reading(file)
    for table in file.tables:
        reading.read(table)
    return replace(made, rows=tuple(reading.unique()), findings=(*remarks, *reading.findings))


def _told(file: OfficeFile) -> dict[str, str] | None:
    """Return what the hidden worksheet tells, None where there is none that this version knows."""
    for table in file.tables:
        cells = [(_text(row.at(1)), _text(row.at(2))) for row in table.rows]
        if cells and cells[0] == (MARK, FORMAT):
            return {key: text for key, text in cells[1:] if key != "plan"}
    return None


def _text(cell: Cell | None) -> str:
    return cell.text.strip() if cell else ""


@dataclass(slots=True)
class _Reading:
    """The rows of a workbook, while they are read."""

    file: OfficeFile
    rows: list[ReturnedRow] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    _valueless: frozenset[Place] = frozenset()

    def __post_init__(self) -> None:
        self._valueless = frozenset(one.span.within for one in self.file.remarks if one.code in _WITHOUT_VALUE)

    def add(self, code: str, place: Place, **values: object) -> None:
        """Remark on a cell."""
        self.findings.append(finding(code, Span(self.file.name, within=place), **values))

    def read(self, table: Table) -> None:
        """Read a worksheet, if it is one of a plan."""
        columns: dict[int, str] = {}
        headings: Mapping[int, str] = {}
        for row in table.rows:
            cells = {cell.column: cell for cell in row.cells}
            if not columns:
                columns = _keys(cells)
                continue
            at = {key: column for column, key in columns.items()}
            address = _text(cells.get(at[ADDRESS]))
            if address == NO_ROW:
                said = {column: cell.text for column, cell in cells.items() if cell.text}
                headings = said if len(said) > len(headings) else headings
            elif address:
                self._read_row(table, row, address, _Columns(columns, headings))
            elif place := next((cell.place for cell in _seen(cells, columns) if cell.text.strip()), None):
                self.add("collected-row-without-address", place)

    def _read_row(self, table: Table, row: Row, address: str, columns: _Columns) -> None:
        cells = {columns.keys[cell.column]: cell for cell in row.cells if cell.column in columns.keys}
        places = {
            key: Place(table.place.sheet or table.name, row=row.number, column=at) for at, key in columns.keys.items()
        }
        changed = self._changed(cells, places, columns)
        if changed:
            return
        made = read(_text(cells.get(OPEN_DIGESTS)))
        answers = tuple(self._answers(cells, places, made))
        first = next((places[key] for key in places if key not in HIDDEN), NOWHERE)
        indicator, meaning = _text(cells.get(INDICATOR)), _text(cells.get(MEANING))
        self.rows.append(ReturnedRow(address, indicator, meaning, first, answers))

    def _changed(self, cells: Mapping[str, Cell], places: Mapping[str, Place], columns: _Columns) -> bool:
        """Tell whether locked cells of a row are not as they were made; each of them is reported."""
        fixed = read(_text(cells.get(FIXED_DIGESTS)))
        changed = [key for key, made in fixed.items() if digest(_text(cells.get(key))) != made]
        for key in changed:
            place = places.get(key, next(iter(places.values())))
            self.add("collected-locked-cell", place, heading=columns.heading(key))
        return bool(changed)

    def _answers(
        self, cells: Mapping[str, Cell], places: Mapping[str, Place], made: Mapping[str, str]
    ) -> Iterator[Answer]:
        for key, one in made.items():
            if key not in places:
                continue
            if places[key] in self._valueless:
                self.add("collected-formula", places[key])
                continue
            cell = cells.get(key)
            yield Answer(key, _text(cell), places[key], one, cell.value if cell else None)

    def unique(self) -> Iterator[ReturnedRow]:
        """Yield the rows whose address and indicator no other row has."""
        seen: dict[tuple[str, str], list[ReturnedRow]] = {}
        for row in self.rows:
            seen.setdefault((row.address, row.indicator), []).append(row)
        for first, *others in seen.values():
            if not others:
                yield first
            for row in others:
                self.add("collected-duplicate-row", row.place, address=row.address, first=first.place)


@dataclass(frozen=True, slots=True)
class _Columns:
    """The keys of a worksheet's columns by their numbers, and the headings above them."""

    keys: Mapping[int, str]
    headings: Mapping[int, str]

    def heading(self, key: str) -> str:
        """Return what stands above a column."""
        return next((self.headings.get(at, key) for at, one in self.keys.items() if one == key), key)


def _seen(cells: Mapping[int, Cell], columns: Mapping[int, str]) -> Iterator[Cell]:
    """Yield the cells of a row that people see."""
    return (cell for at, cell in cells.items() if columns.get(at) not in HIDDEN)


def _keys(cells: Mapping[int, Cell]) -> dict[int, str]:
    """Return the keys of the columns from the row that holds them; nothing for any other row."""
    marked = next((at for at, cell in cells.items() if cell.text.strip() == KEYS_MARK), None)
    if marked is None:
        return {}
    return {at: ADDRESS if at == marked else cell.text.strip() for at, cell in cells.items() if cell.text.strip()}
