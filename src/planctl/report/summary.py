"""The summary sheet («товчоо») of one evaluation: counts by level, the mean in words, and subtotals on an annex."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from planctl.alphabet import alphabetical
from planctl.forms.approval import What
from planctl.forms.form import Column, Mean
from planctl.forms.number import rounded
from planctl.report import frame
from planctl.report.cells import percent
from planctl.report.corrections import corrections
from planctl.report.mongolian import decimal_comma, summary_of
from planctl.report.prose import line
from planctl.report.sheet import Group, LevelShare, Row, Share, Sheet, StateShare, Table, Tally
from planctl.scoring.scorecard import Outcome, count_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planctl.facts import RunFacts
    from planctl.forms.form import ScoringRules
    from planctl.portfolio.portfolio import Portfolio
    from planctl.portfolio.rubric import Rubric, Step
    from planctl.report.sheet import Cell, StateKey
    from planctl.scoring.scorecard import EvaluationCard, Scorecard
    from planctl.scoring.scorecard import Share as Part
    from planctl.scoring.scorecard import Tally as Counts

NOTES = {"self": "(Өөрийн үнэлгээ)", "superior": "(Дээд шатны байгууллагын үнэлгээ)"}
STATE_ROWS = {
    Outcome.NOT_DUE: "Хугацаа болоогүй",
    Outcome.NOT_EVALUATED: "Үнэлээгүй",
    Outcome.EXCLUDED: "Хасагдсан",
    Outcome.MISSING: "Үнэлгээ ирээгүй",
}
SHARED = " (хэд хэдэн нэгж хариуцсан нь нэгж бүрд орсон, нийт дүнд нэг удаа тоологдсон)"
END_MARK = "_____ оОо _____"


def compose_self(scorecard: Scorecard, portfolio: Portfolio, facts: RunFacts) -> Sheet:
    """Return the summary of the office's own evaluation."""
    return _compose(scorecard, scorecard.own, portfolio, facts)


def compose_superior(scorecard: Scorecard, portfolio: Portfolio, facts: RunFacts) -> Sheet | None:
    """Return the summary of the superior body's evaluation; None while it has not begun."""
    return _compose(scorecard, scorecard.superior, portfolio, facts) if scorecard.superior else None


def _compose(scorecard: Scorecard, card: EvaluationCard, portfolio: Portfolio, facts: RunFacts) -> Sheet:
    actuals = scorecard.actuals
    title = summary_of(frame.title(actuals))
    name = f"summary-{card.evaluation}"
    return Sheet(
        stem=frame.stem(actuals, name),
        name=name,
        template="summary",
        organisation=actuals.organisation,
        heading=frame.heading(scorecard, facts, lines=(title,), note=NOTES[card.evaluation], is_draft=card.missing > 0),
        tally=_tally(scorecard, card, title),
        remarks=tuple(_remarks(scorecard, card)),
        signatures=frame.signatures(actuals),
        end_mark=END_MARK,
        annexes=tuple(_annexes(scorecard, card, portfolio)) if actuals.plan.model.subtotals else (),
    )


def printed(count: int) -> str:
    """Return a count as the official sheet prints it: "-" for none."""
    return str(count) if count else "-"


def _tally(scorecard: Scorecard, card: EvaluationCard, title: str) -> Tally:
    counts, decimals = card.total, scorecard.actuals.plan.decimals
    mean = None if counts.mean is None else rounded(counts.mean, decimals)
    mean_text = "" if mean is None else decimal_comma(mean)
    return Tally(
        column=card.evaluation,
        title=title,
        total_label="Хэрэгжилт гаргах нийт арга хэмжээний тоо",
        total=counts.items,
        of_which="Үүнээс",
        levels=tuple(
            LevelShare(
                level.name.mn,
                level.colour.removeprefix("#"),
                tuple(
                    _share(scorecard.rubric, step, counts) for step in scorecard.rubric.steps if step in level.values
                ),
            )
            for level in scorecard.rubric.levels
        ),
        states=tuple(
            StateShare(cast("StateKey", outcome.value), label, counts.outcomes[outcome], str(counts.outcomes[outcome]))
            for outcome, label in STATE_ROWS.items()
            if counts.outcomes[outcome]
        ),
        closing=f"{title} {mean_text} хувьтай байна." if mean_text else f"{title}: үнэлгээ хийгдээгүй байна.",
        mean=mean,
        mean_text=mean_text,
        decimals=decimals,
        points=counts.points,
        scored=counts.scored,
        is_plain=counts.is_plain,
    )


def _share(rubric: Rubric, step: Step, counts: Counts) -> Share:
    count = count_of(rubric, step, counts)
    return Share(step_name(rubric, step), step.high, count, printed(count), low=step.low if step.is_range else None)


def step_name(rubric: Rubric, step: Step) -> str:
    """Return a value or range of a scale as sheets print it: `100%`, `70–99%`, `90–<100%` where 100 counts above."""
    if not step.is_range:
        return percent(step.low)
    below = "<" if rubric.step_of(step.high) != step else ""
    return f"{percent(step.low).removesuffix('%')}–{below}{percent(step.high)}"


def _remarks(scorecard: Scorecard, card: EvaluationCard) -> Iterator[str]:
    """Say how the mean came about wherever it is not simply the mean of all items, and what stands beside it."""
    counts, rules, decimals = card.total, scorecard.actuals.plan.model.rules, scorecard.actuals.plan.decimals
    if counts.mean is not None and (counts.scored != counts.items or rules.weighted or rules.mean is Mean.SECTIONS):
        mean = decimal_comma(rounded(counts.mean, decimals))
        yield f"Дундаж: {counts.sum.replace('.', ',')} = {mean}. {''.join(_ways(counts, rules))}".strip()
    if counts.missing:
        yield (
            f"Үнэлгээ ирээгүй {counts.missing} арга хэмжээг тэг гэж тооцоогүй. "
            "Бүрэн ирэх хүртэл энэ товчоо төсөл болно."
        )
    yield from corrections(scorecard.actuals, of={What(card.evaluation)})
    for share in card.tables:
        part = share.tally
        if part.mean is not None:
            mean = decimal_comma(rounded(part.mean, decimals))
            yield f"{share.key}: {part.sum.replace('.', ',')} = {mean} хувь (дээрх дундажид ороогүй)."


def _ways(counts: Counts, rules: ScoringRules) -> Iterator[str]:
    if counts.scored != counts.items:
        yield f"Нийт {counts.items} арга хэмжээний {counts.scored} нь үнэлэгдсэн бөгөөд дунджийг эдгээрээр тооцов. "
    if rules.weighted:
        yield "Арга хэмжээний жинг тооцов. "
    if rules.mean is Mean.SECTIONS:
        yield "Бүлгүүдийн дунджийн дундаж. "


# Subtotals


def _annexes(scorecard: Scorecard, card: EvaluationCard, portfolio: Portfolio) -> Iterator[Table]:
    """Return the subtotals that say something: of sections and of units where there are several."""
    if len(card.sections) > 1:
        sections = [(part.key or "", part) for part in card.sections]
        columns, groups = _columns(scorecard, card, "Бүлэг"), _groups(scorecard, card, sections)
        yield Table("sections", columns, groups, title="Бүлгээр", numbered=False)
    if len(card.units) > 1:
        named = [(_unit_name(part, portfolio), part) for part in card.units]
        units = sorted(named, key=lambda pair: (pair[1].key is None, alphabetical(pair[0])))
        shared = any(len(mark.item.units) > 1 for mark in card.marks.values())
        columns, groups = _columns(scorecard, card, "Хариуцагч"), _groups(scorecard, card, units)
        yield Table("units", columns, groups, title=f"Хариуцагчаар{SHARED if shared else ''}", numbered=False)


def _unit_name(part: Part, portfolio: Portfolio) -> str:
    return portfolio.settings.units[part.key].name if part.key else "Хариуцагч заагаагүй"


def _columns(scorecard: Scorecard, card: EvaluationCard, label: str) -> tuple[Column, ...]:
    return (
        Column("name", label, 70),
        Column("items", "Нийт", 16, "count"),
        *(Column(_level_key(step), step_name(scorecard.rubric, step), 16, "count") for step in scorecard.rubric.steps),
        *(Column(outcome.value, STATE_ROWS[outcome], 22, "count") for outcome in _states(card)),
        Column("mean", "Дундаж хувь", 20, "count"),
    )


def _groups(scorecard: Scorecard, card: EvaluationCard, parts: Iterable[tuple[str, Part]]) -> tuple[Group, ...]:
    """Return a row for each part, and the total."""
    rows = [*((name, part.tally) for name, part in parts), ("Нийт", card.total)]
    return tuple(Group({}, (_breakdown_row(scorecard, card, name, counts),)) for name, counts in rows)


def _breakdown_row(scorecard: Scorecard, card: EvaluationCard, name: str, counts: Counts) -> Row:
    mean = None if counts.mean is None else rounded(counts.mean, scorecard.actuals.plan.decimals)
    cells = {"name": line(name), "items": line(str(counts.items), number=counts.items)}
    rubric = scorecard.rubric
    cells |= {_level_key(step): _count(count_of(rubric, step, counts)) for step in rubric.steps}
    cells |= {outcome.value: _count(counts.outcomes[outcome]) for outcome in _states(card)}
    return Row(cells | {"mean": line("-" if mean is None else decimal_comma(mean), number=mean)})


def _states(card: EvaluationCard) -> list[Outcome]:
    return [outcome for outcome in STATE_ROWS if card.total.outcomes[outcome]]


def _level_key(step: Step) -> str:
    return f"level:{step}"


def _count(count: int) -> Cell:
    return line(printed(count), number=count)
