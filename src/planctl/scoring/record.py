"""What a scored report says, as facts that an approval records and later states are held against.

In: a scorecard. Out: facts by item and kind; the differences between two states.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planctl.forms.approval import What
from planctl.forms.number import plain
from planctl.portfolio import digests
from planctl.portfolio.approval import WHOLE, items_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from planctl.forms.form import Item
    from planctl.portfolio.approval import Facts, Key
    from planctl.scoring.scorecard import EvaluationCard, Mark, Scorecard, Tally


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact that is another now; `old` is None where there was none, `new` where there is none."""

    key: Key
    old: str | None
    new: str | None

    @property
    def item(self) -> str:
        """The id of the item, "" for the document as a whole."""
        return self.key[0]

    @property
    def what(self) -> What:
        """What is different."""
        return self.key[1]


def facts_of(card: Scorecard, *, ids: Collection[str], with_superior: bool) -> Facts:
    """Return what a report says. What the plan says besides its items is told of the sections that hold these items."""
    evaluations = [one for one in card.evaluations if one.evaluation == "self" or with_superior]
    facts: dict[Key, str] = {}
    for evaluation in evaluations:
        if mean := mean_of(evaluation.total):
            facts[WHOLE, What(evaluation.evaluation)] = mean
    facts[WHOLE, What.PLAN] = digests.of_plan(card.actuals.plan, ids)
    facts[WHOLE, What.REPORT] = digests.of_report(card.actuals)
    for item in card.actuals.plan.items.values():
        facts.update(_of_item(card, item, evaluations, with_superior=with_superior))
    return facts


def _of_item(
    card: Scorecard, item: Item, evaluations: Collection[EvaluationCard], *, with_superior: bool
) -> Iterator[tuple[Key, str]]:
    for evaluation in evaluations:
        if mark := evaluation.marks.get(item.id):
            yield (item.id, What(evaluation.evaluation)), result_of(mark)
    yield (item.id, What.PLAN), digests.of_item(card.actuals.plan, item.id)
    reported = card.actuals.reported.get(item.id)
    if reported and (digest := digests.of_entry(reported, with_reason=with_superior)):
        yield (item.id, What.REPORT), digest


def mean_of(total: Tally) -> str:
    """Return an exact mean as a fraction, as written where it is one sum over the items; "" where nothing is scored."""
    if total.mean is None or total.exact is None:
        return ""
    return f"{total.mean.numerator}/{total.mean.denominator}" if "(" in total.exact else total.exact


def result_of(mark: Mark) -> str:
    """Return the score as written, `82.5`, or why there is none, `not-due`."""
    return plain(mark.score) if mark.score is not None else mark.outcome.value.replace("_", "-")


def differences(standing: Facts, now: Facts) -> tuple[Difference, ...]:
    """Return what is different, the document as a whole last, the items in the order in which they stand now.

    The sections of a document whose items are others are not compared: they are others with them.
    """
    keys = sorted(dict.fromkeys((*now, *standing)), key=lambda key: key[0] == WHOLE)
    found = (Difference(key, standing.get(key), now.get(key)) for key in keys)
    is_less = bool(items_in(standing) - items_in(now))
    return tuple(one for one in found if one.old != one.new and not (is_less and one.key == (WHOLE, What.PLAN)))
