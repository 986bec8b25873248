"""What was approved, as facts that can be compared: what stood at the approval, and what stands after corrections.

In: a file of approvals/. Out: facts by item and kind, and the digest that holds the file together.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from planctl.forms.approval import What

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from planctl.forms.approval import ApprovalFile, ApprovedCounts, Correction, Waiver
    from planctl.source.document import Document

Key: TypeAlias = tuple[str, What]
"""An item's id, "" for the document as a whole, and what of it."""

Facts: TypeAlias = "Mapping[Key, str]"
"""What is told by its key: a score or why there is none, a mean as a fraction, or a digest."""

WHOLE = ""
"""Stands for the document as a whole in the place of an item's id."""


@dataclass(frozen=True, slots=True, eq=False)
class Approval:
    """A file of approvals/. One that is not `is_sound` has faults of its own, so nothing is to be held against it."""

    document: Document
    model: ApprovalFile
    is_sound: bool = True

    @property
    def approved(self) -> dict[Key, str]:
        """What was approved."""
        evaluations, told = self.model.evaluations, dict[Key, str | None]()
        told[WHOLE, What.SELF] = _mean(evaluations.own)
        told[WHOLE, What.SUPERIOR] = _mean(evaluations.superior)
        told[WHOLE, What.PLAN], told[WHOLE, What.REPORT] = self.model.plan, self.model.report
        for id_, item in self.model.items.items():
            told[id_, What.SELF], told[id_, What.SUPERIOR] = item.own, item.superior
            told[id_, What.PLAN], told[id_, What.REPORT] = item.plan, item.report
        return {key: text for key, text in told.items() if text is not None}

    @property
    def standing(self) -> dict[Key, str]:
        """What was approved, with its corrections."""
        told = self.approved
        for one in self.model.corrections:
            if one.new is None:
                told.pop(key_of(one), None)
            else:
                told[key_of(one)] = one.new
        return told

    @property
    def covers_superior(self) -> bool:
        """Tell whether the superior body's evaluation had begun when the report was approved."""
        return self.model.evaluations.superior is not None

    def waiver_of(self, item: str, day: date | None) -> Waiver | None:
        """Return the waiver of an item that still holds on a day; without a day all hold."""
        return next(
            (
                one
                for one in self.model.waivers
                if (one.item is None or one.item == item) and (day is None or day <= one.until)
            ),
            None,
        )


def key_of(correction: Correction) -> Key:
    """Return what a correction corrects."""
    return correction.item or WHOLE, correction.what


def items_in(facts: Facts) -> frozenset[str]:
    """Return the ids of the items that are told of."""
    return frozenset(id_ for id_, what in facts if id_ != WHOLE and what is What.PLAN)


def seal(model: ApprovalFile) -> str:
    """Return the digest of all that was approved. Ids are no part of it, so that they can be renamed."""
    told = model.model_dump(mode="json", by_alias=True, exclude_none=True, exclude={"approval", "items", "digest"})
    kept = {key: told[key] for key in ("act", "evaluations", "plan", "report")}
    items = sorted(
        json.dumps(one.model_dump(mode="json", by_alias=True, exclude_none=True), ensure_ascii=False, sort_keys=True)
        for one in model.items.values()
    )
    whole = json.dumps([str(model.period), kept, items], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()


def _mean(counts: ApprovedCounts | None) -> str | None:
    return counts.mean if counts else None
