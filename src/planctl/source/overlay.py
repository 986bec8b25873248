"""A state of a project that is not there yet: its files, and some that are about to be written.

In: a state, and texts by path. Out: a state that holds them as well; it is a `Tree`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planctl.source.document import SourceText

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from planctl.diagnostics import Diagnostic
    from planctl.source.tree import Tree


@dataclass(frozen=True, slots=True)
class Overlay:
    """A state with further files, which stand in the place of those of the same path. Paths are with "/"."""

    below: Tree
    files: Mapping[str, str]

    @property
    def root(self) -> Path:
        """The project's folder."""
        return self.below.root

    def sources(self) -> tuple[tuple[SourceText, ...], tuple[Diagnostic, ...]]:
        """Return the texts of both, by path, and what was found in those below that are still seen."""
        sources, found = self.below.sources()
        texts = {source.path: source for source in sources}
        texts |= {path: SourceText(path, text) for path, text in self.files.items()}
        ordered = tuple(texts[path] for path in sorted(texts))
        return ordered, tuple(one for one in found if one.span.path not in self.files)

    def has_file(self, path: str) -> bool:
        """Tell whether a path names a file of either."""
        return path in self.files or self.below.has_file(path)
