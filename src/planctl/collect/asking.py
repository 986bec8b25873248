"""Who is asked what: for each unit the items that it is to report on in a period, plan by plan.

In: a project, a period and plans. Out: a `Booklet` for each unit: the rows of its worksheets with what is fixed, what
is open and what was said last time.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from planctl.collect.digests import meaning
from planctl.collect.fields import EVIDENCE, HEADINGS, OPEN, PROGRESS, REACHED, REASON, SELF, STATE, told
from planctl.errors import PlanctlError
from planctl.forms.actuals import STATE_LABELS
from planctl.forms.form import Group
from planctl.portfolio.rubric import rubric_at
from planctl.report.cells import percent, progress_text, reached_text
from planctl.report.mongolian import PERIOD_BLANK, YEAR_BLANK, period_name
from planctl.words import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from planctl.forms.form import Column, Item, Section
    from planctl.forms.indicators import Indicator
    from planctl.forms.period import Period
    from planctl.pipeline import Project
    from planctl.portfolio.actuals import Actuals, Reported
    from planctl.portfolio.plan import Plan
    from planctl.portfolio.portfolio import Portfolio
    from planctl.portfolio.rubric import Rubric

NO_UNIT = ""
NO_UNIT_NAME = "Нэгжгүй"
BEFORE, BEFORE_SCORE = "before", "before_score"
DEADLINE = "deadline"
_PER_INDICATOR: Mapping[str, str] = {
    "indicator": "Шалгуур үзүүлэлт",
    "unit": "Хэмжих нэгж",
    "baseline": "Суурь түвшин",
    "target": "Хүрэх түвшин",
}
_WIDTHS: Mapping[str, int] = {
    "indicator": 130,
    "unit": 62,
    "baseline": 84,
    "target": 100,
    DEADLINE: 78,
    PROGRESS: 300,
    REACHED: 80,
    SELF: 66,
    STATE: 96,
    REASON: 130,
    EVIDENCE: 140,
    BEFORE: 240,
    BEFORE_SCORE: 88,
}
_WIDTHS_OF_KINDS: Mapping[str, int] = {"ordinal": 52, "prose": 200, "text": 96}


@dataclass(frozen=True, slots=True)
class Head:
    """A column of a worksheet, `width` pixels wide: the plan's own, an open field, or what was said last time."""

    key: str
    heading: str
    width: int
    kind: Literal["plan", "open", "before"]
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a worksheet: an item with its first indicator, or a further indicator of the item above it.

    `fixed` and `open` are texts by the keys of columns; what is in neither is empty and locked. `meaning` is the digest
    of what the plan says of the item. `checks_number` where the reached value has to be a number.
    """

    plan: str
    id: str
    indicator: str
    meaning: str
    fixed: Mapping[str, str]
    open: Mapping[str, str]
    is_first: bool = True
    checks_number: bool = False

    @property
    def address(self) -> str:
        """The item's address, `document#item`."""
        return f"{self.plan}#{self.id}"


@dataclass(frozen=True, slots=True)
class Title:
    """A section row."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """A plan in a unit's workbook; `title` is the plan's, without blanks for a time."""

    plan: str
    title: str
    heads: tuple[Head, ...]
    bands: tuple[Title | Row, ...]
    rubric: Rubric | None

    @property
    def rows(self) -> tuple[Row, ...]:
        """Its rows but for those of sections."""
        return tuple(band for band in self.bands if isinstance(band, Row))

    @property
    def items(self) -> tuple[str, ...]:
        """The ids of its items."""
        return tuple(row.id for row in self.rows if row.is_first)


@dataclass(frozen=True, slots=True)
class Booklet:
    """What a unit is asked for a period. `unit` is its id, "" for the items that no unit stands for."""

    unit: str
    name: str
    organisation: str
    period: Period
    sheets: tuple[Sheet, ...]

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses of its items."""
        return tuple(f"{sheet.plan}#{id_}" for sheet in self.sheets for id_ in sheet.items)


def booklets(project: Project, period: Period, plans: Sequence[str] = ()) -> tuple[Booklet, ...]:
    """Return what each unit is asked for a period, units in the order of planctl.yaml; an item of several is in each.

    Without `plans` all that are for that time are asked for. PlanctlError for a plan that is not there.
    """
    portfolio = project.portfolio
    by_unit: defaultdict[str, list[Sheet]] = defaultdict(list)
    for plan in _chosen(portfolio, period, plans):
        for unit, sheet in _sheets(portfolio, plan, period):
            by_unit[unit].append(sheet)
    settings = portfolio.settings
    names = {id_: unit.name for id_, unit in settings.units.items()} | {NO_UNIT: NO_UNIT_NAME}
    return tuple(
        Booklet(unit, name, settings.organisation, period, tuple(by_unit[unit]))
        for unit, name in names.items()
        if unit in by_unit
    )


def _chosen(portfolio: Portfolio, period: Period, ids: Sequence[str]) -> Iterator[Plan]:
    for id_ in ids:
        if id_ not in portfolio.plans:
            known = ", ".join(portfolio.plans) or "-"
            raise PlanctlError(_("there is no plan “{id}”; the plans are: {known}"), id=id_, known=known)
    for plan in portfolio.plans.values():
        is_meant = plan.id in ids or (not ids and plan.model.rules.covers(period.year))
        if is_meant and plan.model.source is None:
            yield plan


def faulty(project: Project, asked: Iterable[Booklet]) -> tuple[str, ...]:
    """Return the files with errors that keep the booklets from being sure.

    Errors in reports do not: a unit may be the one to mend them; neither do those in plans that are not asked about.
    """
    portfolio = project.portfolio
    asked_of = {sheet.plan for one in asked for sheet in one.sheets}
    others = {plan.document.path for id_, plan in portfolio.plans.items() if id_ not in asked_of}
    others |= {document.path for actuals in portfolio.actuals for document in actuals.documents}
    return tuple(sorted({found.span.path for found in project.findings if found.is_error} - others))


def actuals_of(portfolio: Portfolio, plan: str, period: Period) -> Actuals | None:
    """Return what is reported of a plan in a period, or None."""
    return next((one for one in portfolio.actuals if one.plan.id == plan and one.period == period), None)


def rubric_of(portfolio: Portfolio, plan: Plan, period: Period) -> Rubric | None:
    """Return the version of a plan's scale that is in force on the last day of a period, or None."""
    source = portfolio.rubrics.get(plan.rubric)
    return rubric_at(source.file, period.last_day, path=source.path) if source else None


@dataclass(frozen=True, slots=True)
class _Asked:
    """An item that is asked for, with the group it stands in."""

    group: Group
    item: Item


def _sheets(portfolio: Portfolio, plan: Plan, period: Period) -> Iterator[tuple[str, Sheet]]:
    """Yield the worksheet of a plan for each unit."""
    now = actuals_of(portfolio, plan.id, period)
    earlier = [one for one in portfolio.actuals if one.plan is plan and one.period.is_before(period)]
    last = earlier[-1] if earlier else None
    units: dict[str, list[Section | _Asked]] = {}
    sections: list[Section] = []
    above: dict[str, list[Section]] = {}
    for band in plan.bands:
        if not isinstance(band, Group):
            sections = [*(one for one in sections if one.level < band.level), band]
            continue
        for item in band.items:
            if plan.items.get(item.id) is not item or not _is_asked(item, period, now, last):
                continue
            for unit in item.units or (NO_UNIT,):
                bands = units.setdefault(unit, [])
                bands.extend(one for one in sections if one not in above.get(unit, ()))
                above[unit] = list(sections)
                bands.append(_Asked(band, item.in_year(period.year)))
    for unit, bands in units.items():
        yield unit, _sheet(portfolio, plan, bands, _Told(period, now, last))


def _is_asked(item: Item, period: Period, now: Actuals | None, last: Actuals | None) -> bool:
    """Tell whether an item is to be reported: it has begun, and was not taken out before."""
    if now and (said := now.reported.get(item.id)):
        return not said.gone
    return not _is_over(last.reported.get(item.id) if last else None) and item.is_due(period.last_day)


def _is_over(reported: Reported | None) -> bool:
    return reported is not None and (reported.gone or (reported.state is not None and reported.state.is_final))


@dataclass(frozen=True, slots=True)
class _Told:
    """The period that is asked for, what is said of it already, and what was said in the one before."""

    period: Period
    now: Actuals | None
    last: Actuals | None


def _sheet(portfolio: Portfolio, plan: Plan, bands: Sequence[Section | _Asked], told_: _Told) -> Sheet:
    rows: list[Title | Row] = []
    for band in bands:
        if isinstance(band, _Asked):
            rows.extend(_rows(plan, band, told_))
        else:
            rows.append(Title(band.title, band.level))
    tables = dict.fromkeys(band.group.table for band in bands if isinstance(band, _Asked))
    columns = [one for table in tables for one in plan.tables(told_.period.year)[table].columns]
    made = [row for row in rows if isinstance(row, Row)]
    heads = (*_plan_heads(columns, made), *_open_heads(made), *_before_heads(made, told_.last))
    title = " ".join(plan.model.title.replace(PERIOD_BLANK, "").replace(YEAR_BLANK, "").split())
    return Sheet(plan.id, title, heads, tuple(rows), rubric_of(portfolio, plan, told_.period))


# Columns


def _plan_heads(columns: Iterable[Column], rows: Sequence[Row]) -> Iterator[Head]:
    """Yield the plan's columns that say something in one of the rows, in the order of the sheet."""
    known: dict[str, Column] = {}
    for column in columns:
        known.setdefault(column.key, column)
    for key in dict.fromkeys((*known, *_PER_INDICATOR, DEADLINE)):
        if key not in OPEN and any(row.fixed.get(key, "-") not in {"", "-"} for row in rows):
            yield _plan_head(key, known.get(key))


def _plan_head(key: str, column: Column | None) -> Head:
    heading = column.heading if column else _PER_INDICATOR.get(key, "Хугацаа")
    width = _WIDTHS.get(key) or _WIDTHS_OF_KINDS.get(column.kind if column else "", 96)
    return Head(key, heading, width, "plan")


def _open_heads(rows: Sequence[Row]) -> Iterator[Head]:
    for key in OPEN:
        if any(key in row.open for row in rows):
            yield Head(key, HEADINGS[key], _WIDTHS[key], "open", is_number=key == SELF)


def _before_heads(rows: Sequence[Row], last: Actuals | None) -> Iterator[Head]:
    if last and any(BEFORE in row.fixed for row in rows):
        when = period_name(last.period)
        yield Head(BEFORE, f"{when}: хэрэгжилт", _WIDTHS[BEFORE], "before")
        yield Head(BEFORE_SCORE, f"{when}: үнэлгээ", _WIDTHS[BEFORE_SCORE], "before")


# Rows


def _rows(plan: Plan, asked: _Asked, told_: _Told) -> Iterator[Row]:
    """Yield the rows of an item: one, or one for each of its indicators."""
    item = asked.item
    texts = {**asked.group.texts, **item.texts}
    if item.deadline and texts.get("period", "-") in {"", "-"}:
        texts[DEADLINE] = item.deadline.isoformat()
    digest = meaning_of(asked.group, item)
    cells = told(told_.now, item)
    alone = {key: text for (key, _indicator), text in cells.items() if key != REACHED}
    fixed = texts | dict(_before(item, told_.last))
    if not item.indicators:
        yield Row(plan.id, item.id, "", digest, fixed, alone)
    for at, indicator in enumerate(item.indicators):
        id_ = indicator.id or ""
        open_ = {REACHED: cells[REACHED, id_]}
        own = _texts_of(item, indicator)
        yield Row(
            plan.id,
            item.id,
            id_,
            digest,
            fixed=own if at else fixed | own,
            open=open_ if at else alone | open_,
            is_first=not at,
            checks_number=wants_number(indicator),
        )


def meaning_of(group: Group, item: Item) -> str:
    """Return the digest of what the plan says of an item of the period's year."""
    indicators = [one.model_dump(mode="json", exclude_none=True) for one in item.indicators]
    return meaning((dict(group.texts), dict(item.texts), indicators, item.deadline, item.is_indicator))


def _texts_of(item: Item, indicator: Indicator) -> dict[str, str]:
    is_part = item.is_indicator and bool(item.text) and indicator.name != item.text
    name = f"{item.text}: {indicator.name}" if is_part else indicator.name
    unit = indicator.unit or ""
    apart = {"unit": unit} if "unit" in item.texts else {}
    return apart | {
        "indicator": name if apart or not unit or indicator.says_its_unit else f"{name}, {unit}",
        "baseline": indicator.baseline_text or indicator.printed(indicator.baseline or ""),
        "target": indicator.target_text or indicator.printed(indicator.target or ""),
    }


def wants_number(indicator: Indicator) -> bool:
    """Tell whether a reached value is held against a number."""
    return indicator.target_quantity.number is not None


def _before(item: Item, last: Actuals | None) -> Iterator[tuple[str, str]]:
    """Yield what was said of an item last time."""
    reported = last.reported.get(item.id) if last else None
    if reported is None or reported.is_silent:
        return
    entry = reported.entry
    reached = reached_text(item, entry.reached_values)
    sign = "\n" if "\n" in reached else " "
    told_ = (f"Хүрсэн түвшин:{sign}{reached}" if reached else "", progress_text(entry))
    yield BEFORE, "\n".join(part for part in told_ if part)
    scores = (("өөрийн", entry.self_score), ("дээд шатны", entry.superior))
    shown = [f"{whose}: {percent(score)}" for whose, score in scores if score is not None]
    yield BEFORE_SCORE, "\n".join(shown or ([STATE_LABELS[entry.state]] if entry.state else []))
