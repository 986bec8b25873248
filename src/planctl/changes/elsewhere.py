"""Items that went from one document to another. In: changes that say removed and added. Out: that they moved.

Only an item that says the same but for its id and number moved: of any other a lower target or a later deadline would
be lost from sight. Where two could be meant, both stay what they are.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planctl.changes.change import Change, Kind
from planctl.changes.trees import written
from planctl.source.document import value_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from planctl.portfolio.plan import Plan

_OFFICIAL = {"id", "number"}


def moved_elsewhere(
    found: Sequence[Change], before: Mapping[str, Plan], after: Mapping[str, Plan]
) -> tuple[Change, ...]:
    """Return the changes with one that says moved for each pair that was removed and added.

    `before` are the earlier plans by the ids that they have now.
    """
    gone = _alone((one for one in found if one.kind is Kind.REMOVED and one.item), before)
    new = _alone((one for one in found if one.kind is Kind.ADDED and one.item), after)
    pairs = {id(one): (one, new[sign]) for sign, one in gone.items() if sign in new and _differ(one, new[sign])}
    arrived = {id(other): one for one, other in pairs.values()}
    kept = [_moved(arrived[id(one)], one) if id(one) in arrived else one for one in found if id(one) not in pairs]
    losing = {one.document for one in kept if one.kind is Kind.REMOVED and one.item and one.weakens}
    at_ease = {one.document for one in kept if _is_file(one) and not one.period} - losing
    return tuple(_at_ease(one) if _is_file(one) and one.document in at_ease else one for one in kept)


def _alone(changes: Iterable[Change], plans: Mapping[str, Plan]) -> dict[str, Change]:
    """Return the changes by what their items say; what two items say tells nothing."""
    by_sign: dict[str, Change | None] = {}
    for change in changes:
        if sign := _sign(change, plans.get(change.document)):
            by_sign[sign] = None if sign in by_sign else change
    return {sign: change for sign, change in by_sign.items() if change}


def _sign(change: Change, plan: Plan | None) -> str | None:
    item = plan.all_items.get(change.item) if plan else None
    node = value_at(plan.document, item.loc) if plan and item else None
    if not plan or not isinstance(node, dict) or written(node.get("id")) != change.item:
        return None
    return f"{plan.form.name}: {written({key: node[key] for key in sorted(node) if key not in _OFFICIAL})}"


def _differ(one: Change, other: Change) -> bool:
    return one.document != other.document


def _moved(one: Change, other: Change) -> Change:
    return Change(
        Kind.MOVED,
        other.document,
        other.item,
        field="document",
        before=one.address,
        after=other.address,
        was_at=one.was_at,
        is_at=other.is_at,
    )


def _is_file(change: Change) -> bool:
    """Tell whether a document, or a report of it, is gone."""
    return change.kind is Kind.REMOVED and not change.item and not change.field


def _at_ease(change: Change) -> Change:
    """Return that a file of a document is gone of which nothing is lost."""
    return replace(change, weakens=None)
