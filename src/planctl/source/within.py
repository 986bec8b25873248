"""Which files of a project a command was asked for: all, or those that were named by themselves or by their folder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planctl.source.root import PROJECT_FILE

if TYPE_CHECKING:
    from collections.abc import Iterable

ALWAYS = (PROJECT_FILE, "rubrics/", "planctl:")
"""What every file of a project hangs on."""


@dataclass(frozen=True, slots=True)
class Within:
    """The paths of the project (with "/") that were asked for; none of them means all."""

    paths: tuple[str, ...] = ()

    def has(self, path: str) -> bool:
        """Tell whether a path of the project was asked for; its settings and rubrics always are."""
        return self.names(path) or path.startswith(ALWAYS)

    def names(self, path: str) -> bool:
        """Tell whether a path was asked for by itself, by a folder above it, or with the whole project."""
        return not self.paths or any(path == part or path.startswith(f"{part}/") for part in self.paths)

    def has_any(self, paths: Iterable[str]) -> bool:
        """Tell whether one of the paths was asked for."""
        return any(self.has(path) for path in paths)


EVERYTHING = Within()
