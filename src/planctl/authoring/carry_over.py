"""What a plan left undone, on its way into the next plan: which items go, and the text of the plan that takes them.

In: a scored period, and the next plan where there is one. Out: the whole text of the next plan's file. The superior
body's score decides where it has given one, else the office's own.
"""

from __future__ import annotations

from collections import defaultdict
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planctl.authoring.patching import Change, Insert, Set, patched
from planctl.authoring.rewriting import document
from planctl.authoring.written import Block, Row, read_as
from planctl.forms.actuals import State
from planctl.forms.form import Section
from planctl.forms.indicators import Formula
from planctl.forms.measures import MeasuresPlan
from planctl.forms.number import plain
from planctl.forms.performance_plan import PerformancePlan
from planctl.forms.timing import timing_of
from planctl.source.document import value_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from planctl.forms.form import Item, Loc
    from planctl.portfolio.actuals import Evaluation
    from planctl.portfolio.plan import Plan
    from planctl.scoring.scorecard import Scorecard

LEFT_UNDONE = "Өмнөх төлөвлөгөөнөөс шилжсэн арга хэмжээ"
"""The section of what has no section of its own in the next plan."""

LONGEST_ID = 80
KEPT = ("id", "text", "basis", "period", "budget", "indicators", "units", "weight", "extra")
"""The keys of a measure that go with it; numbers are counted anew."""


@dataclass(frozen=True, slots=True)
class Undone:
    """An item that was not brought to its end. `evaluation` is whose score it is; there is none with a `state`."""

    item: Item
    score: Decimal | None = None
    evaluation: Evaluation | None = None
    state: State | None = None


@dataclass(frozen=True, slots=True)
class NextPlan:
    """The text of the next plan's file, and the tree that it must be read as.

    `moved` are the items that went in, each with its new id; `there` those that it had already.
    """

    text: str
    tree: Mapping[str, Any]
    moved: tuple[tuple[Undone, str], ...]
    there: tuple[Undone, ...] = ()


def undone(card: Scorecard, at_or_below: Decimal) -> tuple[Undone, ...]:
    """Return the items that go into the next plan, in the order of this one.

    Those are the ones with a score at or below the level in per cent (the superior body's where it has given one, else
    the office's own), and all without a score but for those that were repealed, merged or closed.
    """
    every = (_standing(card, item) for item in card.actuals.plan.items.values())
    return tuple(one for one in every if one and (one.score is None or one.score <= at_or_below))


def _standing(card: Scorecard, item: Item) -> Undone | None:
    """Return how an item stands, or None where it was taken out for good."""
    reported = card.actuals.reported.get(item.id)
    state = reported.state if reported else None
    if state and state.is_final:
        return None
    for evaluation in reversed(card.evaluations):
        score = evaluation.marks[item.id].score
        if score is not None:
            return Undone(item, score, evaluation.evaluation)
    return Undone(item, state=state)


def begun(card: Scorecard, items: Sequence[Undone], *, id_: str, at_or_below: Decimal) -> NextPlan:
    """Return the plan of the next year with nothing but these items, under the head and the sections of this one."""
    plan = card.actuals.plan
    year = year_of(plan) + 1
    carried = {one.item.loc: _carried(one, card, id_=one.item.id, year=year) for one in items}
    tree: dict[str, Any] = {}
    for key, value in plan.document.data.items():
        if key not in {item.loc[0] for item in plan.all_items.values()}:
            tree[key] = {"id": id_, "year": str(year)}.get(key, value)
        elif (kept := _pruned(value, (key,), carried)) or plan.form.plan.model_fields[key].is_required():
            tree[key] = kept
    remarks = _remarks(card, id_=id_, at_or_below=at_or_below, year=year)
    text = document(tree, remarks=tuple(remarks))
    return NextPlan(text, read_as(tree), tuple((one, one.item.id) for one in items))


def extended(card: Scorecard, items: Sequence[Undone], *, to: Plan, text: str) -> NextPlan:
    """Return the text of a plan's file with these items in the sections of the same title, its own lines unchanged.

    An item that the plan has already goes in no second time; one whose id is taken gets `-2` or the next number free.
    """
    plan = card.actuals.plan
    sources = {item.lineage.source for item in to.all_items.values() if item.lineage}
    fresh = [one for one in items if _source(plan, one.item) not in sources]
    moved = tuple(zip(fresh, _free_ids(fresh, to), strict=True))
    additions = _additions(card, moved, to)
    tree = deepcopy(to.document.data)
    changes: list[Change] = []
    for loc, blocks in additions.items():
        is_there = bool(_list_at(tree, loc))
        changes += [Insert(loc, block) for block in blocks] if is_there else [Set(loc, blocks)]
        _list_at(tree, loc).extend(read_as(blocks))
    there = tuple(one for one in items if _source(plan, one.item) in sources)
    new = patched(text.encode(), changes, path=to.document.path).decode()
    return NextPlan(new, tree, moved, there)


def year_of(plan: Plan) -> int:
    """Return the year of a plan of measures; no other plan is carried over."""
    if not isinstance(plan.model, MeasuresPlan):
        raise TypeError(plan.form.name)
    return plan.model.year


def _source(plan: Plan, item: Item) -> str:
    return f"{plan.id}#{item.id}"


def _free_ids(items: Sequence[Undone], to: Plan) -> Iterator[str]:
    taken = set(to.all_items)
    for one in items:
        id_, number = one.item.id, 1
        while id_ in taken:
            number += 1
            ending = f"-{number}"
            id_ = f"{one.item.id[: LONGEST_ID - len(ending)]}{ending}"
        taken.add(id_)
        yield id_


# A measure


def _carried(one: Undone, card: Scorecard, *, id_: str, year: int) -> Block:
    """Return a measure as the next plan has it: as written, with what it reached for its baselines."""
    written: Any = value_at(card.actuals.plan.document, one.item.loc)
    tree = {key: value for key, value in written.items() if key in KEPT and value is not None}
    tree["id"] = id_
    remarks = []
    if "period" in tree and _ends_before(tree["period"], year):
        remarks.append(f"Хугацаа ({tree.pop('period')}) өнгөрсөн тул хасав: period талбарт шинэ хугацаа бичнэ.")
    if "indicators" in tree:
        tree["indicators"] = list(_indicators(one.item, tree["indicators"], card))
    if any((day := indicator.target_quantity.day) and day.year < year for indicator in one.item.indicators):
        remarks.append("Хүрэх түвшинд заасан өдөр өнгөрсөн: target талбарт шинэ өдөр бичнэ.")
    tree["carried"] = Row(_lineage(one, card, year))
    return Block(tree, tuple(remarks))


def _ends_before(period: str, year: int) -> bool:
    timing = timing_of(period)
    return timing is not None and timing.ends(year).year < year


def _indicators(item: Item, written: Sequence[Mapping[str, Any]], card: Scorecard) -> Iterator[dict[str, Any]]:
    reported = card.actuals.reported.get(item.id)
    values = reported.entry.reached_values if reported else {}
    alone = values.get("", "") if len(item.indicators) == 1 else ""
    for indicator, tree in zip(item.indicators, written, strict=True):
        counts_from_baseline = indicator.target_quantity.kind == "change" or indicator.formula is Formula.CHANGE
        yield dict(_rebased(tree, "" if counts_from_baseline else values.get(indicator.id or "", alone)))


def _rebased(indicator: Mapping[str, Any], reached: str) -> Iterator[tuple[str, Any]]:
    """Yield an indicator's fields, with the reached value for its baseline where there is one.

    A target that counts from the baseline keeps that: from the reached value it would come to less than was laid down.
    """
    given = [(key, value) for key, value in indicator.items() if value is not None]
    if not reached:
        yield from given
        return
    before = next((key for key in ("baseline", "baseline_text", "target", "target_text") if indicator.get(key)), None)
    for key, value in given:
        if key == before:
            yield "baseline", reached
        if key not in {"baseline", "baseline_text"}:
            yield key, value
    if before is None:
        yield "baseline", reached


def _lineage(one: Undone, card: Scorecard, year: int) -> dict[str, str]:
    plan, before = card.actuals.plan, one.item.lineage
    lineage = {"from": _source(plan, one.item), "period": str(card.actuals.period)}
    if one.score is not None:
        lineage["score"] = plain(one.score)
    if one.state is not None:
        lineage["state"] = one.state.value
    times = before.times + 1 if before else 1
    return lineage | {"times": str(times), "years_late": str(_years_late(one, year_of(plan), year))}


def _years_late(one: Undone, planned: int, year: int) -> int:
    """Return the whole years from the first time that an item was due to the next plan's year; 0 if it never was."""
    if one.item.lineage and one.item.lineage.years_late:
        return one.item.lineage.years_late + year - planned
    if one.state is State.NOT_DUE:
        return 0
    due = one.item.deadline.year if one.item.deadline else planned
    return max(0, year - due)


# A new file


def _pruned(entries: Any, loc: Loc, carried: Mapping[Loc, Block]) -> list[Block]:
    """Return the entries of a list that are carried, or that hold some; these keep their numbers and titles."""
    return [_kept(entry, (*loc, at), carried) for at, entry in enumerate(entries) if _holds((*loc, at), carried)]


def _kept(entry: Mapping[str, Any], loc: Loc, carried: Mapping[Loc, Block]) -> Block:
    if loc in carried:
        return carried[loc]
    return Block(
        {
            key: _pruned(value, (*loc, key), carried) if _holds((*loc, key), carried) else value
            for key, value in entry.items()
        }
    )


def _holds(loc: Loc, carried: Mapping[Loc, Block]) -> bool:
    return any(one[: len(loc)] == loc for one in carried)


def _remarks(card: Scorecard, *, id_: str, at_or_below: Decimal, year: int) -> Iterator[str]:
    """Yield what stands at the top of the new file: where it comes from, and what is still to be looked at."""
    plan, level = card.actuals.plan, plain(at_or_below)
    yield f"{card.actuals.name}: хэрэгжиж дуусаагүй арга хэмжээг {year} оны төлөвлөгөөнд шилжүүлэв."
    yield f"Үнэлгээ нь {level} хувь ба түүнээс доош, эсвэл үнэлгээгүй арга хэмжээ орсон."
    yield "Дээд шатны байгууллага үнэлсэн бол түүний, үгүй бол өөрийн үнэлгээг авав."
    yield f"planctl carry-over {plan.id} --period {card.actuals.period} --to {id_} --at-or-below {level}"
    head = {key: value for key, value in plan.document.data.items() if isinstance(value, str) and key != "year"}
    if old := [key for key, value in head.items() if str(year - 1) in value and key != "id"]:
        yield f"{year - 1} он дурдагдсан тул шалгаж өөрчилнө: {', '.join(old)}."


# A plan that is there


def _additions(card: Scorecard, moved: Sequence[tuple[Undone, str]], to: Plan) -> dict[Loc, list[Block]]:
    """Return the new entries of the plan's lists, by the places of the lists."""
    signs = {loc: sign for sign, loc in _homes(card.actuals.plan).items()}
    homes = _homes(to)
    additions: defaultdict[Loc, list[Block]] = defaultdict(list)
    homeless: list[Block] = []
    for one, id_ in moved:
        block = _carried(one, card, id_=id_, year=year_of(to))
        home = homes.get(signs.get(one.item.loc[:-1], ("", "")))
        home = ("skills",) if one.item.loc[0] == "skills" else home
        (additions[home] if home else homeless).append(block)
    if homeless:
        others = next((loc for (_number, title), loc in homes.items() if title == _folded(LEFT_UNDONE)), None)
        loc, blocks = (others, homeless) if others else _section_of(homeless, to)
        additions[loc] += blocks
    return dict(additions)


def _homes(plan: Plan) -> dict[tuple[str, str], Loc]:
    """Return the lists of measures by number and title of their objective, or by the title alone of their sector."""
    homes: dict[tuple[str, str], Loc] = {}
    for band in plan.bands:
        if isinstance(band, Section) and isinstance(value_at(plan.document, (*band.loc, "measures")), list):
            title = _folded(str(value_at(plan.document, (*band.loc, "title"))))
            number = band.number if isinstance(plan.model, PerformancePlan) else ""
            homes.setdefault((number, title), (*band.loc, "measures"))
    return homes


def _folded(title: str) -> str:
    return " ".join(title.split()).casefold()


def _section_of(blocks: list[Block], to: Plan) -> tuple[Loc, list[Block]]:
    """Return a new section with the blocks, and the list at whose end it stands."""
    if not isinstance(to.model, PerformancePlan):
        return ("sections",), [Block({"title": LEFT_UNDONE, "measures": list(blocks)})]
    numbers = [int(goal.number) for goal in to.model.goals if goal.number.isdecimal()]
    number = str(max([*numbers, len(to.model.goals)]) + 1)
    objective = Block({"number": f"{number}.1", "title": LEFT_UNDONE, "measures": list(blocks)})
    return ("goals",), [Block({"number": number, "title": LEFT_UNDONE, "objectives": [objective]})]


def _list_at(tree: dict[str, Any], loc: Loc) -> list[Any]:
    """Return the list at a place of a tree; a key of the top that is not there yet gets an empty one."""
    node: Any = tree
    for step in loc[:-1]:
        node = node[step]
    found: list[Any] = node.setdefault(loc[-1], [])
    return found
