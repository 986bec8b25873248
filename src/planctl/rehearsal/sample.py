"""Sample sheets: invented plans and actuals of every form, taken through scoring and reports as real ones are.

In: a portfolio, for its scales and the office's name. Out: a sheet of each kind. All is made from the columns of the
forms, so that a new form has its sample by itself; what is invented says «Жишээ».
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from inspect import isclass
from types import MappingProxyType, NoneType
from typing import TYPE_CHECKING, Any, get_args, get_origin

from planctl.facts import RunFacts
from planctl.forms import FORMS
from planctl.forms.actuals import Entry, State
from planctl.forms.fields import Signatory, Strict
from planctl.forms.form import Group, Item, PlanModel, Section
from planctl.forms.indicators import Indicator
from planctl.forms.period import Period
from planctl.portfolio.actuals import Actuals, Reported
from planctl.portfolio.plan import Plan
from planctl.portfolio.rubric import rubric_at
from planctl.portfolio.settings import Settings, Unit
from planctl.report import OFFICE_REPORTS, PERIOD_REPORTS, PLAN_REPORTS
from planctl.report.account import of_card, of_plan
from planctl.report.office import Office, Silent
from planctl.scoring.engine import score
from planctl.source.document import Document, Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from planctl.forms.form import Column, Form, Layout
    from planctl.portfolio.portfolio import Portfolio, RubricSource
    from planctl.portfolio.rubric import Rubric
    from planctl.report.sheet import Sheet

YEAR = 2023
FIRST_NUMBER = 31
"""Numbers of items begin here, so that they are none of the counts and numbers of columns."""

_UNITS = {
    "sample-1": Unit(name="Жишээ нэгдүгээр алба", other_names=()),
    "sample-2": Unit(name="Жишээ хоёрдугаар алба", other_names=()),
}
_SIGNATORIES = (
    Signatory(caption="Жишээ хянасан", post="Жишээ дарга", name="Ж.Хянагч"),
    Signatory(caption="Жишээ гаргасан", post="Жишээ мэргэжилтэн", name="Ж.Гаргагч"),
)
_NOT_DUE, _MISSING = 2, 3
"""The places of the items that have no score."""

_DOCUMENT = Document("planctl:sample", "", {}, Page("planctl:sample", ""), [])  # type: ignore[arg-type]  # no places


def samples(portfolio: Portfolio) -> tuple[Sheet, ...]:
    """Return a sheet of each kind, of each form where a form has its own; the same each time.

    The scale is the office's own where planctl.yaml names one that is in force in some year.
    """
    sample = _portfolio(portfolio)
    cards = score(sample)
    period = max((card.actuals.period for card in cards), key=lambda one: one.months)
    latest = tuple(card for card in cards if card.actuals.period.months == period.months)
    facts = RunFacts(as_of=date(period.year, 12, 25))
    owing = filter(None, (of_plan(plan, ()) for plan in tuple(sample.plans.values())[:1]))
    office = Office(period, tuple(map(of_card, latest)), tuple(Silent(plan, plan.items) for plan in owing))
    made = (
        *(report(plan, sample, facts) for plan in sample.plans.values() for report in PLAN_REPORTS.values()),
        *(report(card, sample, facts) for card in latest for report in PERIOD_REPORTS.values()),
        *(report(office, sample, facts) for report in OFFICE_REPORTS.values()),
    )
    return tuple(sheet for sheet in made if sheet)


def _portfolio(given: Portfolio) -> Portfolio:
    settings = given.settings.model_copy(update={"units": _UNITS})
    plans, actuals = dict[str, Plan](), list[Actuals]()
    for form in FORMS.values():
        rubric, year = _rubric(form, settings, given.rubrics)
        plan = _plan(form, settings, rubric=rubric.name, year=year)
        plans[plan.id] = plan
        actuals += (_actuals(plan, period, rubric) for period in (Period(year, 1, 6), Period(year)))
    return replace(given, settings=settings, plans=MappingProxyType(plans), actuals=tuple(actuals))


def _rubric(form: Form, settings: Settings, known: Mapping[str, RubricSource]) -> tuple[Rubric, int]:
    """Return the scale of a form, or another where that is not to be had, and a year in all of which it is in force."""
    for name in (form.rubric or settings.rubric, Settings.model_fields["rubric"].default, *known):
        source = known.get(name)
        for year in _years(source) if source else ():
            at = (
                [rubric_at(source.file, date(year, month, 30), path=source.path) for month in (6, 12)] if source else []
            )
            if at[0] is not None and at[0] == at[1]:
                return at[0], year
    raise LookupError(form.name)


def _years(source: RubricSource) -> Iterator[int]:
    yield YEAR
    yield from (one.valid_from.year + 1 for one in source.file.versions if one.valid_from)


# The plan


def _plan(form: Form, settings: Settings, *, rubric: str, year: int) -> Plan:
    model = form.plan.model_construct(
        form=form.name,
        id=f"sample-{form.name}",
        title="Жишээ баримт бичгийн {period} хэрэгжилт",
        reference="Жишээ: Засаг даргын А/01 дүгээр захирамжийн хавсралт",
        signatories=settings.signatories or _SIGNATORIES,
        extra={},
        **_of_form(form, year),
    )
    return Plan(
        document=_DOCUMENT,
        form=form,
        model=model,
        bands=tuple(_bands(form, form.tables_of(model, year), form.tables_of(model, None), year)),
        organisation=settings.organisation or "Жишээ байгууллага",
        place=settings.place or "Жишээ газар",
        rubric=rubric,
        decimals=int(settings.rounding),
        signatories=settings.signatories or _SIGNATORIES,
    )


def _of_form(form: Form, year: int) -> dict[str, Any]:
    """Return what a form's plan says besides what every plan does: its year or years, and its texts."""
    values: dict[str, Any] = {}
    for name, info in form.plan.model_fields.items():
        arguments = get_args(info.annotation)
        if name in PlanModel.model_fields:
            continue
        if name == "year":
            values[name] = year
        elif isclass(info.annotation) and issubclass(info.annotation, Strict) and name == "years":
            values[name] = info.annotation.model_construct(first=year, last=year, baseline=year - 1)
        elif str in arguments and NoneType in arguments:
            values[name] = f"Жишээ текст: {name}"
        elif arguments and get_origin(info.annotation) is tuple and info.default == () and str in _kinds(arguments):
            values[name] = (f"Жишээ: {name} 1", f"Жишээ: {name} 2")
    return values


def _kinds(arguments: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(part for one in arguments for part in (one, *get_args(one)))


def _bands(form: Form, reported: Iterable[Layout], approved: Iterable[Layout], year: int) -> Iterator[Section | Group]:
    """Yield two sections of each level that the form makes subtotals of, then the rows of its further tables."""
    number = FIRST_NUMBER
    layouts = [replace(one, approved=other.approved) for one, other in zip(reported, approved, strict=True)]
    for table, layout in enumerate(layouts):
        for part in ("нэг", "хоёр") if table == 0 else ("",):
            if part:
                for level in range(1, form.subtotal_level + 1):
                    yield Section(f"Жишээ {'дэд ' * (level - 1)}бүлэг {part}", level)
            for _group in range(2):
                group = _group_of(form, layout, number, year=year, table=table)
                yield group
                number += len(group.items)


def _group_of(form: Form, layout: Layout, number: int, *, year: int, table: int) -> Group:
    """Return two items that share the cells of the grouped columns, or one where the form has none."""
    columns = {column.key: column for column in (*layout.columns, *layout.approved)}.values()
    shared = [column for column in columns if column.grouped]
    single = [column for column in columns if not column.grouped]
    items = tuple(
        Item(
            id=f"sample-{at}",
            loc=(),
            texts={column.key: _text(column, at) for column in single},
            number=str(at),
            units=(tuple(_UNITS)[at % len(_UNITS)],),
            deadline=date(year, 3, at % 28 + 1),
            indicators=_indicators(form, at, is_measured=_is_of_indicators(layout)),
            is_indicator=_is_of_indicators(layout),
        )
        for at in range(number, number + (2 if shared else 1))
    )
    texts = {column.key: _text(column, number + 100) for column in shared}
    return Group((), texts, items, kind="Жишээ шийдвэр", table=table)


def _is_of_indicators(layout: Layout) -> bool:
    """Tell whether the items of a table are measured and not scored."""
    keys = {column.key for column in layout.columns}
    return "achievement" in keys and not keys & {"self", "superior"}


def _text(column: Column, number: int) -> str:
    return str(number) if column.kind == "ordinal" else f"Жишээ: {column.heading.lower()} {number}"


def _indicators(form: Form, number: int, *, is_measured: bool) -> tuple[Indicator, ...]:
    """Return an indicator where the form has any, with a target where its achievement is shown."""
    if "reached" not in form.entry.model_fields:
        return ()
    target = {"target": str(4 * number)} if is_measured else {}
    return (Indicator.model_validate({"name": f"Жишээ үзүүлэлт {number}", **target}),)


# What is reported


def _actuals(plan: Plan, period: Period, rubric: Rubric) -> Actuals:
    reported = {
        item.id: Reported(item.id, _entry(plan.form, item, rubric, place, period), (_DOCUMENT,))
        for place, item in enumerate(plan.items.values())
    }
    return Actuals(
        plan=plan,
        period=period,
        documents=(_DOCUMENT,),
        date=period.last_day,
        organisation=plan.organisation,
        place=plan.place,
        signatories=plan.signatories,
        reported=MappingProxyType(reported),
    )


def _entry(form: Form, item: Item, rubric: Rubric, place: int, period: Period) -> Entry:
    """Return what was done about an item: scores all through the scale, one item not due, and one without a score."""
    number = item.number
    told: dict[str, object] = {
        "progress": (_PROGRESS if place else _PROGRESS + _DEEPER).format(n=number, period=period),
        "reason": f"Жишээ тайлбар {number}",
        "extra": {},
    }
    if item.indicators:
        told["reached"] = number if item.is_indicator else f"Жишээ хүрсэн түвшин {number}"
    if place == _NOT_DUE:
        told["state"] = State.NOT_DUE
    elif place != _MISSING and not item.is_indicator:
        steps = rubric.steps
        told |= {"self": steps[place % len(steps)].high, "superior": steps[(place + 1) % len(steps)].high}
    return form.entry.model_validate(told)


_PROGRESS = """\
Жишээ: {period} онд хийсэн ажил {n}.

- Жишээ ажил {n}
"""
_DEEPER = """\
  - Жишээ дэд ажил {n}
    - Жишээ дэд ажлын хэсэг {n}

1. Жишээ эхний алхам {n}
  1. Жишээ дэд алхам {n}
    1. Жишээ дэд алхмын хэсэг {n}
    2. Жишээ дэд алхмын дараагийн хэсэг {n}
  2. Жишээ дараагийн дэд алхам {n}
2. Жишээ дараагийн алхам {n}
"""
"""Every kind and depth of paragraph for which templates have a style."""
