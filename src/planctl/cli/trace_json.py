"""The chain of plans as JSON: lists in the order of the tree, each entry with its depth, so that nothing is nested."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from planctl.forms.number import plain, rounded
from planctl.portfolio.coverage import coverage
from planctl.report.chain import mark_of, mean_of
from planctl.report.frame import bare_title

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planctl.cli.traced import Traced
    from planctl.portfolio.chain import Node, Step


def as_json(traced: Traced) -> str:
    """Return what was asked for; `again` marks what stands further up in the list with all that follows from it."""
    if traced.lower:
        told = _matrix(traced)
    elif traced.at is None:
        told = _plan(traced)
    else:
        told = _part(traced, traced.at)
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _part(traced: Traced, at: int) -> dict[str, Any]:
    chain = traced.chain
    return {
        **_node(chain.nodes[at], traced),
        "above": _steps(chain.upward(at), traced),
        "below": _steps(chain.downward(at), traced),
    }


def _plan(traced: Traced) -> dict[str, Any]:
    chain, plan, plans = traced.chain, traced.plan, traced.project.portfolio.plans
    return {
        "document": plan.id,
        "title": bare_title(plan),
        "above": [
            {"document": id_, "title": bare_title(plans[id_]), "depth": depth}
            for id_, depth in chain.plans_upward(plan.id)
        ],
        "parts": _steps(chain.parts(plan.id), traced),
    }


def _steps(steps: Iterable[Step], traced: Traced) -> list[dict[str, Any]]:
    return [
        {**_node(traced.chain.nodes[step.node], traced), "depth": step.depth, "again": step.again} for step in steps
    ]


def _node(node: Node, traced: Traced) -> dict[str, Any]:
    mark, card = mark_of(node, traced.cards), traced.cards.get(node.plan.id)
    superior = card.superior.marks[node.id].score if card and card.superior and mark else None
    return {
        "document": node.plan.id,
        "id": node.id or None,
        "number": node.number or None,
        "text": node.text,
        "period": str(card.actuals.period) if card and mark else None,
        "self": None if mark is None or mark.score is None else float(mark.score),
        "superior": None if superior is None else float(superior),
    }


def _matrix(traced: Traced) -> dict[str, Any]:
    chain, lower = traced.chain, traced.lower or traced.plan
    found = coverage(chain, traced.plan, lower)
    rows = []
    for row in found.rows:
        measures = [chain.nodes[at] for at in row.by]
        mean = mean_of(measures, traced.cards)
        node = chain.nodes[row.node]
        rows.append(
            {
                "id": node.id or None,
                "number": node.number or None,
                "text": node.text,
                "covered": row.covered,
                "by": [_called(one) for one in measures],
                "mean": None if mean is None else float(plain(rounded(mean, 1))),
            }
        )
    loose = [_called(chain.nodes[at]) for at in found.loose]
    return {"upper": found.upper.id, "lower": lower.id, "objectives": rows, "loose": loose}


def _called(node: Node) -> str:
    return node.address or node.text
