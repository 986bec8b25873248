"""The numbers of one organisation: all that totals, rankings and states are made of, and nothing that anyone wrote.

In: a loaded project and the periods in question. Out: a value as far as JSON goes, with exact fractions as pairs of
whole numbers, small enough to be kept for every organisation of a country: a line for each document, and apart from
them, as a text that nobody need read before, what the documents of the first period come to by section and by unit.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from planctl.forms.form import Section
from planctl.forms.period import period_of
from planctl.forms.resolutions import Register
from planctl.refusal import UNKNOWN, part_of, refused
from planctl.report.account import of_plan
from planctl.report.mongolian import filled_in
from planctl.rollup.documents import INVALID, MISSING, VALID
from planctl.scoring.engine import card_of
from planctl.scoring.scorecard import Mark, Outcome, count_of
from planctl.subjects import silent_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence
    from datetime import date

    from planctl.forms.form import Item
    from planctl.forms.period import Period
    from planctl.pipeline import Project
    from planctl.portfolio.plan import Plan
    from planctl.portfolio.rubric import Rubric
    from planctl.refusal import Part
    from planctl.scoring.scorecard import EvaluationCard, Scorecard, Share, Tally
    from planctl.source.document import Loc

Json = dict[str, Any]

_NOTHING = Decimal(0)


def numbers_of(project: Project, periods: Sequence[Period]) -> Json:
    """Return the documents of every period that was reported, those missing in these periods, and stray errors."""
    without = refused(project)
    errors = Counter(found.span.path for found in project.findings if found.is_error)
    told = _Telling(project, periods[0])
    cards = {part_of(card.actuals): card for card in project.scorecards}
    for part, card in cards.items():
        if part not in without:
            told.valid(card)
    for part, files in without.items():
        told.invalid(part, cards.get(part), sum(errors[path] for path in files))
    for period in periods:
        reporting = {document for document, when in cards if when == str(period)}
        reporting |= {document for document, when in without if when in {str(period), UNKNOWN}}
        others = (plan for plan in project.portfolio.plans.values() if plan.id not in reporting)
        owing = (of_plan(plan, project.portfolio.of_plan(plan)) for plan in others)
        for one in silent_of(filter(None, owing), period, without=reporting):
            plan = project.portfolio.plans[one.plan.document]
            if items := _decided(plan, [plan.evaluated[item.id] for item in one.items], period.last_day):
                told.missing(plan, period, {item.id for item in items})
    known = frozenset[str]().union(*without.values())
    return {
        "documents": told.documents,
        "parts": json.dumps(told.parts, separators=(",", ":")),
        "names": told.names,
        "rubrics": told.rubrics,
        "stray": {path: count for path, count in sorted(errors.items()) if path not in known},
    }


def _decided(plan: Plan, items: Sequence[Item], day: date) -> Sequence[Item]:
    """Return what was to be reported by a day; of a register, what was decided by then, or who knows when."""
    register = plan.model
    if not isinstance(register, Register):
        return items
    days: dict[Loc, date | None] = {
        ("sections", at, "decisions", number): decision.date
        for at, section in enumerate(register.sections)
        for number, decision in enumerate(section.decisions)
    }
    return [item for item in items if (decided := days[item.loc[:4]]) is None or decided <= day]


def lasting(project: Project, today: date) -> tuple[str | None, str | None]:
    """Return the first and the last day on which the project surely comes to the same findings.

    None stands for every day before, or after: of a project in which nothing can run out, or nothing can any more.
    """
    waivers = (one.until for approval in project.portfolio.approvals for one in approval.model.waivers)
    entries = (one.entry.until for one in project.portfolio.accepted)
    days = (*waivers, *entries)
    last = min((day.isoformat() for day in days if day >= today), default=None)
    return (today.isoformat() if days else None), last


class _Telling:
    """Tells of the documents of one project, a line for each; the scales and the names of parts are kept on the way.

    At a document's place in `parts` stands what its evaluations come to by section and by unit, if it is of the period
    whose documents are `parted`.
    """

    def __init__(self, project: Project, parted: Period) -> None:
        self._portfolio = project.portfolio
        self._parted = parted
        self._units = {id_: unit.name for id_, unit in project.portfolio.settings.units.items()}
        self._numbers: dict[str, int] = {}
        self.documents: list[list[Any]] = []
        self.parts: list[list[Any]] = []
        self.rubrics: dict[str, Json] = {}

    @property
    def names(self) -> list[str]:
        """The names of sections and units, each once, as parts refer to them by number."""
        return list(self._numbers)

    def valid(self, card: Scorecard) -> None:
        """Tell of a report without errors."""
        actuals = card.actuals
        head = self._head(actuals.plan, actuals.period, VALID, card.rubric)
        self._tell(
            [*head, _day(actuals.date), actuals.approval is not None, card.is_draft, 0],
            (_evaluated(card, card.own), _evaluated(card, card.superior) if card.superior else None),
            is_parted=actuals.period == self._parted,
        )

    def invalid(self, part: Part, card: Scorecard | None, errors: int) -> None:
        """Tell of a report with errors: of what it is, and how many items its plan has, as far as that can be known."""
        document, when = part
        period = period_of(when)
        plan = self._portfolio.plans.get(document)
        day = _day(card.actuals.date) if card else None
        if plan is None or period is None:
            head = [document, "", "", when if period else None, INVALID, None]
            self._tell([*head, day, False, False, errors], (None, None), is_parted=False)
        else:
            due = {id_ for id_, one in plan.evaluated.items() if one.is_due(period.last_day)}
            self._expected(plan, period, INVALID, due, day=day, errors=errors)

    def missing(self, plan: Plan, period: Period, due: set[str]) -> None:
        """Tell of a plan that was to be reported and was not."""
        self._expected(plan, period, MISSING, due)

    def _expected(  # noqa: PLR0913  # what is known of it
        self, plan: Plan, period: Period, state: str, due: set[str], *, day: str | None = None, errors: int = 0
    ) -> None:
        """Tell of what is not there; as its evaluation stands one in which every item that is due is missing."""
        rubric = self._portfolio.rubric_on(plan, period)
        line = [*self._head(plan, period, state, rubric), day, False, False, errors]
        expected = _all_missing(plan, due, rubric) if rubric else None
        self._tell(line, (expected, None), is_parted=period == self._parted)

    def _tell(self, line: list[Any], evaluations: Iterable[_Evaluated | None], *, is_parted: bool) -> None:
        """Take in a document: its line with the totals of its evaluations, and their parts."""
        every = tuple(evaluations)
        self.documents.append([*line, *(one.total if one else None for one in every)])
        self.parts.append([self._parts(one) if one and is_parted else None for one in every])

    def _head(self, plan: Plan, period: Period, state: str, rubric: Rubric | None) -> list[Any]:
        scale = self._named(rubric) if rubric else None
        return [plan.id, filled_in(plan.model.title, period), plan.form.name, str(period), state, scale]

    def _named(self, rubric: Rubric) -> str:
        """Return the key of a scale: its name and its values, as two organisations may call unlike scales the same."""
        levels = [
            {
                "mn": level.name.mn,
                "en": level.name.en,
                "colour": level.colour,
                "steps": [str(step) for step in rubric.steps if step in level.values],
            }
            for level in rubric.levels
        ]
        key = f"{rubric.name}: {' '.join('/'.join(level['steps']) for level in levels)}"
        title = {"mn": rubric.title.mn, "en": rubric.title.en}
        steps = [str(step) for step in rubric.steps]
        self.rubrics.setdefault(key, {"name": rubric.name, "title": title, "steps": steps, "levels": levels})
        return key

    def _parts(self, one: _Evaluated) -> list[Any]:
        """Return the parts of an evaluation by sector and by unit, each with its name's number."""
        plan, zeros = one.plan, one.zeros
        sectors = {band.title: band.text or band.title for band in plan.bands if isinstance(band, Section)}
        by_sector = one.card.sections if plan.form.by_sector else ()

        def told(shares: Sequence[Share], zero: Sequence[Share] | None, names: Mapping[str, str]) -> list[Any]:
            return [
                [self._number(share.key, names), one.part(share.tally, zero[at].tally if zero else None)]
                for at, share in enumerate(shares)
            ]

        return [
            told(by_sector, zeros.sections if zeros else None, sectors),
            told(one.card.units, zeros.units if zeros else None, self._units),
        ]

    def _number(self, key: str | None, names: Mapping[str, str]) -> int | None:
        if not key:
            return None
        return self._numbers.setdefault(names.get(key, key), len(self._numbers))


@dataclass(frozen=True, slots=True)
class _Evaluated:
    """An evaluation of a plan by a scale, and what it comes to with 0 for what has no score, where that is another."""

    plan: Plan
    rubric: Rubric
    card: EvaluationCard
    zeros: EvaluationCard | None

    @property
    def total(self) -> list[Any]:
        """The whole, as `part` gives it."""
        return self.part(self.card.total, self.zeros.total if self.zeros else None)

    def part(self, tally: Tally, zeros: Tally | None) -> list[Any]:
        """Return counts by step and by outcome, the points, the mean, and that with zeros."""
        counts = [*_levels(tally, self.rubric), *(tally.outcomes[outcome] for outcome in _OUTCOMES)]
        return [counts, _pair(Fraction(tally.points)), _pair(tally.mean), _pair((zeros or tally).mean)]


def _evaluated(card: Scorecard, one: EvaluationCard) -> _Evaluated:
    plan = card.actuals.plan
    return _Evaluated(plan, card.rubric, one, _with_zeros(plan, one, card.rubric) if one.total.missing else None)


def _all_missing(plan: Plan, due: Container[str], rubric: Rubric) -> _Evaluated:
    """Return the evaluation of a plan in which every item that is due has no score."""
    marks = {
        id_: Mark(item, Outcome.MISSING if id_ in due else Outcome.NOT_DUE) for id_, item in plan.evaluated.items()
    }
    card = card_of(plan, marks, rubric, "self", rules=plan.model.rules)
    return _Evaluated(plan, rubric, card, _with_zeros(plan, card, rubric))


def _with_zeros(plan: Plan, card: EvaluationCard, rubric: Rubric) -> EvaluationCard:
    """Return what an evaluation comes to where a score that is missing counts as 0."""
    marks = {
        id_: replace(mark, outcome=Outcome.SCORED, score=_NOTHING) if mark.outcome is Outcome.MISSING else mark
        for id_, mark in card.marks.items()
    }
    return card_of(plan, marks, rubric, card.evaluation, rules=plan.model.rules)


_OUTCOMES = (Outcome.SCORED, Outcome.NOT_DUE, Outcome.NOT_EVALUATED, Outcome.EXCLUDED, Outcome.MISSING)


def _levels(tally: Tally, rubric: Rubric) -> list[int]:
    """Return how many scores each step has; of a scale without ranges each is a value of its own."""
    if len(rubric.values) == len(rubric.steps):
        return [tally.levels[value] for value in rubric.values]
    return [count_of(rubric, step, tally) for step in rubric.steps]


def _pair(number: Fraction | None) -> list[int] | None:
    return None if number is None else [number.numerator, number.denominator]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
