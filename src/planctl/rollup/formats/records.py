"""The documents of a roll-up as flat records, one for each evaluation, for programs that make tables of their own.

In: a roll-up. Out: values by column: texts, whole numbers, truth values, and exact means as numerator and denominator.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from planctl.rollup.account import EVALUATIONS
from planctl.rollup.documents import EXCLUDED, NOT_DUE, NOT_EVALUATED, SCORED, UNSCORED
from planctl.rollup.told import of_problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planctl.rollup.account import Rollup
    from planctl.rollup.documents import Part, Scale
    from planctl.rollup.states import Standing

Value: TypeAlias = "str | int | bool | None"

TEXTS = (
    *("province", "organisation", "document", "title", "form", "period", "state"),
    *("date", "due", "problem", "scale", "evaluation"),
)
FLAGS = ("late", "approved", "draft")
NUMBERS = ("errors", "items", "scored", "not_due", "not_evaluated", "excluded", "missing")
MEANS = ("points_numerator", "points_denominator", "mean_numerator", "mean_denominator")
_AT = {"scored": SCORED, "not_due": NOT_DUE, "not_evaluated": NOT_EVALUATED, "excluded": EXCLUDED, "missing": UNSCORED}


def level_names(rollup: Rollup) -> tuple[str, ...]:
    """Return the columns of the values of all scales, the highest first."""
    written = {step.written for counted in rollup.scales for step in counted.scale.steps}
    return tuple(f"level_{one}" for one in sorted(written, key=_height, reverse=True))


def _height(written: str) -> tuple[float, float]:
    low, *high = (float(part) for part in written.split("-"))
    return (high[0] if high else low, low)


def records(rollup: Rollup) -> Iterator[Mapping[str, Value]]:
    """Yield the records: of a valid report one for each evaluation that has begun, of all others a single one."""
    scales = {counted.scale.key: counted.scale for counted in rollup.scales}
    for one in rollup.standings:
        head = _head(one, rollup)
        scale = scales.get(one.document.scale or "")
        if not one.is_valid:
            yield {**head, **_counts(one.document.own, scale)}
            continue
        for evaluation in EVALUATIONS:
            if part := one.document.part(evaluation):
                yield {**head, "evaluation": evaluation, **_counts(part, scale)}


def _head(one: Standing, rollup: Rollup) -> dict[str, Value]:
    document, organisation = one.document, rollup.organisations[one.document.entry]
    return {
        "province": organisation.province,
        "organisation": organisation.name,
        "document": document.id or None,
        "title": document.title or None,
        "form": document.form or None,
        "period": str(document.period) if document.period else None,
        "state": one.state,
        "date": document.date.isoformat() if document.date else None,
        "due": one.due.isoformat() if one.due else None,
        "problem": of_problem(one.problem) if one.problem else None,
        "late": one.is_late,
        "approved": document.approved,
        "draft": document.draft,
        "errors": document.errors,
    }


def _counts(part: Part | None, scale: Scale | None) -> dict[str, Value]:
    if part is None or scale is None:
        return {}
    levels = {f"level_{step.written}": count for step, count in zip(scale.steps, part.levels, strict=True)}
    mean = part.mean or (None, None)
    return {
        "scale": scale.name,
        "items": sum(part.outcomes),
        **{name: part.outcomes[at] for name, at in _AT.items()},
        **levels,
        **dict(zip(MEANS, (*part.points, *mean), strict=True)),
    }
