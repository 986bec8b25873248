"""The chain of plans for the terminal: a tree of one part, a table of one plan by another; at 80 columns, in pipes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from planctl.cli import console
from planctl.forms.number import plain, rounded
from planctl.portfolio.coverage import coverage
from planctl.report.chain import mark_of, mean_of
from planctl.report.frame import bare_title
from planctl.report.mongolian import decimal_comma
from planctl.words import _, counted, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planctl.cli.traced import Traced
    from planctl.portfolio.chain import Node, Step
    from planctl.portfolio.coverage import Coverage, Row

NOTHING_BELOW = _("! nothing below")
NOTHING_CARRIES_OUT = _("nothing carries out")

MOST_NAMED = 6
"""Measures named in a row of the table; of more the rest is counted."""


def show(traced: Traced) -> None:
    """Draw what was asked for."""
    screen = console.rich_console()
    if traced.lower:
        found = coverage(traced.chain, traced.plan, traced.lower)
        screen.print(_table(found, traced))
        _sum_up(found, traced)
    else:
        screen.print(_tree_of_plan(traced) if traced.at is None else _tree(traced, traced.at))


# Trees


def _tree(traced: Traced, at: int) -> Tree:
    chain, node = traced.chain, traced.chain.nodes[at]
    tree = Tree(Text.assemble((_name(node), "bold"), *_told(node, traced), f"\n{_one_line(node.text)}"))
    above, below = list(chain.upward(at)), list(chain.downward(at))
    _grow(tree.add(Text(said(_("above")), style="italic")), above, traced)
    _grow(tree.add(Text(said(_("below")), style="italic")), below, traced)
    return tree


def _tree_of_plan(traced: Traced) -> Tree:
    plan, chain = traced.plan, traced.chain
    tree = Tree(Text.assemble((plan.id, "bold"), f"\n{bare_title(plan)}"))
    above = tree.add(Text(said(_("above")), style="italic"))
    branches = [above]
    for id_, depth in chain.plans_upward(plan.id):
        del branches[depth:]
        one = traced.project.portfolio.plans[id_]
        branches.append(branches[-1].add(_label(Text(id_, style="bold"), bare_title(one))))
    if len(above.children) == 0:
        above.add(Text(said(_("nothing"))))
    _grow(tree.add(Text(said(_("parts, and what is below them")), style="italic")), chain.parts(plan.id), traced)
    return tree


def _grow(tree: Tree, steps: Iterable[Step], traced: Traced) -> None:
    """Add the steps to a tree, each under the one before it that is a step nearer to the start."""
    branches = [tree]
    for step in steps:
        del branches[step.depth :]
        branches.append(branches[-1].add(_step(traced.chain.nodes[step.node], step, traced)))
    if not tree.children:
        tree.add(Text(said(_("nothing"))))


def _step(node: Node, step: Step, traced: Traced) -> Text:
    name = Text(_name(node), style="bold")
    if step.again:
        return _label(name, said(_("(see above)")))
    mark = f"  {said(NOTHING_BELOW)}" if traced.chain.is_bare(step.node) else ""
    return _label(Text.assemble(name, *_told(node, traced), mark), node.text)


def _label(head: Text, words: str) -> Text:
    """Return one line, the words cut where the screen ends."""
    label = Text.assemble(head, "  ", _one_line(words))
    label.no_wrap, label.overflow = True, "ellipsis"
    return label


def _name(node: Node) -> str:
    return node.address or (f"{node.plan.id} {node.number}".rstrip())


def _told(node: Node, traced: Traced) -> Iterator[tuple[str, str]]:
    """Return the score in the latest period, of both evaluations where they differ, with the level's colour."""
    mark, card = mark_of(node, traced.cards), traced.cards.get(node.plan.id)
    if mark is None or card is None or mark.score is None:
        return
    level = card.rubric.level_of(mark.score)
    yield "  ", ""
    yield f"{plain(mark.score)}%", level.colour if level else ""
    other = card.superior.marks[node.id].score if card.superior else None
    if other is not None and other != mark.score:
        yield f" / {plain(other)}%", ""
    yield f" {card.actuals.period}", "dim"


def _one_line(text: str) -> str:
    return " ".join(text.split())


# The table


def _table(found: Coverage, traced: Traced) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold", expand=True)
    table.add_column(said(_("no.")), overflow="fold", max_width=8)
    table.add_column(said(_("objective of {document}"), {"document": found.upper.id}), ratio=3)
    table.add_column(said(_("count")), justify="right")
    table.add_column(said(_("carried out in {document} by"), {"document": found.lower.id}), ratio=2)
    table.add_column(said(_("mean")), justify="right")
    for row in found.rows:
        table.add_row(*_cells(row, traced), style="" if row.covered else "bold")
    return table


def _cells(row: Row, traced: Traced) -> tuple[Text, ...]:
    node, measures = traced.chain.nodes[row.node], [traced.chain.nodes[at] for at in row.by]
    mean = mean_of(measures, traced.cards)
    return (
        Text(node.number or node.id),
        Text(_one_line(node.text)),
        Text(str(len(measures))),
        Text(_named([one.number or one.id for one in measures]) or _why_none(row)),
        Text("-" if mean is None else decimal_comma(rounded(mean, 1))),
    )


def _named(numbers: list[str]) -> str:
    rest = len(numbers) - MOST_NAMED
    return ", ".join((*numbers[:MOST_NAMED], *((f"+{rest}",) if rest > 0 else ())))


def _why_none(row: Row) -> str:
    return said(_("with its goal")) if row.covered else said(_("! nothing"))


def _sum_up(found: Coverage, traced: Traced) -> None:
    names = [_name(traced.chain.nodes[row.node]) for row in found.bare]
    loose = [_name(traced.chain.nodes[at]) for at in found.loose]
    told = [counted(_("{n} objective"), _("{n} objectives"), len(found.rows))]
    told.append(f"{said(NOTHING_CARRIES_OUT)}: {len(names)}{_listed(names)}")
    rest = said(_("carries out none of them in {document}"), {"document": found.lower.id})
    told.append(f"{rest}: {len(loose)}{_listed(loose)}")
    console.text("\n" + "\n".join(told) + "\n")


def _listed(names: list[str]) -> str:
    return f" ({_named(names)})" if names else ""
