"""The tables of who stands where: provinces and organisations, with the change since the period before.

In: a roll-up and what is counted by one scale. Out: tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planctl.forms.form import Column
from planctl.report.mongolian import decimal_comma, period_name
from planctl.report.prose import line
from planctl.report.sheet import Row
from planctl.report.tables import plain_table, signed
from planctl.rollup.cells import KIND_NAMES, MEANS, POOLED, colour_of, count_cell, mean_cell, name_cell, share_cell
from planctl.rollup.policies import MAIN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.forms.period import Period
    from planctl.report.sheet import Cell, Table
    from planctl.rollup.account import Account, Counted, Rollup
    from planctl.rollup.documents import Scale
    from planctl.rollup.ranking import Rank
    from planctl.rollup.totals import Total

_WITH = {12: "той", 6: "тэй", 3: "тай"}
"""The ending of он, жил and улирал after which something is compared, by the months of a period."""


def organisation_ranking(rollup: Rollup, counted: Counted, of_scale: str) -> Table:
    """Return the organisations by rank."""
    account = counted.accounts["self"]
    columns = _columns(Column("organisation", "Байгууллага", 66), Column("province", KIND_NAMES["province"][1], 40))
    of = {group.entry: group.totals[MAIN] for group in account.organisations}
    lacks = rollup.lacking(counted.scale)
    rows = (
        Row(
            {
                "organisation": name_cell(rollup.organisations[one.key].name),
                "province": name_cell(rollup.organisations[one.key].province),
                **_cells(one, of[one.key], rollup.decimals, counted.scale),
                "documents": share_cell(of[one.key].documents, of[one.key].documents + lacks.get(one.key, 0)),
            }
        )
        for one in account.ranking
    )
    title = f"Байгууллагын эрэмбэ, {_compared(rollup.before)}{of_scale}"
    return plain_table("ranking", columns, rows, title=title)


def province_ranking(rollup: Rollup, counted: Counted, of_scale: str) -> Table:
    """Return the provinces by rank."""
    account = counted.accounts["self"]
    columns = _columns(
        Column("province", KIND_NAMES["province"][1], 70), Column("organisations", "Байгууллага", 22, "count")
    )
    of = {group.name: group.totals[MAIN] for group in account.groups["province"]}
    rows = (
        Row(
            {
                "province": name_cell(one.key),
                "organisations": count_cell(of[one.key].organisations),
                **_cells(one, of[one.key], rollup.decimals, counted.scale),
            }
        )
        for one in account.provinces
    )
    return plain_table("provinces", columns, rows, title=f"Аймгийн эрэмбэ, {_compared(rollup.before)}{of_scale}")


def lacking(rollup: Rollup, counted: Counted, of_scale: str) -> Iterator[str]:
    """Yield what a count such as "1/2" in the ranking means, where there is one."""
    lacks = rollup.lacking(counted.scale)
    if any(one.key in lacks for one in counted.accounts["self"].ranking):
        yield (
            "«Тайлан» баганын 1/2 гэх мэт тоо: ирэх ёстой тайлангаас хэд нь хүчинтэй ирснийг харуулна; дундажид зөвхөн "
            f"ирснийг нь тооцсон{of_scale}."
        )


def ranked_before(rollup: Rollup, account: Account, of_scale: str) -> str:
    """Return in words how many of those ranked were ranked the period before: changes may compare unlike sets."""
    before = sum(one.before is not None for one in account.ranking)
    return (
        f"Эрэмбэлсэн {len(account.ranking)} байгууллагаас {before} нь өмнөх үед ({period_name(rollup.before)}) "
        "эрэмбэлэгдсэн. Аймгийн өөрчлөлтийг тухайн үед тайлан нь тооцогдсон байгууллагуудын дүнгээс "
        f"гаргасан{of_scale}."
    )


def _compared(before: Period) -> str:
    return f"{period_name(before)}{_WITH[before.months]} харьцуулснаар"


def _columns(*names: Column) -> tuple[Column, ...]:
    own, before, change = "Өөрийн үнэлгээ, хувь", "Өмнөх үе", "Өөрчлөлт"
    return (
        Column("rank", "Байр", 13, "ordinal"),
        *names,
        Column("documents", "Тайлан", 18, "count"),
        Column("items", "Нийт заалт", 18, "count"),
        Column("mean", POOLED, 22, "count", over=own),
        Column("means", MEANS, 22, "count", over=own),
        Column("before", "Байр", 16, "count", over=before),
        Column("mean_before", "Дундаж хувь", 20, "count", over=before),
        Column("moved", "Байр", 16, "count", over=change),
        Column("change", "Пункт", 18, "count", over=change),
    )


def _cells(one: Rank[Any], total: Total, decimals: int, scale: Scale) -> dict[str, Cell]:
    """Return what stands beside the name; who was not ranked before has "-" for the change."""
    return {
        "rank": line(str(one.rank), number=one.rank),
        "documents": count_cell(total.documents),
        "items": count_cell(total.items),
        "mean": line(decimal_comma(one.mean), number=one.mean, colour=colour_of(one.mean, scale)),
        "means": mean_cell(total.means, decimals, scale),
        "before": line("-" if one.before is None else str(one.before), number=one.before),
        "mean_before": line("-" if one.mean_before is None else decimal_comma(one.mean_before), number=one.mean_before),
        "moved": line("-" if one.moved is None else signed(one.moved), number=one.moved),
        "change": line("-" if one.change is None else signed(one.change), number=one.change),
    }
