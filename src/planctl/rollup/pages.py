"""The pages of the roll-up as they are handed in: official tables in Mongolian, for every format that people read.

In: a roll-up. Out: a `Page` for each table, in order. What stands in them is final text with the number behind it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from planctl.portfolio.settings import folded
from planctl.report.mongolian import decimal_comma, period_genitive, period_name
from planctl.rollup.cells import KIND_NAMES, MEANS, OTHERS, POOLED, STATE_NAMES, flat, short_name
from planctl.rollup.group_tables import group_table, legend_table, period_table, policy_table, whole_table
from planctl.rollup.rank_tables import lacking, organisation_ranking, province_ranking, ranked_before
from planctl.rollup.state_tables import attention_table, document_table, state_table
from planctl.rollup.told import of_problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from planctl.report.sheet import Table
    from planctl.rollup.account import Counted, Rollup
    from planctl.rollup.groups import Kind
    from planctl.rollup.ranking import Rank
    from planctl.rollup.states import Standing

TITLE = "Төлөвлөгөө, тогтоол шийдвэрийн хэрэгжилтийн нэгтгэл"
_FIRST, _MOST_NAMED = 3, 10
"""So many are named in front of the tables."""
_CAPITAL = ("улаанбаатар", "нийслэл")
WAYS = f"""\
«{POOLED}» гэдэгт үнэлэгдсэн заалт, арга хэмжээ бүрийг тэгш тооцсон. «{MEANS}» гэдэгт баримт бүрийн өөрийн дунджаас \
байгууллагын дундаж, байгууллагуудын дунджаас нэгдсэн дундаж гаргасан.
Өөр хэмжүүрээр үнэлсэн баримтыг хооронд нь нэгтгээгүй. Огноогүй тайланг хоцорсонд тооцоогүй. «{OTHERS}»: хугацаа \
болоогүй, үнэлээгүй, хасагдсан, үнэлгээ нь ирээгүй.""".splitlines()
"""How the means came about, a line for each remark."""


@dataclass(frozen=True, slots=True)
class Page:
    """A table with the name of its worksheet; `remarks` and a `legend` of its colours stand below it."""

    name: str
    table: Table
    remarks: tuple[str, ...] = ()
    legend: Table | None = None


def heading_of(rollup: Rollup) -> tuple[str, ...]:
    """Return the lines of the title."""
    title = rollup.file.title or TITLE
    return (flat(title), period_name(rollup.period))


def pages(rollup: Rollup) -> tuple[Page, ...]:
    """Return all pages: the totals, the rankings, the states, who wants attention, the groups and the documents."""
    return tuple(_pages(rollup))


def _pages(rollup: Rollup) -> Iterator[Page]:
    titles = _titles(rollup)
    for at, counted in enumerate(rollup.scales):
        remarks = _remarks(rollup) if at == 0 else ()
        legend = legend_table(counted.scale, titles[at])
        yield Page("Нийт дүн", whole_table(rollup, counted, titles[at]), remarks, legend)
    for counted, of_scale in zip(rollup.scales, titles, strict=True):
        yield from _ranked(rollup, counted, of_scale)
    yield Page("Төлөв", state_table(rollup))
    if attention := [one for one in rollup.standings if not one.is_valid or one.is_late]:
        yield Page("Анхаарах", attention_table(rollup, attention))
    for counted, of_scale in zip(rollup.scales, titles, strict=True):
        yield from _of_scale(rollup, counted, of_scale)
    yield Page("Баримт", document_table(rollup))


def _titles(rollup: Rollup) -> list[str]:
    """Return what the tables of each scale add to their titles, where there are several scales."""
    if len(rollup.scales) == 1:
        return [""]
    steps = (" ".join(step.written for step in counted.scale.steps) for counted in rollup.scales)
    return [f". {one.scale.title} ({values})" for one, values in zip(rollup.scales, steps, strict=True)]


def _ranked(rollup: Rollup, counted: Counted, of_scale: str) -> Iterator[Page]:
    """Yield what is looked for first: how provinces and organisations stand."""
    own = counted.accounts["self"]
    if own.provinces:
        yield Page("Аймгийн эрэмбэ", province_ranking(rollup, counted, of_scale))
    if own.ranking:
        remarks = (*lacking(rollup, counted, of_scale), ranked_before(rollup, own, of_scale))
        yield Page("Байгууллагын эрэмбэ", organisation_ranking(rollup, counted, of_scale), remarks)


def _of_scale(rollup: Rollup, counted: Counted, of_scale: str) -> Iterator[Page]:
    own = counted.accounts["self"]
    if own.provinces:
        yield Page("Аймгаар", group_table(rollup, counted, "province", of_scale))
        yield Page("Тооцох аргаар", policy_table(rollup, counted, of_scale))
    kinds: tuple[Kind, ...] = ("form", "sector", "unit")
    for kind in kinds:
        if any(group.name for group in own.groups[kind]):
            yield Page(KIND_NAMES[kind][0], group_table(rollup, counted, kind, of_scale))
    if len(own.periods) > 1:
        yield Page("Үеээр", period_table(rollup, counted, of_scale))


def headline(rollup: Rollup) -> str:
    """Return in words how much was reported and how it stands, who stands first, and who is missing."""
    states = rollup.states
    provinces = {one.province for one in rollup.organisations.values() if one.province}
    asked = sum(states[state] for state in ("valid", "invalid", "missing", "awaited", "unreadable"))
    of_provinces = _of_provinces(provinces)
    who = f"{of_provinces}{len(rollup.organisations)} байгууллагын {asked} тайлангаас"
    parts = [f"{period_genitive(rollup.period).capitalize()} байдлаар {who} {states['valid']} нь хүчинтэй"]
    told = {
        "алдаатай": states["invalid"],
        "ирээгүй": states["missing"],
        "хугацаа болоогүй": states["awaited"],
        "уншигдаагүй": states["unreadable"],
    }
    parts += [f"{count} нь {word}" for word, count in told.items() if count]
    return " ".join((f"{', '.join(parts)} байна.", *_first(rollup), *_absent(rollup), *_of_the_list(rollup)))


def _first(rollup: Rollup) -> Iterator[str]:
    """Yield who stands first by the scale of the most documents."""
    ranks = rollup.scales[0].accounts["self"].ranking if rollup.scales else ()
    if len(ranks) > 1:
        yield f"Эрэмбийн эхэнд: {', '.join(_ranked_with(rollup, one) for one in ranks[:_FIRST])}."


def _ranked_with(rollup: Rollup, one: Rank[int]) -> str:
    """Return an organisation with its mean, and with how many reports it has of how many where some are absent."""
    asked, owed = rollup.asked[one.key], rollup.owed[one.key]
    share = f", {asked - owed}/{asked} тайлангаар" if owed else ""
    return f"{flat(rollup.organisations[one.key].name)} ({decimal_comma(one.mean)}{share})"


def _absent(rollup: Rollup) -> Iterator[str]:
    """Yield whose reports are missing, have errors or cannot be read; of many the first, as a table names them all."""
    for state in ("missing", "invalid", "unreadable"):
        of_state = _by_organisation(rollup, state)
        named = islice(of_state.items(), _MOST_NAMED)
        names = [_absent_of(rollup, entry, of_one, of_few=len(of_state) <= _FIRST) for entry, of_one in named]
        more = f" болон өөр {len(of_state) - _MOST_NAMED} байгууллага" if len(of_state) > _MOST_NAMED else ""
        if names:
            yield f"{STATE_NAMES[state]}: {', '.join(names)}{more}."


def _by_organisation(rollup: Rollup, state: str) -> Mapping[int, Sequence[Standing]]:
    found: dict[int, list[Standing]] = {}
    for one in rollup.standings:
        if one.state == state:
            found.setdefault(one.document.entry, []).append(one)
    return found


def _absent_of(rollup: Rollup, entry: int, absent: Sequence[Standing], *, of_few: bool) -> str:
    """Return the organisation with what of it is absent, or with the reason; a table has the reasons of many."""
    name = flat(rollup.organisations[entry].name)
    if problem := absent[0].problem:
        return f"{name} ({of_problem(problem)})" if of_few else name
    asked = rollup.asked[entry]
    if len(absent) == asked:
        return name
    names = dict.fromkeys(short_name(one.document) for one in absent)
    told = ", ".join(names) if len(names) == len(absent) <= _FIRST else f"{len(absent)}/{asked}"
    return f"{name} ({told})"


def _of_provinces(names: Collection[str]) -> str:
    """Return in words of how many provinces they are, and whether of the capital too."""
    provinces = [name for name in names if not folded(name).startswith(_CAPITAL)]
    if len(provinces) == len(names):
        return f"{len(provinces)} аймгийн " if provinces else ""
    return f"{len(provinces)} аймаг, нийслэлийн " if provinces else "нийслэлийн "


def _of_the_list(rollup: Rollup) -> Iterator[str]:
    """Yield what of the list counts for nothing: who is left out, and which of its values could not be read."""
    if rollup.left_out:
        names = ", ".join(f"«{flat(one.name)}»" if one.name else f"{one.line}-р мөр" for one in rollup.left_out)
        yield f"Жагсаалтад алдаатай тул {len(rollup.left_out)} байгууллагыг тооцоогүй: {names}."
    if rollup.unread:
        yield f"Жагсаалтын дараах утгыг уншиж чадаагүй тул тооцоогүй: {', '.join(rollup.unread)}."


def _remarks(rollup: Rollup) -> tuple[str, ...]:
    unknown = rollup.without_scale
    more = (f"{unknown} баримтын заалтын тоо мэдэгдэхгүй: зөвхөн дунджийн дундажид 0 болж орно.",) if unknown else ()
    return (*WAYS, *more)
