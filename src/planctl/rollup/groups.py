"""Groups: which organisation, province, form, sector and unit each part of a document belongs to.

In: how documents stand. Out: the members of every group, by one evaluation and one scale.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from planctl.portfolio.settings import folded
from planctl.rollup.policies import POLICIES
from planctl.rollup.totals import Member

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planctl.rollup.documents import Card, Document
    from planctl.rollup.list import Organisation, RollupFile
    from planctl.rollup.states import Standing

Kind = Literal["province", "form", "sector", "unit"]
KINDS: tuple[Kind, ...] = ("province", "form", "sector", "unit")

Named: TypeAlias = "dict[str | None, list[Member]]"
"""The members of groups by name; None is the group of what belongs to none."""

Taken: TypeAlias = "tuple[Standing, frozenset[str]]"
"""How a document stands, and the names of the policies that take it."""


@dataclass(slots=True)
class Members:
    """The members of all groups: of organisations by their numbers in the list, of the other kinds by name."""

    organisations: defaultdict[int, list[Member]] = field(default_factory=lambda: defaultdict(list))
    named: dict[Kind, Named] = field(default_factory=lambda: {kind: defaultdict(list) for kind in KINDS})

    @property
    def whole(self) -> list[Member]:
        """All documents."""
        return [one for of_one in self.organisations.values() for one in of_one]


class Names:
    """How what plans name in several ways is called: each sector, unit and province by one name."""

    def __init__(self, file: RollupFile, organisations: Mapping[int, Organisation]) -> None:
        self._organisations = organisations
        self._sectors = {
            folded(way).rstrip(" :."): sector.name
            for sector in file.sectors
            for way in (sector.name, *sector.other_names)
        }
        self._first: dict[tuple[str, str], str] = {}
        self._called: dict[tuple[str, str], str] = {}

    def province(self, entry: int) -> str | None:
        """Return the province of an organisation."""
        return self._one("province", self._organisations[entry].province)

    def sector_of(self, entry: int) -> str | None:
        """Return the sector that an organisation belongs to with all it does."""
        named = self._organisations[entry].sector
        return self.sector(named) if named else None

    def sector(self, title: str | None) -> str | None:
        """Return the sector that a section's title means."""
        if title is None:
            return None
        plain = folded(title).rstrip(" :.")
        return self._sectors.get(plain) or self._one("sector", title.strip().rstrip(" :."))

    def unit(self, name: str | None) -> str | None:
        """Return the name of a unit."""
        return self._one("unit", name)

    def _one(self, kind: str, name: str | None) -> str | None:
        """Return the first spelling met of a name; case and spaces don't count."""
        if name is None:
            return None
        if (kind, name) not in self._called:
            self._called[kind, name] = self._first.setdefault((kind, folded(name)), name)
        return self._called[kind, name]


def taken(standings: Iterable[Standing]) -> tuple[Taken, ...]:
    """Return what any policy takes, with the names of the policies that do."""
    every = ((one, tuple(policy.name for policy in POLICIES.values() if policy.takes(one))) for one in standings)
    # One set for all documents that the same policies take: they are compared often.
    sets: dict[tuple[str, ...], frozenset[str]] = {}
    return tuple((one, sets.setdefault(names, frozenset(names))) for one, names in every if names)


class Grouping:
    """Groups documents by one evaluation and one scale; what has no known scale stands with the main one."""

    def __init__(self, scale: str, evaluation: str, names: Names, *, is_main: bool) -> None:
        self._scale = scale
        self._evaluation = evaluation
        self._names = names
        self._is_main = is_main

    def members(self, standings: Iterable[Taken]) -> Members:
        """Return the members of every group of every kind, of documents with the policies that take them."""
        found = Members()
        organisations = found.organisations
        provinces, forms, sectors, units = (found.named[kind] for kind in KINDS)
        for number, (one, policies) in enumerate(standings):
            document = one.document
            card = self.card(document)
            if not self.takes(document) or (card is None and one.is_valid):
                continue
            entry = document.entry
            whole = Member(number, entry, policies, card.total if card else None)
            organisations[entry].append(whole)
            provinces[self._names.province(entry)].append(whole)
            forms[document.form or None].append(whole)
            sector = self._names.sector_of(entry)
            if card is None or sector or not card.sections:
                sectors[sector].append(whole)
            else:
                for title, part in card.sections:
                    sectors[self._names.sector(title)].append(Member(number, entry, policies, part))
            for name, part in card.units if card else ():
                units[self._names.unit(name)].append(Member(number, entry, policies, part))
            if card is None:
                units[None].append(whole)
        return found

    def takes(self, document: Document) -> bool:
        """Tell whether a document is scored by this scale."""
        return document.scale == self._scale or (document.scale is None and self._is_main)

    def card(self, document: Document) -> Card | None:
        """Return the evaluation of a document, None where it has not begun."""
        return document.card(self._evaluation)
