"""A file that is proofread: its lines as they are mended, and the mistakes that were found in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planctl.source.shown import shortened

if TYPE_CHECKING:
    from planctl.source.document import Move


@dataclass(frozen=True, slots=True)
class Mistake:
    """A finding to be: its code, its place in the given text (from 0), and what fills its sentences."""

    code: str
    line: int
    column: int
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Proof:
    """The text with all mistakes mended, the mistakes, and which lines were moved to the right by it."""

    text: str
    mistakes: tuple[Mistake, ...]
    moved: dict[int, tuple[Move, ...]]


@dataclass(slots=True)
class Mended:
    """The lines of a file as they are mended one after the other, and what was found in them."""

    lines: list[str]
    mistakes: list[Mistake] = field(default_factory=list)
    moved: dict[int, tuple[Move, ...]] = field(default_factory=dict)

    def note(self, code: str, line: int, column: int, **values: str) -> None:
        """Keep a mistake."""
        self.mistakes.append(Mistake(code, line, column, values))

    def move(self, line: int, start: int, columns: int) -> None:
        """Keep that a line was moved to the right from a column on."""
        self.moved[line] = (*self.moved.get(line, ()), (start, columns))

    def replace(self, line: int, column: int, length: int, meant: str) -> None:
        """Put what was meant in the place of so many signs of a line."""
        text = self.lines[line]
        self.lines[line] = text[:column] + meant + text[column + length :]

    def correct(self, code: str, line: int, column: int, shown: int, **values: str) -> None:
        """Note the mistake together with its mended line."""
        self.note(code, line, column, corrected=shortened(self.lines[shown]), **values)
