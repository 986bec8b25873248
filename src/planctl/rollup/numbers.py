"""The numbers of one organisation: all that totals, rankings and states are made of, and nothing that anyone wrote.

In: a loaded project and the periods in question. Out: a value as far as JSON goes, with exact fractions as pairs of
whole numbers, small enough to be kept for every organisation of a country.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from planctl.forms.form import Section
from planctl.forms.period import period_of
from planctl.forms.resolutions import Register
from planctl.refusal import UNKNOWN, part_of, refused
from planctl.report.mongolian import filled_in
from planctl.rollup.documents import INVALID, MISSING, VALID
from planctl.scoring.engine import card_of
from planctl.scoring.scorecard import Mark, Outcome, count_of
from planctl.subjects import of_office

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from planctl.forms.form import Item
    from planctl.forms.period import Period
    from planctl.pipeline import Project
    from planctl.portfolio.portfolio import Plan
    from planctl.portfolio.rubric import Rubric
    from planctl.refusal import Part
    from planctl.report.office import Silent
    from planctl.scoring.scorecard import EvaluationCard, Scorecard, Share, Tally
    from planctl.source.document import Loc

Json = dict[str, Any]

_NOTHING = Decimal(0)


def numbers_of(project: Project, periods: Iterable[Period]) -> Json:
    """Return the documents of every period that was reported, those missing in these periods, and stray errors."""
    without = refused(project)
    errors = Counter(found.span.path for found in project.findings if found.is_error)
    told = _Telling(project)
    cards = {part_of(card.actuals): card for card in project.scorecards}
    documents = [told.valid(card) for part, card in cards.items() if part not in without]
    documents += [
        told.invalid(part, cards.get(part), sum(errors[path] for path in files)) for part, files in without.items()
    ]
    for period in periods:
        good = tuple(card for part, card in cards.items() if card.actuals.period == period and part not in without)
        left_out = tuple(document for document, when in without if when in {str(period), UNKNOWN})
        office = of_office(project, period, good, left_out).office
        silent = office.silent if office else ()
        wanted = ((one.plan, _decided(one, period.last_day)) for one in silent)
        documents += [told.missing(plan, period, {item.id for item in items}) for plan, items in wanted if items]
    known = frozenset[str]().union(*without.values())
    return {
        "documents": documents,
        "names": told.names,
        "rubrics": told.rubrics,
        "stray": {path: count for path, count in sorted(errors.items()) if path not in known},
    }


def _decided(silent: Silent, day: date) -> Sequence[Item]:
    """Return what was to be reported by a day; of a register, what was decided by then, or who knows when."""
    register = silent.plan.model
    if not isinstance(register, Register):
        return silent.items
    days: dict[Loc, date | None] = {
        ("sections", at, "decisions", number): decision.date
        for at, section in enumerate(register.sections)
        for number, decision in enumerate(section.decisions)
    }
    return [item for item in silent.items if (decided := days[item.loc[:4]]) is None or decided <= day]


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
    """Tells of the documents of one project; the scales and the names of parts that come up are kept on the way."""

    def __init__(self, project: Project) -> None:
        self._portfolio = project.portfolio
        self._units = {id_: unit.name for id_, unit in project.portfolio.settings.units.items()}
        self._numbers: dict[str, int] = {}
        self.rubrics: dict[str, Json] = {}

    @property
    def names(self) -> list[str]:
        """The names of sections and units, each once, as parts refer to them by number."""
        return list(self._numbers)

    def valid(self, card: Scorecard) -> Json:
        """Tell of a report without errors."""
        actuals = card.actuals
        evaluations: list[EvaluationCard | None] = [card.own, card.superior]
        return {
            **self._head(actuals.plan, actuals.period, VALID, card.rubric),
            "organisation": actuals.organisation,
            "date": actuals.date.isoformat() if actuals.date else None,
            "approved": actuals.approval is not None,
            "draft": card.is_draft,
            "cards": [self._card(one, card) if one else None for one in evaluations],
        }

    def invalid(self, part: Part, card: Scorecard | None, errors: int) -> Json:
        """Tell of a report with errors: of what it is, and how many items its plan has, as far as that can be known."""
        document, when = part
        period = period_of(when)
        plan = self._portfolio.plans.get(document)
        if plan is None or period is None:
            head: Json = {"id": document, "period": when if period else None, "state": INVALID}
        else:
            head = self._expected(
                plan, period, INVALID, {id_ for id_, one in plan.evaluated.items() if one.is_due(period.last_day)}
            )
        day = card.actuals.date if card else None
        return {**head, "errors": errors, "date": day.isoformat() if day else None}

    def missing(self, plan: Plan, period: Period, due: set[str]) -> Json:
        """Tell of a plan that was to be reported and was not."""
        return self._expected(plan, period, MISSING, due)

    def _expected(self, plan: Plan, period: Period, state: str, due: set[str]) -> Json:
        """Return the head, and the items that were to be scored, as a card in which all of them are missing."""
        rubric = self._portfolio.rubric_on(plan, period)
        head = self._head(plan, period, state, rubric)
        if rubric is None:
            return head
        marks = {
            id_: Mark(item, Outcome.MISSING if id_ in due else Outcome.NOT_DUE) for id_, item in plan.evaluated.items()
        }
        card = card_of(plan, marks, rubric, "self", rules=plan.model.rules)
        return {**head, "cards": [self._parts(card, card_with_zeros(plan, card, rubric), rubric, plan)]}

    def _head(self, plan: Plan, period: Period, state: str, rubric: Rubric | None) -> Json:
        return {
            "id": plan.id,
            "title": filled_in(plan.model.title, period),
            "form": plan.form.name,
            "period": str(period),
            "state": state,
            "rubric": self._named(rubric) if rubric else None,
            "decimals": plan.decimals,
        }

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

    def _card(self, card: EvaluationCard, scored: Scorecard) -> Json:
        plan = scored.actuals.plan
        zeros = card_with_zeros(plan, card, scored.rubric) if card.total.missing else None
        return self._parts(card, zeros, scored.rubric, plan)

    def _parts(self, card: EvaluationCard, zeros: EvaluationCard | None, rubric: Rubric, plan: Plan) -> Json:
        """Return the total of an evaluation, and its parts by sector and by unit, each with its name's number."""
        sectors = {band.title: band.text or band.title for band in plan.bands if isinstance(band, Section)}
        by_sector = card.sections if plan.form.by_sector else ()

        def told(shares: Sequence[Share], zero: Sequence[Share] | None, names: Mapping[str, str]) -> list[Any]:
            return [
                [self._number(share.key, names), _part(share.tally, zero[at].tally if zero else None, rubric)]
                for at, share in enumerate(shares)
            ]

        return {
            "total": _part(card.total, zeros.total if zeros else None, rubric),
            "sections": told(by_sector, zeros.sections if zeros else None, sectors),
            "units": told(card.units, zeros.units if zeros else None, self._units),
        }

    def _number(self, key: str | None, names: Mapping[str, str]) -> int | None:
        if not key:
            return None
        return self._numbers.setdefault(names.get(key, key), len(self._numbers))


def card_with_zeros(plan: Plan, card: EvaluationCard, rubric: Rubric) -> EvaluationCard:
    """Return what an evaluation comes to where a score that is missing counts as 0."""
    marks = {
        id_: replace(mark, outcome=Outcome.SCORED, score=_NOTHING) if mark.outcome is Outcome.MISSING else mark
        for id_, mark in card.marks.items()
    }
    return card_of(plan, marks, rubric, card.evaluation, rules=plan.model.rules)


_LAST = (Outcome.SCORED, Outcome.NOT_DUE, Outcome.NOT_EVALUATED, Outcome.EXCLUDED, Outcome.MISSING)


def _part(tally: Tally, zeros: Tally | None, rubric: Rubric) -> list[Any]:
    """Return counts by level, by outcome, the points, the mean, and the mean with 0 for what is missing."""
    return [
        _levels(tally, rubric),
        [tally.outcomes[outcome] for outcome in _LAST],
        _pair(Fraction(tally.points)),
        _pair(tally.mean),
        _pair(zeros.mean if zeros else tally.mean),
    ]


def _levels(tally: Tally, rubric: Rubric) -> list[int]:
    """Return how many scores each step has; of a scale without ranges each is a value of its own."""
    if len(rubric.values) == len(rubric.steps):
        return [tally.levels[value] for value in rubric.values]
    return [count_of(rubric, step, tally) for step in rubric.steps]


def _pair(number: Fraction | None) -> list[int] | None:
    return None if number is None else [number.numerator, number.denominator]
