"""How commands name an evaluation, and what items come to that have no score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.words import _, said

if TYPE_CHECKING:
    from planctl.scoring.scorecard import Tally

EVALUATION_NAMES = {"self": _("self"), "superior": _("superior")}

OUTCOMES = ("not_due", "not_evaluated", "excluded", "missing")
OUTCOME_HEADS = {
    "not_due": _("not due"),
    "not_evaluated": _("not eval."),
    "excluded": _("excl."),
    "missing": _("miss."),
}


def evaluation_name(evaluation: str) -> str:
    """Return whose evaluation it is, in the language in use."""
    return said(EVALUATION_NAMES[evaluation])


def outcome_count(tally: Tally, outcome: str) -> int:
    """Return how many items came to an outcome that has no score."""
    return next(count for name, count in tally.outcomes.items() if name.value == outcome)
