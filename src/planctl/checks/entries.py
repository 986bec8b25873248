"""Checks of one period of a plan: what the entries say of scores, states and reasons, and what they leave out.

In: the actuals, linked. Out: findings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.checks.lengths import LONGEST_TEXT, too_long
from planctl.diagnostics import Diagnostic, finding
from planctl.forms.fields import PLACEHOLDER
from planctl.portfolio.actuals import EVALUATIONS
from planctl.source.document import holds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from planctl.diagnostics import Span
    from planctl.forms.actuals import Entry, Evidence
    from planctl.forms.form import Item
    from planctl.portfolio.actuals import Actuals, Reported
    from planctl.portfolio.portfolio import Portfolio


def score_not_in_rubric(actuals: Actuals, portfolio: Portfolio) -> Iterator[Diagnostic]:
    """Find scores that are no value of the plan's scale."""
    if not (rubric := portfolio.rubric_of(actuals)):
        return
    given = {score for one in actuals.reported.values() for score in (one.entry.self_score, one.entry.superior)}
    strange = {score for score in given if score is not None and rubric.step_of(score) is None}
    allowed = ", ".join(map(str, rubric.steps))
    for one in actuals.reported.values() if strange else ():
        for evaluation in EVALUATIONS:
            score = one.score(evaluation)
            if score is not None and score in strange:
                yield finding("score-not-in-rubric", one.place_of(evaluation), score=f"{score:f}", allowed=allowed)


def no_rubric_version(actuals: Actuals, portfolio: Portfolio) -> Iterator[Diagnostic]:
    """Find periods for which the plan's scale has no version."""
    named = actuals.plan.rubric
    if named in portfolio.rubrics and not portfolio.rubric_of(actuals):
        yield finding("no-rubric-version", actuals.place_of("period"), rubric=named, period=actuals.period)


def score_of_indicator(actuals: Actuals, _: Portfolio) -> Iterator[Diagnostic]:
    """Find scores of what is measured and not scored."""
    for one in actuals.reported.values():
        if actuals.plan.items[one.id].is_indicator:
            for evaluation in EVALUATIONS:
                if one.score(evaluation) is not None:
                    yield finding("score-of-indicator", one.place_of(evaluation), id=one.id)


def score_with_state(actuals: Actuals, _: Portfolio) -> Iterator[Diagnostic]:
    """Find scores of items whose state forbids one."""
    for one in actuals.with_state:
        if not _forbids_score(one):
            continue
        for evaluation in EVALUATIONS:
            if one.score(evaluation) is not None:
                place = one.place_of("state")
                yield finding("score-with-state", one.place_of(evaluation), id=one.id, state=one.state, place=place)


def _forbids_score(one: Reported) -> bool:
    return one.state is not None and (one.gone or one.state.forbids_score)


def missing_entry(actuals: Actuals, _: Portfolio) -> Iterator[Diagnostic]:
    """Find items that are to be reported and have no entry; those that begin later are not due (not-due-suggested)."""
    span, last = actuals.place_of("items"), actuals.period.last_day
    for item in actuals.plan.items.values():
        one = actuals.reported.get(item.id)
        if (one is None or one.is_silent) and item.is_due(last) and _is_sound(item, actuals):
            yield finding("missing-entry", one.place_of("") if one else span, id=item.id, period=actuals.period)


def _is_sound(item: Item, actuals: Actuals) -> bool:
    """Tell whether no fault of an item that is to be reported, or of its entry, may hide what is said of it."""
    if item.id.startswith(PLACEHOLDER) or item.id in actuals.plan.doubtful:
        return False
    return item.id in actuals.reported or not actuals.mentions(item.id)


def score_without_progress(actuals: Actuals, _: Portfolio) -> Iterator[Diagnostic]:
    """Find scores for which nothing says what was done."""
    for one in actuals.reported.values():
        is_scored = one.entry.self_score is not None and one.id in actuals.plan.evaluated
        if is_scored and not one.gives("progress") and not _forbids_score(one):
            yield finding("score-without-progress", one.place_of("self"), id=one.id)


def progress_without_score(actuals: Actuals, _: Portfolio) -> Iterator[Diagnostic]:
    """Find narratives that nobody has scored, of items with no state that explains it (closing does not)."""
    for one in actuals.reported.values():
        if one.entry.progress is None or one.gives("self"):
            continue
        explained = (
            one.gone
            or one.id not in actuals.plan.evaluated
            or (one.gives("state") and one.state != "closed")
            or _is_computed(actuals, one)
        )
        if not explained:
            yield finding("progress-without-score", one.place_of("progress"), id=one.id)


def _is_computed(actuals: Actuals, one: Reported) -> bool:
    """Tell whether a score follows from reached values, so that nobody has to give one."""
    rules = actuals.plan.model.rules
    if not rules.computed or not one.entry.reached_values:
        return False
    from planctl.scoring.achievement import achievements, combined  # noqa: PLC0415  # many plans measure nothing

    return combined(achievements(actuals.plan.items[one.id], one.entry.reached_values), rules.combination) is not None


def superior_without_self(actuals: Actuals, _: Portfolio) -> Iterator[Diagnostic]:
    """Find items that the superior body scored and the office did not."""
    for one in actuals.reported.values():
        is_scored = one.gives("self") or _is_computed(actuals, one)
        is_to_be_scored = one.id in actuals.plan.evaluated and not _forbids_score(one)
        if one.entry.superior is not None and not is_scored and is_to_be_scored:
            yield finding("superior-without-self", one.place_of("superior"), id=one.id)


def unexplained_difference(actuals: Actuals, _: Portfolio) -> Iterator[Diagnostic]:
    """Find items whose two evaluations differ without a reason."""
    for one in actuals.reported.values():
        own, superior = one.entry.self_score, one.entry.superior
        if own is None or superior is None or own == superior:
            continue
        if one.id in actuals.plan.evaluated and not _forbids_score(one) and not one.gives("reason"):
            yield finding("unexplained-difference", one.place_of("superior"), own=f"{own:f}", superior=f"{superior:f}")


def state_without_reason(actuals: Actuals, _: Portfolio) -> Iterator[Diagnostic]:
    """Find states that nobody explains."""
    for one in actuals.with_state:
        if not one.gives("reason") and not one.gone:
            yield finding("state-without-reason", one.place_of("state"), id=one.id, state=one.state)


def closed_without_act(actuals: Actuals, _: Portfolio) -> Iterator[Diagnostic]:
    """Find items taken from control without the date or the act."""
    for one in actuals.with_state:
        if one.state == "closed" and not one.gone and not (one.gives("date") and one.gives("act")):
            yield finding("closed-without-act", one.place_of("state"), id=one.id)


def deadline_passed(actuals: Actuals, _: Portfolio) -> Iterator[Diagnostic]:
    """Find items whose deadline lies in the period or before it, and that have neither a score nor a state.

    It is the reported period's last day that counts, never the date on the report. Of a measure with a time of its own
    the other checks tell: at the year's end that of nearly all of them has passed.
    """
    last = actuals.period.last_day
    for item in actuals.plan.items.values():
        if item.deadline is None or item.begins or item.deadline > last:
            continue
        one = actuals.reported.get(item.id)
        is_told = one is not None and (one.gives("self") or one.gives("state") or one.gone)
        if not is_told and _is_sound(item, actuals):
            span = one.place_of("self") if one else actuals.place_of("items")
            yield finding("deadline-passed", span, id=item.id, deadline=item.deadline)


def text_too_long(actuals: Actuals, _: Portfolio) -> Iterator[Diagnostic]:
    """Find narratives that no cell of Excel can hold."""
    for one in actuals.reported.values():
        for key, text in _cells(one.entry):
            if length := too_long(text):
                yield finding("text-too-long", one.place_of(key), length=length, most=LONGEST_TEXT)


def _cells(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the texts that stand in cells of their own, each with the key to look for it at."""
    yield "progress", "\n\n".join([text for text in (entry.progress, entry.reason, entry.act) if text])
    if entry.extra:
        yield from (("extra", text) for field in entry.extra.items() for text in field if text)
    if entry.evidence:
        yield "evidence", "\n".join(_proof_texts(entry.evidence))


def _proof_texts(evidence: Iterable[Evidence]) -> Iterator[str]:
    for proof in evidence:
        paper = proof.document
        yield ", ".join(
            text for text in (proof.title, proof.file, proof.url, paper and paper.title, paper and paper.number) if text
        )


def missing_evidence(actuals: Actuals, is_file: Callable[[str], bool]) -> Iterator[Diagnostic]:
    """Find files named as evidence that are not in the project."""
    for one in actuals.reported.values():
        for at, proof in enumerate(one.entry.evidence or ()):
            if proof.file is not None and not one.gone and not is_file(proof.file):
                yield finding("missing-evidence", _evidence_place(one, at), file=proof.file)


def _evidence_place(one: Reported, at: int) -> Span:
    holder = next((file for file in one.documents if holds(file, ("items", one.id, "evidence"))), one.documents[0])
    return holder.span_of(("items", one.id, "evidence", at, "file"))
