"""The account: documents of all organisations brought together, scale by scale and evaluation by evaluation.

In: the list, what was gathered, and the day. Out: a `Rollup`, of which every format shows what it can. Scales are
never mixed: 70 of one may be another thing than 70 of another.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from planctl.alphabet import alphabetical
from planctl.rollup.documents import NOTHING_PACKED
from planctl.rollup.groups import KINDS, Grouping, Names, taken
from planctl.rollup.policies import MAIN
from planctl.rollup.ranking import Rank, ranking
from planctl.rollup.states import standings
from planctl.rollup.totals import Running, share_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from fractions import Fraction

    from planctl.forms.period import Period
    from planctl.rollup.documents import Document, Scale
    from planctl.rollup.gathering import Gathered
    from planctl.rollup.groups import Kind, Opened, Taken
    from planctl.rollup.list import LeftOut, Listed, Organisation, RollupFile
    from planctl.rollup.states import Standing
    from planctl.rollup.totals import Share, Total

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
    """One evaluation by one scale: the whole, its groups by name, the organisations, the periods, and two rankings.

    `ranking` is that of the organisations, by their numbers in the list.
    """

    whole: Mapping[str, Total]
    groups: Mapping[Kind, tuple[Group, ...]]
    organisations: tuple[Group, ...]
    periods: tuple[Group, ...]
    ranking: tuple[Rank[int], ...]
    provinces: tuple[Rank[str], ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """All that is scored by one scale, by the names of the evaluations."""

    scale: Scale
    accounts: Mapping[str, Account]


@dataclass(frozen=True, slots=True)
class Rollup:
    """What the organisations come to in a period, and how each of their documents stands.

    `left_out` are the organisations of the list that are not counted, `unread` the keys of it that count for nothing.
    """

    file: RollupFile
    organisations: Mapping[int, Organisation]
    period: Period
    before: Period
    standings: tuple[Standing, ...]
    scales: tuple[Counted, ...]
    without_scale: int = 0
    left_out: tuple[LeftOut, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def decimals(self) -> int:
        """Decimals of printed means."""
        return int(self.file.rounding)

    @property
    def states(self) -> Mapping[str, int]:
        """How many documents are in which state."""
        return Counter(one.state for one in self.standings)

    @property
    def asked(self) -> Mapping[int, int]:
        """How many reports of each organisation should be there by now."""
        return Counter(one.document.entry for one in self.standings if one.is_valid or one.is_owed)

    @property
    def owed(self) -> Mapping[int, int]:
        """How many of these are not there, or not valid."""
        return Counter(one.document.entry for one in self.standings if one.is_owed)

    def lacking(self, scale: Scale) -> Mapping[int, int]:
        """How many reports each organisation owes that may be scored by a scale; who owes none is not among them."""
        of_scale = (one for one in self.standings if one.document.scale in {None, scale.key})
        return Counter(one.document.entry for one in of_scale if one.is_owed)

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


def rolled_up(listed: Listed, gathered: Gathered, *, today: date) -> Rollup:
    """Bring the documents together for the list's period, one organisation after the other."""
    file = listed.file
    before = file.compared_with or period_before(file.period)
    now = standings(listed, gathered.documents, gathered.problems, file.period, today=today)
    counts = Counter(one.document.scale for one in now if one.document.scale)
    main = counts.most_common(1)[0][0] if counts else None
    organisations = {entry.at: entry.organisation for entry in listed.entries}
    names = Names(file, organisations)
    # The scale of the most documents first.
    books = {
        key: {
            name: _Book(gathered.scales[key], Grouping(key, name, names, is_main=key == main)) for name in EVALUATIONS
        }
        for key in sorted(counts, key=lambda key: (-counts[key], key))
    }
    every = [book for of_scale in books.values() for book in of_scale.values()]
    for entry, standing in groupby(taken(now), key=lambda one: one[1].document.entry):
        of_one, opened = tuple(standing), gathered.parts.get(entry, NOTHING_PACKED).opened()
        for book in every:
            book.enter(entry, of_one, opened)
    for entry, of_entry in gathered.documents.items():
        for book in every:
            book.enter_periods(entry, of_entry, before)
    counted = tuple(
        Counted(gathered.scales[key], {name: book.account(int(file.rounding)) for name, book in of_scale.items()})
        for key, of_scale in books.items()
    )
    unknown = sum(one.is_owed and one.document.scale is None for one in now)
    left_out = tuple(listed.left_out.values())
    return Rollup(file, organisations, file.period, before, now, counted, unknown, left_out, listed.unread)


class _Book:
    """One evaluation by one scale on its way to an account: organisations are entered one after the other."""

    def __init__(self, scale: Scale, grouping: Grouping) -> None:
        self._steps = len(scale.steps)
        self._grouping = grouping
        self._whole = Running()
        self._organisations: dict[int, Mapping[str, Total]] = {}
        self._named: dict[Kind, defaultdict[str | None, Running]] = {kind: defaultdict(Running) for kind in KINDS}
        self._periods: defaultdict[Period, Running] = defaultdict(Running)
        self._before: dict[int, Fraction | None] = {}
        self._provinces_before: defaultdict[str | None, Running] = defaultdict(Running)

    def enter(self, entry: int, standings: Sequence[Taken], opened: Opened) -> None:
        """Enter how an organisation's documents of the period stand."""
        members = self._grouping.members(entry, standings, opened)
        if not members.whole:
            return
        whole = share_of(members.whole)
        self._whole.take(whole)
        self._organisations[entry] = self._totals(_only(whole))
        for kind, of_kind in members.named.items():
            for name, of_name in of_kind.items():
                self._named[kind][name].take(whole if of_name is members.whole else share_of(of_name))

    def enter_periods(self, entry: int, documents: Sequence[Document], before: Period) -> None:
        """Enter what an organisation's valid reports of all periods come to; of those of the period before also who."""
        for period, members in self._grouping.by_period(documents).items():
            share = share_of(members)
            self._periods[period].take(share)
            if period == before:
                self._before[entry] = _only(share).pooled(MAIN)
                self._provinces_before[self._grouping.names.province(entry)].take(share)

    def account(self, decimals: int) -> Account:
        """Return what all of it comes to."""
        groups = {kind: self._groups(self._named[kind]) for kind in KINDS}
        return Account(
            whole=self._totals(self._whole),
            groups=groups,
            organisations=tuple(Group(None, totals, entry) for entry, totals in self._organisations.items()),
            periods=tuple(
                Group(str(period), self._totals(self._periods[period]))
                for period in sorted(self._periods, key=lambda period: (period.last_day, period.months))
            ),
            ranking=ranking(
                {entry: totals[MAIN].pooled for entry, totals in self._organisations.items()},
                self._before,
                decimals=decimals,
            ),
            provinces=ranking(
                {group.name: group.totals[MAIN].pooled for group in groups["province"] if group.name},
                {name: running.pooled(MAIN) for name, running in self._provinces_before.items() if name},
                decimals=decimals,
            ),
        )

    def _groups(self, named: Mapping[str | None, Running]) -> tuple[Group, ...]:
        """Return the groups by name, what belongs to none last."""
        names = sorted((name for name in named if name is not None), key=alphabetical)
        last = [None] if None in named else []
        return tuple(Group(name, self._totals(named[name])) for name in (*names, *last))

    def _totals(self, running: Running) -> Mapping[str, Total]:
        return running.totals(steps=self._steps)


def _only(share: Share) -> Running:
    """Return the group of a single organisation."""
    running = Running()
    running.take(share)
    return running
