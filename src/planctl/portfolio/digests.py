"""What plans and reports say, as digests: of each item, and of all besides the items.

In: a plan and its actuals. Out: digests of what the author wrote, in which neither formatting nor remarks nor the order
of keys count. Ids and the addresses of other items are left out: they are names, and `planctl rename` changes them.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planctl.forms.shape import UNKNOWN, Shape, shape_of
from planctl.source.document import value_at

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from planctl.forms.form import Loc
    from planctl.portfolio.actuals import Actuals, Reported
    from planctl.portfolio.plan import Plan

DIGITS = 16
_NAMES = frozenset({"id", "form", "notes", "above", "source"})
"""Keys at the top of a plan that no sheet shows."""

_NAMES_WITHIN = frozenset({"id", "carries_out"})
_OF_ACTUALS = frozenset({"actuals", "period", "items"})
_SCORES = frozenset({"self", "superior"})


def of_item(plan: Plan, id_: str) -> str:
    """Return the digest of what the plan says of an item."""
    loc = plan.items[id_].loc
    shape = shape_of(plan.form.plan)
    for step in loc:
        shape = shape.below(step)
    return _digest(_without_names(value_at(plan.document, loc), shape))


def of_plan(plan: Plan, ids: Collection[str]) -> str:
    """Return the digest of what the plan says besides its items: its head, and the sections that hold these items."""
    items = {item.loc for item in plan.items.values()}
    every = {loc[:length] for loc in items for length in range(len(loc) + 1)}
    asked = {
        loc[:length] for id_ in ids if id_ in plan.items for loc in (plan.items[id_].loc,) for length in range(len(loc))
    }
    data = {key: value for key, value in plan.document.data.items() if key not in _NAMES}
    return _digest(_rest(data, (), _Holders(frozenset(every), frozenset(asked)), shape_of(plan.form.plan)))


@dataclass(frozen=True, slots=True)
class _Holders:
    """The places of items and of all that holds them, and of what holds the items that are asked for."""

    every: frozenset[Loc]
    asked: frozenset[Loc]

    def lets(self, loc: Loc) -> bool:
        """Tell whether what stands at a place is told of: it holds no items, or one that is asked for."""
        return loc not in self.every or loc in self.asked


def of_entry(reported: Reported, *, with_reason: bool) -> str:
    """Return the digest of what the actuals say of an item, scores aside; "" where they say nothing.

    The `reason` of a difference between the evaluations belongs to the superior body's, that of a state does not.
    """
    whole: dict[str, Any] = {}
    for document in reported.documents:
        entry = value_at(document, ("items", reported.id))
        for key, value in entry.items() if isinstance(entry, dict) else ():
            if key not in _SCORES and (key != "reason" or with_reason or reported.state is not None):
                whole[key] = _joined(whole.get(key), value)
    told = _without_names(whole, UNKNOWN)
    return _digest(told) if told else ""


def of_report(actuals: Actuals) -> str:
    """Return the digest of the head of the actuals: the date, who signs."""
    whole: dict[str, Any] = {}
    for document in actuals.documents:
        for key, value in document.data.items():
            if key not in _OF_ACTUALS:
                whole[key] = _joined(whole.get(key), value)
    return _digest(_without_names(whole, UNKNOWN))


def _joined(one: Any, two: Any) -> Any:
    return {**one, **two} if isinstance(one, dict) and isinstance(two, dict) else two if one is None else one


def _rest(node: Any, loc: Loc, holders: _Holders, shape: Shape) -> Any:
    """Return a tree without its items; what held none but such as are not asked for goes with them."""
    if loc not in holders.every:
        return _without_names(node, shape)
    steps: Iterable[tuple[Any, Any]] = node.items() if isinstance(node, dict) else enumerate(node or ())
    kept = {
        step: _rest(value, (*loc, step), holders, shape.below(step))
        for step, value in steps
        if step not in _NAMES_WITHIN and holders.lets((*loc, step))
    }
    return _filled(kept) if isinstance(node, dict) else [*kept.values()]


def _without_names(tree: Any, shape: Shape) -> Any:
    """Return a tree without ids and addresses, without what was left empty, and without spaces around its texts."""
    match tree:
        case dict():
            told = tree.items()
            return _filled(
                {key: _without_names(value, shape.below(key)) for key, value in told if key not in _NAMES_WITHIN}
            )
        case list():
            return [_without_names(value, shape.entries or UNKNOWN) for value in tree]
        case str():
            return None if shape.is_address else unicodedata.normalize("NFC", tree.strip())
        case _:
            return tree


def _filled(tree: Mapping[str, Any]) -> Mapping[str, Any]:
    return {key: value for key, value in tree.items() if value not in (None, "", {}, [])}


def _digest(tree: Any) -> str:
    text = json.dumps(tree, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:DIGITS]
