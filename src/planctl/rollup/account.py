"""The account: documents of all organisations brought together, scale by scale and evaluation by evaluation.

In: the list, documents, problems and the day. Out: a `Rollup`, of which every format shows what it can. Scales are
never mixed: 70 of one may be another thing than 70 of another.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from planctl.alphabet import alphabetical
from planctl.portfolio.settings import folded
from planctl.rollup.documents import VALID
from planctl.rollup.policies import MAIN, POLICIES
from planctl.rollup.ranking import Rank, ranking
from planctl.rollup.states import standings
from planctl.rollup.totals import Member, Total, total, totals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from planctl.forms.period import Period
    from planctl.rollup.documents import Card, Document, Part, Scale
    from planctl.rollup.list import Listed, Organisation, RollupFile
    from planctl.rollup.states import Problem, Standing

Kind = Literal["province", "form", "sector", "unit", "organisation"]
KINDS: tuple[Kind, ...] = ("province", "organisation", "form", "sector", "unit")
EVALUATIONS = ("self", "superior")


@dataclass(frozen=True, slots=True)
class Group:
    """A province, a form, a sector, a unit, an organisation or a period, with its total under each policy.

    `name` is None for what belongs to none; `entry` is an organisation's number in the list.
    """

    name: str | None
    totals: Mapping[str, Total]
    entry: int = -1


@dataclass(frozen=True, slots=True)
class Account:
    """One evaluation by one scale: the whole, its groups of every kind, the periods, and the rankings."""

    whole: Mapping[str, Total]
    groups: Mapping[Kind, tuple[Group, ...]]
    periods: tuple[Group, ...]
    organisations: tuple[Rank[int], ...]
    provinces: tuple[Rank[str | None], ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """All that is scored by one scale, by the names of the evaluations."""

    scale: Scale
    accounts: Mapping[str, Account]


@dataclass(frozen=True, slots=True)
class Rollup:
    """What the organisations come to in a period, and how each of their documents stands."""

    file: RollupFile
    organisations: Mapping[int, Organisation]
    period: Period
    before: Period
    standings: tuple[Standing, ...]
    scales: tuple[Counted, ...]
    without_scale: int = 0

    @property
    def decimals(self) -> int:
        """Decimals of printed means."""
        return int(self.file.rounding)

    @property
    def states(self) -> Mapping[str, int]:
        """How many documents are in which state."""
        return Counter(one.state for one in self.standings)

    @property
    def late(self) -> int:
        """How many reports came late."""
        return sum(one.is_late for one in self.standings)

    @property
    def unapproved(self) -> int:
        """How many valid reports are not approved."""
        return sum(one.is_valid and not one.document.approved for one in self.standings)


def period_before(period: Period) -> Period:
    """Return the period of the same length right before one."""
    if period.first_month > period.months:
        return type(period)(period.year, period.first_month - period.months, period.months)
    return type(period)(period.year - 1, 13 - period.months, period.months)


def rolled_up(
    listed: Listed,
    documents: Mapping[int, Sequence[Document]],
    problems: Mapping[int, Problem],
    scales: Mapping[str, Scale],
    *,
    today: date,
) -> Rollup:
    """Bring the documents together for the list's period."""
    file = listed.file
    before = file.compared_with or period_before(file.period)
    now = standings(listed, documents, problems, file.period, today=today)
    then = standings(listed, documents, problems, before, today=today)
    every = [document for of_one in documents.values() for document in of_one]
    usual = Counter(one.document.scale for one in now if one.document.scale).most_common(1)
    main = usual[0][0] if usual else next(iter(scales), None)
    organisations = {entry.at: entry.organisation for entry in listed.entries}
    names = _Names(file, organisations)
    counted = tuple(
        Counted(
            scales[key],
            {
                evaluation: _Accounting(scales[key], evaluation, names, is_main=key == main).account(
                    now, then, every, file
                )
                for evaluation in EVALUATIONS
            },
        )
        for key in _in_order(now, scales)
    )
    unknown = sum(one.is_owed and one.document.scale is None for one in now)
    return Rollup(file, organisations, file.period, before, now, counted, unknown)


def _in_order(now: Iterable[Standing], scales: Mapping[str, Scale]) -> list[str]:
    """Return the scales of the period, the one of the most documents first."""
    counts = Counter(one.document.scale for one in now if one.document.scale)
    return sorted((key for key in scales if counts[key]), key=lambda key: (-counts[key], key))


class _Names:
    """How what plans name in several ways is called: each sector, unit and province by one name."""

    def __init__(self, file: RollupFile, organisations: Mapping[int, Organisation]) -> None:
        self._organisations = organisations
        self._sectors = {
            folded(way).rstrip(" :."): sector.name
            for sector in file.sectors
            for way in (sector.name, *sector.other_names)
        }
        self._first: dict[tuple[str, str], str] = {}

    def province(self, entry: int) -> str | None:
        return self._one("province", self._organisations[entry].province)

    def sector_of(self, entry: int) -> str | None:
        """Return the sector that an organisation belongs to with all it does."""
        named = self._organisations[entry].sector
        return self.sector(named) if named else None

    def sector(self, title: str | None) -> str | None:
        if title is None:
            return None
        plain = folded(title).rstrip(" :.")
        return self._sectors.get(plain) or self._one("sector", title.strip().rstrip(" :."))

    def unit(self, name: str | None) -> str | None:
        return self._one("unit", name)

    def _one(self, kind: str, name: str | None) -> str | None:
        """Return the first spelling met of a name; case and spaces don't count."""
        return None if name is None else self._first.setdefault((kind, folded(name)), name)


class _Accounting:
    """The accounting of one evaluation by one scale; what has no known scale stands with the main one."""

    def __init__(self, scale: Scale, evaluation: str, names: _Names, *, is_main: bool) -> None:
        self._scale = scale
        self._evaluation = evaluation
        self._names = names
        self._is_main = is_main

    def account(
        self, now: Sequence[Standing], then: Sequence[Standing], every: Sequence[Document], file: RollupFile
    ) -> Account:
        members = self._by_kind(now)
        decimals = int(file.rounding)
        before = self._by_kind(then)
        by_entry = members["organisation"]
        groups: dict[Kind, tuple[Group, ...]] = {kind: self._groups(members[kind]) for kind in KINDS}
        groups["organisation"] = tuple(
            Group(None, self._totals(of_one), entry) for entry, of_one in by_entry.items() if isinstance(entry, int)
        )
        whole = [one for of_one in by_entry.values() for one in of_one]
        return Account(
            whole=self._totals(whole),
            groups=groups,
            periods=self._periods(every),
            organisations=ranking(
                {group.entry: group.totals[MAIN].pooled for group in groups["organisation"]},
                self._pooled(before["organisation"]),
                decimals=decimals,
            ),
            provinces=ranking(
                {group.name: group.totals[MAIN].pooled for group in groups["province"] if group.name},
                self._pooled(before["province"]),
                decimals=decimals,
            ),
        )

    def _by_kind(self, standing: Iterable[Standing]) -> Mapping[Kind, dict[object, list[Member]]]:
        """Return the members of every group of every kind, the groups in the order in which they come up."""
        found: dict[Kind, defaultdict[object, list[Member]]] = {kind: defaultdict(list) for kind in KINDS}
        for number, one in enumerate(standing):
            if not self._takes(one.document):
                continue
            policies = frozenset(policy.name for policy in POLICIES.values() if policy.takes(one))
            card = one.document.card(self._evaluation)
            if not policies or (card is None and one.is_valid):
                continue
            for kind, key, part in self._parts(one.document, card):
                found[kind][key].append(Member(number, one.document.entry, policies, part))
        return dict(found)

    def _takes(self, document: Document) -> bool:
        return document.scale == self._scale.key or (document.scale is None and self._is_main)

    def _parts(self, document: Document, card: Card | None) -> Iterator[tuple[Kind, object, Part | None]]:
        """Yield the groups that a document belongs to, each with the part of it that does."""
        total = card.total if card else None
        yield "province", self._names.province(document.entry), total
        yield "organisation", document.entry, total
        yield "form", document.form or None, total
        sector = self._names.sector_of(document.entry)
        if sector or not (card and card.sections):
            yield "sector", sector, total
        else:
            yield from (("sector", self._names.sector(title), part) for title, part in card.sections)
        for name, part in card.units if card else ((None, None),):
            yield "unit", self._names.unit(name), part

    def _groups(self, members: Mapping[object, Sequence[Member]]) -> tuple[Group, ...]:
        """Return the groups by name, what belongs to none last."""
        names = sorted((key for key in members if isinstance(key, str)), key=alphabetical)
        last = [None] if None in members else []
        return tuple(Group(name, self._totals(members[name])) for name in (*names, *last))

    def _totals(self, members: Sequence[Member]) -> Mapping[str, Total]:
        return totals(members, POLICIES.values(), steps=len(self._scale.steps))

    def _pooled(self, members: Mapping[object, Sequence[Member]]) -> dict[object, object]:
        return {key: self._main(of_one).pooled for key, of_one in members.items()}

    def _main(self, members: Iterable[Member]) -> Total:
        return total([one for one in members if MAIN in one.policies], steps=len(self._scale.steps))

    def _periods(self, every: Iterable[Document]) -> tuple[Group, ...]:
        """Return what the valid reports of each period come to, the earliest first."""
        found: defaultdict[Period, list[Member]] = defaultdict(list)
        for number, one in enumerate(every):
            card = one.card(self._evaluation)
            if one.state == VALID and one.period and card and self._takes(one):
                policies = frozenset({MAIN, "approved"} if one.approved else {MAIN})
                found[one.period].append(Member(number, one.entry, policies, card.total))
        order = sorted(found, key=lambda period: (period.last_day, period.months))
        return tuple(Group(str(period), self._totals(found[period])) for period in order)
