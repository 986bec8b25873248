"""Writing fingerprints into links: only those characters change, everything else stays byte for byte.

In: a file's content, the document read from it, and the links with their fingerprints. Out: the new content.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planctl.authoring.patching import Set, patched
from planctl.authoring.written import Row
from planctl.errors import PlanctlError
from planctl.source.document import value_at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planctl.portfolio.chain import Edge
    from planctl.source.document import Document


@dataclass(frozen=True, slots=True)
class Accepted:
    """The new content of a file, and the links that could not be changed because of how they are written."""

    content: bytes
    written: int
    left: tuple[Edge, ...]


def accepted(content: bytes, document: Document, links: Iterable[tuple[Edge, str]]) -> Accepted:
    """Return a file's content with a fingerprint in each of the links; those that have it already stay as they are."""
    new = [(edge, digest) for edge, digest in links if edge.link.fingerprint != digest]
    try:
        changed = patched(content, [_change(document, *one) for one in new], path=document.path)
    except PlanctlError:
        return Accepted(content, 0, tuple(edge for edge, _digest in new))
    return Accepted(changed, len(new), ())


def _change(document: Document, edge: Edge, digest: str) -> Set:
    """Return what is to change for one link: a text becomes a row with its item, a mapping gets the key."""
    # A section may hold a single link without a list.
    link = edge.loc if isinstance(value_at(document, edge.loc[:-1]), list) else edge.loc[:-1]
    given = value_at(document, link)
    if isinstance(given, str):
        return Set(link, Row({"item": given, "fingerprint": digest}))
    return Set((*link, "fingerprint"), digest, after="item")
