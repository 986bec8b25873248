"""All plans of a project with their actuals, linked: what scoring and reports look things up in.

In: nothing but what `link` puts together. All values are frozen; an item's place leads back to its file.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from planctl.forms.form import Group
from planctl.portfolio.rubric import rubric_at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from planctl.forms.form import Section
    from planctl.forms.period import Period
    from planctl.portfolio.accepted import Accepted
    from planctl.portfolio.actuals import Actuals
    from planctl.portfolio.approval import Approval
    from planctl.portfolio.chain import Chain
    from planctl.portfolio.plan import Plan
    from planctl.portfolio.rubric import Rubric, RubricFile
    from planctl.portfolio.settings import Settings
    from planctl.source.document import Document


@dataclass(frozen=True, slots=True)
class RubricSource:
    """A rubric file and where it lies (a path of the project, or `planctl:…` for one that comes with planctl)."""

    file: RubricFile
    path: str


@dataclass(frozen=True)
class Portfolio:
    """The project: settings, rubric files by name, plans by id, and actuals in the order of plan and period.

    `approvals` are all there are, those of reports that are not there too; `accepted` what accepted.yaml lets be;
    `faulty` are the files of which not everything could be taken over.
    """

    settings: Settings
    rubrics: Mapping[str, RubricSource]
    plans: Mapping[str, Plan]
    actuals: tuple[Actuals, ...]
    settings_document: Document | None = None
    approvals: tuple[Approval, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    faulty: frozenset[str] = frozenset()

    @cached_property
    def chain(self) -> Chain:
        """How the plans hang together: what carries out what."""
        from planctl.portfolio.chain import chain_of  # noqa: PLC0415  # most offices' plans stand alone

        return chain_of(self.plans)

    @cached_property
    def has_links(self) -> bool:
        """Tell whether a plan, or a part of one, says what is above it: most offices' plans stand alone."""
        return any(plan.model.above or any(map(_names_above, plan.bands)) for plan in self.plans.values())

    def of_plan(self, plan: Plan) -> Sequence[Actuals]:
        """Return what was reported of a plan, in the order of the periods."""
        return self._by_plan.get(plan.id, ())

    @cached_property
    def _by_plan(self) -> Mapping[str, Sequence[Actuals]]:
        found: dict[str, list[Actuals]] = {}
        for actuals in self.actuals:
            found.setdefault(actuals.plan.id, []).append(actuals)
        return MappingProxyType(found)

    def rubric_of(self, actuals: Actuals) -> Rubric | None:
        """Return the version of the plan's scale that is in force on the last day of the period, or None."""
        return self.rubric_on(actuals.plan, actuals.period)

    def rubric_on(self, plan: Plan, period: Period) -> Rubric | None:
        """Return the version of a plan's scale that is in force on the last day of a period, reported or not."""
        return self.rubric_in(plan.rubric, period)

    def rubric_in(self, name: str, period: Period) -> Rubric | None:
        """Return the version of a scale that is in force on the last day of a period, or None."""
        key = name, period.last_day
        if key not in self._in_force:
            source = self.rubrics.get(name)
            self._in_force[key] = rubric_at(source.file, key[1], path=source.path) if source else None
        return self._in_force[key]

    @cached_property
    def _in_force(self) -> dict[tuple[str, date], Rubric | None]:
        """The versions of scales that were asked for, each once for all plans that take it."""
        return {}


def _names_above(band: Section | Group) -> bool:
    parts = band.items if isinstance(band, Group) else (band,)
    return any(part.carries_out or (part.indicators and any(one.above for one in part.indicators)) for part in parts)
