"""A unit's workbook: a cover that says what to do, and a protected worksheet for each plan with fields to fill in.

In: a `Booklet` and what the cover says of time and place. Out: an .xlsx, the same bytes for the same input. What
`planctl collect in` goes by (see `marks`) stands in hidden columns, in the hidden first row, and on a hidden worksheet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from planctl.collect.asking import Row, Title
from planctl.collect.cover import write_cover
from planctl.collect.digests import digest, meaning, written
from planctl.collect.fields import OPEN, PROGRESS, REACHED, SELF, STATE
from planctl.collect.marks import FORMAT, HIDDEN, KEYS_MARK, MARK, NO_ROW
from planctl.forms.actuals import STATE_LABELS
from planctl.forms.number import plain
from planctl.render.measure import needed, wrapped
from planctl.render.package import packed, unpacked
from planctl.render.sheetml.styles import ALL_SIDES, FONT, Look, Styles, options
from planctl.report.mongolian import period_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from xlsxwriter.worksheet import Worksheet

    from planctl.collect.asking import Booklet, Head, Sheet
    from planctl.portfolio.rubric import Rubric

LONGEST_TEXT = 32_767
"""Letters that fit into a cell; a longer text is shown in part, and its cell is locked."""

COVER, DATA = "Заавар", "planctl"
_CUT = "… (бүтнээр нь нүдэнд багтахгүй тул энд засахгүй)"
_DATED = datetime(2000, 1, 1, tzinfo=UTC)
_PROPERTY_LENGTH = 255
_LONGEST_NAME = 31
_LONGEST_LIST = 255
_FORBIDDEN = re.compile(r"[\[\]:*?/\\'\x00-\x1f]+")
_PLAIN_NUMBER = re.compile(r"(?:0|-?[1-9][0-9]{0,13})(?:\.[0-9]{0,5}[1-9])?")
_A4 = 9
_MM = 1 / 25.4
_ROW = re.compile(rb'<row r="(?P<number>[0-9]+)"[^>]*>')
_LEAST, _MOST = 30, 409
_LINE, _PADDING, _EDGES, _POINTS = 1.34, 3.0, 7, 0.75
_LEGEND = "Шар нүдийг бөглөнө. Саарал, цагаан нүд түгжээтэй. Дэлгэрэнгүйг «Заавар» хуудаснаас үзнэ үү."
_FREEZE_WIDTH = 330
"""Pixels of columns that stay in view; more would leave no room on a small screen."""

_TITLE = Look(size=12, bold=True, wrap=False)
_NOTE = Look(size=9, wrap=False, colour="#555555")
_HEADING = Look(size=9, bold=True, align="center", valign="vcenter", sides=ALL_SIDES, fill="9E9E9E", number="@")
_OPEN_HEADING = Look(size=9, bold=True, align="center", valign="vcenter", sides=ALL_SIDES, fill="F9A825", number="@")
_SECTIONS = {
    1: Look(size=9, bold=True, valign="vcenter", sides=ALL_SIDES, fill="90A4AE", number="@"),
    2: Look(size=9, bold=True, valign="vcenter", sides=ALL_SIDES, fill="ECEFF1", number="@"),
}
_PLAN = Look(size=9, sides=ALL_SIDES, number="@")
_BEFORE = Look(size=9, sides=ALL_SIDES, number="@", fill="CFD8DC", colour="#555555")
_OPEN = Look(size=9, sides=ALL_SIDES, fill="FDD835", number="@", is_open=True)
_OPEN_NUMBER = Look(size=9, sides=ALL_SIDES, fill="FDD835", align="center", is_open=True)
_SHUT = Look(size=9, sides=ALL_SIDES, fill="E0E0E0")


@dataclass(frozen=True, slots=True)
class Request:
    """What the cover says beside the booklet: until when to return it, and to whom."""

    until: date | None = None
    to: str = ""
    version: str = ""


def rendered(booklet: Booklet, request: Request) -> bytes:
    """Return a unit's workbook."""
    target = BytesIO()
    workbook = Workbook(target, options())
    workbook.set_properties(
        {
            "title": f"{booklet.name}, {period_name(booklet.period)}"[:_PROPERTY_LENGTH],
            "author": booklet.organisation[:_PROPERTY_LENGTH],
            "created": _DATED,
        }
    )
    styles = Styles(workbook)
    names = sheet_names(booklet)
    write_cover(workbook.add_worksheet(COVER), styles, booklet, tuple(names), until=request.until, to=request.to)
    pages = [
        _Page(workbook.add_worksheet(name), styles, booklet, sheet)
        for name, sheet in zip(names, booklet.sheets, strict=True)
    ]
    growing = {f"xl/worksheets/sheet{at}.xml": page.write() for at, page in enumerate(pages, start=2)}
    _write_data(workbook.add_worksheet(DATA), styles, booklet, request)
    workbook.close()
    return packed(dict(_with_growing_rows(unpacked(target.getvalue()), growing)))


def _with_growing_rows(
    members: Mapping[str, bytes], growing: Mapping[str, frozenset[int]]
) -> Iterator[tuple[str, bytes]]:
    """Yield a package's members; the rows that are named for a worksheet grow with what is written into them.

    XlsxWriter calls every height that it is given one of the author's own, which programs then keep.
    """
    for name, content in members.items():
        yield name, _ROW.sub(partial(_growing, rows=growing[name]), content) if name in growing else content


def _growing(row: re.Match[bytes], *, rows: frozenset[int]) -> bytes:
    return row[0].replace(b' customHeight="1"', b"") if int(row["number"]) in rows else row[0]


def sheet_names(booklet: Booklet) -> list[str]:
    """Return the names of the worksheets, one for each plan: its title, as far as a name may go."""
    names: list[str] = []
    taken = {COVER.casefold(), DATA.casefold()}
    for sheet in booklet.sheets:
        title = " ".join(_FORBIDDEN.sub(" ", sheet.title).split())
        name, number = _shortened(title, _LONGEST_NAME) or sheet.plan[:_LONGEST_NAME], 1
        while name.casefold() in taken:
            number += 1
            name = f"{_shortened(title, _LONGEST_NAME - 4)} {number}"
        taken.add(name.casefold())
        names.append(name)
    return names


def _shortened(text: str, length: int) -> str:
    """Return a text that is no longer than this, cut between words where it can be."""
    if len(text) <= length:
        return text
    head = text[:length]
    return (head[: head.rfind(" ")] if " " in head else head).rstrip(" ,.-–")


# A plan's worksheet


class _Page:
    """The worksheet of a plan, while it is written."""

    def __init__(self, page: Worksheet, styles: Styles, booklet: Booklet, sheet: Sheet) -> None:
        self._page = page
        self._styles = styles
        self._booklet = booklet
        self._sheet = sheet
        self._column = {head.key: at for at, head in enumerate(sheet.heads, start=len(HIDDEN))}
        self._widths = {head.key: _wide_enough(head) for head in sheet.heads}
        self._last = len(HIDDEN) + len(sheet.heads) - 1
        self._row = 0

    def write(self) -> frozenset[int]:
        """Write keys, titles, headings and rows; return the numbers, from 1, of the rows that grow."""
        self._set_columns()
        self._write_keys()
        self._write_line(f"{self._booklet.name}. {self._sheet.title}, {period_name(self._booklet.period)}", _TITLE)
        self._write_line(_LEGEND, _NOTE)
        self._write_headings()
        first = self._row
        for band in self._sheet.bands:
            if isinstance(band, Title):
                self._write_section(band)
            else:
                self._write_row(band)
        self._set_checks(first, self._row - 1)
        self._set_up(first)
        return frozenset(at + first + 1 for at, band in enumerate(self._sheet.bands) if isinstance(band, Row))

    def _set_columns(self) -> None:
        page = self._page
        page.set_column_pixels(0, len(HIDDEN) - 1, 40, None, {"hidden": True})
        for head in self._sheet.heads:
            at = self._column[head.key]
            page.set_column_pixels(at, at, self._widths[head.key])

    def _write_keys(self) -> None:
        plain_look = self._styles[Look(size=8)]
        keys = (KEYS_MARK, *HIDDEN[1:], *(head.key for head in self._sheet.heads))
        for at, key in enumerate(keys):
            self._page.write_string(0, at, key, plain_look)
        self._page.set_row(0, None, None, {"hidden": True})
        self._row = 1

    def _write_line(self, text: str, look: Look) -> None:
        self._page.write_string(self._row, 0, NO_ROW)
        self._page.write_string(self._row, len(HIDDEN), text, self._styles[look])
        self._row += 1

    def _write_headings(self) -> None:
        self._page.write_string(self._row, 0, NO_ROW)
        headings = [(head.heading, self._widths[head.key]) for head in self._sheet.heads]
        self._page.set_row(self._row, _height(headings, bold=True))
        for head in self._sheet.heads:
            look = _OPEN_HEADING if head.kind == "open" else _HEADING
            self._page.write_string(self._row, self._column[head.key], head.heading, self._styles[look])
        self._row += 1

    def _write_section(self, title: Title) -> None:
        look = self._styles[_SECTIONS[min(title.level, 2)]]
        self._page.write_string(self._row, 0, NO_ROW)
        text = title.text[:LONGEST_TEXT]
        self._page.merge_range(self._row, len(HIDDEN), self._row, self._last, "", look)
        self._page.write_string(self._row, len(HIDDEN), text, look)
        self._page.set_row(self._row, _height([(text, sum(self._widths.values()))], bold=True))
        self._row += 1

    def _write_row(self, row: Row) -> None:
        texts = {head.key: _fitting(row.fixed.get(head.key, "")) for head in self._sheet.heads if head.kind != "open"}
        open_ = {key: text for key, text in row.open.items() if len(text) <= LONGEST_TEXT}
        texts |= {key: _fitting(row.open.get(key, "")) for key in OPEN if key in self._column and key not in open_}
        fixed = written({key: digest(text) for key, text in texts.items()})
        made = written({key: digest(text) for key, text in open_.items()})
        for at, text in enumerate((row.address, row.indicator, row.meaning, fixed, made)):
            self._page.write_string(self._row, at, text)
        for head in self._sheet.heads:
            if head.key in open_:
                self._write_open(self._column[head.key], head, open_[head.key])
            else:
                look = _SHUT if head.kind == "open" else _BEFORE if head.kind == "before" else _PLAN
                self._write_text(self._column[head.key], texts[head.key], look)
        cells = [(text, self._widths[key]) for key, text in (texts | open_).items()]
        self._page.set_row(self._row, max(_height(cells), _LEAST if row.is_first else 0))
        self._row += 1

    def _write_open(self, at: int, head: Head, text: str) -> None:
        look = _OPEN_NUMBER if head.key in {SELF, REACHED} else _OPEN
        if look is _OPEN_NUMBER and _PLAIN_NUMBER.fullmatch(text):
            self._page.write_number(self._row, at, float(text), self._styles[look])
        else:
            self._write_text(at, text, look)

    def _write_text(self, at: int, text: str, look: Look) -> None:
        if text:
            self._page.write_string(self._row, at, text, self._styles[look])
        else:
            self._page.write_blank(self._row, at, None, self._styles[look])

    def _set_checks(self, first: int, last: int) -> None:
        """Set lists to choose from and checks of numbers on the open cells."""
        for key, check in (
            (SELF, _of_scores(self._sheet.rubric) if self._sheet.rubric else None),
            (STATE, _of_states()),
        ):
            if check and key in self._column:
                at = self._column[key]
                self._page.data_validation(first, at, last, at, check)
        if REACHED in self._column:
            at = self._column[REACHED]
            for start, end in _spans(self._sheet.bands):
                self._page.data_validation(first + start, at, first + end, at, dict(_NUMBER))

    def _set_up(self, first: int) -> None:
        page = self._page
        width, last = 0, len(HIDDEN)
        for head in self._sheet.heads:
            width += self._widths[head.key]
            if head.kind != "plan" or width > _FREEZE_WIDTH:
                break
            last = self._column[head.key] + 1
        page.freeze_panes(first, last)
        page.protect("", {"format_columns": True, "format_rows": True})
        page.set_landscape()
        page.set_paper(_A4)
        page.set_margins(left=12 * _MM, right=10 * _MM, top=12 * _MM, bottom=14 * _MM)
        page.fit_to_pages(1, 0)
        page.repeat_rows(first - 1)
        page.print_area(0, 0, self._row - 1, self._last)
        page.set_footer(f'&C&"{FONT},Regular"&9&P / &N', {"margin": 7 * _MM})
        page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        if PROGRESS in self._column:
            page.set_selection(first, self._column[PROGRESS], first, self._column[PROGRESS])


def _wide_enough(head: Head) -> int:
    """Return a column's width in pixels: no word of its heading is broken."""
    return max(head.width, ceil(needed(head.heading, size=_HEADING.size, bold=True) / _POINTS) + _EDGES)


def _height(cells: Iterable[tuple[str, int]], *, bold: bool = False) -> float:
    """Return a height in points that every text fits into, in cells of so many pixels."""
    size = _PLAN.size
    lines = [len(wrapped(text, width=(width - _EDGES) * _POINTS, size=size, bold=bold)) for text, width in cells]
    return min(round(max(lines, default=1) * size * _LINE + _PADDING), _MOST)


def _fitting(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - len(_CUT)] + _CUT


def _spans(bands: Sequence[Title | Row]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last row, from 0, of each run of rows whose reached value has to be a number."""
    start = None
    for at, band in enumerate((*bands, None)):
        is_meant = isinstance(band, Row) and band.checks_number
        if is_meant and start is None:
            start = at
        elif not is_meant and start is not None:
            yield start, at - 1
            start = None


# Checks that the program makes while a cell is filled in

_NUMBER: Mapping[str, object] = {
    "validate": "decimal",
    "criteria": "between",
    "minimum": -(10**15),
    "maximum": 10**15,
    "ignore_blank": True,
    "error_title": "Тоо биш байна",
    "error_message": "Хүрэх түвшнийг тоогоор заасан тул хүрсэн түвшнийг тоогоор бичнэ. Хэмжих нэгжийг бичихгүй.",
    "error_type": "warning",
}


def _of_scores(rubric: Rubric) -> dict[str, object]:
    """Return the list of a scale's values, or its range where it has values in between."""
    steps = rubric.steps
    check: dict[str, object] = {
        "ignore_blank": True,
        "error_title": "Үнэлгээ буруу байна",
        "error_message": f"Үнэлгээ: {'; '.join(map(str, steps))}"[:_LONGEST_LIST],
    }
    values = [plain(value) for value in rubric.values]
    if len(values) == len(steps) and len(",".join(values)) <= _LONGEST_LIST:
        return check | {"validate": "list", "source": values}
    lowest, highest = min(step.low for step in steps), max(step.high for step in steps)
    return check | {
        "validate": "decimal",
        "criteria": "between",
        "minimum": plain(lowest),
        "maximum": plain(highest),
    }


def _of_states() -> dict[str, object]:
    return {
        "validate": "list",
        "source": list(STATE_LABELS.values()),
        "ignore_blank": True,
        "error_title": "Төлөв буруу байна",
        "error_message": "Жагсаалтаас сонгоно уу. Үнэлгээ өгсөн бол хоосон орхино.",
    }


# What planctl knows the workbook by


def _write_data(page: Worksheet, styles: Styles, booklet: Booklet, request: Request) -> None:
    look = styles[Look(size=8, number="@", wrap=False)]
    for at, cells in enumerate(_data(booklet, request)):
        for column, text in enumerate(cells):
            page.write_string(at, column, text, look)
    page.protect()
    page.hide()


def _data(booklet: Booklet, request: Request) -> Iterator[tuple[str, ...]]:
    yield MARK, FORMAT
    yield "version", request.version
    yield "period", str(booklet.period)
    yield "unit", booklet.unit
    for sheet in booklet.sheets:
        yield "plan", sheet.plan, _meaning_of(sheet.rows)


def _meaning_of(rows: Iterable[Row]) -> str:
    return meaning((row.address, row.meaning) for row in rows if row.is_first)
