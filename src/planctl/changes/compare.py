"""Two states of a project by meaning. In: both, loaded. Out: every change, what weakens a plan first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from planctl.changes.change import Change, Kind
from planctl.changes.elsewhere import moved_elsewhere
from planctl.changes.pairing import pair_plans
from planctl.changes.plans import PlanPair, only_in_one
from planctl.changes.project_files import of_project_files
from planctl.changes.reports import ReportPair
from planctl.changes.units import renamed_units
from planctl.changes.unread import Unseen, unread
from planctl.diagnostics import Span
from planctl.garbage import collector_off
from planctl.portfolio.settings import spellings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from planctl.pipeline import Project
    from planctl.portfolio.actuals import Actuals
    from planctl.portfolio.plan import Plan


def compare(before: Project, after: Project) -> tuple[Change, ...]:
    """Return what changed from one state to the other: what weakens a plan, then the project's files, then by plan.

    What cannot be read in one of the states is neither added nor removed (see `unread`).
    """
    with collector_off():
        found = tuple(_Comparison(before, after).changes())
    return tuple(sorted(found, key=lambda change: change.weakens is None))


class _Comparison:
    def __init__(self, before: Project, after: Project) -> None:
        self._before = before
        self._after = after

    def changes(self) -> Iterator[Change]:
        found = [*of_project_files(self._before, self._after)]
        for id_ in sorted({*self._pairs.values(), *self._gone, *self._new}):
            found += self._of_document(id_)
        earlier = self._before.portfolio.plans
        by_new_id = {self._pairs.get(id_, id_): plan for id_, plan in earlier.items()}
        found = list(moved_elsewhere(found, by_new_id, self._after.portfolio.plans))
        yield from found
        yield from self._of_form_alone(found)

    @cached_property
    def _unseen(self) -> tuple[Unseen, Unseen]:
        return Unseen(self._before), Unseen(self._after)

    # Plans

    @cached_property
    def _pairs(self) -> dict[str, str]:
        return pair_plans(self._before.portfolio.plans, self._after.portfolio.plans)

    @cached_property
    def _earlier(self) -> dict[str, str]:
        return {now: was for was, now in self._pairs.items()}

    @cached_property
    def _gone(self) -> dict[str, Plan]:
        plans = self._before.portfolio.plans
        return {id_: plan for id_, plan in plans.items() if id_ not in self._pairs}

    @cached_property
    def _new(self) -> dict[str, Plan]:
        plans = self._after.portfolio.plans
        return {id_: plan for id_, plan in plans.items() if id_ not in self._earlier}

    def _of_document(self, id_: str) -> Iterator[Change]:
        was = self._earlier.get(id_)
        if was is None:
            # One id may stand for a plan that went and, in another form, for one that came.
            if gone := self._gone.get(id_):
                yield from () if self._unseen[1].may_hold_plan(gone) else only_in_one(gone, Kind.REMOVED)
                yield from self._of_reports(id_, None, {})
            if new := self._new.get(id_):
                yield from () if self._unseen[0].may_hold_plan(new) else only_in_one(new, Kind.ADDED)
                yield from self._of_reports(None, id_, {})
            return
        pair = PlanPair(self._before.portfolio.plans[was], self._after.portfolio.plans[id_], self._units)
        yield from pair.changes()
        yield from self._of_reports(was, id_, pair.renamed_items)

    @cached_property
    def _units(self) -> tuple[dict[str, str], dict[str, str]]:
        before, after = self._before.portfolio.settings.units, self._after.portfolio.settings.units
        renamed = renamed_units(before, after)
        return {way: renamed.get(id_, id_) for way, id_ in spellings(before).items()}, spellings(after)

    # Reports

    @cached_property
    def _reports(self) -> tuple[dict[str, dict[str, Actuals]], dict[str, dict[str, Actuals]]]:
        before, after = self._before.portfolio.actuals, self._after.portfolio.actuals
        return _by_period(before, self._unseen[0]), _by_period(after, self._unseen[1])

    def _of_reports(self, was: str | None, now: str | None, renamed: Mapping[str, str]) -> Iterator[Change]:
        earlier = self._reports[0].get(was or "", {})
        later = self._reports[1].get(now or "", {})
        for period in sorted({*earlier, *later}):
            one, other = earlier.get(period), later.get(period)
            if one and self._unseen[1].may_hold_of_report(one, document=now or was or ""):
                one = _only_files_of(other, one)
            if other and self._unseen[0].may_hold_of_report(other, document=was or now or ""):
                other = _only_files_of(one, other)
            yield from ReportPair(one, other, now or was or "", renamed).changes()

    # Formatting

    def _of_form_alone(self, found: Iterable[Change]) -> Iterator[Change]:
        """Yield the files whose text is another and whose meaning is the same.

        A report that only follows an id that is called otherwise now is no such file.
        """
        found = tuple(found)
        renamed = {one.document for one in found if one.kind is Kind.RENAMED and one.field == "id"}
        touched = [{at.path for one in found if (at := getattr(one, side))} for side in ("was_at", "is_at")]
        faulty = {one.path for one in unread(self._before, self._after)}
        before = {source.path: source.text for source in self._before.sources}
        for source in self._after.sources:
            path = source.path
            if path in faulty or _is_same(before.get(path, source.text), source.text):
                continue
            document, period = self._owners.get(path, ("", ""))
            if path not in touched[0] and path not in touched[1] and not (period and document in renamed):
                yield Change(
                    Kind.FORMATTING,
                    document,
                    period=period,
                    field="file",
                    before=path,
                    after=path,
                    was_at=Span(path),
                    is_at=Span(path),
                )

    @cached_property
    def _owners(self) -> dict[str, tuple[str, str]]:
        portfolio = self._after.portfolio
        plans = {plan.document.path: (id_, "") for id_, plan in portfolio.plans.items()}
        reports = {file.path: (one.plan.id, str(one.period)) for one in portfolio.actuals for file in one.documents}
        return plans | reports


def _is_same(before: str, after: str) -> bool:
    """Tell whether two texts are the same but for the ends of lines, which git itself changes on Windows."""
    return before == after or before.replace("\r\n", "\n") == after.replace("\r\n", "\n")


def _only_files_of(read: Actuals | None, actuals: Actuals) -> Actuals | None:
    """Return a report without the files that it does not have in common with one that was read; None without any."""
    known = {file.path for file in read.documents} if read else set()
    return _with_files(actuals, known)


def _with_files(actuals: Actuals, paths: AbstractSet[str]) -> Actuals | None:
    held = tuple(file for file in actuals.documents if file.path in paths)
    return replace(actuals, documents=held) if held else None


def _by_period(actuals: Iterable[Actuals], unseen: Unseen) -> dict[str, dict[str, Actuals]]:
    """Return the reports by document and period, without files of which nothing can be compared."""
    found: defaultdict[str, dict[str, Actuals]] = defaultdict(dict)
    for one in actuals:
        if read := _with_files(one, {file.path for file in one.documents} - unseen.paths):
            found[one.plan.id][str(one.period)] = read
    return found
