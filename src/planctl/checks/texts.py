"""Checks of texts: those of one text, in plans and narratives alike, and those of narratives held against each other.

In: texts with their places. Out: findings, all of them warnings: a person may have meant what looks like a slip.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planctl.checks import letters, narrative, sums, wording
from planctl.checks.together import Texts
from planctl.diagnostics import Diagnostic, finding
from planctl.portfolio.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from planctl.diagnostics import Span
    from planctl.forms.form import Loc
    from planctl.portfolio.actuals import Actuals, Reported
    from planctl.portfolio.portfolio import Portfolio


_NO_TEXTS = frozenset(
    {
        *(
            "form",
            "id",
            "number",
            "units",
            "rubric",
            "notes",
            "source",
            "year",
            "years",
            "until",
            "targets",
            "reported",
        ),
        *("date", "deadline", "period", "weight", "carried", "carries_out", "above", "direction", "value", "formula"),
    }
)
"""Keys whose values are ids, numbers, days or choices, or remarks that no sheet shows."""


def texts_of(one: Plan | Actuals) -> Texts[Any]:
    """Return what the author wrote in a plan, but for items that are not reported, or what a period's report tells."""
    return _texts_of_plan(one) if isinstance(one, Plan) else _texts_of_actuals(one)


def _texts_of_plan(plan: Plan) -> Texts[Loc]:
    hidden = frozenset(item.loc for item in plan.all_items.values() if not item.reported)
    return Texts(tuple(_leaves(plan.document.data, hidden)), plan.document.span_of)


def _leaves(data: object, hidden: frozenset[Loc]) -> Iterator[tuple[str, Loc]]:
    """Yield the texts of a tree with their places, but for what no sheet shows as words."""
    waiting: list[tuple[Loc, object]] = [((), data)]
    for loc, node in waiting:
        below: Iterable[tuple[str | int, object]] = ()
        if isinstance(node, dict) and not (hidden and loc in hidden):
            below = node.items()
        elif isinstance(node, list):
            below = enumerate(node)
        for step, value in below:
            if step in _NO_TEXTS:
                continue
            if not isinstance(value, str):
                waiting.append(((*loc, step), value))
            elif not value.isdecimal():
                yield value, (*loc, step)


def _texts_of_actuals(actuals: Actuals) -> Texts[tuple[Reported, str]]:
    """Return the narratives and reasons of a period."""
    return Texts(tuple(_told_in(actuals)), _place_of)


def _told_in(actuals: Actuals) -> Iterator[tuple[str, tuple[Reported, str]]]:
    for one in actuals.reported.values():
        if progress := one.entry.progress:
            yield progress, (one, "progress")
        if reason := one.entry.reason:
            yield reason, (one, "reason")


def _place_of(where: tuple[Reported, str]) -> Span:
    one, key = where
    return one.place_of(key)


# Checks of texts, one by one


def html_tag(texts: Texts[Any]) -> Iterator[Diagnostic]:
    """Find HTML tags in a text."""
    for text, where in texts.with_any(*wording.SIGNS_OF_TAGS):
        if tags := wording.html_tags(text):
            yield finding("html-tag", texts.place_of(where), tags=", ".join(tags))


def unfilled_blank(texts: Texts[Any]) -> Iterator[Diagnostic]:
    """Find blanks of a text that nobody filled in."""
    for text, where in texts.with_any(*wording.SIGNS_OF_BLANKS):
        if found := wording.blanks(text):
            count = len(found) if len(found) > 1 else ""
            yield finding("unfilled-blank", texts.place_of(where), text=found[0], count=count)


def act_without_number(texts: Texts[Any]) -> Iterator[Diagnostic]:
    """Find acts that a text quotes without their number."""
    for text, where in texts.with_any(*wording.SIGNS_OF_ACTS):
        for act in wording.acts_without_number(text):
            yield finding("act-without-number", texts.place_of(where), act=act)


def mixed_scripts(texts: Texts[Any]) -> Iterator[Diagnostic]:
    """Find words of Latin and Cyrillic letters."""
    for text, where in texts.with_letter(letters.LATIN_LETTER):
        for one in letters.mixed_words(text):
            foreign = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in one.foreign)
            yield finding("mixed-scripts", texts.place_of(where), word=one.word, letters=foreign, suggestion=one.meant)


def sum_in_text(texts: Texts[Any]) -> Iterator[Diagnostic]:
    """Find totals that a text's own numbers do not make."""
    for way in sums.WAYS:
        for text, where in texts.with_any(*way.signs):
            for one in way.sums(text):
                parts = " + ".join(map(_number, one.parts))
                yield finding("sum-in-text", texts.place_of(where), said=one.said, parts=parts, sum=_number(one.sum))


def _number(value: Decimal) -> str:
    return f"{value:f}".replace(".", ",")


# Checks of narratives


def empty_phrase(actuals: Actuals, _: Portfolio) -> Iterator[Diagnostic]:
    """Find narratives that would fit every item."""
    for one in _told(actuals):
        text = one.entry.progress or ""
        if wording.is_empty_phrase(text):
            yield finding("empty-phrase", one.place_of("progress"), id=one.id, text=" ".join(text.split()))


def pasted_narrative(actuals: Actuals, _: Portfolio) -> Iterator[Diagnostic]:
    """Find narratives that stand, all or most of them, at an earlier item of the same period."""
    for copy in narrative.copies((one.id, one.entry.progress or "") for one in _told(actuals)):
        span = actuals.reported[copy.id].place_of("progress")
        place = actuals.reported[copy.first].place_of("progress")
        yield finding(
            "pasted-narrative", span, id=copy.id, first=copy.first, place=place, percent=int(100 * copy.share)
        )


def _told(actuals: Actuals) -> Iterator[Reported]:
    return (one for one in actuals.reported.values() if one.entry.progress and not one.gone)


def unchanged_narrative(portfolio: Portfolio) -> Iterator[Diagnostic]:
    """Find narratives that are the same as in the last earlier period, but for items that were done by then."""
    for plan in portfolio.plans.values():
        periods = portfolio.of_plan(plan)
        if len(periods) > 1:
            yield from _unchanged_in(periods)


def _unchanged_in(periods: Sequence[Actuals]) -> Iterator[Diagnostic]:
    last: dict[str, list[tuple[Actuals, Reported]]] = {}
    for actuals in periods:
        for one in _told(actuals):
            told = last.setdefault(one.id, [])
            for earlier, before in reversed(told):
                if earlier.period.is_before(actuals.period):
                    yield from _unchanged(one, before, str(earlier.period))
                    break
            told.append((actuals, one))


def _unchanged(one: Reported, before: Reported, period: str) -> Iterator[Diagnostic]:
    is_done = before.entry.self_score == one.entry.self_score == DONE
    if not is_done and narrative.is_unchanged(before.entry.progress or "", one.entry.progress or ""):
        place = before.place_of("progress")
        yield finding("unchanged-narrative", one.place_of("progress"), id=one.id, period=period, place=place)


DONE = 100
"""The score of an item about which nothing more is to be told, in per cent."""
