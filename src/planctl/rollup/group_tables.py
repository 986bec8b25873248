"""The tables of totals: the whole under every policy, and provinces, forms, sectors, units and periods.

In: a roll-up and what is counted by one scale. Out: tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planctl.forms.form import Column
from planctl.forms.period import period_of
from planctl.report.mongolian import period_name
from planctl.report.prose import line
from planctl.report.sheet import Group as Band
from planctl.report.sheet import Row, Table
from planctl.report.tables import plain_table
from planctl.rollup.cells import (
    EVALUATION_NAMES,
    FORM_NAMES,
    KIND_NAMES,
    MEANS,
    OTHERS,
    POOLED,
    WHOLE,
    count_cell,
    count_cells,
    flat,
    level_columns,
    mean_cell,
    name_cell,
    number_cell,
)
from planctl.rollup.policies import MAIN, POLICIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from planctl.report.sheet import Cell
    from planctl.rollup.account import Counted, Group, Rollup
    from planctl.rollup.documents import Scale
    from planctl.rollup.groups import Kind
    from planctl.rollup.totals import Total

_NAMES, _LONG_NAMES = 28, 44
"""Widths: of provinces, forms and periods, and of sectors and units, whose names are long."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of a table: its name, and its totals by both evaluations; None where the superior's has not begun."""

    name: str
    own: Mapping[str, Total]
    superior: Mapping[str, Total] | None


def whole_table(rollup: Rollup, counted: Counted, of_scale: str) -> Table:
    """Return the whole by both evaluations, under all policies."""
    columns = (
        Column("way", "Тооцох арга", 34, grouped=True),
        Column("evaluation", "Үнэлгээ", 34),
        Column("organisations", "Байгууллага", 24, "count"),
        Column("documents", "Тайлан", 15, "count"),
        Column("items", "Нийт заалт", 14.4, "count"),
        Column("counted", "Тооцсон заалт", 17, "count"),
        *level_columns(counted.scale),
        Column("unscored", OTHERS, 12.7, "count"),
        Column("pooled", POOLED, 18, "count", over="Дундаж хувь"),
        Column("means", MEANS, 19.7, "count", over="Дундаж хувь"),
    )
    bands = tuple(
        Band({"way": line(policy.heading)}, tuple(_of_policy(name, counted, rollup.decimals)))
        for name, policy in POLICIES.items()
    )
    return Table("totals", columns, bands, title=f"Нийт дүн{of_scale}", numbered=False)


def _of_policy(name: str, counted: Counted, decimals: int) -> Iterator[Row]:
    for evaluation, account in counted.accounts.items():
        total = account.whole[name]
        yield Row(
            {
                "evaluation": line(EVALUATION_NAMES[evaluation]),
                **count_cells(total, counted.scale),
                "counted": count_cell(total.counted),
                "pooled": mean_cell(total.pooled, decimals, counted.scale),
                "means": mean_cell(total.means, decimals, counted.scale),
            }
        )


def group_table(rollup: Rollup, counted: Counted, kind: Kind, of_scale: str) -> Table:
    """Return the groups of a kind by both evaluations, all valid reports counted."""
    title, heading, nameless = KIND_NAMES[kind]
    own, superior = counted.accounts["self"], counted.accounts["superior"]
    named = _form_named if kind == "form" else str
    groups = own.groups[kind]
    if kind != "province":
        # Of a form that nobody sent, or of items of no unit, there would be nothing but dashes.
        groups = tuple(group for group in groups if group.totals[MAIN].documents)
    shown = _lines(groups, superior.groups[kind], nameless, named=named)
    # An item of two units stands in both, and once in the whole.
    whole = [] if kind == "unit" else [Shown(WHOLE, own.whole, superior.whole)]
    return _table(kind, f"{title}{of_scale}", heading, [*shown, *whole], rollup, counted.scale)


def legend_table(scale: Scale, of_scale: str) -> Table:
    """Return what the colours of means say: the level of the highest value that a mean has come up to."""
    columns = tuple(Column(step.written, f"{step.written.split('-')[0]} хувиас", 28, "count") for step in scale.steps)
    row = Row({step.written: line(flat(step.level), colour=step.colour.removeprefix("#")) for step in scale.steps})
    return plain_table("legend", columns, [row], title=f"Дундаж хувийн өнгөний тайлбар{of_scale}")


def period_table(rollup: Rollup, counted: Counted, of_scale: str) -> Table:
    """Return the periods that were reported on, the earliest first."""
    own, superior = counted.accounts["self"], counted.accounts["superior"]
    shown = _lines(own.periods, superior.periods, "", named=_period_named)
    return _table("periods", f"Тайлант үеээр{of_scale}", "Тайлант үе", shown, rollup, counted.scale)


def _form_named(name: str) -> str:
    return FORM_NAMES.get(name, name)


def _period_named(text: str) -> str:
    period = period_of(text)
    return period_name(period) if period else text


def _lines(
    own: Sequence[Group], superior: Sequence[Group], nameless: str, *, named: Callable[[str], str] = str
) -> list[Shown]:
    theirs = {group.name: group.totals for group in superior}
    return [Shown(named(group.name) if group.name else nameless, group.totals, theirs.get(group.name)) for group in own]


def _table(name: str, title: str, heading: str, shown: Sequence[Shown], rollup: Rollup, scale: Scale) -> Table:  # noqa: PLR0913, PLR0917  # what a table is
    own, superior = "Өөрийн үнэлгээ, хувь", "Дээд шатны үнэлгээ, хувь"
    columns = (
        Column("number", "№", 8, "ordinal"),
        Column("name", heading, _LONG_NAMES if name in {"sector", "unit"} else _NAMES),
        Column("organisations", "Байгууллага", 24, "count"),
        Column("documents", "Тайлан", 15, "count"),
        Column("items", "Нийт заалт", 14.4, "count"),
        *level_columns(scale),
        Column("unscored", OTHERS, 12.7, "count"),
        Column("pooled", POOLED, 18, "count", over=own),
        Column("means", MEANS, 19.7, "count", over=own),
        Column("superior_pooled", POOLED, 18, "count", over=superior),
        Column("superior_means", MEANS, 19.7, "count", over=superior),
    )
    rows = (_row(at, one, rollup.decimals, scale) for at, one in enumerate(shown, start=1))
    return plain_table(name, columns, rows, title=title)


def _row(at: int, one: Shown, decimals: int, scale: Scale) -> Row:
    total = one.own[MAIN]
    other = one.superior[MAIN] if one.superior else None
    return Row(
        {
            "number": line("") if one.name == WHOLE else number_cell(at),
            "name": name_cell(one.name),
            **count_cells(total, scale),
            "pooled": mean_cell(total.pooled, decimals, scale),
            "means": mean_cell(total.means, decimals, scale),
            "superior_pooled": mean_cell(other.pooled if other else None, decimals, scale),
            "superior_means": mean_cell(other.means if other else None, decimals, scale),
        }
    )


def policy_table(rollup: Rollup, counted: Counted, of_scale: str) -> Table:
    """Return the provinces under all policies side by side, by the office's own evaluation."""
    account = counted.accounts["self"]
    columns = [Column("number", "№", 8, "ordinal"), Column("name", KIND_NAMES["province"][1], 34)]
    for name, policy in POLICIES.items():
        columns += [
            Column(f"{name}:documents", "Тайлан", 15, "count", over=policy.heading),
            Column(f"{name}:pooled", POOLED, 18, "count", over=policy.heading),
            Column(f"{name}:means", MEANS, 19.7, "count", over=policy.heading),
        ]
    named = [(number_cell(at), one.name, one.totals) for at, one in enumerate(account.groups["province"], start=1)]
    rows = (
        Row(
            {
                "number": number,
                "name": name_cell(name or KIND_NAMES["province"][2]),
                **_by_policy(totals, rollup.decimals, counted.scale),
            }
        )
        for number, name, totals in (*named, (line(""), WHOLE, account.whole))
    )
    title = f"Аймгаар, тооцох аргаар (өөрийн үнэлгээ){of_scale}"
    return plain_table("policies", tuple(columns), rows, title=title)


def _by_policy(totals: Mapping[str, Total], decimals: int, scale: Scale) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    for name, total in totals.items():
        cells[f"{name}:documents"] = count_cell(total.documents)
        cells[f"{name}:pooled"] = mean_cell(total.pooled, decimals, scale)
        cells[f"{name}:means"] = mean_cell(total.means, decimals, scale)
    return cells
