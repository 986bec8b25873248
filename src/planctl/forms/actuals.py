"""What was done about a plan in one period: the file of actuals, the same for every form but for its own fields."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import BeforeValidator, Field, create_model, model_validator
from pydantic_core import PydanticCustomError

from planctl.forms.fields import Date, DocumentId, Extra, ReportedPeriod, Score, Signatory, Strict, Text
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Mapping


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
        """Tell whether an item in this state cannot have a score."""
        return self is not State.CLOSED

    @property
    def is_final(self) -> bool:
        """Tell whether the state also holds in every later period."""
        return self in {State.REPEALED, State.MERGED, State.CLOSED}


STATE_LABELS = {
    State.NOT_DUE: "Хугацаа болоогүй",
    State.NOT_EVALUATED: "Үнэлээгүй",
    State.POSTPONED: "Хойшлогдсон",
    State.REPEALED: "Хүчингүй болсон",
    State.MERGED: "Нэгтгэсэн",
    State.CLOSED: "Хяналтаас хассан",
}
"""How sheets say a state, in the place of a score."""


def _state(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = value.strip().replace("_", "-")
    if text not in set(State):
        raise PydanticCustomError("unknown-state", "{text}", {"text": value, "choices": list(State)})
    return State(text)


class DocumentReference(Strict):
    """An official paper that proves something: its number, title and date."""

    number: Text | None = Field(None, description=_("Its number, as written."))
    title: Text | None = Field(None, description=_("The title of the document."))
    date: Date | None = Field(None, description=_("Its date."))


class Evidence(Strict):
    """One proof: a file of the project (its path from the project's folder), an address on the web, or a document."""

    file: Text | None = Field(
        None, description=_("A file of the project: its path from the project's folder, with `/`.")
    )
    url: Text | None = Field(None, description=_("An address on the web."))
    document: DocumentReference | None = Field(None, description=_("An official document."))
    title: Text | None = Field(None, description=_("What the file or address shows."))

    @model_validator(mode="after")
    def _is_of_one_kind(self) -> Self:
        paper = self.document
        is_nothing = paper is not None and not (paper.title or paper.number or paper.date)
        if sum(kind is not None for kind in (self.file, self.url, paper)) != 1 or is_nothing:
            raise PydanticCustomError("evidence-kind", "evidence")
        return self


class Entry(Strict):
    """What was done about one item, and how it was evaluated. `date` and `act` belong to the state."""

    progress: Text | None = Field(None, description=_("What was done: paragraphs, bullets and numbered items."))
    self_score: Score | None = Field(None, alias="self", description=_("The office's own evaluation, in per cent."))
    superior: Score | None = Field(None, description=_("The superior body's evaluation, in per cent."))
    state: Annotated[State, BeforeValidator(_state)] | None = Field(
        None, description=_("Where the item stands outside the rubric.")
    )
    reason: Text | None = Field(
        None, description=_("Why: the reason of the state, or of a difference between the evaluations.")
    )
    date: Date | None = Field(None, description=_("The day of the state, such as that of closing."))
    act: Text | None = Field(None, description=_("The act that the state rests on."))
    evidence: tuple[Evidence, ...] | None = Field(None, description=_("What proves it: files, addresses, documents."))
    extra: Extra

    @model_validator(mode="before")
    @classmethod
    def _may_be_empty(cls, value: Any) -> Any:
        return {} if value is None else value

    @property
    def reached_values(self) -> Mapping[str, str]:
        """The reached values by the indicator's id, "" for the only one; a form without indicators has none."""
        return {}

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing at all is said of the item, as in a file that is not filled in yet."""
        return not self.progress and all(
            getattr(self, name) in (None, {}, {"": ""}, ()) for name in self.model_fields_set
        )


class ActualsModel(Strict):
    """A file of actuals; `actuals_model` gives the one whose items are the entries of a form."""

    actuals: DocumentId = Field(description=_("The id of the plan that is reported on."))
    period: ReportedPeriod = Field(description=_("The reported period: `2023`, `2023-H1` or `2023-Q3`."))
    date: Date | None = Field(None, description=_("The date on the sheets."))
    organisation: Text | None = Field(None, description=_("The organisation, as it was called then."))
    place: Text | None = Field(None, description=_("The place over the sheets, as it was called then."))
    signatories: tuple[Signatory, ...] | None = Field(None, description=_("Who signed then."))
    items: dict[str, Any] | None = Field(None, description=_("What is reported, under the id of each item."))
    extra: Extra


@cache
def actuals_model(entry: type[Entry]) -> type[ActualsModel]:
    """Return the model of a file of actuals whose items are a form's own entries."""
    about = ActualsModel.model_fields["items"].description
    items: Any = (dict[str, entry] | None, Field(None, description=about))  # type: ignore[valid-type]  # the form's own entry
    return create_model("ActualsModel", __base__=ActualsModel, items=items)


@cache
def any_entry(entries: tuple[type[Entry], ...]) -> type[Entry]:
    """Return an entry with the keys of all these: of a file of actuals alone nobody can tell the form."""
    kinds = tuple(dict.fromkeys(entries))
    most = tuple(one for one in kinds if not any(issubclass(other, one) for other in kinds if other is not one))
    return most[0] if len(most) == 1 else create_model("AnyEntry", __base__=most)
