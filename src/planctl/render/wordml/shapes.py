"""What the tidying makes of a row, found out once for all that differ in their texts alone.

In: rows as the tags left them, their texts apart. Out: the same ones tidied, by the functions that tidy whole trees
(`frames`, `paragraphs`), with places for the texts to come.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from planctl.render.wordml.frames import Frames
from planctl.render.wordml.paragraphs import Look, Paragraphs
from planctl.render.wordml.parting import split_row, texts_apart
from planctl.render.wordml.pieces import EMPTY, Pieces, shifted
from planctl.render.wordml.shell import Shell

if TYPE_CHECKING:
    from planctl.render.wordml.frames import Form, Frame, Layout
    from planctl.render.wordml.lists import Numbering
    from planctl.render.wordml.paragraphs import Shape
    from planctl.render.wordml.parting import Key

_MOST = 300
"""So many shapes are kept."""


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
        self.raws = tuple(tuple(shifted(one.shape.raw, one.text) for one in run) for run in self.runs)
        self.has_marks = any(one.shape.marks for run in self.runs for one in run)
        self.listed = tuple((at, one.shape) for at, run in enumerate(self.runs) for one in run if one.shape.mark)


class Shapes:
    """The shapes of one template's rows, kept from sheet to sheet."""

    def __init__(self, before: str, behind: str, numbering: Numbering | None) -> None:
        self.shell = Shell(before, behind)
        self.frames = Frames(self.shell)
        self._paragraphs = Paragraphs(self.shell, numbering)
        self._known: dict[Key, RowShape] = {}

    def row(self, key: Key, row: str) -> RowShape:
        """Return the shape of a row, given whole and as `texts_apart` gives it."""
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= _MOST:
                self._known.clear()
            found = self._known[key] = self._row_shape(row)
        return found

    def _row_shape(self, row: str) -> RowShape:
        constants, paragraphs = split_row(row)
        texts = names = 0
        runs: list[tuple[Placed, ...]] = []
        for run in paragraphs:
            placed = []
            for paragraph in run:
                shape = self._paragraphs.of(texts_apart(paragraph)[0])
                placed.append(Placed(shape, texts, names))
                texts, names = texts + shape.texts, names + shape.names
            runs.append(tuple(placed))
        return RowShape(self.frames.of(constants), tuple(runs), texts, names)

    def tidied(self, row: RowShape, look: RowLook) -> TidyRow:
        """Return a row as it comes out; its texts, its bookmarks' names and ids and its lists' numbers have places."""
        found = row.done.get(look)
        if found is None:
            found = row.done[look] = self._tidied(row, look)
        return found

    def _tidied(self, row: RowShape, look: RowLook) -> TidyRow:
        form = look.form
        frame = self.frames.tidied(row.frame, look.layout, form, is_whole=look.is_whole)
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
                tidied = self._paragraphs.tidied(
                    shape, Look(fresh, look.layout.points, is_counted, look.is_kept, is_emptied)
                )
                shown += [(line, tuple(own[place] for place in filled)) for line, filled in tidied.shown]
                (first, *others), filled = tidied.xml
                constants[-1] += first
                constants += others
                places += [own[place] for place in filled]
            constants[-1] += frame[at + 1]
        return TidyRow((tuple(constants), tuple(places)), tuple(line for line in shown if line != EMPTY))
