"""Checks of indicators along the chain of plans: do the targets below add up, and do bodies say the same of one thing.

In: the portfolio with its chain. Out: findings. An indicator is the same as one above if it has its name, or names it
under `above:`; their years must not differ. Only counts add up: no shares, no averages, no state of a day.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from planctl.diagnostics import Diagnostic, finding
from planctl.forms.indicators import Direction, ValueKind
from planctl.forms.number import plain, rounded
from planctl.forms.quantity import is_percent
from planctl.portfolio.settings import folded
from planctl.scoring.achievement import in_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planctl.diagnostics import Span
    from planctl.forms.form import Loc
    from planctl.forms.indicators import Indicator
    from planctl.portfolio.actuals import Actuals, Reported
    from planctl.portfolio.chain import Chain, Node
    from planctl.portfolio.portfolio import Portfolio

_AVERAGE = "дундаж"
_DECIMALS = 5


@dataclass(frozen=True, slots=True)
class _Measured:
    """An indicator in its place."""

    node: Node
    at: int
    indicator: Indicator
    loc: Loc
    year: int | None

    @property
    def target(self) -> Fraction | None:
        return in_unit(self.indicator.target_quantity, self.indicator)

    @property
    def baseline(self) -> Fraction | None:
        return in_unit(self.indicator.baseline_quantity, self.indicator)

    @property
    def unit(self) -> str:
        return folded(self.indicator.unit or "")

    @property
    def is_counted(self) -> bool:
        """Tell whether its values add up over several bodies."""
        one, target = self.indicator, self.indicator.target_quantity
        is_count = target.kind in {"number", "at-least"} and not target.is_share and not is_percent(one.unit or "")
        is_of_a_time = one.value is not ValueKind.POINT and one.aims is Direction.MORE
        return is_count and is_of_a_time and _AVERAGE not in folded(one.name)

    def place(self, key: str) -> Span:
        return self.node.plan.document.span_of((*self.loc, key))


@dataclass(frozen=True, slots=True)
class _Shared:
    """An indicator above, and the same one in what carries its objective out."""

    above: _Measured
    parts: tuple[_Measured, ...]

    def takes_whole(self, part: _Measured) -> bool:
        """Tell whether a part takes the indicator over with its whole target: then both speak of one value."""
        alone = self.above.is_counted or len(self.parts) == 1
        target = self.above.target
        return alone and target is not None and part.target == target and part.unit == self.above.unit


_REMEMBERED: WeakKeyDictionary[Chain, tuple[_Shared, ...]] = WeakKeyDictionary()
"""Of each chain as long as it is in hand: no project is kept by it."""


def _shared(chain: Chain) -> tuple[_Shared, ...]:
    """Return the indicators that stand in several plans; remembered, as several checks ask for them."""
    if chain not in _REMEMBERED:
        _REMEMBERED[chain] = tuple(_met(chain))
    return _REMEMBERED[chain]


def _met(chain: Chain) -> Iterator[_Shared]:
    for at, node in enumerate(chain.nodes):
        if not node.indicators or not chain.below[at]:
            continue
        below = tuple(_below(chain, at))
        for above in _measured(chain, at):
            parts = tuple(part for part in below if _is_same(part, above, node.indicators))
            if parts:
                yield _Shared(above, parts)


def _measured(chain: Chain, at: int) -> Iterator[_Measured]:
    node = chain.nodes[at]
    for place, indicator in enumerate(node.indicators):
        loc = node.item.loc_of_indicator(place) if node.item else (*node.loc, "indicators", place)
        by_year = node.item.by_year if node.item else {}
        for year, of_year in by_year.items():
            yield _Measured(node, at, of_year.indicators[place], loc, year)
        if not by_year:
            yield _Measured(node, at, indicator, loc, indicator.target_year or node.plan.model.rules.year)


def _below(chain: Chain, at: int) -> Iterator[_Measured]:
    """Yield the indicators of what carries a node out, but for what stands below another of them already."""
    nodes: dict[int, None] = {}
    waiting = list(chain.below[at])
    for one in waiting:
        if one not in nodes:
            nodes[one] = None
            waiting += chain.children[one]
    for one in nodes:
        if not any(up in nodes for up in chain.above[one]):
            yield from _measured(chain, one)


def _is_same(part: _Measured, above: _Measured, beside: Sequence[Indicator]) -> bool:
    """Tell whether a part counts towards an indicator above; an id that its `above:` names goes before names."""
    one, other = part.indicator, above.indicator
    if part.year and above.year and part.year != above.year:
        return False
    if one.above is None:
        return folded(one.name) == folded(other.name)
    by_id = [indicator for indicator in beside if indicator.id and folded(indicator.id) == folded(one.above)]
    return other.id in {found.id for found in by_id} if by_id else folded(one.above) == folded(other.name)


def unknown_indicator_above(portfolio: Portfolio) -> Iterator[Diagnostic]:
    """Find indicators that count towards one that nothing above has."""
    chain = portfolio.chain
    for at, node in enumerate(chain.nodes):
        if not any(indicator.above for indicator in node.indicators):
            continue
        targets = [chain.nodes[up] for one in chain.around(at) for up in chain.above[one]]
        known = [word for up in targets for other in up.indicators for word in (other.id, other.name) if word]
        for one in _measured(chain, at):
            named = one.indicator.above
            if named and folded(named) not in set(map(folded, known)):
                near = get_close_matches(named, known, n=1)
                span = one.place("above")
                yield finding("unknown-indicator-above", span, named=named, suggestion="".join(near))


def targets_fall_short(portfolio: Portfolio) -> Iterator[Diagnostic]:
    """Find targets that those below together do not come to, where all of them can be added up."""
    for shared in _shared(portfolio.chain):
        above, target = shared.above, shared.above.target
        targets = [part.target for part in shared.parts if _adds_to(part, above)]
        if target is None or above.node.plan.model.source or len(targets) < len(shared.parts):
            continue
        whole = sum((one for one in targets if one is not None), Fraction(0))
        if above.is_counted and None not in targets and whole < target:
            parts = " + ".join(f"{part.node.address} {_shown(part.target)}" for part in shared.parts)
            yield finding(
                "targets-fall-short",
                above.place("target"),
                sum=_shown(whole),
                unit=above.indicator.unit or "",
                above=above.indicator.name,
                target=_shown(target),
                parts=parts,
            )


def _adds_to(part: _Measured, above: _Measured) -> bool:
    return part.is_counted and part.unit == above.unit and part.indicator.value is above.indicator.value


def unit_differs(portfolio: Portfolio) -> Iterator[Diagnostic]:
    """Find units that are not those of the same indicator above."""
    for shared in _shared(portfolio.chain):
        for part in shared.parts:
            if part.unit and shared.above.unit and part.unit != shared.above.unit:
                yield finding(
                    "unit-differs",
                    part.place("unit"),
                    unit=part.indicator.unit,
                    other=shared.above.indicator.unit,
                    place=shared.above.place("unit"),
                )


def baseline_differs(portfolio: Portfolio) -> Iterator[Diagnostic]:
    """Find baselines that are not those of the same indicator above, where it is taken over with its whole target."""
    for shared in _shared(portfolio.chain):
        other = shared.above.baseline
        for part in shared.parts if other is not None else ():
            if part.baseline is not None and part.baseline != other and shared.takes_whole(part):
                yield finding(
                    "baseline-differs",
                    part.place("baseline"),
                    baseline=_shown(part.baseline),
                    other=_shown(other),
                    place=shared.above.place("baseline"),
                )


# What was reported


@dataclass(frozen=True, slots=True)
class _Told:
    """A reached value of an indicator in one period."""

    measured: _Measured
    reported: Reported
    text: str

    @property
    def value(self) -> Fraction | None:
        return in_unit(self.measured.indicator.quantity(self.text), self.measured.indicator)


def values_differ(portfolio: Portfolio) -> Iterator[Diagnostic]:
    """Find indicators of which two bodies report different values for one period."""
    for shared in _shared(portfolio.chain):
        bodies = [shared.above, *(part for part in shared.parts if shared.takes_whole(part))]
        told: dict[object, _Told] = {}
        for body in bodies:
            for actuals in portfolio.of_plan(body.node.plan):
                if one := _told(body, actuals):
                    first = told.setdefault(actuals.period, one)
                    if first.value != one.value and first.measured.node.plan is not body.node.plan:
                        yield _difference(one, first)


def _told(body: _Measured, actuals: Actuals) -> _Told | None:
    """Return what is reported of an indicator, or None where that is no number."""
    reported = actuals.reported.get(body.node.id) if body.node.item else None
    if reported is None or reported.gone:
        return None
    values = reported.entry.reached_values
    text = values.get(body.indicator.id or "", values.get("", "") if len(body.node.indicators) == 1 else "")
    told = _Told(body, reported, text)
    return None if told.value is None else told


def _difference(one: _Told, first: _Told) -> Diagnostic:
    return finding(
        "values-differ",
        one.reported.place_of("reached"),
        indicator=one.measured.indicator.name,
        reached=_shown(one.value),
        other=_shown(first.value),
        place=first.reported.place_of("reached"),
    )


def _shown(number: Fraction | None) -> str:
    """Return a number with the official comma."""
    value = number or Fraction(0)
    sign = "-" if value < 0 else ""
    return f"{sign}{plain(rounded(abs(value), _DECIMALS))}".replace(".", ",")
