"""Checks of approved reports: what is no longer as it was approved, and what is wrong with the approvals themselves.

In: a report held against its approval. Out: findings. Where the plan or the actuals differ they point there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planctl.diagnostics import Diagnostic, Span, finding
from planctl.forms.approval import What
from planctl.forms.fields import as_score
from planctl.portfolio.approval import WHOLE, items_in, key_of, seal
from planctl.scoring.engine import score_period
from planctl.scoring.record import Difference, differences, facts_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from planctl.portfolio.actuals import Actuals
    from planctl.portfolio.approval import Approval, Facts
    from planctl.portfolio.portfolio import Portfolio

NOTHING = "-"
_SCORES = frozenset({What.SELF, What.SUPERIOR})


@dataclass(frozen=True, slots=True)
class Compared:
    """An approved report: what stands approved, what it says now, and what differs without leave on a day.

    What a waiver allows, what comes of a score that does not fit, and a mean that differs as a score does are none of
    the `unexplained`. Without a day no waiver has run out.
    """

    actuals: Actuals
    approval: Approval
    standing: Facts
    current: Facts
    unexplained: tuple[Difference, ...]
    day: date | None

    @property
    def approved_ids(self) -> frozenset[str]:
        """The items of the approved report."""
        return items_in(self.standing)

    def in_both(self) -> Iterator[Difference]:
        """Yield the differences without leave of items that are there before and after."""
        there = self.approved_ids & items_in(self.current)
        return (one for one in self.unexplained if one.item in there and not self._is_corrected(one))

    def of_whole(self) -> Iterator[Difference]:
        """Yield those of the document as a whole."""
        return (one for one in self.unexplained if one.item == WHOLE and not self._is_corrected(one))

    def corrected(self) -> Iterator[Difference]:
        """Yield those of which a correction says something else."""
        return (one for one in self.unexplained if self._is_corrected(one))

    def _is_corrected(self, one: Difference) -> bool:
        return one.old is not None and any(key_of(other) == one.key for other in self.approval.model.corrections)


def compared(actuals: Actuals, portfolio: Portfolio, day: date | None) -> Compared | None:
    """Hold a report against its approval; None where it has none that is sound, or cannot be scored."""
    approval, rubric = actuals.approval, portfolio.rubric_of(actuals)
    if approval is None or rubric is None or not approval.is_sound:
        return None
    standing = approval.standing
    card = score_period(actuals, rubric)
    current = facts_of(card, ids=items_in(standing), with_superior=approval.covers_superior)
    found = differences(standing, current)
    scores = {one.what for one in found if one.item != WHOLE} & _SCORES
    unexplained = tuple(
        one
        for one in found
        if not (approval.waiver_of(one.item, day) or _is_faulty(actuals, one))
        if not (one.item == WHOLE and one.what in scores)
    )
    return Compared(actuals, approval, standing, current, unexplained, day)


def _is_faulty(actuals: Actuals, one: Difference) -> bool:
    """Tell whether a score is written that does not fit; that is a finding already."""
    reported = actuals.reported.get(one.item)
    if reported is None:
        return False
    match one.what:
        case What.SELF:
            return reported.score("self") is None and reported.gives("self")
        case What.SUPERIOR:
            return reported.score("superior") is None and reported.gives("superior")
        case _:
            return False


# Items


def approved_score_fell(one: Compared) -> Iterator[Diagnostic]:
    """Find scores that are lower than the approved ones."""
    for changed in one.in_both():
        if changed.what in _SCORES and _has_fallen(changed):
            yield _of_score("approved-score-fell", one, changed)


def approved_score_changed(one: Compared) -> Iterator[Diagnostic]:
    """Find scores that are higher than the approved ones, and items that have one only now, or none any more."""
    for changed in one.in_both():
        if changed.what in _SCORES and not _has_fallen(changed):
            yield _of_score("approved-score-changed", one, changed)


def _has_fallen(changed: Difference) -> bool:
    try:
        return as_score(changed.new or NOTHING) < as_score(changed.old or NOTHING)
    except ValueError:
        return False


def _of_score(code: str, one: Compared, changed: Difference) -> Diagnostic:
    reported = one.actuals.reported.get(changed.item)
    span = reported.place_of(changed.what.value) if reported else one.actuals.place_of("items")
    return finding(code, span, id=changed.item, evaluation=changed.what.value, **_values(one, changed))


def approved_text_changed(one: Compared) -> Iterator[Diagnostic]:
    """Find what plan or report say in other words than the approved ones."""
    for changed in (*one.in_both(), *one.of_whole()):
        if changed.what not in _SCORES:
            id_ = changed.item or one.actuals.plan.id
            yield finding("approved-text-changed", place_of(one, changed), id=id_, **_values(one, changed))


def approved_item_removed(one: Compared) -> Iterator[Diagnostic]:
    """Find approved items that are no longer there, or no longer reported."""
    for changed in one.unexplained:
        if changed.what is What.PLAN and changed.item != WHOLE and changed.new is None:
            yield finding("approved-item-removed", place_of(one, changed), id=changed.item, **_values(one, changed))


def approved_item_added(one: Compared) -> Iterator[Diagnostic]:
    """Find items that the approved report did not have."""
    for changed in one.unexplained:
        if changed.what is What.PLAN and changed.item != WHOLE and changed.old is None:
            yield finding("approved-item-added", place_of(one, changed), id=changed.item, **_values(one, changed))


def approved_mean_changed(one: Compared) -> Iterator[Diagnostic]:
    """Find means that are others although no score is."""
    for changed in one.of_whole():
        if changed.what in _SCORES:
            span = one.actuals.plan.document.span_of(("mean",))
            values = {"id": one.actuals.plan.id, "evaluation": changed.what.value, **_values(one, changed)}
            yield finding("approved-mean-changed", span, **values)


def place_of(one: Compared, changed: Difference) -> Span:
    """Return where the text of a difference stands: in the plan, or in the actuals."""
    plan, item = one.actuals.plan, one.actuals.plan.all_items.get(changed.item)
    if changed.what is What.REPORT:
        reported = one.actuals.reported.get(changed.item)
        return (
            reported.place_of("progress") if reported else one.actuals.place_of("period" if item is None else "items")
        )
    return plan.place_of(item) if item else plan.document.span_of(("id",))


def _values(one: Compared, changed: Difference) -> dict[str, str]:
    document = one.actuals.plan.id
    return {
        "old": changed.old or NOTHING,
        "new": changed.new or NOTHING,
        "period": str(one.actuals.period),
        "address": f"{document}#{changed.item}" if changed.item else document,
    }


# Corrections, waivers and the file itself


def correction_mismatch(one: Compared) -> Iterator[Diagnostic]:
    """Find corrections that begin with something else than what stood before them."""
    told = one.approval.approved
    for at, correction in enumerate(one.approval.model.corrections):
        recorded = told.get(key_of(correction))
        if correction.old != recorded:
            span = one.approval.document.span_of(("corrections", at, "old"))
            values = {"old": correction.old or NOTHING, "recorded": recorded or NOTHING}
            yield finding("correction-mismatch", span, **values)
        told = {key: text for key, text in told.items() if key != key_of(correction)}
        if correction.new is not None:
            told[key_of(correction)] = correction.new


def correction_not_in_source(one: Compared) -> Iterator[Diagnostic]:
    """Find corrections that the plan or the actuals do not follow."""
    for changed in one.corrected():
        reported = one.actuals.reported.get(changed.item)
        in_actuals = changed.what in _SCORES and reported is not None
        span = reported.place_of(changed.what.value) if in_actuals and reported else place_of(one, changed)
        id_ = changed.item or one.actuals.plan.id
        yield finding("correction-not-in-source", span, id=id_, **_values(one, changed))


def waiver_expired(one: Compared) -> Iterator[Diagnostic]:
    """Find waivers whose last day has passed."""
    for at, waiver in enumerate(one.approval.model.waivers):
        if one.day is not None and waiver.until < one.day:
            span = one.approval.document.span_of(("waivers", at, "until"))
            yield finding("waiver-expired", span, until=waiver.until)


def approval_edited(one: Compared) -> Iterator[Diagnostic]:
    """Find approvals that somebody changed by hand."""
    if seal(one.approval.model) != one.approval.model.digest:
        yield finding("approval-edited", one.approval.document.span_of(("digest",)))
