"""The rubric as data: the levels of a scale, by version. In: a rubric file. Out: `Rubric`, the version of a day."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from importlib import resources
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, StringConstraints

from planctl.forms.fields import Date, ItemId, Score, Strict, Text

if TYPE_CHECKING:
    from datetime import date

Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]


class Names(Strict):
    """A name in the two languages."""

    mn: Text
    en: Text


class Level(Strict):
    """A named level and its values, in percentage points. `guidance` is help, not a rule, unless the source says so."""

    name: Names
    values: Annotated[tuple[Score, ...], Field(min_length=1)]
    colour: Colour
    guidance: dict[str, Names] = Field(default_factory=dict)


class Version(Strict):
    """The levels in force from a day (and until a day). `source` is the act that lays them down."""

    valid_from: Date | None = Field(default=None, alias="from")
    valid_until: Date | None = Field(default=None, alias="until")
    source: Text
    levels: Annotated[tuple[Level, ...], Field(min_length=1)]


class RubricFile(Strict):
    """A scale and its versions. Dates choose between versions of one scale, never between scales."""

    rubric: ItemId
    title: Names
    versions: Annotated[tuple[Version, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Rubric:
    """One version of a scale: `values` from the highest to the lowest, and each value's level."""

    name: str
    path: str
    version: Version

    @property
    def levels(self) -> tuple[Level, ...]:
        return self.version.levels

    @property
    def values(self) -> tuple[Decimal, ...]:
        return tuple(sorted((value for level in self.levels for value in level.values), reverse=True))

    def level_of(self, score: Decimal) -> Level | None:
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
