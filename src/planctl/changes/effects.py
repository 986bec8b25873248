"""Effects: what changes did to the scores of every plan and period. In: two projects, and the changes between them.

Out: an `Effect` for each document, section, unit and item of which counts or mean changed, its movement split among the
changes. Where the rules changed as well, what is in the plan now is first scored by the rules of then: what the
contents moved and what the rules moved stand apart, and add up. (Where that has no mean, as nobody had given a score by
then, it is what was in the plan then that is first scored by the rules of now.)
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from planctl.changes.change import Kind
from planctl.changes.effect import Because, Effect
from planctl.changes.grounds import Grounds, Happened
from planctl.changes.points import Part, Step
from planctl.changes.sides import NewIds, paired, sections_around, side_of
from planctl.changes.units import renamed_units
from planctl.changes.unread import Unseen
from planctl.portfolio.actuals import EVALUATIONS
from planctl.scoring.engine import score_period, tally
from planctl.scoring.scorecard import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal
    from fractions import Fraction

    from planctl.changes.change import Change
    from planctl.changes.effect import Level
    from planctl.changes.points import Pair, Side
    from planctl.changes.sides import Places
    from planctl.forms.form import ScoringRules
    from planctl.pipeline import Project
    from planctl.portfolio.actuals import Evaluation
    from planctl.portfolio.rubric import Rubric
    from planctl.scoring.scorecard import Mark, Scorecard, Tally

_Place = tuple[int | None, int | None] | str
"""Where a part stands among those of then and among those of now; an item by its id."""


def effects(before: Project, after: Project, changes: Sequence[Change]) -> tuple[Effect, ...]:
    """Return what the changes did, by document, period and evaluation; in each the document itself stands first.

    What is the same in both states is left out, and so are periods of which a part may stand in a file that was not
    read: nobody knows what moved there. Documents stand in the order of now, those that went after them.
    """
    names = _Renamed.of(changes)
    grounds = Grounds(changes)
    was = {(names.document(_id(card)), str(card.actuals.period)): card for card in before.scorecards}
    now = {(_id(card), str(card.actuals.period)): card for card in after.scorecards}
    units = renamed_units(before.portfolio.settings.units, after.portfolio.settings.units)
    unseen = Unseen(before), Unseen(after)
    found: list[Effect] = []
    for document, period in dict.fromkeys((*now, *was)):
        one, other = was.get((document, period)), now.get((document, period))
        if one and unseen[1].may_hold_of_report(one.actuals, document=document):
            continue
        if other and unseen[0].may_hold_of_report(other.actuals, document=_id(one) if one else document):
            continue
        then, today = _Scored.of(one, NewIds(names.items_of(document), units)), _Scored.of(other, NewIds())
        for evaluation in EVALUATIONS:
            found.extend(_effects(_Subject(document, period, evaluation, grounds), then, today))
    return tuple(found)


def _id(card: Scorecard) -> str:
    return card.actuals.plan.id


@dataclass(frozen=True, slots=True)
class _Renamed:
    """What documents and items are called now, by what they were called."""

    documents: Mapping[str, str]
    items: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(cls, changes: Iterable[Change]) -> _Renamed:
        documents: dict[str, str] = {}
        items: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for change in changes:
            if change.kind is Kind.RENAMED and change.field == "id" and change.before:
                if change.item:
                    items[change.document][change.before] = change.item
                else:
                    documents[change.before] = change.document
        return cls(documents, items)

    def document(self, id_: str) -> str:
        return self.documents.get(id_, id_)

    def items_of(self, document: str) -> Mapping[str, str]:
        return self.items.get(document, {})


@dataclass(frozen=True, slots=True)
class _Scored:
    """A scorecard and the rules that it was made by. `renamed` gives the ids of now."""

    card: Scorecard
    rules: ScoringRules
    renamed: NewIds
    _alone: dict[tuple[Outcome, Decimal | None], Tally] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, card: Scorecard | None, renamed: NewIds) -> _Scored | None:
        return cls(card, card.actuals.plan.model.rules, renamed) if card else None

    def by(self, rules: ScoringRules, rubric: Rubric) -> _Scored:
        """Return the same contents scored by other rules."""
        if (rules, rubric.version) == (self.rules, self.card.rubric.version):
            return self
        return _Scored(score_period(self.card.actuals, rubric, rules=rules), rules, self.renamed)

    def side(self, evaluation: Evaluation) -> Side | None:
        """Return one evaluation, or None where it has not begun."""
        return side_of(self.card, evaluation, rules=self.rules, renamed=self.renamed)

    def item(self, id_: str, mark: Mark) -> Part:
        """Return an item as a part of its own. All marks that count alike have one tally: there are few of them."""
        standing = _standing(mark)
        if standing not in self._alone:
            self._alone[standing] = tally([mark], self.card.rubric)
        return Part("item", id_, self._alone[standing], frozenset({id_}))


@dataclass(frozen=True, slots=True)
class _Subject:
    """Whose evaluation of what is told of, and the changes that may have moved it."""

    document: str
    period: str
    evaluation: Evaluation
    grounds: Grounds

    def effect(
        self, level: Level, key: str, before: Tally | None, after: Tally | None, *, because: tuple[Because, ...] = ()
    ) -> Effect:
        """Return an effect on a part of the subject."""
        return Effect(level, self.document, self.period, key, self.evaluation, before, after, because)


def _effects(subject: _Subject, then: _Scored | None, today: _Scored | None) -> Iterator[Effect]:
    """Yield the effects on one evaluation of a document and period."""
    before = then.side(subject.evaluation) if then else None
    after = today.side(subject.evaluation) if today else None
    if then and today and before and after:
        yield from _Moved(subject, then, today, before, after).effects()
    elif today and after:
        for part in _parts_and_items(today, after):
            yield subject.effect(part.level, part.key, None, part.tally)
    elif then and before:
        for part in _parts_and_items(then, before):
            yield subject.effect(part.level, part.key, part.tally, None)


def _parts_and_items(scored: _Scored, side: Side) -> Iterator[Part]:
    """Yield what an evaluation counts, and the items of which it says something."""
    yield from side.parts
    yield from (scored.item(id_, mark) for id_, mark in side.marks.items() if mark.outcome is not Outcome.MISSING)


@dataclass(frozen=True)
class _Moved:
    """One evaluation in both states."""

    subject: _Subject
    then: _Scored
    today: _Scored
    before: Side
    after: Side

    def effects(self) -> Iterator[Effect]:
        """Yield the effects on the document, its sections and units, then on its items."""
        for place in self._places:
            yield from self._effect(place)
        for id_ in self._order:
            if _standing(self.before.marks.get(id_)) != _standing(self.after.marks.get(id_)):
                yield from self._effect(id_)

    def _effect(self, place: _Place) -> Iterator[Effect]:
        was, now = self._pair(self.before, self.after, place)
        one, tallies = now or was, (was.tally if was else None, now.tally if now else None)
        because = tuple(self._because(place))
        if one and (because or _essence(tallies[0]) != _essence(tallies[1])):
            yield self.subject.effect(one.level, one.key, *tallies, because=because)

    def _because(self, place: _Place) -> Iterable[Because]:
        """Return what moved a mean, the most first: what the contents moved by item, what the rules moved as one."""
        first, last = map(_mean, self._pair(self.before, self.after, place))
        if first is None or last is None:
            return ()
        step = self._by_old
        between = _mean(self._pair(step.before, step.after, place)[1])
        by_rules = last - between if between is not None else None
        if by_rules is None:
            step = self._by_new
            by_rules = (_mean(self._pair(step.before, step.after, place)[0]) or first) - first
        moved = list(self._by_contents(step, place))
        if by_rules:
            moved.append((self._rules, by_rules))
        return _joined(moved)

    def _by_contents(self, step: Step, place: _Place) -> Iterator[tuple[tuple[Change, ...], Fraction]]:
        """Yield the changes that moved a mean under the same rules, item by item in the order of the plan."""
        pair = self._pair(step.before, step.after, place)
        points = step.points(pair)
        for id_ in sorted(points, key=self._order.__getitem__):
            happened = self._happened(id_, step, pair)
            yield self._grounds(id_, happened), points[id_]

    def _grounds(self, id_: str, happened: Happened) -> tuple[Change, ...]:
        grounds = self.subject.grounds
        return grounds.of_item(self.subject.document, id_, happened, around=lambda: self._around.get(id_, ()))

    @cached_property
    def _rules(self) -> tuple[Change, ...]:
        scales = {scored.card.rubric.path for scored in (self.then, self.today)}
        return self.subject.grounds.of_rules(self.subject.document, scales=scales)

    def _happened(self, id_: str, step: Step, pair: Pair) -> Happened:
        was, now = step.before.marks.get(id_), step.after.marks.get(id_)
        level: Level = next(part.level for part in pair if part)
        return Happened(
            level=level,
            period=self.subject.period,
            evaluation=self.subject.evaluation,
            was=was if pair[0] and id_ in pair[0].ids else None,
            now=now if pair[1] and id_ in pair[1].ids else None,
            comes_or_goes=(was is None) != (now is None),
            changed_place=level == "document" and step.is_of_sections and id_ in step.relocated,
            weighted=step.before.rules.weighted,
        )

    # From then to now

    @cached_property
    def _by_old(self) -> Step:
        """What changed in the contents, by the rules of then."""
        scored = self.today.by(self.then.rules, self.then.card.rubric)
        side = self.after if scored is self.today else scored.side(self.subject.evaluation)
        return self._step(self.before, side or self.after)

    @cached_property
    def _by_new(self) -> Step:
        """What changed in the contents, by the rules of now."""
        scored = self.then.by(self.today.rules, self.today.card.rubric)
        side = self.before if scored is self.then else scored.side(self.subject.evaluation)
        return self._step(side or self.before, self.after)

    def _step(self, before: Side, after: Side) -> Step:
        return Step(before, after, tuple(self._pair(before, after, place) for place in self._places))

    @cached_property
    def _places(self) -> Places:
        return paired(self.before, self.after)

    @cached_property
    def _order(self) -> Mapping[str, int]:
        return {id_: at for at, id_ in enumerate(dict.fromkeys((*self.after.marks, *self.before.marks)))}

    @cached_property
    def _around(self) -> Mapping[str, tuple[str, ...]]:
        plans = (self.then.card.actuals.plan, self.today.card.actuals.plan)
        return sections_around(plans[0]) | sections_around(plans[1])

    def _pair(self, before: Side, after: Side, place: _Place) -> Pair:
        """Return what stands at a place in two sides that have the parts of then and of now."""
        if isinstance(place, str):
            was, now = before.marks.get(place), after.marks.get(place)
            return (
                self.then.item(place, was) if was else None,
                self.today.item(place, now) if now else None,
            )
        return (
            before.parts[place[0]] if place[0] is not None else None,
            after.parts[place[1]] if place[1] is not None else None,
        )


def _joined(moved: Iterable[tuple[tuple[Change, ...], Fraction]]) -> list[Because]:
    """Return the same changes once, with all that they moved, and the most first."""
    found: dict[tuple[int, ...], Because] = {}
    for changes, points in moved:
        key = tuple(map(id, changes))
        known = found.get(key)
        found[key] = Because(changes, known.points + points if known else points)
    return sorted((one for one in found.values() if one.points), key=lambda one: -abs(float(one.points)))


def _mean(part: Part | None) -> Fraction | None:
    return part.mean if part else None


def _standing(mark: Mark | None) -> tuple[Outcome, Decimal | None]:
    """Return how an item counts; one that is not there counts like one that nobody scored."""
    return (mark.outcome, mark.score) if mark else (Outcome.MISSING, None)


def _essence(tally: Tally | None) -> tuple[object, ...] | None:
    """Return all of a tally that a reader sees: no levels of the scale that nothing stands at."""
    if tally is None:
        return None
    levels = tuple((value, count) for value, count in tally.levels.items() if count)
    return tally.items, tuple(tally.outcomes.items()), levels, tally.mean
