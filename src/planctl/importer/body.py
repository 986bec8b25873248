"""The rows below the headings: which are items, which are section rows, column numbers, sums, or the rest of a cut row.

In: a `Grid` and the layout that its headings fit. Out: lines of a `PaperTable`, what became of every cell, and the rows
that come after the table (in a worksheet its signatures are rows too).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from planctl.diagnostics import Span, finding
from planctl.forms import FORMS
from planctl.forms.paper import Line, SectionLine, Written
from planctl.importer.grids import LONGEST_HEADING
from planctl.importer.headings import SECTION, squeezed
from planctl.importer.own_books import as_written
from planctl.importer.signing import begins_signature, is_end_mark
from planctl.importer.uses import Use, Used
from planctl.importer.values import SCORES, are_of_one, is_date_for_number, worded
from planctl.place import Place, letters_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planctl.diagnostics import Diagnostic
    from planctl.importer.grids import Grid
    from planctl.importer.headings import Match
    from planctl.importer.office_file import Cell, Row

MAIN = ("clause", "measure", "objective", "indicator", "decision")
"""The columns that say what an item is; the first that a table has is its own."""
ORDINALS = ("clause_number", "number", "decision_number")
LISTED = frozenset({"indicator", "unit", "baseline", "target", "reached"})
"""Where an item goes over several rows, these say something of each of its indicators."""

_TOTAL = re.compile(
    r"(?:нийт|бүгд|дүн|нийлбэр|дундаж|хэрэгжилтийн хувь|үнэлгээний дүн|биелэлтийн хувь)\b.{0,60}|.*хувьтай байна\W*"
    r"|.{1,40}\s(?:дүн|нийт дүн|нийлбэр|дундаж(?: хувь| үнэлгээ)?)\W*",
    re.IGNORECASE | re.DOTALL,
)
_ENDED = re.compile(r"[.!?:;…»”\")]\s*\Z")
_SIGN = re.compile(r"^\s*(?:[•–]|[0-9]{1,3}\.)\s")
_TELLING = 30
"""So many characters on both sides of a cut tell where in a text it is."""
_SECTION_WORDS = re.compile(
    r"\s*(?:[0-9]+(?:\.[0-9]+)*[.)]?|[IVX]+[.)]|нэг|хоёр|гурав|дөрөв|тав|зургаа|долоо|найм|ес|арав|зорил[гт]\w*|стратеги\w*"
    r"|бүлэг)\b.*|.*(?:чиглэл\w*|зорилт|хүрээнд|салбар\w*|бүлэг)\s*:?\s*|.*:\s*",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(slots=True)
class _Open:
    """A line that further rows may still add to: of each cell its parts."""

    cells: dict[str, list[tuple[str, Written]]]
    extra: dict[str, list[Written]]
    row: Row
    group: int
    address: str = ""
    known: str = ""

    def line(self) -> Line:
        return Line(
            cells={key: _put_together(key, parts, self.known) for key, parts in self.cells.items()},
            extra={name: _joined(parts) for name, parts in self.extra.items()},
            place=next((parts[0][1].place for parts in self.cells.values() if parts), self.row.cells[0].place),
            group=self.group,
            address=self.address,
        )


@dataclass(slots=True)
class Body:
    """What the rows of a grid come to. `after` are the rows below the table, from the first signature on."""

    lines: list[Line | SectionLine] = field(default_factory=list)
    used: list[Used] = field(default_factory=list)
    after: tuple[Row, ...] = ()
    remarks: list[Diagnostic] = field(default_factory=list)


def read_body(grid: Grid, match: Match, path: str, anchors: Mapping[str, str], *, records: str = "") -> Body:
    """Read the rows of a grid as those of a layout.

    In a workbook that planctl built a long row goes on in rows without a number; elsewhere such a row may be an item.
    Its `records` have the texts of such rows whole.
    """
    return _Reader(grid, match, path, anchors, records=records).read()


class _Reader:
    """Goes through the rows once, with one line open."""

    def __init__(self, grid: Grid, match: Match, path: str, anchors: Mapping[str, str], *, records: str) -> None:
        self._is_ours, self._records = bool(records), records
        self._named: dict[int, str] = {}
        self._grid, self._keys, self._path, self._anchors = grid, match.keys, path, anchors
        columns = FORMS[match.form].tables[match.layout]
        self._grouped = {column.key for column in (*columns.columns, *columns.approved) if column.grouped}
        self._prose = {column.key for column in columns.columns if column.kind == "prose"}
        self._main = next((key for key in MAIN if key in self._keys), "")
        self._of_one = self._parts_of_one()
        self._body = Body()
        self._open: _Open | None = None
        self._group = 0
        self._headings = {squeezed(cell.text) for row in grid.heading for cell in row.cells if cell.text.strip()}
        self._was_cut = False
        self._look_alone: tuple[str, bool] | None = None
        self._placed: set[Place] = set()
        self._signatures: list[tuple[tuple[bool, bool, int], int]] = []

    def read(self) -> Body:
        rows = self._grid.body
        for row in self._grid.heading:
            self._use(row.cells, Use.HEADING)
        for at, row in enumerate(rows):
            filled = [cell for cell in row.cells if cell.text.strip()]
            if self._ends(filled):
                self._body.after = rows[at:]
                break
            if filled:
                self._row(row, filled, rows[at + 1 : at + 2])
        self._close()
        if self._is_ours:
            self._body.lines = self._with_whole_groups(self._body.lines)
        _set_levels(self._body.lines, self._signatures)
        return self._body

    def _row(self, row: Row, filled: list[Cell], following: Sequence[Row]) -> None:
        """Take a row for what it is."""
        if _are_column_numbers(filled):
            self._use(filled, Use.COLUMN_NUMBERS)
            self._was_cut = True
        elif self._repeats_heading(filled):
            self._use(filled, Use.HEADING)
            self._was_cut = True
        elif self._is_total(row, filled):
            self._use(filled, Use.TOTAL)
        elif self._is_section(row, filled, following):
            self._section(*filled)
            self._was_cut = False
        elif all(self._keys[self._grid.slot_of(cell)] in ORDINALS for cell in filled) and not row.above:
            self._use(filled, Use.LEFT)
        else:
            self._item(row)
            self._was_cut = False

    # What a row is

    def _repeats_heading(self, filled: list[Cell]) -> bool:
        return len(filled) > 1 and all(
            len(cell.text) <= LONGEST_HEADING and squeezed(cell.text) in self._headings for cell in filled
        )

    def _is_total(self, row: Row, filled: list[Cell]) -> bool:
        first = filled[0].text.strip()
        if not _TOTAL.fullmatch(first) or row.above or self._is_end_of_text(filled):
            return False
        return len(filled) == 1 or all(re.fullmatch(r"[-–—\d.,%\s]*(?:хувь)?", one.text.strip()) for one in filled[1:])

    def _is_end_of_text(self, filled: list[Cell]) -> bool:
        """Tell whether it can only be the last lines of a long text, which our own workbooks lay over several rows."""
        return self._is_ours and self._open is not None and len(filled) == 1 and filled[0].column_span == 1

    def _is_section(self, row: Row, filled: list[Cell], following: Sequence[Row]) -> bool:
        """Tell whether a row is one over the full width: a merged cell, or the only one that is filled."""
        if len(filled) != 1:
            return self._is_numbered_section(row, filled, following)
        cell = filled[0]
        slot = self._grid.slot_of(cell)
        if self._goes_on(cell) or any(one.text.strip() for one in row.above):
            return False
        if cell.column_span * 2 > self._grid.table.columns and cell.column_span > 1:
            return True
        if self._is_ours:
            return False
        if self._keys[slot] == self._main:
            stands_out = self._open is None or cell.is_bold or _SECTION_WORDS.fullmatch(cell.text.strip())
            is_section = bool(stands_out) or (bool(following) and self._begins_at_one(following[0]))
            is_section = is_section or self._is_alone(cell, following)
            if is_section:
                self._look_alone = (cell.alignment, cell.is_bold)
            return is_section
        is_first = self._keys[slot] in ORDINALS or slot == 0
        return is_first and not re.fullmatch(r"[\d.)\s]*", cell.text.strip())

    def _is_numbered_section(self, row: Row, filled: list[Cell], following: Sequence[Row]) -> bool:
        """Tell whether a row is a section whose number stands in a cell of its own: «1 | Боловсролын чиглэлээр»."""
        if len(filled) != 2 or row.above or len(self._keys) < 4:  # noqa: PLR2004 -- number and title, of many columns
            return False
        number, title = filled
        keys = self._keys[self._grid.slot_of(number)], self._keys[self._grid.slot_of(title)]
        if keys[0] not in ORDINALS or not re.search(r"[^\W\d]", title.text):
            return False
        is_wide = title.column_span * 2 > self._grid.table.columns and title.column_span > 1
        stands_out = title.is_bold and number.is_bold
        return is_wide or (keys[1] == self._main and (stands_out or self._begins_below(number, following)))

    def _begins_below(self, number: Cell, following: Sequence[Row]) -> bool:
        """Tell whether the row below is the first one inside a numbered one: 1.1 below 1, or 1 below II."""
        if not following:
            return False
        written = number.text.strip().rstrip(".)")
        below = (
            cell.text.strip().rstrip(".)")
            for cell in following[0].cells
            if self._keys[self._grid.slot_of(cell)] in ORDINALS
        )
        first = next(below, "")
        return first == f"{written}.1" or (first[:1].isdecimal() and not written[:1].isdecimal())

    def _is_alone(self, cell: Cell, following: Sequence[Row]) -> bool:
        """Tell whether a text without a number stands over numbered rows, or looks as a section row before it did."""
        if not following or cell.text.strip()[:1].islower():
            return False
        below = [one for one in following[0].cells if one.text.strip()]
        is_numbered = any(self._keys[self._grid.slot_of(one)] in ORDINALS for one in below)
        has_numbers = any(key in ORDINALS for key in self._keys)
        if has_numbers:
            return is_numbered and len(below) > 2  # noqa: PLR2004 -- number and text may be a section row too
        return len(below) > 1 and (cell.alignment, cell.is_bold) == self._look_alone

    def _goes_on(self, cell: Cell) -> bool:
        """Tell whether a text goes on with a row that a page break cut: it begins small, after headings came again."""
        return self._was_cut and self._open is not None and cell.text.strip()[:1].islower()

    def _begins_at_one(self, row: Row) -> bool:
        return any(
            re.fullmatch(r"1[.)]?", cell.text.strip()) and self._keys[self._grid.slot_of(cell)] in ORDINALS
            for cell in row.cells
        )

    def _ends(self, filled: list[Cell]) -> bool:
        """Tell whether the table is over: signatures begin, or the end mark stands."""
        if not filled or len(filled) * 2 > len(self._keys):
            return False
        texts = [cell.text.strip() for cell in filled]
        return any(begins_signature(text.split("\n", 1)[0]) for text in texts) or all(map(is_end_mark, texts))

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
        self._open = _Open({}, {}, row, self._group, self._address(row), self._records)
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
        return self._was_cut and main[0][1][:1].islower()

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
        is_listed = not (self._was_cut or self._is_ours) and (
            self._main in cells or bool(own & {"indicator", "target"})
        )
        for key, found in cells.items():
            for cell, text in found:
                if cell.row == row.number:
                    self._fill(line, key, cell, text, how="listed" if is_listed else "cut")

    def _fill(self, line: _Open, key: str, cell: Cell, text: str, how: str = "") -> None:
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
        whole: dict[tuple[int, str], Written] = {}
        for line in (one for one in lines if isinstance(one, Line)):
            for key in self._grouped & line.cells.keys():
                at, cell = (line.group, key), line.cells[key]
                known = whole.get(at, cell)
                if cell.place == known.place:
                    whole[at] = cell if len(cell.also) >= len(known.also) else known
                elif cell.place not in known.also:
                    text = f"{known.text}{_gap(known.text, cell.text, self._records)}{cell.text}"
                    whole[at] = replace(known, text=text, also=(*known.also, cell.place))
        return [self._with_shared(line, whole) if isinstance(line, Line) else line for line in lines]

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
            for cell in row.cells if not _are_column_numbers([one for one in row.cells if one.text.strip()]) else ():
                if (slot := self._grid.slot_of(cell)) is not None and self._keys[slot] in SCORES:
                    slots.setdefault(slot, []).append(cell)
        return frozenset(slot for slot, cells in slots.items() if are_of_one(cells))

    def _address(self, row: Row) -> str:
        return next((self._anchors[name] for name in row.bookmarks if name in self._anchors), "")

    def _use(self, cells: Sequence[Cell], use: Use, what: str = "") -> None:
        self._body.used.extend(Used(cell.place, cell.text, use, what) for cell in cells if cell.text.strip())


def _are_column_numbers(filled: Sequence[Cell]) -> bool:
    """Tell whether cells are the numbers of columns: 1, 2, 3 and so on, or a letter and then these."""
    if len(filled) < 3 or len(filled[0].text) > 5:  # noqa: PLR2004 -- fewer may be values; a first number is short
        return False
    texts = [cell.text.strip().strip("()/.") for cell in filled]
    if texts[0] not in {"0", "1", "А", "A", "а"}:
        return False
    if texts[0] in {"А", "A", "а"}:
        texts = ["0", *texts[1:]]
    if not all(text.isdecimal() and len(text) < 3 for text in texts):  # noqa: PLR2004 -- no table has 100 columns
        return False
    numbers = [int(text) for text in texts]
    return numbers[0] in {0, 1} and all(after - before == 1 for before, after in pairwise(numbers))


def _put_together(key: str, parts: list[tuple[str, Written]], records: str) -> Written:
    """Return a cell of a line out of its parts: what a page break cut as one text, what tells of several as a list."""
    first = parts[0][1]
    if len(parts) == 1:
        return first
    texts = [first.text]
    for how, part in parts[1:]:
        if how == "cut":
            gap = _gap(texts[-1], part.text, records)
            texts[-1] = f"{texts[-1].rstrip()}{gap}{part.text.lstrip()}".strip()
        elif part.text != texts[-1] or key in LISTED:
            texts.append(part.text)
    also = tuple(part.place for _how, part in parts[1:])
    if len(texts) == 1:
        return replace(first, text=texts[0], also=also)
    listed = (f"{number}) {' '.join(text.split())}" for number, text in enumerate(texts, start=1))
    return replace(first, text="\n".join(listed) if key in LISTED else "\n\n".join(texts), also=also)


def _gap(before: str, after: str, records: str) -> str:
    """Return what a page break has taken from between two parts of a text; the records of a workbook have it whole."""
    if not records:
        is_ended = _ENDED.search(before) or after.lstrip().startswith("- ")
        return "\n\n" if is_ended else " "
    if _SIGN.match(after.lstrip()):
        return "\n"
    last, first = (_SIGN.sub("", text) for text in (before.rstrip().rpartition("\n")[2], after.lstrip()))
    end, start = last[-_TELLING:], first.partition("\n")[0][:_TELLING]
    return next((gap for gap in (" ", "") if f"{end}{gap}{start}" in records), "\n")


def _joined(parts: list[Written]) -> Written:
    also = tuple(part.place for part in parts[1:])
    return replace(parts[0], text="\n\n".join(part.text for part in parts), also=also)


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
