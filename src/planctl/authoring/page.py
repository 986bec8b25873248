"""A file that is being changed: from its bytes to its tree of values, and from there to new bytes that are proven.

In: bytes. Out: bytes which are read as what the tree says, in which every other byte stands as its author wrote it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from planctl.authoring.rewriting import rewritten
from planctl.authoring.written import Value, data_of, value_of, values_in
from planctl.errors import PlanctlError
from planctl.source.document import SourceText
from planctl.source.reader import events, read
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planctl.authoring.rewriting import Piece
    from planctl.authoring.written import Entry
    from planctl.source.document import Document, Loc, Step

_MARK = "\ufeff"
_BREAK = re.compile(r"\r\n|\r|\n")


class Page:
    """A file that is being changed."""

    def __init__(self, content: bytes, path: str) -> None:
        self.path = path
        self._content = content
        whole = _decoded(content, path)
        self._text = whole.removeprefix(_MARK)
        self._mark = whole[: len(whole) - len(self._text)]
        self.document = _document(self._text, path)
        self._page = self.document.page.text if self.document else _BREAK.sub("\n", self._text)
        found = values_in(self._page, events) if self.document else None
        self.top = found or Value("mapping")

    def content(self) -> bytes:
        """Return the new bytes of the file."""
        if not self.top.is_changed:
            return self._content
        pieces = self._pieces()
        text = self._mark + self._joined(pieces)
        self._prove(text.removeprefix(_MARK))
        return text.encode()

    def _pieces(self) -> list[Piece]:
        """Return the new text in pieces, with a line end behind the last line where that one is new."""
        pieces = self._written()
        size = len(self._page)
        if not size or self._page.endswith("\n") or pieces[-1] == "\n" or pieces[-1][-1] == size:
            return pieces
        if (last := _last_entry(self.top)) and last.was is None and last.value.style in {"|", ">"}:
            # What follows would give this text a line end that it does not have.
            last.was, last.value = last.value, value_of(last.value.text)
            pieces = self._written()
        return [*pieces, "\n"]

    def _written(self) -> list[Piece]:
        pieces = rewritten(self._page, self.top)
        return [piece for piece in pieces if (piece if isinstance(piece, str) else piece[0] < piece[1])]

    def _joined(self, pieces: Iterable[Piece]) -> str:
        """Return the pieces as one text; line ends of the old text stay, and new ones are like its first."""
        ends = [match.end() for match in re.finditer("\r\n", self._text)]
        shrunk = [end - 1 - at for at, end in enumerate(ends)]
        found = _BREAK.search(self._text)
        ending = found[0] if found else "\n"

        def written() -> Iterator[str]:
            for piece in pieces:
                if isinstance(piece, str):
                    yield piece.replace("\n", ending)
                else:
                    start, end = piece
                    yield self._text[start + bisect_right(shrunk, start) : end + bisect_right(shrunk, end)]

        return "".join(written())

    def _prove(self, text: str) -> None:
        """Raise PlanctlError unless the new text is read as what it has to say, without an error."""
        again, findings = read(SourceText(self.path, text))
        expected = data_of(self.top)
        if again is None or any(found.is_error for found in findings):
            raise self.unwritten(())
        if again.data != expected:
            raise self.unwritten(_difference(expected, again.data))

    def unwritten(self, loc: Sequence[Step]) -> PlanctlError:
        """Return the refusal to change what stands at a place."""
        return PlanctlError(
            _("{place}: this cannot be changed by itself as it is written; change it by hand; nothing was written"),
            place=self.place(loc),
        )

    def missing(self, loc: Sequence[Step], step: Step) -> PlanctlError:
        """Return the refusal to go on from a place by a step that does not lead to one thing."""
        return PlanctlError(
            _("{place}: there is no “{name}” here, or several; nothing was written"), place=self.place(loc), name=step
        )

    def place(self, loc: Sequence[Step]) -> str:
        """Return where something stands, or the nearest thing around it that stands in the file."""
        return str(self.document.span_of(tuple(_numbered(self.document.data, loc)))) if self.document else self.path


def _decoded(content: bytes, path: str) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise PlanctlError(_("{path} is not written in UTF-8; nothing was written"), path=path) from error


def _document(text: str, path: str) -> Document | None:
    """Return the document of a text that can be changed; None for one without any entry."""
    document, findings = read(SourceText(path, text))
    errors = [found for found in findings if found.is_error and found.code != "file-empty"]
    if errors or (document and document.page.moved):
        raise PlanctlError(
            _("{path} has errors; `planctl check` shows them; nothing was written"),
            path=errors[0].span if errors else path,
        )
    return document


def _numbered(data: Any, loc: Sequence[Step]) -> Iterator[Step]:
    """Yield the steps with numbers for ids, as far as they lead."""
    for step in loc:
        number: Step | None = step
        if isinstance(data, list) and isinstance(step, str):
            number = next((at for at, one in enumerate(data) if isinstance(one, dict) and one.get("id") == step), None)
        try:
            data = data[number]
        except (LookupError, TypeError):
            return
        yield number if number is not None else step


def _difference(expected: Any, found: Any) -> Loc:
    """Return the place of the first difference of two trees."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key, value in expected.items():
            if value != found.get(key):
                return (key, *_difference(value, found.get(key)))
    if isinstance(expected, list) and isinstance(found, list):
        for at, (value, other) in enumerate(zip(expected, found, strict=False)):
            if value != other:
                return (at, *_difference(value, other))
    return ()


def _last_entry(value: Value) -> Entry | None:
    """Return the innermost last entry that stands in the text, where it stays."""
    entry = None
    while value.entries and not value.is_new:
        entry = value.entries[-1]
        if entry.is_removed or entry.was is not None:
            return None
        value = entry.value
    return entry
