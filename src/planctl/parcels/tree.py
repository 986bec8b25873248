"""A parcel as a state of a project's files, in memory. In: texts and findings of a whole project. Out: a `Tree`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planctl.parcels.claims import Claims, claims_of, is_shared

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from planctl.diagnostics import Diagnostic
    from planctl.parcels.parting import Parcel
    from planctl.source.document import SourceText


@dataclass(frozen=True, slots=True)
class ParcelTree:
    """The shared files and those of one parcel, a `source.tree.Tree`.

    `findings` are those of reading them as text. `known` tells which paths are files of the project; `asked` grows by
    each path that was asked for, with the answer that was given: what nobody knows is taken for missing.
    """

    root: Path
    texts: tuple[SourceText, ...]
    findings: tuple[Diagnostic, ...] = ()
    known: Mapping[str, bool] = field(default_factory=dict)
    asked: dict[str, bool] = field(default_factory=dict)

    def sources(self) -> tuple[tuple[SourceText, ...], tuple[Diagnostic, ...]]:
        """Return the texts and what was found, by path."""
        return self.texts, self.findings

    def has_file(self, path: str) -> bool:
        """Tell whether a path is known to be a file of the project, and keep the question."""
        self.asked[path] = self.known.get(path, False)
        return self.asked[path]


def claims_in(sources: Iterable[SourceText], findings: Iterable[Diagnostic]) -> tuple[Claims, ...]:
    """Return the claims of a project's files, of what could not be read as text too."""
    texts = {source.path: source.text for source in sources}
    silent = {found.span.path: None for found in findings}
    return tuple(claims_of(path, text) for path, text in {**silent, **texts}.items())


def tree_of(
    parcel: Parcel,
    root: Path,
    sources: Iterable[SourceText],
    findings: Iterable[Diagnostic] = (),
    *,
    known: Mapping[str, bool] | None = None,
) -> ParcelTree:
    """Return the shared files and a parcel's as a tree, from all texts of a project and what was found in them."""
    own = set(parcel.paths)
    texts = tuple(source for source in sources if source.path in own or is_shared(source.path))
    found = tuple(one for one in findings if one.span.path in own or is_shared(one.span.path))
    return ParcelTree(root, texts, found, known or {})
