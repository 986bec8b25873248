"""The text of a file as git shows it in a diff. In: its bytes and name. Out: lines that end in LF, for reading only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.plain.blocks import blocks
from planctl.source.discover import text_of
from planctl.source.reader import events, read
from planctl.words import _, in_both

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from planctl.plain.blocks import Block
    from planctl.source.document import Document

EDITION = 1
"""Grows whenever the text of a file becomes another, as git keeps texts by the command that made them."""

LARGEST_BYTES = 5_000_000
"""A plan beyond this is shown as it is written: git waits for each text."""

MOST_BYTES = 100_000_000
MOST_LINES = 20_000
_ZIP = b"PK\x03\x04"

UNREADABLE = _("this file cannot be read as Word or Excel")
TOO_LARGE = _("this file is too large to be shown")
MORE = _("… the rest is not shown")


def plain_file(path: Path) -> str:
    """Return what git is to show of a file; OSError where it cannot be opened."""
    if path.stat().st_size > MOST_BYTES:
        return f"({_in_both(TOO_LARGE)})\n"
    return plain(path.read_bytes(), path.name)


def plain(data: bytes, name: str) -> str:
    """Return what git is to show of a file: a plan by ids, the text of Word and Excel files, or the file itself."""
    if data.startswith(_ZIP) or name.lower().endswith((".docx", ".xlsx")):
        return _of_office(data)
    source, _findings = text_of(name, data)
    own = (source.text if source else data.decode(errors="replace")).replace("\r\n", "\n")
    if source is None or len(data) > LARGEST_BYTES:
        return own
    document, faults = read(source)
    if document is None or any(fault.is_error for fault in faults):
        return own
    return _bounded([*_lines(blocks(document)), *_remarks(document)])


def _of_office(data: bytes) -> str:
    from planctl.plain.office import DamagedError, lines_of  # noqa: PLC0415  # plans need none of it

    try:
        return _bounded(lines_of(data))
    except DamagedError:
        return f"({_in_both(UNREADABLE)})\n"


def _in_both(message: str) -> str:
    """Return a sentence in both languages: git keeps what it was told, whoever asks for it later."""
    return " / ".join(in_both(message, first="mn"))


def _lines(made: Iterable[Block]) -> Iterator[str]:
    for at, block in enumerate(made):
        if at:
            yield ""
        yield block.heading
        for key, value in block.values.items():
            if "\n" in value:
                yield f"  {key}:"
                yield from (f"    {line}".rstrip() for line in value.split("\n"))
            else:
                yield f"  {key}: {value}".rstrip()


def _remarks(document: Document) -> Iterator[str]:
    """Yield the remarks of a file, which have no key, in the order of the alphabet."""
    from planctl.authoring.parts import remarks_in, taken_apart  # noqa: PLC0415  # only where there may be one

    if "#" not in document.text:
        return
    remarks = remarks_in(taken_apart(document.page.text, events))
    if remarks:
        yield ""
    yield from remarks


def _bounded(lines: Iterable[str]) -> str:
    kept: list[str] = []
    for line in lines:
        if len(kept) == MOST_LINES:
            kept.append(_in_both(MORE))
            break
        kept.append(_without_controls(line))
    return "".join(f"{line}\n" for line in kept)


def _without_controls(line: str) -> str:
    return line if line.isprintable() else "".join(sign if sign.isprintable() else " " for sign in line)
