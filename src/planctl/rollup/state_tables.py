"""The tables of how documents stand: counts by province, what wants attention, and every single document.

In: a roll-up. Out: tables.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from planctl.alphabet import alphabetical
from planctl.forms.form import Column
from planctl.report.prose import line
from planctl.report.sheet import EMPTY, Row
from planctl.report.tables import plain_table
from planctl.rollup.cells import (
    FORM_NAMES,
    KIND_NAMES,
    STATE_NAMES,
    WHOLE,
    count_cell,
    day_cell,
    mean_cell,
    name_cell,
    number_cell,
)
from planctl.rollup.documents import SCORED
from planctl.rollup.told import of_problem
from planctl.rollup.totals import fraction_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from planctl.report.sheet import Cell, Table
    from planctl.rollup.account import Rollup
    from planctl.rollup.documents import Document, Scale
    from planctl.rollup.states import Standing


def state_table(rollup: Rollup) -> Table:
    """Return how many documents of each province are in which state."""
    columns = (
        Column("number", "№", 9, "ordinal"),
        Column("name", KIND_NAMES["province"][1], 60),
        Column("organisations", "Байгууллага", 22, "count"),
        Column("valid", "Хүчинтэй", 20, "count", over="Ирсэн тайлан"),
        Column("invalid", STATE_NAMES["invalid"], 20, "count", over="Ирсэн тайлан"),
        Column("unapproved", "Батлагдаагүй", 22, "count", over="Хүчинтэйгээс"),
        Column("late", "Хугацаа хоцорсон", 20, "count", over="Хүчинтэйгээс"),
        Column("draft", "Үнэлгээ дутуу", 20, "count", over="Хүчинтэйгээс"),
        Column("missing", STATE_NAMES["missing"], 18, "count"),
        Column("unreadable", STATE_NAMES["unreadable"], 24, "count"),
        Column("awaited", STATE_NAMES["awaited"], 22, "count"),
        Column("nothing", STATE_NAMES["nothing"], 26, "count"),
    )
    by_province: defaultdict[str, list[Standing]] = defaultdict(list)
    for one in rollup.standings:
        by_province[rollup.organisations[one.document.entry].province or ""].append(one)
    names = sorted(by_province, key=lambda name: (not name, alphabetical(name)))
    rows = [
        Row(
            {
                "number": number_cell(at),
                "name": name_cell(name or KIND_NAMES["province"][2]),
                **_counted(by_province[name]),
            }
        )
        for at, name in enumerate(names, start=1)
    ]
    whole = Row({"number": line(""), "name": line(WHOLE), **_counted(rollup.standings)})
    return plain_table("states", columns, [*rows, whole], title="Тайлангийн төлөв")


def _counted(standings: Sequence[Standing]) -> dict[str, Cell]:
    valid = [one for one in standings if one.is_valid]
    counts = {state: sum(one.state == state for one in standings) for state in STATE_NAMES}
    counts |= {
        "organisations": len({one.document.entry for one in standings}),
        "unapproved": sum(not one.document.approved for one in valid),
        "late": sum(one.is_late for one in valid),
        "draft": sum(one.document.draft for one in valid),
    }
    return {name: count_cell(count) for name, count in counts.items()}


def attention_table(rollup: Rollup, standings: Iterable[Standing]) -> Table:
    """Return what is not as it should be, a line for each document, with the reason."""
    columns = (
        Column("number", "№", 10, "ordinal"),
        Column("province", KIND_NAMES["province"][1], 34),
        Column("organisation", "Байгууллага", 52),
        Column("document", "Баримт бичиг", 66),
        Column("state", "Төлөв", 28),
        Column("date", "Огноо", 25, "count"),
        Column("due", "Хугацаа", 25, "count"),
        Column("remark", "Тайлбар", 52),
    )
    titles = _titles(rollup)
    rows = (
        Row(
            {
                "number": number_cell(at),
                **_named(rollup, one.document, titles),
                "state": line("Хугацаа хоцорсон" if one.is_valid else STATE_NAMES[one.state]),
                "date": day_cell(one.document.date),
                "due": day_cell(one.due),
                "remark": line(_remark(one)),
            }
        )
        for at, one in enumerate(standings, start=1)
    )
    return plain_table("attention", columns, rows, title="Анхаарах тайлан")


def _remark(one: Standing) -> str:
    if one.problem:
        return of_problem(one.problem)
    if one.document.errors:
        return f"{one.document.errors} алдаа: planctl check тушаал харуулна"
    if one.is_late and one.document.date and one.due:
        return f"{(one.document.date - one.due).days} хоног"
    return ""


def document_table(rollup: Rollup) -> Table:
    """Return every document with its state and its means."""
    scales = {counted.scale.key: counted.scale for counted in rollup.scales}
    columns = (
        Column("number", "№", 11, "ordinal"),
        Column("province", KIND_NAMES["province"][1], 32),
        Column("organisation", "Байгууллага", 46),
        Column("document", "Баримт бичиг", 70),
        Column("state", "Төлөв", 30),
        Column("approved", "Батлагдсан", 20, "count"),
        Column("date", "Огноо", 25, "count"),
        Column("items", "Нийт заалт", 15, "count"),
        Column("scored", "Үнэлсэн", 17, "count"),
        Column("own", "Өөрийн", 17, "count", over="Дундаж хувь"),
        Column("superior", "Дээд шатны", 18, "count", over="Дундаж хувь"),
    )
    titles = _titles(rollup)
    rows = (
        Row(
            {
                "number": number_cell(at),
                **_named(rollup, one.document, titles),
                "state": line(STATE_NAMES[one.state]),
                "approved": line(("тийм" if one.document.approved else "үгүй") if one.is_valid else ""),
                "date": day_cell(one.document.date),
                **_results(one, rollup.decimals, scales),
            }
        )
        for at, one in enumerate(rollup.standings, start=1)
    )
    return plain_table("documents", columns, rows, title="Баримт бичиг бүрээр")


def _titles(rollup: Rollup) -> Mapping[tuple[int, str], int]:
    """Return how many documents of an organisation have the same title."""
    return Counter((one.document.entry, one.document.title) for one in rollup.standings)


def _named(rollup: Rollup, document: Document, titles: Mapping[tuple[int, str], int]) -> dict[str, Cell]:
    """Return whose document it is and how it is called, with its id where others are called the same."""
    organisation = rollup.organisations[document.entry]
    title = document.title or FORM_NAMES.get(document.id, document.id)
    if document.title and titles[document.entry, document.title] > 1:
        title = f"{title} ({document.id})"
    return {
        "province": name_cell(organisation.province),
        "organisation": name_cell(organisation.name),
        "document": name_cell(title),
    }


def _results(one: Standing, decimals: int, scales: Mapping[str, Scale]) -> dict[str, Cell]:
    document, scale = one.document, scales.get(one.document.scale or "")
    if document.own is None:
        return dict.fromkeys(("items", "scored", "own", "superior"), EMPTY)
    outcomes = document.own.outcomes
    cells = {"items": count_cell(sum(outcomes)), "scored": count_cell(outcomes[SCORED])}
    for name, part in (("own", document.own), ("superior", document.superior)):
        mean = fraction_of(part.mean) if part and one.is_valid else None
        cells[name] = mean_cell(mean, decimals, scale)
    return cells
