"""How every document stands: valid or not, there or not, in time or not, approved or not; nothing is left out.

In: the documents of a period, what was expected, and the day. Out: `Standing` values.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from planctl.rollup.documents import INVALID, MISSING, VALID, Document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from planctl.forms.period import Period
    from planctl.rollup.list import Listed, Organisation

State = Literal["valid", "invalid", "missing", "awaited", "unreadable", "nothing"]
STATES: tuple[State, ...] = ("valid", "invalid", "missing", "awaited", "unreadable", "nothing")


@dataclass(frozen=True, slots=True)
class Problem:
    """What keeps an organisation's project from being read: a sentence with blanks, and what fills them."""

    message: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Standing:
    """A document of the period and how it stands.

    It is `awaited` while its day has not passed; an `unreadable` organisation has a problem, one with `nothing` has no
    plan for the period. A report without a date is never late: nobody knows.
    """

    document: Document
    state: State
    due: date | None = None
    problem: Problem | None = None

    @property
    def is_valid(self) -> bool:
        """Tell whether it was reported and has no errors."""
        return self.state == "valid"

    @property
    def is_owed(self) -> bool:
        """Tell whether there should be a valid report, and is none."""
        return self.state in {"invalid", "missing", "unreadable"}

    @property
    def is_late(self) -> bool:
        """Tell whether it was reported after its day."""
        day = self.document.date
        return self.state in {"valid", "invalid"} and day is not None and self.due is not None and day > self.due


def standings(
    listed: Listed,
    documents: Mapping[int, Sequence[Document]],
    problems: Mapping[int, Problem],
    period: Period,
    *,
    today: date,
) -> tuple[Standing, ...]:
    """Return how the documents of a period stand, those that were expected and are nowhere among them."""
    found: list[Standing] = []
    for entry in listed.entries:
        one = entry.organisation
        due = (one.due or listed.file.due) if period == listed.file.period else None
        if problem := problems.get(entry.at):
            found.extend(_unreadable(entry.at, one, listed, period, problem, due))
            continue
        of_period = [document for document in documents.get(entry.at, ()) if document.period in {None, period}]
        missed = [*of_period, *_expected(entry.at, one, listed, period, of_period)]
        if not missed:
            found.append(Standing(Document(entry.at, "", "", "", period, MISSING), "nothing"))
        found.extend(Standing(document, _state(document, due, today), due) for document in missed)
    return tuple(found)


def _unreadable(  # noqa: PLR0913, PLR0917  # all that is known of it
    at: int, one: Organisation, listed: Listed, period: Period, problem: Problem, due: date | None
) -> Iterator[Standing]:
    """Yield all that was expected of an organisation that cannot be read, or one standing for all of it."""
    expected = tuple(_expected(at, one, listed, period, ())) or (Document(at, "", "", "", period, MISSING),)
    yield from (Standing(document, "unreadable", due, problem) for document in expected)


def _expected(
    at: int, one: Organisation, listed: Listed, period: Period, there: Sequence[Document]
) -> Iterator[Document]:
    """Yield a missing document for each form or plan that was expected and is not there in any state."""
    if period != listed.file.period:
        return
    known = {name for document in there for name in (document.id, document.form)}
    for word in listed.file.expects if one.expects is None else one.expects:
        if word not in known:
            yield Document(at, word, "", word, period, MISSING)


def _state(document: Document, due: date | None, today: date) -> State:
    if document.state == VALID:
        return "valid"
    if document.state == INVALID:
        return "invalid"
    return "awaited" if due is not None and today <= due else "missing"
