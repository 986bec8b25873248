"""What became of each cell and paragraph of an office file: that nothing is lost is counted, not hoped.

In: what recognition did. Out: `Used`, one for every cell and paragraph that says anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planctl.place import Place


class Use(StrEnum):
    """What a text of a paper is taken for."""

    CELL = "cell"
    HEADING = "heading"
    COLUMN_NUMBERS = "column-numbers"
    SECTION = "section"
    TITLE = "title"
    DATE = "date"
    PLACE = "place"
    REFERENCE = "reference"
    SIGNATURE = "signature"
    TOTAL = "total"
    PASSAGE = "passage"
    PAGE = "page"
    RECORDS = "records"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Used:
    """A text of the file, where it stands and what it was taken for; `what` names the column or the heading."""

    place: Place
    text: str
    use: Use
    what: str = ""
