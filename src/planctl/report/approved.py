"""The plan as approved: its own columns, before anything is reported. It belongs to a plan, not to a period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.forms.form import Group as PlanGroup
from planctl.portfolio.settings import folded, spellings
from planctl.report import frame
from planctl.report.cells import planned, unit_names
from planctl.report.mongolian import approved_title, heading_date
from planctl.report.prose import blocks, line, prose
from planctl.report.sheet import Group, Heading, Passage, Row, Section, Sheet, Signature, Table
from planctl.report.summary import END_MARK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.facts import RunFacts
    from planctl.forms.form import Column, Item
    from planctl.portfolio.plan import Plan
    from planctl.portfolio.portfolio import Portfolio


def compose(plan: Plan, portfolio: Portfolio, facts: RunFacts) -> Sheet | None:
    """Return the plan in the official columns of its form; None for a form that has no such sheet.

    Those who sign reports don't sign the plan, so only signatories that the plan itself names stand on it.
    """
    tables = tuple(_tables(plan, portfolio))
    if not tables:
        return None
    years = plan.model.rules.years
    return Sheet(
        stem=f"{plan.id}.plan",
        name="plan",
        template=f"{plan.form.name}/plan",
        organisation=plan.organisation,
        heading=Heading(
            title=(approved_title(plan.model.title, years[0], years[-1]) if years else plan.model.title,),
            date=heading_date(facts.as_of) if facts.as_of else "",
            place=plan.place if facts.as_of else "",
            reference=plan.model.reference or "",
        ),
        passages=tuple(_passages(plan, portfolio)),
        tables=tables,
        signatures=tuple(Signature(one.caption, one.post, one.name) for one in plan.model.signatories or ()),
        end_mark=END_MARK,
    )


def _passages(plan: Plan, portfolio: Portfolio) -> Iterator[Passage]:
    units = portfolio.settings.units
    ways = spellings(units)

    def named(unit: str) -> str:
        id_ = ways.get(folded(unit))
        return units[id_].name if id_ else unit

    for passage in plan.form.passages(plan.model, named) if plan.form.passages else ():
        yield Passage(passage.title, blocks(passage.text))


def _tables(plan: Plan, portfolio: Portfolio) -> Iterator[Table]:
    for at, layout in enumerate(plan.tables()):
        bands = tuple(_bands(plan, portfolio, layout.approved, at)) if layout.approved else ()
        if bands:
            yield Table(layout.name, layout.approved, bands, title=layout.title)


def _bands(plan: Plan, portfolio: Portfolio, columns: tuple[Column, ...], table: int) -> Iterator[Section | Group]:
    for band in plan.bands:
        if band.table != table:
            continue
        if isinstance(band, PlanGroup):
            rows = tuple(_row(plan, portfolio, columns, item) for item in band.items if item.reported)
            if rows:
                yield Group({column.key: planned(column, band.texts) for column in columns if column.grouped}, rows)
        else:
            yield Section(band.title, band.level)


def _row(plan: Plan, portfolio: Portfolio, columns: tuple[Column, ...], item: Item) -> Row:
    address = f"{plan.id}#{item.id}"
    beside = {f"extra:{name}": prose(text) for name, text in item.extra.items() if text}
    cells = {column.key: planned(column, item.texts) for column in columns if not column.grouped}
    cells["units"] = line(unit_names(item, portfolio))
    return Row(cells, address, frame.anchor(address), beside)
