"""What a command works on: the project found upwards, and within it the files and folders that were named."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planctl.errors import PlanctlError
from planctl.forms.period import Period, period_of
from planctl.source.root import find_root
from planctl.source.within import Within
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from planctl.checking.checked import Checked
    from planctl.diagnostics import Diagnostic
    from planctl.pipeline import Project
    from planctl.portfolio.actuals import Actuals
    from planctl.portfolio.plan import Plan
    from planctl.refusal import Part
    from planctl.scoring.scorecard import Scorecard


@dataclass(frozen=True, slots=True)
class Scope:
    """A project's folder, and the paths in it (with "/") that were asked for; none of them means all."""

    root: Path
    within: tuple[str, ...] = ()

    def has(self, path: str) -> bool:
        """Tell whether a path of the project was asked for; its settings and rubrics always are."""
        return Within(self.within).has(path)

    def names(self, path: str) -> bool:
        """Tell whether a path was asked for by itself, by a folder above it, or with the whole project."""
        return Within(self.within).names(path)

    def has_any(self, paths: Iterable[str]) -> bool:
        """Tell whether one of the paths was asked for."""
        return any(self.has(path) for path in paths)

    def has_actuals(self, actuals: Actuals) -> bool:
        """Tell whether a plan and period was asked for, by any of its files."""
        return self.has_any(actuals.files)

    def findings(self, project: Project | Checked) -> tuple[Diagnostic, ...]:
        """Return the findings in the paths that were asked for."""
        return tuple(found for found in project.findings if self.has(found.span.path))

    def findings_of_documents(self, project: Project, refused: Mapping[Part, frozenset[str]]) -> tuple[Diagnostic, ...]:
        """Return also those in the other files of the documents that were asked for: they decide what is shown."""
        documents = [actuals.files for actuals in project.portfolio.actuals]
        return self.findings_in(project.findings, (*documents, *refused.values()))

    def findings_in(
        self, findings: Iterable[Diagnostic], documents: Iterable[frozenset[str]]
    ) -> tuple[Diagnostic, ...]:
        """Return the findings in what was asked for and in all files of those documents of which one was asked for."""
        files = {path for paths in documents if self.has_any(paths) for path in paths}
        return tuple(found for found in findings if self.has(found.span.path) or found.span.path in files)

    def refused(self, refused: Mapping[Part, frozenset[str]], period: Period | None) -> tuple[Part, ...]:
        """Return which of the refused documents were asked for."""
        return tuple(
            part
            for part, files in refused.items()
            if self.has_any(files) and (period is None or period_of(part[1]) in {None, period})
        )


def scope_of(paths: Sequence[Path]) -> Scope:
    """Return the scope of the paths on the command line; PlanctlError where they lie in no project, or in two."""
    for path in paths:
        if not path.exists():
            raise PlanctlError(_("{path} does not exist"), path=path.as_posix())
    # Not Path.absolute, which keeps "..", so that the folder below would be taken for one above.
    named = [Path(os.path.abspath(path)) for path in paths or (Path(),)]  # noqa: PTH100
    roots = {path: find_root(path) for path in named}
    if len({root.resolve() for root in roots.values()}) > 1:
        raise PlanctlError(_("the paths lie in different projects"))
    within = tuple(dict.fromkeys(shown for path, root in roots.items() for shown in _spellings(path, root)))
    whole = not paths or "." in within
    return Scope(next(iter(roots.values())).resolve(), () if whole else within)


def _spellings(path: Path, root: Path) -> Iterator[str]:
    """Return a path as it is written and as it is once links are followed (and, on Windows, capitals are set right)."""
    yield path.relative_to(root).as_posix()
    if path.resolve().is_relative_to(root.resolve()):
        yield path.resolve().relative_to(root.resolve()).as_posix()


def card_of(project: Project, plan: Plan, period: Period) -> Scorecard:
    """Return the scored report of a plan and period; PlanctlError where there is none."""
    cards = {card.actuals.period: card for card in project.scorecards if card.actuals.plan is plan}
    if not cards:
        raise PlanctlError(_("“{document}” has no actuals that can be scored"), document=plan.id)
    if period not in cards:
        known = ", ".join(map(str, cards))
        raise PlanctlError(
            _("“{document}” has no actuals for {period}; it has {known}"), document=plan.id, period=period, known=known
        )
    return cards[period]
