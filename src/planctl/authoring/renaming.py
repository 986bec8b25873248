"""An id changed wherever it stands: in its plan, in the actuals, and in the links of every document.

In: documents, and what is to be called how. Out: the places, and the new text of each file, in which nothing else is
different by a single byte. Remarks and narratives are not looked at: they may mean something else by the same word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planctl.authoring.patching import Rename, Set, patched
from planctl.forms.form import Group
from planctl.forms.shape import addresses
from planctl.portfolio.kinds import kind_of, named
from planctl.portfolio.shapes import shapes
from planctl.source.document import value_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planctl.diagnostics import Span
    from planctl.forms.form import Loc
    from planctl.portfolio.plan import Plan
    from planctl.source.document import Document


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
    """Return a file's bytes with its places changed, all of which are its own."""
    texts = [Set(place.loc, _renamed(place)) for place in places if not place.is_key]
    keys = [Rename(place.loc, place.new) for place in places if place.is_key]
    return patched(content, [*texts, *keys], path=places[0].document.path)


def _renamed(place: Place) -> str:
    return str(value_at(place.document, place.loc)).replace(place.old, place.new, 1)
