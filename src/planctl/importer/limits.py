"""How much of one file is read: rows and cells with content are counted while they are read."""

from __future__ import annotations

from planctl.errors import PlanctlError
from planctl.words import _

MOST_ROWS = 20_000
MOST_CELLS = 1_000_000


class Limits:
    """Counts the rows and cells with content of one file; PlanctlError when they are too many."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._rows = 0
        self._cells = 0

    def count_row(self, cells: int) -> None:
        """Count a row with so many cells."""
        self._rows += 1
        self._cells += cells
        if self._rows > MOST_ROWS:
            raise PlanctlError(
                _("{file} has more than {most} rows with content, the most that planctl reads; divide it"),
                file=self.file,
                most=f"{MOST_ROWS:,}",
            )
        if self._cells > MOST_CELLS:
            raise PlanctlError(
                _("{file} has more than {most} cells with content, the most that planctl reads; divide it"),
                file=self.file,
                most=f"{MOST_CELLS:,}",
            )


_DIGITS = 9


def count_in(text: str | None) -> int | None:
    """Return a count or an index that an attribute holds, up to nine digits; None for all else."""
    return int(text) if text and len(text) <= _DIGITS and text.isdecimal() else None


def too_many_columns(file: str) -> PlanctlError:
    """Return the line for a table wider than any that a person can read."""
    return PlanctlError(_("{file} has a table of more columns than planctl reads"), file=file)


def ranges_said(numbers: list[int]) -> str:
    """Return `3, 5–8`: numbers in order, with those that follow each other drawn together."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    told = [f"{first}" if first == last else f"{first}–{last}" for first, last in runs]
    return ", ".join([*told[:20], "…"] if len(told) > 20 else told)  # noqa: PLR2004  # as many as a line can hold
