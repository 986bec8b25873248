"""What of a comparison is told row by row: a whole plan that came or went is one row, as are many new numbers.

In: the changes of one document and period. Out: rows, in the order of the changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planctl.changes.change import Kind
from planctl.words import _, counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planctl.changes.change import Change

WHOLE = frozenset({Kind.ADDED, Kind.REMOVED})

MOST_NUMBERS = 3
"""New official numbers that are told one by one; more of them follow from a row that came or went."""


@dataclass(frozen=True, slots=True)
class Row:
    """A change with so many `items` that came or went with it, or one of so many `numbers` that changed alike."""

    change: Change
    items: int = 0
    numbers: int = 0

    @property
    def item(self) -> str:
        """The item that the row tells of, "" where there is none or more than one."""
        return "" if self.numbers else self.change.item

    @property
    def counted(self) -> str:
        """How many items it stands for, in words."""
        if self.numbers:
            return counted(_("{n} item has another number"), _("{n} items have other numbers"), self.numbers)
        return counted(_("{n} item"), _("{n} items"), self.items) if self.items else ""


def divided(changes: Sequence[Change]) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    """Return what a reviewer is to see first, and the rest; of a file that is gone all stays together."""
    gone = {(one.document, one.period) for one in changes if one.weakens and _is_whole(one)}
    first = [one for one in changes if one.weakens or (one.document, one.period) in gone]
    places = {(one.document, one.period): at for at, one in reversed(list(enumerate(first)))}
    first.sort(key=lambda one: places[one.document, one.period])
    seen = set(map(id, first))
    return tuple(first), tuple(one for one in changes if id(one) not in seen)


def rows_of(changes: Sequence[Change]) -> Iterator[Row]:
    """Yield a row for each change that goes with no other one."""
    whole = next((one for one in changes if _is_whole(one)), None)
    parts = [one for one in changes if whole and not _is_whole(one) and (one.kind is whole.kind or one.period)]
    numbers = [one for one in changes if one.kind is Kind.MOVED and one.field == "number" and one.before and one.after]
    left_out = {id(one) for one in (*parts, *(numbers if len(numbers) > MOST_NUMBERS else ()))}
    items = len({one.item for one in parts if one.item})
    for change in changes:
        if id(change) not in left_out:
            yield Row(change, items=items if change is whole else 0)
    if len(numbers) > MOST_NUMBERS:
        yield Row(numbers[0], numbers=len(numbers))


def _is_whole(change: Change) -> bool:
    return change.kind in WHOLE and bool(change.document) and not change.item and change.field == ""
