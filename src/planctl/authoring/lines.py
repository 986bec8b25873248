"""The parts of a YAML file as lines in the house's own hand. In: `parts` with their remarks. Out: lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.authoring.parts import Collection, Scalar
from planctl.authoring.scalars import STEP, block, in_line, is_plain_in_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planctl.authoring.parts import File, Part

LONGEST_ROW = 120
"""Characters of a row in brackets that may stay one."""

LONGEST_NEW_ROW = 80
"""Characters of a list of plain words that is written as a row though its author did not."""

_FREE = "\n"
"""A line left free, in the place of its text."""

_OPEN = "\r"
"""Comes after a text that would take free lines below it for its own."""


def of_file(file: File) -> Iterator[str]:
    """Return the lines of a whole file."""
    return _freed(_lines(file))


def of_entry(part: Part, column: int) -> Iterator[str]:
    """Return the lines of an entry with its remarks; its key or dash stands in the column (from 0)."""
    return _freed(_entries(Collection(is_mapping=part.key is not None, is_in_row=False, parts=[part]), column))


def of_value(part: Part, column: int) -> tuple[str, list[str]]:
    """Return what stands behind an entry's key or dash, and the lines below it."""
    first, *below = _freed(_entry(part, column))
    head = f"{in_line(part.key)}:" if part.key else "-"
    return first[column + len(head) :].strip(" "), below


def _lines(file: File) -> Iterator[str]:
    for at, remark in enumerate(file.head):
        yield from (_FREE,) if at and remark.is_after_gap else ()
        yield remark.text
    if file.head and file.top.parts and (file.has_gap_below_head or file.top.parts[0].before):
        yield _FREE
    if file.top.parts:
        yield from _entries(file.top, 0)
    else:
        yield "{}"
        yield from (remark.text for remark in file.top.tail)


def _freed(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines with nothing for free ones, and none of these below a text that is open."""
    is_open = False
    for line in lines:
        if line != _FREE:
            is_open = line == _OPEN
        if not is_open:
            yield "" if line == _FREE else line


def _entries(node: Collection, column: int) -> Iterator[str]:
    """Yield the lines of a list or mapping; no line is free above the first entry unless remarks are there."""
    margin = " " * column
    for at, part in enumerate(node.parts):
        for number, remark in enumerate(part.before):
            yield from (_FREE,) if remark.is_after_gap and (at or number or column) else ()
            yield margin + remark.text
        yield from (_FREE,) if part.is_after_gap and (at or part.before) else ()
        yield from _entry(part, column)
    for remark in node.tail:
        yield from (_FREE,) if remark.is_after_gap else ()
        yield margin + remark.text


def _entry(part: Part, column: int) -> Iterator[str]:
    start = " " * column + (f"{in_line(part.key)}:" if part.key else "-")
    behind = f"  {part.behind}" if part.behind else ""
    node = part.node
    if isinstance(node, Collection) and (row := in_row(node)) is None:
        yield from _below(start, behind, node, column, is_listed=part.key is None)
    elif isinstance(node, Scalar) and (lines := block(node)):
        yield f"{start} {lines[0]}{behind}"
        yield from (" " * (column + STEP) + line if line else "" for line in lines[1:])
        yield from (_OPEN,) if lines[0].endswith("+") else ()
    else:
        written = in_line(node, keeps_quotes=bool(behind)) if isinstance(node, Scalar) else row
        yield f"{start} {written}".rstrip(" ") + behind
        for remark in part.inside:
            yield from (_FREE,) if remark.is_after_gap else ()
            yield " " * (column + STEP) + remark.text


def _below(start: str, behind: str, node: Collection, column: int, *, is_listed: bool) -> Iterator[str]:
    """Yield a list or mapping below its key, or beginning right behind its dash."""
    lines = _entries(node, column + STEP)
    if is_listed:
        yield f"{start} {next(lines)[column + STEP :]}"
    else:
        yield start + behind
    yield from lines


# Rows


def in_row(node: Collection) -> str | None:
    """Return a list or mapping as a row in brackets, or None where it stands below."""
    if not node.parts:
        return "{}" if node.is_mapping else "[]"
    if node.tail or any(part.before or part.behind or part.inside for part in node.parts):
        return None
    is_short_list = not node.is_mapping and all(
        isinstance(part.node, Scalar) and is_plain_in_row(part.node) for part in node.parts
    )
    if not node.is_in_row and not is_short_list:
        return None
    words = [_word(part, node) for part in node.parts]
    if any(word is None for word in words):
        return None
    inner = ", ".join(word for word in words if word is not None)
    row = f"{{{inner}}}" if node.is_mapping else f"[{inner}]"
    return row if len(row) <= (LONGEST_ROW if node.is_in_row else LONGEST_NEW_ROW) else None


def _word(part: Part, node: Collection) -> str | None:
    """Return an entry as it stands in a row, or None where it cannot: a text of several lines, a list of lists."""
    below = part.node
    if isinstance(below, Scalar):
        word = None if below.text and "\n" in below.text else in_line(below, in_row=True)
    else:
        may_stand = node.is_mapping or (node.is_in_row and below.is_mapping)
        word = in_row(below) if may_stand and below.is_in_row else None
    if word is None or part.key is None:
        return word
    return f"{in_line(part.key, in_row=True)}: {word}"
