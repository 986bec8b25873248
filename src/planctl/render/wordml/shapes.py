"""What the tidying makes of a paragraph or of a row's frame, found out once for all that differ in their texts alone.

In: paragraphs and rows as the tags left them, their texts apart. Out: the same ones tidied, by the functions that tidy
whole trees, with places for the texts to come.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from planctl.render.wordml.cutting import NotStreamableError
from planctl.render.wordml.lists import count_in, mark_of
from planctl.render.wordml.paging import USUAL_SIZE, keep_whole, keep_with_next, resize, room
from planctl.render.wordml.tables import (
    asked,
    columns_of,
    continues,
    fit_row,
    fitting_widths,
    set_grid,
    set_merge,
    span_of,
    width_of,
    widths_of,
)
from planctl.render.wordml.text import lines
from planctl.render.wordml.tidying import Ids, complete, lift_bookmarks, tidy_texts
from planctl.render.wordml.xml import (
    LIST_ITEM,
    LIST_START,
    MARKS,
    PPR,
    SHORT_ROWS_WHOLE,
    SIZE,
    TBL,
    TR,
    TRPR,
    WIDTHS,
    P,
    T,
    W,
    parsed,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planctl.render.wordml.lists import Numbering
    from planctl.render.wordml.xml import Element

# More noncharacters: the place of a text in what was tidied.
_OPEN, _CLOSE = "\ufdd8", "\ufdd9"
_PLACE = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_CUT = "<w:cut/>"

_BOOKMARK, _BOOKMARK_END = '<w:bookmarkStart w:id="-1" w:name="', '"/><w:bookmarkEnd w:id="-1"/>'
_WORD = re.compile(r"\w+")
_NAME = "\ufdda"
"""The place of a bookmark in a shape."""

_PRESERVING = ' xml:space="preserve"'
_LIST_MARKS = f"{LIST_START}{LIST_ITEM}"
_OPENINGS = ("<w:t", f"<w:t{_PRESERVING}")
_SPECIAL = re.compile("[\n\t&\ufdd0-\ufdef\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
_NOT_XML = re.compile("[>\ufdd7-\ufdef\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]|&(?!(?:amp|lt|gt|#34|#39);)")
_BREAKS = re.compile("([\n\t])")
_PARAGRAPH = re.compile("<w:p[ >]")
_FRAMED = re.compile(f"<w:p><w:r><w:t>{_OPEN}(\\d+){_CLOSE}</w:t></w:r></w:p>")
_ODD = re.compile(
    r"<!|<\?|<w:(?:tbl[ >]|sdt|customXml|smartTag|bookmark|instrText|fldChar|fldSimple|drawing|pict|object|txbxContent)"
    "|docPr|AlternateContent|[\ufdd8\ufdd9\ufddb-\ufdef]"
)
_MOST_SHAPES, _MOST_ROWS = 1000, 300
_EMPTY = (("",), ())

Key = tuple[str, ...]
"""What is the same in paragraphs or rows of one shape: constant strings, and between them the classes of texts."""


class Layout(NamedTuple):
    """What a table's tags and widest row ask of each row: the grid, new widths if any, the size of letters."""

    columns: int
    grid: tuple[int, ...]
    widths: tuple[int, ...] = ()
    points: str = ""
    shares: str = ""
    short_rows_whole: bool = False

    @property
    def size(self) -> float:
        """Return the size of the letters in points."""
        return float(self.points) if self.points else USUAL_SIZE


class Look(NamedTuple):
    """How a paragraph is to come out: the names of its bookmarks that are `fresh`, the size, and what it belongs to."""

    fresh: tuple[bool, ...]
    points: str = ""
    is_counted: bool = False
    is_kept: bool = False
    is_emptied: bool = False


Pieces = tuple[tuple[str, ...], tuple[int, ...]]
"""Constant strings, and the numbers of the texts between them."""


def put_together(pieces: Pieces, texts: Sequence[str]) -> str:
    """Return constant strings with texts between them."""
    constants, places = pieces
    if not places:
        return constants[0]
    if len(places) == 1:
        return f"{constants[0]}{texts[places[0]]}{constants[1]}"
    found = [""] * (len(constants) + len(places))
    found[::2] = constants
    found[1::2] = [texts[place] for place in places]
    return "".join(found)


def _parted(text: str) -> Pieces:
    parts = _PLACE.split(text)
    return tuple(parts[::2]), tuple(map(int, parts[1::2]))


@dataclass(frozen=True, slots=True)
class TidyParagraph:
    """A paragraph with places for texts, and the lines that it shows."""

    xml: Pieces
    shown: tuple[Pieces, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """Paragraphs that differ in their texts alone: what marks ask for, and how they come out."""

    source: str
    texts: int
    names: int
    mark: str
    counted: tuple[str, int] | None
    marks: frozenset[str]
    shares: str
    points: str
    raw: Pieces
    done: dict[Look, TidyParagraph] = field(default_factory=dict)


class Shapes:
    """The shapes of one template's paragraphs and rows, kept from sheet to sheet."""

    def __init__(self, before: str, behind: str, numbering: Numbering | None) -> None:
        self._before, self._behind = before, behind
        self._numbering = numbering
        self._paragraphs: dict[Key, Shape] = {}
        self._frames: dict[tuple[str, ...], Frame] = {}
        self._rows: dict[Key, RowShape] = {}

    def around(self) -> tuple[str, str]:
        """Return what stands in front of the body's content and behind it."""
        root = parsed(f"{self._before}{_CUT}{self._behind}".encode())
        before, behind = etree.tostring(root, encoding="unicode").split(_CUT)
        return before, behind

    def within(self, xml: str) -> Element:
        """Return the tree of the document with nothing but that in its body."""
        return parsed(f"{self._before}{xml}{self._behind}".encode())

    def cut_out(self, root: Element) -> str:
        """Return what stands in the body of such a tree."""
        body = root.find(f"{W}body")
        body.append(etree.Element(f"{W}cut"))
        body.insert(0, etree.Element(f"{W}cut"))
        return str(etree.tostring(root, encoding="unicode").split(_CUT)[1])

    # Paragraphs

    def paragraph(self, key: Key) -> Shape:
        """Return the shape of a paragraph, given as `texts_apart` gives it."""
        found = self._paragraphs.get(key)
        if found is None:
            if len(self._paragraphs) >= _MOST_SHAPES:
                self._paragraphs.clear()
            found = self._paragraphs[key] = self._shape(key)
        return found

    def _shape(self, key: Key) -> Shape:
        if any(map(_ODD.search, key[::2])):
            raise NotStreamableError("a paragraph in a table holds more than text")
        texts = sum(class_.count(_OPEN) for class_ in key[1::2])
        xml = "".join(f">{piece}</w:t>" if at % 2 else piece for at, piece in enumerate(key)) + "</w:p>"
        names = xml.count(_NAME)
        texts_at, names_at = count(), count(texts)
        xml = re.sub(_OPEN, lambda _: f"{_OPEN}{next(texts_at)}{_CLOSE}", xml)
        xml = re.sub(_NAME, lambda _: _bookmark(f"{_OPEN}{next(names_at)}{_CLOSE}"), xml)
        paragraph = self._only(self.within(xml), P)
        mark = mark_of(paragraph)
        counted = self._numbering.of(paragraph) if mark and self._numbering else None
        marks = frozenset(letter for text in paragraph.iter(T) for letter in text.text or "") & MARKS
        shares, points = asked(paragraph, WIDTHS), asked(paragraph, SIZE)
        raw = _parted("".join(text.text or "" for text in paragraph.iter(T)))
        return Shape(xml, texts, names, mark, counted, marks, shares, points, raw)

    def tidy_paragraph(self, shape: Shape, look: Look) -> TidyParagraph:
        """Return a paragraph as it comes out: its texts, names, ids and the number of its list are its places."""
        found = shape.done.get(look)
        if found is None:
            found = shape.done[look] = self._tidy_paragraph(shape, look)
        return found

    def _tidy_paragraph(self, shape: Shape, look: Look) -> TidyParagraph:
        root = self.within(shape.source)
        paragraph = self._only(root, P)
        fresh = sum(look.fresh)
        number = f"{_OPEN}{shape.texts + shape.names + fresh}{_CLOSE}"
        if look.is_counted and shape.counted:
            count_in(paragraph, number, level=shape.counted[1])
        if look.is_emptied:
            for child in [child for child in paragraph if child.tag != PPR]:
                paragraph.remove(child)
        lift_bookmarks(root)
        for mark in (WIDTHS, SIZE):
            asked(paragraph, mark)
        if look.points:
            resize(root, look.points)
        if look.is_kept:
            keep_with_next(root)
        tidy_texts(root)
        names = [f"{_OPEN}{shape.texts + at}{_CLOSE}" for at in range(shape.names)]
        ids = (f"{_OPEN}{shape.texts + shape.names + at}{_CLOSE}" for at in range(fresh))
        Ids((name for name, is_fresh in zip(names, look.fresh, strict=True) if not is_fresh), ids).number(root)
        shown = tuple(map(_parted, lines(paragraph)[1:]))
        return TidyParagraph(_parted(self.cut_out(root)), shown)

    def _only(self, root: Element, tag: str) -> Element:
        body = root.find(f"{W}body")
        if len(body) != 1 or body[0].tag != tag:
            raise NotStreamableError("a paragraph is not whole")
        return body[0]

    # Rows

    def row(self, key: Key, row: str) -> RowShape:
        """Return the shape of a row, given whole and as `texts_apart` gives it."""
        found = self._rows.get(key)
        if found is None:
            if len(self._rows) >= _MOST_ROWS:
                self._rows.clear()
            found = self._rows[key] = self._row_shape(row)
        return found

    def _row_shape(self, row: str) -> RowShape:
        constants, paragraphs = split_row(row)
        texts = names = 0
        runs: list[tuple[Placed, ...]] = []
        for run in paragraphs:
            placed = []
            for paragraph in run:
                shape = self.paragraph(texts_apart(paragraph)[0])
                placed.append(Placed(shape, texts, names))
                texts, names = texts + shape.texts, names + shape.names
            runs.append(tuple(placed))
        return RowShape(self.frame(constants), tuple(runs), texts, names)

    def tidy_row(self, row: RowShape, look: RowLook) -> TidyRow:
        """Return a row as it comes out; its texts, its bookmarks' names and ids and its lists' numbers have places."""
        found = row.done.get(look)
        if found is None:
            found = row.done[look] = self._tidy_row(row, look)
        return found

    def _tidy_row(self, row: RowShape, look: RowLook) -> TidyRow:
        form = look.form
        frame = self.tidy_frame(row.frame, look.layout, form, is_whole=look.is_whole)
        constants, places, shown = [frame[0]], list[int](), list[Pieces]()
        ids, numbers = row.texts + row.names, row.texts + row.names + sum(look.fresh)
        for at, run in enumerate(row.runs):
            is_emptied = at in form.emptied
            for number, (shape, text, name) in enumerate(run):
                fresh = look.fresh[name : name + shape.names]
                is_counted = shape.counted is not None
                own = [*range(text, text + shape.texts), *range(row.texts + name, row.texts + name + shape.names)]
                own += [*range(ids, ids + sum(fresh)), *[numbers] * is_counted]
                ids, numbers = ids + sum(fresh), numbers + is_counted
                if is_emptied and number:
                    continue
                tidied = self.tidy_paragraph(
                    shape, Look(fresh, look.layout.points, is_counted, look.is_kept, is_emptied)
                )
                shown += [(line, tuple(own[place] for place in filled)) for line, filled in tidied.shown]
                (first, *others), filled = tidied.xml
                constants[-1] += first
                constants += others
                places += [own[place] for place in filled]
            constants[-1] += frame[at + 1]
        return TidyRow((tuple(constants), tuple(places)), tuple(line for line in shown if line != _EMPTY))

    def frame(self, constants: tuple[str, ...]) -> Frame:
        """Return a row's frame, given as what stands around the paragraphs in its cells."""
        found = self._frames.get(constants)
        if found is None:
            if len(self._frames) >= _MOST_SHAPES:
                self._frames.clear()
            found = self._frames[constants] = self._frame(constants)
        return found

    def _frame(self, constants: tuple[str, ...]) -> Frame:
        if any(_ODD.search(constant) for constant in constants):
            raise NotStreamableError("a row holds more than cells of paragraphs")
        pieces = [constants[0]]
        for at, constant in enumerate(constants[1:]):
            pieces.append(f"<w:p><w:r><w:t>{_OPEN}{at}{_CLOSE}</w:t></w:r></w:p>{constant}")
        source = f"<w:tbl>{''.join(pieces)}</w:tbl>"
        row = self._row(self.within(source))
        cells = []
        for at, cell in columns_of(row):
            runs = [int(place) for text in cell.iter(T) for place in _PLACE.findall(text.text or "")]
            if len(runs) > 1:
                raise NotStreamableError("a cell holds more than paragraphs")
            cells.append(CellFrame(at, span_of(cell), continues(cell), runs[0] if runs else None))
        is_heading = row.find(f"{TRPR}/{W}tblHeader") is not None
        spans = {cell.at: cell.span for cell in cells}
        return Frame(source, tuple(cells), width_of(row), is_heading, spans, tuple(filter(_goes_on, cells)))

    def _row(self, root: Element) -> Element:
        table = self._only(root, TBL)
        if len(table) != 1 or table[0].tag != TR:
            raise NotStreamableError("a row is not whole")
        return table[0]

    def tidy_frame(self, frame: Frame, layout: Layout, form: Form, *, is_whole: bool) -> tuple[str, ...]:
        """Return what stands around the paragraphs of a row that has a form in a table of that layout."""
        found = form.done.get(is_whole)
        if found is None:
            found = form.done[is_whole] = self._tidy_frame(frame, layout, form.merges, is_whole=is_whole)
        return found

    def _tidy_frame(
        self, frame: Frame, layout: Layout, merges: tuple[str | None, ...], *, is_whole: bool
    ) -> tuple[str, ...]:
        root = self.within(frame.source)
        row = self._row(root)
        cells = [cell for _, cell in columns_of(row)]
        for cell, merge in zip(cells, merges, strict=True):
            set_merge(cell, merge)
        fit_row(row, layout.columns, layout.widths)
        if is_whole:
            keep_whole(row)
        for cell in cells:
            complete(cell)
        parts = _FRAMED.split(self.cut_out(root).removeprefix("<w:tbl>").removesuffix("</w:tbl>"))
        if parts[1::2] != [str(at) for at in range(len(parts) // 2)]:
            raise NotStreamableError("a row's paragraphs have lost their order")
        return tuple(parts[::2])

    # Tables

    def grid(self, head: str) -> tuple[int, ...]:
        """Return the widths of the columns that a table begins with."""
        if _ODD.search(head.removeprefix("<w:tbl")):
            raise NotStreamableError("a table begins with more than its grid")
        table = self._only(self.within(f"{head}</w:tbl>"), TBL)
        grid = table.find(f"{W}tblGrid")
        if grid is None:
            raise NotStreamableError("a table has no grid")
        return widths_of(grid)

    def tidy_head(self, head: str, layout: Layout) -> str:
        """Return what stands in front of a table's rows."""
        root = self.within(f"{head}</w:tbl>")
        if layout.widths:
            set_grid(root.find(f"{W}body/{TBL}/{W}tblGrid"), layout.widths)
        return self.cut_out(root).removesuffix("</w:tbl>")


@dataclass(frozen=True, slots=True)
class CellFrame:
    """A cell without its paragraphs: where it begins in the grid, how wide it is, whether it goes on a merge.

    `run` is which of the row's runs of paragraphs stands in it.
    """

    at: int
    span: int
    continues: bool
    run: int | None


def _goes_on(cell: CellFrame) -> bool:
    return cell.continues


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """How a row's cells are merged with their neighbours, and which of its runs are `emptied` by that.

    `open_cells` are the runs that no merge stretches, each with the points that it has for text.
    """

    merges: tuple[str | None, ...]
    emptied: frozenset[int]
    open_cells: tuple[tuple[int, float], ...]
    done: dict[bool, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Frame:
    """A row without the paragraphs in its cells, and its forms."""

    source: str
    cells: tuple[CellFrame, ...]
    width: int
    is_heading: bool
    spans: Mapping[int, int]
    continuing: tuple[CellFrame, ...]
    forms: dict[tuple[Layout, frozenset[int], frozenset[int]], Form] = field(default_factory=dict)

    def form(self, layout: Layout, merged: frozenset[int], below: frozenset[int]) -> Form:
        """Return the form that a row has between its neighbours.

        They are given by the columns in which it goes on a merge, and those in which it begins one.
        """
        key = (layout, merged, below)
        found = self.forms.get(key)
        if found is None:
            found = self.forms[key] = self._form(layout, merged, below)
        return found

    def _form(self, layout: Layout, merged: frozenset[int], below: frozenset[int]) -> Form:
        # A lone cell takes all that its row lacks.
        missing = layout.columns - self.width if len(self.cells) == 1 else 0
        merges = tuple(
            "continue" if cell.at in merged else "restart" if cell.at in below else None for cell in self.cells
        )
        return Form(
            merges,
            frozenset(cell.run for cell in self.cells if cell.at in merged and cell.run is not None),
            tuple(
                (cell.run, room(layout.grid, cell.at, cell.span + missing))
                for cell, merge in zip(self.cells, merges, strict=True)
                if merge is None and cell.run is not None
            ),
        )


class Placed(NamedTuple):
    """A paragraph of a row, and the numbers that its first text and its first bookmark have in the row."""

    shape: Shape
    text: int
    name: int


class RowLook(NamedTuple):
    """How a row is to come out: `fresh` are those of its bookmarks that are new, `is_kept` ties it to what follows."""

    layout: Layout
    form: Form
    is_whole: bool
    is_kept: bool
    fresh: tuple[bool, ...]


class TidyRow(NamedTuple):
    """A row with places, and the lines that it shows."""

    xml: Pieces
    shown: tuple[Pieces, ...]


@dataclass(slots=True)
class RowShape:
    """Rows that differ in their texts alone: the frame, and the paragraphs in each cell.

    `asking` are the paragraphs that carry marks; `listed` those that count, by their run.
    """

    frame: Frame
    runs: tuple[tuple[Placed, ...], ...]
    texts: int
    names: int
    raws: tuple[tuple[Pieces, ...], ...] = ()
    has_marks: bool = False
    listed: tuple[tuple[int, Shape], ...] = ()
    done: dict[RowLook, TidyRow] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.raws = tuple(tuple(_shifted(one.shape.raw, one.text) for one in run) for run in self.runs)
        self.has_marks = any(one.shape.marks for run in self.runs for one in run)
        self.listed = tuple((at, one.shape) for at, run in enumerate(self.runs) for one in run if one.shape.mark)


def _shifted(pieces: Pieces, by: int) -> Pieces:
    constants, places = pieces
    return constants, tuple(place + by for place in places)


def laid_out(grid: tuple[int, ...], columns: int, asked_for: Sequence[Shape]) -> Layout:
    """Return the layout of a table whose widest row has so many columns, of the paragraphs that its first rows show."""
    shares = points = ""
    for shape in asked_for:
        shares = shape.shares if WIDTHS in shape.marks else shares
        points = shape.points if SIZE in shape.marks else points
    widths = fitting_widths(grid, columns, shares)
    short = any(SHORT_ROWS_WHOLE in shape.marks for shape in asked_for)
    return Layout(columns, widths or grid, widths, points, shares, short)


# Texts


def texts_apart(xml: str) -> tuple[Key, list[str], list[str]]:
    """Return a row, or a paragraph without its closing tag, parted into its shape's key, its texts and its names."""
    *pieces, last = xml.split("</w:t>")
    names: list[str] = []
    if _BOOKMARK in xml:
        pieces = [_names_apart(piece, names) for piece in pieces]
        last = _names_apart(last, names)
    key: list[str] = []
    texts: list[str] = []
    for piece in pieces:
        constant, _, text = piece.rpartition(">")
        if not constant.endswith(_OPENINGS):
            _check_opening(constant)
        if not text:
            class_ = ""
        elif (text.isprintable() and "&" not in text) or _SPECIAL.search(text) is None:
            if text != text.strip():
                constant = _preserving(constant)
            class_ = _OPEN
            texts.append(text)
        else:
            class_ = _apart(text, texts)
            if _outer_space(text) and not _BREAKS.search(class_):
                constant = _preserving(constant)
        key += (constant, class_)
    key.append(last)
    return tuple(key), texts, names


def _names_apart(piece: str, names: list[str]) -> str:
    """Return a piece with places for the names of its items' bookmarks, and add the names to the others."""
    if _BOOKMARK not in piece:
        return piece
    before, *others = piece.split(_BOOKMARK)
    for other in others:
        name, _, behind = other.partition(_BOOKMARK_END)
        if not _WORD.fullmatch(name):
            raise NotStreamableError("a bookmark of an item holds something")
        names.append(name)
        before += _NAME + behind
    return before


def _apart(text: str, texts: list[str]) -> str:
    """Return the class of a text that holds more than letters: breaks and marks belong to the shape."""
    if _NOT_XML.search(text):
        raise NotStreamableError("a text is not a text of XML")
    mark = text[0] if text[0] in {LIST_START, LIST_ITEM} else ""
    value = text[len(mark) :].replace("&#34;", '"').replace("&#39;", "'")
    if not MARKS.isdisjoint(value):
        return text
    pieces = _BREAKS.split(value)
    texts.extend(piece for piece in pieces[::2] if piece)
    pieces[::2] = [_OPEN if piece else "" for piece in pieces[::2]]
    return mark + "".join(pieces)


def _preserving(opening: str) -> str:
    """Return what stands in front of a text with the tag's sign that the text's outer spaces count."""
    tag = _check_opening(opening)
    if _PRESERVING in tag:
        return opening
    if "xml:space" in tag:
        raise NotStreamableError("a text does not keep its spaces")
    return opening + _PRESERVING


def _check_opening(opening: str) -> str:
    """Return the tag that opens a text."""
    tag = opening[opening.rfind("<") :]
    if tag != "<w:t" and not tag.startswith("<w:t "):
        raise NotStreamableError("a text holds more than letters")
    return tag


def _outer_space(text: str) -> bool:
    value = text.lstrip(_LIST_MARKS)
    return value[:1].isspace() or value[-1:].isspace()


def _bookmark(name: str) -> str:
    return f"{_BOOKMARK}{name}{_BOOKMARK_END}"


def unescaped(text: str) -> str:
    """Return a text as a reader sees it."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def split_row(row: str) -> tuple[tuple[str, ...], list[list[str]]]:
    """Return what stands around the paragraphs of a row, and the paragraphs of each cell without their closing tags."""
    constants: list[str] = []
    runs: list[list[str]] = []
    *pieces, last = row.split("</w:p>")
    for piece in pieces:
        if runs and piece.startswith(("<w:p>", "<w:p ")):
            runs[-1].append(piece)
            continue
        found = _PARAGRAPH.search(piece)
        if found is None:
            raise NotStreamableError("a paragraph has no beginning")
        constants.append(piece[: found.start()])
        runs.append([piece[found.start() :]])
    return (*constants, last), runs
