"""What was done about a plan in one period: the file of actuals, the same for every form but for its own fields."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from planctl.forms.fields import Date, DocumentId, Extra, ReportedPeriod, Score, Signatory, Strict, Text


class State(StrEnum):
    """Where an item stands outside the rubric (guide of practice 1.4; not due and not evaluated are official rows).

    A closed item was removed from control: it keeps its score in the period that closed it.
    """

    NOT_DUE = "not-due"
    NOT_EVALUATED = "not-evaluated"
    POSTPONED = "postponed"
    REPEALED = "repealed"
    MERGED = "merged"
    CLOSED = "closed"

    @property
    def forbids_score(self) -> bool:
        return self is not State.CLOSED

    @property
    def is_final(self) -> bool:
        """Tell whether the state also holds in every later period."""
        return self in {State.REPEALED, State.MERGED, State.CLOSED}


def _state(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = value.strip().replace("_", "-")
    if text not in set(State):
        raise PydanticCustomError("unknown-state", "{text}", {"text": value, "choices": list(State)})
    return State(text)


class DocumentReference(Strict):
    """An official paper that proves something: its number, title and date."""

    title: Text
    number: Text | None = None
    date: Date | None = None


class Evidence(Strict):
    """One proof: a file of the project (its path from the project's folder), an address on the web, or a document."""

    file: Text | None = None
    url: Text | None = None
    document: DocumentReference | None = None
    title: Text | None = None


def _evidence(value: Any) -> Any:
    if isinstance(value, dict) and sum(kind in value for kind in ("file", "url", "document")) != 1:
        raise PydanticCustomError("evidence-kind", "evidence")
    return value


class Entry(Strict):
    """What was done about one item, and how it was evaluated. `date` and `act` belong to the state."""

    progress: Text | None = None
    self_score: Score | None = Field(default=None, alias="self")
    superior: Score | None = None
    state: Annotated[State, BeforeValidator(_state)] | None = None
    reason: Text | None = None
    date: Date | None = None
    act: Text | None = None
    evidence: tuple[Annotated[Evidence, BeforeValidator(_evidence)], ...] | None = None
    extra: Extra

    @model_validator(mode="before")
    @classmethod
    def _may_be_empty(cls, value: Any) -> Any:
        return {} if value is None else value

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing at all is said of the item, as in a file that is not filled in yet."""
        return all(getattr(self, name) in (None, {}) for name in self.model_fields_set)


class ActualsModel(Strict):
    """A file of actuals. Its items are validated one by one, by the form of the plan that they report on."""

    actuals: DocumentId
    period: ReportedPeriod
    date: Date | None = None
    organisation: Text | None = None
    place: Text | None = None
    signatories: tuple[Signatory, ...] | None = None
    items: dict[str, Any] | None = None
    extra: Extra
