"""Changes and effects as JSON, for programs; the shape is described in docs/diff-json.md.

All numbers that were worked out are exact: texts such as `"82.5"`, or a fraction such as `"740/9"`.
"""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from planctl.forms.number import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planctl.changes.change import Change
    from planctl.changes.compared import Compared
    from planctl.changes.effect import Because, Effect
    from planctl.changes.unread import Unread
    from planctl.diagnostics import Span
    from planctl.scoring.scorecard import Tally


def as_json(compared: Compared) -> str:
    """Return the comparison; `because` names changes by their places in `changes`, from 0."""
    places = {id(change): at for at, change in enumerate(compared.changes)}
    shown = {
        "before": compared.before,
        "after": compared.after,
        "changes": [_change(change) for change in compared.changes],
        "effects": [_effect(effect, places) for effect in compared.effects],
        "unread": [_unread(one) for one in compared.unread],
    }
    return json.dumps(shown, ensure_ascii=False, indent=2) + "\n"


def _change(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind.value,
        "weakens": change.weakens.value if change.weakens else None,
        "address": change.address,
        "document": change.document,
        "item": change.item,
        "period": change.period,
        "field": change.field,
        "evaluation": change.evaluation,
        "before": change.before,
        "after": change.after,
        "was_at": _place(change.was_at),
        "is_at": _place(change.is_at),
    }


def _place(span: Span | None) -> dict[str, Any] | None:
    return {"path": span.path, "line": span.line, "column": span.column} if span else None


def _effect(effect: Effect, places: Mapping[int, int]) -> dict[str, Any]:
    return {
        "address": f"{effect.document}#{effect.key}" if effect.level == "item" else effect.document,
        "level": effect.level,
        "key": effect.key,
        "document": effect.document,
        "period": effect.period,
        "evaluation": effect.evaluation,
        "before": _tally(effect.before),
        "after": _tally(effect.after),
        "movement": _exact(effect.movement),
        "because": _because(effect.because, places),
    }


def _because(because: Sequence[Because], places: Mapping[int, int]) -> list[dict[str, Any]]:
    return [
        {"points": _exact(one.points), "changes": [places[id(change)] for change in one.changes]} for one in because
    ]


def _tally(tally: Tally | None) -> dict[str, Any] | None:
    if tally is None:
        return None
    return {
        "items": tally.items,
        **{outcome.value: count for outcome, count in tally.outcomes.items()},
        "levels": {plain(value): count for value, count in tally.levels.items()},
        "mean": _exact(tally.mean),
    }


def _exact(number: Fraction | None) -> str | None:
    """Return a number in lowest terms, `740/9`, without a denominator of 1."""
    return None if number is None else str(Fraction(number))


def _unread(one: Unread) -> dict[str, Any]:
    return {
        "state": one.state,
        "path": one.path,
        "whole": one.whole,
        "code": one.found.code if one.found else None,
        "line": one.found.span.line if one.found else None,
    }
