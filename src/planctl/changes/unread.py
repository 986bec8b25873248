"""What a comparison could not look at: files of either state that were not read, or not all of them.

In: a project. Out: what was not read, and what that keeps from being called added or removed.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from planctl.codes import approvals
from planctl.portfolio.kinds import ACCEPTED_PATH, APPROVALS, SETTINGS_PATH
from planctl.refusal import refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planctl.diagnostics import Diagnostic
    from planctl.pipeline import Project
    from planctl.portfolio.actuals import Actuals
    from planctl.portfolio.plan import Plan
    from planctl.refusal import Part

State = Literal["before", "after"]
OF_THE_PROJECT = (SETTINGS_PATH, ACCEPTED_PATH, APPROVALS, "rubrics/")
"""How the paths of files begin that belong to no plan."""

_AGAINST_APPROVALS = frozenset(code.name for code in approvals.CODES)
"""What is told of files that were read: that they say something else than what was approved."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A file of one of the two states that has errors. Where it is `whole`, nothing of it could be compared.

    `found` is what was first found of it, None where it is only known that nothing took the file. One that `differs` is
    not the same in the other state; of a file without a text, such as a submodule, that is not known.
    """

    state: State
    path: str
    whole: bool
    found: Diagnostic | None = None
    differs: bool = True


def unread(before: Project, after: Project) -> tuple[Unread, ...]:
    """Return what could not be read in either state, or has errors in it; by state and path.

    A file that is the same in both is left out: however wrong, it has not changed.
    """
    return tuple(_changed(before, after))


def _changed(before: Project, after: Project) -> Iterator[Unread]:
    texts = [{source.path: source.text for source in side.sources} for side in (before, after)]
    found = (*_unread(before, "before"), *_unread(after, "after"))
    paths = Counter(one.path for one in found)
    for one in found:
        was, now = (side.get(one.path) for side in texts)
        if was is None and now is None:
            yield replace(one, differs=paths[one.path] == 1)
        elif was != now:
            yield one


def _unread(project: Project, state: State) -> Iterator[Unread]:
    wholly = unread_paths(project)
    first: dict[str, Diagnostic] = {}
    for found in sorted(project.findings, key=lambda found: not found.is_error):
        is_fault = found.is_error and found.code not in _AGAINST_APPROVALS
        if is_fault or found.span.path in wholly:
            first.setdefault(found.span.path, found)
    for path in sorted(wholly | first.keys()):
        yield Unread(state, path, path in wholly, first.get(path))


def unread_paths(project: Project) -> frozenset[str]:
    """Return the files that took no part in the project, and reports of which no item can be read."""
    portfolio = project.portfolio
    taken = {plan.document.path for plan in portfolio.plans.values()}
    reports = (file for actuals in portfolio.actuals for file in actuals.documents)
    taken.update(file.path for file in reports if isinstance(file.data.get("items"), dict | None))
    told = {source.path for source in project.sources}
    untold = {found.span.path for found in project.findings if not found.span.path.startswith("planctl:")} - told
    silent = {source.path for source in project.unread}
    return frozenset({path for path in told - taken if not path.startswith(OF_THE_PROJECT)} | untold | silent)


class Unseen:
    """The files of a state that were not read, and what may stand in them."""

    def __init__(self, project: Project) -> None:
        self._project = project

    @cached_property
    def paths(self) -> frozenset[str]:
        """The files."""
        return unread_paths(self._project)

    @cached_property
    def _claimed(self) -> Mapping[Part, frozenset[str]]:
        return refused(self._project) if self.paths else {}

    def may_hold_plan(self, plan: Plan) -> bool:
        """Tell whether a plan that the state does not have may stand there."""
        names_it = re.compile(rf"^id:[ \t]*[\"']?{re.escape(plan.id)}[\"']?[ \t]*(?:#.*)?\r?$", re.MULTILINE)
        if plan.document.path in self.paths:
            return True
        return any(names_it.search(source.text) for source in self._project.sources if source.path in self.paths)

    def may_hold_of_report(self, actuals: Actuals, *, document: str) -> bool:
        """Tell whether a part of a period's report, or all of it, may stand there; the document goes by its id here."""
        claimed = self._claimed.get((document, str(actuals.period)), frozenset())
        return not self.paths.isdisjoint(claimed | {file.path for file in actuals.documents})
