"""A sheet as the office's own paper: what its readers have before them, in the words of `forms.paper`.

In: a `Sheet` of a plan. Out: a `Paper` whose every line has the address of its item, and each of its texts a place of
its own; what comes back from those who worked on the sheet is held against it.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from planctl.forms.paper import Line, Paper, PaperPassage, PaperTable, SectionLine, SignatoryLine, Written
from planctl.place import Place
from planctl.report.notation import written_text
from planctl.report.sheet import Cell, Group

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping
    from datetime import date
    from typing import Literal

    from planctl.forms.form import Form
    from planctl.report.sheet import Records, Sheet, Table


def as_paper(  # noqa: PLR0913  # what stands in the tables, and what over them
    form: Form,
    kind: Literal["report", "plan"],
    sheet: Sheet,
    *,
    period: str,
    day: date | None,
    further: frozenset[str] = frozenset(),
) -> Paper:
    """Return what a sheet says as a paper; `day` is the date that stands over it, `period` what it reports on.

    `further` are columns that an office's own template may show beside those of the form.
    """
    names = [layout.name for layout in form.tables]
    places = _Places()
    return Paper(
        form=form.name,
        kind=kind,
        tables=tuple(
            PaperTable(
                names.index(one.name),
                tuple(_lines(one, places, further)),
                columns=tuple(column.key for column in one.columns),
            )
            for one in sheet.tables
        ),
        title=places.written(" ".join(sheet.heading.title)),
        date=places.written(day.isoformat()) if day else None,
        place=places.written(sheet.heading.place) if sheet.heading.place else None,
        period=Written(period) if period else None,
        year=Written(period[:4]) if period else None,
        reference=places.written(sheet.heading.reference) if sheet.heading.reference else None,
        signatories=tuple(
            SignatoryLine(places.written(one.caption), places.written(one.post), places.written(one.name))
            for one in sheet.signatures
        ),
        passages=tuple(
            PaperPassage(places.written(one.title), places.written(written_text(Cell(blocks=one.blocks))))
            for one in sheet.passages
        ),
    )


def records_as_lines(records: Records) -> dict[str, Line]:
    """Return the flat records as lines, by the addresses of their items."""
    places = _Places()
    return {
        row.address: Line(_written(row.cells, places, row.cells), places.next(), number, address=row.address)
        for number, row in enumerate(records.rows)
    }


class _Places:
    """Places that are nowhere in a file, each another one, by which the texts of a sheet are told apart."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def next(self) -> Place:
        return Place(paragraph=next(self._numbers))

    def written(self, text: str) -> Written:
        return Written(text, self.next())


def _lines(table: Table, places: _Places, further: frozenset[str]) -> Iterator[Line | SectionLine]:
    keys = further.union(column.key for column in table.columns)
    for number, band in enumerate(table.bands):
        if isinstance(band, Group):
            shared = _written(band.cells, places, keys)
            for row in band.rows:
                yield Line(shared | _written(row.cells, places, keys), places.next(), number, address=row.address)
        else:
            yield SectionLine(places.written(band.title), band.level)


def _written(cells: Mapping[str, Cell], places: _Places, keys: Container[str]) -> dict[str, Written]:
    texts = {key: written_text(cell) for key, cell in cells.items() if key in keys}
    return {key: places.written(text) for key, text in texts.items() if text.strip()}
