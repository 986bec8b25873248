"""Where a measure comes from that an earlier plan left undone. In: what the plan says. Out: a validated model."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from planctl.forms.actuals import State
from planctl.forms.fields import Count, ItemAddress, ReportedPeriod, Score, Strict, one_of
from planctl.words import _


class Lineage(Strict):
    """The item of an earlier plan that this one goes on with, and how that one stood."""

    source: ItemAddress = Field(alias="from", description=_("The earlier item: `document#item`."))
    period: ReportedPeriod = Field(description=_("The period whose report left it undone."))
    score: Score | None = Field(None, description=_("Its score then, in per cent."))
    state: Annotated[State, one_of(State)] | None = Field(None, description=_("Its state then."))
    times: Count = Field(1, description=_("How often it has been carried over."))
    years_late: Count = Field(0, description=_("Whole years since it was first due."))
