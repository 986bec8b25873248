"""`planctl explain`: how a score came about, with places and exact arithmetic; or what a finding's code means."""

from __future__ import annotations

from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated

import typer

from planctl.alphabet import alphabetical
from planctl.cli import console
from planctl.cli.evaluations import evaluation_name
from planctl.cli.options import PeriodOption  # noqa: TC001  # typer reads it while the program runs
from planctl.cli.scope import scope_of
from planctl.codes import CODES
from planctl.diagnostics import Severity
from planctl.errors import PlanctlError
from planctl.findings.told import SEVERITIES
from planctl.forms.approval import What
from planctl.forms.number import plain, rounded
from planctl.report.cells import subject
from planctl.report.mongolian import decimal_comma, filled_in
from planctl.words import _, in_mongolian, said, translated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from planctl.cli.console import PathNames
    from planctl.forms.period import Period
    from planctl.pipeline import Project
    from planctl.portfolio.plan import Plan
    from planctl.scoring.achievement import Achievement
    from planctl.scoring.scorecard import EvaluationCard, Mark, Scorecard, Share, Tally

OUTCOME_WORDS = {
    "scored": _("scored"),
    "not_due": _("not yet due"),
    "not_evaluated": _("not evaluated"),
    "excluded": _("excluded"),
    "missing": _("missing"),
}
RULE = _(
    "Rule: the mean is unweighted, over the scored items alone; it is exact until it is rounded half up "
    "(decimals: {decimals})."
)
WEIGHTED_RULE = _(
    "Rule: the mean counts each scored item by its weight; it is exact until it is rounded half up "
    "(decimals: {decimals})."
)
SECTIONS_RULE = _(
    "Rule: the mean is that of the sections' means, as the plan asks for (`mean: sections`); it is exact until it is "
    "rounded half up (decimals: {decimals})."
)
COMBINATIONS = {
    "mean": _("mean of the indicators"),
    "lowest": _("lowest of the indicators"),
    "weighted": _("weighted mean of the indicators"),
}
NOT_WORKED_OUT = {
    "not-reached": _("no reached value"),
    "reached-unclear": _("the reached value is no value of this indicator"),
    "target-unclear": _("the target cannot be measured"),
    "no-baseline": _("no baseline to count from"),
    "baseline-is-target": _("baseline and target are the same"),
    "target-zero": _("nothing can be divided by a target of 0 or less"),
}
WHY = {
    "not_due": _("not due: in the total, outside the mean"),
    "not_evaluated": _("not evaluated: in the total, outside the mean"),
    "excluded": _("excluded from the mean: {state}"),
    "missing": _("no score yet: counted as missing, not as zero"),
}


REASON = _("reason")
BEGUN_DECIMALS = 5
"""Decimals shown of a mean that has no end: the beginning, not a rounding."""


def run(
    what: Annotated[
        str,
        typer.Argument(
            metavar="DOCUMENT#ITEM | DOCUMENT | CODE",
            help=_("An item's address, a document, or the code of a finding."),
        ),
    ],
    period: PeriodOption = None,
) -> None:
    """Explain an item or a document in its latest period (or the one named), or a code."""
    if what in CODES:
        console.text("\n".join(_code(what)) + "\n")
        return
    from planctl.cli.surroundings import today  # noqa: PLC0415  # the help needs none of it
    from planctl.pipeline import load  # noqa: PLC0415  # codes need none of it
    from planctl.refusal import part_of, refused  # noqa: PLC0415

    scope = scope_of([])
    project = load(scope.root, today=today())
    document, _hash, item = what.partition("#")
    plan = _plan(project, document, item)
    card = _card(project, plan, period)
    names = console.PathNames(scope.root)
    units = {id_: unit.name for id_, unit in project.portfolio.settings.units.items()}
    if part_of(card.actuals) in refused(project):
        console.say(
            _("{document} {period} has errors, so this may be wrong"), document=plan.id, period=card.actuals.period
        )
    told = _item(card, item, names, units) if item else _document(card, names, units)
    console.text("\n".join(told) + "\n")


def _plan(project: Project, document: str, item: str) -> Plan:
    """Return the plan that has the item; PlanctlError where there is none."""
    plans = project.portfolio.plans
    if (plan := plans.get(document)) is None:
        what = f"{document}#{item}" if item else document
        suggestion = _did_you_mean(_nearest_address(document, item, plans))
        raise PlanctlError(
            _("there is no document, item or code “{what}”{suggestion}"), what=what, suggestion=suggestion
        )
    if item in plan.all_items and item not in plan.items:
        raise PlanctlError(
            _("“{document}#{item}” is not to be reported: it stands outside all counts"), document=document, item=item
        )
    if item in plan.parts and item not in plan.items:
        raise PlanctlError(
            _("“{document}#{item}” has no score of its own; `planctl trace {document}#{item}` shows what is below it"),
            document=document,
            item=item,
        )
    if item and item not in plan.items:
        suggestion = _did_you_mean(_nearest(item, plan.items))
        raise PlanctlError(
            _("“{document}” has no item “{item}”{suggestion}"), document=document, item=item, suggestion=suggestion
        )
    return plan


def _card(project: Project, plan: Plan, period: Period | None) -> Scorecard:
    """Return the plan's scorecard of a period, or of its latest one; PlanctlError where there is none."""
    cards = {card.actuals.period: card for card in project.scorecards if card.actuals.plan is plan}
    if not cards:
        raise PlanctlError(_("“{document}” has no actuals that can be scored"), document=plan.id)
    latest = max(cards, key=lambda one: (one.last_day, one.months))
    if (period or latest) not in cards:
        known = ", ".join(map(str, cards))
        raise PlanctlError(
            _("“{document}” has no actuals for {period}; it has {known}"), document=plan.id, period=period, known=known
        )
    return cards[period or latest]


def _nearest_address(document: str, item: str, plans: Mapping[str, Plan]) -> str:
    """Return the document, item or code that may be meant; an item's id alone means that of the first plan with it."""
    if holder := next((plan for plan in plans.values() if document in plan.items), None):
        return f"{holder.id}#{document}"
    nearest = _nearest(document, (*plans, *CODES))
    return f"{nearest}#{item}" if item and nearest in plans else nearest


def _nearest(word: str, known: Iterable[str]) -> str:
    return next(iter(get_close_matches(word, tuple(known), n=1)), "")


def _did_you_mean(suggestion: str) -> str:
    return said(_("; did you mean “{suggestion}”?"), {"suggestion": suggestion}) if suggestion else ""


def _code(name: str) -> Iterator[str]:
    code = CODES[name]
    yield f"{name} ({said(SEVERITIES[Severity(code.severity)])})"
    yield ""
    yield from wrap(translated(code.explanation), 78)


def _head(card: Scorecard, names: PathNames) -> Iterator[str]:
    version = card.rubric.version
    yield said(
        _("Scale: {name}, {source} ({path})"),
        {"name": card.rubric.name, "source": version.source, "path": names.of(card.rubric.path)},
    )
    rules = card.actuals.plan.model.rules
    told = {SECTIONS_RULE: rules.mean == "sections", WEIGHTED_RULE: rules.weighted}
    for rule in [rule for rule, holds in told.items() if holds] or [RULE]:
        yield said(rule, {"decimals": card.actuals.plan.decimals})


# One item


def _item(card: Scorecard, id_: str, names: PathNames, units: Mapping[str, str]) -> Iterator[str]:
    actuals = card.actuals
    item = actuals.plan.items[id_].in_year(actuals.period.year)
    yield f"{actuals.plan.id}#{id_}  {actuals.period}"
    yield f"  {subject(actuals.plan, item).partition(chr(10))[0]}"
    yield f"  {names.of(str(actuals.plan.place_of(item)))}"
    if item.is_indicator:
        yield from _reached(card.measured[id_])
        return
    yield ""
    yield from _head(card, names)
    yield from _achievement(card, card.own.marks[id_])
    for evaluation in card.evaluations:
        yield ""
        yield from _evaluation_of_item(card, evaluation, evaluation.marks[id_], names, units)
    yield from _approval(card, id_, names)


def _approval(card: Scorecard, item: str, names: PathNames) -> Iterator[str]:
    """Return what was approved of an item, or of the document (""), and what was corrected since or may differ."""
    if (approval := card.actuals.approval) is None:
        return
    scores = [text for what in (What.SELF, What.SUPERIOR) if (text := approval.approved.get((item, what)))]
    yield ""
    approved, recorded, corrected = said(_("Approved:")), said(_("recorded")), said(_("corrected"))
    yield f"{approved} {approval.model.act}  {names.of(approval.document.path)}"
    if scores:
        yield f"  {recorded}: {', '.join(scores)}"
    for one in approval.model.corrections:
        if (one.item or "") == item:
            change = f"{one.what.value}: {one.old or '-'} → {one.new or '-'}"
            yield f"  {corrected}: {change}; {one.reason}; {one.act}"
    for waiver in approval.model.waivers:
        if waiver.item in {None, item}:
            words = _("may differ until {until}: {reason} ({by})")
            told = {"until": waiver.until, "reason": waiver.reason, "by": waiver.by}
            yield f"  {said(words, told)}"


def _achievement(card: Scorecard, mark: Mark) -> Iterator[str]:
    """Return what the reached values come to: each indicator's formula, and the whole as a score."""
    yield from _reached(mark.parts)
    if mark.achievement is None:
        return
    how = f"{said(COMBINATIONS[card.actuals.plan.model.rules.combination])}: " if len(mark.parts) > 1 else ""
    score = plain(card.rubric.score_for(mark.achievement))
    words = _("computed score {score}") if mark.is_computed else _("the thresholds of the scale suggest {score}")
    yield f"  {how}{_percent(mark.achievement)} — {said(words, {'score': score})}"


def _reached(parts: Iterable[Achievement]) -> Iterator[str]:
    for at, part in enumerate(parts):
        if at == 0:
            yield ""
            yield said(_("Reached:"))
        told = said(NOT_WORKED_OUT[part.reason]) if part.reason else _worked_out(part)
        yield f"  {part.indicator.name}: {told}"


def _worked_out(part: Achievement) -> str:
    if part.worked_out is None:
        return f"{part.formula} = {_percent(part.percent)}"
    counted = said(_("counted as {percent}"), {"percent": _percent(part.percent)})
    return f"{part.formula} = {_percent(part.worked_out)}, {counted}"


def _percent(percents: Fraction | None) -> str:
    return f"{decimal_comma(rounded(percents or Fraction(0), 1))} %"


def _evaluation_of_item(
    card: Scorecard, evaluation: EvaluationCard, mark: Mark, names: PathNames, units: Mapping[str, str]
) -> Iterator[str]:
    reported = card.actuals.reported.get(mark.item.id)
    key = evaluation.evaluation
    if mark.score is not None and reported:
        level = card.rubric.level_of(mark.score)
        name = f" — {level.name.mn if in_mongolian() else level.name.en}" if level else ""
        yield f"{evaluation_name(key)}: {plain(mark.score)}{name}  {names.of(str(reported.place_of(key)))}"
    else:
        state = reported.state.value if reported and reported.state else ""
        place = f"  {names.of(str(reported.place_of('state')))}" if reported else ""
        yield f"{evaluation_name(key)}: {said(WHY[mark.outcome.value], {'state': state})}{place}"
    if reported and reported.entry.reason:
        yield f"  {said(REASON)}: {reported.entry.reason}"
    decimals = card.actuals.plan.decimals
    yield from _parts([part for part in evaluation.sections if mark.item.id in part.ids], {}, decimals)
    yield from _parts([part for part in evaluation.units if part.key in mark.item.units], units, decimals)
    yield f"  {card.actuals.plan.id}: {_sum(evaluation.total, decimals)}"


def _parts(parts: Iterable[Share], units: Mapping[str, str], decimals: int) -> Iterator[str]:
    """Return the sums of sections in their order, or of units by the alphabet."""
    named = [(units.get(part.key or "") or part.key or said(_("without a unit")), part) for part in parts]
    for name, part in sorted(named, key=lambda pair: alphabetical(pair[0])) if units else named:
        yield f"  {name}: {_sum(part.tally, decimals)}"


# A document


def _document(card: Scorecard, names: PathNames, units: Mapping[str, str]) -> Iterator[str]:
    actuals = card.actuals
    yield f"{actuals.plan.id}  {actuals.period}"
    yield f"  {filled_in(actuals.plan.model.title, actuals.period)}"
    for path in (actuals.plan.document.path, *(document.path for document in actuals.documents)):
        yield f"  {names.of(path)}"
    yield ""
    yield from _head(card, names)
    for evaluation in card.evaluations:
        yield ""
        yield from _evaluation(card, evaluation, units)
    yield from _approval(card, "", names)


def _evaluation(card: Scorecard, evaluation: EvaluationCard, units: Mapping[str, str]) -> Iterator[str]:
    total, decimals = evaluation.total, card.actuals.plan.decimals
    yield f"{evaluation_name(evaluation.evaluation)}: {_sum(total, decimals)}"
    parts = " + ".join(f"{count} {said(OUTCOME_WORDS[outcome.value])}" for outcome, count in total.outcomes.items())
    yield f"  {total.items} = {parts}"
    if total.is_plain:
        yield f"  {_points(total)}"
    if total.missing:
        yield f"  {said(OUTCOME_WORDS['missing'])}: {', '.join(_missing(evaluation.marks.values()))}"
    yield from _parts(evaluation.sections, {}, decimals)
    yield from _parts(evaluation.units, units, decimals)
    yield from _parts(evaluation.tables, {}, decimals)


def _missing(marks: object) -> Iterator[str]:
    return (mark.item.id for mark in marks if mark.outcome.value == "missing")  # type: ignore[attr-defined]  # marks


def _points(tally: Tally) -> str:
    """Return `6×100 + 2×70 + 1×0 = 740`."""
    terms = [f"{count}×{plain(value)}" for value, count in tally.levels.items() if count]
    return f"{' + '.join(terms) or '0'} = {plain(tally.points)}"


def _sum(tally: Tally, decimals: int) -> str:
    """Return `740 / 9 = 82.222… → 82,2`, or words where nothing is scored."""
    if tally.mean is None:
        return said(_("nothing is scored"))
    shown = decimal_comma(rounded(tally.mean, decimals))
    sum_ = tally.sum.replace(".", ",")
    if tally.mean == Fraction(rounded(tally.mean, decimals)):
        return f"{sum_} = {shown}"
    begun = rounded(Fraction(int(tally.mean * 10**BEGUN_DECIMALS), 10**BEGUN_DECIMALS), BEGUN_DECIMALS)
    rest = "" if Fraction(begun) == tally.mean else "…"
    return f"{sum_} = {decimal_comma(Decimal(plain(begun)) if not rest else begun)}{rest} → {shown}"
