"""A project's files as bytes that came from elsewhere: what a process works on that cannot look into the folder.

In: files by path. Out: the same as of a folder; it is a `Tree`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planctl.source.discover import text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from planctl.diagnostics import Diagnostic
    from planctl.source.document import SourceText


@dataclass(frozen=True, slots=True)
class InMemory:
    """A state of a project that lies nowhere. Paths are with "/"; `is_elsewhere` answers for the files not at hand."""

    files: Mapping[str, bytes]
    is_elsewhere: Callable[[str], bool] = lambda _path: False
    root: Path = Path()

    def sources(self) -> tuple[tuple[SourceText, ...], tuple[Diagnostic, ...]]:
        """Return the texts of the files, by path, and what was found."""
        read = [text_of(path, data) for path, data in sorted(self.files.items())]
        texts = tuple(text for text, _found in read if text is not None)
        return texts, tuple(one for _text, found in read for one in found)

    def has_file(self, path: str) -> bool:
        """Tell whether a path names one of the files, at hand or not."""
        return path in self.files or self.is_elsewhere(path)
