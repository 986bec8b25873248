"""An id changed wherever it stands: in its plan, in the actuals, and in the links of every document.

In: documents, and what is to be called how. Out: the places, and the new text of each file, in which nothing else is
different by a single byte. Remarks and narratives are not looked at: they may mean something else by the same word.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planctl.authoring.parts import NOTHING
from planctl.authoring.scalars import quoted
from planctl.forms.form import Group
from planctl.forms.shape import addresses
from planctl.portfolio.kinds import kind_of, named, shapes
from planctl.source.document import SourceText
from planctl.source.reader import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planctl.diagnostics import Span
    from planctl.forms.form import Loc
    from planctl.portfolio.portfolio import Plan
    from planctl.source.document import Document

_LINE_END = re.compile(r"(\r\n|\r|\n)")
_PLAIN = re.compile(r"\w[\w./#-]*")


@dataclass(frozen=True, slots=True)
class Place:
    """A key or a value of a document that changes from `old` to `new`."""

    document: Document
    loc: Loc
    old: str
    new: str
    is_key: bool = False

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.document.key_span_of(self.loc) if self.is_key else self.document.span_of(self.loc)


class UnwrittenError(Exception):
    """The place is written in a way that it cannot be changed in, such as with an escape in the id."""

    def __init__(self, place: Place) -> None:
        super().__init__(str(place.span))
        self.place = place


def item_places(plan: Plan, item: str, new: str, documents: Sequence[Document]) -> tuple[Place, ...]:
    """Return where an item's id stands, by file and place."""
    return _in_order(
        (*_own_places(plan, item, new, documents), *_links(f"{plan.id}#{item}", f"{plan.id}#{new}", documents))
    )


def _own_places(plan: Plan, item: str, new: str, documents: Sequence[Document]) -> Iterator[Place]:
    """Yield the id in the plan itself, each time that it stands there, and in the plan's actuals and approvals."""
    for band in plan.bands:
        for one in band.items if isinstance(band, Group) else (band,):
            if one.id == item:
                yield Place(plan.document, (*one.loc, "id"), item, new)
    for document in (*actuals_of(plan.id, documents), *approvals_of(plan.id, documents)):
        if item in entries_of(document):
            yield Place(document, ("items", item), item, new, is_key=True)
        for key in ("corrections", "waivers"):
            for at, entry in enumerate(_listed(document, key)):
                if isinstance(entry, dict) and entry.get("item") == item:
                    yield Place(document, (key, at, "item"), item, new)


def document_places(plan: Plan, new: str, documents: Sequence[Document]) -> tuple[Place, ...]:
    """Return where a document's id stands, by file and place."""
    own = Place(plan.document, ("id",), plan.id, new)
    actuals = (Place(document, ("actuals",), plan.id, new) for document in actuals_of(plan.id, documents))
    approvals = (Place(document, ("approval",), plan.id, new) for document in approvals_of(plan.id, documents))
    return _in_order((own, *actuals, *approvals, *_links(plan.id, new, documents)))


def actuals_of(id_: str, documents: Iterable[Document]) -> Iterator[Document]:
    """Yield the files of actuals of a plan, whether they fit it or not."""
    return (one for one in documents if kind_of(one) == "actuals" and named(one, "actuals") == id_)


def approvals_of(id_: str, documents: Iterable[Document]) -> Iterator[Document]:
    """Yield the files that approve reports of a plan, whether they fit it or not."""
    return (one for one in documents if kind_of(one) == "approval" and named(one, "approval") == id_)


def _listed(document: Document, key: str) -> list[Any]:
    value: Any = document.data.get(key)
    return value if isinstance(value, list) else []


def entries_of(document: Document) -> dict[str, Any]:
    """Return the entries of a file of actuals, or of an approval, by the id of their items."""
    items = document.data.get("items")
    return items if isinstance(items, dict) else {}


def _links(old: str, new: str, documents: Sequence[Document]) -> Iterator[Place]:
    """Yield every address of an item, or every address in a document."""
    found = shapes(documents)
    for document in documents:
        for loc, text in addresses(found[document.path], document.data):
            address = text.strip()
            if address == old or address.startswith(f"{old}#"):
                yield Place(document, loc, address, f"{new}{address.removeprefix(old)}")


def _in_order(places: Iterable[Place]) -> tuple[Place, ...]:
    return tuple(sorted(places, key=lambda place: place.span))


# Texts


def changed(content: bytes, places: Sequence[Place]) -> bytes:
    """Return a file's bytes with its places changed; UnwrittenError where one is written in an unusual way."""
    mark = "\ufeff" if content.startswith("\ufeff".encode()) else ""
    pieces = _LINE_END.split(content.decode().removeprefix(mark))
    for place in sorted(places, key=lambda place: place.span, reverse=True):
        at, column = 2 * (place.span.line - 1), place.span.column - 1
        line = pieces[at]
        pieces[at] = line[:column] + _rewritten(line[column:], place)
    return (mark + "".join(pieces)).encode()


def _rewritten(rest: str, place: Place) -> str:
    """Return the rest of a line, which begins with the old id, with the new one; quotation marks stay."""
    plain = re.match(rf"{re.escape(place.old)}(?=[\s,\]}}:]|$)", rest)
    if plain:
        is_plain = _PLAIN.fullmatch(place.new) and place.new not in NOTHING
        return (place.new if is_plain else quoted(place.new)) + rest[plain.end() :]
    in_quotes = re.match(rf"([\"'])(\s*){re.escape(place.old)}(\s*)\1", rest)
    if in_quotes is None:
        raise UnwrittenError(place)
    mark, before, after = in_quotes.groups()
    is_same = _PLAIN.fullmatch(place.new)
    written = f"{mark}{before}{place.new}{after}{mark}" if is_same else quoted(f"{before}{place.new}{after}")
    return written + rest[in_quotes.end() :]


def says_as_renamed(document: Document, content: bytes, places: Sequence[Place]) -> bool:
    """Tell whether the new bytes of a file are read as the old ones but for the places, with the same findings."""
    again, found = read(SourceText(document.path, content.decode()))
    _same, before = read(SourceText(document.path, document.text))
    codes = [one.code for one in before]
    return again is not None and again.data == _expected(document, places) and [one.code for one in found] == codes


def _expected(document: Document, places: Sequence[Place]) -> Any:
    data: Any = deepcopy(document.data)
    for place in places:
        *above, last = place.loc
        holder = data
        for step in above:
            holder = holder[step]
        if place.is_key:
            holder[place.new] = holder.pop(last)
        else:
            holder[last] = holder[last].replace(place.old, place.new)
    return data
