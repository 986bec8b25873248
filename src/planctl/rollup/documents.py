"""Documents by their numbers: what is kept of each plan and period of each organisation.

In: the numbers of organisations, as they were kept. Out: `Document` values, one line for each, and the parts of their
evaluations by section and unit, which stay packed until an organisation is added to the totals.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from sys import intern
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from planctl.forms.period import period_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from planctl.forms.period import Period

SCORED, NOT_DUE, NOT_EVALUATED, EXCLUDED, UNSCORED = range(5)
"""The places of the outcomes among the counts of a part."""

OUTCOMES = 5

VALID, INVALID, MISSING = "valid", "invalid", "missing"
"""How a document stands by itself: reported and without errors, with errors, or not reported at all."""

Pair: TypeAlias = "Sequence[int]"
"""An exact number as numerator and denominator."""


class Part(NamedTuple):
    """A document, or a part of it, in one evaluation; a tuple, as there are many and they are made from JSON as such.

    Counts by step of the scale, and behind them those by outcome; points, the mean, and the mean with 0 for what has no
    score, in percentage points.
    """

    counts: Sequence[int]
    points: Pair
    mean: Pair | None
    with_zeros: Pair | None

    @property
    def levels(self) -> Sequence[int]:
        """How many scores each step of the scale has."""
        return self.counts[:-OUTCOMES]

    @property
    def outcomes(self) -> Sequence[int]:
        """How many items have each outcome."""
        return self.counts[-OUTCOMES:]


class Parts(NamedTuple):
    """The parts of an evaluation by section and by unit, each with its name as the plan has it."""

    sections: Sequence[tuple[str | None, Part]]
    units: Sequence[tuple[str | None, Part]]


@dataclass(frozen=True, slots=True)
class Document:
    """A plan and period of the organisation with this number in the list.

    `own` and `superior` are its evaluations; of one that is missing or invalid `own` has all its items without a score,
    as far as its plan is known. `scale` names an entry of the scales, None where the scale is not known either. `at` is
    its number among the organisation's parts.
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
    own: Part | None = None
    superior: Part | None = None
    at: int = -1

    def part(self, evaluation: str) -> Part | None:
        """Return an evaluation; of a document that is no valid report both are the same."""
        return self.own if evaluation == "self" or self.state != VALID else self.superior


@dataclass(frozen=True, slots=True)
class Packed:
    """The parts of all evaluations of an organisation's documents, as they were kept, with the names that come up."""

    names: Sequence[str]
    text: str

    def opened(self) -> Sequence[tuple[Parts | None, Parts | None]]:
        """Return the parts of both evaluations of each document."""
        return [(self._parts(own), self._parts(superior)) for own, superior in json.loads(self.text)]

    def _parts(self, told: Any) -> Parts | None:
        if told is None:
            return None
        sections, units = ([(self._name(at), Part(*part)) for at, part in of_kind] for of_kind in told)
        return Parts(sections, units)

    def _name(self, at: int | None) -> str | None:
        return None if at is None else self.names[at]


NOTHING_PACKED = Packed((), "[]")


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
    for at, (id_, title, form, period, state, *more) in enumerate(numbers["documents"]):
        scale, day, approved, draft, errors, own, superior = more
        yield Document(
            entry,
            # What many documents say is held once.
            intern(id_),
            intern(title),
            intern(form),
            period_of(period) if period else None,
            intern(state),
            intern(scale) if scale else None,
            date.fromisoformat(day) if day else None,
            approved,
            draft,
            errors,
            Part(*own) if own else None,
            Part(*superior) if superior else None,
            at,
        )
    for path, count in numbers["stray"].items():
        yield Document(entry, path, "", "", None, INVALID, errors=count)


def packed_in(numbers: Mapping[str, Any]) -> Packed:
    """Return the parts of an organisation's documents."""
    return Packed(tuple(map(intern, numbers["names"])), numbers["parts"])


def scale_in(numbers: Mapping[str, Any], key: str) -> Scale:
    """Return one of the scales that an organisation's documents take."""
    told = numbers["rubrics"][key]
    levels = {step: level for level in told["levels"] for step in level["steps"]}
    steps = tuple(Step(step, levels[step]["mn"], levels[step]["en"], levels[step]["colour"]) for step in told["steps"])
    return Scale(key, told["name"], told["title"]["mn"], told["title"]["en"], steps)
