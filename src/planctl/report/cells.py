"""The cells of an item: the plan's own, and those that the actuals and the scores fill.

In: an item, what was reported of it, and its marks. Out: cells by column key. These keys a form may name among its
columns besides those of its own texts: `progress`, `reached`, `reached_progress`, `achievement`, `self`, `superior`,
`units`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.forms.actuals import STATE_LABELS, State
from planctl.forms.number import rounded
from planctl.forms.quantity import printed
from planctl.forms.yearly import BETWEEN, joined
from planctl.report.mongolian import decimal_comma
from planctl.report.prose import line, prose
from planctl.report.sheet import EMPTY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal
    from fractions import Fraction

    from planctl.forms.actuals import Entry
    from planctl.forms.form import Column, Item
    from planctl.forms.lineage import Lineage
    from planctl.portfolio.actuals import Actuals, Evaluation
    from planctl.portfolio.plan import Plan
    from planctl.portfolio.portfolio import Portfolio
    from planctl.report.sheet import Cell
    from planctl.scoring.scorecard import Scorecard


def planned(column: Column, texts: Mapping[str, str]) -> Cell:
    """Return the plan's own cell of a column."""
    text = texts.get(column.key, "")
    return prose(text) if column.kind == "prose" else line(text)


def reported_cells(scorecard: Scorecard, item: Item, portfolio: Portfolio) -> dict[str, Cell]:
    """Return the cells that the actuals, the scores and the units' names fill."""
    reported = scorecard.actuals.reported.get(item.id)
    progress = progress_text(reported.entry) if reported else ""
    reached = reached_text(item, reported.entry.reached_values) if reported else ""
    return {
        "progress": prose(progress),
        "reached": line(reached or (reported and item.is_indicator and _state_label(reported.entry)) or ""),
        "achievement": achievement_cell(scorecard, item),
        "reached_progress": prose(
            "\n\n".join(part for part in (reached and f"Хүрсэн түвшин: {reached}", progress) if part)
        ),
        "self": score_cell(scorecard, item.id, "self"),
        "superior": score_cell(scorecard, item.id, "superior"),
        "units": line(unit_names(item, portfolio)),
    }


def beside(scorecard: Scorecard, item: Item) -> dict[str, Cell]:
    """Return what an office's own template may show of an item beside its columns: reasons, proofs, own fields."""
    reported = scorecard.actuals.reported.get(item.id)
    entry = reported.entry if reported else None
    own = own_fields(scorecard.actuals, item)
    return {
        "reason": prose(entry.reason if entry and entry.reason else ""),
        "evidence": line("\n".join(proofs(entry)) if entry else ""),
        **{f"extra:{name}": prose(text) for name, text in own.items()},
    }


def proofs(entry: Entry) -> Iterator[str]:
    """Yield the proofs of an entry, each as one line."""
    for proof in entry.evidence or ():
        paper = proof.document
        written = (
            (paper.title, paper.number, paper.date and paper.date.isoformat()) if paper else (proof.file or proof.url,)
        )
        yield ", ".join(part for part in (proof.title, *written) if part)


def own_fields(actuals: Actuals, item: Item) -> Mapping[str, str]:
    """Return the office's own fields of an item, those of the plan before those of the actuals."""
    reported = actuals.reported.get(item.id)
    fields = {**item.extra, **(reported.entry.extra if reported else {})}
    return {name: text for name, text in fields.items() if text}


def _state_label(entry: Entry) -> str:
    return STATE_LABELS[entry.state] if entry.state else ""


def achievement_cell(scorecard: Scorecard, item: Item) -> Cell:
    """Return what the reached values come to; of an indicator of several values each, "-" where one is not known."""
    if not item.is_indicator:
        return _achieved(scorecard.own.marks[item.id].achievement)
    percents = [part.percent for part in scorecard.measured[item.id]]
    if len(percents) == 1 or not any(one is not None for one in percents):
        return _achieved(percents[0])
    return line(joined(None if one is None else percent(rounded(one, 1)) for one in percents))


def _achieved(achievement: Fraction | None) -> Cell:
    if achievement is None:
        return EMPTY
    percents = rounded(achievement, 1)
    return line(percent(percents), number=percents)


def subject(plan: Plan, item: Item) -> str:
    """Return what an item is about, from the first column of its form that holds a text of its own."""
    return next((item.texts[key] for key in _keys(plan, "prose") if item.texts.get(key)), "")


def ordinal_of(plan: Plan, item: Item) -> str:
    """Return the number by which the sheets of its form name an item."""
    texts = (item.texts[key] for key in _keys(plan, "ordinal") if item.texts.get(key))
    return item.label or next(texts, item.number)


def _keys(plan: Plan, kind: str) -> Iterator[str]:
    columns = (column for layout in plan.form.tables for column in layout.columns)
    return (column.key for column in columns if column.kind == kind and not column.grouped)


def unit_names(item: Item, portfolio: Portfolio) -> str:
    """Return the official names of the units of an item."""
    return ", ".join(portfolio.settings.units[unit].name for unit in item.units)


def percent(score: Decimal) -> str:
    """Return a score as sheets print it: `100%`, `82,5%`."""
    return f"{decimal_comma(score.normalize())}%"


def score_cell(scorecard: Scorecard, id_: str, evaluation: Evaluation) -> Cell:
    """Return the score, or the words of the state that stands in its place; empty where it is missing."""
    card, reported = scorecard.card(evaluation), scorecard.actuals.reported.get(id_)
    mark = card.marks.get(id_) if card else None
    score = mark.score if mark else None
    if score is not None:
        level = scorecard.rubric.level_of(score)
        return line(percent(score), number=score, colour=level.colour.removeprefix("#") if level else None)
    if reported and reported.state and reported.score(evaluation) is None:
        return line(STATE_LABELS[reported.state])
    return EMPTY


def progress_text(entry: Entry) -> str:
    """Return the narrative with what belongs to the item's state below it."""
    parts = (
        entry.progress,
        _state_line(entry),
        f"Тайлбар: {entry.reason}" if entry.reason else None,
    )
    return "\n\n".join(part for part in parts if part)


def _state_line(entry: Entry) -> str:
    """Return the state's date and act; of a closed item at least the word, as a score may stand in its cell."""
    if entry.state is None:
        return ""
    told = ", ".join(part for part in (entry.date and entry.date.isoformat(), entry.act) if part)
    label = STATE_LABELS[entry.state]
    if told:
        return f"{label}: {told}"
    return label if entry.state is State.CLOSED else ""


def reached_text(item: Item, values: Mapping[str, str]) -> str:
    """Return the reached values, one line an indicator and numbered as these are where there are several."""
    written = [(one, values.get(one.id or "", values.get("", ""))) for one in item.indicators]
    lines = [one.printed(text) for one, text in written]
    if not any(lines):
        return ""
    if item.is_indicator:
        return joined(printed(text, one.unit or "") for one, text in written)
    if len(lines) == 1:
        return lines[0]
    return "\n".join(f"{number}) {text or '-'}" for number, text in enumerate(lines, start=1))


def without_sign(cell: Cell) -> Cell:
    """Return `100` for `100%`, for a column whose heading says per cent."""
    if cell.number is None:
        return line(cell.text.replace("%", "")) if BETWEEN in cell.text else cell
    return line(cell.text.replace("%", ""), number=cell.number, colour=cell.colour)


def with_lineage(item: Item) -> Mapping[str, str]:
    """Return the plan's texts of an item, of one carried over with where it comes from."""
    if item.lineage is None:
        return item.texts
    told = "; ".join(_lineage(item.lineage))
    return {**item.texts, "measure": f"{item.texts.get('measure', '')}\n\n({told})"}


def _lineage(lineage: Lineage) -> Iterator[str]:
    yield f"Шилжсэн: {lineage.source}, {lineage.period}"
    if lineage.score is not None:
        yield f"үнэлгээ {percent(lineage.score)}"
    if lineage.state is not None:
        yield STATE_LABELS[lineage.state].lower()
    if lineage.times > 1:
        yield f"{lineage.times} удаа шилжсэн"
    if lineage.years_late:
        yield f"{lineage.years_late} жил хоцорсон"
