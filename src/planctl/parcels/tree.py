"""A parcel as a state of a project's files, in memory. In: its texts and their findings. Out: a `Tree`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from planctl.diagnostics import Diagnostic
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
