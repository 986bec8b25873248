"""planctl.yaml: the office, its defaults and its units. In: the validated file. Out: `Settings`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from planctl.forms.fields import Extra, ItemId, Signatory, Strict, Text
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Mapping


class Unit(Strict):
    """A department or officer that reports: the official name, and other spellings met in plans."""

    name: Text = Field(description=_("The official name of the unit."))
    other_names: tuple[Text, ...] = Field((), description=_("Other spellings met in plans."))


class Settings(Strict):
    """The project's defaults. `rounding` is the number of decimals of a mean; `templates` the office's own ones."""

    planctl: Literal["1"] = Field(description=_("The version of the format: 1."))
    organisation: Text = Field("", description=_("The office."))
    place: Text = Field("", description=_("The place over the sheets."))
    language: Literal["mn", "en"] | None = Field(None, description=_("The language of messages: mn or en."))
    rubric: Text = Field("mn-2020", description=_("The scale, by its name."))
    rounding: Literal["0", "1", "2"] = Field("1", description=_("Decimals of means: 0, 1 or 2."))
    signatories: tuple[Signatory, ...] = Field((), description=_("Who signs the sheets."))
    units: dict[ItemId, Unit] = Field(default_factory=dict, description=_("The units, each under its id."))
    severities: dict[Text, Literal["off", "warning", "error"]] = Field(
        default_factory=dict,
        description=_("How much a code's findings weigh: off, warning or error. Errors stay errors."),
    )
    templates: dict[Text, Text] = Field(
        default_factory=dict, description=_("The office's own templates: name and path.")
    )
    extra: Extra


def spellings(units: Mapping[str, Unit]) -> dict[str, str]:
    """Return the id of the unit for each way of writing it: id, name and other names, in folded spelling."""
    return {way: ids[0] for way, ids in _ids_by_way(units).items()}


def ambiguous(units: Mapping[str, Unit]) -> dict[str, tuple[str, ...]]:
    """Return the ways of writing that stand for several units, with the units' ids."""
    return {way: tuple(ids) for way, ids in _ids_by_way(units).items() if len(ids) > 1}


def _ids_by_way(units: Mapping[str, Unit]) -> dict[str, list[str]]:
    ways: dict[str, list[str]] = {}
    for id_, unit in units.items():
        for way in dict.fromkeys(map(folded, (id_, unit.name, *unit.other_names))):
            ways.setdefault(way, []).append(id_)
    return ways


def folded(name: str) -> str:
    """Return a name as it is compared: case and spaces don't count."""
    return " ".join(name.casefold().split())
