"""What a command works on: the project found upwards, and within it the files and folders that were named."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planctl.errors import PlanctlError
from planctl.source.discover import find_root
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planctl.diagnostics import Diagnostic
    from planctl.pipeline import Project
    from planctl.portfolio.portfolio import Actuals


@dataclass(frozen=True, slots=True)
class Scope:
    """A project's folder, and the paths in it (with "/") that were asked for; none of them means all."""

    root: Path
    within: tuple[str, ...] = ()

    def has(self, path: str) -> bool:
        """Tell whether a path of the project was asked for; its settings and rubrics always are."""
        if not self.within or path == "planctl.yaml" or path.startswith("planctl:"):
            return True
        return any(path == part or path.startswith(f"{part}/") for part in self.within)

    def has_actuals(self, actuals: Actuals) -> bool:
        files = (actuals.plan.document.path, *(document.path for document in actuals.documents))
        return any(self.has(path) for path in files)

    def findings(self, project: Project) -> tuple[Diagnostic, ...]:
        return tuple(found for found in project.findings if self.has(found.span.path))


def scope_of(paths: Sequence[Path]) -> Scope:
    """Return the scope of the paths on the command line; PlanctlError where they lie in no project, or in two."""
    for path in paths:
        if not path.exists():
            raise PlanctlError(_("{path} does not exist"), path=path.as_posix())
    roots = {find_root(path) for path in paths or (Path(),)}
    if len(roots) > 1:
        raise PlanctlError(_("the paths lie in different projects"))
    root = roots.pop().resolve()
    within = tuple(path.resolve().relative_to(root).as_posix() for path in paths)
    return Scope(root, () if "." in within else within)
