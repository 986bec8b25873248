"""What was reported of a plan in a period, from all its files together. An item's place leads back to its file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from planctl.source.document import holds

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from planctl.diagnostics import Span
    from planctl.forms.actuals import Entry, State
    from planctl.forms.fields import Signatory
    from planctl.forms.form import Item
    from planctl.forms.period import Period
    from planctl.portfolio.approval import Approval
    from planctl.portfolio.plan import Plan
    from planctl.source.document import Document


Evaluation = Literal["self", "superior"]
EVALUATIONS: tuple[Evaluation, ...] = ("self", "superior")


@dataclass(frozen=True, slots=True)
class Reported:
    """What the actuals of one period say of one item, from one file or two.

    `documents` are the files in which the item stands. An item that is `gone` was taken out for good (closed, repealed,
    merged) before this period; its entry then holds that state, its date, act and reason.
    """

    id: str
    entry: Entry
    documents: tuple[Document, ...]
    gone: bool = False

    def place_of(self, key: str) -> Span:
        """Return where a key stands, or the item's entry where the key is left out."""
        is_alone = len(self.documents) == 1
        holder = self.documents[0] if is_alone else self._holder(key) or self.documents[0]
        return holder.span_of(("items", self.id, key))

    @property
    def state(self) -> State | None:
        """Where the item stands outside the rubric."""
        return self.entry.state

    @property
    def is_silent(self) -> bool:
        """Tell whether nothing has been said of the item, not even something that does not fit."""
        if self.gone or not self.entry.is_empty:
            return False
        return not any(self.gives(key) for key in ("progress", "self", "superior", "state"))

    def gives(self, key: str) -> bool:
        """Tell whether a file gives the key, be it with a value that does not fit."""
        value = self.entry.self_score if key == "self" else getattr(self.entry, key)
        return value is not None or self._holder(key) is not None

    def _holder(self, key: str) -> Document | None:
        """Return the first file that has the key; asked so often that a loop is worth it."""
        loc = ("items", self.id, key)
        for file in self.documents:
            if holds(file, loc):
                return file
        return None

    def score(self, evaluation: Evaluation) -> Decimal | None:
        """Return the score of one evaluation, in percentage points."""
        return self.entry.self_score if evaluation == "self" else self.entry.superior


@dataclass(frozen=True)
class Actuals:
    """A plan and one period of it: all that a sheet reports on. `documents` are the files it was read from.

    `approval` is what was approved of it, where something was.
    """

    plan: Plan
    period: Period
    documents: tuple[Document, ...]
    date: date | None
    organisation: str
    place: str
    signatories: tuple[Signatory, ...]
    reported: Mapping[str, Reported]
    approval: Approval | None = None

    def place_of(self, key: str) -> Span:
        """Return where a key of the file's head stands (in the first file that has it)."""
        holder = next((file for file in self.documents if holds(file, (key,))), self.documents[0])
        return holder.span_of((key,))

    def mentions(self, id_: str) -> bool:
        """Tell whether a file says something of the item, be it something that does not fit."""
        return any(
            holds(file, ("items", id_)) or isinstance(file.data.get("items"), list | str) for file in self.documents
        )

    @cached_property
    def with_state(self) -> tuple[Reported, ...]:
        """What is reported of the items that stand outside the rubric: few, and asked for by many."""
        return tuple(one for one in self.reported.values() if one.entry.state is not None)

    @cached_property
    def measured(self) -> tuple[tuple[Item, Reported], ...]:
        """The items that have indicators or reached values, with what is reported of them."""
        items, year = self.plan.items, self.period.year
        every = ((items[one.id].in_year(year), one) for one in self.reported.values() if not one.gone)
        return tuple((item, one) for item, one in every if item.indicators or one.entry.reached_values)

    @property
    def files(self) -> frozenset[str]:
        """The files that it was read from: the plan's own, those of the actuals, and that of their approval."""
        approved = (self.approval.document,) if self.approval else ()
        return frozenset(one.path for one in (self.plan.document, *self.documents, *approved))

    @property
    def name(self) -> str:
        """`council 2023`, as findings and messages name it."""
        return f"{self.plan.id} {self.period}"
