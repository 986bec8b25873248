"""What was approved of a plan and period: a file in approvals/, with the corrections and waivers that came after it.

In: what `planctl approve`, `correct` and `waive` wrote. Out: a validated model.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from planctl.forms.acts import Act
from planctl.forms.fields import Date, DocumentId, ItemId, ReportedPeriod, Strict, Text, one_of
from planctl.words import _


class What(StrEnum):
    """What can differ: a score of one evaluation, or what the plan or the report says.

    Of the document as a whole the scores are its means.
    """

    SELF = "self"
    SUPERIOR = "superior"
    PLAN = "plan"
    REPORT = "report"


class ApprovedCounts(Strict):
    """One evaluation as approved: its counts and its mean."""

    items: Text = Field(description=_("How many items are counted."))
    scored: Text = Field(description=_("How many of them have a score."))
    outcomes: dict[Text, Text] = Field(
        default_factory=dict, description=_("How many have none, by why: `not-due`, `excluded` and so on.")
    )
    levels: dict[Text, Text] = Field(default_factory=dict, description=_("How many have which score."))
    mean: Text | None = Field(None, description=_("The mean as a fraction: `740/9`."))


class ApprovedEvaluations(Strict):
    """The evaluations that had begun when the report was approved."""

    own: ApprovedCounts = Field(alias="self", description=_("The office's own evaluation."))
    superior: ApprovedCounts | None = Field(None, description=_("The superior body's evaluation."))


class ApprovedItem(Strict):
    """One item as approved: its scores, or why it has none, and the digests of what plan and report say of it."""

    own: Text | None = Field(None, alias="self", description=_("The office's own score, or why there is none."))
    superior: Text | None = Field(None, description=_("The superior body's score, or why there is none."))
    plan: Text = Field(description=_("The digest of what the plan says of it."))
    report: Text | None = Field(None, description=_("The digest of what the report says of it, scores aside."))


class Correction(Strict):
    """A change of what was approved, with the act that it rests on."""

    item: ItemId | None = Field(None, description=_("The item; left out for the document as a whole."))
    what: Annotated[What, one_of(What)] = Field(
        description=_("`self` or `superior` (a score; of the document its mean), `plan` or `report` (the text).")
    )
    old: Text | None = Field(None, description=_("What was approved; left out for what is new."))
    new: Text | None = Field(None, description=_("What stands there now; left out for what was taken out."))
    reason: Text = Field(description=_("Why it was corrected."))
    act: Act = Field(description=_("The act that corrects it."))


class Waiver(Strict):
    """A leave to differ from what was approved, for some time."""

    item: ItemId | None = Field(None, description=_("The item; left out for the whole document."))
    by: Text = Field(description=_("Who gave leave."))
    reason: Text = Field(description=_("Why."))
    until: Date = Field(description=_("The last day of it."))


class ApprovalFile(Strict):
    """What was approved of a plan and period. All but `corrections` and `waivers` is held by the digest."""

    approval: DocumentId = Field(description=_("The id of the plan."))
    period: ReportedPeriod = Field(description=_("The approved period: `2023`, `2023-H1` or `2023-Q3`."))
    act: Act = Field(description=_("The act that approved it."))
    digest: Text = Field(description=_("The digest of all that was approved; `planctl approve` works it out."))
    evaluations: ApprovedEvaluations = Field(description=_("The counts and means."))
    plan: Text = Field(description=_("The digest of what the plan says besides its items."))
    report: Text = Field(description=_("The digest of what the report says besides its items."))
    items: dict[Text, ApprovedItem] = Field(description=_("The items under their ids."))
    corrections: tuple[Correction, ...] = Field((), description=_("What was corrected since, in order."))
    waivers: tuple[Waiver, ...] = Field((), description=_("What may differ for some time."))
