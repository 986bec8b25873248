"""The rubric as data: the levels of a scale, by version. In: a rubric file. Out: `Rubric`, the version of a day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal  # noqa: TC003  # pydantic reads it while the program runs
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from planctl.forms.fields import MADE, SCORE, Date, ItemId, Score, Strict, Text, Written, as_score
from planctl.forms.number import plain, rounded
from planctl.words import _

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

HIGHEST = 100
"""The best score there is, in percentage points."""

_SHIPPED = Path(__file__).parents[1] / "rubrics"

_COLOUR = re.compile("#[0-9A-Fa-f]{6}")


def _colour(value: str) -> str:
    if not _COLOUR.fullmatch(value):
        raise PydanticCustomError("unexpected-value", "{expected}", {"expected": "#RRGGBB"})
    return value


@dataclass(frozen=True, slots=True)
class Step:
    """A value of a scale, or a range of values with both ends in it; in percentage points."""

    low: Decimal
    high: Decimal

    @property
    def is_range(self) -> bool:
        """Tell whether it holds more than one value."""
        return self.low != self.high

    def overlaps(self, other: Step) -> bool:
        """Tell whether the two have more in common than an end."""
        return self.low < other.high and other.low < self.high

    def __str__(self) -> str:
        return f"{plain(self.low)}-{plain(self.high)}" if self.is_range else plain(self.low)


def _step(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = value.strip()
    try:
        low, *others = (as_score(part) for part in re.split(r"\s*[-–]\s*", text, maxsplit=1))
    except PydanticCustomError:
        raise PydanticCustomError("not-a-score", "{text}", {"text": text}) from None
    high = others[0] if others else low
    if low > high:
        raise PydanticCustomError("not-a-score", "{text}", {"text": text, "suggestion": str(Step(high, low))})
    return Step(low, high)


Steps = Annotated[
    Step,
    MADE,
    BeforeValidator(_step),
    Written(
        _("per cent, such as `100`, or a range of them, such as `70-99`"),
        "100",
        rf"{SCORE.pattern}(?:\s*[-–]\s*{SCORE.pattern})?",
        least=0,
        greatest=999,
    ),
]
"""A value, `100`, or a range of values, `70-99`."""

Colour = Annotated[
    Text, AfterValidator(_colour), Written(_("a colour such as `#2E7D32`, in quotes"), "#2E7D32", _COLOUR.pattern)
]
"""Six hex digits after `#`."""


class Names(Strict):
    """A name in the two languages."""

    mn: Text = Field(description=_("In Mongolian."))
    en: Text = Field(description=_("In English."))


class Level(Strict):
    """A named level and its values, in percentage points. `guidance` is help, not a rule, unless the source says so."""

    name: Names = Field(description=_("The level's name."))
    values: tuple[Steps, ...] = Field(
        min_length=1,
        description=_("Its values, in per cent, or ranges such as `70-99`; of two that fit the first counts."),
    )
    colour: Colour = Field(description=_("Its colour, such as `#2E7D32`."))
    guidance: dict[str, Names] = Field(default_factory=dict, description=_("When to give a value: help, not a rule."))


class Threshold(Strict):
    """The score that an achievement comes to, from so many per cent on."""

    at_least: Score = Field(alias="from", description=_("The achievement, in per cent, from which on it is given."))
    score: Score = Field(description=_("The score."))


class Version(Strict):
    """The levels in force from a day (and until a day). `source` is the act that lays them down.

    `thresholds` serve computed plans and the comparison of given scores with reached values; no official cut-off is
    known, so they are the office's own.
    """

    valid_from: Date | None = Field(None, alias="from", description=_("The first day of the version."))
    valid_until: Date | None = Field(None, alias="until", description=_("Its last day."))
    source: Text = Field(description=_("The act that lays the levels down."))
    levels: tuple[Level, ...] = Field(min_length=1, description=_("The levels, from the best to the worst."))
    thresholds: tuple[Threshold, ...] = Field(
        (), description=_("What an achievement comes to; without them it is itself the score.")
    )


class RubricFile(Strict):
    """A scale and its versions. Dates choose between versions of one scale, never between scales."""

    rubric: ItemId = Field(description=_("The scale's name."))
    title: Names = Field(description=_("What the scale is."))
    versions: tuple[Version, ...] = Field(min_length=1, description=_("Its versions; dates choose between them."))


@dataclass(frozen=True)
class Rubric:
    """One version of a scale: its `steps` from the highest to the lowest, and each one's level."""

    name: str
    path: str
    version: Version
    title: Names

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels, from the best to the worst."""
        return self.version.levels

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Every value and range of every level, from the highest to the lowest."""
        steps = (step for level in self.levels for step in level.values)
        return tuple(sorted(steps, key=lambda step: (step.high, step.low), reverse=True))

    @cached_property
    def values(self) -> tuple[Decimal, ...]:
        """The single values, from the highest to the lowest."""
        return tuple(step.low for step in self.steps if not step.is_range)

    def step_of(self, score: Decimal) -> Step | None:
        """Return the value or range that a score belongs to; a single value comes before a range that it ends."""
        return next((step for step in self.steps if step.low <= score <= step.high), None)

    def level_of(self, score: Decimal) -> Level | None:
        """Return the level that a score belongs to, or None."""
        step = self.step_of(score)
        return next((level for level in self.levels if step in level.values), None)

    def score_for(self, achievement: Fraction) -> Decimal:
        """Return the score that an achievement, in per cent, comes to; without thresholds it is rounded to 0.1."""
        if not self.version.thresholds:
            return rounded(achievement, 1).normalize()
        reached = [one for one in self.version.thresholds if one.at_least <= achievement]
        lowest = min(one.score for one in self.version.thresholds)
        return max((one.score for one in reached), default=lowest)


def rubric_at(file: RubricFile, day: date, *, path: str) -> Rubric | None:
    """Return the version in force on a day, or None."""
    for version in file.versions:
        if (version.valid_from or day) <= day <= (version.valid_until or day):
            return Rubric(file.rubric, path, version, file.title)
    return None


def shipped() -> tuple[tuple[str, str], ...]:
    """Return path and text of the rubric files that come with planctl."""
    files = sorted(_SHIPPED.glob("*.yaml"), key=lambda file: file.name)
    return tuple((f"planctl:rubrics/{file.name}", file.read_text(encoding="utf-8")) for file in files)
