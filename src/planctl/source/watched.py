"""A state of a project that notes which paths it was asked for, so that one can tell later whether it still is so."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from planctl.diagnostics import Diagnostic
    from planctl.source.document import SourceText
    from planctl.source.tree import Tree


class Watched:
    """Another state, and in `asked` each path that it was asked for, with the answer. It is a `Tree`."""

    def __init__(self, below: Tree, asked: dict[str, bool]) -> None:
        self._below = below
        self._asked = asked

    @property
    def root(self) -> Path:
        """The project's folder."""
        return self._below.root

    def sources(self) -> tuple[tuple[SourceText, ...], tuple[Diagnostic, ...]]:
        """Return the texts of the state, by path, and what was found."""
        return self._below.sources()

    def has_file(self, path: str) -> bool:
        """Tell whether a path with "/" names a file inside the project."""
        self._asked[path] = self._below.has_file(path)
        return self._asked[path]
