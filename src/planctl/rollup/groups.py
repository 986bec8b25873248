"""Groups: which organisation, province, form, sector and unit each part of a document belongs to.

In: how an organisation's documents stand. Out: its members in every group, by one evaluation and one scale.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from planctl.portfolio.settings import folded
from planctl.rollup.documents import VALID
from planctl.rollup.policies import MAIN, POLICIES
from planctl.rollup.totals import Member

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from planctl.forms.period import Period
    from planctl.rollup.documents import Document, Parts
    from planctl.rollup.list import Organisation, RollupFile
    from planctl.rollup.states import Standing

Kind = Literal["province", "form", "sector", "unit"]
KINDS: tuple[Kind, ...] = ("province", "form", "sector", "unit")

Named: TypeAlias = "dict[str | None, list[Member]]"
"""The members of groups by name; None is the group of what belongs to none."""

Taken: TypeAlias = "tuple[int, Standing, frozenset[str]]"
"""A document's number, how it stands, and the names of the policies that take it."""

Opened: TypeAlias = "Sequence[tuple[Parts | None, Parts | None]]"
"""The parts of both evaluations of each of an organisation's documents."""

_WITHOUT_PARTS = None, None
_VALID, _APPROVED = frozenset({MAIN}), frozenset({MAIN, "approved"})
"""The policies that count for what was reported in other periods."""


class Members(NamedTuple):
    """An organisation's members in all groups: those of its own, and of the other kinds by name."""

    whole: list[Member]
    named: dict[Kind, Named]


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
    return tuple(
        (number, one, sets.setdefault(names, frozenset(names))) for number, (one, names) in enumerate(every) if names
    )


class Grouping:
    """Groups documents by one evaluation and one scale; what has no known scale stands with the main one."""

    def __init__(self, scale: str, evaluation: str, names: Names, *, is_main: bool) -> None:
        self._scale = scale
        self._evaluation = evaluation
        self.names = names
        self._is_main = is_main

    def members(self, entry: int, standings: Iterable[Taken], opened: Opened) -> Members:
        """Return the members of every group that an organisation's documents belong to."""
        whole: list[Member] = []
        named: dict[Kind, Named] = {kind: defaultdict(list) for kind in KINDS}
        sector_of_all = self.names.sector_of(entry)
        for number, one, kind in standings:
            document = one.document
            part = document.part(self._evaluation)
            if not self.takes(document) or (part is None and one.is_valid):
                continue
            member = Member(number, kind, part)
            whole.append(member)
            named["form"][document.form or None].append(member)
            parts = self._parts(document, opened) if part else None
            if parts is None or sector_of_all or not parts.sections:
                named["sector"][sector_of_all].append(member)
            else:
                for title, of_section in parts.sections:
                    named["sector"][self.names.sector(title)].append(Member(number, kind, of_section))
            for name, of_unit in parts.units if parts else ():
                named["unit"][self.names.unit(name)].append(Member(number, kind, of_unit))
            if parts is None:
                named["unit"][None].append(member)
        if whole:
            named["province"][self.names.province(entry)] = whole
        return Members(whole, named)

    def by_period(self, documents: Iterable[Document]) -> Mapping[Period, list[Member]]:
        """Return the valid reports of an organisation by their periods."""
        found: defaultdict[Period, list[Member]] = defaultdict(list)
        for number, document in enumerate(documents):
            part = document.part(self._evaluation)
            if document.state == VALID and document.period and part and self.takes(document):
                found[document.period].append(Member(number, _APPROVED if document.approved else _VALID, part))
        return found

    def takes(self, document: Document) -> bool:
        """Tell whether a document is scored by this scale."""
        return document.scale == self._scale or (document.scale is None and self._is_main)

    def _parts(self, document: Document, opened: Opened) -> Parts | None:
        own, superior = opened[document.at] if document.at >= 0 else _WITHOUT_PARTS
        return own if document.part(self._evaluation) is document.own else superior
