"""Achievement: how far a reached value comes towards its target, in per cent and exact.

In: an indicator and the reached value as written. Out: an `Achievement`, whose per cent is None, with the reason, where
nothing can be worked out. The default is reached over target, capped at 100 (practice of implementation reports, guide
of practice 2.2); no official rule is known for fewer-is-better, holding, dates and a target of 0, so theirs are ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from planctl.forms.form import Combination
from planctl.forms.indicators import Direction, Formula
from planctl.forms.quantity import is_percent, scale_of_unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planctl.forms.form import Item
    from planctl.forms.indicators import Indicator
    from planctl.forms.quantity import Quantity

Reason = Literal["not-reached", "reached-unclear", "target-unclear", "no-baseline", "baseline-is-target", "target-zero"]
FULL = Fraction(100)
_NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Achievement:
    """One indicator's achievement. `formula` is what was worked out (`9 / 10`); `reason` why nothing was.

    `worked_out` is what the formula comes to in per cent where no more than all of it counts, or no less than nothing.
    """

    indicator: Indicator
    reached: str
    percent: Fraction | None
    formula: str = ""
    reason: Reason | None = None
    worked_out: Fraction | None = None


def achievements(item: Item, reached: Mapping[str, str]) -> tuple[Achievement, ...]:
    """Return the achievement of each indicator of an item, by the reached values under their ids."""
    alone = reached.get("", "") if len(item.indicators) == 1 else ""
    return tuple(achievement(one, reached.get(one.id, alone) if one.id else alone) for one in item.indicators)


def combined(parts: Iterable[Achievement], how: Combination) -> Fraction | None:
    """Return what several achievements come to; None where one of them is not known: nothing stands for it."""
    parts = tuple(parts)
    known = [part.percent for part in parts if part.percent is not None]
    if not known or len(known) < len(parts):
        return None
    match how:
        case Combination.LOWEST:
            return min(known)
        case Combination.WEIGHTED:
            weights = [Fraction(part.indicator.weight or 1) for part in parts]
            return sum((w * p for w, p in zip(weights, known, strict=True)), _NOTHING) / sum(weights, _NOTHING)
        case Combination.MEAN:
            return sum(known, _NOTHING) / len(known)


@lru_cache(maxsize=20_000)
def achievement(indicator: Indicator, reached: str) -> Achievement:
    """Return how far a reached value comes towards the indicator's target; remembered, as many checks ask for it."""
    told = indicator.quantity(reached)
    target = indicator.target_quantity
    if told.kind == "none":
        return Achievement(indicator, reached, None, reason="not-reached")
    if not target.is_measurable:
        return Achievement(indicator, reached, None, reason="target-unclear")
    match indicator.aims:
        case Direction.YES_NO:
            return _answered(indicator, reached, told, target)
        case Direction.BY_DATE:
            return _by_date(indicator, reached, told, target)
        case _:
            return _numeric(indicator, reached, told, target)


def _answered(indicator: Indicator, reached: str, told: Quantity, target: Quantity) -> Achievement:
    """All or nothing: the answer is the one that was aimed at, or it is not."""
    if told.yes is None or target.yes is None:
        return Achievement(
            indicator, reached, None, reason="target-unclear" if target.yes is None else "reached-unclear"
        )
    return Achievement(indicator, reached, FULL if told.yes == target.yes else _NOTHING, f"{reached} = {target.text}")


def _by_date(indicator: Indicator, reached: str, told: Quantity, target: Quantity) -> Achievement:
    """All or nothing: done by the day or not (a rule of ours; lateness has no official measure)."""
    if told.day is None or target.day is None:
        return Achievement(
            indicator, reached, None, reason="target-unclear" if target.day is None else "reached-unclear"
        )
    return Achievement(indicator, reached, FULL if told.day <= target.day else _NOTHING, f"{reached} ≤ {target.text}")


def _numeric(indicator: Indicator, reached: str, told: Quantity, target: Quantity) -> Achievement:
    value = _value_reached(indicator, told)
    aim = target_number(indicator)
    if aim is None:
        reason: Reason = "no-baseline" if target.kind == "change" else "target-unclear"
        return Achievement(indicator, reached, None, reason=reason)
    if value is None:
        return Achievement(indicator, reached, None, reason="reached-unclear")
    if indicator.formula is Formula.CHANGE:
        return _by_change(indicator, reached, value, aim)
    return _by_ratio(indicator, reached, value, aim)


def _by_change(indicator: Indicator, reached: str, value: Fraction, aim: Fraction) -> Achievement:
    """Return (reached - baseline) / (target - baseline), known from teaching and asked for by the indicator itself."""
    start = in_unit(indicator.baseline_quantity, indicator)
    if start is None:
        return Achievement(indicator, reached, None, reason="no-baseline")
    if aim == start:
        return Achievement(indicator, reached, None, reason="baseline-is-target")
    formula = f"({_shown(value)} - {_shown(start)}) / ({_shown(aim)} - {_shown(start)})"
    return _bounded(indicator, reached, (value - start) / (aim - start), formula)


def _by_ratio(indicator: Indicator, reached: str, value: Fraction, aim: Fraction) -> Achievement:
    """Return reached over target, or what mirrors it where less is better or a value is to be held.

    Less (ours): target over reached; at or below the target it is full. Hold (ours): 100 less the deviation in per cent
    of the target. A target of 0 (ours): full where 0 is reached and less or holding is the aim, else nothing; where
    more is the aim there is nothing to work out.
    """
    match indicator.aims:
        case Direction.LESS:
            if value <= aim:
                return Achievement(indicator, reached, FULL, f"{_shown(value)} ≤ {_shown(aim)}")
            return _bounded(
                indicator, reached, aim / value if value > 0 else _NOTHING, f"{_shown(aim)} / {_shown(value)}"
            )
        case Direction.HOLD if aim == 0:
            return Achievement(indicator, reached, FULL if value == 0 else _NOTHING, f"{_shown(value)} = 0")
        case Direction.HOLD:
            formula = f"1 - |{_shown(value)} - {_shown(aim)}| / {_shown(aim)}"
            return _bounded(indicator, reached, 1 - abs(value - aim) / abs(aim), formula)
        case _ if aim <= 0:
            return Achievement(indicator, reached, None, reason="target-zero")
        case _:
            return _bounded(indicator, reached, value / aim, f"{_shown(value)} / {_shown(aim)}")


def target_number(indicator: Indicator) -> Fraction | None:
    """Return the target as a number in the indicator's unit; a change is worked out from the baseline."""
    target = indicator.target_quantity
    if target.kind != "change":
        return in_unit(target, indicator)
    start = in_unit(indicator.baseline_quantity, indicator)
    return None if start is None or target.number is None else start * (1 + Fraction(target.number) / 100)


def in_unit(quantity: Quantity, indicator: Indicator) -> Fraction | None:
    """Return a number in the indicator's unit: «1,4 сая» is 1400 where that is мянган төгрөг."""
    if quantity.number is None or quantity.kind == "change":
        return None
    if quantity.is_share and indicator.unit and not is_percent(indicator.unit):
        return None
    scale = scale_of_unit(indicator.unit or "")
    return Fraction(quantity.number) * Fraction(quantity.scale or scale, scale)


def _value_reached(indicator: Indicator, told: Quantity) -> Fraction | None:
    """Return the reached value; a change is one of the baseline only where the target is such a change too."""
    if told.kind != "change":
        return in_unit(told, indicator)
    if indicator.target_quantity.kind != "change":
        return Fraction(told.number) if told.number is not None and is_percent(indicator.unit or "") else None
    start = in_unit(indicator.baseline_quantity, indicator)
    return None if start is None or told.number is None else start * (1 + Fraction(told.number) / 100)


def _bounded(indicator: Indicator, reached: str, ratio: Fraction, formula: str) -> Achievement:
    """Return an achievement of no less than nothing and no more than all of it."""
    percent = ratio * 100
    counted = min(max(percent, _NOTHING), FULL)
    return Achievement(indicator, reached, counted, formula, worked_out=None if counted == percent else percent)


def _shown(number: Fraction) -> str:
    """Return a number with a comma, of which a long fraction shows five decimals."""
    whole = number.limit_denominator(10**5)
    text = f"{float(whole):.5f}".rstrip("0").rstrip(".")
    return text.replace(".", ",")
