"""Cells of workbooks that planctl built: their lines as an author writes them.

In: the text of a cell, a line for each paragraph and item, with the signs that a workbook shows. Out: the same in the
notation of plans.
"""

from __future__ import annotations

import re

_LINE = re.compile(r"(?P<indent>[ \u00a0]*)(?:(?P<bullet>[•–]) |(?P<number>[0-9]{1,3}\. ))?(?P<text>.*)")
_INDENT = 2
"""Spaces by which each level of a list lies deeper."""


def as_written(text: str) -> str:
    """Return a cell's lines as paragraphs and lists; a dash begins an item only where it lies deeper than one."""
    lines: list[str] = []
    was_item = False
    for line in text.split("\n"):
        match = _LINE.fullmatch(line)
        if match is None or not line.strip():
            continue
        depth = len(match["indent"]) // _INDENT
        is_bullet = match["bullet"] == "•" or (match["bullet"] is not None and depth > 0)
        is_item = is_bullet or match["number"] is not None
        if lines and not (is_item and was_item):
            lines.append("")
        sign = "- " if is_bullet else match["number"] or ""
        lines.append(f"{'  ' * depth}{sign}{match['text']}" if is_item else line.strip())
        was_item = is_item
    return "\n".join(lines)
