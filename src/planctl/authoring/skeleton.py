"""The file of a new period: every item to report with empty fields, and the last period's text and score as remarks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planctl.forms.form import Group
from planctl.forms.number import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planctl.forms.form import Column, Item
    from planctl.forms.period import Period
    from planctl.portfolio.actuals import Actuals, Reported
    from planctl.portfolio.plan import Plan

_PLAIN_KEY = re.compile(r"\w[\w./-]*")
_NOT_PLAIN = frozenset({"null", "~"})


def skeleton(plan: Plan, period: Period, actuals: Iterable[Actuals]) -> str:
    """Return the YAML of a new period of a plan; `actuals` are those that there are of all plans."""
    earlier = [one for one in actuals if one.plan is plan and one.period.is_before(period)]
    last = earlier[-1] if earlier else None
    return "\n".join(_lines(plan, period, last)) + "\n"


def _lines(plan: Plan, period: Period, last: Actuals | None) -> Iterator[str]:
    title = plan.model.title.replace("{period}", str(period)).replace("{year}", str(period.year))
    yield from _remark(title)
    yield f"actuals: {_key(plan.id)}"
    yield f"period: {period}"
    yield "date:"
    yield "items:"
    for band in plan.bands:
        if not isinstance(band, Group):
            yield ""
            yield from _remark(band.title, indent="  ")
            continue
        for item in band.items:
            reported = last.reported.get(item.id) if last else None
            if item.reported and not _is_over(reported):
                yield ""
                yield from _entry(plan, band, item.in_year(period.year), period, last)


def _is_over(reported: Reported | None) -> bool:
    return reported is not None and (reported.gone or (reported.state is not None and reported.state.is_final))


def _entry(plan: Plan, band: Group, item: Item, period: Period, last: Actuals | None) -> Iterator[str]:
    reported = last.reported.get(item.id) if last else None
    yield from _planned(plan, band, item, period)
    if item.deadline and not item.begins:
        yield from _remark(f"Хугацаа: {item.deadline.isoformat()}", indent="  ")
    yield f"  {_key(item.id)}:"
    if item.begins and item.begins > period.last_day:
        yield from _remark(f"{item.begins.isoformat()}-нд эхэлнэ; тайлагнахгүй бол state: not-due", indent="    ")
    yield "    progress:"
    if item.indicators:
        yield from _reached_keys(item)
    if not item.is_indicator:
        yield "    self:"
    if last and reported:
        yield from _previous(last, reported)


def _planned(plan: Plan, band: Group, item: Item, period: Period) -> Iterator[str]:
    """Return what the plan says, each text but those of the item's own column under its heading."""
    texts = {**band.texts, **item.texts}
    columns = [column for column in plan.tables(period.year)[band.table].columns if texts.get(column.key, "-") != "-"]
    subject = next((column for column in columns if column.kind == "prose"), None)
    for column in columns:
        text = texts[column.key]
        if column.kind != "ordinal":
            yield from _remark(
                text if column is subject or column.grouped else f"{_heading(column)}: {text}", indent="  "
            )


def _heading(column: Column) -> str:
    return f"{column.over} {column.heading}".strip()


def _reached_keys(item: Item) -> Iterator[str]:
    """Return the keys for reached values: one for each indicator where there are several."""
    if len(item.indicators) == 1:
        yield "    reached:"
        return
    yield "    reached:"
    for indicator in item.indicators:
        yield f"      {_key(indicator.id or indicator.name)}:"


def _previous(last: Actuals, reported: Reported) -> Iterator[str]:
    entry = reported.entry
    scores = (("self", entry.self_score), ("superior", entry.superior))
    shown = [f"{name}: {plain(score)}" for name, score in scores if score is not None]
    shown += [f"state: {entry.state.value}"] if entry.state else []
    yield from _remark(f"{last.period}: {', '.join(shown) or '-'}", indent="    ")
    if entry.reached_values:
        values = ", ".join(f"{name}: {value}" if name else value for name, value in entry.reached_values.items())
        yield from _remark(f"reached: {values}", indent="    ")
    if entry.progress:
        yield from _remark(entry.progress, indent="    ")
    if entry.reason:
        yield from _remark(f"reason: {entry.reason}", indent="    ")


def _remark(text: str, *, indent: str = "") -> Iterator[str]:
    for line in text.splitlines():
        yield f"{indent}# {line}".rstrip()


def _key(id_: str) -> str:
    """Return an id as a YAML key, in quotes where YAML would take it for something else."""
    if _PLAIN_KEY.fullmatch(id_) and id_.casefold() not in _NOT_PLAIN:
        return id_
    return "'" + id_.replace("'", "''") + "'"
