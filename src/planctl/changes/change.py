"""What a change of a project is: one thing said of one item, section or document, before and after."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planctl.diagnostics import Span
    from planctl.portfolio.actuals import Evaluation


class Kind(StrEnum):
    """What happened; the classes that `--fail-on` takes."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    RENAMED = "renamed"
    REWORDED = "reworded"
    TARGET = "target"
    BASELINE = "baseline"
    INDICATOR = "indicator"
    DEADLINE = "deadline"
    UNITS = "units"
    PEOPLE = "people"
    EVIDENCE = "evidence"
    PROGRESS = "progress"
    REACHED = "reached"
    SCORE = "score"
    STATE = "state"
    RULES = "rules"
    FIELD = "field"
    FORMATTING = "formatting"


class Weakening(StrEnum):
    """In which way a change makes a plan ask for less, or a report say more than was done."""

    MEASURE_REMOVED = "measure-removed"
    TARGET_LOWERED = "target-lowered"
    TARGET_REMOVED = "target-removed"
    DEADLINE_LATER = "deadline-later"
    DEADLINE_REMOVED = "deadline-removed"
    SCORE_WITHOUT_GROUNDS = "score-without-grounds"
    EVIDENCE_REMOVED = "evidence-removed"
    TAKEN_OUT_OF_THE_MEAN = "taken-out-of-the-mean"


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `before` and `after` are as the author wrote them; None where there was or is nothing.

    `item` is the id of an item or section as it is now (of one that was removed, as it was), "" for the document
    itself, and `document` likewise; a document "" is planctl.yaml or another file of the whole project. `period` is ""
    for what the plan says. `field` names the key that changed (`text`, `indicators.0.target`). A change of a score says
    whose `evaluation` it is. `weakens` is set on what a reviewer is to see first. The places lead into the files of
    the two states.
    """

    kind: Kind
    document: str
    item: str = ""
    period: str = ""
    field: str = ""
    before: str | None = None
    after: str | None = None
    evaluation: Evaluation | None = None
    weakens: Weakening | None = None
    was_at: Span | None = None
    is_at: Span | None = None

    @property
    def address(self) -> str:
        """`document#item`, or the document alone."""
        return f"{self.document}#{self.item}" if self.item else self.document
