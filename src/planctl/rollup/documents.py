"""Documents by their numbers: what is kept of each plan and period of each organisation.

In: the numbers of organisations, as they were kept. Out: `Document` values.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from planctl.forms.period import period_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from planctl.forms.period import Period

SCORED, NOT_DUE, NOT_EVALUATED, EXCLUDED, UNSCORED = range(5)
"""The places of the outcomes among the counts of a part."""

VALID, INVALID, MISSING = "valid", "invalid", "missing"
"""How a document stands by itself: reported and without errors, with errors, or not reported at all."""


class Part(NamedTuple):
    """A document, or a part of it, in one evaluation; a tuple, as there are many and they are made from JSON as such.

    Counts by step of the scale and by outcome; points, the mean, and the mean with 0 for what has no score, each as
    numerator and denominator, in percentage points.
    """

    levels: Sequence[int]
    outcomes: Sequence[int]
    points: Sequence[int]
    mean: Sequence[int] | None
    with_zeros: Sequence[int] | None


@dataclass(frozen=True, slots=True)
class Card:
    """One evaluation of a document: the whole, and its parts by section and unit as they are named there."""

    total: Part
    sections: tuple[tuple[str | None, Part], ...]
    units: tuple[tuple[str | None, Part], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A plan and period of the organisation with this number in the list.

    `own` and `superior` are its evaluations; of one that is missing or invalid `own` has all its items without a score,
    as far as its plan is known. `scale` names an entry of the scales, None where the scale is not known either.
    """

    entry: int
    id: str
    title: str
    form: str
    period: Period | None
    state: str
    scale: str | None = None
    date: date | None = None
    approved: bool = False
    draft: bool = False
    errors: int = 0
    own: Card | None = None
    superior: Card | None = None

    def card(self, evaluation: str) -> Card | None:
        """Return an evaluation; of a document that is no valid report both are the same."""
        return self.own if evaluation == "self" or self.state != VALID else self.superior


@dataclass(frozen=True, slots=True)
class Step:
    """A value or range of a scale as it is written, and the level it belongs to."""

    written: str
    level: str
    level_en: str
    colour: str


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale by which documents are scored. `key` parts it from another one of the same name."""

    key: str
    name: str
    title: str
    title_en: str
    steps: tuple[Step, ...]


def documents_in(entry: int, numbers: Mapping[str, Any]) -> Iterator[Document]:
    """Yield the documents of an organisation, and a nameless one for each file with errors that belongs to none."""
    names = numbers["names"]
    for told in numbers["documents"]:
        cards = [_card(one, names) for one in told.get("cards", ())]
        yield Document(
            entry=entry,
            id=told["id"],
            title=told.get("title", ""),
            form=told.get("form", ""),
            period=period_of(told["period"]) if told["period"] else None,
            state=told["state"],
            scale=told.get("rubric"),
            date=date.fromisoformat(told["date"]) if told.get("date") else None,
            approved=told.get("approved", False),
            draft=told.get("draft", False),
            errors=told.get("errors", 0),
            own=cards[0] if cards else None,
            superior=cards[1] if len(cards) > 1 else None,
        )
    for path, count in numbers["stray"].items():
        yield Document(entry, path, "", "", None, INVALID, errors=count)


def _card(told: Mapping[str, Any] | None, names: Sequence[str]) -> Card | None:
    if told is None:
        return None
    sections, units = (
        tuple((None if at is None else names[at], Part(*part)) for at, part in told[key])
        for key in ("sections", "units")
    )
    return Card(Part(*told["total"]), sections, units)


def scales_in(numbers: Mapping[str, Any]) -> Iterator[Scale]:
    """Yield the scales that an organisation's documents take."""
    for key, told in numbers["rubrics"].items():
        levels = {step: level for level in told["levels"] for step in level["steps"]}
        steps = tuple(
            Step(step, levels[step]["mn"], levels[step]["en"], levels[step]["colour"]) for step in told["steps"]
        )
        yield Scale(key, told["name"], told["title"]["mn"], told["title"]["en"], steps)
