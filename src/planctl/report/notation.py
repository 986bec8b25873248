"""The way back of `prose`: a cell's paragraphs and lists as an author writes them.

In: a `Cell` of the view model. Out: text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planctl.report.sheet import Cell


def written_text(cell: Cell) -> str:
    """Return what a cell says as a plan has it: a blank line parts paragraphs, the items of a list stand together."""
    if len(cell.blocks) == 1 and cell.blocks[0].kind == "paragraph":
        return cell.blocks[0].text or cell.text
    lines: list[str] = []
    was_item = False
    for block in cell.blocks:
        sign = {"bullet": "- ", "number": f"{block.ordinal}. ", "paragraph": ""}[block.kind]
        is_item = block.kind != "paragraph"
        if lines and not (is_item and was_item):
            lines.append("")
        lines.append(f"{'  ' * (block.level - 1)}{sign}{block.text}")
        was_item = is_item
    return "\n".join(lines) or cell.text
