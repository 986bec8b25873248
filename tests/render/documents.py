"""What stands in a built .docx: its parts, its tables, their cells and how they are merged."""

from __future__ import annotations

from typing import Any

from lxml import etree
from office_open import W

from planctl.render.package import unpacked


def part(content: bytes, name: str = "word/document.xml") -> Any:
    return etree.fromstring(unpacked(content)[name])


def tables(content: bytes) -> list[Any]:
    return part(content).findall(f"{W}body/{W}tbl")  # type: ignore[no-any-return]  # lxml brings no types


def text(element: Any) -> str:
    """The paragraphs of an element, one a line, breaks as lines; a line end within a text is a space, as in Word."""
    shown = []
    for paragraph in element.iter(f"{W}p"):
        pieces = paragraph.iter(f"{W}t", f"{W}br", f"{W}tab")
        kinds = {f"{W}br": "\n", f"{W}tab": "\t"}
        words = [
            kinds.get(piece.tag, (piece.text or "").replace("\n", " "))
            for piece in pieces
            if piece.getparent().tag == f"{W}r"
        ]
        shown.append("".join(words))
    return "\n".join(shown)


def grid_of(table: Any) -> list[list[str]]:
    return [[text(cell) for cell in row.iterfind(f"{W}tc")] for row in table.iterfind(f"{W}tr")]


def merges_across(row: Any) -> list[str | None]:
    """The vertical merge of each cell of a row."""
    found = [cell.find(f"{W}tcPr/{W}vMerge") for cell in row.iterfind(f"{W}tc")]
    return [None if merge is None else merge.get(f"{W}val") for merge in found]


def merges(table: Any, column: int) -> list[str | None]:
    """The vertical merge of one column's cells, row by row, of rows that have so many cells."""
    rows = (merges_across(row) for row in table.iterfind(f"{W}tr"))
    return [row[column] for row in rows if len(row) > column]


def spans(table: Any) -> list[list[int]]:
    """How many columns of the grid each cell stands over, row by row."""
    found = []
    for row in table.iterfind(f"{W}tr"):
        grids = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.iterfind(f"{W}tc")]
        found.append([1 if grid is None else int(grid.get(f"{W}val")) for grid in grids])
    return found


def styles(element: Any) -> list[str]:
    """The style of each paragraph."""
    return [style.get(f"{W}val") for style in element.iter(f"{W}pStyle")]


def has(row: Any, name: str) -> bool:
    """Tell whether a row has such a property."""
    return row.find(f"{W}trPr/{W}{name}") is not None


def sizes(element: Any) -> set[str]:
    """The sizes of letters that runs and paragraphs' marks name themselves, in half-points."""
    return {size.get(f"{W}val") for size in element.iter(f"{W}sz")}
