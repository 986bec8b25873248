"""The checks of the linked project: each is one function that finds one thing, with one code.

In: the portfolio, and what is known of files and templates. Out: findings. To add a check, write it and add it to
the register at the end; its sentences stand in `codes/linking.py`.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from planctl.diagnostics import Diagnostic, finding
from planctl.forms.fields import PLACEHOLDER
from planctl.forms.form import Group, Item
from planctl.portfolio.portfolio import EVALUATIONS, holds, value_at

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from planctl.diagnostics import Span
    from planctl.forms.actuals import Entry
    from planctl.portfolio.portfolio import Actuals, Plan, Portfolio, Reported

LONGEST_TEXT = 32_767
"""Characters that one cell of Excel can hold."""


# Checks of one plan


def repeated_number(plan: Plan) -> Iterator[Diagnostic]:
    """Find decisions of one plan that carry the same official number."""
    seen: dict[str, Group] = {}
    for band in plan.bands:
        if not isinstance(band, Group) or not band.number:
            continue
        if first := seen.get(band.number):
            line = plan.document.span_of((*first.loc, "number")).line
            yield finding(
                "repeated-number", plan.document.span_of((*band.loc, "number")), number=band.number, line=line
            )
        seen.setdefault(band.number, band)


def too_long_plan_text(plan: Plan) -> Iterator[Diagnostic]:
    """Find texts of the plan that no cell of Excel can hold."""
    for key in ("title", "organisation", "place"):
        yield from _too_long(getattr(plan.model, key) or "", plan.document.span_of((key,)))
    for band in plan.bands:
        if isinstance(band, Group):
            parts: list[Group | Item] = [band, *(item for item in band.items if item.reported)]
            for part in parts:
                for text in (*part.texts.values(), *_extra_texts(part)):
                    yield from _too_long(text, plan.document.span_of(part.loc))
        else:
            yield from _too_long(band.title, plan.document.span_of(("sections",)))


def _extra_texts(part: Group | Item) -> Iterator[str]:
    fields = part.extra if isinstance(part, Item) else {}
    return (text for field in fields.items() for text in field if text)


def _too_long(text: str, span: Span) -> Iterator[Diagnostic]:
    """Find a text that Excel would cut; it counts UTF-16 units, and a tab is written as up to two spaces."""
    if 2 * len(text) <= LONGEST_TEXT:
        return
    length = len(text.expandtabs(2).encode("utf-16-le")) // 2
    if length > LONGEST_TEXT:
        yield finding("text-too-long", span, length=length, most=LONGEST_TEXT)


# Checks of one period of a plan


def score_not_in_rubric(actuals: Actuals, portfolio: Portfolio) -> Iterator[Diagnostic]:
    """Find scores that are no value of the plan's scale."""
    if not (rubric := portfolio.rubric_of(actuals)):
        return
    values = frozenset(rubric.values)
    for one in actuals.reported.values():
        for evaluation in EVALUATIONS:
            score = one.score(evaluation)
            if score is not None and score not in values:
                allowed = ", ".join(f"{value.normalize():f}" for value in rubric.values)
                yield finding("score-not-in-rubric", one.place_of(evaluation), score=f"{score:f}", allowed=allowed)


def no_rubric_version(actuals: Actuals, portfolio: Portfolio) -> Iterator[Diagnostic]:
    """Find periods for which the plan's scale has no version."""
    named = actuals.plan.rubric
    if named in portfolio.rubrics and not portfolio.rubric_of(actuals):
        yield finding("no-rubric-version", actuals.place_of("period"), rubric=named, period=actuals.period)


def score_with_state(actuals: Actuals, _: Portfolio) -> Iterator[Diagnostic]:
    """Find scores of items whose state forbids one."""
    for one in actuals.reported.values():
        if not _forbids_score(one):
            continue
        for evaluation in EVALUATIONS:
            if one.score(evaluation) is not None:
                place = one.place_of("state")
                yield finding("score-with-state", one.place_of(evaluation), id=one.id, state=one.state, place=place)


def _forbids_score(one: Reported) -> bool:
    return one.state is not None and (one.gone or one.state.forbids_score)


def missing_entry(actuals: Actuals, _: Portfolio) -> Iterator[Diagnostic]:
    """Find items that are to be reported and have no entry."""
    span = actuals.place_of("items")
    for item in _sound_items(actuals):
        one = actuals.reported.get(item.id)
        if one is None or (one.entry.is_empty and not any(one.gives(key) for key in ("progress", "self", "state"))):
            yield finding("missing-entry", one.place_of("") if one else span, id=item.id, period=actuals.period)


def _sound_items(actuals: Actuals) -> Iterator[Item]:
    """Return the items that are to be reported, but for those that a fault of their own or of their entry may hide."""
    plan = actuals.plan
    for item in plan.items.values():
        written = value_at(plan.document, (*item.loc, "reported"))
        if item.id.startswith(PLACEHOLDER) or (written is not None and written != "true"):
            continue
        if item.id in actuals.reported or not actuals.mentions(item.id):
            yield item


def score_without_progress(actuals: Actuals, _: Portfolio) -> Iterator[Diagnostic]:
    """Find scores for which nothing says what was done."""
    for one in actuals.reported.values():
        if one.entry.self_score is not None and not one.gives("progress") and not _forbids_score(one):
            yield finding("score-without-progress", one.place_of("self"), id=one.id)


def progress_without_score(actuals: Actuals, _: Portfolio) -> Iterator[Diagnostic]:
    """Find narratives that nobody has scored, of items with no state that explains it (closing does not)."""
    for one in actuals.reported.values():
        explained = one.gone or (one.gives("state") and one.state != "closed")
        if one.entry.progress is not None and not one.gives("self") and not explained:
            yield finding("progress-without-score", one.place_of("progress"), id=one.id)


def superior_without_self(actuals: Actuals, _: Portfolio) -> Iterator[Diagnostic]:
    """Find items that the superior body scored and the office did not."""
    for one in actuals.reported.values():
        if one.entry.superior is not None and not one.gives("self") and not _forbids_score(one):
            yield finding("superior-without-self", one.place_of("superior"), id=one.id)


def unexplained_difference(actuals: Actuals, _: Portfolio) -> Iterator[Diagnostic]:
    """Find items whose two evaluations differ without a reason."""
    for one in actuals.reported.values():
        own, superior = one.entry.self_score, one.entry.superior
        if _forbids_score(one) or one.gives("reason"):
            continue
        if own is not None and superior is not None and own != superior:
            yield finding("unexplained-difference", one.place_of("superior"), own=f"{own:f}", superior=f"{superior:f}")


def state_without_reason(actuals: Actuals, _: Portfolio) -> Iterator[Diagnostic]:
    """Find states that nobody explains."""
    for one in actuals.reported.values():
        if one.state and not one.gives("reason") and not one.gone:
            yield finding("state-without-reason", one.place_of("state"), id=one.id, state=one.state)


def closed_without_act(actuals: Actuals, _: Portfolio) -> Iterator[Diagnostic]:
    """Find items taken from control without the date or the act."""
    for one in actuals.reported.values():
        if one.state == "closed" and not one.gone and not (one.gives("date") and one.gives("act")):
            yield finding("closed-without-act", one.place_of("state"), id=one.id)


def deadline_passed(actuals: Actuals, _: Portfolio) -> Iterator[Diagnostic]:
    """Find items whose deadline lies in the period or before it, and that have neither a score nor a state.

    It is the reported period's last day that counts, never the date on the report.
    """
    for item in _sound_items(actuals):
        if item.deadline is None or item.deadline > actuals.period.last_day:
            continue
        one = actuals.reported.get(item.id)
        if one is None or not (one.gives("self") or one.gives("state") or one.gone):
            span = one.place_of("self") if one else actuals.place_of("items")
            yield finding("deadline-passed", span, id=item.id, deadline=item.deadline)


def too_long_narrative(actuals: Actuals, _: Portfolio) -> Iterator[Diagnostic]:
    """Find narratives that no cell of Excel can hold."""
    for one in actuals.reported.values():
        entry = one.entry
        written = "\n\n".join(text for text in (entry.progress, entry.reason, entry.act) if text)
        yield from _too_long(written, one.place_of("progress"))
        for text in (text for field in entry.extra.items() for text in field if text):
            yield from _too_long(text, one.place_of("extra"))
        yield from _too_long("\n".join(_proof_texts(entry)), one.place_of("evidence"))


def _proof_texts(entry: Entry) -> Iterator[str]:
    for proof in entry.evidence or ():
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


PLAN_RULES: tuple[Callable[[Plan], Iterator[Diagnostic]], ...] = (repeated_number, too_long_plan_text)

ACTUALS_RULES: tuple[Callable[[Actuals, Portfolio], Iterator[Diagnostic]], ...] = (
    no_rubric_version,
    score_not_in_rubric,
    score_with_state,
    missing_entry,
    score_without_progress,
    progress_without_score,
    superior_without_self,
    unexplained_difference,
    state_without_reason,
    closed_without_act,
    deadline_passed,
    too_long_narrative,
)


def unknown_template(portfolio: Portfolio, templates: Collection[str]) -> Iterator[Diagnostic]:
    """Find templates of the office that stand in for none that there is."""
    for name in portfolio.settings.templates:
        if name not in templates and portfolio.settings_document:
            near = get_close_matches(name, templates, n=1)
            span = portfolio.settings_document.key_span_of(("templates", name))
            yield finding("unknown-template", span, name=name, **({"suggestion": near[0]} if near else {}))


def check(
    portfolio: Portfolio, *, is_file: Callable[[str], bool], templates: Collection[str]
) -> tuple[Diagnostic, ...]:
    """Return what the rules find.

    `is_file` tells whether a path of the project is a file in it; `templates` are the names that can be replaced.
    """
    return (*_found(portfolio, is_file), *unknown_template(portfolio, templates))


def _found(portfolio: Portfolio, is_file: Callable[[str], bool]) -> Iterator[Diagnostic]:
    for plan in portfolio.plans.values():
        for plan_rule in PLAN_RULES:
            yield from plan_rule(plan)
    for actuals in portfolio.actuals:
        for rule in ACTUALS_RULES:
            yield from rule(actuals, portfolio)
        yield from missing_evidence(actuals, is_file)
