"""The account: documents of all organisations brought together, scale by scale and evaluation by evaluation.

In: the list, documents, problems and the day. Out: a `Rollup`, of which every format shows what it can. Scales are
never mixed: 70 of one may be another thing than 70 of another.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planctl.alphabet import alphabetical
from planctl.rollup.documents import VALID
from planctl.rollup.groups import Grouping, Names, taken
from planctl.rollup.policies import MAIN, POLICIES
from planctl.rollup.ranking import Rank, ranking
from planctl.rollup.states import standings
from planctl.rollup.totals import Member, Total, total, totals

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from fractions import Fraction

    from planctl.forms.period import Period
    from planctl.rollup.documents import Document, Scale
    from planctl.rollup.groups import Kind, Named, Taken
    from planctl.rollup.list import LeftOut, Listed, Organisation, RollupFile
    from planctl.rollup.states import Problem, Standing

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
    names = Names(file, organisations)
    taken_now, taken_then = taken(now), taken(then)

    def account(key: str, evaluation: str) -> Account:
        grouping = Grouping(key, evaluation, names, is_main=key == main)
        return _Accounting(scales[key], grouping, int(file.rounding)).account(taken_now, taken_then, every)

    counted = tuple(
        Counted(scales[key], {name: account(key, name) for name in EVALUATIONS}) for key in _in_order(now, scales)
    )
    unknown = sum(one.is_owed and one.document.scale is None for one in now)
    left_out = tuple(listed.left_out.values())
    return Rollup(file, organisations, file.period, before, now, counted, unknown, left_out, listed.unread)


def _in_order(now: Iterable[Standing], scales: Mapping[str, Scale]) -> list[str]:
    """Return the scales of the period, the one of the most documents first."""
    counts = Counter(one.document.scale for one in now if one.document.scale)
    return sorted((key for key in scales if counts[key]), key=lambda key: (-counts[key], key))


class _Accounting:
    """The accounting of one evaluation by one scale."""

    def __init__(self, scale: Scale, grouping: Grouping, decimals: int) -> None:
        self._steps = len(scale.steps)
        self._grouping = grouping
        self._decimals = decimals

    def account(self, now: Iterable[Taken], then: Iterable[Taken], every: Iterable[Document]) -> Account:
        members, before = self._grouping.members(now), self._grouping.members(then)
        organisations = tuple(
            Group(None, self._totals(of_one), entry) for entry, of_one in members.organisations.items()
        )
        groups = {kind: self._groups(of_kind) for kind, of_kind in members.named.items()}
        return Account(
            whole=self._totals(members.whole),
            groups=groups,
            organisations=organisations,
            periods=self._periods(every),
            ranking=ranking(
                {group.entry: group.totals[MAIN].pooled for group in organisations},
                {entry: self._pooled(of_one) for entry, of_one in before.organisations.items()},
                decimals=self._decimals,
            ),
            provinces=ranking(
                {group.name: group.totals[MAIN].pooled for group in groups["province"] if group.name},
                {name: self._pooled(of_one) for name, of_one in before.named["province"].items() if name},
                decimals=self._decimals,
            ),
        )

    def _groups(self, members: Named) -> tuple[Group, ...]:
        """Return the groups by name, what belongs to none last."""
        names = sorted((name for name in members if name is not None), key=alphabetical)
        last = [None] if None in members else []
        return tuple(Group(name, self._totals(members[name])) for name in (*names, *last))

    def _totals(self, members: Sequence[Member]) -> Mapping[str, Total]:
        return totals(members, POLICIES.values(), steps=self._steps)

    def _pooled(self, members: Iterable[Member]) -> Fraction | None:
        return total([one for one in members if MAIN in one.policies], steps=self._steps).pooled

    def _periods(self, every: Iterable[Document]) -> tuple[Group, ...]:
        """Return what the valid reports of each period come to, the earliest first."""
        found: defaultdict[Period, list[Member]] = defaultdict(list)
        for number, one in enumerate(every):
            card = self._grouping.card(one)
            if one.state == VALID and one.period and card and self._grouping.takes(one):
                policies = frozenset({MAIN, "approved"} if one.approved else {MAIN})
                found[one.period].append(Member(number, one.entry, policies, card.total))
        order = sorted(found, key=lambda period: (period.last_day, period.months))
        return tuple(Group(str(period), self._totals(found[period])) for period in order)
