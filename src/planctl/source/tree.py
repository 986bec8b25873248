"""A state of a project's files: what the folder holds now, or what a revision of its repository held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from planctl.diagnostics import Diagnostic
    from planctl.source.document import SourceText


class Tree(Protocol):
    """One state of a project. `discover.Folder` and `revision.Revision` are such states."""

    @property
    def root(self) -> Path:
        """The project's folder: the one that is read, or the one that the state belongs to."""

    def sources(self) -> tuple[tuple[SourceText, ...], tuple[Diagnostic, ...]]:
        """Return the texts of planctl.yaml, the plans, the rubrics and the records, by path, and what was found."""

    def has_file(self, path: str) -> bool:
        """Tell whether a path with "/" names a file inside the project."""
