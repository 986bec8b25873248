"""What an office file is: the paper in it, table by table, and what became of every cell and paragraph.

In: an `OfficeFile`. Out: a `Reading`: the `Paper`, and a `Used` for each text, those that are left over among them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from planctl.forms import FORMS
from planctl.forms.paper import Paper, PaperPassage, PaperTable, SectionLine, Written
from planctl.forms.yearly import is_target
from planctl.importer.body import read_body
from planctl.importer.grids import Grid, grids
from planctl.importer.headings import Wanted
from planctl.importer.office_file import OfficeFile, Paragraph, Table
from planctl.importer.signing import in_order_of_signing, is_end_mark, signatories
from planctl.importer.surroundings import (
    TITLE_WORDS,
    Surroundings,
    Text,
    period_in,
    read_above,
    read_between,
    says_whole_year,
)
from planctl.importer.uses import Use, Used
from planctl.importer.whole_texts import WholeTexts
from planctl.place import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planctl.diagnostics import Diagnostic
    from planctl.importer.headings import Match
    from planctl.importer.office_file import Row
    from planctl.place import Place

_BY_TITLE = 0.12
"""By so much likelier a form is whose titles say what the paper's says."""
_OF_YEARS_UNSAID = 0.25
"""By so much less likely a form for several years is, where neither the title nor the targets say so."""
_FIRST_TABLE = 0
_YEARS_OF_NAME = re.compile(r"(?<!\d)(?:19|20)\d\d\s*[-–—]\s*(?:19|20)\d\d(?!\d)")
_CONTINUED = re.compile(r"\W*үргэлжлэл\w*\W*", re.IGNORECASE)
_NEW_SHEET = re.compile(r"|(?:sheet|лист|хуудас|хүснэгт|table)\s*\d*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a file: its paper, None where nothing is known, and what became of every text."""

    file: OfficeFile
    paper: Paper | None
    used: tuple[Used, ...]
    remarks: tuple[Diagnostic, ...] = ()

    @property
    def remarks_of_file(self) -> tuple[Diagnostic, ...]:
        """What is to be said of the file and of how it was read."""
        return (*self.file.remarks, *self.remarks)

    @property
    def left(self) -> tuple[Used, ...]:
        """The texts that nobody knew what to do with."""
        return tuple(one for one in self.used if one.use is Use.LEFT)


@dataclass(slots=True)
class _Piece:
    """A grid, or a table that goes on with the one before, with the texts that stand above it."""

    texts: list[Text]
    grid: Grid
    sheet: Table
    between: list[Text] = field(default_factory=list)


@dataclass(slots=True)
class _Making:
    """A paper in the making."""

    form: str
    records: WholeTexts
    tables: list[PaperTable] = field(default_factory=list)
    is_report: bool = False
    around: Surroundings = field(default_factory=Surroundings)
    below: list[Text] = field(default_factory=list)
    baseline_year: str = ""
    sheets: list[str] = field(default_factory=list)


def recognised(file: OfficeFile, wanted: Wanted | None = None) -> Reading:
    """Return the paper of a file; a text that belongs to it in no way is left over, and said to be."""
    wanted = wanted or Wanted()
    forms = wanted.forms
    pieces, loose = _pieces(file, wanted)
    used: list[Used] = []
    remarks: list[Diagnostic] = []
    form = _form_of(pieces, loose, forms)
    if form is None:
        alone = _paper_of_texts(file, loose, forms, used)
        return Reading(file, alone, _complete(file, used), tuple(remarks))
    making = _Making(form, WholeTexts(_texts_of_records(pieces)))
    for at, piece in enumerate(pieces):
        if piece.grid.is_of_records and len(pieces) > 1:
            used.extend(_all_as(Use.RECORDS, piece))
        else:
            remarks.extend(_take(making, piece, at, file, used))
    making.below.extend(loose)
    paper = _paper(making, file, used)
    return Reading(file, paper, _complete(file, used), tuple(remarks))


# The pieces of a file


def _pieces(file: OfficeFile, wanted: Wanted) -> tuple[list[_Piece], list[Text]]:
    """Return the tables that have headings, each with the texts above it, and the texts below the last one."""
    pieces: list[_Piece] = []
    texts: list[Text] = []
    for block in file.blocks:
        if isinstance(block, Paragraph):
            if block.text.strip() and not block.place.part:
                texts.append(_text(block))
            continue
        found = grids(block, wanted)
        if len(found) == 1 and _is_same_again(pieces, found[0], texts, block):
            _lengthen(pieces[-1], found[0], texts)
            texts = []
        elif found:
            for grid in found:
                pieces.append(_Piece([*texts, *_texts_of_rows(grid.above)], grid, block))
                texts = []
        elif (going_on := _goes_on(pieces, block)) is not None:
            if texts:
                pieces.append(_Piece(texts, going_on, block))
            else:
                _lengthen(pieces[-1], going_on)
            texts = []
        else:
            texts.extend(_texts_of_rows(block.rows))
    return pieces, texts


def _is_same_again(pieces: Sequence[_Piece], grid: Grid, texts: Sequence[Text], table: Table) -> bool:
    """Tell whether a table is the one before, that its author or a converter has parted: the same headings again."""
    if not pieces or table.name or not all(_CONTINUED.fullmatch(text.text) for text in texts):
        return False
    return [one.heading for one in pieces[-1].grid.slots] == [one.heading for one in grid.slots]


def _lengthen(piece: _Piece, more: Grid, texts: Sequence[Text] = ()) -> None:
    """Add the rows of a table to the one that it goes on with."""
    piece.grid = replace(piece.grid, body=(*piece.grid.body, *more.above, *more.heading, *more.body))
    piece.between.extend(texts)


def _goes_on(pieces: Sequence[_Piece], table: Table) -> Grid | None:
    """Return a table without headings as one more part of the table before, where it has as many columns."""
    if not pieces or len(table.rows) < 1 or table.columns < 3:  # noqa: PLR2004 -- signatures stand in such
        return None
    before = pieces[-1].grid
    return (
        replace(before, table=table, above=(), heading=(), body=table.rows)
        if before.table.columns == table.columns
        else None
    )


def _texts_of_rows(rows: Iterable[Row]) -> list[Text]:
    return [
        Text(cell.text, cell.place, cell.alignment, is_bold=cell.is_bold)
        for row in rows
        for cell in row.cells
        if cell.text.strip()
    ]


def _text(block: Paragraph) -> Text:
    return Text(block.text, block.place, block.alignment, is_bold=block.is_bold, level=block.level, style=block.style)


def _form_of(pieces: Sequence[_Piece], loose: Sequence[Text], forms: tuple[str, ...]) -> str | None:
    """Return the form that the tables of a file fit best together; a form's first table has to be among them."""
    words = " ".join(text.text for piece in pieces for text in piece.texts)[:2000] or " ".join(
        text.text for text in loose[:10]
    )
    scores: dict[str, float] = {}
    for form in forms:
        best = [max((fit.score for fit in piece.grid.fits if fit.form == form), default=0.0) for piece in pieces]
        has_first = any(
            fit.form == form and fit.layout == _FIRST_TABLE and fit.score for piece in pieces for fit in piece.grid.fits
        )
        said = _says(form, words)
        if any(best) and (has_first or said):
            years = any(map(is_target, (key for piece in pieces for fit in piece.grid.fits[:1] for key in fit.keys)))
            bonus = _BY_TITLE if said else -_OF_YEARS_UNSAID if FORMS[form].layouts is not None and not years else 0.0
            scores[form] = sum(best) + bonus
    if not scores:
        return None
    return max(scores, key=lambda form: scores[form])


def _says(form: str, words: str) -> bool:
    titles = FORMS[form].titles
    return bool(titles) and bool(re.search(titles, words, re.IGNORECASE | re.DOTALL))


# A paper


def _take(making: _Making, piece: _Piece, at: int, file: OfficeFile, used: list[Used]) -> Iterator[Diagnostic]:
    """Read one piece into the paper, and yield what is to be said of it."""
    match = _match(making, piece)
    if match is None:
        used.extend(_all_as(Use.LEFT, piece))
        return
    title = _above(making, piece, at, used)
    used.extend(Used(text.place, text.text, Use.PAGE) for text in piece.between)
    body = read_body(piece.grid, match, file.name, file.anchors, making.records)
    used.extend(body.used)
    yield from body.remarks
    making.is_report |= match.is_report
    making.baseline_year = making.baseline_year or match.baseline_year
    making.sheets.append(piece.sheet.name)
    making.tables.append(PaperTable(match.layout, tuple(body.lines), title, tuple(filter(None, match.keys))))
    making.below.extend(_texts_of_rows(body.after))


def _texts_of_records(pieces: Iterable[_Piece]) -> Iterator[str]:
    """Yield the texts in planctl's own sheet of records."""
    yield from (cell.text for piece in pieces if piece.grid.is_of_records for cell in piece.sheet.cells())


def _match(making: _Making, piece: _Piece) -> Match | None:
    """Return the layout of the form that a piece fits best; the same headings again are the same layout."""
    return next((fit for fit in piece.grid.fits if fit.form == making.form), None)


def _above(making: _Making, piece: _Piece, at: int, used: list[Used]) -> Written | None:
    """Read what stands above a table: the head of the paper over the first, a title over a further one."""
    if at == 0 or (not making.tables and not making.around.title):
        making.around = read_above(piece.texts)
        used.extend(making.around.used)
        return None
    title, around = read_between(piece.texts)
    used.extend(around.used)
    making.around.passages.extend(around.passages)
    return title


def _all_as(use: Use, piece: _Piece) -> Iterator[Used]:
    """Yield every text of a piece as one use."""
    yield from (Used(text.place, text.text, use) for text in piece.texts)
    for row in (*piece.grid.heading, *piece.grid.body):
        yield from (Used(cell.place, cell.text, use) for cell in row.cells if cell.text.strip())


def _paper(making: _Making, file: OfficeFile, used: list[Used]) -> Paper:
    _name_parts(making)
    below = in_order_of_signing(making.below)
    lines = [Written(text.text, text.place) for text in below if not is_end_mark(text.text)]
    signed, rest = signatories(lines, is_own=bool(file.anchors or making.records))
    others = {one.place for one in rest}
    for text in making.below:
        use = Use.PAGE if is_end_mark(text.text) else Use.PASSAGE if text.place in others else Use.SIGNATURE
        used.append(Used(text.place, text.text, use))
    around = making.around
    passages = [*around.passages, *(PaperPassage(Written("", one.place), one) for one in rest)]
    period = _exact_period(around.period, around.whole_title, file)
    return Paper(
        form=making.form,
        kind="report" if making.is_report else "plan",
        tables=tuple(making.tables),
        title=around.whole_title or _title_of_name(file),
        date=around.date,
        place=around.place,
        period=period,
        year=around.year or (Written(period.text[:4], period.place) if period else None),
        baseline_year=Written(making.baseline_year) if making.baseline_year else None,
        organisation=around.organisation,
        reference=around.whole_reference,
        signatories=signed,
        passages=tuple(passages),
    )


def _name_parts(making: _Making) -> None:
    """Put the titles of tables of one layout over their rows as section rows: a table for each sector.

    Worksheets without such titles are named by their tabs, where these differ from those of new books.
    """
    alike = [at for at, table in enumerate(making.tables) if table.layout == making.tables[0].layout]
    if len(alike) < 2 or making.records:  # noqa: PLR2004 -- one table has no others beside it
        return
    of_first = making.around.passages[-1:]
    if of_first and not of_first[0].text.text and making.tables[0].title is None:
        making.tables[0] = replace(making.tables[0], title=of_first[0].title)
        making.around.passages.pop()
    whole = " ".join(str(making.around.whole_title or "").split())
    names = [making.sheets[at] for at in alike]
    has_names = len(set(names)) == len(names) and not any(map(_NEW_SHEET.fullmatch, names))
    for at in alike:
        table = making.tables[at]
        title = table.title if table.title and table.title.text != whole else None
        if title is None and has_names:
            title = Written(making.sheets[at], table.title.place if table.title else NOWHERE)
        if title is not None:
            inside = (replace(one, level=one.level + 1) if isinstance(one, SectionLine) else one for one in table.lines)
            making.tables[at] = replace(table, title=None, lines=(SectionLine(title), *inside))


def _period_of_name(file: OfficeFile) -> Written | None:
    """Return the period that the file's name says, where the paper itself says none."""
    period = period_in(_words_of_name(file))
    return Written(period) if period else None


def _exact_period(said: Written | None, title: Written | None, file: OfficeFile) -> Written | None:
    """Return the period of the paper; of a bare year the file's name may tell more, where it names that year too."""
    if said is None:
        return _period_of_name(file)
    named = period_in(_words_of_name(file))
    is_bare = len(said.text) == len("2024") and not says_whole_year(title.text if title else "")
    return Written(named, said.place) if is_bare and named.startswith(said.text) else said


def _words_of_name(file: OfficeFile) -> str:
    stem, _dot, _ending = file.name.rpartition("/")[2].rpartition(".")
    return re.sub(r"[_.]+", " ", stem)


def _title_of_name(file: OfficeFile) -> Written | None:
    """Return the name of a file as the title of a paper that has none, where it reads like one."""
    words = _words_of_name(file)
    return Written(words) if TITLE_WORDS.search(words) else None


def _paper_of_texts(file: OfficeFile, texts: Sequence[Text], forms: tuple[str, ...], used: list[Used]) -> Paper | None:
    """Return a programme that is all text: chapters with numbered objectives and measures."""
    words = " ".join(text.text for text in texts[:30])
    if "programme" not in forms or not _says("programme", words):
        return None
    around = read_above(texts)
    if not any(re.search(r"(?m)^\W*\d+\.\d+", passage.text.text) for passage in around.passages):
        return None
    used.extend(around.used)
    named = _YEARS_OF_NAME.search(_words_of_name(file))
    if named and not _YEARS_OF_NAME.search(f"{around.whole_title} {words}"):
        around.title.append(Written(f"({named[0]} он)"))
    return Paper(
        form="programme",
        kind="plan",
        tables=(),
        title=around.whole_title,
        date=around.date,
        place=around.place,
        year=around.year,
        organisation=around.organisation,
        reference=around.whole_reference,
        passages=tuple(around.passages),
    )


# What became of it all


def _complete(file: OfficeFile, used: Iterable[Used]) -> tuple[Used, ...]:
    """Return what became of each text of the file, in its order; one that nobody used is left over."""
    by_place: dict[Place, Used] = {}
    for one in used:
        by_place.setdefault(one.place, one)
    rest = (Use.PAGE, Use.LEFT)
    return tuple(by_place.get(place, Used(place, text, rest[not place.part])) for place, text in _texts(file))


def _texts(file: OfficeFile) -> Iterator[tuple[Place, str]]:
    for block in file.blocks:
        if isinstance(block, Paragraph):
            if block.text.strip():
                yield block.place, block.text
        else:
            yield from ((cell.place, cell.text) for cell in block.cells() if cell.text.strip())
