"""A line of a table's body while rows may still add to it: of each cell its parts, put together where it is closed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planctl.forms.paper import Line, Written

if TYPE_CHECKING:
    from planctl.importer.office_file import Row
    from planctl.importer.whole_texts import WholeTexts

LISTED = frozenset({"indicator", "unit", "baseline", "target", "reached"})
"""Where an item goes over several rows, these say something of each of its indicators."""


@dataclass(slots=True)
class OpenLine:
    """A line that further rows may still add to: of each cell its parts."""

    cells: dict[str, list[tuple[str, Written]]]
    extra: dict[str, list[Written]]
    row: Row
    group: int
    known: WholeTexts
    address: str = ""

    def line(self) -> Line:
        """Return the line as its rows have it."""
        return Line(
            cells={key: _put_together(key, parts, self.known) for key, parts in self.cells.items()},
            extra={name: _joined(parts) for name, parts in self.extra.items()},
            place=next((parts[0][1].place for parts in self.cells.values() if parts), self.row.cells[0].place),
            group=self.group,
            address=self.address,
        )


def _put_together(key: str, parts: list[tuple[str, Written]], known: WholeTexts) -> Written:
    """Return a cell of a line out of its parts: what a page break cut as one text, what tells of several as a list."""
    first = parts[0][1]
    if len(parts) == 1:
        return first
    cut = [[first.text]]
    for how, part in parts[1:]:
        if how == "cut":
            cut[-1].append(part.text)
        elif [part.text] != cut[-1] or key in LISTED:
            cut.append([part.text])
    texts = list(map(known.joined, cut))
    also = tuple(part.place for _how, part in parts[1:])
    if len(texts) == 1:
        return replace(first, text=texts[0], also=also)
    listed = (f"{number}) {' '.join(text.split())}" for number, text in enumerate(texts, start=1))
    return replace(first, text="\n".join(listed) if key in LISTED else "\n\n".join(texts), also=also)


def _joined(parts: list[Written]) -> Written:
    also = tuple(part.place for part in parts[1:])
    return replace(parts[0], text="\n\n".join(part.text for part in parts), also=also)
