"""What a change of a field is called: the one table of keys. In: the keys on the way to a value. Out: a kind."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from planctl.changes.change import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planctl.portfolio.actuals import Evaluation

WHOLE: Mapping[str, Kind] = MappingProxyType(
    {
        "signatories": Kind.PEOPLE,
        "evidence": Kind.EVIDENCE,
        "reached": Kind.REACHED,
        "approved_by": Kind.FIELD,
        "budget": Kind.FIELD,
        "carried": Kind.FIELD,
        "carries_out": Kind.FIELD,
        "extra": Kind.FIELD,
        "funding": Kind.FIELD,
        "reporting": Kind.FIELD,
        "severities": Kind.FIELD,
        "source": Kind.FIELD,
        "templates": Kind.FIELD,
    }
)
"""Keys that say it for all that stands below them."""

INNERMOST: Mapping[str, Kind] = MappingProxyType(
    {
        "text": Kind.REWORDED,
        "title": Kind.REWORDED,
        "expected": Kind.REWORDED,
        "grounds": Kind.REWORDED,
        "outcomes": Kind.REWORDED,
        "purpose": Kind.REWORDED,
        "target": Kind.TARGET,
        "targets": Kind.TARGET,
        "target_text": Kind.TARGET,
        "baseline": Kind.BASELINE,
        "baseline_text": Kind.BASELINE,
        "direction": Kind.INDICATOR,
        "formula": Kind.INDICATOR,
        "indicators": Kind.INDICATOR,
        "parts": Kind.INDICATOR,
        "unit": Kind.INDICATOR,
        "value": Kind.INDICATOR,
        "deadline": Kind.DEADLINE,
        "period": Kind.DEADLINE,
        "until": Kind.DEADLINE,
        "years": Kind.DEADLINE,
        "implementing": Kind.UNITS,
        "units": Kind.UNITS,
        "bound": Kind.PEOPLE,
        "oversight": Kind.PEOPLE,
        "progress": Kind.PROGRESS,
        "self": Kind.SCORE,
        "superior": Kind.SCORE,
        "state": Kind.STATE,
        "mean": Kind.RULES,
        "rounding": Kind.RULES,
        "rubric": Kind.RULES,
        "scoring": Kind.RULES,
        "several_indicators": Kind.RULES,
        "weight": Kind.RULES,
        "weighted": Kind.RULES,
    }
)
"""Keys of which the innermost counts: the weight of an indicator is a rule, its name the indicator's."""

BODIES: Mapping[str, Evaluation] = MappingProxyType({"self": "self", "superior": "superior"})
"""Whose evaluation a score is, by its key."""


def kind_of(keys: Sequence[str]) -> Kind:
    """Return what a change below these keys is; a key that nobody has named here is a field."""
    for key in keys:
        if key in WHOLE:
            return WHOLE[key]
    return next((INNERMOST[key] for key in reversed(keys) if key in INNERMOST), Kind.FIELD)
