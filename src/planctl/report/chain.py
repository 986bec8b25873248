"""Sheets of the chain of plans: what stands above and below one part of it, and how one plan covers another.

They are made when somebody asks (`planctl trace`), so they stand in no register of a build.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from planctl.forms.form import Column
from planctl.forms.number import rounded
from planctl.report.cells import percent
from planctl.report.frame import anchor, bare_title
from planctl.report.mongolian import decimal_comma
from planctl.report.prose import line
from planctl.report.sheet import EMPTY, Group, Heading, Row, Section, Sheet, Table
from planctl.report.tables import plain_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from planctl.portfolio.chain import Chain, Node, Step
    from planctl.portfolio.coverage import Coverage
    from planctl.portfolio.coverage import Row as Covered
    from planctl.portfolio.plan import Plan
    from planctl.portfolio.portfolio import Portfolio
    from planctl.report.sheet import Cell
    from planctl.scoring.scorecard import Mark, Scorecard

BARE = "Хэрэгжүүлэх арга хэмжээгүй"
BARE_COLOUR = "F4B183"
WITH_GOAL = "Зорилгынхоо хүрээнд хэрэгжинэ"
AGAIN = "(дээр дурдсан)"
DEEPEST = 6
"""Steps that are set further in than the one before; deeper ones stand below each other."""

_WAY = (
    Column("document", "Баримт бичиг", 34),
    Column("number", "№", 18, "ordinal"),
    Column("text", "Зорилт, арга хэмжээ", 110, "prose"),
    Column("address", "Хаяг", 46),
    Column("score", "Үнэлгээ", 20, "count"),
)
_ROWS = (
    Column("number", "№", 16, "ordinal"),
    Column("objective", "Зорилт", 88, "prose"),
    Column("measures", "Арга хэмжээний тоо", 24, "count"),
    Column("which", "Хэрэгжүүлэх арга хэмжээ", 72),
    Column("mean", "Биелэлтийн хувь", 24, "count"),
)
_LOOSE = (
    Column("number", "№", 18, "ordinal"),
    Column("text", "Арга хэмжээ", 130, "prose"),
    Column("address", "Хаяг", 60),
)


def latest(scorecards: Iterable[Scorecard]) -> dict[str, Scorecard]:
    """Return the scorecard of each plan's latest period; of two that end together that of the longer one."""
    found: dict[str, Scorecard] = {}
    for card in sorted(scorecards, key=lambda one: (one.actuals.period.last_day, one.actuals.period.months)):
        found[card.actuals.plan.id] = card
    return found


def mark_of(node: Node, cards: Mapping[str, Scorecard]) -> Mark | None:
    """Return what an item has in its plan's latest period, in the office's own evaluation."""
    card = cards.get(node.plan.id)
    return card.own.marks.get(node.id) if card and node.item else None


def mean_of(nodes: Iterable[Node], cards: Mapping[str, Scorecard]) -> Fraction | None:
    """Return the mean of the scored ones, each counting as much."""
    scores = [mark.score for node in nodes if (mark := mark_of(node, cards)) and mark.score is not None]
    return Fraction(sum(scores)) / len(scores) if scores else None


# One part of the chain


def trail(chain: Chain, start: int, portfolio: Portfolio, cards: Mapping[str, Scorecard]) -> Sheet:
    """Return what stands above a section or item, and below it."""
    node = chain.nodes[start]
    tables = (
        ("above", "Дээд шатны зорилт", _steps(chain, chain.upward(start), cards)),
        ("below", "Доод шатанд хэрэгжүүлэх нь", _steps(chain, chain.downward(start), cards)),
    )
    return _sheet(f"{node.address}.trace", "trace", portfolio, node.text, tables)


def trail_of_plan(chain: Chain, plan: Plan, portfolio: Portfolio, cards: Mapping[str, Scorecard]) -> Sheet:
    """Return the parts of a plan, each with what stands below it; the plans above it are named as remarks."""
    tables = (("parts", "", _steps(chain, chain.parts(plan.id), cards)),)
    return _sheet(
        f"{plan.id}.trace", "trace", portfolio, bare_title(plan), tables, tuple(_plans(chain, plan, portfolio))
    )


def _plans(chain: Chain, plan: Plan, portfolio: Portfolio) -> Iterator[str]:
    above = sorted(chain.plans_above(plan.id) - {plan.id})
    if above:
        yield f"Дээд шатны баримт бичиг: {'; '.join(bare_title(portfolio.plans[id_]) for id_ in above)}."


def _sheet(  # noqa: PLR0913, PLR0917  # what both sheets of a part differ in
    stem: str,
    name: str,
    portfolio: Portfolio,
    title: str,
    tables: Iterable[tuple[str, str, Sequence[Row]]],
    remarks: tuple[str, ...] = (),
) -> Sheet:
    made = tuple(plain_table(key, _WAY, rows, title=words) for key, words, rows in tables if rows)
    return Sheet(
        stem=file_name(stem),
        name=name,
        template=name,
        organisation=portfolio.settings.organisation,
        heading=Heading(title=("Төлөвлөлтийн уялдаа", title), date="", place=""),
        tables=made,
        remarks=(*(() if made else ("Дээд, доод шатны баримт бичигтэй холбогдоогүй.",)), *remarks),
    )


def file_name(stem: str) -> str:
    """Return a name that every system takes: `digital#a/1` becomes `digital_a_1`."""
    return re.sub(r"[^\w.-]+", "_", stem)


def _steps(chain: Chain, steps: Iterable[Step], cards: Mapping[str, Scorecard]) -> list[Row]:
    return [_step(chain.nodes[step.node], step, cards) for step in steps]


def _step(node: Node, step: Step, cards: Mapping[str, Scorecard]) -> Row:
    indent = "\N{NO-BREAK SPACE}" * 4 * min(step.depth - 1, DEEPEST)
    return Row(
        {
            "document": line(indent + node.plan.id),
            "number": line(node.number),
            "text": line(f"{node.text} {AGAIN}" if step.again else node.text),
            "address": line(node.address),
            "score": EMPTY if step.again else _score(node, cards),
        }
    )


def _score(node: Node, cards: Mapping[str, Scorecard]) -> Cell:
    mark = mark_of(node, cards)
    if mark is None or mark.score is None:
        return EMPTY
    level = cards[node.plan.id].rubric.level_of(mark.score)
    return line(percent(mark.score), number=mark.score, colour=level.colour.removeprefix("#") if level else None)


# One plan by another


def matrix(found: Coverage, chain: Chain, portfolio: Portfolio, cards: Mapping[str, Scorecard]) -> Sheet:
    """Return the objectives of one plan with the measures of another that carry them out, and the loose measures."""
    upper, lower = found.upper, found.lower
    loose = tuple(_loose(chain.nodes[at]) for at in found.loose)
    tables = [Table("coverage", _ROWS, tuple(_bands(found, chain, cards)), numbered=False)]
    if loose:
        tables.append(plain_table("loose", _LOOSE, loose, title="Дээд шатны зорилттой холбогдоогүй арга хэмжээ"))
    return Sheet(
        stem=file_name(f"{upper.id}.{lower.id}.matrix"),
        name="matrix",
        template="matrix",
        organisation=portfolio.settings.organisation,
        heading=Heading(title=(bare_title(upper), f"Хэрэгжүүлэх нь: {bare_title(lower)}"), date="", place=""),
        tables=tuple(tables),
        remarks=(f"Нийт {len(found.rows)} зорилтоос хэрэгжүүлэх арга хэмжээгүй нь {len(found.bare)}.",),
    )


def _bands(found: Coverage, chain: Chain, cards: Mapping[str, Scorecard]) -> Iterator[Section | Group]:
    """Yield the objectives, those of one goal under its title."""
    shown: set[int] = set()
    for row in found.rows:
        for at in reversed([*chain.around(row.node)]):
            if at not in shown and not chain.is_leaf(at):
                shown.add(at)
                node = chain.nodes[at]
                yield Section(f"{node.number}. {node.text}" if node.number else node.text, node.level)
        yield Group({}, (_row(row, chain, cards),))


def _row(row: Covered, chain: Chain, cards: Mapping[str, Scorecard]) -> Row:
    node, measures = chain.nodes[row.node], [chain.nodes[at] for at in row.by]
    mean = mean_of(measures, cards)
    shown = None if mean is None else rounded(mean, 1)
    cells = {
        "number": line(node.number),
        "objective": line(node.text),
        "measures": line(str(len(measures)) if measures else "-", number=len(measures)),
        "which": line(", ".join(one.number or one.id for one in measures)) if measures else _why_none(row),
        "mean": EMPTY if shown is None else line(decimal_comma(shown), number=shown),
    }
    return Row(cells, node.address, anchor(node.address) if node.address else "")


def _why_none(row: Covered) -> Cell:
    return line(WITH_GOAL) if row.covered else line(BARE, colour=BARE_COLOUR)


def _loose(node: Node) -> Row:
    return Row({"number": line(node.number), "text": line(node.text), "address": line(node.address)})
