"""A line of a table's body while rows may still add to it: of each cell its parts, put together where it is closed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planctl.forms.paper import Line, Written

if TYPE_CHECKING:
    from planctl.importer.office_file import Row

LISTED = frozenset({"indicator", "unit", "baseline", "target", "reached"})
"""Where an item goes over several rows, these say something of each of its indicators."""

_ENDED = re.compile(r"[.!?:;…»”\")]\s*\Z")
_SIGN = re.compile(r"^\s*(?:[•–]|[0-9]{1,3}\.)\s")
_TELLING = 30
"""So many characters on both sides of a cut tell where in a text it is."""


@dataclass(slots=True)
class OpenLine:
    """A line that further rows may still add to: of each cell its parts."""

    cells: dict[str, list[tuple[str, Written]]]
    extra: dict[str, list[Written]]
    row: Row
    group: int
    address: str = ""
    known: str = ""

    def line(self) -> Line:
        """Return the line as its rows have it."""
        return Line(
            cells={key: _put_together(key, parts, self.known) for key, parts in self.cells.items()},
            extra={name: _joined(parts) for name, parts in self.extra.items()},
            place=next((parts[0][1].place for parts in self.cells.values() if parts), self.row.cells[0].place),
            group=self.group,
            address=self.address,
        )


def _put_together(key: str, parts: list[tuple[str, Written]], records: str) -> Written:
    """Return a cell of a line out of its parts: what a page break cut as one text, what tells of several as a list."""
    first = parts[0][1]
    if len(parts) == 1:
        return first
    texts = [first.text]
    for how, part in parts[1:]:
        if how == "cut":
            gap = gap_between(texts[-1], part.text, records)
            texts[-1] = f"{texts[-1].rstrip()}{gap}{part.text.lstrip()}".strip()
        elif part.text != texts[-1] or key in LISTED:
            texts.append(part.text)
    also = tuple(part.place for _how, part in parts[1:])
    if len(texts) == 1:
        return replace(first, text=texts[0], also=also)
    listed = (f"{number}) {' '.join(text.split())}" for number, text in enumerate(texts, start=1))
    return replace(first, text="\n".join(listed) if key in LISTED else "\n\n".join(texts), also=also)


def gap_between(before: str, after: str, records: str) -> str:
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
