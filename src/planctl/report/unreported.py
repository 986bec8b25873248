"""Who has not reported: plans without actuals, and the units whose items nobody has said anything of. One page."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from planctl.alphabet import alphabetical
from planctl.forms.form import Column
from planctl.report.account import NOBODY
from planctl.report.office import unit_name
from planctl.report.prose import line
from planctl.report.sheet import Row
from planctl.report.tables import plain_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.facts import RunFacts
    from planctl.portfolio.portfolio import Portfolio
    from planctl.report.office import Office
    from planctl.report.sheet import Sheet

TITLE = "тайлан ирүүлээгүй байдал"
WITHOUT_UNIT = "Хариуцагч заагаагүй"
MOST_NAMED = 12
"""Numbers of items named for a unit in one plan; of more only the count is told, so that the page stays one."""

_PLANS = (
    Column("plan", "Баримт бичиг", 130),
    Column("items", "Нийт", 24, "count"),
    Column("missing", "Ирээгүй", 24, "count"),
    Column("state", "Байдал", 60),
)
_UNITS = (
    Column("unit", "Нэгж, албан тушаалтан", 90),
    Column("missing", "Ирээгүй", 24, "count"),
    Column("items", "Нийт", 24, "count"),
    Column("which", "Ирээгүй арга хэмжээ, заалт", 114),
)


def compose(office: Office, portfolio: Portfolio, facts: RunFacts) -> Sheet:
    """Return who has not reported; a sheet that says so where everybody has."""
    plans = tuple(_plan_rows(office))
    units = tuple(_unit_rows(office, portfolio))
    tables = [plain_table("plans", _PLANS, plans, title="Баримт бичгээр")] if plans else []
    tables += [plain_table("units", _UNITS, units, title="Нэгжээр")] if units else []
    done = () if tables else ("Бүх нэгж тайлангаа ирүүлсэн.",)
    blank = office.sheet(portfolio, facts, name="unreported", title=TITLE)
    return replace(blank, tables=tuple(tables), remarks=(*done, *office.remarks()))


def _plan_rows(office: Office) -> Iterator[Row]:
    for silent in office.silent:
        yield _plan_row(silent.plan.title, len(silent.items), len(silent.items), "Тайлан огт ирээгүй")
    for card in office.cards:
        if card.missing:
            yield _plan_row(card.title, card.items, card.missing, "Дутуу")


def _plan_row(title: str, items: int, missing: int, state: str) -> Row:
    return Row(
        {
            "plan": line(title),
            "items": line(str(items), number=items),
            "missing": line(str(missing), number=missing),
            "state": line(state),
        }
    )


def _unit_rows(office: Office, portfolio: Portfolio) -> Iterator[Row]:
    silent: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    whole: defaultdict[str, int] = defaultdict(int)
    for card in office.cards:
        for unit, items in card.asked.items():
            whole[unit] += items
        for unit, numbers in card.silent.items():
            silent[unit] += [(card.document, number) for number in numbers]
    for one in office.silent:
        for item in one.items:
            for unit in item.units or (NOBODY,):
                whole[unit] += 1
                silent[unit].append((one.plan.document, item.number))
    names = {unit: WITHOUT_UNIT if unit == NOBODY else unit_name(unit, portfolio) for unit in silent}
    for unit in sorted(silent, key=lambda one: (-len(silent[one]), alphabetical(names[one]))):
        yield Row(
            {
                "unit": line(names[unit]),
                "missing": line(str(len(silent[unit])), number=len(silent[unit])),
                "items": line(str(whole[unit]), number=whole[unit]),
                "which": line(_named(silent[unit])),
            }
        )


def _named(items: list[tuple[str, str]]) -> str:
    """Return `digital: 3, 4, 7; council: 12 заалт`."""
    by_plan: defaultdict[str, list[str]] = defaultdict(list)
    for plan, number in items:
        by_plan[plan].append(number)
    return "; ".join(
        f"{plan}: {', '.join(numbers) if len(numbers) <= MOST_NAMED else f'{len(numbers)} арга хэмжээ'}"
        for plan, numbers in by_plan.items()
    )
