"""What the sheets over all plans count, for each report and plan by itself: joined, it is all that they are made of.

In: scorecards and plans. Out: `Account`, also as plain values, so that it can be kept and nobody has to read the files
of a report again because another one changed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from planctl.forms.form import Group
from planctl.forms.period import Period, period_of
from planctl.report.cells import ordinal_of
from planctl.report.frame import bare_title
from planctl.scoring.engine import counts_of
from planctl.scoring.scorecard import Counts, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from planctl.portfolio.actuals import Actuals
    from planctl.portfolio.plan import Plan
    from planctl.scoring.scorecard import Mark, Scorecard

NOBODY = ""
"""Stands for the units of an item that names none."""


@dataclass(frozen=True, slots=True)
class Acts:
    """So many acts of a kind, and how their clauses count."""

    number: int
    counts: Counts


@dataclass(frozen=True, slots=True)
class CardAccount:
    """What the sheets over all plans count of a report, in the order of its plan.

    `units` are the counts of the items that each unit answers for, `shared` tells whether there is one that several
    answer for, `named` counts those that anybody does. `items` are all of them, `asked` those of each unit, and
    `silent` the numbers of those of which nobody has said anything; there are `missing` ones of these.
    """

    document: str
    title: str
    period: Period
    files: frozenset[str]
    rubric: str
    decimals: int
    is_weighted: bool
    is_shared: bool
    units: Mapping[str, Counts]
    named: Counts
    acts: Mapping[str, Acts]
    items: int
    missing: int
    asked: Mapping[str, int]
    silent: Mapping[str, Sequence[str]]

    @property
    def part(self) -> tuple[str, str]:
        """Its document and period."""
        return self.document, str(self.period)

    def plain(self) -> list[Any]:
        """Return plain values."""
        return [
            self.document,
            self.title,
            str(self.period),
            sorted(self.files),
            self.rubric,
            self.decimals,
            self.is_weighted,
            self.is_shared,
            {unit: _plain_counts(counts) for unit, counts in self.units.items()},
            _plain_counts(self.named),
            {kind: [one.number, _plain_counts(one.counts)] for kind, one in self.acts.items()},
            self.items,
            self.missing,
            dict(self.asked),
            {unit: list(numbers) for unit, numbers in self.silent.items()},
        ]

    @staticmethod
    def of_plain(values: Any) -> CardAccount:
        """Return what gave these values."""
        document, title, period, files, rubric, decimals, weighted, shared, units, named, acts, *rest = values
        items, missing, asked, silent = rest
        return CardAccount(
            document,
            title,
            _period(period),
            frozenset(files),
            rubric,
            decimals,
            weighted,
            shared,
            {unit: _counts(counts) for unit, counts in units.items()},
            _counts(named),
            {kind: Acts(number, _counts(counts)) for kind, (number, counts) in acts.items()},
            items,
            missing,
            asked,
            silent,
        )


@dataclass(frozen=True, slots=True)
class ItemAccount:
    """An item that is to be reported: its number on the sheets, its units, its first day, and that of its end."""

    id: str
    number: str
    units: tuple[str, ...]
    begins: date | None
    over: date | None

    def is_due(self, day: date) -> bool:
        """Tell whether it had begun by the last day of a period, and was not over in one before."""
        return (self.begins is None or self.begins <= day) and (self.over is None or self.over >= day)


@dataclass(frozen=True, slots=True)
class PlanAccount:
    """A plan that is to be reported, with all that tells what it owes for any period.

    `years` are those that it is for, `since` is the last day of the first period that was reported; both may be none.
    """

    document: str
    title: str
    path: str
    years: tuple[int, ...]
    since: date | None
    items: tuple[ItemAccount, ...]

    def owes(self, period: Period) -> bool:
        """Tell whether it is to report: for its years, or, a register, from the first period that it reported for."""
        if self.years:
            return period.year in self.years
        return self.since is None or self.since < period.last_day

    def due(self, period: Period) -> tuple[ItemAccount, ...]:
        """Return what had begun by the end of a period and was not over before."""
        return tuple(item for item in self.items if item.is_due(period.last_day))

    def plain(self) -> list[Any]:
        """Return plain values."""
        items = [[one.id, one.number, list(one.units), _written(one.begins), _written(one.over)] for one in self.items]
        return [self.document, self.title, self.path, list(self.years), _written(self.since), items]

    @staticmethod
    def of_plain(values: Any) -> PlanAccount:
        """Return what gave these values."""
        document, title, path, years, since, items = values
        every = (
            ItemAccount(id_, number, tuple(units), _day(begins), _day(over))
            for id_, number, units, begins, over in items
        )
        return PlanAccount(document, title, path, tuple(years), _day(since), tuple(every))


@dataclass(frozen=True, slots=True)
class Account:
    """The accounts of a project or of a part of it: reports in the order of documents and periods, plans by id.

    `digests` are those of the files that they were made from, where the files themselves are not at hand.
    """

    cards: tuple[CardAccount, ...]
    plans: tuple[PlanAccount, ...]
    digests: Mapping[str, str] = field(default_factory=dict)

    @property
    def files(self) -> frozenset[str]:
        """All files that the sheets may be made from."""
        return frozenset({one.path for one in self.plans}).union(*(one.files for one in self.cards))

    def plain(self) -> list[Any]:
        """Return plain values, as far as JSON goes."""
        return [[one.plain() for one in self.cards], [one.plain() for one in self.plans], dict(self.digests)]

    @staticmethod
    def of_plain(values: Any) -> Account:
        """Return what gave these values; TypeError, ValueError, KeyError or AttributeError for what none gives."""
        cards, plans, digests = values
        return Account(tuple(map(CardAccount.of_plain, cards)), tuple(map(PlanAccount.of_plain, plans)), dict(digests))


def joined(accounts: Iterable[Account]) -> Account:
    """Return the accounts of parts as the account of the whole."""
    every = tuple(accounts)
    return Account(
        tuple(sorted((card for one in every for card in one.cards), key=_place)),
        tuple(sorted((plan for one in every for plan in one.plans), key=attrgetter("document"))),
        {path: digest for one in every for path, digest in one.digests.items()},
    )


def _place(card: CardAccount) -> tuple[object, ...]:
    return card.document, card.period.last_day, card.period.months


# Reports


def of_card(card: Scorecard) -> CardAccount:
    """Return what counts of a report."""
    plan, marks = card.actuals.plan, tuple(card.own.marks.values())
    counted = card.own.counted(plan)
    asked: Counter[str] = Counter()
    silent: defaultdict[str, list[str]] = defaultdict(list)
    missing = 0
    for mark in marks:
        is_silent = _is_silent(card, mark)
        missing += is_silent
        for unit in mark.item.units or (NOBODY,):
            asked[unit] += 1
            if is_silent:
                silent[unit].append(ordinal_of(plan, mark.item))
    return CardAccount(
        document=plan.id,
        title=bare_title(plan),
        period=card.actuals.period,
        files=frozenset({card.rubric.path}) | card.actuals.files,
        rubric=plan.rubric,
        decimals=plan.decimals,
        is_weighted=plan.model.rules.weighted,
        is_shared=any(len(mark.item.units) > 1 for mark in marks),
        units={unit: counts_of(own) for unit, own in _by_unit(counted).items()},
        named=counts_of(mark for mark in counted if mark.item.units),
        acts={kind: _acts(acts) for kind, acts in _by_kind(card).items()},
        items=len(marks),
        missing=missing,
        asked=dict(asked),
        silent=dict(silent),
    )


def _is_silent(card: Scorecard, mark: Mark) -> bool:
    """Tell whether nobody has said anything of an item that was to be reported."""
    reported = card.actuals.reported.get(mark.item.id)
    return mark.item.is_due(card.actuals.period.last_day) and (reported is None or reported.is_silent)


def _by_unit(marks: Iterable[Mark]) -> Mapping[str, Sequence[Mark]]:
    found: defaultdict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        for unit in mark.item.units:
            found[unit].append(mark)
    return found


def _by_kind(card: Scorecard) -> Mapping[str, Sequence[Sequence[Mark]]]:
    """Return the acts that have a reported clause by their kind, each as the marks of its clauses."""
    found: defaultdict[str, list[Sequence[Mark]]] = defaultdict(list)
    plan = card.actuals.plan
    for band in plan.bands:
        if isinstance(band, Group) and band.kind:
            marks = [card.own.marks[item.id] for item in band.items if plan.evaluated.get(item.id) is item]
            if marks:
                found[band.kind].append(marks)
    return found


def _acts(acts: Sequence[Sequence[Mark]]) -> Acts:
    return Acts(len(acts), counts_of(mark for marks in acts for mark in marks))


# Plans


def of_plan(plan: Plan, told: Sequence[Actuals]) -> PlanAccount | None:
    """Return what a plan owes, of which so much was `told`; None for one that is never reported.

    That is one without evaluated items, or a copy of what another body has approved.
    """
    if not plan.evaluated or plan.model.source is not None:
        return None
    over = dict(_over(told))
    return PlanAccount(
        document=plan.id,
        title=bare_title(plan),
        path=plan.document.path,
        years=plan.model.rules.years,
        since=min((actuals.period.last_day for actuals in told), default=None),
        items=tuple(
            ItemAccount(id_, ordinal_of(plan, item), item.units, item.begins, over.get(id_))
            for id_, item in plan.evaluated.items()
        ),
    )


def _over(told: Iterable[Actuals]) -> Iterator[tuple[str, date]]:
    """Yield what is over for good with the last day of the period that says so, the first such day last."""
    for actuals in sorted(told, key=lambda one: one.period.last_day, reverse=True):
        for reported in actuals.with_state:
            if reported.state and reported.state.is_final:
                yield reported.id, actuals.period.last_day


# As plain values


def _plain_counts(counts: Counts) -> list[dict[str, int]]:
    levels = {str(score): number for score, number in counts.levels.items()}
    return [levels, {outcome.value: number for outcome, number in counts.others.items()}]


def _counts(values: Any) -> Counts:
    levels, others = values
    return Counts(
        Counter({Decimal(score): number for score, number in levels.items()}),
        Counter({Outcome(outcome): number for outcome, number in others.items()}),
    )


def _period(text: str) -> Period:
    if (period := period_of(text)) is None:
        raise ValueError(text)
    return period


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
