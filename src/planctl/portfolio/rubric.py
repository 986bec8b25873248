"""The rubric as data: the levels of a scale, by version. In: a rubric file. Out: `Rubric`, the version of a day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from planctl.forms.fields import Date, ItemId, Score, Strict, Text
from planctl.words import _

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

_COLOUR = re.compile("#[0-9A-Fa-f]{6}")


def _colour(value: str) -> str:
    if not _COLOUR.fullmatch(value):
        raise PydanticCustomError("unexpected-value", "{expected}", {"expected": "#RRGGBB"})
    return value


Colour = Annotated[Text, AfterValidator(_colour)]
"""Six hex digits after `#`."""


class Names(Strict):
    """A name in the two languages."""

    mn: Text = Field(description=_("In Mongolian."))
    en: Text = Field(description=_("In English."))


class Level(Strict):
    """A named level and its values, in percentage points. `guidance` is help, not a rule, unless the source says so."""

    name: Names = Field(description=_("The level's name."))
    values: tuple[Score, ...] = Field(min_length=1, description=_("Its values, in per cent."))
    colour: Colour = Field(description=_("Its colour, such as `#2E7D32`."))
    guidance: dict[str, Names] = Field(default_factory=dict, description=_("When to give a value: help, not a rule."))


class Version(Strict):
    """The levels in force from a day (and until a day). `source` is the act that lays them down."""

    valid_from: Date | None = Field(None, alias="from", description=_("The first day of the version."))
    valid_until: Date | None = Field(None, alias="until", description=_("Its last day."))
    source: Text = Field(description=_("The act that lays the levels down."))
    levels: tuple[Level, ...] = Field(min_length=1, description=_("The levels, from the best to the worst."))


class RubricFile(Strict):
    """A scale and its versions. Dates choose between versions of one scale, never between scales."""

    rubric: ItemId = Field(description=_("The scale's name."))
    title: Names = Field(description=_("What the scale is."))
    versions: tuple[Version, ...] = Field(min_length=1, description=_("Its versions; dates choose between them."))


@dataclass(frozen=True, slots=True)
class Rubric:
    """One version of a scale: `values` from the highest to the lowest, and each value's level."""

    name: str
    path: str
    version: Version

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels, from the best to the worst."""
        return self.version.levels

    @property
    def values(self) -> tuple[Decimal, ...]:
        """Every value of every level, from the highest to the lowest."""
        return tuple(sorted((value for level in self.levels for value in level.values), reverse=True))

    def level_of(self, score: Decimal) -> Level | None:
        """Return the level that a score belongs to, or None."""
        return next((level for level in self.levels if score in level.values), None)


def rubric_at(file: RubricFile, day: date, *, path: str) -> Rubric | None:
    """Return the version in force on a day, or None."""
    for version in file.versions:
        if (version.valid_from or day) <= day <= (version.valid_until or day):
            return Rubric(file.rubric, path, version)
    return None


def shipped() -> tuple[tuple[str, str], ...]:
    """Return path and text of the rubric files that come with planctl."""
    folder = resources.files("planctl") / "rubrics"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name)
    return tuple((f"planctl:rubrics/{file.name}", file.read_text(encoding="utf-8")) for file in files)
