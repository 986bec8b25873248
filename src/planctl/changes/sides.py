"""Parts: what has a mean of its own in a plan, and which part of one state is which of the other.

In: one evaluation of a scorecard. Out: a `Side` with its parts; of two sides, the places of the parts that belong
together.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planctl.changes.points import Part, Side
from planctl.forms.form import Group

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from planctl.forms.form import ScoringRules, Section
    from planctl.portfolio.actuals import Evaluation
    from planctl.portfolio.plan import Plan
    from planctl.scoring.scorecard import EvaluationCard, Scorecard

Places = tuple[tuple[int | None, int | None], ...]
"""Where a part stands among those of before and among those of after."""


@dataclass(frozen=True, slots=True)
class NewIds:
    """The ids of now by those of then, where they are others."""

    items: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)


def side_of(card: Scorecard, evaluation: Evaluation, *, rules: ScoringRules, renamed: NewIds) -> Side | None:
    """Return one evaluation of a scorecard, made by these rules; None where it has not begun."""
    scored = card.card(evaluation)
    if scored is None:
        return None
    new = renamed.items
    marks = {new.get(id_, id_): mark for id_, mark in scored.marks.items()} if new else scored.marks
    plan = card.actuals.plan
    names = frozenset(name for band in plan.bands if not isinstance(band, Group) for name in _names(band) if name)
    return Side(marks, tuple(_parts(plan, scored, renamed)), rules, names)


def _names(section: Section) -> tuple[str, ...]:
    """Return what a section may be known by, the surest first."""
    return section.id, section.title, section.text


def _parts(plan: Plan, scored: EvaluationCard, renamed: NewIds) -> Iterator[Part]:
    """Yield the document, its sections, the units, and the tables after the first."""

    def now(ids: Iterable[str]) -> frozenset[str]:
        return frozenset(renamed.items.get(id_, id_) for id_ in ids) if renamed.items else frozenset(ids)

    bands = {band.title: band for band in plan.bands if not isinstance(band, Group)}
    yield Part("document", "", scored.total, now(plan.ids_by_table[0]))
    for share in scored.sections:
        title = share.key or ""
        names = _names(bands[title]) if title in bands else ("", title, "")
        yield Part("section", title, share.tally, now(share.ids), names)
    for share in scored.units:
        unit = share.key or ""
        yield Part("unit", renamed.units.get(unit, unit), share.tally, now(share.ids))
    for table, share in enumerate(scored.tables, start=1):
        yield Part("section", share.key or "", share.tally, now(share.ids), table=table)


def paired(one: Side, other: Side) -> Places:
    """Return which part was which: by what it is called, and renamed sections by the items that they have in common."""
    before, after = one.parts, other.parts
    found: dict[int, int] = {}
    for name in range(max((len(part.names) for part in (*before, *after)), default=0) + 1):
        free: defaultdict[object, deque[int]] = defaultdict(deque)
        taken = set(found.values())
        for at, part in enumerate(before):
            if at not in taken and (known := _known(part, name)):
                free[known].append(at)
        for at, part in enumerate(after):
            if at not in found and (same := free.get(_known(part, name))):
                found[at] = same.popleft()
    found |= _by_items(one, other, found)
    gone = sorted(set(range(len(before))) - set(found.values()))
    return (*((found.get(at), at) for at in range(len(after))), *((at, None) for at in gone))


def _known(part: Part, name: int) -> object:
    """Return what a part is known by: a section by its id, title and words, any other by its own key."""
    if not part.names:
        return (part.level, part.key, part.table) if name == 0 else None
    return (name, part.names[name]) if name < len(part.names) and part.names[name] else None


def _by_items(one: Side, other: Side, found: Mapping[int, int]) -> dict[int, int]:
    """Return the sections that go by a new name, each with the one whose name is gone and of which most items are."""
    taken = set(found.values())
    gone = {at: part for at, part in enumerate(one.parts) if at not in taken and not other.names & {*part.names}}
    home = {id_: at for at, part in gone.items() if part.names for id_ in part.ids}
    shared: Counter[tuple[int, int]] = Counter()
    for at, part in enumerate(other.parts):
        if part.names and at not in found and not one.names & {*part.names}:
            shared.update((at, home[id_]) for id_ in part.ids if id_ in home)
    best: dict[int, int] = {}
    for (here, there), _count in sorted(shared.items(), key=lambda one: (-one[1], *sorted(one[0]))):
        if here not in best and there not in best.values():
            best[here] = there
    return best


def sections_around(plan: Plan) -> dict[str, tuple[str, ...]]:
    """Return the ids of the sections that each item stands in, the innermost first."""
    around: dict[str, tuple[str, ...]] = {}
    levels: dict[int, str] = {}
    for band in plan.bands:
        if isinstance(band, Group):
            ids = tuple(levels[level] for level in sorted(levels, reverse=True) if levels[level])
            around.update((item.id, ids) for item in band.items)
        else:
            levels = {level: id_ for level, id_ in levels.items() if level < band.level} | {band.level: band.id}
    return around
