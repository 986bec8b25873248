"""Which changes make a plan ask for less, or a report say more than was done.

In: what a value was and is. Out: the way in which it weakens, or None. Where a direction is not known, nothing is said.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from planctl.changes.change import Weakening
from planctl.changes.trees import written
from planctl.forms.actuals import State
from planctl.forms.fields import as_score
from planctl.forms.indicators import Direction, Indicator
from planctl.forms.quantity import scale_of_unit
from planctl.forms.timing import timing_of
from planctl.scoring.achievement import target_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from planctl.source.document import Node

_YARDSTICK = ("name", "unit", "direction", "baseline", "target")


def of_deadline(before: str | None, after: str | None, *, year: int = 2000) -> Weakening | None:
    """Tell of a day, a time such as `I-IV`, or a year that became later, or went away."""
    if before is None:
        return None
    if after is None:
        return Weakening.DEADLINE_REMOVED
    was, now = _last(before, year), _last(after, year)
    return Weakening.DEADLINE_LATER if was and now and was < now else None


def _last(text: str, year: int) -> str | None:
    """Return the last day of a deadline so that days, and years, can be compared as texts."""
    if timing := timing_of(text):
        return timing.ends(year).isoformat()
    return text if text.isdecimal() else None


def of_indicator(
    before: Mapping[str, Node], after: Mapping[str, Node], *, year: str = "", holder: Mapping[str, Node] | None = None
) -> Weakening | None:
    """Tell of a target that became lower in the indicator's own direction, or went away, `year` naming that of several.

    `holder` is what an indicator of several values says of all of them, such as the direction.
    """
    was, now = (_indicator({**(holder or {}), **side}, year) for side in (before, after))
    if was is None or not was.target_quantity.is_measurable:
        return None
    if now is None or not now.target_quantity.is_measurable:
        return Weakening.TARGET_REMOVED
    return Weakening.TARGET_LOWERED if _is_lower(was, now) else None


def has_target(node: Node) -> bool:
    """Tell whether an indicator as written has a target, of any year."""
    if not isinstance(node, dict):
        return False
    inner = node.get("parts")
    return bool(node.get("target") or node.get("targets")) or any(
        map(has_target, inner if isinstance(inner, list) else ())
    )


def _indicator(node: Mapping[str, Node], year: str) -> Indicator | None:
    said = {key: value for key in _YARDSTICK if isinstance(value := node.get(key), str)}
    targets = node.get("targets")
    if year and isinstance(targets, dict):
        said["target"] = str(targets.get(year) or "")
    try:
        return Indicator.model_validate({"name": "-", **said})
    except ValueError:
        return None


def _is_lower(was: Indicator, now: Indicator) -> bool:
    if {was.aims, now.aims} == {Direction.MORE, Direction.LESS}:
        return True  # nothing that was asked for is asked for any more
    before, after = was.target_quantity, now.target_quantity
    match was.aims:
        case Direction.YES_NO:
            return before.yes is True and after.yes is False
        case Direction.BY_DATE:
            return before.day is not None and after.day is not None and before.day < after.day
        case Direction.MORE | Direction.LESS as aims:
            one, other = _aimed_at(was, as_in=now), _aimed_at(now, as_in=was)
            if one is None or other is None:
                return False
            return other < one if aims is Direction.MORE else other > one
        case Direction.HOLD:
            return False


def _aimed_at(indicator: Indicator, *, as_in: Indicator) -> Fraction | None:
    """Return a target in single units («2 сая төгрөг» is 2,000,000); None where the other one counts other things.

    Two changes in per cent of a baseline that nobody gave can be held against each other as they are.
    """
    if _counted(indicator) != _counted(as_in):
        return None
    number, target = target_number(indicator), indicator.target_quantity
    if number is None and target.kind == as_in.target_quantity.kind == "change" and target.number is not None:
        return Fraction(target.number)
    return None if number is None else number * scale_of_unit(indicator.unit or "")


def _counted(indicator: Indicator) -> str:
    """Return what a unit counts, without thousands or millions of it."""
    unit = indicator.unit or ""
    return " ".join(unit.casefold().split()[1 if scale_of_unit(unit) > 1 else 0 :])


def of_evidence(before: Node, after: Node) -> Weakening | None:
    """Tell of a proof that is gone and has no other in its place."""
    return Weakening.EVIDENCE_REMOVED if before is not None and after is None else None


def of_score(before: str | None, after: str | None, *, has_grounds: bool) -> Weakening | None:
    """Tell of a score that rose though nothing new was reported, or that was taken away."""
    was, now = _number(before), _number(after)
    if was is None:
        return None
    if now is None:
        return Weakening.TAKEN_OUT_OF_THE_MEAN
    return Weakening.SCORE_WITHOUT_GROUNDS if now > was and not has_grounds else None


def _number(text: str | None) -> Decimal | None:
    try:
        return as_score(text) if text else None
    except ValueError:
        return None


def of_entry(before: Mapping[str, Node], after: Mapping[str, Node]) -> Weakening | None:
    """Tell of an item that had a score and now stands in a state that counts in no mean."""
    is_taken_out = _has_score(before) and _is_outside(after) and not _is_outside(before)
    return Weakening.TAKEN_OUT_OF_THE_MEAN if is_taken_out else None


def of_report(entries: Iterable[Mapping[str, Node]]) -> Weakening | None:
    """Tell of a report that is gone with the scores in it."""
    return Weakening.TAKEN_OUT_OF_THE_MEAN if any(map(_has_score, entries)) else None


def _has_score(entry: Mapping[str, Node]) -> bool:
    return any(written(entry.get(key)) for key in ("self", "superior"))


def _is_outside(entry: Mapping[str, Node]) -> bool:
    state = (written(entry.get("state")) or "").replace("_", "-")
    return state not in {"", State.CLOSED}
