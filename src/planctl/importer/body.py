"""The rows below the headings as lines: an item for each row or several, and the sections that they stand in.

In: a `Grid` and the layout that its headings fit. Out: lines of a `PaperTable`, what became of every cell, and the rows
that come after the table (in a worksheet its signatures are rows too).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from planctl.diagnostics import Span, finding
from planctl.forms import FORMS
from planctl.forms.paper import Line, SectionLine, Written
from planctl.importer.body_lines import OpenLine
from planctl.importer.body_rows import ORDINALS, RowKind, Rows, are_column_numbers, main_of
from planctl.importer.headings import SECTION, squeezed
from planctl.importer.own_books import as_written
from planctl.importer.uses import Use, Used
from planctl.importer.values import SCORES, are_of_one, is_date_for_number, worded
from planctl.place import Place, letters_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planctl.diagnostics import Diagnostic
    from planctl.importer.grids import Grid
    from planctl.importer.headings import Match
    from planctl.importer.office_file import Cell, Row
    from planctl.importer.whole_texts import WholeTexts


@dataclass(slots=True)
class Body:
    """What the rows of a grid come to. `after` are the rows below the table, from the first signature on."""

    lines: list[Line | SectionLine] = field(default_factory=list)
    used: list[Used] = field(default_factory=list)
    after: tuple[Row, ...] = ()
    remarks: list[Diagnostic] = field(default_factory=list)


def read_body(grid: Grid, match: Match, path: str, anchors: Mapping[str, str], records: WholeTexts) -> Body:
    """Read the rows of a grid as those of a layout.

    In a workbook that planctl built a long row goes on in rows without a number; elsewhere such a row may be an item.
    Its `records` have the texts of such rows whole.
    """
    return _Reader(grid, match, path, anchors, records).read()


class _Reader:
    """Goes through the rows once, with one line open."""

    def __init__(self, grid: Grid, match: Match, path: str, anchors: Mapping[str, str], records: WholeTexts) -> None:
        self._is_ours, self._records = bool(records), records
        self._named: dict[int, str] = {}
        self._grid, self._keys, self._path, self._anchors = grid, match.keys, path, anchors
        columns = FORMS[match.form].tables[match.layout]
        self._grouped = {column.key for column in (*columns.columns, *columns.approved) if column.grouped}
        self._prose = {column.key for column in columns.columns if column.kind == "prose"}
        self._main = main_of(self._keys)
        self._of_one = self._parts_of_one()
        self._body = Body()
        self._open: OpenLine | None = None
        self._group = 0
        self._rows = Rows(grid, self._keys, is_ours=self._is_ours)
        self._placed: set[Place] = set()
        self._signatures: list[tuple[tuple[bool, bool, int], int]] = []

    def read(self) -> Body:
        rows = self._grid.body
        for row in self._grid.heading:
            self._use(row.cells, Use.HEADING)
        for at, row in enumerate(rows):
            filled = [cell for cell in row.cells if cell.text.strip()]
            if not filled:
                continue
            kind = self._rows.kind_of(row, filled, rows[at + 1 : at + 2], is_open=self._open is not None)
            if kind == "end":
                self._body.after = rows[at:]
                break
            self._row(row, filled, kind)
        self._close()
        if self._is_ours:
            self._body.lines = self._with_whole_groups(self._body.lines)
        _set_levels(self._body.lines, self._signatures)
        return self._body

    def _row(self, row: Row, filled: list[Cell], kind: RowKind) -> None:
        """Take a row for what it is."""
        match kind:
            case "column numbers":
                self._use(filled, Use.COLUMN_NUMBERS)
            case "heading":
                self._use(filled, Use.HEADING)
            case "total":
                self._use(filled, Use.TOTAL)
            case "ordinals":
                self._use(filled, Use.LEFT)
            case "section":
                self._section(*filled)
                self._rows.was_cut = False
            case "item":
                self._item(row)
                self._rows.was_cut = False

    # Section rows

    def _section(self, *cells: Cell) -> None:
        self._close()
        parts = [" ".join(cell.text.split()) for cell in cells]
        text = ". ".join([*(part.rstrip(".)") for part in parts[:-1]), parts[-1]])
        number = re.match(r"\D{0,45}?([0-9]+(?:\.[0-9]+)*)", text)
        depth = number[1].count(".") if number else -1
        self._signatures.append(((not text.isupper(), not cells[-1].is_bold, depth), len(self._body.lines)))
        self._body.lines.append(SectionLine(Written(text, cells[0].place)))
        self._use(cells, Use.SECTION)

    def _name_section(self, found: list[tuple[Cell, str]]) -> None:
        """Begin a section where a column of sections names another one than before; one further right is inside it."""
        slots = [slot for slot, key in enumerate(self._keys) if key == SECTION]
        for cell, text in found:
            if cell.place not in self._placed:
                self._placed.add(cell.place)
                self._use([cell], Use.SECTION)
            slot = self._grid.slot_of(cell)
            if text != self._named.get(slot):
                self._named = {one: name for one, name in self._named.items() if one < slot} | {slot: text}
                title = Written(" ".join(text.split()), cell.place)
                self._body.lines.append(SectionLine(title, slots.index(slot) + 1))

    # Items

    def _item(self, row: Row) -> None:
        cells: dict[str, list[tuple[Cell, str]]] = {}
        for cell in row.standing:
            if cell.text.strip():
                slot = self._grid.slot_of(cell)
                cells.setdefault(self._name(slot), []).append((cell, self._word(cell, slot)))
        if self._continues(row, cells):
            self._add(row, cells)
            return
        self._close()
        self._name_section(cells.pop(SECTION, []))
        if not self._shares_group(row, cells):
            self._group += 1
        self._open = OpenLine({}, {}, row, self._group, self._records, self._address(row))
        self._put(cells)

    def _continues(self, row: Row, cells: Mapping[str, list[tuple[Cell, str]]]) -> bool:
        """Tell whether a row goes on with the line before: a cut row, or one more indicator of the same item."""
        if self._open is None or self._address(row):
            return False
        main = cells.get(self._main)
        own = [key for key, found in cells.items() if any(cell.row == row.number for cell, _text in found)]
        if main and main[0][0].row != row.number:
            return self._main not in self._grouped and not any(key in own for key in ORDINALS)
        if any(key in own for key in ORDINALS):
            return False
        if not main or (self._is_ours and any(key in self._keys for key in ORDINALS)):
            return True
        return self._rows.was_cut and main[0][1][:1].islower()

    def _shares_group(self, row: Row, cells: Mapping[str, list[tuple[Cell, str]]]) -> bool:
        """Tell whether a row belongs to the decision before: its cells are merged, repeated or left empty."""
        before = self._last_line()
        if before is None or not self._grouped:
            return False
        grouped = {key: found for key, found in cells.items() if key in self._grouped}
        texts = {key: " ".join(text for _cell, text in found) for key, found in grouped.items()}
        if any(cell.row != row.number for found in grouped.values() for cell, _text in found):
            return True
        if (self._is_ours or self._anchors) and _differ(texts, before, "decision_number"):
            return False
        if self._is_ours and texts and "decision_number" in self._keys and "decision_number" not in texts:
            return True
        named = [key for key in texts if key not in ORDINALS]
        if not named:
            return not any(key in texts and texts[key] != _text_of(before, key) for key in self._grouped)
        return all(squeezed(texts[key]) == squeezed(_text_of(before, key)) for key in named)

    def _last_line(self) -> Line | None:
        last = self._body.lines[-1] if self._body.lines else None
        return last if isinstance(last, Line) else None

    def _put(self, cells: Mapping[str, list[tuple[Cell, str]]]) -> None:
        """Begin a line with the cells of a row; those that are merged from above say the same of it."""
        line = self._open
        if line is None:
            return
        for key, found in cells.items():
            for cell, text in found:
                self._fill(line, key, cell, text)
        last = self._last_line()
        for key in self._grouped:
            if key not in line.cells and last is not None and last.group == line.group and key in last.cells:
                line.cells[key] = [("", last.cells[key])]

    def _add(self, row: Row, cells: Mapping[str, list[tuple[Cell, str]]]) -> None:
        """Add a further row to the open line."""
        line = self._open
        if line is None:
            return
        own = {key for key, found in cells.items() if any(cell.row == row.number for cell, _text in found)}
        is_listed = not (self._rows.was_cut or self._is_ours) and (
            self._main in cells or bool(own & {"indicator", "target"})
        )
        for key, found in cells.items():
            for cell, text in found:
                if cell.row == row.number:
                    self._fill(line, key, cell, text, how="listed" if is_listed else "cut")

    def _fill(self, line: OpenLine, key: str, cell: Cell, text: str, how: str = "") -> None:
        written = Written(text, cell.place)
        if key.startswith("="):
            line.extra.setdefault(key[1:], []).append(written)
        else:
            line.cells.setdefault(key, []).append((how, written))
        if cell.place not in self._placed:
            self._placed.add(cell.place)
            self._use([cell], Use.CELL, key.removeprefix("="))

    def _close(self) -> None:
        if self._open is not None:
            line = self._open.line()
            self._body.lines.append(self._as_written(line) if self._is_ours else line)
            self._open = None

    def _with_whole_groups(self, lines: list[Line | SectionLine]) -> list[Line | SectionLine]:
        """Return the lines of planctl's own workbook, each with all of a shared cell that a page's end has cut."""
        parts: dict[tuple[int, str], list[Written]] = {}
        for line in (one for one in lines if isinstance(one, Line)):
            for key in self._grouped & line.cells.keys():
                cell = line.cells[key]
                found = parts.setdefault((line.group, key), [cell])
                if cell.place == found[0].place:
                    found[0] = cell if len(cell.also) >= len(found[0].also) else found[0]
                elif not any(cell.place in {one.place, *one.also} for one in found):
                    found.append(cell)
        whole = {at: self._joined(found) for at, found in parts.items()}
        return [self._with_shared(line, whole) if isinstance(line, Line) else line for line in lines]

    def _joined(self, parts: Sequence[Written]) -> Written:
        first, *others = parts
        also = (*first.also, *(one.place for one in others))
        return replace(first, text=self._records.joined([one.text for one in parts]), also=also)

    def _with_shared(self, line: Line, whole: Mapping[tuple[int, str], Written]) -> Line:
        return replace(
            line,
            cells={key: whole[line.group, key] if key in self._grouped else cell for key, cell in line.cells.items()},
        )

    def _as_written(self, line: Line) -> Line:
        """Return a line of planctl's own workbook with its prose as an author writes it."""
        cells = {
            key: replace(cell, text=as_written(cell.text)) if key in self._prose else cell
            for key, cell in line.cells.items()
        }
        return replace(line, cells=cells)

    def _name(self, slot: int) -> str:
        """Return the key of a slot, or its heading after "=" where nobody knows it."""
        if key := self._keys[slot]:
            return key
        one = self._grid.slots[slot]
        return f"={one.heading.whole or letters_of(one.first)}"

    def _word(self, cell: Cell, slot: int) -> str:
        key = self._keys[slot]
        if is_date_for_number(cell, key):
            self._body.remarks.append(
                finding("date-for-number", Span(self._path, within=cell.place), text=worded(cell, key))
            )
        return worded(cell, key, of_one=slot in self._of_one)

    def _parts_of_one(self) -> frozenset[int]:
        """Return the slots of scores that are parts of 1."""
        slots: dict[int, list[Cell]] = {}
        for row in self._grid.body:
            for cell in row.cells if not are_column_numbers([one for one in row.cells if one.text.strip()]) else ():
                if (slot := self._grid.slot_of(cell)) is not None and self._keys[slot] in SCORES:
                    slots.setdefault(slot, []).append(cell)
        return frozenset(slot for slot, cells in slots.items() if are_of_one(cells))

    def _address(self, row: Row) -> str:
        return next((self._anchors[name] for name in row.bookmarks if name in self._anchors), "")

    def _use(self, cells: Sequence[Cell], use: Use, what: str = "") -> None:
        self._body.used.extend(Used(cell.place, cell.text, use, what) for cell in cells if cell.text.strip())


def _differ(texts: Mapping[str, str], line: Line, key: str) -> bool:
    """Tell whether both say something in a column, and not the same."""
    return bool(texts.get(key) and _text_of(line, key)) and texts[key].strip() != _text_of(line, key).strip()


def _text_of(line: Line, key: str) -> str:
    return line.cells[key].text if key in line.cells else ""


def _set_levels(lines: list[Line | SectionLine], signatures: list[tuple[tuple[bool, bool, int], int]]) -> None:
    """Give section rows their levels: where two follow each other at once, the first stands above the second.

    Rows that look alike (capitals, bold, depth of the number) are of one level.
    """
    looks = {at: look for look, at in signatures}
    outer = {look for look, at in signatures if at + 1 in looks and looks[at + 1] != look}
    inner = {looks[at + 1] for look, at in signatures if at + 1 in looks and looks[at + 1] != look} - outer
    for at, look in looks.items():
        line = lines[at]
        if isinstance(line, SectionLine) and look in inner:
            lines[at] = replace(line, level=2)
