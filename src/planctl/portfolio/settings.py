"""planctl.yaml: the office, its defaults and its units. In: the validated file. Out: `Settings` and `Units`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from planctl.forms.fields import Extra, ItemId, Signatory, Strict, Text

if TYPE_CHECKING:
    from collections.abc import Mapping


class Unit(Strict):
    """A department or officer that reports: the official name, and other spellings met in plans."""

    name: Text
    other_names: tuple[Text, ...] = ()


class Settings(Strict):
    """The project's defaults. `rounding` is the number of decimals of a mean; `templates` the office's own ones."""

    planctl: Literal["1"]
    organisation: Text = ""
    place: Text = ""
    language: Literal["mn", "en"] | None = None
    rubric: Text = "mn-2020"
    rounding: Literal["0", "1", "2"] = "1"
    signatories: tuple[Signatory, ...] = ()
    units: dict[ItemId, Unit] = Field(default_factory=dict)
    templates: dict[str, Text] = Field(default_factory=dict)
    extra: Extra


def spellings(units: Mapping[str, Unit]) -> dict[str, str]:
    """Return the id of the unit for each way of writing it: id, name and other names, in folded spelling."""
    ways = {folded(way): id_ for id_, unit in units.items() for way in (unit.name, *unit.other_names)}
    return ways | {folded(id_): id_ for id_ in units}


def folded(name: str) -> str:
    """Return a name as it is compared: case and spaces don't count."""
    return " ".join(name.casefold().split())
