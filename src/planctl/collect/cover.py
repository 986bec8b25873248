"""The cover of a unit's workbook: who is asked for what, until when, and how to fill it in.

In: a `Booklet`. Out: a worksheet, one page to read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.collect.fields import EVIDENCE, HEADINGS, PROGRESS, REACHED, REASON, SELF, STATE
from planctl.render.measure import wrapped
from planctl.render.sheetml.styles import ALL_SIDES, FONT, Look
from planctl.report.mongolian import date_in_sentence, period_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from xlsxwriter.worksheet import Worksheet

    from planctl.collect.asking import Booklet
    from planctl.portfolio.rubric import Rubric
    from planctl.render.sheetml.styles import Styles

_WIDTHS = (150, 380, 130)
_POINTS = 0.75
_EDGES = 7
_LINE = 1.34
_PADDING = 4.0
_A4 = 9
_DAY, _WITHIN_THE_DAY = "өдөр", "өдрийн дотор"
_MM = 1 / 25.4

_TITLE = Look(size=15, bold=True)
_HEADING = Look(size=11, bold=True)
_TEXT = Look(size=10)
_LABEL = Look(size=10, colour="#555555")
_STRONG = Look(size=10, bold=True)
_CELL = Look(size=10, sides=ALL_SIDES)
_CELL_HEAD = Look(size=10, bold=True, sides=ALL_SIDES, fill="9E9E9E")
_COUNT = Look(size=10, sides=ALL_SIDES, align="center")


def write_cover(  # noqa: PLR0913  # what the cover tells
    page: Worksheet,
    styles: Styles,
    booklet: Booklet,
    names: Sequence[str],
    *,
    until: date | None,
    to: str,
) -> None:
    """Write the cover; `names` are those of the plans' worksheets."""
    cover = _Cover(page, styles)
    cover.across("Хэрэгжилтийн мэдээ авах хүснэгт", _TITLE)
    cover.gap()
    for label, text in _facts(booklet, until, to):
        cover.pair(label, text)
    cover.gap()
    cover.across("Аль хуудсыг бөглөх вэ", _HEADING)
    cover.row(("Хуудас", "Төлөвлөгөө", "Мөрийн тоо"), (_CELL_HEAD, _CELL_HEAD, _CELL_HEAD))
    for name, sheet in zip(names, booklet.sheets, strict=True):
        cover.row((name, sheet.title, str(len(sheet.items))), (_CELL, _CELL, _COUNT))
    cover.gap()
    cover.across("Хэрхэн бөглөх вэ", _HEADING)
    keys = {head.key for sheet in booklet.sheets for head in sheet.heads}
    for number, text in enumerate(_steps(keys), start=1):
        cover.across(f"{number}. {text}", _TEXT)
    for rubric in {sheet.rubric.name: sheet.rubric for sheet in booklet.sheets if sheet.rubric}.values():
        _write_levels(cover, rubric)
    cover.set_up()


def _facts(booklet: Booklet, until: date | None, to: str) -> Iterator[tuple[str, str]]:
    yield "Хэн бөглөх", booklet.name
    yield "Тайлант хугацаа", period_name(booklet.period)
    if until:
        yield "Хэзээ ирүүлэх", f"{date_in_sentence(until).removesuffix(_DAY)}{_WITHIN_THE_DAY}"
    if to or booklet.organisation:
        yield "Хэнд ирүүлэх", to or booklet.organisation


def _steps(keys: set[str]) -> Iterator[str]:
    yield (
        "Зөвхөн шар нүдийг бөглөнө. Бусад нүд түгжээтэй. Төлөвлөгөөний үг, тоо буруу байвал хүснэгтэд засахгүй, "
        "хүснэгтийг ирүүлсэн хүнд мэдэгдэнэ."
    )
    yield (
        f"«{HEADINGS[PROGRESS]}» баганад тайлант хугацаанд юу хийж, ямар үр дүнд хүрснийг тоо баримттай бичнэ. Нүдэнд "
        "шинэ мөр эхлүүлэхийн тулд Excel-д Alt+Enter, LibreOffice-д Ctrl+Enter дарна."
    )
    if REACHED in keys:
        yield (
            f"«{HEADINGS[REACHED]}» баганад шалгуур үзүүлэлт бүрийн хүрсэн түвшнийг тоогоор бичнэ. "
            "Хэмжих нэгжийг бичихгүй."
        )
    if SELF in keys:
        yield f"«{HEADINGS[SELF]}» баганад доорх үнэлгээний аль тохирохыг жагсаалтаас сонгоно, эсвэл тоогоор бичнэ."
        yield (
            f"Үнэлгээ өгөх боломжгүй бол «{HEADINGS[STATE]}» баганаас тохирох төлөвийг сонгож, «{HEADINGS[REASON]}» "
            "баганад шалтгааныг бичнэ. Төлөв сонгосон мөрөнд үнэлгээ өгөхгүй."
        )
    yield (
        f"«{HEADINGS[EVIDENCE]}» баганад нотлох баримт бүрийг нэг мөрөнд бичнэ: холбоос, эсвэл баримтын дугаар, нэр, "
        "огноо."
    )
    yield (
        "Мөр, багана нэмэхгүй, устгахгүй, байрыг нь солихгүй. Бөглөж дууссаны дараа .xlsx эсвэл .ods файл болгон "
        "хадгалаад буцаана."
    )


def _write_levels(cover: _Cover, rubric: Rubric) -> None:
    cover.gap()
    cover.across(f"Үнэлгээ: {rubric.title.mn}", _HEADING)
    cover.row(("Үнэлгээ, хувь", "Түвшин", ""), (_CELL_HEAD, _CELL_HEAD, _CELL_HEAD))
    for level in rubric.levels:
        values = ", ".join(map(str, level.values))
        cover.row((values, level.name.mn, ""), (_COUNT, _CELL, _CELL))


class _Cover:
    """The worksheet, and the next row to write."""

    def __init__(self, page: Worksheet, styles: Styles) -> None:
        self._page = page
        self._styles = styles
        self._row = 0
        for at, width in enumerate(_WIDTHS):
            page.set_column_pixels(at, at, width)

    def across(self, text: str, look: Look) -> None:
        """Write a text over the full width."""
        self._height([(text, look, sum(_WIDTHS))])
        self._page.merge_range(self._row, 0, self._row, len(_WIDTHS) - 1, "", self._styles[look])
        self._page.write_string(self._row, 0, text, self._styles[look])
        self._row += 1

    def pair(self, label: str, text: str) -> None:
        """Write what something is called, and what it is."""
        self._height([(text, _STRONG, sum(_WIDTHS[1:]))])
        self._page.write_string(self._row, 0, label, self._styles[_LABEL])
        self._page.merge_range(self._row, 1, self._row, len(_WIDTHS) - 1, "", self._styles[_STRONG])
        self._page.write_string(self._row, 1, text, self._styles[_STRONG])
        self._row += 1

    def row(self, texts: Sequence[str], looks: Sequence[Look]) -> None:
        """Write a row of a table; an empty last cell belongs to the one before it."""
        cells = list(zip(texts, looks, _WIDTHS, strict=True))
        if not texts[-1]:
            (text, look, width), last = cells[-2], cells[-1]
            cells[-2:] = [(text, look, width + last[2])]
            self._page.merge_range(self._row, 1, self._row, 2, "", self._styles[look])
        self._height(cells)
        for at, (text, look, _width) in enumerate(cells):
            self._page.write_string(self._row, at, text, self._styles[look])
        self._row += 1

    def gap(self) -> None:
        """Leave a row empty."""
        self._page.set_row(self._row, 10)
        self._row += 1

    def set_up(self) -> None:
        """Set paper and protection."""
        self._page.hide_gridlines(2)
        self._page.set_paper(_A4)
        self._page.set_margins(left=20 * _MM, right=10 * _MM, top=15 * _MM, bottom=15 * _MM)
        self._page.fit_to_pages(1, 0)
        self._page.set_footer(f'&C&"{FONT},Regular"&9&P / &N', {"margin": 7 * _MM})
        self._page.protect()

    def _height(self, cells: Sequence[tuple[str, Look, int]]) -> None:
        heights = [_height(text, look, width) for text, look, width in cells]
        self._page.set_row(self._row, max(heights))


def _height(text: str, look: Look, width: int) -> float:
    """Return the points that a text takes in cells of so many pixels."""
    lines = wrapped(text, width=(width - _EDGES) * _POINTS, size=look.size, bold=look.bold)
    return len(lines) * look.size * _LINE + _PADDING
