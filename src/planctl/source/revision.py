"""A project as a commit of its repository holds it. In: the repository and a commit. Out: the same as of a folder."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from planctl.diagnostics import Diagnostic, Span, finding
from planctl.source.discover import is_source, text_of
from planctl.source.root import PROJECT_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from planctl.source.document import SourceText
    from planctl.source.git import Entry, Repository

_LINKS_IN_A_ROW = 40
"""As many as operating systems follow."""


@dataclass(frozen=True)
class Revision:
    """The project of a folder as it was in a commit; empty where the commit held no planctl.yaml there."""

    repository: Repository
    commit: str
    root: Path

    @cached_property
    def prefix(self) -> str:
        """The path from the repository's top to the project: "" or one that ends in "/"."""
        return self.repository.prefix_of(self.root)

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """Every file of the project in the commit, by its path in the project."""
        found = self.repository.files(self.commit, self.prefix)
        return {one.path.removeprefix(self.prefix): one for one in found}

    @property
    def is_empty(self) -> bool:
        """Tell whether there was no project here yet."""
        return PROJECT_FILE not in self.entries

    def sources(self) -> tuple[tuple[SourceText, ...], tuple[Diagnostic, ...]]:
        """Return the texts of the project's files, by path, and what was found."""
        if self.is_empty:
            return (), ()
        findings: list[Diagnostic] = []
        wanted = dict(self._wanted(findings))
        contents = self.repository.contents(entry.content for entry in wanted.values())
        texts: list[SourceText] = []
        for path, entry in sorted(wanted.items()):
            text, found = text_of(path, contents[entry.content])
            findings.extend(found)
            texts.extend([text] if text else [])
        return tuple(texts), tuple(findings)

    def has_file(self, path: str) -> bool:
        """Tell whether a path with "/" names a file of the project in the commit, links followed."""
        is_inside = not path.startswith("/") and "\\" not in path and not normpath(path).startswith("..")
        return is_inside and self._followed(normpath(path)) is not None

    def _wanted(self, findings: list[Diagnostic]) -> Iterator[tuple[str, Entry]]:
        for path, entry in self.entries.items():
            if entry.is_submodule and path.split("/", 1)[0] in {"plans", "rubrics", "approvals"}:
                findings.append(finding("submodule-not-read", Span(path)))
            elif is_source(path):
                followed = self._followed(path)
                if followed:
                    yield path, followed
                else:
                    target = self.repository.contents([entry.content])[entry.content].decode(errors="replace")
                    findings.append(finding("link-leaves-project", Span(path), target=target))

    def _followed(self, path: str) -> Entry | None:
        """Return the file at a path, or the one that its links lead to within the project."""
        for _turn in range(_LINKS_IN_A_ROW):
            entry = self.entries.get(path)
            if entry is None or not entry.is_link:
                return entry
            target = self.repository.contents([entry.content])[entry.content].decode(errors="surrogateescape")
            path = normpath(join(dirname(path), target))
        return None
